#!/bin/sh
# Builds an image, has Seaworthy judge it, and pushes it only if it passes. Needs a Docker engine and Node 24.
# Run: IMAGE=registry.example/app:1.4.0 sh gate.sh
# Seaworthy: used from your own copy of it, because there is no release yet; see docs/quick-start.md.
set -eu

SEAWORTHY_PACKAGE="./seaworthy.tgz"
SEAWORTHY_SHA256="none"

# Checks the package's hash and installs the command. The package has no dependencies, so npm fetches nothing else.
if [ ! -f seaworthy.tgz ]; then
  curl --fail --silent --show-error --location --output seaworthy.tgz "$SEAWORTHY_PACKAGE"
fi
if [ "$SEAWORTHY_SHA256" != none ]; then
  echo "$SEAWORTHY_SHA256  seaworthy.tgz" | sha256sum --check --quiet
fi
npm install --offline --no-audit --no-fund --global --prefix "$PWD/.seaworthy" ./seaworthy.tgz

# The labels let every later run know the base, on which the Dockerfile's last stage builds.
BASE=debian:trixie-slim
digest=$(docker pull "$BASE" | sed -n 's/^Digest: //p')
[ -n "$digest" ]
docker build --pull --tag "$IMAGE" \
  --label "org.opencontainers.image.base.name=$BASE" --label "org.opencontainers.image.base.digest=$digest" .

# Exit codes: 0 means pass, 1 means that the image must not be released, and 2 means that a check has no answer. Any code
# except 0 fails this script. After a pass, Seaworthy pushes exactly the judged image, using docker's logins, and reads the
# image back from the registry.
.seaworthy/bin/seaworthy scan "$IMAGE" --dockerfile Dockerfile --report-dir seaworthy-report --push judged
