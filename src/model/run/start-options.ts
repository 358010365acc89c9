import { isRecord } from '../json.js'
import type { RunSpec } from './spec.js'
import {
  allowed,
  atMost,
  type Difference,
  each,
  isFlag,
  isNumberWithin,
  isOfForm,
  isOneOf,
  isPlainValue,
  isTexts,
  members,
  NO_OPTION,
  never,
  onlyGood,
  type Rule,
  type RuledOption,
  without,
  withValue,
} from './start-rules.js'

/** What may be started of a judged image. Its network is separate: see `network`. */
export interface Startable extends RunSpec {
  /** `closed`: an isolated one, whatever was requested. */
  readonly network: 'none' | 'closed'
  readonly differs: readonly Difference[]
}

/** Bytes and numbers: the default, and the maximum. */
const MEMORY = { usual: 2 ** 30, most: 4 * 2 ** 30 }
const PROCESSES = { usual: 1024, most: 4096 }
const SHARED_MEMORY = 2 ** 30
const FILES = 2 ** 20
/** CPU values of a container that sets none (docs.docker.com, "Resource constraints"). */
const SHARES = 1024

/** The maximum of each resource limit, for an image without run options. */
export const START_LIMITS = { Memory: MEMORY.most, PidsLimit: PROCESSES.most } as const

/** Capabilities of every container that adds and drops none (moby, oci/caps/defaults.go). */
const USUAL_CAPABILITIES =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  )

/** Settings of the container's own namespaces, which limit them (kubernetes.io, "Using sysctls", safe ones). */
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  ...'ip_local_port_range ip_local_reserved_ports ip_unprivileged_port_start ping_group_range tcp_fin_timeout tcp_keepalive_intvl tcp_keepalive_probes tcp_keepalive_time tcp_syncookies'
    .split(' ')
    .map((name) => `net.ipv4.${name}`),
]

/** Resource limits; not those that favour a process over others (nice, rtprio, rttime). */
const ULIMITS = 'as core cpu data fsize locks memlock msgqueue nofile nproc rss sigpending stack'.split(' ')

/** Options of mount(8) that tmpfs knows. */
const TMPFS =
  /^(?:r[ow]|(?:no)?(?:exec|suid|dev|atime|diratime)|size=\d+[kmg%]?|mode=[0-7]{3,4}|[ug]id=\d+|nr_inodes=\d+[kmg]?)$/i

/**
 * Every member of HostConfig. One without a row here is withheld, and so is one with `never`, and each value that its
 * rule does not know (docs/decisions/0035-what-is-started.md).
 */
