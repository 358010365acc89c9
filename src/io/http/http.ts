import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AdvisedCode, hasCode, SeaworthyError } from '../../model/index.js'
import { pauseBefore, retryAfterMs } from './backoff.js'
import { clientFor } from './client.js'
import {
  guardedLookup,
  isNotMorePrivate,
  isSameHost,
  literalAddress,
  type Nearness,
  nearnessOf,
} from './nearness.js'
import { authorizationOf, redactUrl } from './url.js'

export { redactUrl }

export interface GetOptions {
  /** With POST and PUT, which send `body`, no redirect is followed. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT'
  readonly body?: string
  /** Names in lower case. `authorization` is sent only to the host of the first address. */
  readonly headers?: Readonly<Record<string, string>>
  /** Limit for everything: all attempts, redirects and the body, in milliseconds. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Attempts after the first. */
  readonly retries?: number
  /** Pause before the first retry, in milliseconds; doubled each time, and varied by half. */
  readonly backoffMs?: number
  /** How to pause before another attempt; tests do not wait. */
  readonly pause?: (ms: number) => Promise<unknown>
  readonly maxRedirects?: number
  /** Whether one address may redirect to another; default: any may. */
  readonly mayRedirect?: (from: URL, to: URL) => boolean
  /**
   * Whether the first host may have a non-public address (nearness.ts), by its name. If another host named it, pass
   * that answer's `start` instead: it is then held to the rule of redirects. In any case, nobody is led to an address
   * that is nearer than the first one: an outside host must not make us contact this machine, its network or its
   * cloud.
   */
  readonly mayBePrivate: ((hostname: string) => boolean) | ReadonlySet<Nearness>
}

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /**
   * As sent, before any decoding. An interrupted transfer is an error, never an early end. For an answer other than
   * 2xx, the first 64 KiB.
   */
  readonly body: AsyncIterable<Uint8Array>
  /** The final address after redirects, without credentials. */
  readonly url: string
  /** Which kinds of addresses the first host has; empty if a proxy looked its name up. */
  readonly start: ReadonlySet<Nearness>
}

const RETRIED_STATUS = new Set([429, 500, 502, 503, 504])
const RETRIED_CODE = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'])
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const ERROR_BODY_BYTES = 65536

/**
 * GET, unless the options say otherwise, over http or https, through the environment's proxy if there is one. An answer
 * with a 4xx status, or 5xx after the last attempt, is returned as an answer.
 */
export async function getStream(url: string, options: GetOptions): Promise<HttpAnswer> {
  const timeoutMs = options.timeoutMs ?? 60_000
  const deadline = AbortSignal.timeout(timeoutMs)
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline
  const ends = performance.now() + timeoutMs
  const context: Context = { url, options, signal, deadline, timeoutMs }
  for (let attempt = 0; ; attempt++) {
    const last = attempt >= (options.retries ?? 3)
    const outcome = await follow(context).catch((error: unknown) => {
      if (last || signal.aborted || !RETRIED_CODE.has(textOf(error, 'code'))) {
        throw silent(context, explain(context, error))
      }
      return null
    })
    if (outcome && (last || !RETRIED_STATUS.has(outcome.message.statusCode ?? 0))) {
      return answerOf(context, outcome)
    }
    const requestedMs = retryAfterMs(outcome?.message.headers['retry-after'])
    const pause = pauseBefore(attempt, options.backoffMs ?? 500, requestedMs)
    // If the wait would be too long, the server's answer is returned.
    if (outcome && performance.now() + pause > ends) {
      return answerOf(context, outcome)
    }
    outcome?.message.destroy()
    const pass = options.pause ?? ((ms) => sleep(ms, undefined, { signal }))
    await pass(pause).catch((error: unknown) => {
      throw explain(context, error)
    })
  }
}

interface Context {
  readonly url: string
  readonly options: GetOptions
  readonly signal: AbortSignal
  readonly deadline: AbortSignal
  readonly timeoutMs: number
}

interface Outcome extends Pick<HttpAnswer, 'url' | 'start'> {
  readonly message: IncomingMessage
}

