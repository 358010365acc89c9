import {
  type AcceptedResult,
  CHECKS,
  type CheckId,
  cached,
  comparePlaces,
  compareSeverity,
  compareText,
  type Finding,
  globMatches,
  type ImageVerdict,
  imageMatches,
  isAcceptedByIdAlone,
  isMalware,
  neededDespite,
  neededSeverity,
  type Reason,
} from '../../model/index.js'
import { acceptablePaths, acceptsPath, type NamingPath, namesPath } from './paths.js'
import type { WhitelistEntry } from './schema.js'

/**
 * The id of an entry about every finding of its package without an id of its own (only `check: security-updates`
 * allows it): the updates. A finding with an id is accepted only by that id.
 */
export const ANY_ID = '*'

export type WhitelistSubject = Pick<ImageVerdict, 'reference' | 'codename'>

/**
 * The parts of a finding that an entry names: for an application package any id with this meaning, and its version
 * too.
 */
export type Named = Pick<Finding, 'check' | 'id' | 'package'> & {
  /** For a finding that is accepted by path: `details` has its paths. */
  readonly details?: object
  readonly ids?: readonly string[]
  readonly purl?: string
  readonly version?: string | null
}

/**
 * True if the entry accepts the finding in that image on that day: it holds, it is about it, and its `max-severity`
 * is high enough. For a finding that is accepted by path, it is about some of its paths (`entriesByPath`). It does not check whether the finding is in KEV: that is the judge's first ruling.
 */
export function covers(
  entry: WhitelistEntry,
  finding: Named & Pick<Finding, 'severity'>,
  image: WhitelistSubject,
  today: string,
): boolean {
  const isMild = compareSeverity(neededSeverity(finding), entry.maxSeverity) <= 0
  return isMild && isUnexpired(entry, today) && isAbout(entry, finding, image)
}

/** The entry for each path of the finding, `null` if none accepts it; `null` if it is not accepted by path. */
export function entriesByPath(
  finding: Named,
  image: WhitelistSubject,
  entries: readonly WhitelistEntry[],
  today: string,
): readonly (WhitelistEntry | null)[] | null {
  const paths = acceptablePaths(finding)
  if (paths === null) {
    return null
  }
  const relevantEntries = indexEntries(entries)
    .of(finding)
    .filter((entry) => isUnexpired(entry, today) && isAbout(entry, finding, image))
  return paths.map((path) => longest(relevantEntries.filter((entry) => acceptsPath(entry, path))))
}

/** True while the entry holds: its last day still counts. Both are YYYY-MM-DD, UTC. */
export function isUnexpired(entry: WhitelistEntry, today: string): boolean {
  return today <= entry.expires
}

/** True if the entry is about this finding of that image, whatever its date and `max-severity`. */
export function isAbout(entry: WhitelistEntry, finding: Named, image: WhitelistSubject): boolean {
  const { check, id, ids = [id] } = finding
  const names = packageNames(finding)
  const paths = acceptablePaths(finding)
  return (
    appliesToImage(entry, image) &&
    ids.some((one) => names.some((name) => isNamed(entry, check, one, name))) &&
    (paths === null || paths.some((path) => namesPath(entry, path)))
  )
}

/**
 * The names that an entry may use for its package: an application package also with its version, as in a package URL.
 * For a program, the version in its package URL may differ from the project's own form; an entry may use either.
 */
function packageNames({ package: name, purl, version = null }: Named): readonly (string | null)[] {
  if (purl === undefined || version === null) {
    return [name]
  }
  const [, numbers = version] = /^pkg:bitnami\/[^@]+@(.+)$/.exec(purl) ?? []
  return [name, ...new Set([version, numbers].map((one) => `${name}@${one}`))]
}

/** True if the entry names this id and package, in any image. */
export function isNamed(entry: WhitelistEntry, check: CheckId, id: string, name: string | null): boolean {
  return (
    entry.check === check &&
    CHECKS[check].acceptable &&
    isOfId(entry, check, id) &&
    (entry.package === null || (name !== null && matchesPackage(entry.package, name)))
  )
}

/** A pattern of Debian packages (`*ssl`) does not match those of an ecosystem, which have a slash in their names. */
export function matchesPackage(pattern: string, name: string): boolean {
  return pattern.includes('/') === name.includes('/') && globMatches(pattern, name)
}

/** An entry without an id covers all updates of its package, but not findings that are accepted only by id. */
export function isOfId({ check: ofEntry, id: named }: WhitelistEntry, check: CheckId, id: string): boolean {
  const { idOptional, id: ids } = CHECKS[ofEntry].entries
  const wantsId = isAcceptedByIdAlone(check, id) || (idOptional && ids.test(id))
  return named === id || (named === ANY_ID && !wantsId)
}

export function appliesToImage(entry: WhitelistEntry, image: WhitelistSubject): boolean {
  return (
    (entry.releases === null || (image.codename !== null && entry.releases.includes(image.codename))) &&
    (entry.images === null || entry.images.some((pattern) => imageMatches(pattern, image.reference)))
  )
}

