import { badOptions, type RunSpec } from './spec.js'
import { splitArguments } from './split-arguments.js'
import * as value from './values.js'

/** Collects the values of options, which are interpreted once all are known. */
type DraftSpec = Readonly<Record<'config' | 'host' | 'health', Record<string, unknown>>>

type Apply = (draft: DraftSpec, text: string, option: string) => void

const set =
  (key: string, read: (text: string, option: string) => unknown = String): Apply =>
  ({ host }, text, option) => {
    host[key] = read(text, option)
  }
const setConfig =
  (key: string, read: (text: string) => unknown = String): Apply =>
  ({ config }, text) => {
    config[key] = read(text)
  }
const add =
  (key: string, read: (text: string, option: string) => unknown = String): Apply =>
  ({ host }, text, option) => {
    push(host, key, read(text, option))
  }
const pair =
  (part: 'config' | 'host', key: string): Apply =>
  (draft, text) => {
    const [name = '', ...rest] = text.split('=')
    draft[part][key] = { ...(draft[part][key] as object | undefined), [name]: rest.join('=') }
  }
const health =
  (key: string, read: (text: string, option: string) => unknown): Apply =>
  (draft, text, option) => {
    draft.health[key] = read(text, option)
  }
const mounted =
  (read: (text: string, option: string) => value.MountPart): Apply =>
  ({ config, host }, text, option) => {
    const { binds, volumes, tmpfs } = read(text, option)
    for (const bind of binds) {
      push(host, 'Binds', bind)
    }
    for (const path of volumes) {
      config.Volumes = { ...(config.Volumes as object | undefined), [path]: {} }
    }
    if (Object.keys(tmpfs).length > 0) {
      host.Tmpfs = { ...(host.Tmpfs as object | undefined), ...tmpfs }
    }
  }
const ignore: Apply = () => undefined

const VALUED: Readonly<Record<string, Apply>> = {
  '--add-host': add('ExtraHosts'),
  '--cap-add': add('CapAdd'),
  '--cap-drop': add('CapDrop'),
  '--cgroup-parent': set('CgroupParent'),
  '--cgroupns': set('CgroupnsMode'),
  '--cpu-period': set('CpuPeriod', value.integer),
  '--cpu-quota': set('CpuQuota', value.integer),
  '--cpu-shares': set('CpuShares', value.integer),
  '--cpus': set('NanoCpus', value.nanoCpus),
  '--cpuset-cpus': set('CpusetCpus'),
  '--cpuset-mems': set('CpusetMems'),
  '--device': add('Devices', value.device),
  '--device-cgroup-rule': add('DeviceCgroupRules'),
  '--dns': add('Dns'),
  '--dns-option': add('DnsOptions'),
  '--dns-search': add('DnsSearch'),
  '--entrypoint': setConfig('Entrypoint', (text) => (text === '' ? [''] : [text])),
  '--env': ({ config }, text) => push(config, 'Env', text.includes('=') ? text : `${text}=`),
  '--expose': ({ config }, text) => {
    const key = text.includes('/') ? text : `${text}/tcp`
    config.ExposedPorts = { ...(config.ExposedPorts as object | undefined), [key]: {} }
  },
  '--gpus': add('DeviceRequests', () => ({ Count: -1, Capabilities: [['gpu']] })),
  '--group-add': add('GroupAdd'),
  '--health-cmd': health('Test', (text) => ['CMD-SHELL', text]),
  '--health-interval': health('Interval', value.nanoseconds),
  '--health-retries': health('Retries', value.integer),
  '--health-start-period': health('StartPeriod', value.nanoseconds),
  '--health-timeout': health('Timeout', value.nanoseconds),
  '--hostname': setConfig('Hostname'),
  '--ipc': set('IpcMode'),
  '--label': pair('config', 'Labels'),
  '--log-driver': ignore,
  '--log-opt': ignore,
  '--memory': set('Memory', value.bytes),
  '--memory-reservation': set('MemoryReservation', value.bytes),
  '--memory-swap': set('MemorySwap', (text, option) => (text === '-1' ? -1 : value.bytes(text, option))),
  '--memory-swappiness': set('MemorySwappiness', value.integer),
  '--mount': mounted(value.mount),
  '--network': set('NetworkMode'),
  '--oom-score-adj': set('OomScoreAdj', value.integer),
  '--pid': set('PidMode'),
  '--pids-limit': set('PidsLimit', value.integer),
  '--publish': ({ config, host }, text, option) => {
    const bindings = { ...(host.PortBindings as Record<string, object[]> | undefined) }
    for (const { key, ...binding } of value.ports(text, option)) {
      bindings[key] = [...(bindings[key] ?? []), binding]
      config.ExposedPorts = { ...(config.ExposedPorts as object | undefined), [key]: {} }
    }
    host.PortBindings = bindings
  },
  '--restart': set('RestartPolicy', value.restart),
  '--runtime': set('Runtime'),
  '--security-opt': add('SecurityOpt'),
  '--shm-size': set('ShmSize', value.bytes),
  '--stop-signal': setConfig('StopSignal'),
  '--stop-timeout': setConfig('StopTimeout', Number),
  '--sysctl': pair('host', 'Sysctls'),
  '--tmpfs': ({ host }, text) => {
    const [path = '', ...options] = text.split(':')
    host.Tmpfs = { ...(host.Tmpfs as object | undefined), [path]: options.join(':') }
  },
  '--ulimit': add('Ulimits', value.ulimit),
  '--user': setConfig('User'),
  '--userns': set('UsernsMode'),
  '--uts': set('UTSMode'),
  '--volume': mounted(value.volume),
  '--workdir': setConfig('WorkingDir'),
  // About the name, the terminal or the network of the real container, which nothing here judges.
  ...Object.fromEntries(
    (
      '--annotation --attach --cidfile --detach-keys --domainname --health-start-interval --ip --ip6 --link ' +
      '--mac-address --name --network-alias --platform --pull'
    )
      .split(' ')
      .map((name) => [name, ignore]),
  ),
}

