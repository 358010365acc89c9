import { allSettled } from '../../model/index.js'
import { networks } from './docker.js'
import { compareApi, type Engine } from './engine.js'
import { EngineError } from './engine-error.js'

/** Engine 26.0: from then on an internal network gives its containers no default route. */
const WITHOUT_ROUTE = '1.45'
/** Podman's text for the gateway that an internal network of CNI lacks: it gives no default route anyway. */
const NO_GATEWAY = '<nil>'
const ATTEMPTS = 5

/**
 * Creates a network whose containers reach each other and its gateway, and nothing else; returns its id. An internal
 * network drops forwarded packets. Engines before 26.0 still give its containers a default route to the host, which
 * answers on all its addresses, so services listening on the gateway of another network could be reached. There the
 * default route is set to an unused address (libnetwork's bridge driver, `DefaultGatewayIPv4`). That requires a
 * range, which only the engine can choose without taking one of the host's: it is asked for one, which is then passed
 * back.
 */
export async function createClosedNetwork(
  engine: Engine,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<string> {
  return (await createOnClosedNetwork(engine, name, labels, async () => null)).network
}

/**
 * Creates such a network, and a container on it. Docker looks up a container's network when it starts: where the
 * network is made twice, the container is created meanwhile.
 * @param create gets the network's id, or its name while there is no id yet
 */
export async function createOnClosedNetwork<T>(
  engine: Engine,
  name: string,
  labels: Readonly<Record<string, string>>,
  create: (network: string) => Promise<T>,
): Promise<{ readonly network: string; readonly created: T }> {
  const body = { Internal: true, Labels: labels }
  const { Id: id } = await networks.create(engine, name, body)
  const range = await rangeWithoutRoute(engine, id)
  if (range === null) {
    return { network: id, created: await create(id) }
  }
  const replacing = replaceNetwork(engine, { id, range }, name, body)
  // Podman removes no network that a container is to join.
  const creating = engine.podman === undefined ? create(name) : replacing.then(create)
  const [network, created] = await allSettled([replacing, creating])
  return { network, created }
}

/** Someone else may take the range between our two calls. */
async function replaceNetwork(
  engine: Engine,
  first: { readonly id: string; readonly range: object },
  name: string,
  body: object,
): Promise<string> {
  let { id, range }: { id: string; range: object | null } = first
  for (let attempt = 1; range !== null; attempt++) {
    await networks.remove(engine, id)
    try {
      return (await networks.create(engine, name, { ...body, IPAM: { Config: [range] } })).Id
    } catch (error) {
      if (!(error instanceof EngineError) || attempt === ATTEMPTS) {
        throw error
      }
    }
    id = (await networks.create(engine, name, body)).Id
    range = await rangeWithoutRoute(engine, id)
  }
  return id
}

/** The network's range with an unused address for the default route; `null` if none is needed. */
async function rangeWithoutRoute(engine: Engine, id: string): Promise<object | null> {
  if (compareApi(engine.apiVersion, WITHOUT_ROUTE) >= 0) {
    return null
  }
  const { IPAM } = await networks.inspect(engine, id)
  const range = IPAM?.Config?.find(({ Subnet }) => Subnet?.includes('.'))
  const unusedAddress = lastAddress(range?.Subnet ?? '')
  return unusedAddress === null || range?.Gateway === NO_GATEWAY
    ? null
    : { ...range, AuxiliaryAddresses: { DefaultGatewayIPv4: unusedAddress } }
}

/** The last address of an IPv4 range that a host may have; `null` if there is none to spare. */
export function lastAddress(subnet: string): string | null {
  const [, address = '', length] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(subnet) ?? []
  const bits = Number(length)
  const parts = address.split('.').map(Number)
  if (address === '' || !(bits >= 8 && bits <= 28) || parts.some((part) => part > 255)) {
    return null
  }
  const first = parts.reduce((sum, part) => sum * 256 + part, 0)
  const size = 2 ** (32 - bits)
  const last = first - (first % size) + size - 2
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.')
}
