/** When to ask GitHub again, and how long to wait before. */

/** What is known of a request that failed; `status` is `null` where no answer came. */
export interface Failure {
  readonly status: number | null
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | number | undefined>>
  readonly message: string
}

export interface RetryRules {
  readonly retries: number
  /** Pause before the first retry, in milliseconds; doubled each time, and varied by half. */
  readonly backoffMs: number
}

const NO_HEADER_MS = 60_000

/**
 * Milliseconds until the request may be made again, or `null` where that makes no sense. Limits are kept as
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api tells: `retry-after`, else
 * `x-ratelimit-reset`, else a minute. A POST that got no good answer may have been obeyed all the same, so it
 * is not repeated here: whoever sent it looks first.
 */
export function pauseBeforeRetry(
  { status, headers, message }: Failure,
  method: string,
  attempt: number,
  now: number,
  rules: RetryRules,
): number | null {
  if (attempt >= rules.retries) return null
  const backoff = rules.backoffMs * 2 ** attempt * (0.5 + Math.random())
  if (status === 429 || status === 403) {
    const asked = limitPause(headers, now)
    if (asked !== null) return Math.max(asked, backoff)
    return status === 429 || /rate limit/i.test(message) ? Math.max(NO_HEADER_MS, backoff) : null
  }
  if (status !== null && status < 500) return null
  return method === 'POST' ? null : backoff
}

function limitPause(headers: Failure['headers'], now: number): number | null {
  const after = headers['retry-after']
  if (after !== undefined && /^\d+$/.test(String(after))) return Number(after) * 1000
  const reset = headers['x-ratelimit-reset']
  if (String(headers['x-ratelimit-remaining']) === '0' && /^\d+$/.test(String(reset ?? ''))) {
    return Math.max(0, Number(reset) * 1000 - now) + 1000
  }
  return null
}
