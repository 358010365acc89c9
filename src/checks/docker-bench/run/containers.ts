import { call, containers, networks } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import type { StartReport } from './document.js'
import { badOptions, NO_OPTIONS, type RunSpec, risksOf } from './spec.js'
import { startAndWatch } from './start.js'

export interface SubjectOptions {
  readonly engine: Engine
  readonly runId: string
  /** Tells the containers of several images apart. */
  readonly index: number
  readonly labels: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Id in the engine, never a name. */
  readonly imageId: string
  /** Limit for becoming healthy. */
  readonly startTimeoutMs: number
}

export interface Made {
  readonly id: string
  readonly name: string
}

export interface Started extends Made {
  /** Checks that judge an option which was changed for the start. */
  readonly changed: readonly string[]
  readonly report: StartReport
}

/** Options under which an image should be able to live, whatever it was built for. */
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

/** Throws where options of a fork's pull request reach for the host. Before anything is made with them. */
export function refuseRisks(spec: RunSpec): void {
  const risks = risksOf(spec)
  if (risks.length > 0) {
    throw badOptions(`not from a fork's pull request: ${risks.join(', ')}`, 'run-options')
  }
}

/** Makes the container whose options are judged. It is never started, so that its ports are published nowhere. */
export async function makeJudged(spec: RunSpec, options: SubjectOptions): Promise<Made> {
  return make(spec, 'judged', options)
}

/**
 * Makes a container and starts it where it can do little harm: on a network without a way out, without published
 * ports, with limits, and not again once it has ended. What that changed of the given options is told.
 */
export async function makeStarted(
  spec: RunSpec,
  name: 'started' | 'hardened',
  options: SubjectOptions,
  keep: <T extends Made>(one: T) => T,
): Promise<Started> {
  const { engine, runId, index, labels, signal, startTimeoutMs } = options
  const { spec: kept, changed } = keptIn(spec)
  const network = await networks.create(engine, `seaworthy-${runId}-bench-${index}-${name}`, {
    Internal: true,
    Labels: labels,
  })
  const hostConfig = { NetworkMode: network.Id, Dns: ['0.0.0.0'], ...kept.hostConfig }
  const made = keep(await make({ ...kept, hostConfig }, name, options))
  return {
    ...made,
    changed,
    report: await startAndWatch(engine, made.id, { timeoutMs: startTimeoutMs, signal }),
  }
}

/** Removes a container with its network and volumes. */
export async function unmake(engine: Engine, made: Made): Promise<void> {
  const state = await call<{ HostConfig?: { NetworkMode?: string } }>(
    engine,
    `/containers/${made.id}/json`,
  ).catch(() => null)
  await containers.remove(engine, made.id)
  const network = state?.HostConfig?.NetworkMode ?? ''
  // Only ours are known by their id.
  if (/^[0-9a-f]{64}$/.test(network)) {
    await networks.remove(engine, network)
  }
}

function keptIn({ config, hostConfig }: RunSpec): { spec: RunSpec; changed: string[] } {
  const { NetworkMode, PortBindings, PublishAllPorts, RestartPolicy, ...rest } = hostConfig
  const changed = ['5.30']
  if (PortBindings !== undefined || PublishAllPorts === true) {
    changed.push('5.8', '5.9', '5.14')
  }
  if (NetworkMode === 'host') {
    changed.push('5.10')
  }
  if (RestartPolicy !== undefined) {
    changed.push('5.15')
  }
  if (rest.Memory === undefined) {
    changed.push('5.11')
  }
  if (rest.PidsLimit === undefined) {
    changed.push('5.29')
  }
  const limits = { Memory: rest.Memory ?? 2 ** 30, PidsLimit: rest.PidsLimit ?? 1024 }
  const network = NetworkMode === 'none' ? { NetworkMode } : {}
  return { spec: { config, hostConfig: { ...rest, ...limits, ...network } }, changed }
}

async function make(spec: RunSpec, name: string, options: SubjectOptions): Promise<Made> {
  const { engine, runId, index, labels, imageId } = options
  // Hexadecimal and our own words: no name that Docker Bench would leave out (dbs/selection.ts).
  const full = `seaworthy-${runId}-${index}-${name}`
  const ownLabels = { ...(spec.config.Labels as object | undefined), ...labels }
  const body = { ...spec.config, Image: imageId, Labels: ownLabels, HostConfig: spec.hostConfig }
  const { Id: id } = await containers.create(engine, full, body).catch((error: unknown) => {
    if (spec === NO_OPTIONS) {
      throw error
    }
    throw badOptions(error instanceof Error ? error.message : String(error), 'run-options')
  })
  return { id, name: full }
}
