import { debianArchitecture } from '../core/debian/architecture.js'
import { SeaworthyError } from '../core/problem.js'
import type { UpdateOutcome } from '../core/update/outcome.js'
import { planOf } from '../core/update/plan.js'
import { worseAfter } from '../core/update/worse.js'
import type { ImageVerdict, Verdict } from '../core/verdict.js'
import { tagImage } from '../io/build.js'
import type { Engine } from '../io/engine.js'
import { wayOf } from './choose-way.js'
import { patchedName } from './name.js'
import { prove } from './prove.js'
import { type TestSpec, testOf } from './test.js'
import { closeWorkshop, inspectImage, sweepTrials, type Workshop } from './workshop.js'

export interface UpdateRequest {
  readonly image: string
  /** `null`: the image's own health check, if it has one. */
  readonly test: TestSpec | null
  /** Milliseconds for one attempt. */
  readonly testLimitMs: number
  readonly testRetries: number
  /** Added to the image's tag. */
  readonly tagSuffix: string
  /** The mirror of the security archive for images whose own sources lack it. */
  readonly securityMirror: string
}

export interface UpdateSurroundings {
  readonly engine: Engine
  readonly runId: string
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  /** Judges an image as the one that is updated: by its name, its policies, its day. */
  readonly judge: (image: string) => Promise<Verdict>
}

export interface Updated {
  readonly outcome: UpdateOutcome
  /** The verdict on the patched image; that on the image as it is, where there is none. */
  readonly verdict: Verdict
}

/** The story: plan ─► patch ─► prove ─► judge again ─► name. Nothing but the named image is left behind. */
export async function update(
  request: UpdateRequest,
  before: Verdict,
  around: UpdateSurroundings,
): Promise<Updated> {
  const { engine, signal, runId, progress } = around
  const image = theOnly(before)
  const plan = planOf(before.images)
  const state = await inspectImage(engine, request.image, signal)
  const start = {
    ...{ image: request.image, id: state.Id, before: before.verdict, after: null, packages: [], leftOut: [] },
    ...{ along: [], others: plan.others, test: null, testBefore: null, testAfter: null, patched: null },
    ...{ worse: [], needless: [] },
  } as const
  if (plan.packages.length === 0) return { outcome: { ...start, outcome: 'nothing-to-do' }, verdict: before }
  const config = state.Config ?? {}
  const spec = testOf(request.test, config)
  if (spec === null) throw noTest(request.image)
  const suite = plan.addSecurity === null ? null : `${plan.addSecurity}-security`
  const shop: Workshop = {
    ...{
      engine,
      config,
      runId,
      signal,
      progress,
      id: state.Id,
      bytes: state.Size,
      made: new Set<string>(),
      containers: new Set<string>(),
    },
    platform: `${state.Os}/${state.Architecture}`,
    extra: suite === null ? null : { url: request.securityMirror, suite },
  }
  const native = image.platform === null ? 'amd64' : debianArchitecture(image.platform)
  const test = { spec, limitMs: request.testLimitMs, retries: request.testRetries }
  await sweepTrials(engine)
  let keep: string | null = null
  try {
    const { patched, ...proof } = await prove({ shop, way: await wayOf(shop, native), test }, plan)
    const proven = { ...start, ...proof, test: TEST_NAMES[spec.kind] }
    if (patched === null) {
      const outcome = proof.testBefore?.ok === false ? 'broken-before' : 'breaks'
      return { outcome: { ...proven, outcome }, verdict: before }
    }
    progress('judging the patched image')
    const verdict = await around.judge(patched.id)
    const worse = worseAfter(image, theOnly(verdict))
    const asked = new Set(proof.packages.map(({ name }) => name))
    const along = patched.along.filter(({ name }) => !asked.has(name.split(':')[0] ?? ''))
    const done = { ...proven, along, after: verdict.verdict, worse }
    if (worse.length > 0) return { outcome: { ...done, outcome: 'worse' }, verdict }
    const name = patchedName(request.image, request.tagSuffix)
    await tagImage(engine, patched.id, name)
    keep = patched.id
    const outcome = proof.leftOut.length === 0 ? 'updated' : 'partly-updated'
    const needless = verdict.policyNotices.flatMap(({ kind, text }) => (kind === 'unused' ? [text] : []))
    const given = { id: patched.id, name, grewBytes: patched.bytes - state.Size }
    return { outcome: { ...done, outcome, needless, patched: given }, verdict }
  } finally {
    await closeWorkshop(shop, keep)
  }
}

const TEST_NAMES = {
  command: 'test-command',
  compose: 'test-compose',
  healthcheck: 'the image’s health check',
} as const

/** An update that nobody can tell from a broken one is not given. */
function noTest(image: string): SeaworthyError {
  return new SeaworthyError({
    code: 'update-no-test',
    what: 'nothing tells whether the application works: no test is given, and the image has no health check',
    where: image,
    todo: 'give test-command or test-compose, or the image a HEALTHCHECK',
  })
}

function theOnly(verdict: Verdict): ImageVerdict {
  const [only] = verdict.images
  if (only === undefined || verdict.images.length > 1) {
    throw new SeaworthyError({
      code: 'internal',
      what: `an update of ${verdict.images.length} images at once`,
      where: 'update',
      todo: 'report it with --debug',
    })
  }
  return only
}