export const HOST_CONFIG: Readonly<Record<string, Rule>> = {
  // Options that restrict the container, or that do not affect other containers.
  CapDrop: allowed('--cap-drop', [], isTexts),
  CpuPeriod: allowed('--cpu-period', ['5.12'], isNumberWithin(1, 1_000_000)),
  CpuQuota: allowed('--cpu-quota', ['5.12'], isNumberWithin(1, Number.MAX_SAFE_INTEGER)),
  CpuShares: atMost('--cpu-shares', ['5.12'], SHARES),
  CpusetCpus: allowed('--cpuset-cpus', [], isOfForm(/^[\d,-]{1,200}$/)),
  CpusetMems: allowed('--cpuset-mems', [], isOfForm(/^[\d,-]{1,200}$/)),
  Init: allowed('--init', [], isFlag),
  Memory: atMost('--memory', ['5.11'], MEMORY.most, '4 GiB'),
  MemoryReservation: allowed('--memory-reservation', [], (value, host) =>
    isNumberWithin(1, memoryOf(host))(value),
  ),
  // The engine's default: as much again as the memory.
  MemorySwap: allowed('--memory-swap', [], (value, host) =>
    isNumberWithin(memoryOf(host), 2 * memoryOf(host))(value),
  ),
  MemorySwappiness: allowed('--memory-swappiness', [], isNumberWithin(0, 100)),
  NanoCpus: allowed('--cpus', ['5.12'], isNumberWithin(1, Number.MAX_SAFE_INTEGER)),
  PidsLimit: atMost('--pids-limit', ['5.29'], PROCESSES.most),
  ReadonlyRootfs: allowed('--read-only', ['5.13'], isFlag),
  ShmSize: atMost('--shm-size', [], SHARED_MEMORY, '1 GiB'),
  CapAdd: each('--cap-add', ['5.4'], (name) =>
    USUAL_CAPABILITIES.includes(name.toUpperCase().replace(/^CAP_/, '')),
  ),
  Sysctls: members(
    '--sysctl',
    [],
    (name, value) => SAFE_SYSCTLS.includes(name) && /^[\d \t-]{1,60}$/.test(value),
  ),
  Tmpfs: members(
    '--tmpfs',
    [],
    (path, options) =>
      path.startsWith('/') && (options === '' || options.split(',').every((one) => TMPFS.test(one))),
  ),
  Ulimits: ulimits,
  SecurityOpt: securityOptions,
  // Only `none`, which keeps no log, affects no other program.
  LogConfig: never('--log-driver', [], (value) => isRecord(value) && value.Type === 'none'),
  // Namespaces: its own ones.
  CgroupnsMode: never('--cgroupns', ['5.25'], isOneOf('private')),
  IpcMode: never('--ipc', ['5.17'], isOneOf('none', 'private', 'shareable')),
  PidMode: never('--pid', ['5.16']),
  UTSMode: never('--uts', ['5.21']),
  UsernsMode: never('--userns', ['5.31']),
  NetworkMode: (value) => ({ value: undefined, differs: networkDiffers(value) }),
  // Options with access to the machine or to other containers, or with more rights than a plain container.
  Annotations: never('--annotation', []),
  AutoRemove: never('--rm', []),
  Binds: never('bind mounts', ['5.6', '5.20', '5.32']),
  BlkioDeviceReadBps: never('--device-read-bps', []),
  BlkioDeviceReadIOps: never('--device-read-iops', []),
  BlkioDeviceWriteBps: never('--device-write-bps', []),
  BlkioDeviceWriteIOps: never('--device-write-iops', []),
  BlkioWeight: never('--blkio-weight', []),
  BlkioWeightDevice: never('--blkio-weight-device', []),
  Cgroup: never('the cgroup of another container', ['5.25']),
  CgroupParent: never('--cgroup-parent', ['5.25']),
  ConsoleSize: never('a console size', []),
  ContainerIDFile: never('--cidfile', []),
  CpuCount: never('--cpu-count', []),
  CpuPercent: never('--cpu-percent', []),
  CpuRealtimePeriod: never('--cpu-rt-period', []),
  CpuRealtimeRuntime: never('--cpu-rt-runtime', []),
  DeviceCgroupRules: never('--device-cgroup-rule', ['5.18']),
  DeviceRequests: never('--gpus', ['5.18']),
  Devices: never('--device', ['5.18']),
  DiskQuota: never('a disk quota', []),
  Dns: never('--dns', []),
  DnsOptions: never('--dns-option', []),
  DnsSearch: never('--dns-search', []),
  ExtraHosts: never('--add-host', []),
  GroupAdd: never('--group-add', []),
  IOMaximumBandwidth: never('--io-maxbandwidth', []),
  IOMaximumIOps: never('--io-maxiops', []),
  Isolation: never('--isolation', []),
  KernelMemory: never('--kernel-memory', []),
  KernelMemoryTCP: never('--kernel-memory-tcp', []),
  Links: never('--link', []),
  MaskedPaths: never('--security-opt systempaths', []),
  Mounts: never('--mount', ['5.6', '5.20', '5.32']),
  OomKillDisable: never('--oom-kill-disable', []),
  OomScoreAdj: never('--oom-score-adj', []),
  PortBindings: never('--publish', ['5.8', '5.9', '5.14']),
  Privileged: never('--privileged', ['5.2', '5.3', '5.4', '5.5', '5.18', '5.22']),
  PublishAllPorts: never('--publish-all', ['5.8', '5.9', '5.14']),
  ReadonlyPaths: never('--security-opt systempaths', []),
  RestartPolicy: never('--restart', ['5.15'], (value) => isRecord(value) && value.Name === 'no'),
  Runtime: never('--runtime', []),
  StorageOpt: never('--storage-opt', []),
  VolumeDriver: never('--volume-driver', []),
  VolumesFrom: never('--volumes-from', ['5.6', '5.20', '5.32']),
}

