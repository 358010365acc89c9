#!/bin/sh
# One gate of a fleet: judges every COUNTth image of a list, beginning with the one at INDEX (from 0).
#   ./gate.sh images.txt INDEX COUNT
# The list has one reference a line, best with a digest. SEAWORTHY_CLAIR_PSK contains the key of Clair.
set -u
list=$1 index=$2 count=$3
: "${CLAIR_URL:=http://clair:6060}"
share=$(mktemp)
awk -v index_="$index" -v count="$count" \
  'NF && $1 !~ /^#/ && (seen++ % count) == index_ { print "registry:" $1 }' "$list" >"$share"

# The worst code of all runs: 1 fail, 2 incomplete.
worst=0
run=0
# One run judges 20 images: they share the security tracker and the advisories.
split -l 20 "$share" "$share."
for part in "$share".*; do
  [ -e "$part" ] || continue
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
