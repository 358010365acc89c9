#!/usr/bin/env bash
# The first process in the second engine's namespaces: makes ROOT its root, then runs the engine.
#   second-engine-inside.sh ROOT RUN DATA BINARIES
# RUN: a folder below /run for configuration, socket, logs; DATA: for images and containers; BINARIES: a folder whose
# programs go before those of ROOT, or `none`.
set -euo pipefail
root=$1 run=$2 data=$3 binaries=$4

mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mkdir -p ".$run" var/lib/docker opt/engine .old
mount --bind "$run" ".$run"
mount --bind "$data" var/lib/docker
[ "$binaries" = none ] || mount --bind "$binaries" opt/engine

# pivot_root, not chroot: under a plain chroot the engine puts resolv.conf and hosts of its containers
# at a path that only exists outside, and they have no names, with no error anywhere.
pivot_root . .old
# The rest is given as text: this file's own file system is about to go.
# shellcheck disable=SC2016
exec chroot . /bin/bash -euc '
  export PATH=/opt/engine:/usr/sbin:/usr/bin:/sbin:/bin
  umount -l /.old
  hostname seaworthy-engine
  # The engine wants a default route; this pair of cards leads nowhere.
  ip link set lo up
  ip link add host0 type veth peer name host1
  ip link set host1 up
  ip addr add 198.51.100.2/24 dev host0
  ip link set host0 up
  ip route add default via 198.51.100.1
  # In the background with wait: as the first process, bash must also collect orphans.
  dockerd --config-file "$0/daemon.json" -H "unix://$0/docker.sock" >"$0/dockerd.log" 2>&1 &
  wait $!
' "$run"
