import { setTimeout as sleep } from 'node:timers/promises'
import { DEFAULT_SHELL } from '../../model/index.js'
import { type ContainerState, containers } from './docker.js'
import type { Engine } from './engine.js'

export interface WatchedState {
  readonly running: boolean
  readonly exitCode: number
  /** The result of its own health check: `healthy`, `unhealthy`, `starting`; `none` if it has none. */
  readonly health: string
  /** What its health check printed when the gate ran it last; `null` if the gate did not. */
  readonly probed: string | null
}

/** One that fails usually exits by then, in ms. */
export const SETTLE_MS = 2000
/** Time between two looks, in ms. */
const PAUSE = 100
/** Time between two runs of a health check, in ms. */
const PROBE_PAUSE_MS = 500
/** How long a health check may take by default (docs.docker.com/reference/dockerfile, HEALTHCHECK), in ns. */
const PROBE_TIMEOUT = 30e9

/**
 * Looks at a container until `judge` returns a result. As long as its health check has no result, the gate runs it too:
 * by default the engine runs it for the first time after 30 s.
 * @param judge its state, how long it has been watched, in ms, and the engine's whole answer → `null` to look again
 */
export async function watchContainer<T>(
  engine: Engine,
  id: string,
  signal: AbortSignal,
  judge: (state: WatchedState, ms: number, container: ContainerState) => T | null,
): Promise<T> {
  const began = performance.now()
  const ended = new AbortController()
  const probeSignal = AbortSignal.any([signal, ended.signal])
  let probe: HealthProbe | null = null
  try {
    for (;;) {
      signal.throwIfAborted()
      const container = await containers.inspect(engine, id, signal)
      const state = stateOf(container)
      const ms = performance.now() - began
      const isOpen = state.health === 'starting'
      probe ??= isOpen ? probeHealth(engine, container, probeSignal) : null
      // Before that it may still end, although its health check has succeeded.
      const health = isOpen && probe?.isHealthy === true && ms >= SETTLE_MS ? 'healthy' : state.health
      const judged = judge({ ...state, health, probed: probe?.output ?? null }, ms, container)
      if (judged !== null) {
        return judged
      }
      await sleep(PAUSE)
    }
  } finally {
    ended.abort()
  }
}

/** Values that the engine omits get no default: with exit code 0 as the default, a test would pass. */
function stateOf({ State }: ContainerState): Omit<WatchedState, 'probed'> {
  const { Running: running, ExitCode: exitCode, Health } = State ?? {}
  if (typeof running !== 'boolean' || typeof exitCode !== 'number') {
    throw new TypeError('the Docker engine does not report whether a container is running')
  }
  return { running, exitCode, health: Health?.Status ?? 'none' }
}

interface HealthProbe {
  readonly isHealthy: boolean
  readonly output: string | null
}

/**
 * Runs the health check of a container in it, as the engine does, until it succeeds. If the engine refuses, or a run takes
 * longer than it may, that leaves the engine's own result.
 */
function probeHealth(engine: Engine, { Id, Config }: ContainerState, signal: AbortSignal): HealthProbe {
  const probe: { isHealthy: boolean; output: string | null } = { isHealthy: false, output: null }
  const command = healthCommand(Config)
  const limitMs = (Config?.Healthcheck?.Timeout || PROBE_TIMEOUT) / 1e6
  const run = async (parts: readonly string[]) => {
    while (!probe.isHealthy) {
      const { exitCode, output } = await containers.exec(engine, Id, parts, { limitMs, signal })
      Object.assign(probe, { isHealthy: exitCode === 0, output })
      await sleep(PROBE_PAUSE_MS, undefined, { signal })
    }
  }
  if (command !== null) {
    run(command).catch(() => undefined)
  }
  return probe
}

/** A test of the form `CMD-SHELL` runs in the image's shell (docs.docker.com/reference/dockerfile, SHELL). */
function healthCommand(config: ContainerState['Config']): readonly string[] | null {
  const [kind, ...parts] = (config?.Healthcheck?.Test ?? []).map(String)
  if (parts.length === 0) {
    return null
  }
  // The engine's types lack it.
  const { Shell } = (config ?? {}) as { readonly Shell?: unknown }
  const shell = Array.isArray(Shell) && Shell.length > 0 ? Shell.map(String) : DEFAULT_SHELL.split(' ')
  return kind === 'CMD' ? parts : kind === 'CMD-SHELL' ? [...shell, parts.join(' ')] : null
}
