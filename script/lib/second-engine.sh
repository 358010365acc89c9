# shellcheck shell=bash
# A second, newer Docker engine next to the first, for tests of both image stores: Debian 13's docker.io 26; or the code
# of the 29 line, built from its Go module, in the same root.
#   bash script/lib/second-engine.sh up NAME classic|ctrd [26|29]   starts one, prints the path of its socket
#   bash script/lib/second-engine.sh pid NAME           a process in its namespaces, for nsenter -t PID -n
#   bash script/lib/second-engine.sh buildx             prints the path of BuildKit's client, docker-buildx
#   bash script/lib/second-engine.sh down NAME          stops it and removes all that it held
# It has its own network, mount and process namespaces: two engines in one network flush each other's rules.

if ! declare -f stop >/dev/null; then
  set -euo pipefail
  for part in common mirror; do
    # shellcheck source=/dev/null
    . "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
  done
fi

SECOND_ENGINE=$CACHE/engine26

# BuildKit's client in the root of the second engine. The program runs on this machine too.
SECOND_BUILDX=$SECOND_ENGINE/root/usr/libexec/docker/cli-plugins/docker-buildx

make_root() {
  local mirror
  if [ -e "$SECOND_ENGINE/root/.complete" ] && [ -e "$SECOND_BUILDX" ]; then return; fi
  has mmdebstrap || apt_install mmdebstrap
  mirror=$(main_mirror) || no_mirror
  say "building the second engine's root file system (Debian 13)"
  mkdir -p "$SECOND_ENGINE"
  rm -rf --one-file-system "$SECOND_ENGINE/root"
  # mount: a minimal trixie has none, and the engine needs it. Format by name: a directory, not a tar.
  mmdebstrap --quiet --format=directory --variant=minbase --aptopt='APT::Install-Recommends "false"' \
    --include=docker.io,docker-buildx,containerd,runc,iptables,iproute2,procps,mount,xz-utils \
    trixie "$SECOND_ENGINE/root" "$mirror" >"$CACHE/engine26.log" 2>&1 ||
    stop "The second engine's root file system could not be built." "log in $CACHE/engine26.log" 'read the log'
  touch "$SECOND_ENGINE/root/.complete"
}

# Why there can be no second engine here, or nothing.
why_no_second_engine() {
  if ! is_root; then
    echo 'needs root'
  elif ! has unshare || ! has setsid; then
    echo 'needs Linux with util-linux'
  elif [ ! -e "$SECOND_ENGINE/root/.complete" ] && ! has mmdebstrap && ! is_debian; then
    echo 'needs mmdebstrap'
  fi
}

setup_engine26() {
  local why
  why=$(why_no_second_engine)
  if [ -n "$why" ]; then
    say "second engine skipped: $why"
    return
  fi
  with_lock make_root
  # Makes OCI archives of an image, for the tests that read one image in every form.
  if ! has skopeo && can_install; then apt_install skopeo; fi
}

# Docker Engine 29 is built from its Go module, with a runc that it can use: Debian 13's does not know time namespaces.
# The folder is named by the checksum of their module files: changed ones are other binaries.
engine29_folder() {
  echo "$CACHE/engine29/$(uname -m)-$(cat "$REPO"/script/images/engine29/go.mod "$REPO"/script/images/engine29/go.sum | cksum | tr ' ' -)"
}

build_engine29() {
  local dir log=$CACHE/engine29.log
  dir=$(engine29_folder)
  if [ -x "$dir/bin/dockerd" ]; then return; fi
  has go || stop 'Go is missing, and is needed to build engine 29.' 'script/images/engine29 (needs Go 1.26.3 or later)' \
    'install Go (https://go.dev/dl/)'
  # runc is to filter system calls as everywhere else.
  [ -e /usr/include/seccomp.h ] || apt_install libseccomp-dev pkg-config
  say 'building engine 29 from its Go module (a few minutes)'
  rm -rf "$dir"
  mkdir -p "$dir/bin.part"
  cp "$REPO"/script/images/engine29/go.mod "$REPO"/script/images/engine29/go.sum "$dir/"
  # -mod=readonly: what go.sum does not vouch for is not built.
  if ! (cd "$dir" && export GOFLAGS=-mod=readonly &&
    go build -trimpath -tags 'exclude_graphdriver_btrfs exclude_graphdriver_zfs' \
      -ldflags '-s -w -X github.com/moby/moby/v2/dockerversion.Version=29-beta.24' \
      -o bin.part/dockerd github.com/moby/moby/v2/cmd/dockerd &&
    go build -trimpath -ldflags '-s -w' -o bin.part/docker-proxy github.com/moby/moby/v2/cmd/docker-proxy &&
    go build -trimpath -ldflags '-s -w' -tags seccomp -o bin.part/runc github.com/opencontainers/runc) >"$log" 2>&1; then
    stop 'Engine 29 could not be built.' "log in $log" 'read the log'
  fi
  mv "$dir/bin.part" "$dir/bin"
}

