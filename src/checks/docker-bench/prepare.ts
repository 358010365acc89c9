import {
  type ContainerState,
  call,
  containers,
  type ImageState,
  images,
  refuseChanged,
  unlessStatus,
} from '../../io/engine/docker.js'
import type { Engine } from '../../io/engine/engine.js'
import { isRecord, type OpeningImage, type Place, type RunService, type RunSpec } from '../../model/index.js'
import type { CheckContext } from '../collecting.js'
import { benchError, isHiddenByLabel } from './dbs/meta.js'
import type { BenchSource } from './dbs/source.js'
import {
  makeJudged,
  type StartedContainer,
  type SubjectOptions,
  type TestContainer,
  unmake,
} from './run/containers.js'
import type { NotStarted } from './run/document.js'
import { redactContainer } from './run/redact.js'
import { lastOutput } from './run/start.js'
import { notRunning, notStartedOf, startedFor } from './run/starting.js'
import { makeWaiter } from './run/waiting.js'

export interface BenchRequest {
  readonly benchEngine: 'both' | 'both-required' | 'builtin'
  readonly source: BenchSource
  /** The image, with a shell and the docker command, whose container Docker Bench runs in. */
  readonly benchImage: string
  /** How the image is run; `null` if not specified: section 5 is not judged then. */
  readonly spec: RunSpec | null
  /**
   * What is started, if not `spec`: on a pull request the base's options. `null`: they are invalid, so nothing is
   * started.
   */
  readonly startSpec?: RunSpec | null
  /** The line of gate.yml or of the compose file that sets the run options; omitted if it is not known. */
  readonly optionsAt?: Place | null
  /** The service of the compose file that says so; omitted if none does, or its place is not known. */
  readonly service?: RunService | null
  /** The image that this service runs, if the file shows it. */
  readonly serviceImage?: string | null
  /** True if a compose file says how the image is run. */
  readonly isCompose?: boolean
  readonly start: boolean
  /** True if an image that does not run is judged by its declared options, as if nothing was to be started. */
  readonly isStartOptional: boolean
  readonly startTest: 'none' | 'hardened' | 'given'
  readonly startTimeoutMs: number
}

export interface BenchOptions
  extends BenchRequest,
    Pick<CheckContext, 'engine' | 'runId' | 'labels' | 'directory' | 'signal' | 'progress'> {
  /** Where fetched files are kept between runs. */
  readonly cacheDir: string
}

/** An image in an engine, and what was created there for inspection. */
export interface PreparedImage extends Omit<FoundImage, 'inspect'> {
  /** One of its labels hides it from Docker Bench. */
  readonly hides: boolean
  readonly documents: Readonly<Record<string, string>>
  readonly judged: TestContainer | null
  readonly started: StartedContainer | null
  /** Why nothing was started, although it was tried; else `null`. */
  readonly notStarted: NotStarted | null
  readonly waiter: TestContainer | null
  /** Why no container waits, although one should. */
  readonly whyNoWaiter: string | null
  readonly about: SubjectOptions
}

export interface FoundImage {
  readonly engine: Engine
  readonly id: string
  readonly names: readonly string[]
  readonly inspect: ImageState
  /** True for a stand-in: it has only the configuration and the history of an image that no engine has. */
  readonly isStandIn?: boolean
}

/** Registers a container so that it is removed at the end of the run. */
export type Register = <T extends TestContainer>(engine: Engine, one: T) => T

/** What the engine says about itself and its machine. */
export const engineInfo = (engine: Engine) => call<{ readonly Architecture?: string }>(engine, '/info')

export interface SharedOptions {
  readonly info: ReturnType<typeof engineInfo>
  /** False if Docker Bench is known to be unavailable. */
  readonly mayBeAvailable: boolean
}

/** Creates the containers of an image that have to be inspected. The built-in rules need no running container. */
export async function prepare(
  found: FoundImage,
  index: number,
  options: BenchOptions & SharedOptions,
  keep: Register,
): Promise<PreparedImage> {
  const { inspect, ...at } = found
  const { engine, id } = at

  const { runId, labels, signal, startTimeoutMs, isStartOptional } = options
  const limits = { startTimeoutMs, isStartOptional }
  const subjectOptions: SubjectOptions = { engine, index, imageId: id, runId, labels, signal, ...limits }
  const register = <T extends TestContainer>(one: T) => keep(engine, one)
  const [info, history] = await Promise.all([options.info, call<unknown>(engine, `/images/${id}/history`)])
  const documents: Record<string, string> = {
    'image-inspect.json': JSON.stringify(inspect),
    'info.json': JSON.stringify(info),
    'history.json': JSON.stringify(history),
  }
  const inspected = ({ id }: TestContainer) => call<unknown>(engine, `/containers/${id}/json`)
  const judged = options.spec ? register(await makeJudged(options.spec, subjectOptions)) : null
  if (judged) {
    const state = await inspected(judged)
    refuseDropped(options.spec, state)
    documents['container.json'] = JSON.stringify(redactContainer(state, inspect))
  }
  const { started, notStarted } =
    options.start && !found.isStandIn
      ? await startedFor({ ...options, spec: startSpecOf(options) }, subjectOptions, register)
      : { started: null, notStarted: options.start ? NOT_IN_ENGINE : null }
  if (started) {
    documents['started.json'] = JSON.stringify(redactContainer(await inspected(started), inspect))
    documents['top.json'] = JSON.stringify(
      await call(engine, `/containers/${started.id}/top`, { query: { ps_args: '-el' } }).catch(() => null),
    )
  }
  const isHidden = isHiddenByLabel(inspect.Config?.Labels as Record<string, string> | null | undefined)
  const waits = options.benchEngine !== 'builtin' && options.mayBeAvailable && !isHidden && started === null
  const waiting = waits
    ? await waitingFor(inspect, info, subjectOptions, register)
    : { waiter: null, why: null }
  return {
    ...at,
    hides: isHidden,
    documents,
    judged,
    started,
    notStarted,
    about: subjectOptions,
    waiter: waiting.waiter,
    whyNoWaiter: waiting.why,
  }
}

