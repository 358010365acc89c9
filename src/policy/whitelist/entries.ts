import type { Reason } from '../../model/because/reasons.js'
import type { Finding } from '../../model/finding/index.js'
import { comparePlaces } from '../../model/place.js'
import type { WhitelistEntry } from '../policy.js'
import { indexEntries } from './entry-index.js'
import { covers, isAbout, isLive, type Subject } from './match.js'

/** What the whitelist says about one finding. */
export interface EntriesFor {
  /** The entry that accepts it, if one does. */
  readonly accepting: WhitelistEntry | null
  /** The entry that is about it and yet does not accept it, with the reason. */
  readonly near: { readonly entry: WhitelistEntry; readonly why: Reason } | null
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
  return { accepting: null, near: { entry, why: shortfall(entry, covering.includes(entry), today) } }
}

function shortfall(entry: WhitelistEntry, covering: boolean, today: string): Reason {
  const { place, expires: on, maxSeverity: most } = entry
  if (!isLive(entry, today)) return { reason: 'entry-expired', place, on }
  return covering ? { reason: 'entry-not-despite-kev', place } : { reason: 'entry-too-mild', place, most }
}

export function acceptedBy({ place, expires: until, reason: why, owner }: WhitelistEntry): Reason {
  return { reason: 'accepted', place, until, why, owner }
}