setup_engine29() {
  setup_engine26
  if [ -e "$SECOND_ENGINE/root/.complete" ]; then with_lock build_engine29; fi
}

# The folder for configuration, logs and socket. It has the same path in the engine's root, so that what tests
# ask it to mount exists there.
engine_run() { echo "/run/seaworthy-engine/$1"; }
engine_socket() { echo "$(engine_run "$1")/docker.sock"; }

# The process that keeps the namespaces, and only if it is still that process.
keeper() {
  local pid
  pid=$(cat "$SECOND_ENGINE/$1/keeper" 2>/dev/null) || return 1
  [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = unshare ] && echo "$pid"
}

engine_pid() {
  local pid
  pid=$(keeper "$1") && cut -d' ' -f1 "/proc/$pid/task/$pid/children"
}

second_answers() { [ -n "$(limit 20 docker -H "unix://$(engine_socket "$1")" info --format '{{.ServerVersion}}' 2>/dev/null)" ]; }

engine_up() {
  local name=$1 store=$2 version=${3:-26} dir=$SECOND_ENGINE/$1 snapshotter=false binaries=none run pid end
  run=$(engine_run "$name")
  [ -e "$SECOND_ENGINE/root/.complete" ] || stop 'There is no second engine.' "$SECOND_ENGINE" 'run script/setup engine26 as root'
  if [ "$version" = 29 ]; then
    binaries=$(engine29_folder)/bin
    [ -e "$binaries" ] || stop 'There is no engine 29.' "$binaries" 'run script/setup engine29 as root'
  fi
  engine_down "$name"
  mkdir -p "$run" "$dir/data"
  if [ "$store" = ctrd ]; then snapshotter=true; fi
  printf '{"features": {"containerd-snapshotter": %s}, "bip": "10.88.0.1/24", "cgroup-parent": "/seaworthy-%s"}\n' \
    "$snapshotter" "$name" >"$run/daemon.json"
  # Nothing of ours may stay open in it: whoever reads our output would wait for its end.
  setsid unshare --net --mount --uts --ipc --pid --fork --kill-child \
    bash "$REPO/script/lib/second-engine-inside.sh" "$SECOND_ENGINE/root" "$run" "$dir/data" "$binaries" >"$run/start.log" 2>&1 </dev/null 9>&- &
  pid=$!
  echo "$pid" >"$dir/keeper"
  end=$((SECONDS + 60))
  until second_answers "$name"; do
    if [ $SECONDS -ge $end ] || ! kill -0 "$pid" 2>/dev/null; then
      tail -n 5 "$run"/*.log >&2
      stop 'The second engine did not start.' "$run" 'read the logs there'
    fi
    sleep 0.1
  done
  engine_socket "$name"
}

# unshare ignores TERM; KILL takes all with it (--kill-child), and with the namespace its mounts.
engine_down() {
  local name=$1 pid
  if pid=$(keeper "$name"); then
    kill -KILL "$pid"
    # Collects it where this shell started it; elsewhere wait does nothing, and the loop waits.
    wait "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  fi
  rm -rf --one-file-system "${SECOND_ENGINE:?}/${name:?}" "$(engine_run "${name:?}")"
  find /sys/fs/cgroup -depth -type d -path "*/seaworthy-$name*" -exec rmdir {} + 2>/dev/null || true
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  case ${1:-} in
    up | down | pid) "engine_$1" "${@:2}" ;;
    buildx)
      [ -x "$SECOND_BUILDX" ] || stop 'There is no docker-buildx.' "$SECOND_BUILDX" 'run script/setup engine26 as root'
      echo "$SECOND_BUILDX"
      ;;
    *) stop "Unknown command: ${1:-none}" "$0" 'up NAME classic|ctrd, pid NAME, buildx, down NAME' ;;
  esac
fi
