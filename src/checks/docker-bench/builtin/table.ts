import {
  type BenchFinding,
  CLEAR_BITS_COMMAND,
  compareIds,
  isPlainBinding,
  recordCommand,
} from '../../../model/index.js'

const RECORD = recordCommand('IMAGE')

/**
 * What we say about each check of sections 4 and 5, by its id in Docker Bench v1.6.1 and later (5.1 is swarm mode): its
 * title, and what to do, in the imperative. In our own words.
 */
export const BENCH_CHECKS = {
  '4.1': [
    'The image does not run as root',
    'Create a user in the Dockerfile, and specify it by number in the last USER instruction, such as USER 10001.',
  ],
  '4.2': [
    'The base image is trusted',
    'Pin the base image by digest in FROM, and list the permitted base images in allowed-bases.',
  ],
  '4.3': [
    'The image contains no unnecessary packages',
    'Install with --no-install-recommends, and leave compilers and editors in an earlier build stage.',
  ],
  '4.4': [
    'The image is scanned, and rebuilt for security updates',
    'Use the results of the "security-updates" and "clair" checks, and rebuild the image on a schedule.',
  ],
  '4.5': [
    'Docker Content Trust is switched on',
    'Sign images and check the signatures at deployment; DOCKER_CONTENT_TRUST is a setting of the client, not of the image.',
  ],
  '4.6': [
    'The image has a health check',
    'Add a HEALTHCHECK instruction with a command that fails when the service does.',
  ],
  '4.7': [
    'Every RUN that refreshes the package lists also installs packages',
    'Put apt-get update and apt-get install in the same RUN, so that no cached layer contains old package lists.',
  ],
  '4.8': [
    'No file has an unnecessary setuid or setgid bit',
    `Clear the bits in the last RUN: ${CLEAR_BITS_COMMAND}`,
  ],
  '4.9': [
    'Files are added with COPY, not with ADD',
    'Use COPY for local files; for archives and URLs, use RUN with curl and a checksum, or ADD --checksum.',
  ],
  '4.10': [
    'The environment, build arguments and history contain no secrets',
    'Pass secrets with RUN --mount=type=secret at build time and as files at run time; replace any that have leaked.',
  ],
  '4.11': [
    'Packages come from verified sources',
    'Let apt check signatures: do not use trusted=yes or --allow-unauthenticated, and specify the keys in Signed-By.',
  ],
  '4.12': [
    'Signatures of downloaded artifacts are checked',
    'Check the signature or checksum of everything that the build downloads.',
  ],
  '5.1': [
    'The engine is not in a swarm',
    'Leave the swarm (docker swarm leave) if the machine does not need it.',
  ],
  '5.2': [
    'An AppArmor profile confines the container',
    'Do not switch AppArmor off with --privileged or --security-opt apparmor=unconfined.',
  ],
  '5.3': [
    'SELinux labels confine the container',
    "On hosts with SELinux, keep the engine's default label, or set one with --security-opt label=type:….",
  ],
  '5.4': [
    'No capabilities are added to the default set',
    'Run with --cap-drop ALL, and add only the capabilities that the service needs.',
  ],
  '5.5': ['The container is not privileged', 'Remove --privileged.'],
  '5.6': [
    "None of the host's system directories is mounted",
    'Mount a volume, or a directory made for the service; mount it read-only if the service does not write to it.',
  ],
  '5.7': [
    'No SSH server runs in the container',
    'Remove the SSH server from the image; use docker exec and docker logs instead.',
  ],
  '5.8': [
    'No privileged host ports are used',
    'Publish port 1024 or higher, and let a proxy in front of the container serve ports 80 and 443.',
  ],
  '5.9': [
    'Only the necessary ports are published',
    `Publish only port 8080 of the host (-p 127.0.0.1:8080:8080; the last number is the container's), which the built-in dictionary expects for good; for another port, until an expiry date, run: ${RECORD}`,
  ],
  '5.10': [
    "The host's network is not shared",
    'Remove --network host and publish the ports that are needed.',
  ],
  '5.11': ['Memory is limited', 'Run with --memory.'],
  '5.12': [
    'CPU time has a limit or weight',
    'Run with --cpus, --cpu-quota or --cpu-shares; --cpuset-cpus alone is not a limit.',
  ],
  '5.13': [
    'The root file system is read-only',
    'Run with --read-only, and use --tmpfs for paths that must be writable.',
  ],
  '5.14': [
    'Published ports are bound to a specific address',
    'Specify the address, such as -p 127.0.0.1:8080:8080; do the same for IPv6.',
  ],
  '5.15': [
    'Restarts after a failure are limited to five',
    'Run with --restart on-failure:5, or without a restart policy if an orchestrator restarts the container.',
  ],
  '5.16': ["The host's process namespace is not shared", 'Remove --pid host.'],
  '5.17': ["The host's IPC namespace is not shared", 'Remove --ipc host.'],
  '5.18': [
    'No host devices are passed to the container',
    'Remove --device, --gpus, --device-cgroup-rule and --privileged if the service works without them.',
  ],
  '5.19': [
    'Resource limits (ulimit) are set where the defaults are unsuitable',
    "Run with --ulimit, such as --ulimit nofile=1024, or use the dictionary to accept the engine's limits.",
  ],
  '5.20': [
    'No mount propagates back to the host',
    'Do not set the bind-propagation of a mount to shared or rshared.',
  ],
  '5.21': ["The host's UTS namespace is not shared", 'Remove --uts host.'],
  '5.22': [
    'A seccomp profile filters system calls',
    'Do not run with --security-opt seccomp=unconfined or --privileged.',
  ],
  '5.23': [
    'docker exec is not used with --privileged',
    "Look for docker exec with --privileged in the machine's audit log; such calls leave no trace in the container's configuration.",
  ],
  '5.24': [
    'docker exec is not used as root',
    "Look for docker exec as root in the machine's audit log; such calls leave no trace in the container's configuration.",
  ],
  '5.25': ['The container stays in its own cgroup', 'Remove --cgroup-parent and --cgroupns host.'],
  '5.26': ['Processes cannot gain new privileges', 'Run with --security-opt no-new-privileges:true.'],
  '5.27': [
    "The container's health is checked",
    'Add a HEALTHCHECK to the image, or run with --health-cmd; do not run with --no-healthcheck.',
  ],
  '5.28': [
    'The running image is up to date',
    'Deploy images by digest, and deploy only images that have passed this gate.',
  ],
  '5.29': [
    'The number of processes is limited',
    'Set a limit with --pids-limit, for example --pids-limit 100.',
  ],
  '5.30': [
    'The default bridge docker0 is not used',
    'Create a dedicated network (docker network create), and run the container with --network.',
  ],
  '5.31': ["The host's user namespace is not shared", 'Remove --userns host.'],
  '5.32': [
    "No container engine's socket is accessible",
    'Remove any mount of the socket or of a directory that contains it: whoever can reach the socket has root access to the host.',
  ],
} as const satisfies Readonly<Record<string, readonly [title: string, advice: string]>>

