# shellcheck shell=bash
# A Docker engine that answers: one that is already running, or Debian's own, started here.

engine_answers() {
  has docker && [ -n "$(limit 20 docker info --format '{{.ServerVersion}}' 2>/dev/null)" ]
}

# Someone who points at an engine elsewhere wants that one, not a second one here.
points_elsewhere() {
  [ -n "${DOCKER_HOST:-}" ] || { has docker && [ "$(docker context show 2>/dev/null || echo default)" != default ]; }
}

# alive PIDFILE NAME: does the process that wrote the file still live (and not another with its number)?
alive() {
  local pid
  pid=$(cat "$1" 2>/dev/null) && [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$2" ]
}

# An engine that was killed leaves its pid files and sockets, and the next one refuses to start over them.
sweep_stale() {
  if ! alive /var/run/docker.pid dockerd; then
    rm -f /var/run/docker.pid /var/run/docker.sock
  fi
  if ! alive /var/run/docker/containerd/containerd.pid containerd; then
    rm -f /var/run/docker/containerd/*.pid /var/run/docker/containerd/*.sock*
  fi
}

engine_start() {
  local log=$CACHE/dockerd.log pid
  if [ -d /run/systemd/system ]; then
    systemctl start docker || true
    pid=
  else
    sweep_stale
    # Its own session, no terminal and not our lock: it lives on after this script. It starts itself again for each
    # step of a container or a layer, thousands of times in the tests; GOGC saves a third of the CPU time that this takes.
    GOGC=${GOGC:-400} setsid dockerd >"$log" 2>&1 </dev/null 9>&- &
    pid=$!
  fi
  local end=$((SECONDS + 60))
  until engine_answers; do
    if [ $SECONDS -ge $end ] || { [ -n "$pid" ] && ! kill -0 "$pid" 2>/dev/null; }; then
      tail -n 5 "$log" >&2 2>/dev/null || true
      stop 'The Docker engine did not start.' "dockerd, log in $log" 'read the log, or start an engine yourself and run this again'
    fi
    sleep 0.2
  done
}

engine_install() {
  if ! has dockerd || ! has docker; then
    apt_install docker.io
    hash -r
  fi
  say 'starting dockerd'
  engine_start
}

setup_engine() {
  # Debian keeps dockerd in /usr/sbin, which not every shell looks into.
  PATH=$PATH:/usr/sbin:/sbin
  if engine_answers; then return; fi
  if points_elsewhere; then
    stop 'The Docker engine does not answer.' "${DOCKER_HOST:-docker context $(docker context show)}" \
      'start that engine, or use one on this machine (unset DOCKER_HOST, docker context use default)'
  fi
  if ! can_install; then
    stop 'No Docker engine answers, and this script can install one only on Debian, as root.' "$(uname -s), user $(id -un)" \
      'install and start Docker (https://docs.docker.com/engine/install/), then run this again'
  fi
  with_lock engine_install
}
