#!/usr/bin/env bash
# The first process in the second engine's namespaces: makes ROOT its root, then runs the engine.
#   engine26-inside.sh ROOT DIR       DIR/run: configuration, socket, logs; DIR/data: images and containers
set -euo pipefail
root=$1 dir=$2

mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mkdir -p run/engine var/lib/docker .old
mount --bind "$dir/run" run/engine
mount --bind "$dir/data" var/lib/docker

# pivot_root, not chroot: under a plain chroot the engine puts resolv.conf and hosts of its containers
# at a path that only exists outside, and they have no names, with no error anywhere.
pivot_root . .old
# The rest is given as text: this file's own file system is about to go.
# shellcheck disable=SC2016
exec chroot . /bin/bash -euc '
  export PATH=/usr/sbin:/usr/bin:/sbin:/bin
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
  dockerd --config-file /run/engine/daemon.json -H unix:///run/engine/docker.sock >/run/engine/dockerd.log 2>&1 &
  wait $!
'
