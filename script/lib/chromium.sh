# shellcheck shell=bash
# The browser that report.html is tried in: Debian's, started by playwright-core.

setup_chromium() {
  local chromium
  if ! has chromium && ! { can_install && apt_install chromium fonts-dejavu-core; }; then
    stop 'Chromium is missing, and is needed to test report.html.' "$PATH" 'install chromium, then run this again'
  fi
  chromium=$(command -v chromium)
  env_set_quoted SEAWORTHY_CHROMIUM "$chromium"
}
