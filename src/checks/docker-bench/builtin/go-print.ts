import { flagAt, isRecord, type Json, listAt, textAt } from './json.js'

/**
 * Text as the docker command prints it with a Go template (fmt, verb %v): this is what Docker Bench searches.
 */

/** A list of strings: `[a b]`. */
export function printTexts(texts: readonly string[]): string {
  return `[${texts.join(' ')}]`
}

/** `.Mounts`: each a struct of Type, Name, Source, Destination, Driver, Mode, RW and Propagation, unnamed. */
export function printMounts(inspect: Json | null): string {
  const mounts = listAt(inspect, 'Mounts').map((mount) => {
    const texts = ['Type', 'Name', 'Source', 'Destination', 'Driver', 'Mode'].map((key) => textAt(mount, key))
    return `{${[...texts, String(flagAt(mount, 'RW')), textAt(mount, 'Propagation')].join(' ')}}`
  })
  return `[${mounts.join(' ')}]`
}

/** The lines of `docker port`: `80/tcp -> 0.0.0.0:8080`, an IPv6 address in brackets. */
export function printPorts(inspect: Json | null): readonly string[] {
  return publishedPorts(inspect).map(({ port, address, hostPort }) => {
    const host = address.includes(':') ? `[${address}]` : address
    return `${port} -> ${host}:${hostPort}`
  })
}

/** A port of the container that the engine has published. */
export interface PublishedPort {
  /** Port and protocol within the container: `80/tcp`. */
  readonly port: string
  /** Address of the host that it is bound to. */
  readonly address: string
  readonly hostPort: string
}

/** Ports that are published now (`NetworkSettings.Ports`): none if the container is not running. */
export function publishedPorts(inspect: Json | null): readonly PublishedPort[] {
  const settings = inspect?.NetworkSettings
  return bindingsIn(isRecord(settings) ? settings.Ports : undefined)
}

/** A map of port to bindings, such as `NetworkSettings.Ports` and `HostConfig.PortBindings`. */
export function bindingsIn(map: unknown): readonly PublishedPort[] {
  if (!isRecord(map)) {
    return []
  }
  return Object.keys(map).flatMap((port) =>
    listAt(map, port).map((binding) => ({
      port,
      address: textAt(binding, 'HostIp'),
      hostPort: textAt(binding, 'HostPort'),
    })),
  )
}

/** The `CREATED BY` column of `docker history` is 45 characters wide; longer text ends with an ellipsis. */
const CREATED_BY_PLACES = 45

export function printCreatedBy(text: string): string {
  const characters = [...text.replaceAll('\t', ' ')]
  if (characters.length <= CREATED_BY_PLACES) {
    return characters.join('')
  }
  return `${characters.slice(0, CREATED_BY_PLACES - 1).join('')}…`
}

/** The short form of an id: 12 digits, without the algorithm. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12)
}
