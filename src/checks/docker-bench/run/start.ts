import { type ContainerState, containers } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { SETTLE_MS, type WatchedState, watchContainer } from '../../../io/engine/watch-container.js'
import { plain } from '../../../io/process/command.js'
import { messageOf } from '../../../model/index.js'
import { maskedOutput } from '../../masked-output.js'
import type { StartReport } from './document.js'

const LAST_LINES = 12

interface Watching {
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/**
 * Starts a container and waits until it is healthy, unhealthy or ended, or the time is over. Its output is
 * kept as plain lines: the image wrote it.
 * @param options `patienceMs`: after this time, running is enough, whatever its health check says later; `null`: never
 */
export async function startAndWatch(
  engine: Engine,
  id: string,
  options: Watching & { readonly patienceMs: number | null },
): Promise<StartReport> {
  const began = performance.now()
  const refused = await containers.start(engine, id).then(() => null, messageOf)
  if (refused !== null) {
    return { outcome: 'not-started', exitCode: null, seconds: secondsSince(began), said: shown(refused) }
  }
  const { timeoutMs, patienceMs, signal } = options
  return reported(engine, id, began, signal, (state, ms) => {
    const isEnough = patienceMs !== null && ms >= patienceMs
    return outcomeOf(state, ms, timeoutMs) ?? (isEnough ? 'running' : null)
  })
}

/**
 * What the health check of a running container says by the end of a time. `running` if it has none.
 * @param began when it was started, by `performance.now()`; the time is counted from then
 */
export function watchHealth(
  engine: Engine,
  id: string,
  began: number,
  { timeoutMs, signal }: Watching,
): Promise<StartReport> {
  return reported(engine, id, began, signal, (state) =>
    state.health === 'none' ? 'running' : outcomeOf(state, performance.now() - began, timeoutMs),
  )
}

async function reported(
  engine: Engine,
  id: string,
  began: number,
  signal: AbortSignal,
  judge: (state: WatchedState, ms: number) => StartReport['outcome'] | null,
): Promise<StartReport> {
  const { outcome, exitCode, container, probed } = await watchContainer(
    engine,
    id,
    signal,
    (state, ms, container) => {
      const outcome = judge(state, ms)
      const exitCode = state.running ? null : state.exitCode
      return outcome === null ? null : { outcome, exitCode, container, probed: state.probed }
    },
  )
  const seconds = secondsSince(began)
  if (outcome === 'healthy' || outcome === 'running') {
    return { outcome, exitCode, seconds, said: '' }
  }
  const isUnchecked = outcome === 'never-healthy' && probed === null && !container.State?.Health?.Log?.length
  const output = await lastOutput(engine, container, probed ?? '')
  return { outcome, exitCode, seconds, ...output, ...(isUnchecked ? { isUnchecked } : {}) }
}

/** @param began by `performance.now()` */
export const secondsSince = (began: number) => Math.round(performance.now() - began) / 1000

function outcomeOf(
  { running, health }: WatchedState,
  ms: number,
  limit: number,
): StartReport['outcome'] | null {
  if (!running) {
    return 'ended'
  }
  if (health === 'healthy' || health === 'unhealthy') {
    return health
  }
  if (health === 'none') {
    return ms >= Math.min(SETTLE_MS, limit) ? 'running' : null
  }
  return ms >= limit ? 'never-healthy' : null
}

/**
 * The end of the container's log, and of what its health check printed.
 * @param container as it was inspected
 * @param probed what the health check printed when the gate ran it, for an engine that has not run it
 */
export async function lastOutput(
  engine: Engine,
  { Id, Config, State }: ContainerState,
  probed = '',
): Promise<Pick<StartReport, 'said' | 'health'>> {
  const text = await containers.logs(engine, Id, LAST_LINES).catch(() => '')
  const masked = (output: string) => shown(maskedOutput(output, Config?.Env ?? []))
  const health = State?.Health?.Log?.at(-1)?.Output || probed
  return { said: masked(text), ...(health === '' ? {} : { health: masked(health) }) }
}

function shown(text: string): string {
  return plain(text).slice(-2000).trim()
}
