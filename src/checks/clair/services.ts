import { randomBytes } from 'node:crypto'
import { containers, EngineError, images, networks } from '../../io/engine/docker.js'
import { compareApi, type Engine } from '../../io/engine/engine.js'
import { pullImage } from '../../io/engine/pull.js'
import { tarOf } from '../../io/files/tar.js'
import { SeaworthyError } from '../../model/problem.js'
import {
  CLAIR_PORT,
  CONFIG_FOLDER,
  clairConfig,
  clairFiles,
  POSTGRES_COMMAND,
  POSTGRES_PORT,
} from './config.js'
import { joinNetwork, type OwnPlace } from './own-place.js'
import { postgresReady } from './postgres.js'
import { withoutSecrets } from './server.js'

export interface ServiceOptions {
  readonly engine: Engine
  readonly runId: string
  readonly labels: Readonly<Record<string, string>>
  readonly clairImage: string
  readonly postgresImage: string
  readonly signal: AbortSignal
}

/** A network without a way out, and a database on it that accepts logins. */
export interface Backend {
  readonly network: string
  readonly place: OwnPlace
  readonly database: { readonly id: string; readonly host: string; readonly password: string }
}

export interface ClairService {
  readonly id: string
  readonly address: string
  readonly url: string
}

/** No rights, and a resolver that is nowhere: engines before 23.0.11, 25.0.4 and 26.0 forward lookups of an
 * internal network to the host's resolver (CVE-2024-29018). Everything is reached by address. */
