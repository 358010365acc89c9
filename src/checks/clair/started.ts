import type { Dial } from '../../io/http/plain-http.js'
import { messageOf, SeaworthyError } from '../../model/index.js'
import { type ClairApi, untilReady } from './api/api.js'
import type { CollectOptions } from './documents.js'
import { joinNetwork } from './services/network.js'
import { UnreachableError } from './services/postgres.js'
import { startRelay } from './services/relay/relay.js'
import { type FeedServer, relayedFeedServer, type ServedData, startFeedServer } from './services/server.js'
import { allSettled, type ServiceOptions } from './services/service-images.js'
import {
  assertRunning,
  type Backend,
  createClair,
  removeClair,
  startClair,
  untilDatabaseReady,
} from './services/services.js'

/** A Clair that Seaworthy started, and that has already sent a request to Seaworthy's server. */
export interface StartedClair {
  readonly api: ClairApi
  readonly server: FeedServer
  /** Throws if Clair, or the relay to it, has ended. */
  assertRunning(): Promise<void>
  close(): Promise<void>
}

type Options = Pick<CollectOptions, 'signal' | 'timeoutMs' | 'lookup' | 'progress'> & {
  /** Rejects if waiting has become pointless. */
  readonly failure: Promise<never>
}

/** Clair's first request comes within a second of its start; after this long, in ms, something must be blocking it. */
const PROBE_MS = 5000
/** Through the relay: a remote engine takes longer, and there is no other route to try. */
const RELAYED_PROBE_MS = 20_000

/**
 * Starts Clair, and finds out how it and this process reach each other: by address; if this machine is not on their
 * network, or something drops what they send, through a relay (docs/decisions/0098-relay.md).
 */
export async function startReachableClair(
  services: ServiceOptions,
  backend: Backend,
  served: ServedData,
  options: Options,
): Promise<StartedClair> {
  const direct = await directRoute(services, backend, served)
  const first = direct && (await startOverRoute(services, backend, direct, options).catch(nullIfUnreachable))
  if (first) {
    return first
  }
  options.progress('starting a relay: this machine and Clair cannot reach each other directly')
  if (direct !== null) {
    await removeClair(services)
  }
  return startOverRoute(services, backend, await relayedRoute(services, backend, served), options)
}

function nullIfUnreachable(error: unknown): null {
  if (error instanceof UnreachableError) {
    return null
  }
  throw error
}

async function startOverRoute(
  services: ServiceOptions,
  backend: Backend,
  route: Route,
  { signal, timeoutMs, lookup, failure }: Options,
): Promise<StartedClair> {
  const orFailure = <T>(work: Promise<T>) => Promise.race([work, failure])
  const { engine } = services
  const { server, dial } = route
  try {
    const [id] = await allSettled([
      createClair(services, backend, server.url, lookup !== null),
      untilDatabaseReady(services, backend, timeoutMs, route),
    ])
    const clair = await startClair(services, id)
    server.allow(clair.address)
    const api = { url: clair.url, psk: null, signal, ...(dial && { dial }) }
    const alive = async () => {
      await route.check()
      await assertRunning(engine, clair.id, 'Clair')
    }
    await orFailure(untilReady(api, timeoutMs, alive))
    await orFailure(
      dial
        ? waitUntilReachable(server, RELAYED_PROBE_MS)
        : waitUntilReachable(server, PROBE_MS).catch(throwUnreachable),
    )
    return { api, server, assertRunning: alive, close: route.close }
  } catch (error) {
    await route.close()
    throw error
  }
}

const throwUnreachable = (error: unknown): never => {
  throw new UnreachableError(messageOf(error))
}

/** The probe: either Clair is up and has asked us for the list of releases, or something blocks it. */
async function waitUntilReachable(server: FeedServer, limitMs: number): Promise<void> {
  const timer = Promise.withResolvers<'late'>()
  const timeout = setTimeout(() => timer.resolve('late'), limitMs)
  const first = await Promise.race([server.firstRequest, timer.promise])
  clearTimeout(timeout)
  if (first !== 'late') {
    return
  }
  const what = `Clair is running but did not reach the feed server within ${limitMs / 1000} s: something, such as a firewall, is blocking the connection`
  throw new SeaworthyError({ code: 'clair-cannot-reach-us', what, where: new URL(server.url).host })
}

/** How the gate and the services reach each other. */
interface Route {
  /** Where Clair fetches what it needs. */
  readonly server: FeedServer
  /** How the services are reached; `null`: by address. */
  readonly dial: Dial | null
  /** Throws if the route no longer works. */
  check(): Promise<void>
  close(): Promise<void>
}

/** The route by address, without a relay; `null` if this machine is not on the network. */
async function directRoute(
  { engine }: ServiceOptions,
  { network }: Backend,
  served: ServedData,
): Promise<Route | null> {
  const place = await joinNetwork(engine, network)
  if (place === null) {
    return null
  }
  const leaveNetwork = (error: unknown) => place.leave().then(() => Promise.reject(error))
  const server = await startFeedServer(place.address, 0, served).catch(leaveNetwork)
  return {
    server,
    dial: null,
    check: async () => {},
    close: () => server.close().then(place.leave),
  }
}

/** The route through a container on the network and the engine's API. */
async function relayedRoute(services: ServiceOptions, backend: Backend, served: ServedData): Promise<Route> {
  const relay = await startRelay(services, backend)
  const server = relayedFeedServer(relay, served)
  return {
    server,
    dial: relay.dial,
    check: relay.assertRunning,
    close: () => server.close().then(relay.close),
  }
}
