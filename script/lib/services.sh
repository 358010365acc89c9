# shellcheck shell=bash
# The images that run next to the gate: the official ones if available, otherwise built here.

CLAIR_VERSION=4.9.0
CLAIR_OFFICIAL=quay.io/projectquay/clair:$CLAIR_VERSION
CLAIR_BUILT=seaworthy-dev/clair:$CLAIR_VERSION
POSTGRES_OFFICIAL=postgres:17
POSTGRES_BUILT=seaworthy-dev/postgres:15

# The binary is kept under the checksum of its module files: a changed go.mod is another binary.
clair_binary() {
  local key
  key=$(cat "$REPO"/script/images/clair/go.mod "$REPO"/script/images/clair/go.sum | cksum | tr ' ' -)
  echo "$CACHE/clair/$CLAIR_VERSION-$(uname -m)-$key/clair"
}

compile_clair() {
  local binary=$1 dir
  has go || stop "Clair $CLAIR_VERSION can neither be pulled nor built: Go is missing." "script/images/clair (needs Go 1.24 or later)" \
    'install Go (https://go.dev/dl/), or set SEAWORTHY_CLAIR_IMAGE to a Clair image'
  dir=$(dirname "$binary")
  mkdir -p "$dir"
  cp "$REPO"/script/images/clair/go.mod "$REPO"/script/images/clair/go.sum "$dir/"
  say "building Clair $CLAIR_VERSION from its Go module (about a minute)"
  # -mod=readonly: what go.sum does not vouch for is not built.
  if ! (cd "$dir" && CGO_ENABLED=0 GOFLAGS=-mod=readonly \
    go build -trimpath -ldflags '-s -w' -o clair.part github.com/quay/clair/v4/cmd/clair) >"$CACHE/clair.log" 2>&1; then
    stop "Clair $CLAIR_VERSION could not be built." "log in $CACHE/clair.log" 'read the log'
  fi
  mv "$dir/clair.part" "$binary"
}

build_clair() {
  local binary context
  binary=$(clair_binary)
  if [ ! -x "$binary" ]; then compile_clair "$binary"; fi
  context=$(mktemp -d)
  cp "$REPO/script/images/clair/Dockerfile" "$binary" "$context/"
  build "$CLAIR_BUILT" "$context" --build-arg "BASE=$SEAWORTHY_BASE_BOOKWORM"
  rm -r "$context"
}

build_postgres() {
  build "$POSTGRES_BUILT" "$REPO/script/images/postgres" --build-arg "BASE=$SEAWORTHY_BASE_BOOKWORM"
}

# service VARIABLE OFFICIAL BUILT BUILDER: the first that is here; else pulled; else built.
service() {
  local name=$1 official=$2 built=$3 builder=$4 image=
  case ${!name:-} in
    '' | "$official" | "$built")
      if have_image "$official"; then
        image=$official
      elif have_image "$built"; then
        image=$built
      elif pull "$official"; then
        image=$official
      else
        base bookworm
        with_lock build_once "$built" "$builder"
        image=$built
      fi
      ;;
    *)
      image=${!name}
      named_image "$name" "$image"
      ;;
  esac
  export "$name=$image"
  env_set_quoted "$name" "$image"
}

build_once() { have_image "$1" || "$2"; }

setup_services() {
  service SEAWORTHY_POSTGRES_IMAGE "$POSTGRES_OFFICIAL" "$POSTGRES_BUILT" build_postgres
  service SEAWORTHY_CLAIR_IMAGE "$CLAIR_OFFICIAL" "$CLAIR_BUILT" build_clair
}
