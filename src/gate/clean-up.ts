import type { Engine } from '../io/engine/engine.js'
import { RUN, removeRun, sweepLeftovers } from '../io/engine/leftovers.js'
import { removeTemporary } from '../io/files/temporary.js'
import { problemOf } from '../model/index.js'
import type { RunContext } from './run.js'

/** Limit for all of it, in ms: a silent engine must not keep the run from ending. */
const LIMIT = 60_000

/**
 * Removes what a run created, and leftovers of killed runs. Never throws; warns about anything that may
 * remain.
 * @param composes whether Docker Compose may have made some of it
 */
export async function cleanUp(
  { runId, warn, composes }: Pick<RunContext, 'runId' | 'warn'> & { readonly composes: boolean },
  engine: Promise<Engine> | null,
  limitMs: number = LIMIT,
): Promise<void> {
  try {
    removeTemporary(runId)
  } catch (error) {
    warn(`could not remove this run's temporary folder: ${problemOf(error, 'gate').what}`)
  }
  const connected = await engine?.catch(() => null)
  if (!connected) {
    return
  }
  const limit = AbortSignal.timeout(limitMs)
  try {
    const bounded = { ...connected, signal: limit }
    await removeRun(bounded, runId, composes)
    await sweepLeftovers(bounded, composes)
  } catch (error) {
    const late = `not finished within ${limitMs / 1000} s`
    const why = limit.aborted ? late : problemOf(error, connected.host).what
    const where = `with the label ${RUN}=${runId} on ${connected.host}`
    warn(`could not remove everything ${where}: ${why}; the next run will try again`)
  }
}
