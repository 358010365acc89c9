# shellcheck shell=bash
# A registry for tests: Debian's docker-registry, unpacked and not installed, so that no service is started.

fetch_registry() {
  local folder=$CACHE/registry
  if [ ! -x "$folder/usr/bin/docker-registry" ]; then
    say "fetching Debian's docker-registry"
    rm -rf "$folder.new"
    mkdir -p "$folder.new"
    (apt-get update && cd "$folder.new" && apt-get download docker-registry && dpkg-deb -x ./*.deb .) \
      >"$CACHE/registry.log" 2>&1 || apt_failed "$CACHE/registry.log" docker-registry
    rm -rf "$folder"
    mv "$folder.new" "$folder"
  fi
  env_set SEAWORTHY_REGISTRY "$folder/usr/bin/docker-registry"
}

setup_registry() {
  if has docker-registry; then
    env_set SEAWORTHY_REGISTRY "$(command -v docker-registry)"
  elif can_install; then
    with_lock fetch_registry
  else
    say 'registry skipped: needs Debian and root'
  fi
}
