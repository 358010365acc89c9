# shellcheck shell=bash
# What others say of the same images, for script/long: syft lists application packages, osv-scanner judges them, dockle judges
# the configuration. They are built from their Go modules, which takes about ten minutes once; the packages of the images come
# from pip, npm and Maven.

SYFT=v1.57.1
OSV_SCANNER=v2.5.0
DOCKLE=v0.4.15

# Like its own releases, which set the version, and in its own folder: `go install` needs the list of all versions, which not
# every proxy has of this module.
build_dockle() {
  local module=github.com/goodwithtech/dockle dir=$TOOLS/dockle-$DOCKLE source
  if [ ! -x "$dir/dockle" ]; then
    go_is_new || use_packaged_go
    say "building dockle $DOCKLE from its Go module (about a minute)"
    source=$(GOFLAGS='' go mod download -json "$module@$DOCKLE" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p') &&
      (cd "$source" && CGO_ENABLED=0 GOFLAGS=-mod=readonly go build -ldflags "-X $module/pkg.version=$DOCKLE" -o "$dir/dockle" ./cmd/dockle) \
        >"$CACHE/dockle.log" 2>&1 || return 1
  fi
  env_set_quoted SEAWORTHY_DOCKLE "$dir/dockle"
}

install_oracles() {
  mkdir -p "$TOOLS"
  for program in pip npm mvn; do
    has "$program" || { can_install && apt_install python3-pip npm maven; } ||
      stop "$program is missing, and is needed to build the images for the comparison." "$PATH" "install $program"
  done
  CGO_ENABLED=0 go_install "github.com/google/osv-scanner/v2/cmd/osv-scanner@$OSV_SCANNER"
  CGO_ENABLED=0 go_install "github.com/anchore/syft/cmd/syft@$SYFT"
  # Without this tool, the comparison says that it did not run.
  build_dockle || say "dockle skipped: it could not be built (log in $CACHE/dockle.log)"
}

setup_oracles() { with_lock install_oracles; }
