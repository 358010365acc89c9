import { aptName } from '../debian/apt/command.js'
import { plain } from '../io/process/command.js'
import { type DockerfileChange, SeaworthyError } from '../model/index.js'
import { type AptChange, errorLines, failureOf, readSimulation } from './plan/apt-output.js'
import { fetchScript, patchScript, simulatedPart, simulateScript, trialScript } from './plan/apt-script.js'
import { type HalvingResult, halve } from './plan/halving.js'
import type { OmittedPackage } from './plan/outcome.js'
import { holdAdvice, type PlannedPackage, plannedArgument } from './plan/plan.js'
import { refuseLost, refuseVolumesAt } from './volumes.js'
import { buildOn, sizeIfConfigKept, type TrialContext } from './workshop.js'

export interface Patched {
  readonly id: string
  readonly bytes: number
  /** What apt said it would do, and did. */
  readonly along: readonly AptChange[]
  /** The change of the Dockerfile that the image was built with; `null` for a layer. */
  readonly change: DockerfileChange | null
}

export interface BuiltUpdate {
  /** `null` if none of the packages could be updated. */
  readonly patched: Patched | null
  readonly packages: readonly PlannedPackage[]
  readonly leftOut: readonly OmittedPackage[]
}

/** Why these packages cannot be updated together. */
export interface NotTogether {
  readonly message: string
}

function packageArgs({ native }: TrialContext, packages: readonly PlannedPackage[]): string[] {
  return packages.map((one) => plannedArgument(one, native))
}

/**
 * Builds the layer. Returns a reason if apt refuses these packages. Throws `update-no-network`, `update-no-apt`,
 * `no-space`, `update-refused` if the packages are not the cause.
 */
export async function patch(
  trial: TrialContext,
  packages: readonly PlannedPackage[],
): Promise<Patched | NotTogether> {
  refuseVolumesAt(trial, ['/var/lib/dpkg'])
  const script = patchScript(packageArgs(trial, packages), trial.extra)
  const built = await buildOn(trial, trial.id, script, 'network')
  const output = plain(built.output)
  if (built.id === null) {
    refuse(`${output}\n${built.error ?? ''}`)
    return { message: errorLines(output) }
  }
  const bytes = await sizeIfConfigKept(trial, built.id)
  const along = readSimulation(simulatedPart(output)).installs
  const names = [...packages.map((one) => aptName(one, trial.native)), ...along.map(({ name }) => name)]
  await refuseLost(trial, built.id, names)
  return { id: built.id, bytes, along, change: null }
}

/** Throws for errors that no choice of packages would fix. */
function refuse(message: string): void {
  if (failureOf(message) === 'no-network') {
    const what = `apt in the image could not reach the package archive: ${errorLines(message, 2)}`
    throw new SeaworthyError({ code: 'update-no-network', what, where: 'apt-get update' })
  }
  refuseNoApt(message)
}

/** Throws `update-no-apt` if a build's output says that apt or a shell is missing, as in distroless images. */
export function refuseNoApt(message: string): void {
  if (/exec: "\/bin\/sh"|apt-get: not found|\/bin\/sh: no such file/.test(message)) {
    const what = 'the image has no shell or no apt-get, so nothing in it can update packages'
    throw new SeaworthyError({ code: 'update-no-apt', what, where: 'apt-get' })
  }
}

/** Which of the packages apt can update together: asks apt, without installing anything. */
export async function resolveByApt(
  trial: TrialContext,
  packages: readonly PlannedPackage[],
): Promise<HalvingResult<PlannedPackage>> {
  const lists = await preparedImage(trial, [])
  // Not by the output of a real build, which may have failed for another reason than resolution.
  return halve(packages, async (some) => {
    const built = await buildOn(trial, lists, simulateScript(packageArgs(trial, some)), 'no-network')
    const output = plain(built.output)
    if (built.id === null) {
      return errorLines(output)
    }
    const { removes, packagesOnHold } = readSimulation(output)
    if (removes.length > 0) {
      return `apt would remove ${removes.join(', ')}`
    }
    return packagesOnHold.length === 0 ? null : holdAdvice(packagesOnHold)
  })
}

/**
 * Which of the packages apt really updates: a maintainer script or a missing file may stop it, which it cannot
 * foresee.
 */
export async function installable(
  trial: TrialContext,
  packages: readonly PlannedPackage[],
  message: string,
): Promise<HalvingResult<PlannedPackage> & { readonly patched: Patched | null }> {
  let patched: Patched | null = null
  const attempt = async (some: readonly PlannedPackage[]) => {
    const result = await patch(trial, some)
    if ('message' in result) {
      return result.message
    }
    // Each attempt only adds to what works, so the last working one has all of it.
    patched = result
    return null
  }
  return { ...(await halve(packages, attempt, message)), patched }
}

/** Builds images with some of these packages updated, to be tested and never delivered. Nothing is fetched twice. */
export async function prepareTrials(
  trial: TrialContext,
  packages: readonly PlannedPackage[],
): Promise<(some: readonly PlannedPackage[]) => Promise<{ readonly id: string } | NotTogether>> {
  const fetched = await preparedImage(trial, packages)
  return async (some) => {
    const { id, output } = await buildOn(trial, fetched, trialScript(packageArgs(trial, some)), 'no-network')
    return id === null ? { message: errorLines(plain(output)) } : { id }
  }
}

/** An image with apt's lists and these packages downloaded. It is never delivered. */
async function preparedImage(trial: TrialContext, packages: readonly PlannedPackage[]): Promise<string> {
  refuseVolumesAt(trial, ['/var/lib/apt', '/var/cache/apt'])
  const script = fetchScript(packageArgs(trial, packages), trial.extra)
  const built = await buildOn(trial, trial.id, script, 'network')
  if (built.id !== null) {
    return built.id
  }
  const output = plain(built.output)
  refuse(output)
  const what = `apt could not fetch what it needs: ${errorLines(output, 2)}`
  const todo = 'run apt-get in a container of the image to see the details'
  throw new SeaworthyError({ code: 'update-refused', what, where: 'apt-get', todo })
}
