import { randomBytes } from 'node:crypto'
import { hasEnded, ownerOf } from '../process/owner.js'
import { containers, type Labelled, networks } from './docker.js'
import type { Engine } from './engine.js'

/** Label of all that a run makes; its value is the run's id. */
export const RUN = 'dev.seaworthy.run'
const OWNER = 'dev.seaworthy.owner'
const DEADLINE = 'dev.seaworthy.deadline'

/** A name for a run, by which all that it makes is found again: 12 hex digits. */
export function newRunId(): string {
  return randomBytes(6).toString('hex')
}

/**
 * Labels for everything that a run makes in the engine.
 * @param deadline Unix time in seconds after which the run can't be alive any more.
 */
export function labelsOf(runId: string, deadline: number): Record<string, string> {
  return { [RUN]: runId, [OWNER]: ownerOf(process.pid) ?? 'unknown', [DEADLINE]: String(deadline) }
}

/** Removes the containers (with their volumes) and networks of one run. Safe to call twice. */
export async function removeRun(engine: Engine, runId: string): Promise<void> {
  await removeAll(engine, await containers.list(engine, `${RUN}=${runId}`), () =>
    networks.list(engine, `${RUN}=${runId}`),
  )
}

/** Removes what runs that were killed have left: their process is gone, or their deadline has passed. */
export async function sweepLeftovers(engine: Engine, now: number = Date.now()): Promise<void> {
  const dead = (labels: Labelled) => isDead(labels.Labels, now)
  await removeAll(engine, (await containers.list(engine, RUN)).filter(dead), async () =>
    (await networks.list(engine, RUN)).filter(dead),
  )
}

async function removeAll(
  engine: Engine,
  found: readonly Labelled[],
  nets: () => Promise<readonly Labelled[]>,
): Promise<void> {
  await Promise.all(found.map(({ Id }) => containers.remove(engine, Id)))
  await Promise.all((await nets()).map((net) => removeNetwork(engine, net.Id)))
}

/** A job's own container may still be on the network (`container:` jobs), which would keep it. */
async function removeNetwork(engine: Engine, id: string): Promise<void> {
  const state = await networks.inspect(engine, id).catch(() => null)
  for (const member of Object.keys(state?.Containers ?? {})) {
    await networks.disconnect(engine, id, member)
  }
  await networks.remove(engine, id)
}

function isDead(labels: Readonly<Record<string, string>>, now: number): boolean {
  if (Number(labels[DEADLINE]) * 1000 < now) {
    return true
  }
  return hasEnded(labels[OWNER] ?? '')
}
