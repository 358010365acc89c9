import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { addressOn, type ContainerState, containers, networks } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'

export interface NetworkAddress {
  /** The address to listen on, where Clair reaches us. */
  readonly address: string
  /** Disconnects this process's container from the network; does nothing if the host is the network's gateway. */
  leave(): Promise<void>
}

/**
 * Finds the address on which Clair can reach this process: on the host the network's gateway, in a container
 * of the same engine (a `container:` job) its own address after joining. `null` if this machine is not the engine's:
 * rootless, remote, in a virtual machine or in another container, or Podman.
 */
export async function joinNetwork(engine: Engine, network: string): Promise<NetworkAddress | null> {
  const jobContainer = await ownContainer(engine)
  if (jobContainer !== null && !('host' in (jobContainer.NetworkSettings?.Networks ?? {}))) {
    await networks.connect(engine, network, jobContainer.Id)
    const state = await containers.inspect(engine, jobContainer.Id)
    const address = addressOn(state, network)
    if (address !== null) {
      return {
        address,
        leave: () => networks.disconnect(engine, network, jobContainer.Id).then(() => {}),
      }
    }
  }
  if (!hasBridge(network)) {
    return null
  }
  const { IPAM } = await networks.inspect(engine, network)
  const gateway = IPAM?.Config?.map(({ Gateway }) => Gateway).find((it) => it && !it.includes(':'))
  return gateway ? { address: gateway, leave: async () => {} } : null
}

/**
 * True if the network's bridge is an interface of this machine: Docker names it by the network's id. The address alone
 * proves nothing, since another engine's networks have the same. Unlike /sys, /proc is of the process's own network.
 */
function hasBridge(network: string): boolean {
  return readText('/proc/net/dev').includes(`br-${network.slice(0, 12)}:`)
}

/** The container that this process runs in, if it is one of this engine's. */
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
 * Ids that this process may have as a container. /proc/self/cgroup does not show it under cgroup v2; the
 * mounts that every engine makes for /etc/hosts and similar files name the id in all versions.
 */
function candidateIds(): string[] {
  const mounted = containerIn(readText('/proc/self/mountinfo'))
  const containerHostname = /^[0-9a-f]{12}$/.test(hostname()) ? hostname() : undefined
  return [mounted, containerHostname].filter((id) => id !== undefined)
}

/**
 * The id in a table of mounts (proc_pid_mountinfo(5)). Only mounts at /etc belong to this process: while a file is
 * copied into any container, that container's mounts are visible on the host, below the folder of its layers.
 */
export function containerIn(mounts: string): string | undefined {
  return /\/containers\/([0-9a-f]{64})\/(?:hostname|hosts|resolv\.conf) \/etc\//.exec(mounts)?.[1]
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
