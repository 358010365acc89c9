import fc from 'fast-check'
import { type BenchContainer, containerOf } from './builders.js'

/** A container as a person would describe it; `answerOf` says it as the engine would. */
export interface Described {
  readonly name: string
  readonly user: string
  readonly apparmor: string
  readonly options: readonly string[]
  readonly capabilities: readonly string[]
  readonly privileged: boolean
  readonly readOnly: boolean
  readonly modes: Readonly<Record<'network' | 'pid' | 'ipc' | 'uts' | 'userns', string>>
  readonly memory: number
  readonly shares: number
  readonly cpus: number
  readonly quota: number
  readonly pids: number | null
  readonly retries: number
  readonly policy: string
  readonly devices: number
  readonly ulimits: number
  readonly cgroupParent: string
  readonly healthy: boolean
  readonly mounts: readonly DescribedMount[]
  readonly published: readonly { readonly ip: string; readonly port: number }[]
  readonly processes: readonly string[]
  readonly status: 'running' | 'paused' | 'created' | 'exited'
  readonly omitsEmpty: boolean
}

export interface DescribedMount {
  readonly type: 'bind' | 'volume'
  readonly source: string
  readonly destination: string
  readonly writable: boolean
  readonly propagation: string
}

const paths = fc.constantFrom(
  ...['/', '/etc', '/etc/apt', '/usr', '/lib', '/boot', '/dev', '/proc', '/sys', '/srv', '/run', '/var/run'],
  ...['/var/run/docker.sock', '/data'],
)
const mode = fc.constantFrom('', 'host', 'private')

export const described: fc.Arbitrary<Described> = fc.record({
  name: fc.constantFrom('web', 'db', 'cache', 'queue'),
  user: fc.constantFrom('', '0', 'root', '0:0', '1000', 'app', 'root:root', 'toor', 'nobody'),
  apparmor: fc.constantFrom('', 'unconfined', 'docker-default', '[]'),
  options: fc.shuffledSubarray([
    'no-new-privileges',
    'no-new-privileges:false',
    'seccomp=unconfined',
    'seccomp:unconfined',
    'seccomp=builtin',
    'label=disable',
    'apparmor=unconfined',
  ]),
  capabilities: fc.subarray(['CHOWN', 'CAP_NET_RAW', 'cap_setuid', 'SYS_ADMIN', 'CAP_NET_ADMIN', 'all']),
  privileged: fc.boolean(),
  readOnly: fc.boolean(),
  modes: fc.record({ network: mode, pid: mode, ipc: mode, uts: mode, userns: mode }),
  memory: fc.constantFrom(0, 64_000_000, -1),
  shares: fc.constantFrom(0, 512),
  cpus: fc.constantFrom(0, 1_000_000),
  quota: fc.constantFrom(0, 50_000),
  pids: fc.constantFrom(null, 0, -1, 50, -2),
  retries: fc.constantFrom(0, 3, 5, 6),
  policy: fc.constantFrom('', 'no', 'always', 'unless-stopped', 'on-failure'),
  devices: fc.constantFrom(0, 1),
  ulimits: fc.constantFrom(0, 1),
  cgroupParent: fc.constantFrom('', '/other'),
  healthy: fc.boolean(),
  mounts: fc.array(
    fc.record({
      type: fc.constantFrom('bind', 'volume'),
      source: paths,
      destination: paths,
      writable: fc.boolean(),
      propagation: fc.constantFrom('', 'rprivate', 'rshared', 'shared', 'rslave'),
    }),
    { maxLength: 3 },
  ),
  published: fc.array(
    fc.record({
      ip: fc.constantFrom('0.0.0.0', '127.0.0.1', '::', '::1'),
      port: fc.constantFrom(22, 80, 1024, 1025, 8080),
    }),
    { maxLength: 3 },
  ),
  processes: fc.subarray(['app', 'sshd', 'sh']),
  status: fc.constantFrom('running', 'paused', 'created', 'exited'),
  omitsEmpty: fc.boolean(),
})

/** Drops empty values, as API 1.52 and later do. */
function sparse(value: Record<string, unknown>): Record<string, unknown> {
  const isEmpty = (one: unknown) =>
    one === '' || one === 0 || one === false || one === null || (Array.isArray(one) && one.length === 0)
  return Object.fromEntries(Object.entries(value).filter(([, one]) => !isEmpty(one)))
}

export function answerOf(one: Described, id: string): BenchContainer {
  const trim = one.omitsEmpty ? sparse : (value: Record<string, unknown>) => value
  const running = one.status === 'running' || one.status === 'paused'
  const inspect = {
    Id: id,
    Name: `/${one.name}`,
    State: {
      Status: one.status,
      Running: running,
      Paused: one.status === 'paused',
      ...(one.healthy ? { Health: { Status: 'healthy' } } : {}),
    },
    AppArmorProfile: one.apparmor,
    HostConfig: trim({
      SecurityOpt: one.options.length > 0 ? one.options : null,
      CapAdd: one.capabilities.length > 0 ? one.capabilities : null,
      Privileged: one.privileged,
      ReadonlyRootfs: one.readOnly,
      NetworkMode: one.modes.network,
      PidMode: one.modes.pid,
      IpcMode: one.modes.ipc,
      UTSMode: one.modes.uts,
      UsernsMode: one.modes.userns,
      Memory: one.memory,
      CpuShares: one.shares,
      NanoCpus: one.cpus,
      CpuQuota: one.quota,
      PidsLimit: one.pids,
      RestartPolicy: { Name: one.policy, MaximumRetryCount: one.retries },
      Devices: Array(one.devices).fill({ PathOnHost: '/dev/x' }),
      Ulimits: Array(one.ulimits).fill({ Name: 'nofile' }),
      CgroupParent: one.cgroupParent,
    }),
    Config: trim({ User: one.user }),
    NetworkSettings: {
      Ports: Object.fromEntries(
        one.published.map(({ ip, port }, at) => [`${at}/tcp`, [{ HostIp: ip, HostPort: String(port) }]]),
      ),
      Networks: {},
    },
    Mounts: one.mounts.map((mount) => ({
      Type: mount.type,
      ...(mount.type === 'volume' ? { Name: 'data', Driver: 'local' } : {}),
      Source: mount.source,
      Destination: mount.destination,
      Mode: '',
      RW: mount.writable,
      Propagation: mount.propagation,
    })),
  }
  const top = { Titles: ['PID', 'CMD'], Processes: one.processes.map((name, at) => [String(at), name]) }
  return containerOf(inspect, running ? top : null)
}
