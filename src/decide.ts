import { INTERPRETERS } from './checks/index.js'
import { listedArchitectures, nativeArchitecture } from './core/debian/listing.js'
import { readRelease } from './core/debian/os-release.js'
import { mainPackages, readPackages } from './core/debian/packages.js'
import type { Evidence } from './core/evidence.js'
import type { Answer } from './core/finding.js'
import type { Image } from './core/image.js'
import { mergeLayers } from './core/layers.js'
import type { Policy } from './core/policy.js'
import { type Problem, problemOf } from './core/problem.js'
import type { Verdict } from './core/verdict.js'
import { type JudgedInput, judge } from './judge.js'

/** What was collected of one image. */
export interface Collected {
  readonly reference: string
  /** `null` where it could not be opened; `problem` then says why. */
  readonly image: Image | null
  readonly problem: Problem | null
  readonly evidence: readonly Evidence[]
}

/** The pure half of the gate: interpret the evidence, judge the answers. Same arguments, same verdict. */
export function decide(collected: readonly Collected[], policy: Policy, today: string): Verdict {
  return judge(collected.map(interpreted), policy, today)
}

function interpreted({ reference, image, problem, evidence }: Collected): JudgedInput {
  const answers = evidence.map((one) => ({ evidence: one, answer: answerOf(one, image) }))
  return { reference, image, problem, ...(image ? describe(image) : NOTHING), answers }
}

function answerOf(evidence: Evidence, image: Image | null): Answer {
  if (evidence.problem) return { state: 'unanswered', problem: evidence.problem }
  try {
    if (image) return INTERPRETERS[evidence.check].interpret(evidence, image)
    throw new Error('the image was not opened')
  } catch (error) {
    return { state: 'unanswered', problem: problemOf(error, evidence.check) }
  }
}

const NOTHING = { distribution: null, codename: null, architecture: null, packageCount: null }

/** What the header of a report says. What can't be read here is told by the checks. */
function describe(image: Image) {
  const root = mergeLayers(image.layers)
  const release = attempt(() => readRelease(root.files))
  const packages = attempt(() => mainPackages(readPackages(root)))
  return {
    distribution: release?.distribution ?? null,
    codename: release?.codename ?? null,
    architecture: packages ? nativeArchitecture(packages, listedArchitectures(root)) : null,
    packageCount: packages?.length ?? null,
  }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
