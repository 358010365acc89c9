import type { Judging } from '../inputs/policies.js'
import type { Request } from '../inputs/request.js'
import { connectEngine, type Engine } from '../io/engine/engine.js'
import {
  exitCode,
  isPlatform,
  platformName,
  runsIfRequested,
  SeaworthyError,
  type Verdict,
} from '../model/index.js'
import { publishUpdate, type UpdatePullRequest } from '../publish/update-pull-request.js'
import { buildUpdated } from '../update/build.js'
import type { Updated } from '../update/plan/outcome.js'
import { type PlannedUpdate, planUpdate } from '../update/plan-update.js'
import { rebuildUnchanged } from '../update/rebuild.js'
import type { UpdateRequest, UpdateSurroundings } from '../update/request.js'
import { needTest, testImage, testUnchanged, testUpdated } from '../update/test.js'
import { closeWorkshop, inspectImage } from '../update/workshop.js'
import { cleanUp } from './clean-up.js'
import { type JudgeBuilt, judgeLike, judgeRebuilt, judgeUpdated } from './judge-update.js'
import { publishPatched } from './push.js'
import type { RunContext } from './run.js'

/** How an update ended, and what became of its pull request: `null` if none was requested. */
export interface UpdateEnd extends Updated {
  readonly pull: UpdatePullRequest | null
}

/**
 * The story: plan ─► build ─► test ─► judge ─► publish. The patched image is judged by the same policies, for the same
 * day, under the same name (docs/decisions/0015-update.md). Throws `update-unanswered`, `update-timeout`.
 */
export async function runUpdate(
  build: UpdateRequest,
  scanned: Verdict,
  request: Request,
  judging: Judging,
  around: RunContext,
): Promise<UpdateEnd> {
  const before = await forEnginePlatform(scanned, build, around.signal)
  refuseUnanswered(before)
  const { test, update: seconds } = judging.policy.gate.timeouts
  const updated = await withinTime(seconds, around, (bounded, engine) => {
    const judge = judgeLike(build.image, before, request, judging, bounded)
    return update(build, before, { ...bounded, engine, testLimitMs: test * 1000, judge })
  })
  const file = before.images[0]?.dockerfile.file ?? null
  const pull = build.pullRequest ? await publishUpdate(updated.outcome, file, request.publish) : null
  return { ...updated, pull }
}

/** The story without the pull request. Only the named image is left behind. */
export async function update(
  request: UpdateRequest,
  before: Verdict,
  { judge, ...around }: UpdateSurroundings & { readonly judge: JudgeBuilt },
): Promise<Updated> {
  const planned = await planUpdate(request, before, around)
  if ('outcome' in planned) {
    return planned
  }
  try {
    const judged = (await rebuildAlone(planned, judge)) ?? (await updatePackages(planned, judge))
    return await publishPatched(planned, judged)
  } finally {
    await closeWorkshop(planned.trial)
  }
}

/** Today's base may have all of the updates: then the Dockerfile stays as it is. `null` if that is not enough. */
async function rebuildAlone(planned: PlannedUpdate, judge: JudgeBuilt): Promise<Updated | null> {
  const { trial, dockerfile, test } = planned
  if (dockerfile === null) {
    return null
  }
  const built = await rebuildUnchanged(trial, dockerfile)
  const testBefore = await testUnchanged(trial, test)
  const testAfter = testBefore.ok ? await testImage(trial, built.id, test) : null
  return testAfter?.ok ? judgeRebuilt(planned, built, { testBefore, testAfter }, judge) : null
}

