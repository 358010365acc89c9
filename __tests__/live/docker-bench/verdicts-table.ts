import { docker } from '../support.js'

// Images and containers of our own, and what is right to say of them: written down before anything judges them. Where
// Docker Bench alone is wrong, chapter by chapter: docs/docker-bench.md and the pages of the ids.

const host = docker('info', '-f', '{{.SecurityOptions}}')
const APPARMOR = host.includes('name=apparmor')
const SELINUX = host.includes('name=selinux')

/** A word, or why there is none. */
type Right = 'PASS' | 'NOTE' | 'INFO' | 'WARN' | 'not-applicable' | 'not-evaluated'
/** What Docker Bench alone says; PASS too of what it does not look at. `either`: it goes by the order of mounts. */
type Alone = 'PASS' | 'NOTE' | 'INFO' | 'WARN' | 'either'
export type Verdict = readonly [right: Right, alone: Alone, why: string, names?: readonly string[]]

export interface MadeImage {
  /** Instructions on a small base, whose apt-get does nothing. */
  readonly lines?: string
  /** Imported as one layer: a program of this name, which only waits, and nothing else. */
  readonly program?: string
  /** `scratch`: of this build's context alone, in which nothing could run. */
  readonly from?: 'scratch' | keyof typeof IMAGES
}

/** What is judged: an image, or a container of one. */
export interface Subject {
  readonly image: string
  /** Options of `docker run`; `null`: nobody says how it is run, and the image is judged. */
  readonly options: string | null
  /** How Docker Bench alone meets it, where it does not just run. */
  readonly met?: 'created' | 'paused'
  /** In the name that it has when Docker Bench alone looks. */
  readonly called?: string
  readonly verdicts: Readonly<Record<string, Verdict>>
}

// Seldom: dozens of them run at a time.
const HEALTHY = 'HEALTHCHECK --interval=1h CMD true\n'

export const IMAGES: Readonly<Record<string, MadeImage>> = {
  good: { lines: `RUN echo good\nUSER 10001\n${HEALTHY}` },
  plain: { lines: 'LABEL plain=1\n' },
  'zero-zero': { lines: 'USER 0:0\n' },
  'two-zeros': { lines: 'USER 00\n' },
  'root-root': { lines: 'USER root:root\n' },
  'root-daemon': { lines: 'USER root:daemon\n' },
  toor: { lines: 'USER toor\n' },
  'by-name': { lines: 'USER app\n' },
  'by-group': { lines: 'USER app:daemon\n' },
  'health-none': { lines: 'HEALTHCHECK NONE\n' },
  'late-update': {
    lines: 'RUN set -eux; export DEBIAN_FRONTEND=noninteractive LC_ALL=C; apt-get update\n',
  },
  'early-update': { lines: `RUN apt-get update\n` },
  'update-install': {
    lines: `RUN apt-get update && apt-get install -y base-files && rm -rf /var/lib/apt/lists/*\n`,
  },
  'other-update': { lines: 'RUN update-alternatives --version >/dev/null\n' },
  'listen-addr': { lines: 'ENV LISTEN_ADDR=0.0.0.0\n' },
  'only-added': { lines: 'ADD file /\nLABEL only=added\n', from: 'scratch' },
  added: { lines: 'ADD file /\n' },
  'on-added': { lines: 'USER 10001\n', from: 'added' },
  secrets: { lines: 'ENV DB_PASSWORD=hunter2\nENV AWS_SECRET_ACCESS_KEY=abcdefghijklmnopqrst\n' },
  setuid: { lines: 'RUN cp /bin/sh /etc/sh && chmod 4755 /etc/sh\n' },
  unverified: { lines: `RUN apt-get install -y --allow-unauthenticated base-files\n` },
  hidden: { lines: 'LABEL org.example=docker-bench-security\n' },
  flattened: { program: 'pause' },
  sshd: { program: 'sshd' },
}

const OF_IMAGE = (image: string, verdicts: Subject['verdicts']): Subject => ({
  image,
  options: null,
  verdicts,
})
const RUN = (options: string, verdicts: Subject['verdicts'], more: Partial<Subject> = {}): Subject => ({
  image: 'good',
  options,
  verdicts,
  ...more,
})

