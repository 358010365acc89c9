import { expect, test } from '@jest/globals'
import type { Json } from '../../../../../src/model/json.js'
import {
  aContainer,
  aCreatedContainer,
  anImage,
  aTop,
  type BenchState,
  type ContainerParts,
  strictly,
} from './builders.js'
import { type ResultRow, resultsOf } from './rows.js'

const run = (part: ContainerParts): Partial<BenchState> => ({ containers: [aContainer(part)] })
const host = (HostConfig: Json) => run({ HostConfig })
const security = (...SecurityOpt: string[]) => host({ SecurityOpt })
const made = (part: ContainerParts): Partial<BenchState> => ({ containers: [aCreatedContainer(part)] })
const options = (...SecurityOptions: string[]) => ({ info: { SecurityOptions, CgroupVersion: '2' } })
const bound = (HostIp: string, HostPort: string) => ({ HostIp, HostPort })
const ports = (...all: readonly object[]) => run({ NetworkSettings: { Ports: { '80/tcp': all } } })
const mount = (Source: string, RW: boolean, part: object = {}) => ({
  ...{ Type: 'bind', Source, Destination: '/x', RW, ...part },
})
const mounts = (...Mounts: Json[]) => run({ Mounts })
const WEB = ['web']

const bare = { info: null }
const ADDED = { SecurityOpt: ['label=type:app_t', 'no-new-privileges'] }
const ROWS: readonly ResultRow[] = [
  ['5.1', {}, 'PASS', 'The engine is not in a swarm.', null],
  [
    ...(['5.1', { info: { Swarm: { LocalNodeState: 'active' } } }, 'WARN'] as const),
    ...(['The engine is in a swarm, or does not report whether it is.', null] as const),
  ],
  ['5.1', bare, 'not-evaluated', 'The Docker engine was not queried.', 'no-subject'],
  ['5.2', {}, 'PASS', 'An AppArmor profile confines the container.', null],
  [
    ...(['5.2', security('apparmor=unconfined'), 'WARN'] as const),
    ...(['AppArmor is switched off in the run options.', 'asked-for', WEB] as const),
  ],
  ['5.2', bare, 'not-evaluated', 'The Docker engine was not queried about AppArmor.', 'no-subject'],
  ['5.2', options('name=seccomp'), 'not-applicable', 'The host does not use AppArmor.', 'apparmor-host'],
  [
    ...(['5.2', host({ Privileged: true }), 'WARN'] as const),
    ...(['AppArmor does not confine a privileged container.', 'privileged-implies-all', WEB] as const),
  ],
  [
    '5.2',
    run({ AppArmorProfile: 'unconfined' }),
    'WARN',
    'AppArmor does not confine the container.',
    null,
    WEB,
  ],
  ['5.2', run({ AppArmorProfile: '[]' }), 'WARN', 'The container has no AppArmor profile.', null, WEB],
  [
    ...(['5.2', made({}), 'PASS'] as const),
    ...(['The container will get an AppArmor profile when it is started.', 'apparmor-created'] as const),
  ],
  ['5.3', {}, 'PASS', 'SELinux labels confine the container.', 'label-options'],
  [
    ...(['5.3', security('label=disable'), 'WARN'] as const),
    ...(['SELinux labels are switched off in the run options.', 'asked-for', WEB] as const),
  ],
  ['5.3', bare, 'not-evaluated', 'The Docker engine was not queried about SELinux.', 'no-subject'],
  ['5.3', options('name=seccomp'), 'not-applicable', 'The host does not use SELinux.', 'selinux-host'],
  [
    ...(['5.3', host({ Privileged: true, ...ADDED }), 'WARN'] as const),
    ...(['SELinux does not confine the container.', 'label-options', WEB] as const),
  ],
  ['5.3', security(), 'WARN', 'The container has no SELinux label.', 'label-options', WEB],
  ['5.4', {}, 'PASS', 'No capabilities are added to the default set.', null],
  [
    ...(['5.4', host({ Privileged: true }), 'WARN'] as const),
    ...(['A privileged container has every capability.', 'privileged-implies-all', WEB] as const),
  ],
  ['5.4', host({ CapAdd: ['SYS_TIME'] }), 'WARN', 'Capabilities are added: SYS_TIME.', 'asked-for', WEB],
  ['5.5', {}, 'PASS', 'The container is not privileged.', null],
  ['5.5', host({ Privileged: true }), 'WARN', 'The container is privileged.', null, WEB],
  ['5.6', {}, 'PASS', "None of the host's system directories is mounted.", 'mounts-by-source'],
  [
    ...(['5.6', mounts(mount('/etc', true), mount('/usr', false)), 'WARN'] as const),
    ...(['The container can write to 1 host directory.', 'mounts-by-source', ['web:/etc']] as const),
  ],
  [
    ...(['5.6', mounts(mount('/etc', true), mount('/', true)), 'WARN'] as const),
    ...([
      'The container can write to 2 host directories.',
      'mounts-by-source',
      ['web:/etc', 'web:/'],
    ] as const),
  ],
  [
    ...(['5.6', mounts(mount('/etc', false)), 'INFO'] as const),
    ...(['The container can read 1 host directory.', 'mounts-by-source', ['web:/etc']] as const),
  ],
  [
    ...(['5.6', mounts(mount('/etc', false), mount('/usr', false)), 'INFO'] as const),
    ...([
      'The container can read 2 host directories.',
      'mounts-by-source',
      ['web:/etc', 'web:/usr'],
    ] as const),
  ],
  ['5.7', {}, 'PASS', '1 process checked; none is an SSH server.', 'ssh-by-process'],
  [
    ...(['5.7', run({ top: aTop('a', 'b') }), 'PASS'] as const),
    ...(['2 processes checked; none is an SSH server.', 'ssh-by-process'] as const),
  ],
  ['5.7', run({ top: aTop('sshd') }), 'WARN', 'An SSH server is running.', 'ssh-by-process', WEB],
  [
    ...(['5.7', run({ Config: { Cmd: ['sshd'] } }), 'WARN'] as const),
    ...(["The container's command starts an SSH server.", 'ssh-by-process', WEB] as const),
  ],
  [
    ...(['5.7', run({ Config: { Entrypoint: ['sshd'] } }), 'WARN'] as const),
    ...(["The container's command starts an SSH server.", 'ssh-by-process', WEB] as const),
  ],
  [
    ...(['5.7', made({}), 'not-evaluated'] as const),
    ...(['No process was started, or the processes could not be listed.', 'ssh-by-process'] as const),
  ],
  // Wherever the column with the command stands; without a title it is the last.
  ...[
    { Titles: ['COMMAND', 'PID'], Processes: [['sshd', 'app']] },
    { Titles: ['PID', 'CMD', 'TTY'], Processes: [['1', '/usr/sbin/sshd: x', '?']] },
    { Titles: ['A', 'B'], Processes: [['app', 'sshd -D']] },
    { Processes: [['app', 'sshd']] },
  ].map(
    (top): ResultRow => ['5.7', run({ top }), 'WARN', 'An SSH server is running.', 'ssh-by-process', WEB],
  ),
  ...[
    { Titles: ['COMMAND', 'PID'], Processes: [['app', 'sshd']] },
    { Titles: ['A', 'B'], Processes: [['sshd', 'app']] },
    { Titles: ['CMD'], Processes: ['sshd'] },
    { Titles: ['CMD'], Processes: [[5]] },
  ].map((top): ResultRow => {
    return ['5.7', run({ top }), 'PASS', '1 process checked; none is an SSH server.', 'ssh-by-process']
  }),
  ['5.8', {}, 'PASS', 'No privileged host ports are used.', 'unprivileged-1024'],
  ['5.8', ports(bound('', '1024')), 'PASS', 'No privileged host ports are used.', 'unprivileged-1024'],
  [
    ...(['5.8', ports(bound('', '1023'), bound('::', '1023'), bound('', '1')), 'WARN'] as const),
    ...(['Privileged host ports are used.', 'all-published-ports', ['web:1023', 'web:1']] as const),
  ],
  ['5.9', {}, 'PASS', 'No ports are published.', null],
  ['5.9', ports(bound('', '1')), 'WARN', '1 port is published.', 'all-published-ports', ['web:1']],
  [
    ...(['5.9', ports(bound('', '1'), bound('', '2'), bound('::', '2')), 'WARN'] as const),
    ...(['2 ports are published.', 'all-published-ports', ['web:1', 'web:2']] as const),
  ],
  ['5.14', {}, 'PASS', 'Every published port is bound to a specific host address.', null],
  [
    ...(['5.14', ports(bound('', '1'), bound('::', '2'), bound('127.0.0.1', '3')), 'WARN'] as const),
    ...([
      'Ports are published on all host addresses.',
      'unspecified-address',
      ['web:0.0.0.0', 'web:::'],
    ] as const),
  ],
  ['5.10', {}, 'PASS', 'The run options satisfy this rule.', null],
  ['5.10', host({ NetworkMode: 'host' }), 'WARN', "The host's network is shared.", null, WEB],
  ['5.11', {}, 'PASS', 'There is a memory limit.', null],
  ['5.11', host({ Memory: 1 }), 'PASS', 'There is a memory limit.', null],
  ['5.11', host({ Memory: 0 }), 'WARN', 'There is no memory limit.', 'negative-limit', WEB],
  ['5.12', {}, 'PASS', 'There is a CPU limit or weight.', null],
  ['5.12', host({ NanoCpus: 0, CpuShares: 1 }), 'PASS', 'There is a CPU limit or weight.', null],
  ['5.12', host({ NanoCpus: 0, CpuQuota: 1 }), 'PASS', 'There is a CPU quota.', 'cpu-quota'],
  [
    ...(['5.12', host({ NanoCpus: 0, CpuQuota: 0, CpuShares: 0 }), 'WARN'] as const),
    ...(['There is no CPU limit or weight.', 'negative-limit', WEB] as const),
  ],
  ['5.13', {}, 'PASS', 'The run options satisfy this rule.', null],
  ['5.13', host({ ReadonlyRootfs: false }), 'WARN', 'The root file system can be written to.', null, WEB],
  ['5.15', {}, 'PASS', 'Restarts are limited.', null],
  ['5.15', host({ RestartPolicy: { Name: 'no' } }), 'PASS', 'Restarts are limited.', null],
  [
    ...(['5.15', host({ RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 6 } }), 'WARN'] as const),
    ...(['The container can be restarted up to 6 times.', null, WEB] as const),
  ],
  ...['always', 'unless-stopped', 'on-failure'].map((Name): ResultRow => {
    const why = `The restart policy ${Name} does not limit the number of restarts.`
    return [
      '5.15',
      host({ RestartPolicy: { Name, MaximumRetryCount: 0 } }),
      'WARN',
      why,
      'restart-forever',
      WEB,
    ]
  }),
  ['5.16', host({ PidMode: 'host' }), 'WARN', "The host's process namespace is shared.", null, WEB],
  ['5.17', host({ IpcMode: 'host' }), 'WARN', "The host's IPC namespace is shared.", null, WEB],
  ['5.18', {}, 'PASS', 'No devices are passed to the container.', null],
  [
    ...(['5.18', host({ Privileged: true }), 'INFO'] as const),
    ...(['A privileged container has access to every device.', 'privileged-implies-all', WEB] as const),
  ],
  ['5.18', host({ Devices: [{}] }), 'INFO', 'Host devices are passed to the container.', null, WEB],
  ...['DeviceRequests', 'DeviceCgroupRules'].map((key): ResultRow => {
    const why = 'A device request or a device cgroup rule gives access to devices.'
    return ['5.18', host({ [key]: [{}] }), 'INFO', why, 'devices-by-any-way', WEB]
  }),
  ['5.19', {}, 'PASS', 'Resource limits are set.', null],
  ['5.19', host({ Ulimits: [] }), 'INFO', "Resource limits are left at the engine's defaults.", null, WEB],
  ['5.20', {}, 'PASS', 'The run options satisfy this rule.', null],
  [
    '5.20',
    mounts(mount('/a', true, { Propagation: 'rprivate' })),
    'PASS',
    'The run options satisfy this rule.',
    null,
  ],
  [
    ...(['5.20', mounts(mount('/a', true), mount('/b', true, { Propagation: 'rshared' })), 'WARN'] as const),
    ...(['A mount propagates back to the host.', null, WEB] as const),
  ],
  ['5.21', host({ UTSMode: 'host' }), 'WARN', "The host's UTS namespace is shared.", null, WEB],
  ['5.22', {}, 'PASS', 'A seccomp profile filters system calls.', 'seccomp-effective'],
  [
    ...(['5.22', host({ Privileged: true }), 'WARN'] as const),
    ...(['A privileged container has no seccomp filter.', 'privileged-implies-all', WEB] as const),
  ],
  ...(
    [
      [security('seccomp=unconfined'), 'The seccomp profile is switched off.'],
      [
        security('seccomp={"defaultAction":"SCMP_ACT_ALLOW"}'),
        'The seccomp profile allows every system call.',
      ],
      [options('name=apparmor'), 'The engine does not support seccomp.'],
      [options('name=seccomp,profile=unconfined'), 'The daemon runs containers without a seccomp profile.'],
    ] as const
  ).map(([state, why]): ResultRow => ['5.22', state, 'WARN', why, 'seccomp-effective', WEB]),
  ...[
    bare,
    { ...options('name=seccomp,profile=unconfined'), ...security('seccomp=builtin') },
    security(
      'seccomp={"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"action":"SCMP_ACT_ALLOW"},{"action":"x"}]}',
    ),
  ].map(
    (state): ResultRow => [
      '5.22',
      state,
      'PASS',
      'A seccomp profile filters system calls.',
      'seccomp-effective',
    ],
  ),
  ...['5.23', '5.24'].map((id): ResultRow => {
    return [id, {}, 'NOTE', "A container's configuration does not show how docker exec is used.", null]
  }),
  ['5.25', {}, 'PASS', 'The container is in its own cgroup.', null],
  ['5.25', host({ CgroupParent: 'x' }), 'WARN', 'A custom parent cgroup is set.', null, WEB],
  [
    ...(['5.25', host({ CgroupnsMode: 'host' }), 'WARN'] as const),
    ...(["The host's cgroup namespace is shared.", 'cgroup-namespace', WEB] as const),
  ],
  ['5.26', {}, 'PASS', 'Processes cannot gain new privileges.', 'no-new-privileges-value'],
  ['5.26', security(), 'WARN', 'Processes can gain new privileges.', 'no-new-privileges-value', WEB],
  ...['', '=1', ':t', '=T', ':TRUE', '=true', ':True'].map((value): ResultRow => {
    const why = 'Processes cannot gain new privileges.'
    return ['5.26', security(`no-new-privileges${value}`), 'PASS', why, 'no-new-privileges-value']
  }),
  ['5.27', {}, 'PASS', "The container's health is checked.", 'health-of-created'],
  [
    ...(['5.27', run({ State: { Health: undefined } }), 'WARN'] as const),
    ...(["Nothing checks the container's health.", 'health-of-created', WEB] as const),
  ],
  ['5.28', {}, 'INFO', "A container's configuration does not show whether a newer image was built.", null],
  ['5.29', {}, 'PASS', 'There is a limit on the number of processes.', null],
  [
    ...(['5.29', host({ PidsLimit: 0 }), 'WARN'] as const),
    ...(['There is no limit on the number of processes.', 'negative-limit', WEB] as const),
  ],
  ['5.30', {}, 'PASS', 'The container is not on the default bridge.', 'own-networks-only'],
  [
    ...(['5.30', run({ NetworkSettings: { Networks: { bridge: {} } } }), 'INFO'] as const),
    ...(['The container is on the default bridge.', 'own-networks-only', WEB] as const),
  ],
  ['5.31', host({ UsernsMode: 'host' }), 'WARN', "The host's user namespace is shared.", null, WEB],
  ['5.32', {}, 'PASS', "No mount exposes a container engine's socket.", 'socket-by-any-way'],
  [
    ...(['5.32', mounts(mount('/run', true), mount('/a/docker.sock', true)), 'WARN'] as const),
    ...([
      "A mount exposes a container engine's socket: /run, /a/docker.sock.",
      'socket-by-any-way',
      WEB,
    ] as const),
  ],
  ...['5.1', '5.2', '5.13', '5.32'].map((id): ResultRow => {
    const why = 'Section 5 judges how an image is run, but no run options were set.'
    return [id, { containers: [] }, 'not-applicable', why, null]
  }),
]

test.each(ROWS)('when it is %s, then the whole result is stated (%#)', (...row) => {
  const [result, expected] = resultsOf(row)
  expect(result).toEqual(expected)
})

test('when a container could not be inspected, then nothing is known about it', () => {
  const results = (inspect: Json | null) => {
    const containers = [{ ...aContainer(), inspect }]
    return ['4.1', '5.1', '5.5'].map((id) => strictly(id, { containers }))
  }
  const unknown = {
    ...{ state: 'not-evaluated', improvement: 'no-subject' },
    why: 'The container could not be inspected, or it changed in the meantime.',
  }
  expect(results(null)).toMatchObject([unknown, unknown, unknown])
  for (const part of [{ HostConfig: {} }, { Config: {} }]) {
    expect(results(part).slice(1)).toMatchObject([unknown, unknown])
  }
  const root = { images: [anImage({ User: '' })], containers: [{ ...aContainer(), inspect: null }] }
  expect(strictly('4.1', root)).toMatchObject({ word: 'WARN', items: ['app:1'] })
})
