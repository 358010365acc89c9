import type { ImageName, Mutation } from './mutation.js'

/**
 * How an image is run, by the checks of section 5 of Docker Bench: each mutation is a change to the options with which the
 * images pass. 5.1 is about the engine; 5.23, 5.24 and 5.28 are about what no option of `docker run` says.
 */
type Options = readonly string[]

interface Change {
  readonly on: ImageName
  readonly id: string
  /** What is left out of the unchanged options: those that begin so. */
  readonly without?: string
  /** What is added, a word an item. */
  readonly more?: Options
}

const changed = (options: Options, { without, more = [] }: Change): Options => [
  ...options.filter((one) => without === undefined || !one.startsWith(without)),
  ...more,
]

function described({ without, more = [] }: Change): string {
  const left = without?.replace(/=$/, '')
  if (more.length === 0) {
    return `docker run without ${left}`
  }
  return `docker run with ${more.join(' ')}${left === undefined ? '' : ` instead of the usual ${left}`}`
}

function toMutations(form: string, changes: readonly Change[]): readonly Mutation[] {
  return changes.map((change, at) => ({
    id: `configuration/${form}/${at + 1}`,
    on: change.on,
    what: described(change),
    runOptions: (unchanged) => changed(unchanged, change),
    subject: { id: change.id },
  }))
}

const more = (on: ImageName, id: string, ...options: Options): Change => ({ on, id, more: options })
const without = (on: ImageName, id: string, option: string): Change => ({ on, id, without: option })
/** Another value in place of the unchanged one. */
const instead = (on: ImageName, id: string, option: string, ...options: Options): Change => ({
  on,
  id,
  without: option,
  more: options,
})

const RIGHTS = toMutations('rights', [
  more('python', '5.2', '--security-opt', 'apparmor=unconfined'),
  more('node', '5.3', '--security-opt=label=disable'),
  more('go', '5.4', '--cap-add=SYS_ADMIN'),
  more('java', '5.4', '--cap-add', 'ALL'),
  more('node', '5.4', '--cap-add=net_raw'),
  more('python', '5.5', '--privileged'),
  more('node', '5.5', '--privileged=true'),
  more('java', '5.22', '--security-opt=seccomp=unconfined'),
  more('go', '5.22', '--security-opt', 'seccomp:unconfined'),
  without('python', '5.26', '--security-opt=no-new-privileges'),
  instead('node', '5.26', '--security-opt=no-new-privileges', '--security-opt=no-new-privileges:false'),
  instead('go', '5.26', '--security-opt=no-new-privileges', '--security-opt', 'no-new-privileges=0'),
  more('python', '4.1', '--user=root'),
  more('java', '4.1', '-u', '0:0'),
])

const MOUNTS = toMutations('mounts', [
  more('python', '5.6', '-v', '/etc:/host/etc'),
  more('node', '5.6', '--volume=/:/host:ro'),
  more('java', '5.6', '--mount', 'type=bind,source=/usr/local,target=/opt/tools'),
  more('go', '5.6', '-v/proc:/host/proc:ro'),
  more('java', '5.6', '--volume', '/root:/home/app:ro'),
  more('go', '5.18', '--device=/dev/fuse'),
  more('python', '5.18', '--device', '/dev/kmsg:/dev/kmsg:r'),
  more('java', '5.18', '--gpus=all'),
  more('node', '5.18', '--device-cgroup-rule=c *:* rwm'),
  more('python', '5.20', '-v', '/srv:/data:rshared'),
  more('java', '5.20', '--mount=type=bind,source=/srv,target=/data,bind-propagation=shared'),
  more('go', '5.32', '-v', '/var/run/docker.sock:/var/run/docker.sock'),
  more('node', '5.32', '--volume=/var/run:/host/run'),
  more('python', '5.32', '--mount', 'type=bind,src=/run,dst=/host/run,readonly'),
  more('java', '5.32', '--mount=type=bind,src=/run/containerd/containerd.sock,dst=/run/engine.sock'),
])

