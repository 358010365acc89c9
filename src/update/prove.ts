import type { TestOutcome } from './plan/outcome.js'
import type { UpdatePlan } from './plan/plan.js'
import { type TestOptions, testAsItIs, testImage } from './test.js'
import { type MethodResult, omittedBy, type UpdateMethod } from './update-method.js'
import type { TrialContext } from './workshop.js'

/** A patched image, and how it was made. `patched` is `null` if nothing could be updated. */
export interface Proof extends MethodResult {
  readonly testBefore: TestOutcome | null
  readonly testAfter: TestOutcome | null
}

interface Job {
  readonly trial: TrialContext
  readonly method: UpdateMethod
  /** `null`: nothing is tested. */
  readonly test: TestOptions | null
}

/** Updates the plan's packages as far as apt can and the test allows. */
export async function prove(job: Job, plan: UpdatePlan): Promise<Proof> {
  const { trial, test, method } = job
  const nothing = { patched: null, packages: [], leftOut: [], testAfter: null }
  trial.progress('testing the image as it is')
  const testBefore = test === null ? null : await testAsItIs(trial, test)
  if (testBefore !== null && !testBefore.ok) {
    return { ...nothing, testBefore }
  }
  const built = await method.build(plan.packages)
  const state = { ...nothing, ...built, testBefore }
  if (test === null || built.patched === null) {
    return state
  }
  trial.progress('testing the patched image')
  const testAfter = await testImage(trial, built.patched.id, test)
  if (testAfter.ok) {
    return { ...state, testAfter }
  }
  return { ...(await proveWithoutBreaking(job, test, built, testAfter)), testBefore }
}

/** The test failed: without the packages that break it, the rest is built and tested again in its final form. */
async function proveWithoutBreaking(
  { trial, method }: Job,
  test: TestOptions,
  built: MethodResult,
  failed: TestOutcome,
): Promise<Omit<Proof, 'testBefore'>> {
  trial.progress('looking for the packages that break the test')
  const attempt = async (id: string): Promise<string | null> => {
    const result = await testImage(trial, id, test)
    return result.ok ? null : failureText(result)
  }
  const { works, breaks } = await method.working(built.packages, attempt, failureText(failed))
  const leftOut = [...built.leftOut, ...omittedBy('test', breaks)]
  if (works.length === 0) {
    return { patched: null, packages: [], leftOut, testAfter: failed }
  }
  const rest = await method.build(works)
  const all = [...leftOut, ...rest.leftOut]
  if (rest.patched === null) {
    return { ...rest, leftOut: all, testAfter: failed }
  }
  const testAfter = await testImage(trial, rest.patched.id, test)
  // It passed with the same packages a moment ago: such a test proves nothing.
  return testAfter.ok
    ? { ...rest, leftOut: all, testAfter }
    : { patched: null, packages: [], leftOut: all, testAfter }
}

function failureText({ ended, output }: TestOutcome): string {
  return `${ended}\n${output}`.trim()
}
