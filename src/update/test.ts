import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { containers } from '../io/engine/docker.js'
import { labelsOf } from '../io/engine/leftovers.js'
import { createToStart } from '../io/engine/start-image.js'
import { type WatchedState, watchContainer } from '../io/engine/watch-container.js'
import { SeaworthyError } from '../model/problem.js'
import { MOST } from '../model/start-options.js'
import { plain, runCommand, type TestResult } from './test-command.js'
import { removeTrialContainers } from './trials.js'
import { nameForTrial, type Workshop } from './workshop.js'

/** How the user wants the application to be tested. */
export type TestSpec =
  | { readonly kind: 'command'; readonly command: string }
  /** `document`: a compose file with nothing to be read beside it (src/inputs/test-compose.ts). */
  | { readonly kind: 'compose'; readonly document: string; readonly service: string }
  /** A compose file that a pull request brings: nothing is started by it. */
  | { readonly kind: 'unbound'; readonly file: string }
  | { readonly kind: 'healthcheck' }

export type KnownTest = Exclude<TestSpec, { readonly kind: 'unbound' }>

export interface TestOptions {
  readonly spec: KnownTest
  /** Limit of one attempt, in milliseconds. */
  readonly limitMs: number
  /** How often a test that failed is tried again. */
  readonly retries: number
}

/**
 * The test that was asked for, else the image's own health check. Throws `update-no-test` where there is neither: an
 * update that nobody can tell from a broken one is not given.
 * @param image as messages shall name it
 */
export function needTest(
  asked: TestSpec | null,
  config: Readonly<Record<string, unknown>>,
  image: string,
): KnownTest {
  if (asked?.kind === 'unbound') {
    throw untested(`${asked.file}, which is to test it, is not in the base yet`, asked.file)
  }
  if (asked !== null) {
    return asked
  }
  const test = (config.Healthcheck as { Test?: readonly string[] } | null | undefined)?.Test ?? []
  if (test.length > 0 && test[0] !== 'NONE') {
    return { kind: 'healthcheck' }
  }
  const why = 'no test is given, and the image has no health check'
  throw untested(`nothing tells whether the application works: ${why}`, image)
}

function untested(what: string, where: string): SeaworthyError {
  return new SeaworthyError({ code: 'update-no-test', what, where })
}

/** Runs the test on an image until it passes, or no attempt is left. */
export async function testImage(shop: Workshop, image: string, options: TestOptions): Promise<TestResult> {
  const name = await nameForTrial(shop, image)
  for (let attempt = 1; ; attempt += 1) {
    const result = { ...(await once(shop, name, options).finally(() => left(shop, name))), attempt }
    if (result.ok || attempt > options.retries) {
      return result
    }
  }
}

/** What a test has started and not ended would hold ports and memory in the next one, and live on after us. */
async function left({ engine }: Workshop, name: string): Promise<void> {
  await removeTrialContainers(engine, name).catch(() => null)
}

function once(
  shop: Workshop,
  image: string,
  { spec, limitMs }: TestOptions,
): Promise<Omit<TestResult, 'attempt'>> {
  const { engine, signal } = shop
  if (spec.kind === 'healthcheck') {
    return runHealthcheck(shop, image, limitMs)
  }
  const env = { IMAGE: image, DOCKER_HOST: engine.host }
  if (spec.kind === 'command') {
    return runCommand(['sh', '-c', spec.command], env, limitMs, signal)
  }
  return compose(spec, env, shop, limitMs)
}

/** The services are brought up; the one that is named must end with 0. They are taken down whatever happens. */
async function compose(
  spec: { readonly document: string; readonly service: string },
  env: Readonly<Record<string, string>>,
  { runId, signal, directory }: Workshop,
  limitMs: number,
): Promise<Omit<TestResult, 'attempt'>> {
  // In a folder of ours: beside the file, Docker Compose would read a .env.
  const file = join(directory(), 'compose.json')
  writeFileSync(file, spec.document)
  const words = [...(await composeCommand(signal)), '-p', `seaworthy-${runId}`, '-f', file]
  try {
    const up = ['up', '--abort-on-container-exit', '--exit-code-from', spec.service]
    return await runCommand([...words, ...up], env, limitMs, signal)
  } finally {
    await runCommand(
      [...words, 'down', '-v', '--timeout', '5'],
      env,
      60_000,
      AbortSignal.timeout(60_000),
    ).catch(() => null)
  }
}

/** The plugin of the docker command, else the program that came before it. */
async function composeCommand(signal: AbortSignal): Promise<readonly string[]> {
  for (const words of [['docker', 'compose'], ['docker-compose']]) {
    if ((await runCommand([...words, 'version'], {}, 60_000, signal)).ok) {
      return words
    }
  }
  throw new SeaworthyError({
    code: 'no-compose',
    what: 'neither docker compose nor docker-compose can be run here',
    where: 'test-compose',
  })
}

/** Starts the image as it is, without a network, and waits for its own health check to say healthy. */
async function runHealthcheck(
  { engine, runId, signal }: Workshop,
  image: string,
  limitMs: number,
): Promise<Omit<TestResult, 'attempt'>> {
  const began = performance.now()
  const name = `seaworthy-${runId}-update-test-${Math.round(began)}`
  const labels = labelsOf(runId, Math.ceil((Date.now() + limitMs) / 1000) + 300)
  const spec = { config: {}, hostConfig: { ...MOST, NetworkMode: 'none' } }
  const { id: Id } = await createToStart(engine, { name, image, labels, spec, signal })
  try {
    const ended = await containers.start(engine, Id, signal).then(
      () => watchContainer(engine, Id, signal, (state, ms) => endOf(state, ms, limitMs)),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    const seconds = Math.round(performance.now() - began) / 1000
    const output = plain(await containers.logs(engine, Id, 50).catch(() => ''))
    return { ok: ended === 'healthy', ended, seconds, output }
  } finally {
    await containers.remove(engine, Id)
  }
}

/** How it ended, in words; `null` while that is open. */
function endOf({ running, exitCode, health }: WatchedState, ms: number, limitMs: number): string | null {
  if (!running) {
    return `ended with exit ${exitCode} before it was healthy`
  }
  if (health === 'healthy' || health === 'unhealthy') {
    return health
  }
  if (health === 'none') {
    return 'the image has no health check'
  }
  return ms > limitMs ? `not healthy within ${limitMs / 1000} s` : null
}
