import { badOptions } from './spec.js'

/** Values of `docker run` options, in the form of the Engine API. Errors name the option. */

/** Bytes: `64m`, `1.5g`, `2048`. */
export function bytes(text: string, option: string): number {
  const form = /^\s*(\d+(?:\.\d+)?) ?([bkmgt]?)(?:i?b)?\s*$/i
  const [, number, unit] = partsOf(text, form, 'a valid size', option)
  return Math.floor(Number(number) * 1024 ** 'bkmgt'.indexOf((unit || 'b').toLowerCase()))
}

export function integer(text: string, option: string): number {
  return Number(partsOf(text, /^-?\d{1,15}$/, 'a whole number', option)[0])
}

/** CPUs, as NanoCpus. */
export function nanoCpus(text: string, option: string): number {
  const [number] = partsOf(text, /^\d+(?:\.\d+)?$/, 'a valid number of CPUs', option)
  return Math.round(Number(number) * 1e9)
}

/** A duration of Go (`1m30s`, `500ms`) in nanoseconds. */
export function nanoseconds(text: string, option: string): number {
  const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 }
  partsOf(text, /^(?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+$/, 'a valid duration', option)
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)]
  return parts.reduce((sum, [, value, unit]) => sum + Number(value) * (units[unit ?? ''] ?? 0), 0)
}

export function flag(text: string, option: string): boolean {
  if (text !== 'true' && text !== 'false') {
    throw badOptions(`${inQuotes(text)} is neither "true" nor "false"`, option)
  }
  return text === 'true'
}

/** `name=soft[:hard]`. */
export function ulimit(text: string, option: string) {
  const form = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/
  const [, name, soft, hard = soft] = partsOf(text, form, 'a valid ulimit (name=soft:hard)', option)
  return { Name: name, Soft: Number(soft), Hard: Number(hard) }
}

/** `no`, `always`, `unless-stopped`, `on-failure[:times]`. */
export function restart(text: string, option: string) {
  const form = /^(no|always|unless-stopped|on-failure)(?::(\d+))?$/
  const [, name, times = 0] = partsOf(text, form, 'a valid restart policy', option)
  return { Name: name, MaximumRetryCount: Number(times) }
}

/** `host[:container[:permissions]]`. */
export function device(text: string) {
  const [host = '', inside, permissions] = text.split(':')
  return { PathOnHost: host, PathInContainer: inside ?? host, CgroupPermissions: permissions ?? 'rwm' }
}

export interface Port {
  /** `80/tcp` */
  readonly key: string
  readonly HostIp: string
  readonly HostPort: string
}

/** `[address:][host:]container[/protocol]`, with ranges; an IPv6 address is in brackets. */
export function ports(text: string, option: string): Port[] {
  const form = /^(?:(\[[^\]]*\]|[^:[\]]*):)??(?:([\d-]*):)?(\d+(?:-\d+)?)(?:\/(tcp|udp|sctp))?$/
  const [, address = '', host = '', inside = '', protocol = 'tcp'] = partsOf(
    text,
    form,
    'a valid port',
    option,
  )
  const range = (part: string): number[] => {
    const [from = 0, to = from] = part.split('-').map(Number)
    if (to < from || to > 65535 || to - from > 1000) {
      throw badOptions(`${inQuotes(text)} is not a valid port or port range`, option)
    }
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  }
  const [containerPorts, hostPorts] = [range(inside), host === '' ? [] : range(host)]
  const HostIp = address.replace(/^\[|\]$/g, '')
  // One port inside may have a range outside, from which the engine picks a free one.
  if (containerPorts.length === 1 && hostPorts.length > 1) {
    return [{ key: `${inside}/${protocol}`, HostIp, HostPort: host }]
  }
  if (hostPorts.length > 0 && hostPorts.length !== containerPorts.length) {
    throw badOptions(`${inQuotes(text)} maps port ranges of different lengths`, option)
  }
  return containerPorts.map((port, index) => ({
    key: `${port}/${protocol}`,
    HostIp,
    HostPort: hostPorts[index] === undefined ? '' : String(hostPorts[index]),
  }))
}

/** How a mount is changed: a bind is kept; a volume becomes an anonymous one, removed with its container. */
export interface MountPart {
  readonly binds: readonly string[]
  readonly volumes: readonly string[]
  readonly tmpfs: Readonly<Record<string, string>>
}

const NONE: MountPart = { binds: [], volumes: [], tmpfs: {} }

/** `-v [source:]target[:options]`. */
export function volume(text: string, option: string): MountPart {
  const [first = '', second, options] = text.split(':')
  if (second === undefined) {
    return { ...NONE, volumes: [absolute(first, option)] }
  }
  absolute(second, option)
  if (first.startsWith('/') || first.startsWith('.') || first.startsWith('~')) {
    return {
      ...NONE,
      binds: [options === undefined ? `${first}:${second}` : `${first}:${second}:${options}`],
    }
  }
  return { ...NONE, volumes: [second] }
}

/** `--mount type=bind,source=…,target=…,readonly`. */
export function mount(text: string, option: string): MountPart {
  const fields = new Map<string, string>()
  const driver: string[] = []
  for (const part of text.split(',')) {
    const at = part.indexOf('=')
    if (part.startsWith('volume-opt=')) {
      driver.push(part.slice(at + 1))
    }
    fields.set(at === -1 ? part : part.slice(0, at), at === -1 ? 'true' : part.slice(at + 1))
  }
  const get = (...names: string[]) => names.map((name) => fields.get(name)).find((one) => one !== undefined)
  const target = absolute(get('target', 'dst', 'destination') ?? '', option)
  const source = get('source', 'src') ?? ''
  const type = get('type') ?? 'volume'
  if (type === 'volume') {
    // o=bind, or a device: such a volume is a host directory under another name.
    const device = driver.find((one) => one.startsWith('device='))?.slice('device='.length)
    const isBind = driver.some((one) => /^o=(.*,)?r?bind(,|$)/.test(one))
    if (isBind && !device?.startsWith('/')) {
      throw badOptions('volume-opt=o=bind needs device=/a/path', option)
    }
    if (!device?.startsWith('/')) {
      return { ...NONE, volumes: [target] }
    }
    return { ...NONE, binds: [`${device}:${target}${isReadOnly(get) ? ':ro' : ''}`] }
  }
  if (type === 'tmpfs') {
    return { ...NONE, tmpfs: { [target]: '' } }
  }
  if (type !== 'bind') {
    throw badOptions(`${inQuotes(type)} is not a known mount type`, option)
  }
  const options = [
    ...(isReadOnly(get) ? ['ro'] : []),
    ...(get('bind-propagation') === undefined ? [] : [String(get('bind-propagation'))]),
  ]
  return {
    ...NONE,
    binds: [
      [
        /^[.~]/.test(source) ? source : absolute(source, option),
        target,
        ...(options.length > 0 ? [options.join(',')] : []),
      ].join(':'),
    ],
  }
}

function isReadOnly(get: (...names: string[]) => string | undefined): boolean {
  return ['true', '1'].includes(get('readonly', 'ro', 'read_only') ?? '')
}

function absolute(path: string, option: string): string {
  if (!path.startsWith('/')) {
    throw badOptions(`${inQuotes(path)} is not an absolute path`, option)
  }
  return path
}

/** What a form has found in the text; an error if the text does not have it. @param what completes "is not" */
function partsOf(text: string, form: RegExp, what: string, option: string): RegExpExecArray {
  const parts = form.exec(text)
  if (parts === null) {
    throw badOptions(`${inQuotes(text)} is not ${what}`, option)
  }
  return parts
}

export function inQuotes(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
