# shellcheck shell=bash
# Docker Bench for Security itself: some tests run it, and are skipped without it.

unpack_bench() {
  local archives=("$REPO"/../shared/data/docker-bench/docker-bench-security-*.tar.gz)
  [ -e "${archives[0]}" ] || archives=()
  node "$REPO/script/lib/docker-bench-source.mjs" "$CACHE/docker-bench" ${archives[@]+"${archives[@]}"} \
    'https://codeload.github.com/docker/docker-bench-security/tar.gz/{commit}' 2>"$CACHE/docker-bench.log" || true
}

# Whoever has set SEAWORTHY_BENCH_SOURCE keeps what it names, unless that is ours.
setup_bench() {
  local folder
  case ${SEAWORTHY_BENCH_SOURCE:-} in
    '' | "$CACHE"/docker-bench/*) ;;
    *)
      env_set_quoted SEAWORTHY_BENCH_SOURCE "$SEAWORTHY_BENCH_SOURCE"
      return
      ;;
  esac
  setup_node
  folder=$(with_lock unpack_bench)
  env_set_quoted SEAWORTHY_BENCH_SOURCE "$folder"
  if [ -z "$folder" ]; then
    say "bench skipped, and with it the tests that run Docker Bench itself: $(tr '\n' ' ' <"$CACHE/docker-bench.log")"
  fi
}
