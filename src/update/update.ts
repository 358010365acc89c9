import { tagImage } from '../io/engine/build.js'
import { sweepTrials } from '../io/engine/trials.js'
import { pushJudged } from '../io/platforms/push.js'
import { platformName } from '../model/image/image.js'
import { untagged } from '../model/image/reference.js'
import { SeaworthyError } from '../model/problem.js'
import { endOfTest } from '../model/run/regression-test.js'
import type { ImageVerdict, Verdict } from '../model/verdict.js'
import { patchedName } from './name.js'
import { checkDone, needlessAfter, worseAfter } from './plan/after.js'
import { errorLines } from './plan/apt-output.js'
import type { UpdateOutcome, UpdateResult } from './plan/outcome.js'
import { holdAdvice, planOf, type UpdatePlan } from './plan/plan.js'
import { prove } from './prove.js'
import { type RebuildOptions, rebuild, rebuildMethod } from './rebuild.js'
import type { UpdateRequest, UpdateSurroundings } from './request.js'
import { needTest, type TestOptions, testAsItIs, testImage } from './test.js'
import { patchMethod } from './update-method.js'
import {
  closeWorkshop,
  type InspectedImage,
  inspectImage,
  openWorkshop,
  type TrialContext,
} from './workshop.js'

export interface Updated {
  readonly outcome: UpdateOutcome
  /** The verdict on the patched image; if there is none, the verdict on the unchanged one. */
  readonly verdict: Verdict
}

/** The story: plan ─► patch ─► prove ─► judge again ─► name. Only the named image is left behind. */
export async function update(
  request: UpdateRequest,
  before: Verdict,
  around: UpdateSurroundings,
): Promise<Updated> {
  const { engine, signal } = around
  const image = theOnly(before)
  const plan = planOf(before.images)
  const state = await inspectImage(engine, request.image, signal)
  const start: UpdateOutcome = {
    outcome: 'nothing-to-do',
    image: request.image,
    id: state.Id,
    platform: platformOf(state),
    before: before.verdict,
    after: null,
    packages: [],
    leftOut: plan.packagesOnHold.map((one) => ({
      package: one,
      by: 'hold',
      message: holdAdvice([one.name]),
    })),
    along: [],
    others: plan.others,
    test: null,
    testBefore: null,
    testAfter: null,
    patched: null,
    dockerfile: null,
    worse: [],
    needless: [],
  }
  if (plan.packages.length + plan.packagesOnHold.length === 0) {
    return { outcome: start, verdict: before }
  }
  // A newer base may have the packages that are on hold; otherwise only the user can remove the hold.
  if (plan.packages.length === 0 && request.build === null) {
    return onlyOnHold(start, before)
  }
  const spec = needTest(request.test, state.Config ?? {}, request.image)
  const trial = openWorkshop({ ...request, native: image.architecture }, state, plan, around)
  const scanned = spec.kind === 'healthcheck' ? null : endOfTest(image.regressionTest)
  const test = { spec, limitMs: request.testLimitMs, retries: request.testRetries, before: scanned }
  const job: UpdateJob = {
    trial,
    plan,
    test,
    request,
    image,
    before,
    today: before.today,
    surroundings: around,
  }
  await sweepTrials(engine)
  try {
    const commonFields = { ...start, test: TEST_NAMES[spec.kind] }
    const rebuilt = request.build === null ? null : await rebuildAlone(job, commonFields, request.build)
    const updated = rebuilt ?? (await patched(job, commonFields))
    const { outcome } = updated
    if (!BUILT.includes(outcome.outcome) || outcome.patched === null) {
      return outcome.outcome === 'worse'
        ? withImageName(updated, `${request.image} with the update (discarded)`)
        : updated
    }
    const name = patchedName(request.image, request.tagSuffix)
    await tagImage(engine, outcome.patched.id, name)
    // What may not be released must not get into a registry.
    const push = updated.verdict.verdict === 'pass' ? request.push : null
    const pushed = push === null ? null : await pushPatched(name, updated.verdict, { ...push, ...around })
    const named = { ...outcome, patched: { ...outcome.patched, name, pushed } }
    return { ...withImageName(updated, name), outcome: named }
  } finally {
    await closeWorkshop(trial)
  }
}

/**
 * It was judged under the name of the original image, which the policies know; reports must not show its verdict as
 * that of the original, which still exists.
 */
function withImageName({ outcome, verdict }: Updated, reference: string): Updated {
  return {
    outcome,
    verdict: { ...verdict, images: verdict.images.map((image) => ({ ...image, reference })) },
  }
}

async function pushPatched(
  name: string,
  { images }: Verdict,
  { engine, full, signal, progress }: UpdateSurroundings & { readonly full: boolean },
): Promise<string> {
  progress(`pushing ${name}`)
  const judged = images.flatMap(({ digest, layers }) =>
    digest === null ? [] : [{ digest, diffIds: layers.map(({ diffId }) => diffId) }],
  )
  const { digest } = await pushJudged(engine, name, judged, { full, signal })
  return `${untagged(name)}@${digest}`
}

function onlyOnHold(known: UpdateOutcome, before: Verdict): Updated {
  return { outcome: { ...known, outcome: 'breaks' }, verdict: before }
}

function platformOf({ Os, Architecture, Variant }: InspectedImage): string {
  return platformName({ os: Os, architecture: Architecture, variant: Variant || null })
}