const GUARDS = { CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'], Dns: ['0.0.0.0'] }

/**
 * Makes the network and PostgreSQL's container, and starts it. Calls that make things are never cut off: what
 * the engine makes after we looked away would be left behind.
 */
export async function startBackend(options: ServiceOptions): Promise<Backend> {
  const { engine, runId, labels, signal } = options
  await allSettled([ensureImage(options, options.postgresImage), ensureImage(options, options.clairImage)])
  signal.throwIfAborted()
  const name = `seaworthy-${runId}`
  const network = await createClosedNetwork(engine, name, labels)
  const password = randomBytes(24).toString('hex')
  const [place, id] = await allSettled([
    joinNetwork(engine, network),
    createPostgres(options, network, password),
  ])
  signal.throwIfAborted()
  await containers.start(engine, id)
  return { network, place, database: { id, host: await addressOf(engine, id, network), password } }
}

/** Waits until PostgreSQL accepts a login. */
export async function untilDatabaseReady(
  { engine, signal }: ServiceOptions,
  { database }: Backend,
  timeoutMs: number,
): Promise<void> {
  await postgresReady(database.host, POSTGRES_PORT, {
    timeoutMs,
    signal,
    stillRunning: () => assertRunning(engine, database.id, 'PostgreSQL'),
  })
}

async function createPostgres(options: ServiceOptions, network: string, password: string): Promise<string> {
  const { engine } = options
  const { Id: id } = await containers.create(engine, `seaworthy-${options.runId}-postgres`, {
    Image: options.postgresImage,
    User: 'postgres',
    Entrypoint: POSTGRES_COMMAND,
    Cmd: [],
    Labels: options.labels,
    HostConfig: {
      ...GUARDS,
      NetworkMode: network,
      // Any user may make its own folder there: the image's `postgres` has another uid in each distribution.
      Tmpfs: { '/pg': 'rw,nosuid,nodev,noexec,mode=1777,size=1g' },
      PidsLimit: 256,
    },
  })
  const file = [
    { path: `${CONFIG_FOLDER.slice(1)}/`, text: null },
    { path: `${CONFIG_FOLDER.slice(1)}/password`, text: password },
  ]
  await containers.put(engine, id, '/', tarOf(file))
  return id
}

/** Makes Clair's container, which may be done before PostgreSQL is ready. */
export async function createClair(
  options: ServiceOptions,
  backend: Backend,
  feedUrl: string,
): Promise<string> {
  const { engine } = options
  const { Id: id } = await containers.create(engine, `seaworthy-${options.runId}-clair`, {
    Image: options.clairImage,
    User: '65534:65534',
    Env: [`CLAIR_CONF=${CONFIG_FOLDER}/config.yaml`, 'CLAIR_MODE=combo', 'TMPDIR=/tmp'],
    Labels: options.labels,
    HostConfig: {
      ...GUARDS,
      NetworkMode: backend.network,
      PidsLimit: 512,
    },
  })
  await containers.put(engine, id, '/', tarOf(clairFiles(clairConfig(feedUrl, backend.database))))
  return id
}

export async function startClair(engine: Engine, id: string, network: string): Promise<ClairService> {
  await containers.start(engine, id)
  const address = await addressOf(engine, id, network)
  return { id, address, url: `http://${address}:${CLAIR_PORT}` }
}

async function addressOf(engine: Engine, id: string, network: string): Promise<string> {
  const state = await containers.inspect(engine, id)
  const found = Object.values(state.NetworkSettings.Networks).find(({ NetworkID }) => NetworkID === network)
  if (found?.IPAddress) return found.IPAddress
  await assertRunning(engine, id, 'container')
  throw new Error(`container ${id.slice(0, 12)} has no address on its network`)
}

/** Throws `service-ended` with the last log lines if the container does not run any more. */
export async function assertRunning(engine: Engine, id: string, name: string): Promise<void> {
  const state = await containers.inspect(engine, id).catch((error: unknown) => {
    if (error instanceof EngineError && error.status === 404) return null
    throw error
  })
  if (state?.State.Running) return
  const logs = state ? await containers.logs(engine, id, 12).catch(() => '') : ''
  const end = state ? `with exit code ${state.State.ExitCode}` : 'and was removed by someone else'
  const memory = state?.State.OOMKilled ? ', killed for want of memory' : ''
  throw new SeaworthyError({
    code: 'service-ended',
    what: `${name} ended ${end}${memory}${logs ? `; it said: ${withoutSecrets(logs.trim())}` : ''}`,
    where: `container ${id.slice(0, 12)}`,
    todo: 'look at its last words; check the images given as clair-image and postgres-image',
  })
}

/** All results, or the first error once nothing is under way any more. */
export async function allSettled<T extends readonly unknown[]>(
  work: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(work)
  return (await Promise.all(work)) as unknown as T
}

async function ensureImage({ engine, signal }: ServiceOptions, reference: string): Promise<void> {
  try {
    await images.inspect(engine, reference, undefined, signal)
  } catch (error) {
    if (!(error instanceof EngineError && error.status === 404)) throw error
    await pullImage(engine, reference, null, signal)
  }
}

/** Engine 26.0: since then an internal network gives its containers no default route. */
const WITHOUT_ROUTE = '1.45'

/** Somebody else may take the range between our two calls. */
const ATTEMPTS = 5

/**
 * Makes a network whose containers reach each other and its gateway, and nothing else; answers its id.
 *
 * An internal network drops what would be forwarded. Engines before 26.0 still give its containers a default
 * route to the host, which answers on all its addresses: whatever listens on the gateway of another network
 * could be reached. There the default route leads to an address that nobody has (libnetwork's bridge driver,
 * `DefaultGatewayIPv4`). That needs the range, which only the engine can choose without taking one of the
 * host's: it is asked for one, and then given it back.
 */
export async function createClosedNetwork(
  engine: Engine,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<string> {
  const body = { Internal: true, Labels: labels }
  for (let attempt = 1; ; attempt++) {
    const { Id: id } = await networks.create(engine, name, body)
    if (compareApi(engine.apiVersion, WITHOUT_ROUTE) >= 0) return id
    const { IPAM } = await networks.inspect(engine, id)
    const range = IPAM.Config?.find(({ Subnet }) => Subnet?.includes('.'))
    const nobody = lastAddress(range?.Subnet ?? '')
    if (nobody === null) return id
    await networks.remove(engine, id)
    const config = { ...range, AuxiliaryAddresses: { DefaultGatewayIPv4: nobody } }
    try {
      return (await networks.create(engine, name, { ...body, IPAM: { Config: [config] } })).Id
    } catch (error) {
      if (!(error instanceof EngineError) || attempt === ATTEMPTS) throw error
    }
  }
}

/** The last address of an IPv4 range that a host may have; `null` where there is none to spare. */
export function lastAddress(subnet: string): string | null {
  const [, address = '', length] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(subnet) ?? []
  const bits = Number(length)
  const parts = address.split('.').map(Number)
  if (address === '' || !(bits >= 8 && bits <= 28) || parts.some((part) => part > 255)) return null
  const first = parts.reduce((sum, part) => sum * 256 + part, 0)
  const size = 2 ** (32 - bits)
  const last = first - (first % size) + size - 2
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.')
}
