import { plural } from '../model/index.js'
import { type BuiltUpdate, installable, patch, prepareTrials, resolveByApt } from './patch.js'
import { type HalvingResult, halve } from './plan/halving.js'
import type { OmittedPackage } from './plan/outcome.js'
import type { PlannedPackage } from './plan/plan.js'
import { type RebuildOptions, rebuild, rebuildUpdated, updatedText } from './rebuild.js'
import type { TrialContext } from './workshop.js'

/** Where and how packages are updated. */
export interface BuildContext {
  readonly trial: TrialContext
  /** By a line in this Dockerfile; `null`: by apt in a layer on the image. */
  readonly dockerfile: RebuildOptions | null
}

/** Builds the image with these packages updated; what cannot be updated with the rest is left out and named. */
export async function buildUpdated(
  { trial, dockerfile }: BuildContext,
  packages: readonly PlannedPackage[],
): Promise<BuiltUpdate> {
  if (dockerfile !== null) {
    return rebuildUpdated(trial, dockerfile, packages)
  }
  trial.progress(`updating ${plural(packages.length, 'package')}`)
  const first = await patch(trial, packages)
  if ('id' in first) {
    return { patched: first, packages, leftOut: [] }
  }
  trial.progress('asking apt which packages it can update')
  const { works, breaks } = await resolveByApt(trial, packages)
  const leftOut = omittedBy('apt', breaks)
  if (works.length === 0) {
    return { patched: null, packages: [], leftOut }
  }
  const second = breaks.length === 0 ? first : await patch(trial, works)
  if ('id' in second) {
    return { patched: second, packages: works, leftOut }
  }
  // apt's plan failed, for example because of a maintainer script.
  const done = await installable(trial, works, second.message)
  const all = [...leftOut, ...omittedBy('apt', done.breaks)]
  return { patched: done.patched, packages: done.works, leftOut: all }
}

/**
 * Which of the packages work together, according to the test.
 * @param test `null` if an image works, else the output
 * @param message the output for all of the packages
 */
export async function findWorking(
  { trial, dockerfile }: BuildContext,
  packages: readonly PlannedPackage[],
  test: (id: string) => Promise<string | null>,
  message: string,
): Promise<HalvingResult<PlannedPackage>> {
  const build =
    dockerfile === null
      ? await prepareTrials(trial, packages)
      : (some: readonly PlannedPackage[]) => rebuild(trial, dockerfile, updatedText(trial, dockerfile, some))
  const attempt = async (some: readonly PlannedPackage[]) => {
    const built = await build(some)
    return 'message' in built ? built.message : test(built.id)
  }
  return halve(packages, attempt, message)
}

export function omittedBy(
  by: OmittedPackage['by'],
  breaks: HalvingResult<PlannedPackage>['breaks'],
): OmittedPackage[] {
  return breaks.map(({ item, message }) => ({ package: item, by, message }))
}