const BUILT: readonly UpdateResult[] = ['rebuild', 'updated', 'partly-updated']

interface UpdateJob {
  readonly trial: TrialContext
  readonly plan: UpdatePlan
  readonly test: TestOptions
  readonly request: UpdateRequest
  readonly image: ImageVerdict
  readonly before: Verdict
  readonly today: string
  readonly surroundings: UpdateSurroundings
}

/**
 * Today's base may have all of the updates: then the Dockerfile stays as it is. `null` if that is not enough. Throws
 * `update-no-build`.
 */
async function rebuildAlone(
  { trial, plan, test, image, before, surroundings: around, ...job }: UpdateJob,
  known: UpdateOutcome,
  build: NonNullable<UpdateRequest['build']>,
): Promise<Updated | null> {
  around.progress(`rebuilding the image from ${build.source.file}`)
  const built = await rebuild(trial, optionsOf({ ...job, plan }, build), build.source.text)
  if ('message' in built) {
    throw notBuilt(build.source.file, built.message)
  }
  const testBefore = await testAsItIs(trial, test)
  const testAfter = testBefore.ok ? await testImage(trial, built.id, test) : null
  if (testAfter?.ok !== true) {
    return null
  }
  const verdict = await around.judge(built.id, testAfter)
  const { packages: leftPackages, packagesOnHold } = planOf(verdict.images)
  if (leftPackages.length + packagesOnHold.length > 0 || worseAfter(image, theOnly(verdict)).length > 0) {
    return null
  }
  const patchedImage = { id: built.id, name: null, pushed: null, grewBytes: built.bytes - trial.bytes }
  const packages = [...plan.packages, ...plan.packagesOnHold]
  const proven = { ...known, testBefore, testAfter, packages, leftOut: [], patched: patchedImage }
  return {
    outcome: {
      ...proven,
      outcome: 'rebuild',
      after: verdict.verdict,
      needless: needlessAfter(before, verdict),
    },
    verdict,
  }
}

async function patched(job: UpdateJob, known: UpdateOutcome): Promise<Updated> {
  const { trial, plan, test, image, before, surroundings: around, request } = job
  if (plan.packages.length === 0) {
    return onlyOnHold(known, before)
  }
  const dockerfile = request.build === null ? null : rebuildMethod(trial, optionsOf(job, request.build))
  const { patched, ...proof } = await prove({ trial, method: dockerfile ?? patchMethod(trial), test }, plan)
  let proven = { ...known, ...proof, leftOut: [...known.leftOut, ...proof.leftOut] }
  if (patched === null) {
    const outcome = proof.testBefore?.ok === false ? 'broken-before' : 'breaks'
    return { outcome: { ...proven, outcome }, verdict: before }
  }
  around.progress('judging the patched image')
  const verdict = await around.judge(patched.id, proof.testAfter)
  const { done: packages, notDone } = checkDone(
    proof.packages,
    verdict,
    dockerfile === null ? 'apt' : 'build',
  )
  proven = { ...proven, packages, leftOut: [...proven.leftOut, ...notDone] }
  if (packages.length === 0) {
    return { outcome: { ...proven, outcome: 'breaks' }, verdict: before }
  }
  const requested = new Set(proof.packages.map(({ name }) => name))
  const done = {
    ...proven,
    along: patched.along.filter(({ name }) => !requested.has(name.split(':')[0] ?? '')),
    after: verdict.verdict,
    worse: worseAfter(image, theOnly(verdict)),
    dockerfile: request.build &&
      dockerfile && {
        file: request.build.source.file,
        before: request.build.source.text,
        after: dockerfile.text(proof.packages),
      },
  }
  if (done.worse.length > 0) {
    return { outcome: { ...done, outcome: 'worse' }, verdict }
  }
  const outcome = proven.leftOut.length === 0 ? 'updated' : 'partly-updated'
  const patchedImage = { id: patched.id, name: null, pushed: null, grewBytes: patched.bytes - trial.bytes }
  return {
    outcome: { ...done, outcome, needless: needlessAfter(before, verdict), patched: patchedImage },
    verdict,
  }
}

function optionsOf(
  { plan, request, today }: Pick<UpdateJob, 'plan' | 'request' | 'today'>,
  build: NonNullable<UpdateRequest['build']>,
): RebuildOptions {
  const { securityMirror } = request
  const { addSecurity, sources } = plan
  return { ...build, securityMirror, addSecurity, sources, today }
}

const TEST_NAMES = {
  command: 'command',
  compose: 'compose',
  healthcheck: 'the image’s health check',
} as const

/** Broken before the update: no package is to blame. */
function notBuilt(file: string, message: string): SeaworthyError {
  const [ended = '', ...output] = message.split('\n')
  return new SeaworthyError({
    code: 'update-no-build',
    what: `the Dockerfile cannot be built as it is: ${ended} · ${errorLines(output.join('\n'), 3)}`,
    where: file,
  })
}

function theOnly(verdict: Verdict): ImageVerdict {
  const [only] = verdict.images
  if (only === undefined || verdict.images.length > 1) {
    throw new SeaworthyError({
      code: 'internal',
      what: `cannot update ${verdict.images.length} images at once`,
      where: 'update',
      todo: 'report it with --debug',
    })
  }
  return only
}
