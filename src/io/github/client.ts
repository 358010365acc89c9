import { setTimeout as sleep } from 'node:timers/promises'
import type { getOctokit } from '@actions/github'
import { type Problem, problemOf, SeaworthyError } from '../../model/problem.js'
import { type Failure, pauseBeforeRetry } from './retry.js'

type Octokit = ReturnType<typeof getOctokit>

export interface ApiOptions {
  readonly token: string
  /** GITHUB_API_URL. */
  readonly apiUrl: string
  /** For all requests together, pauses included, in milliseconds. */
  readonly timeoutMs: number
  readonly retries?: number
  readonly backoffMs?: number
  /** How a pause before another attempt passes; tests do not wait. */
  readonly pause?: (ms: number) => Promise<unknown>
}

export interface GitHubApi {
  /** One request by its route, such as `GET /repos/{owner}/{repo}`; throws what `statusOf` and `explain` read. */
  readonly request: Octokit['request']
  /** Login of whoever the token is, as it stands at comments; `null` where GitHub does not say. */
  viewer(): Promise<string | null>
}

/** No single answer takes longer, in milliseconds. */
const ONE_REQUEST_MS = 30_000

/**
 * GitHub's API, through the proxy of the environment. It asks again where a limit, a fault of the server or a
 * cut connection allows it, within the time that all requests have together.
 */
export async function connectGitHub(options: ApiOptions): Promise<GitHubApi> {
  // Loaded when it is needed: it is larger than all that a run without it loads.
  const { getOctokit } = await import('@actions/github')
  const octokit = getOctokit(options.token, { baseUrl: options.apiUrl, userAgent: 'seaworthy', log: SILENT })
  const ends = performance.now() + options.timeoutMs
  const rules = { retries: options.retries ?? 3, backoffMs: options.backoffMs ?? 500 }
  octokit.hook.wrap('request', async (send, asked) => {
    for (let attempt = 0; ; attempt++) {
      const left = ends - performance.now()
      if (left <= 0) throw tooLong(options)
      const controller = new AbortController()
      const timer = setTimeout(() => controller.abort(), Math.min(left, ONE_REQUEST_MS))
      // Changed in place: a hook below ours sees the options of the call, not those that we hand on.
      Object.assign(asked.request, { signal: controller.signal })
      try {
        return await send(asked)
      } catch (error) {
        const pause = pauseBeforeRetry(failureOf(error), asked.method, attempt, Date.now(), rules)
        // What can't be waited for is not waited for.
        if (pause === null || performance.now() + pause > ends) throw error
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

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** The status of GitHub's answer that an error stands for; `null` where there was no answer. */
export function statusOf(error: unknown): number | null {
  return failureOf(error).status
}

/** True where a request may have been obeyed all the same: no answer came, or the server's own fault. */
export function mayBeDone(error: unknown): boolean {
  const status = statusOf(error)
  return status === null || status >= 500
}

/** What octokit throws: RequestError, whose `response` is missing where none came (its status is 500 then). */
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

function tooLong({ timeoutMs, apiUrl }: ApiOptions): SeaworthyError {
  return new SeaworthyError({
    code: 'github-unreachable',
    what: `GitHub did not take all of it within ${timeoutMs / 1000} s`,
    where: apiUrl,
    todo: 'run the job again; the verdict does not depend on it',
  })
}

/**
 * The problem of an error that a request threw.
 * @param where what was to be done, in words
 * @param permission what the token needs, as a workflow says it: `checks: write`
 */
export function explain(error: unknown, where: string, permission: string): Problem {
  if (error instanceof SeaworthyError) return problemOf(error, where)
  const { status, message } = failureOf(error)
  // The message ends with the address of a page of GitHub's documentation.
  const words = message.replace(/ - https:\/\/\S+$/, '')
  if (status !== null && status < 500) {
    const denied = status === 403 || status === 404
    return {
      code: 'github-refused',
      what: `GitHub answered ${status}: ${words}`,
      where,
      todo: denied ? `give the job ${permission}; a fork's token never has it` : 'see what GitHub says',
    }
  }
  return {
    code: 'github-unreachable',
    what: status === null ? `no answer from GitHub: ${words}` : `GitHub answered ${status}: ${words}`,
    where,
    todo: 'run the job again; the verdict does not depend on it',
  }
}
