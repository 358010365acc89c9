import type { Judging } from '../inputs/policies.js'
import type { Request } from '../inputs/request.js'
import { newRunId } from '../io/engine/leftovers.js'
import type { TestEnd, Verdict } from '../model/index.js'
import type { Policy } from '../policy/policy.js'
import { checkDone, needlessAfter, worseAfter } from '../update/plan/after.js'
import type { TestOutcome, Updated } from '../update/plan/outcome.js'
import { planOf } from '../update/plan/plan.js'
import { type PlannedUpdate, theOnly } from '../update/plan-update.js'
import type { RebuiltImage } from '../update/rebuild.js'
import type { TestedUpdate } from '../update/test.js'
import { runGate } from './gate.js'
import type { RunContext } from './run.js'

/** Judges a built image. `tested`: its test's result. */
export type JudgeBuilt = (id: string, tested: TestEnd | null) => Promise<Verdict>

/** Judges built images like the one that is updated: by its name and policies, for its day. */
export function judgeLike(
  reference: string,
  before: Verdict,
  request: Request,
  { policy, proposed, ...judging }: Judging,
  around: RunContext,
): JudgeBuilt {
  const unpatched = (before.images[0]?.layers ?? []).map(({ diffId }) => diffId)
  // What is built has the engine's platform only.
  const forOnePlatform = (one: Policy): Policy => ({ ...one, gate: { ...one.gate, platform: null } })
  const policies = { policy: forOnePlatform(policy), proposed: proposed && forOnePlatform(proposed) }
  return (id, tested) => {
    const built = requestOfBuilt(request, { id, judgedAs: { reference, unpatched }, tested })
    return runGate(built, { ...judging, ...policies }, { ...around, runId: newRunId() })
  }
}

/** The request for a built image: its test was run on it by the update, and is not run again. */
export function requestOfBuilt(
  request: Request,
  { id, judgedAs, tested }: { id: string; judgedAs: Request['judgedAs']; tested: TestEnd | null },
): Request {
  const regressionTest: Request['regressionTest'] = { ...request.regressionTest, earlierResult: tested }
  return { ...request, images: [id], judgedAs, saveEvidence: null, regressionTest }
}

/**
 * The result on the built image. The update does not watch the engine while it tests: if the scan saw that this test used
 * nothing of the unchanged image, its pass shows nothing about the built one either.
 */
function withUse(after: TestOutcome | null, before: TestOutcome | null): TestEnd | null {
  const isImageUnused = after?.ok === true && before?.isImageUnused === true
  return after !== null && isImageUnused ? { ...after, isImageUnused } : after
}

/** Whether today's base alone has all of the updates. `null` if something is left to update, or is worse. */
export async function judgeRebuilt(
  { plan, before, known, trial }: PlannedUpdate,
  { id, bytes }: RebuiltImage,
  tests: { readonly testBefore: TestOutcome; readonly testAfter: TestOutcome },
  judge: JudgeBuilt,
): Promise<Updated | null> {
  const verdict = await judge(id, withUse(tests.testAfter, tests.testBefore))
  const left = planOf(verdict.images)
  const worse = worseAfter(theOnly(before), theOnly(verdict))
  if (left.packages.length + left.packagesOnHold.length + worse.length > 0) {
    return null
  }
  const outcome = {
    ...known,
    ...tests,
    outcome: 'rebuild' as const,
    packages: [...plan.packages, ...plan.packagesOnHold],
    leftOut: [],
    after: verdict.verdict,
    needless: needlessAfter(before, verdict),
    patched: { id, name: null, pushed: null, grewBytes: bytes - trial.bytes },
  }
  return { outcome, verdict }
}

/** Which packages are up to date in the patched image, and whether anything is worse. */
export async function judgeUpdated(
  { before, known, trial }: PlannedUpdate,
  { patched, ...tested }: TestedUpdate,
  judge: JudgeBuilt,
): Promise<Updated> {
  const proven = { ...known, ...tested, leftOut: [...known.leftOut, ...tested.leftOut] }
  if (patched === null) {
    return { outcome: { ...proven, outcome: 'breaks' }, verdict: before }
  }
  trial.progress('judging the patched image')
  const verdict = await judge(patched.id, withUse(tested.testAfter, known.testBefore))
  const by = patched.change === null ? 'apt' : 'build'
  const { done: packages, notDone } = checkDone(tested.packages, verdict, by)
  const leftOut = [...proven.leftOut, ...notDone]
  if (packages.length === 0) {
    return { outcome: { ...proven, packages, leftOut, outcome: 'breaks' }, verdict: before }
  }
  const requested = new Set(tested.packages.map(({ name }) => name))
  const judged = {
    ...proven,
    packages,
    leftOut,
    along: patched.along.filter(({ name }) => !requested.has(name.split(':')[0] ?? '')),
    after: verdict.verdict,
    worse: worseAfter(theOnly(before), theOnly(verdict)),
    dockerfile: patched.change,
  }
  if (judged.worse.length > 0) {
    return { outcome: { ...judged, outcome: 'worse' }, verdict }
  }
  const outcome = {
    ...judged,
    outcome: leftOut.length === 0 ? ('updated' as const) : ('partly-updated' as const),
    needless: needlessAfter(before, verdict),
    patched: { id: patched.id, name: null, pushed: null, grewBytes: patched.bytes - trial.bytes },
  }
  return { outcome, verdict }
}
