# shellcheck shell=bash
# What others verify our attested verdicts with, for script/long, from their Go modules. Building cosign takes ten minutes once
# on two cores, slsa-verifier some, oras one; the last two are large, and left out if they take longer than twenty.

COSIGN=v3.1.3
SLSA_VERIFIER=v2.7.1
ORAS=v1.3.6
KYVERNO=v1.19.1
POLICY_CONTROLLER=v0.13.1

# go_build_module NAME MODULE VERSION PACKAGE: in the module's own folder, since `go install` refuses a module with `replace`, and
# needs the list of all versions, which not every proxy has of each module.
# Returns 1 if it cannot be built in 20 minutes.
go_build_module() {
  local name=$1 module=$2 version=$3 package=$4 dir=$TOOLS/$1-$3 source
  if [ ! -x "$dir/$name" ]; then
    go_is_new || use_packaged_go
    say "building $name $version from its Go module (minutes)"
    source=$(GOFLAGS='' go mod download -json "$module@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p') &&
      (cd "$source" && CGO_ENABLED=0 GOFLAGS=-mod=readonly limit 1200 go build -o "$dir/$name" "$package") >"$CACHE/$name.log" 2>&1 || return 1
  fi
  env_set_quoted "SEAWORTHY_$(upper "${name//-/_}")" "$dir/$name"
}

install_verifiers() {
  mkdir -p "$TOOLS"
  CGO_ENABLED=0 go_install "github.com/sigstore/cosign/v3/cmd/cosign@$COSIGN"
  go_build_module slsa-verifier github.com/slsa-framework/slsa-verifier/v2 "$SLSA_VERIFIER" ./cli/slsa-verifier ||
    stop 'slsa-verifier could not be built.' "log in $CACHE/slsa-verifier.log" 'read the log'
  go_build_module oras oras.land/oras "$ORAS" ./cmd/oras || stop 'oras could not be built.' "log in $CACHE/oras.log" 'read the log'
  # Without one of these, the test says that it was not tried.
  go_build_module kyverno github.com/kyverno/kyverno "$KYVERNO" ./cmd/cli/kubectl-kyverno ||
    say "kyverno skipped: it could not be built (log in $CACHE/kyverno.log)"
  go_build_module policy-tester github.com/sigstore/policy-controller "$POLICY_CONTROLLER" ./cmd/tester ||
    say "policy-tester skipped: it could not be built (log in $CACHE/policy-tester.log)"
}

setup_verifiers() { with_lock install_verifiers; }
