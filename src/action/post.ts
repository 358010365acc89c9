import * as core from '@actions/core'
import { connectEngine } from '../io/engine/engine.js'
import { removeRun } from '../io/engine/leftovers.js'
import { removeTrialsOf } from '../io/engine/trials.js'
import { removeTemporary } from '../io/files/temporary.js'

/** Removes what a killed main step could not remove itself. Never fails the job. */
async function main(): Promise<void> {
  const runId = core.getState('run-id')
  if (!/^[0-9a-f]{12}$/.test(runId)) {
    return
  }
  removeTemporary(runId)
  const engine = await connectEngine().catch(() => null)
  if (engine) {
    await removeTrialsOf(engine, runId)
    await removeRun(engine, runId)
  }
  core.info('cleaned up: nothing from this run is left over')
}

await main().catch((error: unknown) => core.warning(`could not clean up: ${String(error)}`))
