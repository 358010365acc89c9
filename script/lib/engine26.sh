# shellcheck shell=bash
# A second, newer Docker engine (Debian 13's docker.io 26) beside the first, for tests of both image stores.
#   bash script/lib/engine26.sh up NAME classic|ctrd    starts one, prints the path of its socket
#   bash script/lib/engine26.sh pid NAME                a process in its namespaces, for nsenter -t PID -n
#   bash script/lib/engine26.sh buildx                  prints the path of BuildKit's client, docker-buildx
#   bash script/lib/engine26.sh down NAME               stops it and removes all that it held
# It has its own network, mount and process namespaces: two engines in one network flush each other's rules.

if ! declare -f stop >/dev/null; then
  set -euo pipefail
  for part in common mirror; do
    # shellcheck source=/dev/null
    . "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
  done
fi

ENGINE26=$CACHE/engine26

# Where the root has BuildKit's client. Its program runs on this machine too.
ENGINE26_BUILDX=$ENGINE26/root/usr/libexec/docker/cli-plugins/docker-buildx

make_root() {
  local mirror
  if [ -e "$ENGINE26/root/.complete" ] && [ -e "$ENGINE26_BUILDX" ]; then return; fi
  has mmdebstrap || apt_install mmdebstrap
  mirror=$(main_mirror) || no_mirror
  say 'making the root of the second engine (Debian 13)'
  mkdir -p "$ENGINE26"
  rm -rf --one-file-system "$ENGINE26/root"
  # mount: a minimal trixie has none, and the engine needs it. Format by name: a directory, not a tar.
  mmdebstrap --quiet --format=directory --variant=minbase --aptopt='APT::Install-Recommends "false"' \
    --include=docker.io,docker-buildx,containerd,runc,iptables,iproute2,procps,mount,xz-utils \
    trixie "$ENGINE26/root" "$mirror" >"$CACHE/engine26.log" 2>&1 ||
    stop 'The root of the second engine could not be made.' "log in $CACHE/engine26.log" 'read the log'
  touch "$ENGINE26/root/.complete"
}

# Why there can be no second engine here, or nothing.
why_no_engine26() {
  if ! is_root; then
    echo 'needs root'
  elif ! has unshare || ! has setsid; then
    echo 'needs Linux with util-linux'
  elif [ ! -e "$ENGINE26/root/.complete" ] && ! has mmdebstrap && ! is_debian; then
    echo 'needs mmdebstrap'
  fi
}

setup_engine26() {
  local why
  why=$(why_no_engine26)
  if [ -n "$why" ]; then
    say "second engine skipped: $why"
    return
  fi
  with_lock make_root
  # Makes OCI archives of an image, for the tests that read one image in every form.
  if ! has skopeo && can_install; then apt_install skopeo; fi
}

engine26_socket() { echo "$ENGINE26/$1/run/docker.sock"; }

# The process that keeps the namespaces, and only if it is still that process.
keeper() {
  local pid
  pid=$(cat "$ENGINE26/$1/keeper" 2>/dev/null) || return 1
  [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = unshare ] && echo "$pid"
}

engine26_pid() {
  local pid
  pid=$(keeper "$1") && cut -d' ' -f1 "/proc/$pid/task/$pid/children"
}

engine26_answers() { [ -n "$(limit 20 docker -H "unix://$(engine26_socket "$1")" info --format '{{.ServerVersion}}' 2>/dev/null)" ]; }

engine26_up() {
  local name=$1 store=$2 dir=$ENGINE26/$1 snapshotter=false pid end
  [ -e "$ENGINE26/root/.complete" ] || stop 'There is no second engine.' "$ENGINE26" 'run script/setup engine26 as root'
  engine26_down "$name"
  mkdir -p "$dir/run" "$dir/data"
  if [ "$store" = ctrd ]; then snapshotter=true; fi
  printf '{"features": {"containerd-snapshotter": %s}, "bip": "10.88.0.1/24", "cgroup-parent": "/seaworthy-%s"}\n' \
    "$snapshotter" "$name" >"$dir/run/daemon.json"
  # Nothing of ours may stay open in it: whoever reads our output would wait for its end.
  setsid unshare --net --mount --uts --ipc --pid --fork --kill-child \
    bash "$REPO/script/lib/engine26-inside.sh" "$ENGINE26/root" "$dir" >"$dir/run/start.log" 2>&1 </dev/null 9>&- &
  pid=$!
  echo "$pid" >"$dir/keeper"
  end=$((SECONDS + 60))
  until engine26_answers "$name"; do
    if [ $SECONDS -ge $end ] || ! kill -0 "$pid" 2>/dev/null; then
      tail -n 5 "$dir"/run/*.log >&2
      stop 'The second engine did not start.' "$dir/run" 'read the logs there'
    fi
    sleep 0.1
  done
  engine26_socket "$name"
}

# unshare ignores TERM; KILL takes all with it (--kill-child), and with the namespace its mounts.
engine26_down() {
  local name=$1 pid
  if pid=$(keeper "$name"); then
    kill -KILL "$pid"
    # Collects it where this shell started it; elsewhere wait does nothing, and the loop waits.
    wait "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  fi
  rm -rf --one-file-system "${ENGINE26:?}/${name:?}"
  find /sys/fs/cgroup -depth -type d -path "*/seaworthy-$name*" -exec rmdir {} + 2>/dev/null || true
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  case ${1:-} in
    up | down | pid) "engine26_$1" "${@:2}" ;;
    buildx)
      [ -x "$ENGINE26_BUILDX" ] || stop 'There is no docker-buildx.' "$ENGINE26_BUILDX" 'run script/setup engine26 as root'
      echo "$ENGINE26_BUILDX"
      ;;
    *) stop "Unknown: ${1:-nothing}" "$0" 'up NAME classic|ctrd, pid NAME, buildx, down NAME' ;;
  esac
fi
