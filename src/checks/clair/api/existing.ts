import * as z from 'zod'
import type { PlainReply } from '../../../io/http/plain-http.js'
import { jsonIn } from '../../../model/index.js'
import { apiError, assertAuthorized, type ClairApi, lateError, reasonOf, retry, send } from './api.js'

/** libindex's answer to `/indexer/api/v1/index_state`. */
const INDEX_STATE = z.object({ state: z.string() })

/** An address at which nothing listens may belong to a Clair that is being started: time that it gets, in ms. */
const STARTING_MS = 5000

/** No server at that address (connect(2), getaddrinfo(3)). */
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']

/**
 * Waits until a Clair that was there before answers. What waiting cannot change is an error at once: nothing listens
 * at that address, or it is another server. Throws `clair-not-ready`, `clair-refused`.
 * @param startingMs how long nothing may be listening
 */
export async function untilExistingReady(
  api: ClairApi,
  timeoutMs: number,
  startingMs: number = STARTING_MS,
): Promise<void> {
  const refusedAfter = Date.now() + Math.min(startingMs, timeoutMs)
  let last = ''
  const ready = await retry(
    api,
    timeoutMs,
    async () => {},
    async (attempt) => {
      const reply = await send(attempt, '/indexer/api/v1/index_state').catch((error: unknown) => {
        api.signal.throwIfAborted()
        const code = codeOf(error)
        if (code.startsWith('HPE_') || code === 'EPROTO') {
          throw otherServer(api, `does not answer as HTTP does: ${reasonOf(error)}`)
        }
        if (UNREACHABLE.includes(code) && Date.now() >= refusedAfter) {
          const advice = 'set clair-url to the address at which this machine reaches a running Clair v4'
          throw apiError(api, 'clair-not-ready', `Clair cannot be reached: ${reasonOf(error)}`, advice)
        }
        throw error
      })
      assertAuthorized(api, reply)
      last = ` (last: HTTP ${reply.status})`
      if (isReady(reply)) {
        return true
      }
      if (reply.status < 500 && reply.status !== 429) {
        throw otherServer(api, `is not a Clair v4: /indexer/api/v1/index_state returned HTTP ${reply.status}`)
      }
      return null
    },
  )
  if (!ready) {
    throw lateError(api, 'clair-not-ready', `Clair did not become ready within ${timeoutMs / 1000} s${last}`)
  }
}

function isReady({ status, text }: PlainReply): boolean {
  return status === 200 && INDEX_STATE.safeParse(jsonIn(text)).success
}

function otherServer(api: ClairApi, what: string) {
  const advice = 'set clair-url to the address of a Clair v4 (its introspection port is another one)'
  return apiError(api, 'clair-not-ready', `the server there ${what}`, advice)
}

function codeOf(error: unknown): string {
  const { code = '', cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException }
  return code || cause?.code || ''
}
