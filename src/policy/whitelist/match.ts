import type { Reason } from '../../model/because/reasons.js'
import { CHECKS, type CheckId, isAcceptedByIdAlone, isUnexamined } from '../../model/checks.js'
import type { Finding } from '../../model/finding/index.js'
import { comparePlaces } from '../../model/place.js'
import { compareSeverity } from '../../model/severity.js'
import { globMatches, imageMatches } from '../glob.js'
import type { WhitelistEntry } from './schema.js'

/**
 * The id of an entry that is about every finding of its package that an entry cannot name (only
 * `check: security-updates` may): the updates. What has an id of its own is accepted by that alone.
 */
export const ANY_ID = '*'

/** What an entry's `images` and `releases` are compared with. */
export interface WhitelistSubject {
  /** As the user gave it. */
  readonly reference: string
  /** Codename of its release; `null`: not known. */
  readonly codename: string | null
}

/** What of a finding an entry names. */
export type Named = Pick<Finding, 'check' | 'id' | 'package'>

/**
 * True if the entry accepts the finding in that image on that day: it holds, it is about it, and its `max-severity` is
 * high enough. Whether the finding is in KEV is not looked at: that is the judge's first ruling.
 */
export function covers(
  entry: WhitelistEntry,
  finding: Named & Pick<Finding, 'severity'>,
  image: WhitelistSubject,
  today: string,
): boolean {
  return isLive(entry, today) && isAbout(entry, finding, image) && accepts(entry, finding)
}

/** True while the entry holds: its last day still counts. Both are YYYY-MM-DD, UTC. */
export function isLive(entry: WhitelistEntry, today: string): boolean {
  return today <= entry.expires
}

/** True if the entry is about this finding of that image, whatever its date and `max-severity`. */
export function isAbout(
  entry: WhitelistEntry,
  { check, id, package: name }: Named,
  image: WhitelistSubject,
): boolean {
  return isNamed(entry, check, id, name) && isFor(entry, image)
}

/** True if the entry names this id and package, wherever it is. */
export function isNamed(entry: WhitelistEntry, check: CheckId, id: string, name: string | null): boolean {
  return (
    entry.check === check &&
    CHECKS[check].acceptable &&
    isOfId(entry, check, id) &&
    (entry.package === null || (name !== null && globMatches(entry.package, name)))
  )
}

/** An entry without an id is about all updates of its package, and not about what is accepted by an id only. */
function isOfId({ check: ofEntry, id: named }: WhitelistEntry, check: CheckId, id: string): boolean {
  const { idOptional, id: ids } = CHECKS[ofEntry].entries
  const wantsId = isAcceptedByIdAlone(check, id) || (idOptional && ids.test(id))
  return named === id || (named === ANY_ID && !wantsId)
}

/** True if the entry's `images` and `releases` let it speak of this image. */
export function isFor(entry: WhitelistEntry, image: WhitelistSubject): boolean {
  return (
    (entry.releases === null || (image.codename !== null && entry.releases.includes(image.codename))) &&
    (entry.images === null || entry.images.some((pattern) => imageMatches(pattern, image.reference)))
  )
}

/**
 * What nobody has rated may be anything: only an entry that accepts everything accepts it. Only vulnerabilities
 * are rated by others; in the other checks `unknown` says nothing.
 */
function accepts(entry: WhitelistEntry, { check, id, severity }: Named & Pick<Finding, 'severity'>): boolean {
  if (severity === 'unknown') {
    const isRated = CHECKS[check].entries.rated && !isUnexamined(check, id)
    return entry.maxSeverity === 'critical' || !isRated
  }
  return compareSeverity(severity, entry.maxSeverity) <= 0
}

/** What an entry is about, as one text: entries that have the same are about the same findings. */
export function entrySubject(entry: {
  readonly check: string
  readonly id: string
  readonly package: string | null
  readonly releases: readonly string[] | null
  readonly images: readonly string[] | null
}): string {
  const { check, id, package: name, releases, images } = entry
  return JSON.stringify([check, id, name, releases?.toSorted() ?? null, images?.toSorted() ?? null])
}

