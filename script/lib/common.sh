# shellcheck shell=bash
# Words that the other scripts share. Sourced, never run; the caller has set -euo pipefail.

REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# Heavy things live outside the clone, so that a second clone is fast too.
CACHE=${SEAWORTHY_DEV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/seaworthy-dev}
ENV_FILE=$REPO/.cache/env
mkdir -p "$CACHE" "$REPO/.cache"

say() { printf 'setup: %s\n' "$*" >&2; }

# What happened, where, what to do: three lines and exit 2, as everywhere in Seaworthy.
stop() {
  printf '%s\n  where: %s\n  to do: %s\n' "$1" "$2" "$3" >&2
  exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

is_debian() { [ -r /etc/os-release ] && grep -q '^ID=debian$' /etc/os-release; }
is_root() { [ "$(id -u)" = 0 ]; }

# limit SECONDS COMMAND…: macOS has no timeout(1); there the command runs without one.
limit() {
  local seconds=$1
  shift
  if has timeout; then timeout "$seconds" "$@"; else "$@"; fi
}

# One `export NAME=VALUE` line for each name; the file is swapped whole, as others may be reading it.
env_set() {
  local fresh=$ENV_FILE.$$
  {
    echo "# Written by script/setup. The SEAWORTHY_… variables are for this repository's scripts and tests; the seaworthy command does not read them, so pass them to it: --clair-image \"\$SEAWORTHY_CLAIR_IMAGE\" --postgres-image \"\$SEAWORTHY_POSTGRES_IMAGE\""
    grep -v -e '^#' -e "^export $1=" "$ENV_FILE" 2>/dev/null || true
    printf 'export %s=%s\n' "$1" "$2"
  } >"$fresh"
  mv "$fresh" "$ENV_FILE"
}
env_set_quoted() { env_set "$1" "$(printf '%q' "$2")"; }

# Runs COMMAND… with one lock for the whole machine: two clones must not build the same thing at once.
# Background processes started inside must close descriptor 9.
with_lock() {
  if has flock; then
    exec 9>"$CACHE/lock"
    flock 9
  fi
  "$@"
  if has flock; then exec 9>&-; fi
}

apt_updated=
# apt_install PACKAGE…: Debian's packages; the lists are refreshed once a run.
apt_install() {
  local log=$CACHE/apt.log
  say "installing from Debian: $*"
  : >"$log"
  if [ -z "$apt_updated" ]; then apt-get update >>"$log" 2>&1 || apt_failed "$log" "$@"; fi
  apt_updated=1
  # 9>&-: a service that the package starts must not keep our lock.
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1 9>&- ||
    apt_failed "$log" "$@"
}
apt_failed() { stop "apt-get could not install ${*:2}." "log in $1" 'read the log'; }

# May packages be installed here at all?
can_install() { is_debian && is_root; }
