import {
  call,
  containers,
  type ImageState,
  images,
  refuseChanged,
  unlessStatus,
} from '../../io/engine/docker.js'
import type { Engine } from '../../io/engine/engine.js'
import type { OpeningImage } from '../../model/opening.js'
import { SeaworthyError } from '../../model/problem.js'
import { withheldIn } from '../../model/start-options.js'
import type { RunSpec } from '../../model/start-rules.js'
import type { CheckContext } from '../collecting.js'
import { hides } from './dbs/meta.js'
import type { BenchSource } from './dbs/source.js'
import { type Made, makeJudged, makeStarted, type Started, type SubjectOptions } from './run/containers.js'
import { redactContainer } from './run/redact.js'
import { NO_OPTIONS } from './run/spec.js'
import { makeWaiter } from './run/waiting.js'

/** What is asked of the check. */
export interface BenchRequest {
  readonly benchEngine: 'auto' | 'dbs' | 'builtin'
  readonly source: BenchSource
  /** The image, with a shell and the docker command, whose container Docker Bench runs in. */
  readonly benchImage: string
  /** How the image is run; `null` if not specified: section 5 is not judged then. */
  readonly spec: RunSpec | null
  readonly start: boolean
  readonly startTest: 'none' | 'hardened' | 'given'
  readonly startTimeoutMs: number
}

type OfRun = Pick<CheckContext, 'engine' | 'runId' | 'labels' | 'directory' | 'signal' | 'progress'>

export interface BenchOptions extends BenchRequest, OfRun {
  /** Where fetched files are kept between runs. */
  readonly cacheDir: string
}

/** An image in an engine, and what was created there for inspection. */
export interface Prepared extends Omit<FoundImage, 'inspect'> {
  /** One of its labels hides it from Docker Bench. */
  readonly hides: boolean
  readonly documents: Readonly<Record<string, string>>
  readonly judged: Made | null
  readonly started: Started | null
  readonly waiter: Made | null
  /** Why no container waits, although one should. */
  readonly whyNoWaiter: string | null
  readonly about: SubjectOptions
}

/** An image in an engine. */
export interface FoundImage {
  readonly engine: Engine
  readonly id: string
  readonly names: readonly string[]
  readonly inspect: ImageState
}

/** Remembers what has to be removed. */
export type Keep = <T extends Made>(engine: Engine, one: T) => T

/** What the engine says about itself and its machine. */
export const engineInfo = (engine: Engine) => call<{ readonly Architecture?: string }>(engine, '/info')

/** What is the same for all images of a run. */
export interface Shared {
  readonly info: ReturnType<typeof engineInfo>
  /** False if Docker Bench is known to be unavailable. */
  readonly isAsked: boolean
}

/** Creates from an image what has to be inspected. The built-in rules need nothing running. */
export async function prepare(
  found: FoundImage,
  index: number,
  options: BenchOptions & Shared,
  keep: Keep,
): Promise<Prepared> {
  const { inspect, ...at } = found
  const { engine, id } = at

  const { runId, labels, signal, startTimeoutMs } = options
  const about: SubjectOptions = { engine, index, imageId: id, runId, labels, signal, startTimeoutMs }
  const kept = <T extends Made>(one: T) => keep(engine, one)
  const [info, history] = await Promise.all([options.info, call<unknown>(engine, `/images/${id}/history`)])
  const documents: Record<string, string> = {
    'image-inspect.json': JSON.stringify(inspect),
    'info.json': JSON.stringify(info),
    'history.json': JSON.stringify(history),
  }
  const seen = async ({ id }: Made) =>
    JSON.stringify(redactContainer(await call(engine, `/containers/${id}/json`), inspect))
  const judged = options.spec ? kept(await makeJudged(options.spec, about)) : null
  if (judged) {
    documents['container.json'] = await seen(judged)
  }
  const started = options.start ? await startedFor(options, about, kept) : null
  if (started) {
    documents['started.json'] = await seen(started)
    documents['top.json'] = JSON.stringify(
      await call(engine, `/containers/${started.id}/top`, { query: { ps_args: '-el' } }).catch(() => null),
    )
  }
  const isHidden = hides(inspect.Config?.Labels as Record<string, string> | null | undefined)
  const waits = options.benchEngine !== 'builtin' && options.isAsked && !isHidden && started === null
  const platform = { architecture: inspect.Architecture ?? '', machine: info.Architecture ?? '' }
  const made = waits ? await waitingFor(platform, about, kept) : { waiter: null, why: null }
  return {
    ...at,
    hides: isHidden,
    documents,
    judged,
    started,
    about,
    waiter: made.waiter,
    whyNoWaiter: made.why,
  }
}

async function startedFor(
  options: BenchOptions,
  about: SubjectOptions,
  keep: <T extends Made>(one: T) => T,
): Promise<Started> {
  options.progress('starting the image to inspect it while it runs')
  const started = await makeStarted(options.spec ?? NO_OPTIONS, 'started', about, keep)
  const lives = ['healthy', 'unhealthy', 'never-healthy', 'running'].includes(started.report.outcome)
  if (!lives && options.benchEngine !== 'builtin') {
    throw notRunning(started)
  }
  return started
}

async function waitingFor(
  platform: { readonly architecture: string; readonly machine: string },
  about: SubjectOptions,
  keep: <T extends Made>(one: T) => T,
): Promise<{ waiter: Made; why: null } | { waiter: null; why: string }> {
  const made = await makeWaiter(platform, about, keep)
  if (made.waiter === null) {
    return made
  }
  // If the kernel cannot run it, the engine reports that at the start, or nothing does.
  const { State } = await containers.inspect(about.engine, made.waiter.id, about.signal)
  if (State?.Running === true) {
    return { ...made, why: null }
  }
  return {
    waiter: null,
    why: 'The container exited immediately, so Docker Bench has no running container to judge.',
  }
}

/**
 * The image in the engine, by its id; `null` if it is an archive, or was read from a registry. Throws if the
 * engine's image is a different one.
 */
export async function inEngine(
  opening: OpeningImage,
  { engine: connect, signal }: BenchOptions,
): Promise<FoundImage | null> {
  const diffIds = await opening.diffIds
  if (opening.apart !== null) {
    return null
  }
  const engine = await connect().catch(() => null)
  if (engine === null) {
    return null
  }
  const { reference } = opening
  const inspect = await images.inspect(engine, reference, undefined, signal).catch(unlessStatus(404, 400))

  if (inspect === null) {
    return null
  }
  refuseChanged(inspect, diffIds, reference)
  return { engine, id: inspect.Id, names: inspect.RepoTags ?? [], inspect }
}

const linesOf = (text: string) => {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '')
}

function notRunning({ report, differs }: Started): SeaworthyError {
  const { outcome, exitCode, seconds, said } = report
  const end =
    outcome === 'not-started' ? 'could not be started' : `exited with code ${exitCode} after ${seconds} s`
  const words = linesOf(said).join(' / ').slice(-600)
  const last = words === '' ? 'it printed nothing' : `its output ends with: ${words}`
  const withheld = withheldIn(differs)
  const without = withheld.length === 0 ? '' : `; it was started without ${withheld.join(', ')}`
  return new SeaworthyError({
    code: 'bench-subject-ended',
    what: `the container ${end}, but Docker Bench judges only running containers; ${last}${without}`,
    where: 'docker-bench',
  })
}
