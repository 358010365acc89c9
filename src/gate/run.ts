import type { CheckRequests } from '../checks/collectors.js'
import { type OpenTracker, openTracker } from '../feeds/tracker/open.js'
import { CHECKS, type CheckId, SeaworthyError } from '../model/index.js'

/** What a run needs from its environment. */
export interface RunContext {
  readonly runId: string
  /** Aborted by a signal, with the reason as a `SeaworthyError`. */
  readonly signal: AbortSignal
  readonly progress: (text: string) => void
  readonly warn: (text: string) => void
}

/** Rejects with the signal's reason, since what is waited for may never come. */
export function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) {
      reject(signal.reason)
    } else {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    }
  })
}

/** A signal that is aborted when the outer one is, or when the time is over. */
export function limitTime(timeoutMs: number, outer: AbortSignal): { signal: AbortSignal; end(): void } {
  const controller = new AbortController()
  const what = `the gate did not finish within ${timeoutMs / 1000} s`
  const timeoutError = () => new SeaworthyError({ code: 'timeout', what, where: 'gate' })
  const timer = setTimeout(() => controller.abort(timeoutError()), timeoutMs)
  return { signal: AbortSignal.any([outer, controller.signal]), end: () => clearTimeout(timer) }
}

/** Created at first use only; `started` gives the result. */
export interface Once<T> {
  (): Promise<T>
  started(): Promise<T> | null
}

export function once<T>(make: () => Promise<T>): Once<T> {
  let created: Promise<T> | null = null
  const get = () => {
    created ??= make()
    return created
  }
  return Object.assign(get, { started: () => created })
}

/** In milliseconds: if the tracker only names the CVEs of updates (no check is `rated`), it is not worth a long wait. */
const SHORT_WAIT = 60_000

/** Debian's security tracker, which several checks read. */
export function sharedTracker(
  { feeds, downloadTimeoutMs: timeoutMs }: CheckRequests,
  checks: readonly CheckId[],
  run: { readonly directory: string; readonly trustedCacheDir: string | null; readonly signal: AbortSignal },
): Once<OpenTracker> {
  const mayTakeLong = checks.some((check) => CHECKS[check].entries.rated)
    ? { timeoutMs }
    : { timeoutMs: Math.min(timeoutMs, SHORT_WAIT), retries: 0 }
  const { tracker: source, published, offline, trustedRoot = null } = feeds
  const { directory: tempDir, trustedCacheDir: cacheDir, signal } = run
  return once(() =>
    openTracker({ source, published, trustedRoot, tempDir, cacheDir, offline, signal, ...mayTakeLong }),
  )
}