/**
 * True if `wide` covers whatever `narrow` covers, for as long. A pattern that fits the text of another pattern
 * fits all that the other one does: its own `*` alone can stand where that has one.
 */
export function coversAll(wide: WhitelistEntry, narrow: WhitelistEntry): boolean {
  return (
    wide.check === narrow.check &&
    isOfId(wide, narrow.check, narrow.id) &&
    wide.expires >= narrow.expires &&
    fits(wide.package, narrow.package) &&
    compareSeverity(wide.maxSeverity, narrow.maxSeverity) >= 0 &&
    (wide.despiteKev || !narrow.despiteKev) &&
    // What it states would be lost with it.
    (narrow.justification === null || narrow.justification === wide.justification) &&
    allIn(wide.releases, narrow.releases, (one, other) => one === other) &&
    allIn(wide.images, narrow.images, globMatches)
  )
}

function fits(wide: string | null, narrow: string | null): boolean {
  return wide === null || wide === narrow || (narrow !== null && globMatches(wide, narrow))
}

function allIn(
  wide: readonly string[] | null,
  narrow: readonly string[] | null,
  holds: (wide: string, narrow: string) => boolean,
): boolean {
  if (wide === null) {
    return true
  }
  return narrow?.every((one) => wide.some((other) => holds(other, one))) ?? false
}

/** Entries by what they are about, so that thousands of them cost a finding no more than a few. */
export interface EntryIndex {
  /**
   * All entries that may be about a finding of that check, id and package; more must be asked of them.
   * @param most take only as many of each kind (by id or not, by package or pattern), the first of the list
   */
  of(finding: Named, most?: number): readonly WhitelistEntry[]
}

/** Kept for as long as the list is: a policy is judged by for every finding of every image. */
const known = new WeakMap<readonly WhitelistEntry[], EntryIndex>()

export function indexEntries(entries: readonly WhitelistEntry[]): EntryIndex {
  const there = known.get(entries)
  if (there !== undefined) {
    return there
  }
  const lists = new Map<string, WhitelistEntry[]>()
  for (const entry of entries) {
    const isPattern = entry.package === null || entry.package.includes('*')
    const key = keyOf(entry.check, entry.id, isPattern ? '*' : entry.package)
    const list = lists.get(key)
    if (list === undefined) {
      lists.set(key, [entry])
    } else {
      list.push(entry)
    }
  }
  const index: EntryIndex = {
    of: ({ check, id, package: name }, most) => {
      const keys = new Set([
        keyOf(check, id, name),
        keyOf(check, id, '*'),
        keyOf(check, ANY_ID, name),
        keyOf(check, ANY_ID, '*'),
      ])
      return [...keys].flatMap((key) => lists.get(key)?.slice(0, most) ?? [])
    },
  }
  known.set(entries, index)
  return index
}

function keyOf(check: string, id: string, name: string | null): string {
  return `${check}\0${id}\0${name ?? ''}`
}

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
  subject: WhitelistSubject,
  entries: readonly WhitelistEntry[],
  today: string,
): EntriesFor {
  const about = indexEntries(entries)
    .of(finding)
    .filter((entry) => isAbout(entry, finding, subject))
  const covering = about.filter((entry) => covers(entry, finding, subject, today))
  const accepting = longest(finding.kev === true ? covering.filter((entry) => entry.despiteKev) : covering)
  if (accepting !== null) {
    return { accepting, near: null }
  }
  const entry = longest(covering) ?? longest(about)
  if (entry === null) {
    return { accepting: null, near: null }
  }
  return { accepting: null, near: { entry, why: shortfall(entry, covering.includes(entry), today) } }
}

function shortfall(entry: WhitelistEntry, covering: boolean, today: string): Reason {
  const { place, expires: on, maxSeverity: most } = entry
  if (!isLive(entry, today)) {
    return { reason: 'entry-expired', place, on }
  }
  return covering ? { reason: 'entry-not-despite-kev', place } : { reason: 'entry-too-mild', place, most }
}

export function acceptedBy({ place, expires: until, reason: why, owner }: WhitelistEntry): Reason {
  return { reason: 'accepted', place, until, why, owner }
}