const NO_LABELS = 'a host without SELinux has no labels to judge'
const HARD =
  '--cap-drop ALL --read-only --security-opt no-new-privileges --memory 64m --pids-limit 50 --user 10001:10001 ' +
  '--cpus 0.5 --ulimit nofile=1024 --restart on-failure:5'

/** By name, in the order of chapter 4 of the notes on Docker Bench, and what is plain next to it. */
export const SUBJECTS: Readonly<Record<string, Subject>> = {
  // Images: 4.1
  'a good image': OF_IMAGE('good', {
    '4.1': ['PASS', 'PASS', 'it names a user by number'],
    '4.6': ['PASS', 'PASS', 'it has a health check'],
    '4.7': ['PASS', 'PASS', 'it updates nothing'],
    '4.9': ['PASS', 'PASS', 'its own instruction is RUN'],
    '4.10': ['NOTE', 'NOTE', 'there is no secret, and Docker Bench does not look', []],
  }),
  'an image without a user': OF_IMAGE('plain', {
    '4.1': ['WARN', 'WARN', 'root is the default'],
    '4.6': ['WARN', 'WARN', 'there is no health check'],
  }),
  'USER 0:0': OF_IMAGE('zero-zero', { '4.1': ['WARN', 'PASS', 'uid 0 is root in any group'] }),
  'USER 00': OF_IMAGE('two-zeros', { '4.1': ['WARN', 'PASS', '00 is the number 0'] }),
  'USER root:root': OF_IMAGE('root-root', { '4.1': ['WARN', 'PASS', 'root is root in any group'] }),
  'USER root:daemon': OF_IMAGE('root-daemon', { '4.1': ['WARN', 'PASS', 'root is root in any group'] }),
  'another name with uid 0': OF_IMAGE('toor', { '4.1': ['WARN', 'PASS', '/etc/passwd gives it uid 0'] }),
  'a user by name': OF_IMAGE('by-name', { '4.1': ['PASS', 'PASS', '/etc/passwd gives it another uid'] }),
  // 4.6
  'HEALTHCHECK NONE': OF_IMAGE('health-none', { '4.6': ['WARN', 'PASS', 'it switches the check off'] }),
  // 4.7
  'an update alone, behind column 45': OF_IMAGE('late-update', {
    '4.7': ['INFO', 'PASS', 'nothing is installed from the lists'],
  }),
  'an update alone, before column 45': OF_IMAGE('early-update', {
    '4.7': ['INFO', 'INFO', 'nothing is installed from the lists'],
  }),
  'update and install in one RUN': OF_IMAGE('update-install', {
    '4.7': ['PASS', 'INFO', 'that is how it should be done'],
  }),
  'another update': OF_IMAGE('other-update', { '4.7': ['PASS', 'INFO', 'it is no update of package lists'] }),
  // 4.9
  'ENV LISTEN_ADDR': OF_IMAGE('listen-addr', { '4.9': ['PASS', 'INFO', 'it is no ADD instruction'] }),
  'FROM scratch and ADD': OF_IMAGE('only-added', { '4.9': ['INFO', 'PASS', 'the oldest line counts too'] }),
  'an ADD of its own': OF_IMAGE('added', { '4.9': ['INFO', 'INFO', 'it is an ADD instruction'] }),
  'an ADD of its base': OF_IMAGE('on-added', {
    '4.9': ['INFO', 'INFO', 'no registry has shown which layers are the base’s'],
  }),
  // 4.8, 4.10, 4.11
  'two secrets in ENV': OF_IMAGE('secrets', {
    '4.10': ['NOTE', 'NOTE', 'both are named', ['ENV DB_PASSWORD', 'ENV AWS_SECRET_ACCESS_KEY']],
  }),
  'a shell with the setuid bit': OF_IMAGE('setuid', { '4.8': ['NOTE', 'NOTE', 'it is named', ['/etc/sh']] }),
  'an install without signatures': OF_IMAGE('unverified', {
    '4.11': [
      ...(['NOTE', 'NOTE', 'it is named'] as const),
      ['RUN apt-get install -y --allow-unauthenticated base-files'],
    ],
  }),
  // What Docker Bench cannot see at all.
  'an image that a label hides': OF_IMAGE('hidden', {
    '4.1': ['WARN', 'PASS', 'root is the default, whatever it is labelled'],
  }),
  'an image that was flattened': OF_IMAGE('flattened', {
    '4.7': ['not-evaluated', 'PASS', 'its history says nothing of how it was made'],
    '4.9': ['not-evaluated', 'PASS', 'its history says nothing of how it was made'],
  }),

  // Containers
  'one with all options that it should have': RUN(HARD, {
    '4.1': ['PASS', 'PASS', 'its user is not root'],
    '5.4': ['PASS', 'PASS', 'it has no capability'],
    '5.11': ['PASS', 'PASS', 'its memory has a limit'],
    '5.12': ['PASS', 'PASS', 'its CPU time has a limit'],
    '5.13': ['PASS', 'PASS', 'its root file system is read-only'],
    '5.15': ['PASS', 'PASS', 'it is restarted five times at most'],
    '5.19': ['PASS', 'PASS', 'it has a ulimit'],
    '5.26': ['PASS', 'PASS', 'it has no-new-privileges'],
    '5.27': ['PASS', 'PASS', 'its health is checked'],
    '5.29': ['PASS', 'PASS', 'its processes have a limit'],
  }),
  'one without options': RUN('', {
    '5.2': APPARMOR
      ? ['PASS', 'PASS', 'the engine gives it a profile']
      : ['not-applicable', 'WARN', 'the host does not use AppArmor'],
    '5.3': SELINUX ? ['PASS', 'WARN', 'labels are on by default'] : ['not-applicable', 'WARN', NO_LABELS],
    '5.11': ['WARN', 'WARN', 'its memory has no limit'],
    '5.12': ['WARN', 'WARN', 'its CPU time has no limit'],
    '5.13': ['WARN', 'WARN', 'it can write to its root file system'],
    '5.19': ['INFO', 'INFO', 'it has the ulimits of the engine'],
    '5.26': ['WARN', 'WARN', 'it can gain privileges'],
    '5.29': ['WARN', 'WARN', 'its processes have no limit'],
  }),
  '--user 0 on a good image': RUN('--user 0', { '4.1': ['WARN', 'WARN', 'it runs as root'] }),
  '--user 0:0 on a good image': RUN('--user 0:0', { '4.1': ['WARN', 'PASS', 'uid 0 is root in any group'] }),
  'one whose name has nil in it': RUN(
    '--user 0',
    { '4.1': ['WARN', 'PASS', 'it runs as root, whatever it is called'] },
    { called: 'vanilla' },
  ),
  'no-new-privileges and no label': RUN('--security-opt no-new-privileges', {
    '5.3': SELINUX ? ['PASS', 'PASS', 'labels are on by default'] : ['not-applicable', 'PASS', NO_LABELS],
    '5.26': ['PASS', 'PASS', 'it has the option'],
  }),
  'no-new-privileges:false': RUN('--security-opt no-new-privileges:false', {
    '5.26': ['WARN', 'PASS', 'it switches the option off'],
  }),
  'apparmor=unconfined and label=disable, only made': RUN(
    '--security-opt apparmor=unconfined --security-opt label=disable',
    {
      '5.2': ['WARN', 'PASS', 'it switches the profile off, whatever the host has'],
      '5.3': ['WARN', 'PASS', 'it switches the labels off, whatever the host has'],
    },
    { met: 'created' },
  ),
  'seccomp=unconfined': RUN('--security-opt seccomp=unconfined', {
    '5.22': ['WARN', 'WARN', 'no seccomp filter is in force'],
  }),
  // It starts on few machines; Docker Bench alone does not look at what was only made.
  '--privileged, only made': RUN(
    '--privileged',
    {
      '5.4': ['WARN', 'PASS', 'it has every capability'],
      '5.5': ['WARN', 'PASS', 'it is privileged'],
      '5.18': ['INFO', 'PASS', 'it has every device'],
      '5.22': ['WARN', 'PASS', 'it has no seccomp filter'],
    },
    { met: 'created' },
  ),
  '--cap-add SYS_TIME': RUN('--cap-add SYS_TIME', { '5.4': ['WARN', 'WARN', 'it is not a default one'] }),
  '--cap-add NET_RAW': RUN('--cap-add NET_RAW', { '5.4': ['WARN', 'PASS', 'it reaches its neighbors'] }),
  '-v /etc:/x:ro': RUN('-v /etc:/x:ro', { '5.6': ['INFO', 'PASS', 'it can read files of the host'] }),
  '-v /etc:/x': RUN('-v /etc:/x', { '5.6': ['WARN', 'WARN', 'it can write to files of the host'] }),
  '-v /etc/apt:/x': RUN('-v /etc/apt:/x', { '5.6': ['WARN', 'PASS', 'it can write to files of the host'] }),
  '-v /etc:/x:ro beside a volume': RUN('-v /etc:/x:ro -v /data', {
    '5.6': ['INFO', 'either', 'it can read files of the host, and write to its own'],
  }),
  'a volume at /boot': RUN('-v /boot', { '5.6': ['PASS', 'WARN', 'it is a volume, not the host’s /boot'] }),
  'the socket': RUN('-v /var/run/docker.sock:/var/run/docker.sock', {
    '5.32': ['WARN', 'WARN', 'it has the engine, which is the host'],
  }),
  'the folder of the socket': RUN('-v /var/run:/host/run:ro', {
    '5.32': ['WARN', 'PASS', 'it has the engine, which is the host'],
  }),
  'sshd in an image without ps': RUN(
    '',
    { '5.7': ['WARN', 'PASS', 'an SSH server runs'] },
    { image: 'sshd' },
  ),
  'sshd in one that is paused': RUN(
    '',
    { '5.7': ['WARN', 'PASS', 'an SSH server runs'] },
    { image: 'sshd', met: 'paused' },
  ),
  '-p [::1]:81:80': RUN('-p [::1]:81:80', {
    '5.8': ['WARN', 'PASS', '81 is a privileged port'],
    '5.9': ['WARN', 'PASS', 'a port is published'],
  }),
  '-p [::]:18081:80': RUN('-p [::]:18081:80', {
    '5.14': ['WARN', 'PASS', ':: is every address of the host'],
  }),
  '-p 127.0.0.1:1024:80': RUN('-p 127.0.0.1:1024:80', {
    '5.8': ['PASS', 'WARN', 'from 1024 on ports are not privileged'],
    '5.9': ['WARN', 'WARN', 'a port is published'],
    '5.14': ['PASS', 'PASS', 'it is bound to one address'],
  }),
  '--restart always': RUN('--restart always', { '5.15': ['WARN', 'PASS', 'it has no end'] }),
  '--restart on-failure:10': RUN('--restart on-failure:10', {
    '5.15': ['WARN', 'WARN', 'it is more than 5'],
  }),
  '--cpu-quota 50000': RUN('--cpu-quota 50000', { '5.12': ['PASS', 'WARN', 'a quota is a limit'] }),
  '--cpuset-cpus 0': RUN('--cpuset-cpus 0', { '5.12': ['WARN', 'WARN', 'it says where, not how much'] }),
  '--device /dev/null': RUN('--device /dev/null', { '5.18': ['INFO', 'INFO', 'it is a device of the host'] }),
  '--device-cgroup-rule': RUN("--device-cgroup-rule 'c 1:3 r'", {
    '5.18': ['INFO', 'PASS', 'the rule hands devices in'],
  }),
  '--net host': RUN('--net host', { '5.10': ['WARN', 'WARN', 'it is on the host’s network'] }),
  '--pid, --ipc and --uts host': RUN('--pid host --ipc host --uts host', {
    '5.16': ['WARN', 'WARN', 'it sees the host’s processes'],
    '5.17': ['WARN', 'WARN', 'it shares the host’s memory'],
    '5.21': ['WARN', 'WARN', 'it can rename the host'],
  }),
  '--cgroup-parent': RUN('--cgroup-parent /seaworthy-test', {
    '5.25': ['WARN', 'WARN', 'it is not in a group of its own'],
  }),
  '--no-healthcheck': RUN('--no-healthcheck', { '5.27': ['WARN', 'WARN', 'nobody checks its health'] }),
  '--pids-limit -1': RUN('--pids-limit -1', { '5.29': ['WARN', 'WARN', '-1 is no limit'] }),
}
