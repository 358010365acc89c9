#!/bin/sh
# Deploys an image by digest, but only if an attested verdict from its release workflow allows it, or with KEY, one that
# "seaworthy attest" signed by the private half of that key. The workflow is examples/workflows/attested-release.yml, saved
# as .github/workflows/release.yml; --with repeats the thresholds that this workflow sets.
#   deploy.sh ghcr.io/acme/app@sha256:…
#   KEY=verdict.pub deploy.sh registry.example/acme/app@sha256:…
set -eu

image=$1
if [ -n "${KEY:-}" ]; then
  set -- --key "$KEY"
else
  set -- --identity "${IDENTITY:-https://github.com/acme/app/.github/workflows/release.yml@refs/tags/*}" \
    --issuer "${ISSUER:-https://token.actions.githubusercontent.com}"
fi
seaworthy verify "$image" "$@" \
  --policy "${POLICIES:-policies}" --with fail-on=medium --with fail-on-unfixed=critical \
  --max-age 168

# Deploys exactly what was verified: the digest, never a tag.
docker pull --quiet "$image"
docker run --detach --rm "$image"
