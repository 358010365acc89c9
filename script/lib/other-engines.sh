# shellcheck shell=bash
# Engines whose containers the gate does not reach by address, each in namespaces of its own:
#   bash script/lib/other-engines.sh up NAME podman|rootless|remote   starts one, prints the path of its socket
#   bash script/lib/other-engines.sh client NAME   a process on "another machine", which reaches a remote engine
#   bash script/lib/other-engines.sh down NAME     stops it and removes all that it held
# podman: Debian's, with root and CNI. rootless: this machine's dockerd by its own script, as a user without rights.
# remote: this machine's dockerd, at tcp://198.51.100.2:2376 with TLS; its certificates are next to the socket.

if ! declare -f engine_down >/dev/null; then
  # shellcheck source=script/lib/second-engine.sh
  . "$(dirname "${BASH_SOURCE[0]}")/second-engine.sh"
fi

setup_otherengines() {
  if ! can_install; then
    say 'other engines skipped: they need Debian and root'
    return
  fi
  has podman && has crun && [ -e /usr/lib/cni/bridge ] || apt_install podman crun containernetworking-plugins
  has rootlesskit && has slirp4netns && has newuidmap || apt_install rootlesskit slirp4netns uidmap
}

# Both sides prove who they are, by an authority that is made for this engine.
make_certificates() {
  local dir=$1 name
  mkdir -p "$dir"
  (
    cd "$dir"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=seaworthy-test-ca -keyout ca-key.pem -out ca.pem
    for name in server client; do
      openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -keyout "$name-key.pem" -out "$name.csr"
      printf 'subjectAltName=IP:198.51.100.2\nextendedKeyUsage=%sAuth\n' "$name" >"$name.ext"
      openssl x509 -req -days 2 -in "$name.csr" -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile "$name.ext" -out "$name.pem"
    done
    # The names that the docker command looks for.
    mv client.pem cert.pem
    mv client-key.pem key.pem
  ) >"$dir/openssl.log" 2>&1 || stop 'The certificates could not be made.' "$dir/openssl.log" 'read the log'
}

other_up() {
  local name=$1 kind=$2 dir=$SECOND_ENGINE/$1 run pid end
  run=$(engine_run "$name")
  other_down "$name"
  mkdir -p "$run" "$dir/data"
  if [ "$kind" = remote ]; then make_certificates "$run/certificates"; fi
  setsid unshare --net --mount --uts --ipc --pid --fork --kill-child \
    bash "$REPO/script/lib/other-engines-inside.sh" "$kind" "$run" "$dir/data" >"$run/start.log" 2>&1 </dev/null 9>&- &
  pid=$!
  echo "$pid" >"$dir/keeper"
  end=$((SECONDS + 60))
  until second_answers "$name"; do
    if [ $SECONDS -ge $end ] || ! kill -0 "$pid" 2>/dev/null; then
      tail -n 5 "$run"/*.log >&2
      stop "The engine ($kind) did not start." "$run" 'read the logs there'
    fi
    sleep 0.1
  done
  if [ "$kind" = remote ]; then connect_client "$name"; fi
  engine_socket "$name"
}

# A machine of its own: a network with nothing but a cable to the engine's.
connect_client() {
  local engine client
  setsid unshare --net sleep infinity >/dev/null 2>&1 </dev/null 9>&- &
  client=$!
  echo "$client" >"$SECOND_ENGINE/$1/client"
  until [ "$(cat "/proc/$client/comm")" = sleep ]; do sleep 0.05; done
  engine=$(engine_pid "$1")
  nsenter -t "$engine" -n ip link add engine0 type veth peer name client0 netns "$client"
  nsenter -t "$engine" -n ip addr add 198.51.100.2/24 dev engine0
  nsenter -t "$engine" -n ip link set engine0 up
  nsenter -t "$client" -n ip addr add 198.51.100.1/24 dev client0
  nsenter -t "$client" -n ip link set client0 up
}

other_client() {
  local pid
  pid=$(cat "$SECOND_ENGINE/$1/client" 2>/dev/null) || return 1
  [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = sleep ] && echo "$pid"
}

other_down() {
  local pid
  if pid=$(other_client "$1"); then kill -KILL "$pid"; fi
  engine_down "$1"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  case ${1:-} in
    up | client | down) "other_$1" "${@:2}" ;;
    *) stop "Unknown command: ${1:-none}" "$0" 'up NAME podman|rootless|remote, client NAME, down NAME' ;;
  esac
fi
