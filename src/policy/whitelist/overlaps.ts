import { at, comparePlaces, compareSeverity, globMatches } from '../../model/index.js'
import { entrySubject, indexEntries, isOfId, matchesPackage } from './match.js'
import { namesPath } from './paths.js'
import type { WhitelistEntry } from './schema.js'

/**
 * True if `wide` covers whatever `narrow` covers, for as long. A pattern that matches the text of another pattern
 * matches everything that the other one does: only its own `*` can match a `*` there.
 */
export function coversAll(wide: WhitelistEntry, narrow: WhitelistEntry): boolean {
  return (
    wide.check === narrow.check &&
    isOfId(wide, narrow.check, narrow.id) &&
    wide.expires >= narrow.expires &&
    (wide.package === null ||
      wide.package === narrow.package ||
      (narrow.package !== null && matchesPackage(wide.package, narrow.package))) &&
    fitsPath(wide, narrow) &&
    compareSeverity(wide.maxSeverity, narrow.maxSeverity) >= 0 &&
    (wide.despiteKev || !narrow.despiteKev) &&
    (wide.despiteMalware || !narrow.despiteMalware) &&
    // The VEX statement of the narrow entry would be lost too.
    (narrow.justification === null || narrow.justification === wide.justification) &&
    allIn(wide.releases, narrow.releases, (one, other) => one === other) &&
    allIn(wide.images, narrow.images, globMatches)
  )
}

function fitsPath(wide: WhitelistEntry, narrow: WhitelistEntry): boolean {
  const fitting =
    wide.path === narrow.path || (narrow.path !== null && namesPath(wide, { path: narrow.path }))
  return (
    fitting &&
    (wide.sha256 === null || wide.sha256 === narrow.sha256) &&
    (wide.fingerprint === null || wide.fingerprint === narrow.fingerprint)
  )
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

interface Overlap {
  readonly kind: 'duplicate' | 'shadowed'
  readonly text: string
}

/**
 * How many entries about one CVE of one package an entry is compared with: more are not written by hand, and would
 * take long.
 */
const MAX_COMPARED = 200

/** Of the valid entries, those that change nothing, because another accepts everything that they do. */
export function overlapsOf(allEntries: readonly WhitelistEntry[]): ReadonlyMap<WhitelistEntry, Overlap> {
  const entries = [...allEntries].sort((a, b) => comparePlaces(a.place, b.place))
  const index = indexEntries(entries)
  const overlaps = new Map<WhitelistEntry, Overlap>()
  for (const entry of entries) {
    // By place: the choice must not depend on the order in which files were read.
    const alike = index
      .of(entry, MAX_COMPARED)
      .toSorted((a, b) => comparePlaces(a.place, b.place))
      .slice(0, MAX_COMPARED)
    const wider = alike.find((other) => {
      if (other === entry || !coversAll(other, entry)) {
        return false
      }
      // If two accept the same, the one that the judge would not name is superfluous.
      return !coversAll(entry, other) || comparePlaces(other.place, entry.place) < 0
    })
    if (wider === undefined) {
      continue
    }
    const same = entrySubject(entry) === entrySubject(wider)
    overlaps.set(entry, {
      kind: same ? 'duplicate' : 'shadowed',
      text: same
        ? `covers the same findings as the entry at ${at(wider.place)}, which is valid for at least as long; keep only one of them`
        : `is never needed: the entry at ${at(wider.place)} accepts everything that this one does, for at least as long`,
    })
  }
  return overlaps
}
