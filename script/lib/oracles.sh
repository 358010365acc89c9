# shellcheck shell=bash
# What others say of application packages, for script/long: syft lists them, osv-scanner judges them. Both are built from
# their Go modules, which takes about ten minutes once; the packages of the images come from pip, npm and Maven.

SYFT=v1.57.1
OSV_SCANNER=v2.5.0

install_oracles() {
  mkdir -p "$TOOLS"
  for program in pip npm mvn; do
    has "$program" || { can_install && apt_install python3-pip npm maven; } ||
      stop "$program is missing, and is needed to build the images for the comparison." "$PATH" "install $program"
  done
  CGO_ENABLED=0 go_install "github.com/google/osv-scanner/v2/cmd/osv-scanner@$OSV_SCANNER"
  CGO_ENABLED=0 go_install "github.com/anchore/syft/cmd/syft@$SYFT"
}

setup_oracles() { with_lock install_oracles; }
