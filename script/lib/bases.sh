# shellcheck shell=bash
# Debian base images that lack today's security updates: the material of demo and live tests.

# Official dated images, old enough to lack updates. SEAWORTHY_BASE_<SUITE> names another image.
official_base() {
  case $1 in
    bullseye) echo debian:bullseye-20240722-slim ;;
    bookworm) echo debian:bookworm-20240812-slim ;;
    trixie) echo debian:trixie-20250908-slim ;;
  esac
}

# What a slim official image leaves out; without it, half as much has to be exported and read for each test.
SLIM=(
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright'
  --dpkgopt='path-exclude=/usr/share/groff/*' --dpkgopt='path-exclude=/usr/share/info/*'
  --dpkgopt='path-exclude=/usr/share/lintian/*' --dpkgopt='path-exclude=/usr/share/linda/*'
  --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/man/*'
)

# bookworm has to be merged beforehand, as official images are: else usrmerge does it, which brings all of Perl.
MERGED=(
  --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr
  --setup-hook='printf "Package: usrmerge\nPin: release *\nPin-Priority: -1\n" >"$1/etc/apt/preferences.d/no-usrmerge"'
  --customize-hook='rm "$1/etc/apt/preferences.d/no-usrmerge"'
)

# make_tar SUITE TAR: the main archive only, so no security updates beyond the last point release.
make_tar() {
  local suite=$1 tar=$2 mirror
  has mmdebstrap || { can_install && apt_install mmdebstrap; } ||
    stop "There is no base image for Debian $suite: no registry answers, and mmdebstrap is missing." 'script/lib/bases.sh' \
      "install mmdebstrap, or set SEAWORTHY_BASE_$(upper "$suite") to an image of that release"
  mirror=$(main_mirror) || no_mirror
  say "building Debian $suite with mmdebstrap"
  mkdir -p "$(dirname "$tar")"
  # Keys of releases that have left support move to the second keyring.
  local -a command=(mmdebstrap --quiet --format=tar --variant=minbase "${SLIM[@]}")
  if [ "$suite" = bookworm ]; then command+=("${MERGED[@]}"); fi
  "${command[@]}" "$suite" "$tar.part" "$mirror" >"$CACHE/mmdebstrap.log" 2>&1 ||
    "${command[@]}" --keyring=/usr/share/keyrings/debian-archive-removed-keys.gpg \
      "$suite" "$tar.part" "$mirror" >>"$CACHE/mmdebstrap.log" 2>&1 ||
    stop "mmdebstrap could not build Debian $suite." "log in $CACHE/mmdebstrap.log" 'read the log'
  mv "$tar.part" "$tar"
}

upper() { printf '%s' "$1" | tr '[:lower:]' '[:upper:]'; }

# The settings of official images, in our words: apt fetches no translations, keeps its lists compressed and nothing else,
# and dpkg does not wait for the disk. Without them, an update takes twice as long.
settings() {
  mkdir -p "$1/etc/apt/apt.conf.d" "$1/etc/dpkg/dpkg.cfg.d"
  cat >"$1/etc/apt/apt.conf.d/docker-settings" <<'END'
Acquire::Languages "none";
Acquire::GzipIndexes "true";
APT::Keep-Downloaded-Packages "false";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
END
  echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/docker-settings"
}

# import_tar TAR TAG
import_tar() {
  local tar=$1 tag=$2 work
  work=$(mktemp -d)
  settings "$work/root"
  cp "$tar" "$work/tar"
  (cd "$work/root" && find etc -type f | tar --append --file="$work/tar" --owner=0 --group=0 --mtime=@0 --files-from=-)
  docker import --change 'CMD ["bash"]' --change "LABEL $RECIPE" "$work/tar" "$tag" >/dev/null
  rm -r "$work"
}

# The label of an image that was made here. Its value names the recipe: with another one, the image is made again.
RECIPE=dev.seaworthy.dev=slim-settings

# is_made TAG: is there an image with that tag, and not made by an older recipe?
is_made() {
  local label
  label=$(docker image inspect --format '{{index .Config.Labels "dev.seaworthy.dev"}}' "$1" 2>/dev/null) || return 1
  [ -z "$label" ] || [ "dev.seaworthy.dev=$label" = "$RECIPE" ]
}

make_base() {
  local suite=$1 tag=$2 official tar
  official=$(official_base "$suite")
  if have_image "$official" || pull "$official"; then
    docker tag "$official" "$tag"
    return
  fi
  tar=$CACHE/bases/$suite-slim-$(uname -m).tar
  if [ ! -s "$tar" ]; then make_tar "$suite" "$tar"; fi
  say "importing $tag"
  import_tar "$tar" "$tag"
}

# Where no registry answers, the gate is to take what was made here for an official image: "at hand, not proven".
stand_in() {
  local suite=$1 tag=$2
  have_image "$(official_base "$suite")" || docker tag "$tag" "debian:$suite-seaworthy-dev"
}

# base SUITE: exports SEAWORTHY_BASE_<SUITE>, by default the local tag, whatever it was made from.
base() {
  local suite=$1 name tag
  name=SEAWORTHY_BASE_$(upper "$suite")
  tag=seaworthy-dev/debian:$suite
  if [ -n "${!name:-}" ] && [ "${!name}" != "$tag" ]; then
    tag=${!name}
    named_image "$name" "$tag"
  else
    is_made "$tag" || with_lock make_base_once "$suite" "$tag"
    stand_in "$suite" "$tag"
  fi
  export "$name=$tag"
  env_set_quoted "$name" "$tag"
}

# Another clone may have made it while we waited for the lock.
make_base_once() { is_made "$2" || make_base "$@"; }

# A suite for tests that only read its package database or run a shell: an eighth of the bytes to export and to read. What
# it keeps of its base, as a tar archive: configuration, package database, a shell and some commands.
SMALL='
cd /
commands="sh dash bash cat cp rm mv ls ln mkdir rmdir touch chmod chown true false echo test [ sleep env id date tr head tail
  sort wc cut seq stat grep sed timeout find"
{
  for one in $commands; do
    echo "usr/bin/$one"
    ldd "/usr/bin/$one" | grep -o "/[^ ]*" | while read -r lib; do
      readlink -f "$lib"
      echo "$(readlink -f "${lib%/*}")/${lib##*/}"
    done
  done
  find etc root home tmp srv var -xdev ! -path "var/cache/*" ! -path "var/lib/apt/lists/*"
  find usr/share/keyrings usr/lib/os-release
  ls -d bin sbin lib lib32 lib64 libx32 dev proc sys run usr usr/bin usr/sbin usr/lib usr/lib64 usr/share usr/lib/*-linux-gnu
} 2>/dev/null | sed "s,^/,," | sort -u | while read -r path; do
  if [ -e "$path" ] || [ -L "$path" ]; then echo "$path"; fi
done >/tmp/small
tar -cf - --no-recursion -T /tmp/small
'

make_small() {
  local id
  say "building $2 from $1"
  # The image gets its name last, so that a partial one is never used.
  id=$(docker run --rm --network none "$1" sh -c "$SMALL" |
    docker import --change 'CMD ["bash"]' --change "LABEL dev.seaworthy.small-of=$3" -) || return 1
  docker tag "$id" "$2"
}

# Bookworm for tests that update an image with apt: it lacks four security updates, and their archive among its sources. The
# one that it has is a small one. An update of it takes a third of the time of one of the whole base.
UPDATABLE='
set -e
rm -rf /etc/apt/sources.list.d/*
echo "deb http://security.debian.org/debian-security bookworm-security main" >/etc/apt/sources.list
apt-get update
left="liblzma5 libpcre2-8-0 libzstd1 perl-base"
apt-mark hold $left
DEBIAN_FRONTEND=noninteractive apt-get --yes upgrade
apt-mark unhold $left
echo "deb http://deb.debian.org/debian bookworm-updates main" >/etc/apt/sources.list
rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log
'

make_updatable() {
  local container id
  say "building $2 from $1"
  container=$(docker create "$1" sh -c "$UPDATABLE") || return 1
  # The image gets its name last, so that a partial one is never used.
  docker start --attach "$container" >"$CACHE/updatable.log" 2>&1 &&
    id=$(docker commit --change 'CMD ["bash"]' --change "LABEL dev.seaworthy.updatable-of=$3" "$container") &&
    docker tag "$id" "$2" || id=
  docker rm "$container" >/dev/null
  [ -n "$id" ] || stop "The base image for tests of updates could not be made." "log in $CACHE/updatable.log" 'read the log'
}

# is_derived KIND TAG OF: was TAG made of the image and recipe that OF names?
is_derived() {
  [ "$(docker image inspect --format "{{index .Config.Labels \"dev.seaworthy.$1-of\"}}" "$2" 2>/dev/null)" = "$3" ]
}
make_derived_once() { is_derived "$1" "$3" "$4" || "make_$1" "$2" "$3" "$4"; }

# derived KIND SUITE RECIPE: exports SEAWORTHY_<KIND>_<SUITE>, which make_KIND makes of that base. Another base, or another
# recipe, makes it again.
derived() {
  local kind=$1 suite=$2 recipe=$3 name base tag=seaworthy-dev/debian-$1:$2 of
  name=SEAWORTHY_$(upper "$kind")_$(upper "$suite")
  base=SEAWORTHY_BASE_$(upper "$suite")
  of=$(docker image inspect --format '{{.Id}}' "${!base}")-$(printf '%s' "$recipe" | cksum | cut -d' ' -f1)
  is_derived "$kind" "$tag" "$of" || with_lock make_derived_once "$kind" "${!base}" "$tag" "$of"
  export "$name=$tag"
  env_set_quoted "$name" "$tag"
}

setup_bases() {
  local suite
  for suite in bullseye bookworm trixie; do base "$suite"; done
}

# Makes the images that only the tests need.
setup_testbases() {
  local suite
  setup_bases
  for suite in bookworm trixie; do derived small "$suite" "$SMALL"; done
  derived updatable bookworm "$UPDATABLE"
}
