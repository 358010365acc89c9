import { SeaworthyError } from '../core/problem.js'

const DAY_MS = 86_400_000

/** How old the tracker may be that a server hands out, in days, by its Last-Modified. */
const TRACKER_MAX_DAYS = 30

/**
 * @param date ISO 8601; `null` where nobody says how old it is, as of a file: the notes tell it
 * @throws SeaworthyError `tracker-stale`
 */
export function requireFreshTracker(date: string | null, now: number, where: string): void {
  if (date === null || now - Date.parse(date) <= TRACKER_MAX_DAYS * DAY_MS) return
  throw new SeaworthyError({
    code: 'tracker-stale',
    what: `the security tracker is of ${date}, more than ${TRACKER_MAX_DAYS} days old`,
    where,
    todo: 'name a URL that follows Debian’s security tracker with --tracker',
  })
}
