import { sweepTrials } from '../io/engine/trials.js'
import { readInside } from '../io/files/files.js'
import { endOfTest, type ImageVerdict, platformName, SeaworthyError, type Verdict } from '../model/index.js'
import type { BuildContext } from './build.js'
import type { Updated, UpdateOutcome } from './plan/outcome.js'
import { holdAdvice, planOf, type UpdatePlan } from './plan/plan.js'
import type { RebuildOptions } from './rebuild.js'
import type { UpdateRequest, UpdateSurroundings } from './request.js'
import { needTest, type TestOptions } from './test.js'
import { type InspectedImage, inspectImage, openWorkshop } from './workshop.js'

/** What is updated, how the image is built, and how it is tested. */
export interface PlannedUpdate extends BuildContext {
  readonly request: UpdateRequest
  readonly before: Verdict
  readonly plan: UpdatePlan
  readonly test: TestOptions
  /** What is known before anything is built. */
  readonly known: UpdateOutcome
}

/**
 * Plans the update of the image that `before` is about, and opens a workshop for it. The end, if nothing can be updated.
 * Throws `update-no-dockerfile`, `update-not-in-engine`, `update-no-test`.
 */
export async function planUpdate(
  request: UpdateRequest,
  before: Verdict,
  around: UpdateSurroundings,
): Promise<PlannedUpdate | Updated> {
  const plan = planOf(before.images)
  const dockerfile = request.by === 'layer' ? null : dockerfileOf(request, before, plan)
  const engine = await around.engine
  const image = theOnly(before)
  const state = await inspectImage(engine, request.image, around.signal)
  const start = startOf(request, before, plan, state)
  if (plan.packages.length + plan.packagesOnHold.length === 0) {
    return { outcome: start, verdict: before }
  }
  // A newer base may have the packages that are on hold; otherwise only the user can remove the hold.
  if (plan.packages.length === 0 && dockerfile === null) {
    return { outcome: { ...start, outcome: 'breaks' }, verdict: before }
  }
  const spec = needTest(request.test, state.Config ?? {}, request.image)
  const native = image.architecture
  const trial = openWorkshop({ ...request, native }, state, plan, { ...around, engine })
  await sweepTrials(engine)
  const test = {
    spec,
    limitMs: around.testLimitMs,
    retries: request.testRetries,
    before: spec.kind === 'healthcheck' ? null : endOfTest(image.regressionTest),
  }
  return { request, before, plan, trial, dockerfile, test, known: { ...start, test: TEST_NAMES[spec.kind] } }
}

const TEST_NAMES = {
  command: 'command',
  compose: 'compose',
  healthcheck: 'the image’s health check',
} as const

/** The outcome if there is nothing to do. */
function startOf(
  { image }: UpdateRequest,
  before: Verdict,
  { packagesOnHold, others }: UpdatePlan,
  { Id: id, Os: os, Architecture: architecture, Variant: variant }: InspectedImage,
): UpdateOutcome {
  return {
    outcome: 'nothing-to-do',
    image,
    id,
    platform: platformName({ os, architecture, variant: variant || null }),
    before: before.verdict,
    after: null,
    packages: [],
    leftOut: packagesOnHold.map((one) => ({ package: one, by: 'hold', message: holdAdvice([one.name]) })),
    along: [],
    others,
    test: null,
    testBefore: null,
    testAfter: null,
    patched: null,
    dockerfile: null,
    worse: [],
    needless: [],
  }
}

const NO_DOCKERFILE = 'the Dockerfile that the image was built from is not known'
const FROM_SCRATCH =
  'the stage that builds the image is FROM scratch, so apt cannot run in it; the packages come from another stage or a file'

/** The Dockerfile that the image was proven to be built from. Throws `update-no-dockerfile` if it is not known. */
function dockerfileOf(
  { buildCommand: command, buildLimitMs: limitMs, securityMirror }: UpdateRequest,
  { images, today }: Verdict,
  { addSecurity, sources }: UpdatePlan,
): RebuildOptions {
  const use = images[0]?.dockerfile
  const text = use?.file == null ? null : readInside(use.file)
  if (use?.file == null || use.from === null || text === null) {
    const what = use?.note ?? (use?.file == null ? NO_DOCKERFILE : FROM_SCRATCH)
    throw new SeaworthyError({ code: 'update-no-dockerfile', what, where: use?.file ?? 'dockerfile' })
  }
  const source = { file: use.file, text, from: use.from }
  return { source, command, limitMs, securityMirror, addSecurity, sources, today }
}

export function theOnly(verdict: Verdict): ImageVerdict {
  const [only] = verdict.images
  if (only === undefined || verdict.images.length > 1) {
    const what = `cannot update ${verdict.images.length} images at once`
    throw new SeaworthyError({ code: 'internal', what, where: 'update', todo: 'report it with --debug' })
  }
  return only
}
