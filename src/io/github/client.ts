import { setTimeout as sleep } from 'node:timers/promises'
import type { getOctokit } from '@actions/github'
import { type Problem, problemOf, SeaworthyError, withAdvice } from '../../model/index.js'
import { pauseBefore, retryAfterMs } from '../http/backoff.js'
import { clientFor } from '../http/client.js'
import { bodyOf } from '../http/plain-http.js'
import { redactUrl } from '../http/url.js'

type Octokit = ReturnType<typeof getOctokit>

export interface ApiOptions {
  readonly token: string
  readonly apiUrl: string
  /** Limit for all requests together, including pauses, in milliseconds. */
  readonly timeoutMs: number
  readonly retries?: number
  /** Pause before the first retry, in milliseconds; doubled each time, and varied by half. */
  readonly backoffMs?: number | undefined
  /** How to pause before another attempt; tests do not wait. */
  readonly pause?: ((ms: number) => Promise<unknown>) | undefined
}

export interface GitHubApi {
  /** By its route, such as `GET /repos/{owner}/{repo}`; `statusOf` and `githubProblem` read its errors. */
  readonly request: Octokit['request']
  /** Login of the token's owner, as shown at comments; `null` if GitHub does not say. */
  viewer(): Promise<string | null>
}

/** No single answer takes longer, in milliseconds. */
const ONE_REQUEST_MS = 30_000

/**
 * GitHub's API, through the environment's proxy. It retries if a rate limit, a server error or a broken connection
 * allows it, within the time limit for all requests.
 */
export async function connectGitHub(options: ApiOptions): Promise<GitHubApi> {
  // Loaded on demand: it is larger than everything that a run without it loads.
  const { getOctokit } = await import('@actions/github')
  const octokit = getOctokit(options.token, {
    baseUrl: options.apiUrl,
    userAgent: 'seaworthy',
    log: SILENT,
    request: { fetch: proxiedFetch },
  })
  const deadline = performance.now() + options.timeoutMs
  const rules = { retries: options.retries ?? 3, backoffMs: options.backoffMs ?? 500 }
  octokit.hook.wrap('request', async (send, request) => {
    for (let attempt = 0; ; attempt++) {
      const millisecondsLeft = deadline - performance.now()
      if (millisecondsLeft <= 0) {
        const what = `GitHub did not accept all requests within ${options.timeoutMs / 1000} s`
        throw new SeaworthyError({ code: 'github-unreachable', what, where: options.apiUrl })
      }
      const controller = new AbortController()
      const timer = setTimeout(() => controller.abort(), Math.min(millisecondsLeft, ONE_REQUEST_MS))
      // Changed in place: a hook below ours sees the options of the call, not those that we pass on.
      Object.assign(request.request, { signal: controller.signal })
      try {
        return await send(request)
      } catch (error) {
        const pause = pauseBeforeRetry(failureOf(error), request.method, attempt, Date.now(), rules)
        // If the pause would go beyond the time limit, the error is final.
        if (pause === null || performance.now() + pause > deadline) {
          throw error
        }
        await (options.pause ?? sleep)(pause)
      } finally {
        clearTimeout(timer)
      }
    }
  })
  return {
    request: octokit.request,
    viewer: async () => {
      try {
        const { viewer } = await octokit.graphql<{ viewer?: { login?: unknown } }>('{viewer{login}}')
        return typeof viewer?.login === 'string' ? viewer.login : null
      } catch {
        return null
      }
    },
  }
}

