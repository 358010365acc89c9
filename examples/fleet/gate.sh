#!/bin/sh
# One gate of a fleet: judges every COUNTth image of a list, beginning with the one at INDEX (from 0).
#   ./gate.sh images.txt INDEX COUNT
# The list has one reference a line, best with a digest. SEAWORTHY_CLAIR_PSK contains the key of Clair.
# Exits with the worst code of its runs: 0 pass, 1 fail, 2 incomplete; a list without images is incomplete.
set -u
list=$1 index=$2 count=$3
: "${CLAIR_URL:=http://clair:6060}"
if ! [ "$index" -ge 0 ] || ! [ "$index" -lt "$count" ]; then
  echo "INDEX is 0 to COUNT - 1, not $index of $count" >&2
  exit 2
fi
work=$(mktemp -d) || exit 2
trap 'rm -r "$work"' EXIT
awk 'NF && $1 !~ /^#/ { print "registry:" $1 }' "$list" >"$work/all" || exit 2
if ! [ -s "$work/all" ]; then
  echo "$list lists no image" >&2
  exit 2
fi
# One run judges 20 images: they share the security tracker and the advisories.
awk -v at="$index" -v count="$count" 'NR % count == (at + 1) % count' "$work/all" | split -l 20 - "$work/run." || exit 2

worst=0
run=0
for part in "$work"/run.*; do
  if ! [ -e "$part" ]; then
    echo "fewer images than gates: gate $index has none"
    break
  fi
  run=$((run + 1))
  # If an indexer died or the matcher was restarted, the verdict is incomplete, and a second try has one.
  for try in 1 2; do
    # shellcheck disable=SC2046 # no reference contains a space
    seaworthy scan $(cat "$part") --checks security-updates,clair --clair-url "$CLAIR_URL" --clair-psk-issuer gate \
      --layers-from registry --report-dir "reports/$index-$run-$try"
    code=$?
    [ "$code" -eq 2 ] || break
  done
  [ "$code" -le "$worst" ] || worst=$code
done
exit "$worst"
