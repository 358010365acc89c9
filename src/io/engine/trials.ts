import { removeImage } from './build.js'
import { call, containers, type ListedContainer, type ListedImage } from './docker.js'
import type { Engine } from './engine.js'

/** Everything that an update creates has a name in this repository, and nothing else: it is found by name. */
const TRIALS = 'seaworthy-update'

/** No run takes that long, in seconds. */
const STALE = 24 * 60 * 60

/**
 * A name for an image of a run: `seaworthy-update:1763971200-RUNID-purpose`. The time is the run's, in seconds: the
 * image's own may be years ago if it is the user's image that is tried.
 */
export function trialName(runId: string, purpose: string, now: number = Date.now()): string {
  return `${TRIALS}:${Math.floor(now / 1000)}-${runId}-${purpose}`
}

/** Whether an image's name, as the engine lists it, is a temporary name of an update, which no user chose. */
export function isTrialName(name: string): boolean {
  return TRIAL.test(name)
}

const TRIAL = new RegExp(`^${TRIALS}:(\\d{1,12})-([0-9a-f]{12})-`)

/**
 * Removes names that killed runs left, with images that have no other name; else the next run does.
 * @param now in milliseconds
 */
export async function sweepTrials(engine: Engine, now: number = Date.now()): Promise<void> {
  await removeNamed(engine, ({ made }) => made < now / 1000 - STALE)
}

/** Removes those of one killed run, whose id a later step of the action knows. */
export async function removeTrialsOf(engine: Engine, runId: string): Promise<void> {
  await removeNamed(engine, (trial) => trial.runId === runId)
}

/** Including the containers that tests left: nobody else would know whose they are. */
async function removeNamed(
  engine: Engine,
  which: (trial: { readonly made: number; readonly runId: string }) => boolean,
): Promise<void> {
  const query = { filters: JSON.stringify({ reference: [TRIALS] }) }
  const listed = await call<readonly ListedImage[]>(engine, '/images/json', { query }).catch(() => [])
  for (const name of listed.flatMap(({ RepoTags }) => RepoTags ?? [])) {
    const [, made, runId = ''] = TRIAL.exec(name) ?? []
    if (made !== undefined && which({ made: Number(made), runId })) {
      await removeTrialContainers(engine, name).catch(() => null)
      await removeImage(engine, name)
    }
  }
}

/**
 * Removes the containers that were created from an image under the name that we gave it. An interrupted test leaves
 * them running. Containers that the user created from the same image show its other name.
 */
export async function removeTrialContainers(engine: Engine, name: string): Promise<void> {
  const listed = await call<readonly ListedContainer[]>(engine, '/containers/json', { query: { all: '1' } })
  for (const { Id } of listed.filter(({ Image }) => Image === name)) {
    await containers.remove(engine, Id).catch(() => null)
  }
}
