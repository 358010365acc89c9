# shellcheck shell=bash
# Small programs that unit tests run things with: the shell of an Alpine image, and what runs and reads code for arm64.

setup_tools() {
  if has busybox && has qemu-aarch64-static && has aarch64-linux-gnu-objdump; then
    return
  elif can_install; then
    apt_install busybox-static qemu-user-static binutils-aarch64-linux-gnu
  else
    say 'tools skipped: needs Debian and root'
  fi
}