/** Options that are true by being there, and take a value only after `=`. */
const SWITCHES: Readonly<Record<string, Apply>> = {
  '--detach': ignore,
  '--init': set('Init', value.flag),
  '--interactive': ignore,
  '--no-healthcheck': health('Test', () => ['NONE']),
  '--oom-kill-disable': set('OomKillDisable', value.flag),
  '--privileged': set('Privileged', value.flag),
  '--publish-all': set('PublishAllPorts', value.flag),
  '--quiet': ignore,
  '--read-only': set('ReadonlyRootfs', value.flag),
  '--rm': ignore,
  '--sig-proxy': ignore,
  '--tty': ignore,
}

const SHORT_OPTIONS: Readonly<Record<string, string>> = {
  a: '--attach',
  q: '--quiet',
  c: '--cpu-shares',
  d: '--detach',
  e: '--env',
  h: '--hostname',
  i: '--interactive',
  l: '--label',
  m: '--memory',
  p: '--publish',
  P: '--publish-all',
  t: '--tty',
  u: '--user',
  v: '--volume',
  w: '--workdir',
}

/** Old names that still work. */
const ALIASES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  '--net': '--network',
  '--net-alias': '--network-alias',
  '--dns-opt': '--dns-option',
})

/** Reads the options of a `docker run` line; anything else is an error. Throws `bad-run-options`. */
export function readRunOptions(line: string): RunSpec {
  return specOf(splitArguments(line))
}

/** Like `readRunOptions`, for words that are already split. */
export function specOf(args: readonly string[]): RunSpec {
  const draft: DraftSpec = { config: {}, host: {}, health: {} }
  const rest = expand(args)
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('--')) {
      throw badOptions(`${value.inQuotes(arg)} is not an option`, 'run-options')
    }
    const cut = arg.indexOf('=')
    const written = cut === -1 ? arg : arg.slice(0, cut)
    const name = ALIASES[written] ?? written
    const inlineValue = cut === -1 ? undefined : arg.slice(cut + 1)
    const flag = Object.hasOwn(SWITCHES, name) ? SWITCHES[name] : undefined
    const valued = Object.hasOwn(VALUED, name) ? VALUED[name] : undefined
    if (flag) {
      flag(draft, inlineValue ?? 'true', name)
    } else if (valued) {
      const text = inlineValue ?? rest.shift()
      if (text === undefined) {
        throw badOptions('a value is missing', name)
      }
      valued(draft, text, name)
    } else {
      throw badOptions(`${value.inQuotes(written)} is not a known option`, 'run-options')
    }
  }
  const { config, host } = draft
  return {
    config: Object.keys(draft.health).length > 0 ? { ...config, Healthcheck: draft.health } : config,
    hostConfig: host,
  }
}

/** Short options to long ones: `-it`, `-p 80:80`, `-p80:80`, `-u=1`. */
function expand(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (!/^-[A-Za-z]/.test(arg) || isValue(args, index)) {
      return [arg]
    }
    for (let at = 1; at < arg.length; at++) {
      const long = SHORT_OPTIONS[arg.charAt(at)]
      if (long === undefined) {
        throw badOptions(`${value.inQuotes(arg)} is not a known option`, 'run-options')
      }
      if (Object.hasOwn(SWITCHES, long)) {
        continue
      }
      const flags = [...arg.slice(1, at)].map((char) => SHORT_OPTIONS[char] ?? '')
      const attached = arg.slice(at + 1).replace(/^=/, '')
      return [...flags, ...(at + 1 < arg.length ? [`${long}=${attached}`] : [long])]
    }
    return [...arg.slice(1)].map((char) => SHORT_OPTIONS[char] ?? '')
  })
}

/** True if the previous word is an option that waits for its value, such as `--health-cmd -x`. */
function isValue(args: readonly string[], index: number): boolean {
  const before = args[index - 1] ?? ''
  if (before.includes('=')) {
    return false
  }
  if (before.startsWith('--')) {
    return Object.hasOwn(VALUED, before)
  }
  const last = SHORT_OPTIONS[before.slice(-1)]
  return /^-[A-Za-z]+$/.test(before) && last !== undefined && Object.hasOwn(VALUED, last)
}

function push(part: Record<string, unknown>, key: string, item: unknown): void {
  part[key] = [...((part[key] as unknown[] | undefined) ?? []), item]
}
