import { containers, networks } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { createToStart } from '../../../io/engine/start-image.js'
import { badOptions, type Difference, messageOf, NO_OPTIONS, type RunSpec } from '../../../model/index.js'
import type { StartReport } from './document.js'
import { startAndWatch } from './start.js'

export interface SubjectOptions {
  readonly engine: Engine
  readonly runId: string
  /** Distinguishes the containers of several images. */
  readonly index: number
  readonly labels: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Id in the engine, never a name. */
  readonly imageId: string
  /** Time limit for becoming healthy. */
  readonly startTimeoutMs: number
  /** True if what is started is judged if it runs, and need not. */
  readonly isStartOptional: boolean
}

export interface TestContainer {
  readonly id: string
  readonly name: string
}

export interface StartedContainer extends TestContainer {
  /** How it differs from a container with the requested options. */
  readonly differs: readonly Difference[]
  readonly report: StartReport
}

/**
 * How long the health check of what only has to run may take, in ms: the engine runs it for the first time after 30 s by
 * default.
 */
const HEALTH_TIMEOUT_MS = 35_000

/** Restrictive run options with which most images should work. */
export const HARDENED: RunSpec = {
  config: { User: '65532' },
  hostConfig: {
    CapDrop: ['ALL'],
    ReadonlyRootfs: true,
    SecurityOpt: ['no-new-privileges'],
    PidsLimit: 512,
    Memory: 2 ** 30,
  },
}

/** Creates the container whose options are judged. It is never started, so its ports are not published anywhere. */
export async function makeJudged(spec: RunSpec, options: SubjectOptions): Promise<TestContainer> {
  const { engine, labels, imageId } = options
  const name = nameOf('judged', options)
  const ownLabels = { ...(spec.config.Labels as object | undefined), ...labels }
  const body = { ...spec.config, Image: imageId, Labels: ownLabels, HostConfig: spec.hostConfig }
  const { Id: id } = await containers.create(engine, name, body).catch(refused(spec))
  return { id, name }
}

/**
 * Creates and starts a container where it can do little harm: with allowed options, on an isolated network,
 * with limits. Differences from the requested options are reported.
 */
export async function makeStarted(
  spec: RunSpec,
  name: 'started' | 'hardened',
  options: SubjectOptions,
  keep: <T extends TestContainer>(one: T) => T,
): Promise<StartedContainer> {
  const { engine, labels, imageId: image, signal, startTimeoutMs, isStartOptional } = options
  const full = nameOf(name, options)
  const { id, differs } = await createToStart(engine, { name: full, image, labels, spec }).catch(
    refused(spec),
  )
  const container = keep({ id, name: full })
  const isJudgedAnyhow = isStartOptional && name === 'started'
  const timeoutMs = isJudgedAnyhow ? Math.min(startTimeoutMs, HEALTH_TIMEOUT_MS) : startTimeoutMs
  return { ...container, differs, report: await startAndWatch(engine, id, { timeoutMs, signal }) }
}

/** Removes a container with its network and volumes. */
export async function unmake(engine: Engine, made: TestContainer): Promise<void> {
  const state = await containers.inspect(engine, made.id).catch(() => null)
  await containers.remove(engine, made.id)
  const network = state?.HostConfig?.NetworkMode ?? ''
  // Networks that Seaworthy created are identified only by their id.
  if (/^[0-9a-f]{64}$/.test(network)) {
    await networks.remove(engine, network)
  }
}

/** A name of hexadecimal digits and fixed words, which Docker Bench does not skip (dbs/selection.ts). */
function nameOf(what: string, { runId, index }: SubjectOptions): string {
  return `seaworthy-${runId}-${index}-${what}`
}

function refused(spec: RunSpec) {
  return (error: unknown): never => {
    if (spec === NO_OPTIONS) {
      throw error
    }
    throw badOptions(messageOf(error), 'run-options')
  }
}