/** `fetch` for octokit: Node's own knows no proxy, and the one that does is a second client of 0.8 MB. */
async function proxiedFetch(
  url: string,
  request: { method: string; body?: string; headers: Record<string, string>; signal: AbortSignal },
): Promise<Response> {
  const { method, body, headers, signal } = request
  const { message } = await clientFor(signal, {}).request(method, url, body ?? null, headers)
  const { statusCode: status = 0, headers: answered } = message
  const content = await bodyOf(message, redactUrl(url))
  const fields = Object.entries(answered).map(([name, value]): [string, string] => [name, String(value)])
  return new Response(content.length === 0 ? null : new Uint8Array(content), { status, headers: fields })
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** The status of GitHub's answer that an error stands for; `null` if there was no answer. */
export function statusOf(error: unknown): number | null {
  return failureOf(error).status
}

/** True if a request may have worked anyway: no answer arrived, or the server had an error. */
export function mayBeDone(error: unknown): boolean {
  const status = statusOf(error)
  return status === null || status >= 500
}

/** `null` for what does not exist, or is hidden from the token. */
export function unlessMissing(error: unknown): null {
  if (statusOf(error) === 404) {
    return null
  }
  throw error
}

/**
 * Creates something that can exist only once. If no answer arrived, it is searched for first.
 * @param mayExist true: GitHub answers 422 if someone else created it in the meantime
 */
export async function createOnce<T>(
  post: () => Promise<T>,
  find: () => Promise<T | null>,
  mayExist = true,
): Promise<T> {
  try {
    return await post()
  } catch (error) {
    const isRefused = mayExist && statusOf(error) === 422
    if (!isRefused && !mayBeDone(error)) {
      throw error
    }
    const existing = await find()
    if (existing === null && isRefused) {
      throw error
    }
    return existing ?? post()
  }
}

/** What octokit throws: RequestError, without `response` if no answer arrived (its status is 500 then). */
function failureOf(error: unknown): Failure {
  const { response, status, message } = error as {
    response?: { headers?: Failure['headers'] }
    status?: unknown
    message?: unknown
  }
  return {
    status: response !== undefined && typeof status === 'number' ? status : null,
    headers: response?.headers ?? {},
    message: String(message ?? error),
  }
}

/**
 * The problem for an error that a request threw.
 * @param where what was attempted, in words
 * @param permission what the token needs, in a workflow's notation: `checks: write`
 */
export function githubProblem(error: unknown, where: string, permission: string): Problem {
  if (error instanceof SeaworthyError) {
    return problemOf(error, where)
  }
  const { status, message } = failureOf(error)
  // The message ends with the address of a page of GitHub's documentation.
  const text = message.replace(/ - https:\/\/\S+$/, '')
  if (status !== null && status < 500) {
    const denied = status === 403 || status === 404
    const todo = denied
      ? `grant the job ${permission} (a fork's token never has this permission)`
      : "check GitHub's error message"
    return { code: 'github-refused', what: `GitHub returned ${status}: ${text}`, where, todo }
  }
  const what = status === null ? `no response from GitHub: ${text}` : `GitHub returned ${status}: ${text}`
  return withAdvice({ code: 'github-unreachable', what, where })
}

/** What is known about a failed request; `status` is `null` if no answer arrived. */
interface Failure {
  readonly status: number | null
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | number | undefined>>
  readonly message: string
}

const NO_HEADER_MS = 60_000

/**
 * Milliseconds until the request may be repeated, or `null` if that makes no sense. Limits follow
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: `retry-after`, else
 * `x-ratelimit-reset`, else a minute. A POST without a good answer may have worked anyway, so it is not repeated
 * here: its sender checks first.
 */
export function pauseBeforeRetry(
  { status, headers, message }: Failure,
  method: string,
  attempt: number,
  now: number,
  rules: { readonly retries: number; readonly backoffMs: number },
): number | null {
  if (attempt >= rules.retries) {
    return null
  }
  if (status === 429 || status === 403) {
    const pauseMs = limitPause(headers, now)
    const isLimit = pauseMs !== null || status === 429 || /rate limit/i.test(message)
    return isLimit ? pauseBefore(attempt, rules.backoffMs, pauseMs ?? NO_HEADER_MS) : null
  }
  const isRefused = status !== null && status < 500
  return isRefused || method === 'POST' ? null : pauseBefore(attempt, rules.backoffMs, null)
}

function limitPause(headers: Failure['headers'], now: number): number | null {
  const after = retryAfterMs(headers['retry-after'], now)
  if (after !== null) {
    return after
  }
  const reset = headers['x-ratelimit-reset']
  if (String(headers['x-ratelimit-remaining']) === '0' && /^\d+$/.test(String(reset ?? ''))) {
    return Math.max(0, Number(reset) * 1000 - now) + 1000
  }
  return null
}
