import type { Judging } from '../inputs/policies.js'
import type { Request } from '../inputs/request.js'
import type { BuildRequest } from '../inputs/update.js'
import { connectEngine } from '../io/engine/engine.js'
import { newRunId } from '../io/engine/leftovers.js'
import { readInside } from '../io/files/files.js'
import { runsIfRequested } from '../model/checks.js'
import { platformName } from '../model/image/image.js'
import { isPlatform } from '../model/image/platforms.js'
import { SeaworthyError } from '../model/problem.js'
import type { TestEnd } from '../model/run/regression-test.js'
import { exitCode, type Verdict } from '../model/verdict.js'
import type { Policy } from '../policy/policy.js'
import type { UpdateRequest } from '../update/request.js'
import { needTest } from '../update/test.js'
import { type Updated, update } from '../update/update.js'
import { inspectImage } from '../update/workshop.js'
import { cleanUp } from './clean-up.js'
import { runGate } from './gate.js'
import type { RunContext } from './run.js'

/**
 * Throws `update-no-test` before anything starts, if that is already known. If the image is not in the engine
 * yet, or the engine does not answer, the scan explains more.
 */
export async function refuseUntested({ test, image }: BuildRequest, signal: AbortSignal): Promise<void> {
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
export async function forEnginePlatform(
  before: Verdict,
  { image }: BuildRequest,
  signal: AbortSignal,
): Promise<Verdict> {
  if (before.images.length < 2) {
    return before
  }
  const { Os, Architecture } = await inspectImage(await connectEngine(), image, signal)
  const requestedPlatform = `${Os}/${Architecture}`
  const images = before.images.filter(
    ({ platform }) => platform !== null && isPlatform(platformName(platform), requestedPlatform),
  )
  const [only] = images
  return only === undefined || images.length > 1 ? before : { ...before, images, verdict: only.verdict }
}

/**
 * Updates the image that `before` is about, and judges the patched one by the same policies, for the same
 * day, under the same name. Throws `update-timeout`.
 */
export async function runUpdate(
  build: BuildRequest,
  before: Verdict,
  request: Request,
  judging: Judging,
  around: RunContext,
): Promise<Updated> {
  const engine = connectEngine()
  engine.catch(() => undefined)
  let waitingFor = 'the engine'
  const { test, update: seconds } = judging.policy.gate.timeouts
  const limit = AbortSignal.timeout(seconds * 1000)
  const bounded = {
    ...around,
    signal: AbortSignal.any([around.signal, limit]),
    progress: (text: string) => {
      waitingFor = text
      around.progress(text)
    },
  }
  // What is built has the engine's platform only.
  const { policy, proposed } = judging
  const forOnePlatform = (one: Policy): Policy => ({ ...one, gate: { ...one.gate, platform: null } })
  const judged = {
    ...judging,
    policy: forOnePlatform(policy),
    proposed: proposed && forOnePlatform(proposed),
  }
  const unpatched = (before.images[0]?.layers ?? []).map(({ diffId }) => diffId)
  const judgedAs = { reference: build.image, unpatched }
  const judge = (image: string, tested: TestEnd | null) => {
    const regressionTest = { ...request.regressionTest, known: tested }
    const updateRequest = { ...request, images: [image], judgedAs, saveEvidence: null, regressionTest }
    return runGate(updateRequest, judged, { ...bounded, runId: newRunId() })
  }
  try {
    return await update({ ...build, testLimitMs: test * 1000, build: buildOf(build, before) }, before, {
      ...bounded,
      engine: await engine,
      judge,
    })
  } catch (error) {
    if (limit.aborted && !around.signal.aborted) {
      throw tooSlow(seconds, waitingFor)
    }
    throw error
  } finally {
    around.progress('removing everything that the update created')
    await cleanUp({ ...around, composes: true }, engine)
  }
}

function tooSlow(seconds: number, where: string): SeaworthyError {
  return new SeaworthyError({
    code: 'update-timeout',
    what: `the update did not finish within ${seconds} s`,
    where,
  })
}

const NO_DOCKERFILE = 'the Dockerfile that the image was built from is not known'
const FROM_SCRATCH =
  'the stage that builds the image is FROM scratch, so apt cannot run in it; the packages come from another stage or a file'

/**
 * The Dockerfile that the image was proven to be built from. Throws `update-no-dockerfile` if it is not
 * known.
 */
function buildOf(
  { by, buildCommand: command, buildLimitMs: limitMs }: BuildRequest,
  before: Verdict,
): UpdateRequest['build'] {
  if (by === 'layer') {
    return null
  }
  const use = before.images[0]?.dockerfile
  const text = use?.file == null ? null : readInside(use.file)
  if (use?.file == null || use.from === null || text === null) {
    throw new SeaworthyError({
      code: 'update-no-dockerfile',
      what: use?.note ?? (use?.file == null ? NO_DOCKERFILE : FROM_SCRATCH),
      where: use?.file ?? 'dockerfile',
    })
  }
  return {
    source: { file: use.file, text, from: use.from },
    command,
    limitMs,
  }
}

/**
 * Exit code of `seaworthy update`: 0 if the image is released or a patched one passes, 2 if there is no
 * answer.
 */
export function updateExit({ outcome, verdict }: Updated): 0 | 1 | 2 {
  if (outcome.outcome === 'broken-before') {
    return 2
  }
  const proven = ['nothing-to-do', 'rebuild', 'updated', 'partly-updated'].includes(outcome.outcome)
  const code = exitCode(verdict)
  if (code === 2) {
    return 2
  }
  return proven && code === 0 ? 0 : 1
}

/** An update depends on what was found: without an answer there is no basis for one. */
export function refuseUnanswered(verdict: Verdict): void {
  const unanswered = verdict.images.flatMap(({ checks }) =>
    checks.filter(({ state }) => state === 'unanswered'),
  )
  // If the application's own test says nothing about the unchanged image, an update proves nothing, whatever
  // blocks.
  const first = unanswered.find(({ check }) => runsIfRequested(check)) ?? unanswered[0]
  if (first === undefined || (verdict.verdict !== 'incomplete' && !runsIfRequested(first.check))) {
    return
  }
  throw new SeaworthyError({
    code: 'update-unanswered',
    what: `no answer from ${unanswered.map(({ check }) => check).join(', ')}, so it is not known what to update`,
    where: first.problem?.where ?? first.check,
    todo: first.problem?.todo ?? 'run the scan again',
  })
}
