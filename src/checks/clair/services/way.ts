import type { Dial } from '../../../io/http/plain-http.js'
import { joinNetwork } from './network.js'
import { startRelay } from './relay/relay.js'
import { type FeedServer, relayedFeedServer, type Served, startFeedServer } from './server.js'
import type { Backend, ServiceOptions } from './services.js'

/** How the gate and the services reach each other. */
export interface Way {
  /** Where Clair fetches what it needs. */
  readonly server: FeedServer
  /** How the services are reached; `null`: by address. */
  readonly dial: Dial | null
  /** Throws if it has ended. */
  check(): Promise<void>
  close(): Promise<void>
}

/** By address, without a detour; `null` if this machine is not on the network. */
export async function directWay(
  { engine }: ServiceOptions,
  { network }: Backend,
  served: Served,
): Promise<Way | null> {
  const place = await joinNetwork(engine, network)
  if (place === null) {
    return null
  }
  const leaving = (error: unknown) => place.leave().then(() => Promise.reject(error))
  const server = await startFeedServer(place.address, 0, served).catch(leaving)
  return {
    server,
    dial: null,
    check: async () => {},
    close: () => server.close().then(place.leave),
  }
}

/** Through a container on the network, and the engine's API. */
export async function relayedWay(services: ServiceOptions, backend: Backend, served: Served): Promise<Way> {
  const relay = await startRelay(services, backend)
  const server = relayedFeedServer(relay, served)
  return {
    server,
    dial: relay.dial,
    check: relay.check,
    close: () => server.close().then(relay.close),
  }
}
