import type { Finding } from '../../model/finding.js'
import { oneLine } from '../../model/order.js'
import { at, comparePlaces } from '../../model/place.js'
import type { WhitelistEntry } from '../policy.js'
import { indexEntries } from './entry-index.js'
import { covers, isAbout, isLive, type Subject } from './match.js'

/** What the whitelist says about one finding. */
export interface EntriesFor {
  /** The entry that accepts it, if one does. */
  readonly accepting: WhitelistEntry | null
  /** The entry that is about it and yet does not accept it, with the reason in words. */
  readonly near: { readonly entry: WhitelistEntry; readonly why: string } | null
}

/** Of several entries the one that holds longest, then the one that comes first in the file. */
function longest(entries: readonly WhitelistEntry[]): WhitelistEntry | null {
  const byExpiry = (a: WhitelistEntry, b: WhitelistEntry) =>
    a.expires === b.expires ? comparePlaces(a.place, b.place) : a.expires < b.expires ? 1 : -1
  return [...entries].sort(byExpiry)[0] ?? null
}

/** Rulings 1 and 2: in CISA's KEV only an entry that says `despite: kev` counts. */
export function entriesFor(
  finding: Finding,
  subject: Subject,
  entries: readonly WhitelistEntry[],
  today: string,
): EntriesFor {
  const about = indexEntries(entries)
    .of(finding)
    .filter((entry) => isAbout(entry, finding, subject))
  const covering = about.filter((entry) => covers(entry, finding, subject, today))
  const accepting = longest(finding.kev === true ? covering.filter((entry) => entry.despiteKev) : covering)
  if (accepting !== null) return { accepting, near: null }
  const entry = longest(covering) ?? longest(about)
  if (entry === null) return { accepting: null, near: null }
  const why = shortfall(entry, covering.includes(entry), today)
  return { accepting: null, near: { entry, why: `the entry at ${at(entry.place)} ${why}` } }
}

function shortfall(entry: WhitelistEntry, covering: boolean, today: string): string {
  if (!isLive(entry, today)) return `expired on ${entry.expires}`
  return covering ? 'does not say despite: kev' : `accepts no more than ${entry.maxSeverity}`
}

export function acceptedBy(entry: WhitelistEntry): string {
  return `${at(entry.place)} accepts it until ${entry.expires}: ${oneLine(entry.reason)} (${oneLine(entry.owner)})`
}