const PUBLISHED = '--publish='
const NETWORK = toMutations('network', [
  instead('python', '5.8', PUBLISHED, '--publish=127.0.0.1:80:8080'),
  instead('go', '5.8', PUBLISHED, '-p', '[::1]:443:8080'),
  more('node', '5.9', '--publish=127.0.0.1:9229:9229'),
  instead('java', '5.9', PUBLISHED, '--publish-all'),
  instead('python', '5.9', PUBLISHED, '-P'),
  instead('go', '5.10', '--network=', '--network=host'),
  instead('node', '5.10', '--network=', '--net=host'),
  instead('java', '5.10', '--network=', '--network', 'host'),
  instead('python', '5.14', PUBLISHED, '-p', '8080:8080'),
  instead('node', '5.14', PUBLISHED, '-p=0.0.0.0:8080:8080'),
  instead('go', '5.14', PUBLISHED, '--publish', '[::]:8080:8080'),
  without('go', '5.30', '--network='),
])

const LIMITS = toMutations('limits', [
  without('python', '5.11', '--memory='),
  instead('go', '5.11', '--memory=', '-m', '0'),
  without('node', '5.12', '--cpus='),
  instead('java', '5.12', '--cpus=', '--cpuset-cpus=0'),
  without('java', '5.13', '--read-only'),
  instead('python', '5.13', '--read-only', '--read-only=false'),
  instead('go', '5.15', '--restart=', '--restart=always'),
  instead('node', '5.15', '--restart=', '--restart', 'unless-stopped'),
  instead('java', '5.15', '--restart=', '--restart=on-failure'),
  without('node', '5.19', '--ulimit='),
  more('python', '5.27', '--no-healthcheck'),
  without('go', '5.29', '--pids-limit='),
  instead('python', '5.29', '--pids-limit=', '--pids-limit', '-1'),
  instead('node', '5.29', '--pids-limit=', '--pids-limit=0'),
])

const NAMESPACES = toMutations('namespaces', [
  more('python', '5.16', '--pid=host'),
  more('node', '5.16', '--pid', 'host'),
  more('java', '5.17', '--ipc=host'),
  more('go', '5.21', '--uts=host'),
  more('node', '5.25', '--cgroup-parent=/system.slice'),
  more('python', '5.25', '--cgroupns=host'),
  more('go', '5.31', '--userns=host'),
])

const DROPBEAR = [
  'USER root',
  'RUN apt-get update && apt-get install -y --no-install-recommends dropbear-bin && rm -rf /var/lib/apt/lists/*',
]
const SERVER = 'dropbear -R -r /tmp/key -p 2222'

/** 5.7 is about what runs in the container, which its image says. */
function withSsh(at: number, on: ImageName, by: string, ...lines: readonly string[]): Mutation {
  return {
    id: `configuration/ssh/${at}`,
    on,
    what: `an SSH server started by ${by}`,
    lines: [...DROPBEAR, ...lines],
    runOptions: (unchanged) => unchanged,
    subject: { id: '5.7' },
  }
}

const SSH = [
  withSsh(
    1,
    'python',
    'the command',
    'USER app',
    `CMD ["sh", "-c", "${SERVER}; exec python3 /srv/app/main.py"]`,
  ),
  withSsh(
    2,
    'go',
    'a shell as its entry point',
    'USER app',
    `ENTRYPOINT ["sh", "-c", "${SERVER}; exec \\"$@\\"", "--"]`,
    'CMD ["/usr/local/bin/shop"]',
  ),
  withSsh(
    3,
    'node',
    'a script',
    `RUN printf '%s\\n' '#!/bin/sh' '${SERVER}' 'exec node /srv/app/main.js' >/srv/app/start && chmod 755 /srv/app/start`,
    'USER app',
    'CMD ["/srv/app/start"]',
  ),
]

export const RUN_MUTATIONS: readonly Mutation[] = [
  ...RIGHTS,
  ...MOUNTS,
  ...NETWORK,
  ...LIMITS,
  ...NAMESPACES,
  ...SSH,
]