/** One attempt, with its redirects: a limited number, never from https to http, no credentials to another host. */
async function follow({ url, options, signal, timeoutMs }: Context): Promise<Outcome> {
  const first = httpUrl(url)
  let at = first
  const { authorization: ownAuthorization = null, ...others } = options.headers ?? {}
  let authorization = authorizationOf(first) ?? ownAuthorization
  const { mayBePrivate } = options
  const start = new Set(typeof mayBePrivate === 'function' ? [] : mayBePrivate)
  const refusal = (address: string): SeaworthyError | null => {
    const nearness = nearnessOf(address)
    const isNamed = typeof mayBePrivate === 'function' && isSameHost(first, at)
    const mayBe = isNamed ? mayBePrivate(at.hostname) : isNotMorePrivate(nearness, start)
    if (isNamed) {
      start.add(nearness)
    }
    const what = `${isNamed ? 'this host' : 'another server referred the request to this host, which'} has a ${nearness} address`
    return nearness === 'public' || mayBe ? null : problem('http-private-address', what, at.href)
  }
  // For a proxied request, the proxy resolves the name.
  const lookup = guardedLookup(refusal)
  const client = clientFor(signal, { allowRedirects: false, socketTimeout: timeoutMs + 1000 }, { lookup })
  for (let left = options.maxRedirects ?? 5; ; left--) {
    signal.throwIfAborted()
    const literal = literalAddress(at.hostname)
    const refused = literal === null ? null : refusal(literal)
    if (refused !== null) {
      throw refused
    }
    const headers = { ...others, ...(authorization === null ? {} : { authorization }) }
    const { method = 'GET', body = null } = options
    const { message } = await client.request(method, at.href, body, headers)
    const location = /^P/.test(method) ? undefined : message.headers.location
    if (!REDIRECTS.has(message.statusCode ?? 0) || location === undefined) {
      return { message, url: at.href, start }
    }
    message.destroy()
    if (left === 0) {
      throw problem('http-redirects', 'redirected too many times', at.href)
    }
    const next = httpUrl(new URL(location, at).href)
    if (at.protocol === 'https:' && next.protocol === 'http:') {
      throw problem('http-downgrade', `redirected from https to ${redactUrl(next.href)}`, at.href)
    }
    if (options.mayRedirect?.(at, next) === false) {
      throw problem('http-redirect-refused', `redirected to ${next.host}`, at.href)
    }
    if (next.origin !== at.origin) {
      authorization = null
    }
    authorization = authorizationOf(next) ?? authorization
    at = next
  }
}

async function answerOf(context: Context, { message, url, start }: Outcome): Promise<HttpAnswer> {
  const status = message.statusCode ?? 0
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) {
      headers[name] = Array.isArray(value) ? value.join(', ') : value
    }
  }
  const whole = bodyOf(context, message)
  const body = status >= 200 && status < 300 ? whole : await firstOf(whole, ERROR_BODY_BYTES)
  return { status, headers, body, url: redactUrl(url), start }
}

async function* bodyOf(context: Context, message: IncomingMessage): AsyncGenerator<Uint8Array> {
  let received = 0
  try {
    for await (const chunk of message) {
      received += chunk.length
      yield chunk
    }
  } catch (error) {
    if (context.signal.aborted) {
      throw explain(context, error)
    }
    const expected = message.headers['content-length']
    const expectedText = expected === undefined ? '' : ` of ${expected}`
    throw problem('http-cut', `the connection broke after ${received}${expectedText} bytes`, context.url)
  }
}

/** An error's body is read at once, so that nothing stays open if nobody reads it. */
async function firstOf(body: AsyncGenerator<Uint8Array>, limit: number): Promise<AsyncIterable<Uint8Array>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, limit - bytes))
    bytes += chunk.length
    if (bytes >= limit) {
      break
    }
  }
  return (async function* () {
    yield* chunks
  })()
}

function httpUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw problem('http-bad-url', 'not an http or https URL', text)
  }
  return url
}

/** A member of an error, whatever created it: node's own errors need not be of this realm's `Error`. */
function textOf(error: unknown, member: 'code' | 'message'): string {
  return typeof error === 'object' && error !== null ? String(Reflect.get(error, member) ?? '') : ''
}

function explain({ url, options, deadline, timeoutMs }: Context, error: unknown): unknown {
  if (error instanceof SeaworthyError) {
    return error
  }
  if (options.signal?.aborted) {
    return options.signal.reason
  }
  if (deadline.aborted) {
    return problem('http-timeout', `no complete response within ${timeoutMs / 1000} s`, url)
  }
  // If a name has several addresses, node's message is empty.
  const what = textOf(error, 'message') || textOf(error, 'code') || String(error)
  const isUnknown = ['ENOTFOUND', 'EAI_AGAIN'].includes(textOf(error, 'code'))
  return problem('http-unreachable', isUnknown ? `the host name cannot be resolved here: ${what}` : what, url)
}

/** The error of an attempt without any answer: it names the host as unreachable. */
function silent({ url }: Context, error: unknown): unknown {
  const isSilent = hasCode(error, 'http-unreachable', 'http-timeout')
  return isSilent && error instanceof SeaworthyError
    ? new SeaworthyError({ ...error.problem, unreachable: [new URL(url).host] }, { cause: error })
    : error
}

function problem(code: AdvisedCode<'Data and network'>, what: string, url: string): SeaworthyError {
  return new SeaworthyError({ code, what, where: redactUrl(url) })
}
