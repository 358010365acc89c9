# Packages of our own in /lab, as NAME_VERSION.deb: what Debian's own would need more of the network for.
set -e
mkdir -p /lab

# deb NAME VERSION [ARCHITECTURE]: fields from $fields, files from $files (PATH=TEXT …), scripts from $postinst, $triggers.
deb() {
  root=$(mktemp -d)
  mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/doc/$1"
  {
    printf 'Package: %s\nVersion: %s\nArchitecture: %s\n' "$1" "$2" "${3:-amd64}"
    printf 'Maintainer: lab <lab@example.org>\nDescription: lab\n%b' "${fields:-}"
  } >"$root/DEBIAN/control"
  for number in 1 2 3; do
    printf '#!/bin/sh\necho %s %s %s\n' "$1" "$2" "$number" >"$root/usr/bin/$1-$number"
    chmod 755 "$root/usr/bin/$1-$number"
  done
  for file in ${files:-}; do
    mkdir -p "$root/$(dirname "$file")"
    printf '%s %s\n' "$1" "$2" >"$root/$file"
  done
  printf '%s (%s) lab; urgency=low\n\n  * Lab.\n\n -- lab <lab@example.org>  Tue, 25 Nov 2025 00:00:00 +0000\n' "$1" "$2" |
    gzip -9n >"$root/usr/share/doc/$1/changelog.gz"
  [ -z "${conffiles:-}" ] || printf '%b' "$conffiles" >"$root/DEBIAN/conffiles"
  [ -z "${triggers:-}" ] || printf '%b' "$triggers" >"$root/DEBIAN/triggers"
  if [ -n "${postinst:-}" ]; then
    printf '#!/bin/sh\n%b\n' "$postinst" >"$root/DEBIAN/postinst"
    chmod 755 "$root/DEBIAN/postinst"
  fi
  (cd "$root" && find usr -type f -exec md5sum {} + >DEBIAN/md5sums)
  dpkg-deb --root-owner-group --build "$root" "/lab/$1_$2.deb" >/dev/null
  rm -r "$root"
}

deb lab 1
deb lab 2
files=etc/lab.conf conffiles='/etc/lab.conf\n' deb lab-conf 1
files=etc/lab.conf conffiles='/etc/lab.conf\n' deb lab-conf 2
postinst='exit 1' deb lab-fails 1
deb lab-arch 1 all
deb lab-arch 2 amd64
# One package takes the place, and the files, of another.
files='usr/lib/lab/one usr/lib/lab/two' deb lab-old 1
fields='Replaces: lab-old\nConflicts: lab-old\nProvides: lab-old\n' files='usr/lib/lab/one usr/lib/lab/two' deb lab-new 2
triggers='interest /usr/lib/lab-hooks\n' deb lab-waits 1
files=usr/lib/lab-hooks/one deb lab-triggers 1
fields='Multi-Arch: same\n' files=usr/lib/lab/same deb lab-same 1
