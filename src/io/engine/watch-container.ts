import { setTimeout as sleep } from 'node:timers/promises'
import { call } from './docker.js'
import type { Engine } from './engine.js'

/** What the engine says of a container. */
export interface WatchedContainer {
  readonly running: boolean
  readonly exitCode: number
  /** What its own health check says: `healthy`, `unhealthy`, `starting`; `none` where it has none. */
  readonly health: string
}

interface Raw {
  readonly State: {
    readonly Running: boolean
    readonly ExitCode: number
    readonly Health?: { readonly Status?: string } | null
  }
}

/** Between two looks, in ms. */
const PAUSE = 100

/**
 * Looks at a container until `judge` says something of it.
 * @param judge what it looks like, and for how long it has been watched, in ms → `null` to look again
 */
export async function watchContainer<T>(
  engine: Engine,
  id: string,
  signal: AbortSignal,
  judge: (state: WatchedContainer, ms: number) => T | null,
): Promise<T> {
  const began = performance.now()
  for (;;) {
    signal.throwIfAborted()
    const { State } = await call<Raw>(engine, `/containers/${id}/json`, { signal })
    const state = {
      running: State.Running,
      exitCode: State.ExitCode,
      health: State.Health?.Status ?? 'none',
    }
    const judged = judge(state, performance.now() - began)
    if (judged !== null) return judged
    await sleep(PAUSE)
  }
}