/** The options that are started, never those of a pull request if the base's are not known. */
export function startSpecOf({ spec, startSpec = spec }: BenchRequest): RunSpec | null {
  return startSpec
}

/** Options that reach beyond the container. An engine states them as they were requested. */
const STATED = (
  'CapAdd CgroupParent Devices IpcMode NetworkMode PidMode PortBindings Privileged PublishAllPorts UTSMode ' +
  'UsernsMode'
).split(' ')

/**
 * Other engines than Docker ignore some options, and would show a container that satisfies the rules about them.
 * @throws SeaworthyError `bench-not-proven` if the engine shows nothing of an option that was requested
 */
function refuseDropped(spec: RunSpec | null, inspect: unknown): void {
  const answered = isRecord(inspect) && isRecord(inspect.HostConfig) ? inspect.HostConfig : {}
  const dropped = STATED.filter((key) => isSet(spec?.hostConfig[key]) && !isSet(answered[key]))
  if (dropped.length > 0) {
    const what = `the engine created the container without these of its run options: ${dropped.join(', ')}`
    throw benchError('bench-not-proven', what)
  }
}

function isSet(value: unknown): boolean {
  const isEmptyObject = typeof value === 'object' && value !== null && Object.keys(value).length === 0
  return Boolean(value) && !isEmptyObject
}

const NOT_IN_ENGINE: NotStarted = { why: 'it is not in an engine' }

/** @throws SeaworthyError `bench-subject-ended` if a container that has to run has ended by now */
export async function assertStillRunning(
  { started, about: { engine, signal } }: PreparedImage,
  { isStartOptional, benchEngine }: BenchOptions,
): Promise<void> {
  // The built-in rules judge one that has ended, too.
  if (started === null || isStartOptional || benchEngine === 'builtin') {
    return
  }
  const container = await containers.inspect(engine, started.id, signal)
  if (container.State?.Running !== true) {
    throw notRunning(endDuring(container), await lastOutput(engine, container), started.differs)
  }
}

const endDuring = ({ State }: ContainerState) =>
  `the container exited with code ${State?.ExitCode ?? 'unknown'} while Docker Bench was examining it`

/**
 * A prepared image without its started container, if that has ended by now: Docker Bench judges only running
 * containers. `null` if the container still runs, or had to.
 */
export async function withoutEnded(
  one: PreparedImage,
  options: BenchOptions,
  keep: Register,
): Promise<PreparedImage | null> {
  const { started, about, documents } = one
  if (started === null || !options.isStartOptional) {
    return null
  }
  const { engine, imageId } = about
  const container = await containers.inspect(engine, started.id, options.signal)
  if (container.State?.Running === true) {
    return null
  }
  const output = await lastOutput(engine, container)
  await unmake(engine, started)
  const { 'started.json': _, 'top.json': __, ...rest } = documents
  const [inspect, info] = await Promise.all([images.inspect(engine, imageId), engineInfo(engine)])
  const { waiter, why: whyNoWaiter } = await waitingFor(inspect, info, about, (made) => keep(engine, made))
  return {
    ...one,
    documents: rest,
    started: null,
    notStarted: notStartedOf(endDuring(container), output),
    waiter,
    whyNoWaiter,
  }
}

async function waitingFor(
  inspect: ImageState,
  info: Awaited<ReturnType<typeof engineInfo>>,
  about: SubjectOptions,
  keep: <T extends TestContainer>(one: T) => T,
): Promise<{ waiter: TestContainer; why: null } | { waiter: null; why: string }> {
  const platform = { architecture: inspect.Architecture ?? '', machine: info.Architecture ?? '' }
  const result = await makeWaiter(platform, about, keep)
  if (result.waiter === null) {
    return result
  }
  // If the kernel cannot run the waiting program, either the engine reports that at the start, or only the container's
  // state shows it.
  const { State } = await containers.inspect(about.engine, result.waiter.id, about.signal)
  if (State?.Running === true) {
    return { ...result, why: null }
  }
  const why = 'The container exited immediately, so Docker Bench has no running container to judge.'
  return { waiter: null, why }
}

/**
 * The image in the engine, by its id; `null` if it is an archive, or a registry's. Throws if the
 * engine's image is a different one.
 */
export async function inEngine(
  opening: OpeningImage,
  { engine: connect, signal }: BenchOptions,
): Promise<FoundImage | null> {
  const diffIds = await opening.diffIds
  if (opening.apart !== null || opening.source !== 'engine') {
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
