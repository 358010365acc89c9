import { setTimeout as sleep } from 'node:timers/promises'
import { type ContainerState, containers } from './docker.js'
import type { Engine } from './engine.js'

export interface WatchedState {
  readonly running: boolean
  readonly exitCode: number
  /** The result of its own health check: `healthy`, `unhealthy`, `starting`; `none` if it has none. */
  readonly health: string
}

/** Time between two looks, in ms. */
const PAUSE = 100

/**
 * Looks at a container until `judge` returns a result.
 * @param judge its state, how long it has been watched, in ms, and the engine's whole answer → `null` to look again
 */
export async function watchContainer<T>(
  engine: Engine,
  id: string,
  signal: AbortSignal,
  judge: (state: WatchedState, ms: number, container: ContainerState) => T | null,
): Promise<T> {
  const began = performance.now()
  for (;;) {
    signal.throwIfAborted()
    const container = await containers.inspect(engine, id, signal)
    const judged = judge(stateOf(container), performance.now() - began, container)
    if (judged !== null) {
      return judged
    }
    await sleep(PAUSE)
  }
}

/** Values that the engine omits get no default: with exit code 0 as the default, a test would pass. */
function stateOf({ State }: ContainerState): WatchedState {
  const { Running: running, ExitCode: exitCode, Health } = State ?? {}
  if (typeof running !== 'boolean' || typeof exitCode !== 'number') {
    throw new TypeError('the Docker engine does not report whether a container is running')
  }
  return { running, exitCode, health: Health?.Status ?? 'none' }
}
