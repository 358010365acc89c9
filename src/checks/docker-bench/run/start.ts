import { type ContainerState, containers } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { type WatchedState, watchContainer } from '../../../io/engine/watch-container.js'
import { plain } from '../../../io/process/command.js'
import { messageOf } from '../../../model/index.js'
import { maskedOutput } from '../../masked-output.js'
import type { StartReport } from './document.js'

/** Without a health check nothing shows that the container is up; one that fails usually exits by then, in ms. */
const SETTLE_MS = 2000
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
 * What the health check of a running container says by the end of the time that one which must become healthy has,
 * without waiting for a check that would run only later. `running` if it has none.
 * @param began when it was started, by `performance.now()`
 */
export function watchHealth(
  engine: Engine,
  id: string,
  began: number,
  { timeoutMs, signal }: Watching,
): Promise<StartReport> {
  return reported(engine, id, began, signal, (state, _, container) => {
    if (state.health === 'none') {
      return 'running'
    }
    const isVain = nextCheckMs(container) > timeoutMs
    return outcomeOf(state, performance.now() - began, timeoutMs) ?? (isVain ? 'never-healthy' : null)
  })
}

async function reported(
  engine: Engine,
  id: string,
  began: number,
  signal: AbortSignal,
  judge: (state: WatchedState, ms: number, container: ContainerState) => StartReport['outcome'] | null,
): Promise<StartReport> {
  const { outcome, exitCode, container } = await watchContainer(
    engine,
    id,
    signal,
    (state, ms, container) => {
      const outcome = judge(state, ms, container)
      return outcome === null ? null : { outcome, exitCode: state.running ? null : state.exitCode, container }
    },
  )
  const isWell = outcome === 'healthy' || outcome === 'running'
  const output = isWell ? { said: '' } : await lastOutput(engine, container)
  const isUnchecked = outcome === 'never-healthy' && (container.State?.Health?.Log ?? []).length === 0
  return {
    ...{ outcome, exitCode, seconds: secondsSince(began), ...output },
    ...(isUnchecked ? { isUnchecked } : {}),
  }
}

const secondsSince = (began: number) => Math.round(performance.now() - began) / 1000

/** In ns: the defaults of Docker (docs.docker.com/reference/dockerfile, HEALTHCHECK). */
const INTERVAL = 30e9
const START_INTERVAL = 5e9

/**
 * When the next health check runs at the earliest, in ms after the start: an interval after the end of the last one,
 * or after the start. 0 if the engine does not say.
 */
function nextCheckMs({ Config, State }: ContainerState): number {
  const { Interval, StartPeriod, StartInterval } = (Config?.Healthcheck ?? {}) as HealthTimes
  const last = State?.Health?.Log?.at(-1)?.End
  const began = Date.parse(State?.StartedAt ?? '')
  const sinceStart = last ? Date.parse(String(last)) - began : 0
  const interval = Interval || INTERVAL
  const pause = StartPeriod ? Math.min(interval, StartInterval || START_INTERVAL) : interval
  return Config?.Healthcheck && Number.isFinite(sinceStart) ? sinceStart + pause / 1e6 : 0
}

/** In ns; 0 or omitted: the default. */
interface HealthTimes {
  readonly Interval?: number | null
  readonly StartPeriod?: number | null
  readonly StartInterval?: number | null
}

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

/** The end of the container's log, and of what its health check printed. @param container as it was inspected */
export async function lastOutput(
  engine: Engine,
  { Id, Config, State }: ContainerState,
): Promise<Pick<StartReport, 'said' | 'health'>> {
  const text = await containers.logs(engine, Id, LAST_LINES).catch(() => '')
  const masked = (output: string) => shown(maskedOutput(output, Config?.Env ?? []))
  const health = State?.Health?.Log?.at(-1)?.Output ?? ''
  return { said: masked(text), ...(health === '' ? {} : { health: masked(health) }) }
}

function shown(text: string): string {
  return plain(text).slice(-2000).trim()
}
