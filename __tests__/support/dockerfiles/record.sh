#!/bin/sh
# Records the history that a builder writes for each Dockerfile here: NAME/BUILDER.json, and the layers' number.
# record.sh BASE BUILDER NAME [--target STAGE] ; BUILDER: classic, or a word for BuildKit's, with $BUILDX the program.
# FROM lines say base:recorded; BASE takes its place, and no history has that line.
set -eu
cd "$(dirname "$0")"
base=$1 builder=$2 name=$3
shift 3
context=$(mktemp -d)
trap 'rm -rf "$context"; docker rmi -f "recorded-$$" >/dev/null 2>&1' EXIT
sed "s|base:recorded|$base|" "$name/Dockerfile" >"$context/Dockerfile"
case $builder in
classic*) DOCKER_BUILDKIT=0 docker build -q 2>/dev/null -t "recorded-$$" "$@" "$context" ;;
*) "$BUILDX" build -q -t "recorded-$$" --provenance=false "$@" "$context" ;;
esac
docker save "recorded-$$" | tar -x -C "$context"
node -e '
  const fs = require("fs")
  const [folder, out] = process.argv.slice(1)
  const [{ Config }] = JSON.parse(fs.readFileSync(`${folder}/manifest.json`))
  const { history, rootfs, config } = JSON.parse(fs.readFileSync(`${folder}/${Config}`))
  fs.writeFileSync(out, `${JSON.stringify({ shell: config.Shell ?? null, layers: rootfs.diff_ids.length, history }, null, 1)}\n`)
' "$context" "$name/$builder${2:+-$2}.json"
