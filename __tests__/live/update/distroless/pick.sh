# Files of these packages into /out, with a status.d for them.
set -e
part=/out/var/lib/dpkg/status.d
mkdir -p $part
cp -a /lib /lib64 /bin /sbin /out/
for name in "$@"; do
  dpkg -s "$name" | grep -v '^Status:' >"$part/$name"
  cp /var/lib/dpkg/info/"$name"*.md5sums "$part/$name.md5sums"
  dpkg -L "$name" | while read -r path; do
    [ -f "$path" ] && [ ! -d "$path" ] || continue
    real=$(readlink -f "$(dirname "$path")")
    mkdir -p "/out$real"
    cp -a "$path" "/out$real/"
  done
done
