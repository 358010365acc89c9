import type { BenchWord } from '../../../model/finding/bench.js'
import type { BenchCheck } from '../result.js'

const run = { section: '5', about: 'run-options' } as const
const WARNS: readonly BenchWord[] = ['PASS', 'WARN']
const INFORMS: readonly BenchWord[] = ['PASS', 'INFO']

/** Titles and advice for section 5, in our own words. Ids as in Docker Bench v1.6.1: 5.1 is swarm mode. */
export const CHECKS_5 = {
  '5.1': {
    title: 'The engine is not in a swarm',
    section: '5',
    about: 'daemon',
    advice: 'Leave the swarm (docker swarm leave) if the machine does not need it.',
    words: WARNS,
  },
  '5.2': {
    title: 'An AppArmor profile confines the container',
    section: '5',
    about: 'host',
    advice: 'Do not switch AppArmor off with --privileged or --security-opt apparmor=unconfined.',
    words: WARNS,
  },
  '5.3': {
    title: 'SELinux labels confine the container',
    section: '5',
    about: 'host',
    advice:
      "On hosts with SELinux, keep the engine's default label, or set one with --security-opt label=type:….",
    words: WARNS,
  },
  '5.4': {
    ...run,
    title: 'No capabilities are added to the default set',
    advice: 'Run with --cap-drop ALL, and add only the capabilities that the service needs.',
    words: WARNS,
  },
  '5.5': { ...run, title: 'The container is not privileged', advice: 'Remove --privileged.', words: WARNS },
  '5.6': {
    ...run,
    title: "None of the host's system directories is mounted",
    advice:
      'Mount a volume, or a directory made for the service; mount it read-only if the service does not write to it.',
    words: ['PASS', 'WARN', 'INFO'],
  },
  '5.7': {
    ...run,
    about: 'image',
    title: 'No SSH server runs in the container',
    advice: 'Remove the SSH server from the image; use docker exec and docker logs instead.',
    words: WARNS,
  },
  '5.8': {
    ...run,
    title: 'No privileged host ports are used',
    advice: 'Publish port 1024 or higher, and let a proxy in front of the container serve ports 80 and 443.',
    words: WARNS,
  },
  '5.9': {
    ...run,
    title: 'Only the necessary ports are published',
    advice:
      'Publish each port explicitly instead of using -P, and list the expected ports in the dictionary.',
    words: WARNS,
  },
  '5.10': {
    ...run,
    title: "The host's network is not shared",
    advice: 'Remove --network host and publish the ports that are needed.',
    words: WARNS,
  },
  '5.11': { ...run, title: 'Memory is limited', advice: 'Run with --memory.', words: WARNS },
  '5.12': {
    ...run,
    title: 'CPU time has a limit or weight',
    advice: 'Run with --cpus, --cpu-quota or --cpu-shares; --cpuset-cpus alone is not a limit.',
    words: WARNS,
  },
  '5.13': {
    ...run,
    title: 'The root file system is read-only',
    advice: 'Run with --read-only, and use --tmpfs for paths that must be writable.',
    words: WARNS,
  },
  '5.14': {
    ...run,
    title: 'Published ports are bound to a specific address',
    advice: 'Specify the address, such as -p 127.0.0.1:8080:8080; do the same for IPv6.',
    words: WARNS,
  },
  '5.15': {
    ...run,
    title: 'Restarts after a failure are limited to five',
    advice:
      'Run with --restart on-failure:5, or without a restart policy if an orchestrator restarts the container.',
    words: WARNS,
  },
  '5.16': {
    ...run,
    title: "The host's process namespace is not shared",
    advice: 'Remove --pid host.',
    words: WARNS,
  },
  '5.17': {
    ...run,
    title: "The host's IPC namespace is not shared",
    advice: 'Remove --ipc host.',
    words: WARNS,
  },
  '5.18': {
    ...run,
    title: 'No host devices are passed to the container',
    advice:
      'Remove --device, --gpus, --device-cgroup-rule and --privileged if the service works without them.',
    words: INFORMS,
  },
  '5.19': {
    ...run,
    title: 'Resource limits (ulimit) are set where the defaults are unsuitable',
    advice:
      "Run with --ulimit, such as --ulimit nofile=1024, or use the dictionary to accept the engine's limits.",
    words: INFORMS,
  },
  '5.20': {
    ...run,
    title: 'No mount propagates back to the host',
    advice: 'Do not set the bind-propagation of a mount to shared or rshared.',
    words: WARNS,
  },
  '5.21': {
    ...run,
    title: "The host's UTS namespace is not shared",
    advice: 'Remove --uts host.',
    words: WARNS,
  },
  '5.22': {
    ...run,
    title: 'A seccomp profile filters system calls',
    advice: 'Do not run with --security-opt seccomp=unconfined or --privileged.',
    words: WARNS,
  },
  '5.23': {
    ...run,
    about: 'host',
    title: 'docker exec is not used with --privileged',
    advice:
      "Look for docker exec with --privileged in the machine's audit log; such calls leave no trace in the container's configuration.",
    words: ['NOTE'],
  },
  '5.24': {
    ...run,
    about: 'host',
    title: 'docker exec is not used as root',
    advice:
      "Look for docker exec as root in the machine's audit log; such calls leave no trace in the container's configuration.",
    words: ['NOTE'],
  },
  '5.25': {
    ...run,
    title: 'The container stays in its own cgroup',
    advice: 'Remove --cgroup-parent and --cgroupns host.',
    words: WARNS,
  },
  '5.26': {
    ...run,
    title: 'Processes cannot gain new privileges',
    advice: 'Run with --security-opt no-new-privileges:true.',
    words: WARNS,
  },
  '5.27': {
    ...run,
    about: 'image',
    title: "The container's health is checked",
    advice: 'Add a HEALTHCHECK to the image, or run with --health-cmd; do not run with --no-healthcheck.',
    words: WARNS,
  },
  '5.28': {
    ...run,
    title: 'The running image is up to date',
    advice: 'Deploy images by digest, and deploy only images that have passed this gate.',
    words: ['INFO'],
  },
  '5.29': {
    ...run,
    title: 'The number of processes is limited',
    advice: 'Set a limit with --pids-limit, for example --pids-limit 100.',
    words: WARNS,
  },
  '5.30': {
    ...run,
    title: 'The default bridge docker0 is not used',
    advice: 'Create a dedicated network (docker network create), and run the container with --network.',
    words: INFORMS,
  },
  '5.31': {
    ...run,
    title: "The host's user namespace is not shared",
    advice: 'Remove --userns host.',
    words: WARNS,
  },
  '5.32': {
    ...run,
    title: "No container engine's socket is accessible",
    advice:
      'Remove any mount of the socket or of a directory that contains it: whoever can reach the socket has root access to the host.',
    words: WARNS,
  },
} as const satisfies Readonly<Record<string, BenchCheck>>
