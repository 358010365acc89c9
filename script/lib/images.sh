# shellcheck shell=bash
# Images: is it here, can it be pulled, and remembering that it could not.

have_image() { docker image inspect "$1" >/dev/null 2>&1; }

# The registry of a reference: its first part when that looks like a host.
registry_of() {
  case ${1%%/*} in
    "$1" | *[!a-zA-Z0-9.:-]*) echo docker.io ;;
    *.* | *:* | localhost) echo "${1%%/*}" ;;
    *) echo docker.io ;;
  esac
}

memo_of() { printf '%s/pull-failed/%s' "$CACHE" "$(printf '%s' "$1" | tr -c 'a-zA-Z0-9.\n' _)"; }

failed_lately() { [ -n "$(find "$(memo_of "$1")" -mmin -60 2>/dev/null)" ]; }

# pull REF: bounded; a failure is remembered for an hour, of the whole registry when that is out of reach
# (else each image would cost a minute where packets are dropped), of the one reference when it answered.
pull() {
  local ref=$1 registry why
  registry=$(registry_of "$ref")
  if failed_lately "$registry" || failed_lately "$ref"; then return 1; fi
  say "pulling $ref"
  if why=$(limit "${SEAWORTHY_PULL_SECONDS:-60}" docker pull --quiet "$ref" 2>&1); then return; fi
  say "could not pull $ref: ${why:-no answer in time} (to retry within the next hour: rm -r $CACHE/pull-failed)"
  mkdir -p "$CACHE/pull-failed"
  case $why in
    *'not found'* | *unknown* | *denied* | *unauthorized*) touch "$(memo_of "$ref")" ;;
    *) touch "$(memo_of "$registry")" ;;
  esac
  return 1
}

# An image that the user named is the one to use, or nothing is.
named_image() {
  have_image "$2" || pull "$2" || stop "The image $2 is not on this machine and could not be pulled." "$1" "unset $1, or set it to another image"
}

# build TAG DIR ARG…: build containers without a route of their own (no bridge) may use the host's.
build() {
  local tag=$1 dir=$2
  shift 2
  say "building $tag"
  docker build -q -t "$tag" "$@" "$dir" >"$CACHE/build.log" 2>&1 ||
    docker build -q --network host -t "$tag" "$@" "$dir" >>"$CACHE/build.log" 2>&1 ||
    stop "The image $tag could not be built." "$dir, log in $CACHE/build.log" 'read the log'
}
