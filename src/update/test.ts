import { containers } from '../io/engine/docker.js'
import { labelsOf } from '../io/engine/leftovers.js'
import { runTest } from '../io/engine/run-test.js'
import { createToStart } from '../io/engine/start-image.js'
import { removeTrialContainers } from '../io/engine/trials.js'
import { type WatchedState, watchContainer } from '../io/engine/watch-container.js'
import { plain } from '../io/process/command.js'
import { messageOf, type RequestedTest, SeaworthyError, START_LIMITS, type TestEnd } from '../model/index.js'
import { type BuildContext, buildUpdated, findWorking, omittedBy } from './build.js'
import type { BuiltUpdate } from './patch.js'
import type { TestOutcome } from './plan/outcome.js'
import { nameForTrial, type TrialContext } from './workshop.js'

/** How the user wants the application to be tested. */
export type TestSpec =
  | RequestedTest
  /** A compose file that only a pull request has: nothing is started from it. */
  | { readonly kind: 'unbound'; readonly file: string }
  | { readonly kind: 'healthcheck' }

export type KnownTest = Exclude<TestSpec, { readonly kind: 'unbound' }>

export interface TestOptions {
  readonly spec: KnownTest
  /** Limit per attempt, in milliseconds. */
  readonly limitMs: number
  /** How often a failed test is retried. */
  readonly retries: number
  /** Its result on the unchanged image, if the scan has run it; else `null`. */
  readonly before: TestEnd | null
}

/** An image with updated packages, and how its test ended. */
export interface TestedUpdate extends BuiltUpdate {
  /** `null` if there is nothing to test. */
  readonly testAfter: TestOutcome | null
}

/**
 * Tests the built image. If the test fails, the packages that break it are left out: the rest is built and tested again
 * in its final form.
 */
export async function testUpdated(
  { test, ...context }: BuildContext & { readonly test: TestOptions },
  built: BuiltUpdate,
): Promise<TestedUpdate> {
  const { trial } = context
  if (built.patched === null) {
    return { ...built, testAfter: null }
  }
  trial.progress('testing the patched image')
  const first = await testImage(trial, built.patched.id, test)
  if (first.ok) {
    return { ...built, testAfter: first }
  }
  trial.progress('looking for the packages that break the test')
  const attempt = async (id: string): Promise<string | null> => {
    const result = await testImage(trial, id, test)
    return result.ok ? null : failureText(result)
  }
  const { works, breaks } = await findWorking(context, built.packages, attempt, failureText(first))
  const broken = [...built.leftOut, ...omittedBy('test', breaks)]
  if (works.length === 0) {
    return { patched: null, packages: [], leftOut: broken, testAfter: first }
  }
  const rest = await buildUpdated(context, works)
  const leftOut = [...broken, ...rest.leftOut]
  if (rest.patched === null) {
    return { ...rest, leftOut, testAfter: first }
  }
  const testAfter = await testImage(trial, rest.patched.id, test)
  // It passed with the same packages a moment ago: such a test proves nothing.
  return testAfter.ok ? { ...rest, leftOut, testAfter } : { patched: null, packages: [], leftOut, testAfter }
}

function failureText({ ended, output }: TestOutcome): string {
  return `${ended}\n${output}`.trim()
}

/**
 * The requested test, else the image's own health check. Throws `update-no-test` if there is neither: an update that
 * nobody can tell from a broken one is not delivered.
 * @param image its name in messages
 */
export function needTest(
  requested: TestSpec | null,
  config: Readonly<Record<string, unknown>>,
  image: string,
): KnownTest {
  if (requested?.kind === 'unbound') {
    throw untested(`the test file ${requested.file} is not on the base branch yet`, requested.file)
  }
  if (requested !== null) {
    return requested
  }
  const test = (config.Healthcheck as { Test?: readonly string[] } | null | undefined)?.Test ?? []
  if (test.length > 0 && test[0] !== 'NONE') {
    return { kind: 'healthcheck' }
  }
  const why = 'no test is set, and the image has no health check'
  throw untested(`there is no evidence that the application works: ${why}`, image)
}

function untested(what: string, where: string): SeaworthyError {
  return new SeaworthyError({ code: 'update-no-test', what, where })
}

/** Tests the unchanged image, unless the scan has done so. */
export async function testUnchanged(trial: TrialContext, options: TestOptions): Promise<TestOutcome> {
  return options.before === null ? testImage(trial, trial.id, options) : { ...options.before, attempt: 1 }
}

/** Runs the test on an image until it passes, or no attempt is left. */
export async function testImage(
  trial: TrialContext,
  image: string,
  options: TestOptions,
): Promise<TestOutcome> {
  const name = await nameForTrial(trial, image)
  for (let attempt = 1; ; attempt += 1) {
    // What a test started and did not end would take ports and memory from the next one, and outlive us.
    const removeLeftovers = () => removeTrialContainers(trial.engine, name).catch(() => undefined)
    const end = await runOnce(trial, name, options).finally(removeLeftovers)
    if (end.ok || attempt > options.retries) {
      return { ...end, attempt }
    }
  }
}

async function runOnce(trial: TrialContext, image: string, { spec, limitMs }: TestOptions): Promise<TestEnd> {
  if (spec.kind === 'healthcheck') {
    return runHealthcheck(trial, image, limitMs)
  }
  const { ok, ended, seconds, output } = await runTest(spec, { ...trial, image, limitMs })
  return { ok, ended, seconds, output }
}

/** Starts the unchanged image without a network, and waits until its own health check reports healthy. */
async function runHealthcheck(
  { engine, runId, signal }: TrialContext,
  image: string,
  limitMs: number,
): Promise<TestEnd> {
  const began = performance.now()
  const name = `seaworthy-${runId}-update-test-${Math.round(began)}`
  const labels = labelsOf(runId, Math.ceil((Date.now() + limitMs) / 1000) + 300)
  const spec = { config: {}, hostConfig: { ...START_LIMITS, NetworkMode: 'none' } }
  const { id: Id } = await createToStart(engine, { name, image, labels, spec, signal })
  try {
    const ended = await containers
      .start(engine, Id, signal)
      .then(() => watchContainer(engine, Id, signal, (state, ms) => endOf(state, ms, limitMs)), messageOf)
    const seconds = Math.round(performance.now() - began) / 1000
    const output = plain(await containers.logs(engine, Id, 50).catch(() => ''))
    return { ok: ended === 'healthy', ended, seconds, output }
  } finally {
    await containers.remove(engine, Id)
  }
}

/** How it ended, in words; `null` as long as that is open. */
function endOf({ running, exitCode, health }: WatchedState, ms: number, limitMs: number): string | null {
  if (!running) {
    return `exited with code ${exitCode} before it became healthy`
  }
  if (health === 'healthy' || health === 'unhealthy') {
    return health
  }
  if (health === 'none') {
    return 'the image has no health check'
  }
  return ms > limitMs ? `not healthy within ${limitMs / 1000} s` : null
}
