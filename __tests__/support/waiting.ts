import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'

// Tests wait for events, never for a time: on a busy machine each time is too short.

/** A limit, in ms, that no test reaches: the longest that a timer of Node takes. What waits for it hangs. */
export const NEVER = 2 ** 31 - 1

/** Resolves once the condition holds. Unbounded: Jest's limit ends a test that waits for what never comes. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await sleep(5)
  }
}

/** How work ended. */
export const outcomeOf = (work: Promise<unknown>): Promise<'answered' | 'failed'> =>
  work.then(
    () => 'answered' as const,
    () => 'failed' as const,
  )

/** True while the work has not ended, after all that could be done without another event has been done. */
export async function isPending(work: Promise<unknown>): Promise<boolean> {
  let ended = false
  outcomeOf(work).then(() => {
    ended = true
  })
  for (let round = 0; round < 3; round++) {
    await turn()
  }
  return !ended
}

/** Resolves when a server of this process gets a request whose path ends so: it is about to be handled. */
export function arrivalOf(path: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (message: unknown) => {
      const { request } = message as { readonly request: IncomingMessage }
      if (!request.url?.endsWith(path)) {
        return
      }
      unsubscribe('http.server.request.start', look)
      resolve()
    }
    subscribe('http.server.request.start', look)
  })
}
