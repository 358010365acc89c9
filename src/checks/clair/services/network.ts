import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import {
  addressOn,
  type ContainerState,
  containers,
  EngineError,
  networks,
} from '../../../io/engine/docker.js'
import { compareApi, type Engine } from '../../../io/engine/engine.js'
import { SeaworthyError } from '../../../model/problem.js'

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
    if (compareApi(engine.apiVersion, WITHOUT_ROUTE) >= 0) {
      return id
    }
    const { IPAM } = await networks.inspect(engine, id)
    const range = IPAM?.Config?.find(({ Subnet }) => Subnet?.includes('.'))
    const nobody = lastAddress(range?.Subnet ?? '')
    if (nobody === null) {
      return id
    }
    await networks.remove(engine, id)
    const config = { ...range, AuxiliaryAddresses: { DefaultGatewayIPv4: nobody } }
    try {
      return (await networks.create(engine, name, { ...body, IPAM: { Config: [config] } })).Id
    } catch (error) {
      if (!(error instanceof EngineError) || attempt === ATTEMPTS) {
        throw error
      }
    }
  }
}

/** The last address of an IPv4 range that a host may have; `null` where there is none to spare. */
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

/** Where on Clair's network this process is. */
export interface OwnPlace {
  /** The address to listen on, by which Clair reaches us. */
  readonly address: string
  /** Leaves the network again; nothing to do where the host itself is the gateway. */
  leave(): Promise<void>
}

/**
 * Finds the address on which Clair can reach this process: on the host the network's gateway, in a container
 * of the same engine (a `container:` job) its own address after joining. Throws `no-gateway`.
 */
export async function joinNetwork(engine: Engine, network: string): Promise<OwnPlace> {
  const own = await ownContainer(engine)
  if (own !== null && !usesHostNetwork(own)) {
    await networks.connect(engine, network, own.Id)
    const state = await containers.inspect(engine, own.Id)
    const address = addressOn(state, network)
    if (address !== null) {
      return {
        address,
        leave: () => networks.disconnect(engine, network, own.Id).then(() => {}),
      }
    }
  }
  const { IPAM } = await networks.inspect(engine, network)
  const gateway = IPAM?.Config?.map(({ Gateway }) => Gateway).find((it) => it && !it.includes(':'))
  if (gateway) {
    return { address: gateway, leave: async () => {} }
  }
  throw new SeaworthyError({
    code: 'no-gateway',
    what: 'the network of Clair has no gateway address on this machine',
    where: engine.host,
  })
}

/** The container this process runs in, if it is one of this engine. */
async function ownContainer(engine: Engine): Promise<ContainerState | null> {
  for (const id of candidateIds()) {
    const state = await containers.inspect(engine, id).catch(() => null)
    if (state?.Id.startsWith(id) && state.State?.Running) {
      return state
    }
  }
  return null
}

/**
 * Ids this process may have as a container. /proc/self/cgroup says nothing under cgroup v2; the mounts that
 * every engine makes for /etc/hosts and its like name the id in all versions.
 */
function candidateIds(): string[] {
  const mounted = containerIn(readText('/proc/self/mountinfo'))
  const named = /^[0-9a-f]{12}$/.test(hostname()) ? hostname() : undefined
  return [mounted, named].filter((id) => id !== undefined)
}

/**
 * The id in a table of mounts (proc_pid_mountinfo(5)). Only what is mounted at /etc is of this process: while a file is
 * put into any container, its mounts are seen on the host, below the folder of its layers.
 */
export function containerIn(mounts: string): string | undefined {
  return /\/containers\/([0-9a-f]{64})\/(?:hostname|hosts|resolv\.conf) \/etc\//.exec(mounts)?.[1]
}

function usesHostNetwork(state: ContainerState): boolean {
  return 'host' in (state.NetworkSettings?.Networks ?? {})
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
