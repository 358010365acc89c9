import { plural } from '../model/text.js'
import { installable, type NotTogether, type Patched, patch, resolveByApt, working } from './patch.js'
import type { HalvingResult } from './plan/halving.js'
import type { OmittedPackage } from './plan/outcome.js'
import type { PlannedPackage } from './plan/plan.js'
import type { TrialContext } from './workshop.js'

export interface MethodResult {
  /** `null` if none of the packages could be updated. */
  readonly patched: Patched | null
  readonly packages: readonly PlannedPackage[]
  readonly leftOut: readonly OmittedPackage[]
}

/** How packages are updated: by apt in the image, or by a line in its Dockerfile. */
export interface UpdateMethod {
  /** The final patch; what cannot be updated with the rest is left out and named. */
  build(packages: readonly PlannedPackage[]): Promise<MethodResult>
  /** Which of the packages work together, according to the test. */
  working(
    packages: readonly PlannedPackage[],
    test: (id: string) => Promise<string | null>,
    message: string,
  ): Promise<HalvingResult<PlannedPackage>>
}

/** With apt in the image. */
export function patchMethod(trial: TrialContext): UpdateMethod {
  return {
    build: (packages) => build(trial, packages),
    working: (packages, test, message) => working(trial, packages, test, message),
  }
}

async function build(trial: TrialContext, packages: readonly PlannedPackage[]): Promise<MethodResult> {
  trial.progress(`updating ${plural(packages.length, 'package')}`)
  const first = await patch(trial, packages)
  if (isPatched(first)) {
    return { patched: first, packages, leftOut: [] }
  }
  trial.progress('asking apt which packages it can update')
  const { works, breaks } = await resolveByApt(trial, packages)
  const leftOut = omittedBy('apt', breaks)
  if (works.length === 0) {
    return { patched: null, packages: [], leftOut }
  }
  const second = breaks.length === 0 ? first : await patch(trial, works)
  if (isPatched(second)) {
    return { patched: second, packages: works, leftOut }
  }
  // apt's plan failed, for example because of a maintainer script.
  const done = await installable(trial, works, second.message)
  const all = [...leftOut, ...omittedBy('apt', done.breaks)]
  return { patched: done.patched, packages: done.works, leftOut: all }
}

export function omittedBy(
  by: OmittedPackage['by'],
  breaks: HalvingResult<PlannedPackage>['breaks'],
): OmittedPackage[] {
  return breaks.map(({ item, message }) => ({ package: item, by, message }))
}

function isPatched(one: Patched | NotTogether): one is Patched {
  return 'id' in one
}
