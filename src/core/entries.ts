import { at } from './because.js'
import { addDays } from './dates.js'
import type { Finding } from './finding.js'
import type { WhitelistEntry } from './policy.js'
import { MOST_DAYS } from './update-rules.js'
import { covers, isLive } from './whitelist.js'

/** What an entry's `images` and `releases` are compared with. */
export interface Subject {
  readonly reference: string
  readonly codename: string | null
}

/** What the whitelist says about one finding. */
export interface EntriesFor {
  /** The entry that accepts it, if one does. */
  readonly accepting: WhitelistEntry | null
  /** The entry that is about it and yet does not accept it, with the reason in words. */
  readonly near: { readonly entry: WhitelistEntry; readonly why: string } | null
}

/** True if the entry is about this finding, whatever its date and `max-severity`. */
export function isAbout(entry: WhitelistEntry, finding: Finding, subject: Subject): boolean {
  // `covers` stays the only reader of an entry's fields: asked on the entry's own last day, about the
  // lowest rating, it leaves nothing but id, package, check, images and releases to decide.
  return covers(entry, { ...finding, severity: 'negligible' }, subject, entry.expires)
}

/** Of several entries the one that holds longest, then the one that comes first in the file. */
function longest(entries: readonly WhitelistEntry[]): WhitelistEntry | null {
  const byExpiry = (a: WhitelistEntry, b: WhitelistEntry) =>
    a.expires === b.expires ? a.place.line - b.place.line : a.expires < b.expires ? 1 : -1
  return [...entries].sort(byExpiry)[0] ?? null
}

/** Rulings 1 and 2: in CISA's KEV only an entry that says `despite: kev` counts. */
export function entriesFor(
  finding: Finding,
  subject: Subject,
  entries: readonly WhitelistEntry[],
  today: string,
): EntriesFor {
  const about = entries.filter((entry) => isAbout(entry, finding, subject))
  const live = about.filter((entry) => isLive(entry, today))
  const covering = live.filter((entry) => covers(entry, finding, subject, today) && !isTooLong(entry, today))
  const accepting = longest(finding.kev === true ? covering.filter((entry) => entry.despiteKev) : covering)
  if (accepting !== null) return { accepting, near: null }
  const entry = longest(covering) ?? longest(live) ?? longest(about)
  if (entry === null) return { accepting: null, near: null }
  const why = shortfall(entry, covering.includes(entry), today)
  return { accepting: null, near: { entry, why: `the entry at ${at(entry.place)} ${why}` } }
}

/** A missing security update is accepted for a few weeks, not for good (docs/architecture.md, rulings). */
function isTooLong(entry: WhitelistEntry, today: string): boolean {
  return entry.check === 'security-updates' && entry.expires > addDays(today, MOST_DAYS)
}

function shortfall(entry: WhitelistEntry, covering: boolean, today: string): string {
  if (!isLive(entry, today)) return `expired on ${entry.expires}`
  if (isTooLong(entry, today)) return `reaches to ${entry.expires}, and ${MOST_DAYS} days are the most`
  return covering ? 'does not say despite: kev' : `accepts no more than ${entry.maxSeverity}`
}
