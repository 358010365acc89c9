import type { Engine } from '../io/engine/engine.js'
import { RUN, removeRun, sweepLeftovers } from '../io/engine/leftovers.js'
import { removeTemporary } from '../io/files/temporary.js'
import { problemOf } from '../model/index.js'

/** Limit for all of it, in ms: a silent engine must not keep the run from ending. */
const LIMIT = 60_000

/**
 * Removes what a run created, and leftovers of killed runs. Never throws; warns about anything that may
 * remain.
 */
export async function cleanUp(
  {
    runId,
    warn,
    composes,
  }: {
    readonly runId: string
    readonly warn: (text: string) => void
    /** Whether Docker Compose may have made some of it. */
    readonly composes: boolean
  },
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
    const why = limit.aborted
      ? `not finished within ${limitMs / 1000} s`
      : problemOf(error, connected.host).what
    warn(
      `could not remove everything with the label ${RUN}=${runId} on ${connected.host}: ${why}; the next run will try again`,
    )
  }
}
