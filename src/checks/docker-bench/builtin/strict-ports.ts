import { type Json, plural } from '../../../model/index.js'
import { flagAt, listAt, objectAt, textAt } from './json.js'
import { passed, type RuleResult, type RunSubject, resultOf } from './rule-result.js'

interface PublishedPort {
  /** Port and protocol within the container: `80/tcp`. */
  readonly port: string
  /** Address of the host that it is bound to. */
  readonly address: string
  readonly hostPort: string
}

/** Ports below this need a privilege (ip(7), ip_unprivileged_port_start). */
const FIRST_UNPRIVILEGED = 1024

/** 5.8, 5.9 and 5.14: the host ports and addresses that the container answers on. */
export function strictPorts(run: RunSubject): Readonly<Record<string, RuleResult>> {
  const ports = portsOf(run)
  const withContainerName = (values: readonly string[]) =>
    [...new Set(values)].map((value) => `${run.name}:${value}`)
  const low = withContainerName(ports.map(({ hostPort }) => hostPort).filter(isPrivileged))
  const all = withContainerName(ports.map(({ hostPort }) => hostPort))
  const published = `${plural(all.length, 'port is', 'ports are')} published.`
  const onAllAddresses = ports.filter(({ address }) => isUnspecified(address))
  const open = withContainerName(onAllAddresses.map(({ address }) => address))
  return {
    '5.8':
      low.length > 0
        ? resultOf('WARN', low, 'Privileged host ports are used.', 'all-published-ports')
        : passed('No privileged host ports are used.', 'unprivileged-1024'),
    '5.9':
      all.length > 0
        ? { ...resultOf('WARN', all, published, 'all-published-ports'), ...expectedBinding(ports) }
        : passed('No ports are published.'),
    '5.14':
      open.length > 0
        ? {
            ...resultOf('WARN', open, 'Ports are published on all host addresses.', 'unspecified-address'),
            bindings: [...new Set(onAllAddresses.map(bindingOf))],
          }
        : passed('Every published port is bound to a specific host address.'),
  }
}

/** The only binding that the built-in dictionary expects, if one port of the container is published. */
function expectedBinding(ports: readonly PublishedPort[]): Pick<RuleResult, 'bindings'> {
  const [port, ...more] = new Set(ports.map((one) => one.port))
  return port === undefined || more.length > 0
    ? {}
    : { bindings: [bindingOf({ port, address: '', hostPort: '8080' })] }
}

/** The option for a binding, `127.0.0.1:3000:80/udp`; a port that the engine chooses stays unset. */
function bindingOf({ address, hostPort, port }: PublishedPort): string {
  const local = address.replace(/^\[/, '').startsWith(':') ? '[::1]' : '127.0.0.1'
  return `${local}:${hostPort === '0' ? '' : hostPort}:${port.replace(/\/tcp$/, '')}`
}

/**
 * Ports that are published, or will be when the container starts. `0` stands for a port that the engine
 * chooses; a missing address means any address.
 */
function portsOf({ inspect, running }: RunSubject): readonly PublishedPort[] {
  const bound = running
    ? publishedPorts(inspect)
    : [...bindingsIn(objectAt(inspect, 'HostConfig', 'PortBindings')), ...exposedPorts(inspect)]
  return bound.map(({ port, address, hostPort }) => ({
    port,
    address: address === '' ? '0.0.0.0' : address,
    hostPort: hostPort === '' ? '0' : hostPort,
  }))
}

/** Ports that are published now (`NetworkSettings.Ports`): none if the container is not running. */
export function publishedPorts(inspect: Json | null): readonly PublishedPort[] {
  return bindingsIn(objectAt(inspect, 'NetworkSettings', 'Ports'))
}

/** A map of port to bindings, such as `NetworkSettings.Ports` and `HostConfig.PortBindings`. */
function bindingsIn(map: Json): readonly PublishedPort[] {
  return Object.keys(map).flatMap((port) =>
    listAt(map, port).map((binding) => ({
      port,
      address: textAt(binding, 'HostIp'),
      hostPort: textAt(binding, 'HostPort'),
    })),
  )
}

/** With `-P` every exposed port is published. */
function exposedPorts(inspect: RunSubject['inspect']): readonly PublishedPort[] {
  if (!flagAt(inspect, 'HostConfig', 'PublishAllPorts')) {
    return []
  }
  const exposed = objectAt(inspect, 'Config', 'ExposedPorts')
  const requested = new Set(Object.keys(objectAt(inspect, 'HostConfig', 'PortBindings')))
  return Object.keys(exposed).flatMap((port) =>
    requested.has(port) ? [] : [{ port, address: '', hostPort: '' }],
  )
}

/** A range such as `80-90` counts by its first port. */
function isPrivileged(hostPort: string): boolean {
  const first = Number.parseInt(hostPort, 10)
  return first > 0 && first < FIRST_UNPRIVILEGED
}

/** `0.0.0.0`, `::`, and their other spellings (RFC 4291, 2.5.2; mapped addresses, 2.5.5.2). */
export function isUnspecified(address: string): boolean {
  return /^\[?(::ffff:)?[0:.]+\]?$/i.test(address)
}