/** Members outside HostConfig that say what runs in the container, and nothing about its surroundings. */
const CONFIG =
  'Cmd Entrypoint Env ExposedPorts Healthcheck Hostname Labels StopSignal StopTimeout User Volumes WorkingDir'.split(
    ' ',
  )

/** The part of these options that may be started, whoever set them, with limits if there are none. */
export function startable({ config, hostConfig, withheld = [] }: RunSpec): Startable {
  const differs: Difference[] = [{ kind: 'with', what: 'a network of its own', ids: ['5.30'] }]
  const kept: Record<string, unknown> = {}
  for (const [key, setting] of Object.entries(hostConfig)) {
    const rule = Object.hasOwn(HOST_CONFIG, key) ? HOST_CONFIG[key] : never(key, [])
    const { value, differs: other } = rule?.(setting, hostConfig) ?? NO_OPTION
    differs.push(...other)
    if (value !== undefined) {
      kept[key] = value
    }
  }
  for (const [key, usual, what, id] of [
    ['Memory', MEMORY.usual, 'a memory limit of 1 GiB', '5.11'],
    ['PidsLimit', PROCESSES.usual, `a limit of ${PROCESSES.usual} processes`, '5.29'],
  ] as const) {
    if (kept[key] === undefined) {
      kept[key] = usual
      differs.push({ kind: 'with', what, ids: [id] })
    }
  }
  const other = Object.keys(config).filter((key) => !CONFIG.includes(key))
  return {
    config: Object.fromEntries(Object.entries(config).filter(([key]) => !other.includes(key))),
    hostConfig: kept,
    network: hostConfig.NetworkMode === 'none' ? 'none' : 'closed',
    differs: [...differs, ...[...other, ...withheld].map((one) => without(one, []))],
  }
}

/** What is withheld, in the notation of `docker run`, each once. */
export function withheldIn(differs: readonly Difference[]): readonly string[] {
  return [...new Set(differs.filter(({ kind }) => kind === 'without').map(({ what }) => what))]
}

function ulimits(value: unknown): RuledOption {
  const all: readonly unknown[] = Array.isArray(value) ? value : []
  const isGood = (one: unknown) => {
    const { Name, Soft, Hard } = isRecord(one) ? one : {}
    const max = Name === 'nofile' || Name === 'nproc' ? FILES : Number.MAX_SAFE_INTEGER
    return ULIMITS.includes(String(Name)) && [Soft, Hard].every((limit) => isNumberWithin(0, max)(limit))
  }
  const name = (one: unknown) => (isRecord(one) ? one.Name : undefined)
  return onlyGood(all, isGood, (one) => without(withValue('--ulimit', name(one)), ['5.19']))
}

/** The ids that judge each kind of security option; 5.3 only asks whether there is any. */
const SECURITY_IDS: Readonly<Record<string, readonly string[]>> = {
  apparmor: ['5.2'],
  seccomp: ['5.22'],
  'no-new-privileges': ['5.26'],
}

/** The engine's own profiles, and options that remove rights. A custom profile may allow what the engine's does not. */
function securityOptions(value: unknown): RuledOption {
  const isGood = (option: string) =>
    /^(?:no-new-privileges(?:[:=]true)?|seccomp[:=]builtin|apparmor[:=]docker-default)$/.test(option)
  return onlyGood(isTexts(value) ? value : [], isGood, (option) => {
    const [kind = ''] = option.split(/[:=]/)
    const ids = Object.hasOwn(SECURITY_IDS, kind) ? (SECURITY_IDS[kind] ?? []) : []
    const shown = isPlainValue(option) ? option : kind
    return without(withValue('--security-opt', shown), [...ids, '5.3'])
  })
}

function networkDiffers(value: unknown): readonly Difference[] {
  const isShared = typeof value === 'string' && /^(?:host$|container:)/.test(value)
  return isShared ? [without(withValue('--network', value), ['5.10'])] : []
}

function memoryOf({ Memory }: RunSpec['hostConfig']): number {
  return isNumberWithin(1, Number.MAX_SAFE_INTEGER)(Memory)
    ? Math.min(Number(Memory), MEMORY.most)
    : MEMORY.usual
}
