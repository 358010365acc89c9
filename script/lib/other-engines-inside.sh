#!/usr/bin/env bash
# The first process in another engine's namespaces.
#   other-engines-inside.sh podman|rootless|remote RUN DATA
# RUN: a folder below /run for socket and logs; DATA: for images and containers, mounted at /mnt.
set -euo pipefail
kind=$1 run=$2 data=$3
socket=unix://$run/docker.sock

mount --make-rprivate /
mount --bind "$data" /mnt
mount -t proc proc /proc
hostname seaworthy-engine
ip link set lo up

# A new /run, with nothing in it but our folder.
own_run() {
  mkdir /mnt/keep
  mount --bind "$run" /mnt/keep
  mount -t tmpfs tmpfs /run
  mkdir -p "$run" /run/lock
  mount --bind /mnt/keep "$run"
}

# In the background with wait: as the first process, bash must also collect orphans.
case $kind in
  podman)
    own_run
    # crun refuses a machine with both versions of cgroups; it takes one that shows the first only.
    if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi
    mkdir -p /mnt/cni /run/netns
    export CONTAINERS_CONF=/mnt/containers.conf
    printf '[network]\nnetwork_backend = "cni"\n[engine]\nevents_logger = "file"\n' >"$CONTAINERS_CONF"
    podman --root /mnt/storage --runroot /run/containers --network-config-dir /mnt/cni --cgroup-manager cgroupfs \
      system service --time 0 "$socket" >"$run/podman.log" 2>&1 &
    ;;
  rootless)
    # A user that this machine does not have, with a range of subordinate ids.
    for file in passwd group subuid subgid; do
      cp "/etc/$file" "/mnt/$file" 2>/dev/null || touch "/mnt/$file"
    done
    echo 'rootless:x:4242:4242::/mnt/home:/bin/sh' >>/mnt/passwd
    echo 'rootless:x:4242:' >>/mnt/group
    for file in subuid subgid; do echo rootless:100000:65536 >"/mnt/$file"; done
    for file in passwd group subuid subgid; do
      [ -e "/etc/$file" ] || continue
      mount --bind "/mnt/$file" "/etc/$file"
    done
    # What a user needs for a network of its own.
    mknod -m 666 /mnt/tun c 10 200
    mount --bind /mnt/tun /dev/net/tun
    mkdir -p /mnt/home /mnt/user /mnt/docker
    chmod 755 /mnt
    chown 4242:4242 /mnt/home /mnt/user /mnt/docker "$run"
    script=$(command -v dockerd-rootless.sh || echo /usr/share/docker.io/contrib/dockerd-rootless.sh)
    setpriv --reuid 4242 --regid 4242 --clear-groups --reset-env \
      env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/mnt/home XDG_RUNTIME_DIR=/mnt/user \
      "$script" --data-root /mnt/docker -H "$socket" >"$run/dockerd.log" 2>&1 &
    ;;
  remote)
    own_run
    echo '{"cgroup-parent": "/seaworthy-remote"}' >"$run/daemon.json"
    dockerd --config-file "$run/daemon.json" -H "$socket" -H tcp://0.0.0.0:2376 --data-root /mnt/docker \
      --tlsverify --tlscacert "$run/certificates/ca.pem" --tlscert "$run/certificates/server.pem" \
      --tlskey "$run/certificates/server-key.pem" >"$run/dockerd.log" 2>&1 &
    ;;
esac
wait $!
