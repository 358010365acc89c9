import { removeImage } from './build.js'
import { call } from './docker.js'
import type { Engine } from './engine.js'

/** What is made while an update lasts has names of this repository, and no other: by them all of it is removed. */
const TRIALS = 'seaworthy-update'

/** No run lasts so long, in seconds. */
const STALE = 24 * 60 * 60

/**
 * A name for an image of a run: `seaworthy-update:1763971200-RUNID-purpose`. The time is the run's, in seconds: the
 * image's own may be years ago, where it is the user's image that is tried.
 */
export function trialName(runId: string, purpose: string, now: number = Date.now()): string {
  return `${TRIALS}:${Math.floor(now / 1000)}-${runId}-${purpose}`
}

/** Whether an image's name, as the engine lists it, is one that was made while something was tried: no user chose it. */
export function isTrialName(name: string): boolean {
  return TRIAL.test(name)
}

const TRIAL = new RegExp(`^${TRIALS}:(\\d{1,12})-([0-9a-f]{12})-`)

/**
 * Removes names, with the images that have no other, which killed runs have left. What can't be removed is left to
 * the next run.
 * @param now in milliseconds
 */
export async function sweepTrials(engine: Engine, now: number = Date.now()): Promise<void> {
  await removeNamed(engine, ({ made }) => made < now / 1000 - STALE)
}

/** The same for one run, which was killed: of an action, a later step knows which. */
export async function removeTrialsOf(engine: Engine, runId: string): Promise<void> {
  await removeNamed(engine, (trial) => trial.runId === runId)
}

/** With the containers that tests have left: nobody else would know whose they are. */
async function removeNamed(
  engine: Engine,
  which: (trial: { readonly made: number; readonly runId: string }) => boolean,
): Promise<void> {
  const query = { filters: JSON.stringify({ reference: [TRIALS] }) }
  type Listed = readonly { readonly RepoTags?: readonly string[] | null }[]
  const listed = await call<Listed>(engine, '/images/json', { query }).catch((): Listed => [])
  for (const name of listed.flatMap(({ RepoTags }) => RepoTags ?? [])) {
    const [, made, runId = ''] = TRIAL.exec(name) ?? []
    if (made === undefined || !which({ made: Number(made), runId })) {
      continue
    }
    await removeTrialContainers(engine, name).catch(() => null)
    await removeImage(engine, name)
  }
}

/**
 * Removes the containers that were made from an image by this name of ours. A test that was ended leaves them: the
 * engine runs them on. Containers that the user has made from the same image have another name of it.
 */
export async function removeTrialContainers(engine: Engine, name: string): Promise<void> {
  type Listed = readonly { readonly Id: string; readonly Image: string }[]
  const listed = await call<Listed>(engine, '/containers/json', { query: { all: '1' } })
  for (const { Id } of listed.filter(({ Image }) => Image === name)) {
    await call(engine, `/containers/${Id}`, { method: 'DELETE', query: { force: '1', v: '1' } }).catch(
      () => null,
    )
  }
}
