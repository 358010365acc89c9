import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchSource } from '../../../src/checks/docker-bench/collect.js'
import { newFolder } from '../support.js'

/** What the stand-in reads of a container, in one line. */
const FIELDS = [
  '{{.AppArmorProfile}}',
  ...['SecurityOpt', 'CapAdd', 'Privileged'].map((one) => `{{.HostConfig.${one}}}`),
  '{{.Mounts}}',
  ...['NetworkMode', 'PidMode', 'IpcMode', 'UTSMode', 'Memory'].map((one) => `{{.HostConfig.${one}}}`),
  ...['ReadonlyRootfs', 'RestartPolicy.MaximumRetryCount', 'Devices', 'Ulimits', 'CgroupParent'].map(
    (one) => `{{.HostConfig.${one}}}`,
  ),
  ...['PidsLimit', 'UsernsMode'].map((one) => `{{.HostConfig.${one}}}`),
]

/**
 * A shell script of ours that takes Docker Bench's options, asks the docker command in the same way, and prints in the
 * form of its JSON and log what it finds, wrong verdicts included: titles are ours, and of what is asked of Docker Bench
 * it knows 4.1, 4.6, 4.7, 4.9, and of section 5 what one line of `docker inspect` tells; all else passes. It runs under
 * bash and under the shell of busybox.
 */
const SCRIPT = `
while getopts bc:i:l: option; do
  case $option in
    c) sections=$OPTARG ;;
    i) chosen=$(echo "$OPTARG" | sed 's/,/|/g') ;;
    l) log=$OPTARG ;;
  esac
done
begun=$(date +%s)
checks=0
all=
images=$(docker images | sed 1d | grep -E "$chosen" | awk '{print $3}')
containers=$(docker ps | sed 1d | awk '{print $NF}' | grep -E "$chosen")

say() { # id word item…
  id=$1 word=$2
  shift 2
  checks=$((checks + 1))
  list=
  for item in "$@"; do list="$list\${list:+,}\\"$item\\""; done
  title="Stand-in for $id"
  [ "$id" = 5.1 ] && title='No swarm mode'
  all="$all\${all:+,}{\\"id\\":\\"$id\\",\\"desc\\":\\"$title\\",\\"result\\":\\"$word\\"\${list:+,\\"details\\":\\"Seen\\",\\"items\\":[$list]}}"
  echo "[$word] $id - $title" >>"$log"
}
# id, word of what is found, template or command → names
judge() {
  found=
  word=$2
  for one in $3; do eval "$4" && found="$found $one"; done
  [ -n "$found" ] || word=PASS
  names=
  case $1 in
    4.1 | 5.*) names=$found ;;
    *) for one in $found; do
        tags=$(docker image inspect -f '{{.RepoTags}}' $one)
        [ "$1" = 4.6 ] && [ "$tags" = "[]" ] && tags=$one
        names="$names $tags"
      done ;;
  esac
  names=$(echo "$names" | sed 's/\\[\\]//')
  say $1 $word $names
}
# Prints the ids of section 5 that a container does not pass.
bad() {
  docker inspect -f "$FIELDS" $1 | {
    IFS='|' read -r apparmor options caps privileged mounts network pid ipc uts memory readonly retries devices \\
      ulimits parent pids userns
    case $apparmor in '' | '[]' | unconfined) echo 5.2 ;; esac
    [ "$options" = '[]' ] && echo 5.3
    case $caps in '[]' | '[NET_RAW]' | '[CAP_NET_RAW]') ;; *) echo 5.4 ;; esac
    [ $privileged = true ] && echo 5.5
    echo "$mounts" | grep -qE ' (/|/boot|/dev|/etc|/lib|/proc|/sys|/usr) (.* )?true' && echo 5.6
    [ "$network" = host ] && echo 5.10
    [ $memory = 0 ] && echo 5.11
    # One that the docker command calls by another name: all of a template is read as JSON then, and printed so.
    [ "$(docker inspect -f '{{.HostConfig.CpuShares}} {{.HostConfig.NanoCpus}}' $1)" = '0 0' ] && echo 5.12
    [ $readonly = false ] && echo 5.13
    [ $retries -gt 5 ] && echo 5.15
    [ "$pid" = host ] && echo 5.16
    [ "$ipc" = host ] && echo 5.17
    [ "$devices" = '[]' ] || echo 5.18
    [ "$ulimits" = '[]' ] && echo 5.19
    [ "$uts" = host ] && echo 5.21
    case $options in *seccomp[=:]unconfined*) echo 5.22 ;; esac
    [ -z "$parent" ] || echo 5.25
    case $options in *no-new-privileges*) ;; *) echo 5.26 ;; esac
    docker inspect -f '{{.State.Health.Status}}' $1 >/dev/null 2>&1 || echo 5.27
    case $pids in 0 | -1 | '<nil>') echo 5.29 ;; esac
    case $userns in *host*) echo 5.31 ;; esac
    case $mounts in *docker.sock*) echo 5.32 ;; esac
  }
}
FIELDS='${FIELDS.join('|')}'
if [ -z "$containers" ]; then say 4.1 INFO
else judge 4.1 WARN "$containers" 'case $(docker inspect -f "{{.Config.User}}" $one) in "" | 0 | root) ;; *) false ;; esac'
fi
for id in 4.2 4.3 4.4; do say $id NOTE; done
say 4.5 WARN
judge 4.6 WARN "$images" '[ -z "$(docker image inspect -f "{{if .Config.Healthcheck}}yes{{end}}" $one)" ]'
judge 4.7 INFO "$images" 'docker history $one | grep -q update'
say 4.8 NOTE
judge 4.9 INFO "$images" 'docker history --no-trunc --format "{{.CreatedBy}}" $one | sed "\\$d" | grep -q ADD'
for id in 4.10 4.11 4.12; do say $id NOTE; done
tests="{\\"id\\":\\"4\\",\\"desc\\":\\"Four\\",\\"results\\":[$all]}"
case $sections in *container_runtime*)
  all=
  say 5.1 PASS
  if [ -n "$containers" ]; then
    listed=
    for one in $containers; do for id in $(bad $one); do listed="$listed $id/$one"; done; done
    for at in 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32; do
      case $at in
        18 | 19) judge 5.$at INFO "$containers" 'case "$listed " in *" $1/$one "*) ;; *) false ;; esac' ;;
        23 | 24) say 5.$at NOTE ;;
        28) say 5.$at INFO ;;
        *) judge 5.$at WARN "$containers" 'case "$listed " in *" $1/$one "*) ;; *) false ;; esac' ;;
      esac
    done
  fi
  tests="$tests,{\\"id\\":\\"5\\",\\"desc\\":\\"Five\\",\\"results\\":[$all]}" ;;
esac
printf '[INFO] Checks: %s\\n[INFO] Score: 0\\n' $checks >>"$log"
printf '{"dockerbenchsecurity":"1.6.0","start":%s,"tests":[%s],"checks":%s,"score":0,"end":%s}' \\
  "$begun" "$tests" "$checks" "$(date +%s)" >"$log.json"
`

/** Another script in the place of Docker Bench, in a folder. */
export function scripted(script: string): BenchSource & { kind: 'folder' } {
  const folder = newFolder()
  writeFileSync(join(folder, 'docker-bench-security.sh'), script)
  return { kind: 'folder', folder }
}

/** The stand-in; `first` runs before it, in its place where it ends. */
export function standIn(first = ''): BenchSource & { kind: 'folder' } {
  return scripted(`${first}\n${SCRIPT}`)
}
