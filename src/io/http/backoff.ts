/**
 * How long to wait before another attempt, in milliseconds: doubled each time, varied by half, and at least as long as the
 * server asks for.
 * @param attempt the failed one, from 0 on
 */
export function pauseBefore(attempt: number, backoffMs: number, requestedMs: number | null): number {
  return Math.max(requestedMs ?? 0, backoffMs * 2 ** attempt * (0.5 + Math.random()))
}

/** What `Retry-After` (RFC 9110, 10.2.3: seconds or a date) asks for, in milliseconds; `null` if nothing. */
export function retryAfterMs(field: string | number | undefined, now = Date.now()): number | null {
  const delay = /^\d+$/.test(String(field)) ? Number(field) * 1000 : Date.parse(String(field)) - now
  return Number.isNaN(delay) ? null : delay
}
