import { containers } from '../../../io/engine/docker.js'
import type { Engine } from '../../../io/engine/engine.js'
import { type WatchedState, watchContainer } from '../../../io/engine/watch-container.js'
import { plain } from '../../../io/process/command.js'
import { messageOf } from '../../../model/index.js'
import { maskedOutput } from '../../masked-output.js'
import type { StartReport } from './document.js'

/** Without a health check nothing shows that the container is up; one that fails usually exits by then, in ms. */
const SETTLE_MS = 2000
const LAST_LINES = 12

/**
 * Starts a container and waits until it is healthy, unhealthy or ended, or the time is over. Its output is
 * kept as plain lines: the image wrote it.
 * @param options `patienceMs`: after this time, running is enough, whatever its health check says later; `null`: never
 */
export async function startAndWatch(
  engine: Engine,
  id: string,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal; readonly patienceMs: number | null },
): Promise<StartReport> {
  const began = performance.now()
  const secondsSinceStart = () => Math.round(performance.now() - began) / 1000
  const refused = await containers.start(engine, id).then(() => null, messageOf)
  if (refused !== null) {
    return { outcome: 'not-started', exitCode: null, seconds: secondsSinceStart(), said: shown(refused) }
  }
  const { outcome, exitCode } = await watchContainer(engine, id, options.signal, (state, ms) => {
    const isEnough = options.patienceMs !== null && ms >= options.patienceMs
    const outcome = outcomeOf(state, ms, options.timeoutMs) ?? (isEnough ? 'running' : null)
    return outcome === null ? null : { outcome, exitCode: state.running ? null : state.exitCode }
  })
  const isWell = outcome === 'healthy' || outcome === 'running'
  const output = isWell ? { said: '' } : await lastOutput(engine, id)
  return { outcome, exitCode, seconds: secondsSinceStart(), ...output }
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

/** The end of the container's log, and of what its health check printed. */
export async function lastOutput(engine: Engine, id: string): Promise<Pick<StartReport, 'said' | 'health'>> {
  const [text, { Config, State }] = await Promise.all([
    containers.logs(engine, id, LAST_LINES).catch(() => ''),
    containers.inspect(engine, id),
  ])
  const masked = (output: string) => shown(maskedOutput(output, Config?.Env ?? []))
  const health = State?.Health?.Log?.at(-1)?.Output ?? ''
  return { said: masked(text), ...(health === '' ? {} : { health: masked(health) }) }
}

function shown(text: string): string {
  return plain(text).slice(-2000).trim()
}