/** Updates the plan's packages as far as apt can and the test allows. */
async function updatePackages(planned: PlannedUpdate, judge: JudgeBuilt): Promise<Updated> {
  const { trial, plan, test, known, before } = planned
  if (plan.packages.length === 0) {
    return { outcome: { ...known, outcome: 'breaks' }, verdict: before }
  }
  trial.progress('testing the image as it is')
  const testBefore = await testUnchanged(trial, test)
  if (!testBefore.ok) {
    return { outcome: { ...known, testBefore, outcome: 'broken-before' }, verdict: before }
  }
  const built = await buildUpdated(planned, plan.packages)
  const tested = await testUpdated(planned, built)
  return judgeUpdated({ ...planned, known: { ...known, testBefore } }, tested, judge)
}

/** Runs an update within its time limit, and removes everything that it created. Throws `update-timeout`. */
async function withinTime<T>(
  seconds: number,
  around: RunContext,
  act: (bounded: RunContext, engine: Promise<Engine>) => Promise<T>,
): Promise<T> {
  const engine = connectEngine()
  engine.catch(() => undefined)
  let where = 'the engine'
  const limit = AbortSignal.timeout(seconds * 1000)
  const signal = AbortSignal.any([around.signal, limit])
  const progress = (text: string) => {
    where = text
    around.progress(text)
  }
  try {
    return await act({ ...around, signal, progress }, engine)
  } catch (error) {
    if (limit.aborted && !around.signal.aborted) {
      const what = `the update did not finish within ${seconds} s`
      throw new SeaworthyError({ code: 'update-timeout', what, where })
    }
    throw error
  } finally {
    around.progress('removing everything that the update created')
    await cleanUp({ ...around, composes: true }, engine)
  }
}

/**
 * Throws `update-no-test` before anything starts, if that is already known. If the image is not in the engine
 * yet, or the engine does not answer, the scan explains more.
 */
export async function refuseUntested({ test, image }: UpdateRequest, signal: AbortSignal): Promise<void> {
  if (test !== null && test.kind !== 'unbound') {
    return
  }
  const inspected = await connectEngine()
    .then((engine) => inspectImage(engine, image, signal))
    .catch(() => null)
  if (inspected !== null) {
    needTest(test, inspected.Config ?? {}, image)
  }
}

/** The verdict for the engine's platform alone: an update is built, tested and proven on it. */
async function forEnginePlatform(
  before: Verdict,
  { image }: UpdateRequest,
  signal: AbortSignal,
): Promise<Verdict> {
  if (before.images.length < 2) {
    return before
  }
  const { Os, Architecture } = await inspectImage(await connectEngine(), image, signal)
  const images = before.images.filter(
    ({ platform }) => platform !== null && isPlatform(platformName(platform), `${Os}/${Architecture}`),
  )
  const [only] = images
  return only === undefined || images.length > 1 ? before : { ...before, images, verdict: only.verdict }
}

/** Exit code of `seaworthy update`: 0 if the image is released or a patched one passes, 2 if there is no answer. */
export function updateExit({ outcome: { outcome }, verdict }: Updated): 0 | 1 | 2 {
  const code = exitCode(verdict)
  if (outcome === 'broken-before' || code === 2) {
    return 2
  }
  const isProven = ['nothing-to-do', 'rebuild', 'updated', 'partly-updated'].includes(outcome)
  return isProven && code === 0 ? 0 : 1
}

/** An update depends on what was found: without an answer there is no basis for one. */
export function refuseUnanswered(verdict: Verdict): void {
  const checks = verdict.images.flatMap((image) => image.checks)
  const unanswered = checks.filter(({ state }) => state === 'unanswered')
  // If the application's own test says nothing about the unchanged image, an update proves nothing, whatever
  // blocks.
  const first = unanswered.find(({ check }) => runsIfRequested(check)) ?? unanswered[0]
  if (first === undefined || (verdict.verdict !== 'incomplete' && !runsIfRequested(first.check))) {
    return
  }
  const what = `no answer from ${unanswered.map(({ check }) => check).join(', ')}, so it is not known what to update`
  const todo = first.problem?.todo ?? 'run the scan again'
  const where = first.problem?.where ?? first.check
  throw new SeaworthyError({ code: 'update-unanswered', what, where, todo })
}
