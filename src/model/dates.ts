/** Calendar dates as text, YYYY-MM-DD in UTC. Such texts sort in date order. */

const DAY_MS = 86_400_000

/** True for a day that exists in the (proleptic Gregorian) calendar, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return false
  }
  const time = Date.parse(`${text}T00:00:00Z`)
  // Engines turn 02-30 into a day in March instead of refusing it: only a date that comes back unchanged is valid.
  return !Number.isNaN(time) && dayOf(time) === text
}

/**
 * The date `days` after `date` (before it, if negative).
 * @throws RangeError if `date` is invalid, or the result is outside the years 0000 to 9999
 */
export function addDays(date: string, days: number): string {
  const result = dayOf(timeOf(date) + days * DAY_MS)
  if (!isDate(result)) {
    throw new RangeError(`${date} plus ${days} days is outside the years 0000 to 9999`)
  }
  return result
}

/** Days from `from` to `to`; negative if `to` is earlier. @throws RangeError if one of them is not a date */
export function daysBetween(from: string, to: string): number {
  return (timeOf(to) - timeOf(from)) / DAY_MS
}

/** Whole hours from an instant (ISO 8601) to another one, rounded up. */
export function hoursBetween(from: string, to: Date): number {
  return Math.ceil((to.getTime() - Date.parse(from)) / 3_600_000)
}

function timeOf(date: string): number {
  if (!isDate(date)) {
    throw new RangeError(`${JSON.stringify(date)} is not a date (YYYY-MM-DD)`)
  }
  return Date.parse(`${date}T00:00:00Z`)
}

/** `time` in milliseconds since 1970-01-01T00:00Z. */
function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, -'T00:00:00.000Z'.length)
}
