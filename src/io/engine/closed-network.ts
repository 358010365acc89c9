import { networks } from './docker.js'
import { compareApi, type Engine } from './engine.js'
import { EngineError } from './engine-error.js'

/** Engine 26.0: from then on an internal network gives its containers no default route. */
const WITHOUT_ROUTE = '1.45'
/** Podman's text for the gateway that an internal network of CNI lacks: it gives no default route anyway. */
const NO_GATEWAY = '<nil>'
/** Someone else may take the range between our two calls. */
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
  const body = { Internal: true, Labels: labels }
  for (let attempt = 1; ; attempt++) {
    const { Id: id } = await networks.create(engine, name, body)
    if (compareApi(engine.apiVersion, WITHOUT_ROUTE) >= 0) {
      return id
    }
    const { IPAM } = await networks.inspect(engine, id)
    const range = IPAM?.Config?.find(({ Subnet }) => Subnet?.includes('.'))
    const unusedAddress = lastAddress(range?.Subnet ?? '')
    if (unusedAddress === null || range?.Gateway === NO_GATEWAY) {
      return id
    }
    await networks.remove(engine, id)
    const config = { ...range, AuxiliaryAddresses: { DefaultGatewayIPv4: unusedAddress } }
    try {
      return (await networks.create(engine, name, { ...body, IPAM: { Config: [config] } })).Id
    } catch (error) {
      if (!(error instanceof EngineError) || attempt === ATTEMPTS) {
        throw error
      }
    }
  }
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
