#!/bin/sh
# Installs packages of Debian without what they depend on, which takes seconds: an empty package provides that, so that
# apt finds nothing missing (deb-control(5), Provides).
set -e
mkdir -p /tmp/needs/DEBIAN
cd /tmp
apt-get download "$@"
for deb in *.deb; do
  dpkg-deb -f "$deb" Depends | tr , '\n'
done | sed 's/|.*//; s/:any//; s/ //g' | grep -v '<' | sed 's/(>*=\(.*\))/ (= \1)/' | sort -u |
  while read -r name version; do
    dpkg-query -W "$name" >/dev/null 2>&1 || echo "$name $version"
  done >provided
cat >needs/DEBIAN/control <<END
Package: needs
Version: 1
Architecture: $(dpkg --print-architecture)
Multi-Arch: allowed
Maintainer: lab <lab@example.org>
Description: lab
Provides: $(paste -sd, provided)
END
dpkg-deb --build needs needs.deb
dpkg -i ./*.deb
apt-get check
rm -rf /tmp/*