/**
 * What to do where a compose file runs the image, by the id of a check whose advice above is about docker run (compose
 * file reference, "services").
 */
const IN_COMPOSE: Partial<Record<keyof typeof BENCH_CHECKS, string>> = {
  '5.2': 'Remove privileged, and apparmor=unconfined from security_opt.',
  '5.3':
    "On hosts with SELinux, keep the engine's default label, or set one: security_opt: ['label=type:…'].",
  '5.4': 'Set cap_drop: [ALL], and list in cap_add only the capabilities that the service needs.',
  '5.5': 'Remove privileged.',
  '5.9': `Publish only port 8080 of the host (ports: ['127.0.0.1:8080:8080']; the last number is the container's), which the built-in dictionary expects for good; for another port, until an expiry date, run: ${RECORD}`,
  '5.10': 'Remove network_mode: host, and publish the ports that are needed.',
  '5.11': 'Set mem_limit, or deploy.resources.limits.memory.',
  '5.12': 'Set cpus or deploy.resources.limits.cpus; cpuset alone is not a limit.',
  '5.13': 'Set read_only: true, and list under tmpfs the paths that must be writable.',
  '5.14': "Give the address: ports: ['127.0.0.1:8080:8080']; do the same for IPv6.",
  '5.15': 'Set restart: on-failure:5, or no restart policy if an orchestrator restarts the container.',
  '5.16': 'Remove pid: host.',
  '5.17': 'Remove ipc: host.',
  '5.18': 'Remove devices, gpus, device_cgroup_rules and privileged if the service works without them.',
  '5.19':
    "Set ulimits, such as ulimits: {nofile: 1024}, or use the dictionary to accept the engine's limits.",
  '5.20': 'Do not set bind.propagation of a volume to shared or rshared.',
  '5.21': 'Remove uts: host.',
  '5.22': 'Remove privileged, and seccomp=unconfined from security_opt.',
  '5.25': 'Remove cgroup_parent and cgroup: host.',
  '5.26': "Set security_opt: ['no-new-privileges:true'].",
  '5.27': 'Add a HEALTHCHECK to the image, or set healthcheck; do not set healthcheck.disable.',
  '5.29': 'Set pids_limit, for example 100.',
  '5.30': 'Remove network_mode: bridge: compose then makes a network of its own.',
  '5.31': 'Remove userns_mode: host.',
}

/** Values of the image and of its container that make the advice more specific. */
interface AdvisedResult extends Pick<BenchFinding, 'uid' | 'userOfOptions' | 'bindings'> {
  readonly imageName?: string
}

/** With more bindings than these, the advice shows only its general example. */
const MAX_BINDINGS = 5
/** Names that need no quoting in a shell; the advice contains no others. */
const PLAIN_NAME = /^[\w./][\w./:@+-]{0,254}$/

/** @param isCompose true: a compose file runs the image */
export function adviceOn(id: BenchId, isCompose: boolean, about: AdvisedResult = {}): string {
  const { uid, userOfOptions, bindings = [], imageName = 'IMAGE' } = about
  if (id === '4.1' && userOfOptions === true) {
    const key = isCompose ? 'user from the service' : '--user from the run options'
    return `Remove ${key}, so that the image's own user counts, which is not root.`
  }
  if (id === '4.1' && uid !== undefined) {
    return `Specify the user that the image already has, by number, in the last USER instruction: USER ${uid}.`
  }
  const isListed = bindings.length <= MAX_BINDINGS && bindings.every(isPlainBinding)
  if (id === '5.14' && isListed && bindings.length > 0) {
    return isCompose
      ? `Give the address: ports: [${bindings.map((one) => `'${one}'`).join(', ')}].`
      : `Specify the address: ${bindings.map((one) => `-p ${one}`).join(' ')}.`
  }
  const general: string = (isCompose ? IN_COMPOSE[id] : undefined) ?? BENCH_CHECKS[id][1]
  const [binding] = bindings
  const advice =
    id === '5.9' && isListed && binding !== undefined
      ? general.replace(/127\.0\.0\.1:8080:8080(['"\]]*); the last number is the container's/, `${binding}$1`)
      : general
  return PLAIN_NAME.test(imageName) ? advice.replace(RECORD, () => recordCommand(imageName)) : advice
}

export type BenchId = keyof typeof BENCH_CHECKS

export const BENCH_IDS: readonly BenchId[] = (Object.keys(BENCH_CHECKS) as BenchId[]).sort(compareIds)
