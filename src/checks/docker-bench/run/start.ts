import { type ContainerState, containers } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { SETTLE_MS, type WatchedState, watchContainer } from '../../../io/engine/watch-container.js'
import { plain } from '../../../io/process/command.js'
import { messageOf } from '../../../model/index.js'
import { maskedOutput } from '../../masked-output.js'
import type { StartReport } from './document.js'

const LAST_LINES = 12

/**
 * Starts a container and waits until it is healthy, unhealthy or ended, or the time is over. Its output is
 * kept as plain lines: the image wrote it.
 */
export async function startAndWatch(
  engine: Engine,
  id: string,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<StartReport> {
  const began = performance.now()
  const secondsSinceStart = () => Math.round(performance.now() - began) / 1000
  const refused = await containers.start(engine, id).then(() => null, messageOf)
  if (refused !== null) {
    return { outcome: 'not-started', exitCode: null, seconds: secondsSinceStart(), said: shown(refused) }
  }
  const { outcome, exitCode, container, probed } = await watchContainer(
    engine,
    id,
    signal,
    (state, ms, container) => {
      const outcome = outcomeOf(state, ms, timeoutMs)
      const exitCode = state.running ? null : state.exitCode
      return outcome === null ? null : { outcome, exitCode, container, probed: state.probed }
    },
  )
  const seconds = secondsSinceStart()
  if (outcome === 'healthy' || outcome === 'running') {
    return { outcome, exitCode, seconds, said: '' }
  }
  const isUnchecked = outcome === 'never-healthy' && probed === null && !container.State?.Health?.Log?.length
  const output = await lastOutput(engine, container, probed ?? '')
  return { outcome, exitCode, seconds, ...output, ...(isUnchecked ? { isUnchecked } : {}) }
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

/**
 * The end of the container's log; of one that runs, what its health check printed, too.
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
  // In a container that has ended, a health check prints what the engine says of that.
  const health = State?.Running === true ? State.Health?.Log?.at(-1)?.Output || probed : ''
  return { said: masked(text), ...(health === '' ? {} : { health: masked(health) }) }
}

function shown(text: string): string {
  return plain(text).slice(-2000).trim()
}