/** The subject of an entry as one text: entries with the same subject are about the same findings. */
export function entrySubject(
  entry: Pick<WhitelistEntry, 'id' | 'package' | 'releases' | 'images' | keyof NamingPath> & {
    readonly check: string
  },
): string {
  const { check, id, package: name, path, sha256, fingerprint, releases, images } = entry
  const limits = [releases?.toSorted() ?? null, images?.toSorted() ?? null]
  return JSON.stringify([check, id, name, path, sha256, fingerprint, ...limits])
}

/**
 * Entries by subject, so that thousands of them cost a finding no more than a few. Cached: a policy is applied to every
 * finding of every image.
 */
export const indexEntries = cached((entries: readonly WhitelistEntry[]) => {
  const lists = Map.groupBy(entries, ({ check, id, package: name }) =>
    keyOf(check, id, name === null || name.includes('*') ? '*' : name),
  )
  return {
    /**
     * All entries that may be about a finding of that check, id and package; the caller checks the rest.
     * @param most take only this many of each kind (by id or not, by package or pattern), the first of the list
     */
    of: (finding: Named, most?: number): readonly WhitelistEntry[] => {
      const { check, id, ids = [id] } = finding
      const names = [...packageNames(finding), '*']
      const keys = new Set([...ids, ANY_ID].flatMap((one) => names.map((name) => keyOf(check, one, name))))
      return [...keys].flatMap((key) => lists.get(key)?.slice(0, most) ?? [])
    },
  }
})

function keyOf(check: string, id: string, name: string | null): string {
  return `${check}\0${id}\0${name ?? ''}`
}

export interface EntriesFor {
  readonly accepting: WhitelistEntry | null
  /** The entry that is about it but does not accept it, with the reason. */
  readonly near: { readonly entry: WhitelistEntry; readonly why: Reason } | null
}

/** Of several entries the one that holds longest, then the first in the file. */
function longest(entries: readonly WhitelistEntry[]): WhitelistEntry | null {
  const byExpiry = (a: WhitelistEntry, b: WhitelistEntry) =>
    compareText(b.expires, a.expires) || comparePlaces(a.place, b.place)
  return [...entries].sort(byExpiry)[0] ?? null
}

/** Rulings 1 and 2: for malware, and in CISA's KEV, only an entry with `despite: malware`, or `kev`, counts. */
export function entriesFor(
  finding: Finding,
  subject: WhitelistSubject,
  entries: readonly WhitelistEntry[],
  today: string,
): EntriesFor {
  const relevantEntries = indexEntries(entries)
    .of(finding)
    .filter((entry) => isAbout(entry, finding, subject))
  const byPath = entriesByPath(finding, subject, entries, today)
  if (byPath !== null) {
    return entriesOfPaths(byPath, relevantEntries, today)
  }
  const covering = relevantEntries.filter((entry) => covers(entry, finding, subject, today))
  const despite = neededDespite({ kev: finding.kev, malware: isMalware(finding) })
  const accepting = longest(
    covering.filter(
      (entry) => despite === null || (despite === 'kev' ? entry.despiteKev : entry.despiteMalware),
    ),
  )
  if (accepting !== null) {
    return { accepting, near: null }
  }
  const entry = longest(covering) ?? longest(relevantEntries)
  if (entry === null) {
    return { accepting: null, near: null }
  }
  return {
    accepting: null,
    near: { entry, why: shortfall(entry, finding, covering.includes(entry) ? despite : null, today) },
  }
}

/** Accepted if each path is: then until the first of the entries expires. */
function entriesOfPaths(
  byPath: readonly (WhitelistEntry | null)[],
  about: readonly WhitelistEntry[],
  today: string,
): EntriesFor {
  const accepting = byPath.filter((entry) => entry !== null)
  const [first] = accepting.toSorted((a, b) => compareText(a.expires, b.expires))
  if (first !== undefined && accepting.length === byPath.length) {
    return { accepting: first, near: null }
  }
  const entry = longest(about.filter((one) => !accepting.includes(one)))
  if (entry === null) {
    return { accepting: null, near: null }
  }
  const { place, expires: on } = entry
  const why: Reason = isUnexpired(entry, today)
    ? { reason: 'entry-other-content', place }
    : { reason: 'entry-expired', place, on }
  return { accepting: null, near: { entry, why } }
}

/** @param despite what a sufficient entry does not state; `null`: its max-severity is too low */
function shortfall(
  entry: WhitelistEntry,
  { severity }: Finding,
  despite: 'kev' | 'malware' | null,
  today: string,
): Reason {
  const { place, expires: on, maxSeverity } = entry
  if (!isUnexpired(entry, today)) {
    return { reason: 'entry-expired', place, on }
  }
  return despite === null
    ? { reason: 'entry-too-mild', place, most: maxSeverity, isUnrated: severity === 'unknown' }
    : { reason: 'entry-not-despite', place, despite }
}

export function acceptedBy({ place, expires: until, reason: why, owner }: AcceptedResult): Reason {
  return { reason: 'accepted', place, until, why, owner }
}
