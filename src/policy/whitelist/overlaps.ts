import { at, comparePlaces } from '../../model/place.js'
import { compareSeverity } from '../../model/severity.js'
import { globMatches } from '../glob.js'
import type { WhitelistEntry } from '../policy.js'
import { indexEntries } from './entry-index.js'
import { ANY_ID } from './rules.js'

export interface Overlap {
  readonly kind: 'duplicate' | 'shadowed'
  readonly text: string
}

/** Entries about one CVE of one package that an entry is compared with: more are nobody's work, and would take long. */
const MOST_COMPARED = 200

/** Of entries that hold, those without which nothing would change, because another accepts all that they do. */
export function overlapsOf(given: readonly WhitelistEntry[]): ReadonlyMap<WhitelistEntry, Overlap> {
  const entries = [...given].sort((a, b) => comparePlaces(a.place, b.place))
  const index = indexEntries(entries)
  const overlaps = new Map<WhitelistEntry, Overlap>()
  for (const entry of entries) {
    // By their places: which one is named must not depend on the order in which files were read.
    const alike = index
      .of(entry, MOST_COMPARED)
      .toSorted((a, b) => comparePlaces(a.place, b.place))
      .slice(0, MOST_COMPARED)
    const wider = alike.find((other) => {
      if (other === entry || !acceptsAll(other, entry)) return false
      // Two that accept the same: the one that the judge would not name is too many.
      return !acceptsAll(entry, other) || comparePlaces(other.place, entry.place) < 0
    })
    if (wider === undefined) continue
    const same = isSameSubject(entry, wider)
    overlaps.set(entry, {
      kind: same ? 'duplicate' : 'shadowed',
      text: same
        ? `is about the same as the entry at ${at(wider.place)}, which holds as long; keep one`
        : `is never needed: the entry at ${at(wider.place)} accepts all of it, and holds as long`,
    })
  }
  return overlaps
}

/**
 * True if `wide` accepts whatever `narrow` accepts, for as long. A pattern that fits the text of another pattern
 * fits all that the other one does: its own `*` alone can stand where that has one.
 */
function acceptsAll(wide: WhitelistEntry, narrow: WhitelistEntry): boolean {
  return (
    wide.check === narrow.check &&
    (wide.id === ANY_ID || wide.id === narrow.id) &&
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
  if (wide === null) return true
  return narrow?.every((one) => wide.some((other) => holds(other, one))) ?? false
}

function isSameSubject(a: WhitelistEntry, b: WhitelistEntry): boolean {
  const sorted = (list: readonly string[] | null) => (list === null ? null : [...list].sort())
  const key = ({ id, package: name, releases, images }: WhitelistEntry) =>
    JSON.stringify([id, name, sorted(releases), sorted(images)])
  return key(a) === key(b)
}
