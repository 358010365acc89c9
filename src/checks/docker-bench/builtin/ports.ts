import { isRecord, type Json, listAt, memberAt, textAt } from './json.js'

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
  return bindingsIn(memberAt(inspect, 'NetworkSettings', 'Ports'))
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
