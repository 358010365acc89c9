# shellcheck shell=bash
# The Debian mirror of this machine, read from its own apt sources: no host is named here.

# `URI suite… | component…` of each source in the one-line format.
list_sources() {
  cat /dev/null /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | awk '
    $1 == "deb" {
      sub(/\[[^]]*\]/, "")
      line = $2 " " $3 " |"
      for (i = 4; i <= NF && $i !~ /^#/; i++) line = line " " $i
      print line
    }' || true
}

# `URI suite… | component…` of each stanza in the deb822 format. An empty line after each file, so that the next one
# starts a stanza.
deb822_sources() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do cat "$file" 2>/dev/null && echo; done | awk '
    function flush(  n, i, uris) {
      if (tolower(field["enabled"]) !~ /no/ && (" " field["types"] " ") ~ / deb /) {
        n = split(field["uris"], uris, /[ \t]+/)
        for (i = 1; i <= n; i++) if (uris[i]) print uris[i], field["suites"], "|", field["components"]
      }
      split("", field)
    }
    /^#/ { next }
    /^[ \t]*$/ { flush(); next }
    /^[^ \t]/ { key = tolower($0); sub(/:.*/, "", key); sub(/^[^:]*:[ \t]*/, "") }
    { field[key] = field[key] " " $0 }
    END { flush() }' || true
}

# The first one that offers this release and component main: neither security nor someone else's archive.
main_mirror() {
  local codename
  if [ -n "${SEAWORTHY_DEBIAN_MIRROR:-}" ]; then
    echo "$SEAWORTHY_DEBIAN_MIRROR"
    return
  fi
  is_debian || return 1
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-sid}")
  { deb822_sources; list_sources; } |
    awk -v codename="$codename" '
      $1 ~ /^https?:/ && $1 !~ /security/ {
        suite = main = 0
        for (i = 2; i <= NF; i++) {
          if ($i == codename || $i ~ /^(oldstable|stable|testing|unstable|sid)$/) suite = 1
          if ($i == "main") main = 1
        }
        if (suite && main && !found) { print $1; found = 1 }
      }
      END { exit !found }'
}

no_mirror() {
  stop 'There is no Debian mirror to build images from.' '/etc/apt/sources.list and sources.list.d' \
    'add a source for the Debian archive there, or set SEAWORTHY_DEBIAN_MIRROR'
}
