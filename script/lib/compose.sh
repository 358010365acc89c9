# shellcheck shell=bash
# docker-compose for tests: Debian's, unpacked together with the Python packages that it needs, but not installed.

COMPOSE_PACKAGES=(docker-compose python3-docker python3-dockerpty python3-docopt python3-dotenv python3-websocket
  python3-texttable python3-cached-property python3-jsonschema python3-requests python3-distro python3-yaml
  python3-attr python3-pyrsistent python3-urllib3 python3-idna python3-chardet python3-charset-normalizer
  python3-certifi python3-packaging python3-distutils python3-lib2to3 python3-setuptools python3-pkg-resources
  python3-six)

fetch_compose() {
  local folder=$CACHE/compose
  if [ ! -x "$folder/docker-compose" ]; then
    say "fetching Debian's docker-compose"
    rm -rf "$folder.new"
    mkdir -p "$folder.new"
    (
      set -e
      apt-get update
      cd "$folder.new"
      apt-get download "${COMPOSE_PACKAGES[@]}"
      for deb in ./*.deb; do dpkg-deb -x "$deb" root; done
      rm ./*.deb
    ) >"$CACHE/compose.log" 2>&1 || apt_failed "$CACHE/compose.log" docker-compose
    # shellcheck disable=SC2016
    printf '%s\n' '#!/bin/bash' 'root=$(cd "$(dirname "$0")" && pwd)/root' \
      'paths=("$root"/usr/lib/python3/dist-packages "$root"/usr/lib/python3.*)' \
      'PYTHONPATH=$(IFS=:; echo "${paths[*]}") exec python3 "$root/usr/bin/docker-compose" "$@"' \
      >"$folder.new/docker-compose"
    chmod +x "$folder.new/docker-compose"
    rm -rf "$folder"
    mv "$folder.new" "$folder"
  fi
  env_set SEAWORTHY_COMPOSE "$folder/docker-compose"
}

setup_compose() {
  if has docker-compose; then
    env_set SEAWORTHY_COMPOSE "$(command -v docker-compose)"
  elif can_install; then
    with_lock fetch_compose
  else
    say 'compose skipped: needs Debian and root'
  fi
}
