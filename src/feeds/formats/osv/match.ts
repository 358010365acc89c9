import { compareText } from '../../../model/index.js'
import { type Ecosystem, namesPackage, releaseOf } from './ecosystem.js'
import { type AffectedState, affects, entryForCommit, isBaseless, worstOf } from './ranges.js'
import { type OsvRating, ratingOf } from './rating.js'
import type { OsvAffected, OsvRecord } from './record.js'
import { ORDERS } from './versions/index.js'
import type { ReadVersion, VersionOrder } from './versions/order.js'

export interface OsvPackage {
  readonly ecosystem: Ecosystem
  readonly name: string
  /** `null` if it is not known: `(devel)`, a build's placeholder, a file without one. */
  readonly version: string | null
  /** For a Go program: GOARCH of its files, from their headers; `null`: not known, so it may be any. */
  readonly architectures?: readonly string[] | null | undefined
  /**
   * True of a program's own module, built in a checkout: `v0.0.0-2026…` means there that no tag was fetched, as in the
   * shallow clones of workflows, and not that there was no release before. True of a crate that is not from crates.io:
   * it may be a fork with the fix, or another crate of that name.
   */
  readonly isFromCheckout?: boolean
}

/** What the records of one ecosystem say about one vulnerability of one package. */
export interface OsvMatch {
  readonly affects: AffectedState
  /** All ids with this meaning: CVEs first, then GHSA, then all others; never empty. */
  readonly ids: readonly string[]
  /** Ids of the records that were read, in the order of code units. */
  readonly records: readonly string[]
  readonly fixed: OsvFix
  readonly rating: OsvRating
  /** True if one of the records says that the package itself is malicious (MAL). */
  readonly malware: boolean
  /** Text from outside; empty if no record has any. */
  readonly summary: string
  /** Day on which the first of the records was published, YYYY-MM-DD; `null` unless all of them state it. */
  readonly published: string | null
}

/** Versions that no record of the group affects, as written in a record; `null` if there is none. */
interface OsvFix {
  /** The smallest one above the installed version, so on its branch if that has one. */
  readonly next: string | null
  readonly newest: string | null
}

/**
 * Matches a package with records; records about other names are ignored. Records that share an id or an alias mean
 * the same.
 */
export function matchPackage(subject: OsvPackage, records: readonly OsvRecord[]): readonly OsvMatch[] {
  const { ecosystem, name } = subject
  const version = subject.version === null ? null : releaseOf(ecosystem, subject.version)
  const recordsOfPackage = records.filter(({ affected }) =>
    affected.some((entry) => namesPackage(ecosystem, entry.name, name)),
  )
  const order = withReadCache(ORDERS[ecosystem])
  const isCommit = subject.isFromCheckout === true && isBaseless(version ?? '')
  const entryFor = isCommit ? entryForCommit : (entry: OsvAffected) => entry
  const isLocalCrate = subject.isFromCheckout === true && ecosystem === 'crates.io'
  return groupsOf(recordsOfPackage).map((group): OsvMatch => {
    const entries = entriesAbout(subject, group)
    const worst = worstOf(entries.map((entry) => affects(order, entryFor(entry), version)))
    return {
      affects: worst === 'affected' && isLocalCrate ? 'unknown' : worst,
      ids: sortedIds(group.flatMap(({ id, aliases }) => [id, ...aliases])),
      records: group.map(({ id }) => id).sort(compareText),
      fixed: fixOf(order, entries, version),
      rating: ratingOf(group),
      malware: isMalware(group),
      summary: group.find(({ summary }) => summary !== '')?.summary ?? '',
      published: publishedOf(group),
    }
  })
}

function entriesAbout(subject: OsvPackage, records: readonly OsvRecord[]): readonly OsvAffected[] {
  const isAbout = (entry: OsvAffected) => namesPackage(subject.ecosystem, entry.name, subject.name)
  const entries = records.flatMap(({ affected }) => affected.filter(isAbout))
  return entries.filter((entry) => isForPlatform(subject, entry))
}

function isMalware(group: readonly OsvRecord[]): boolean {
  return group.some(({ id, aliases }) => [id, ...aliases].some((one) => one.startsWith('MAL-')))
}

/**
 * The records about one package that say something else than that it is malicious. For a package that need not be from a
 * registry: malicious ones often have the names of private packages.
 */
export function withoutMalware(records: readonly OsvRecord[]): readonly OsvRecord[] {
  return groupsOf(records).flatMap((group) => (isMalware(group) ? [] : group))
}

function publishedOf(group: readonly OsvRecord[]): string | null {
  const days = group.flatMap(({ published }) => published?.slice(0, 'YYYY-MM-DD'.length) ?? [])
  return days.length === group.length ? (days.sort(compareText)[0] ?? null) : null
}

/**
 * The smallest version above the installed one that none of the records affects: with several vulnerabilities, the
 * fix of one may be affected by the next. `null` if none is named, or the installed version cannot be parsed.
 */
export function fixOfAllRecords(subject: OsvPackage, records: readonly OsvRecord[]): string | null {
  const { ecosystem } = subject
  const version = subject.version === null ? null : releaseOf(ecosystem, subject.version)
  const entries = entriesAbout(subject, records)
  const order = withReadCache(ORDERS[ecosystem])
  const fixes = candidates(order, entries, version)
  return fixes.find((fix) => isExplicitlyUnaffected(order, entries, fix))?.text ?? null
}

/**
 * Whether an entry is about programs like this one. A program in an image runs on Linux; its file's header states the
 * processor, and the kernel relies on it too. If it is not known, all are meant.
 */
export function isForPlatform(
  { architectures = null }: Pick<OsvPackage, 'architectures'>,
  { platforms }: Pick<OsvAffected, 'platforms'>,
): boolean {
  return (
    platforms.length === 0 ||
    platforms.some(
      ({ goos, goarch }) =>
        (goos.length === 0 || goos.includes('linux')) &&
        (goarch.length === 0 || architectures === null || architectures.some((one) => goarch.includes(one))),
    )
  )
}

/** Parses each text once: tensorflow has 242 records, each with a list of versions. */
function withReadCache(order: VersionOrder): VersionOrder {
  const readVersions = new Map<string, ReadVersion | null>()
  return {
    compare: order.compare,
    read: (text) => {
      const before = readVersions.get(text)
      const read = before === undefined ? order.read(text) : before
      readVersions.set(text, read)
      return read
    },
  }
}

/** In the order of each group's first record. */
function groupsOf(records: readonly OsvRecord[]): readonly (readonly OsvRecord[])[] {
  const groups: { ids: Set<string>; records: OsvRecord[] }[] = []
  for (const record of records) {
    const ids = [record.id, ...record.aliases]
    const joined = groups.filter((group) => ids.some((id) => group.ids.has(id)))
    const [first] = joined
    if (first === undefined) {
      groups.push({ ids: new Set(ids), records: [record] })
      continue
    }
    for (const group of joined.slice(1)) {
      groups.splice(groups.indexOf(group), 1)
    }
    first.ids = new Set([...joined.flatMap((group) => [...group.ids]), ...ids])
    first.records = [...joined.flatMap((group) => group.records), record]
  }
  return groups.map((group) => group.records)
}

function fixOf(order: VersionOrder, entries: readonly OsvAffected[], version: string | null): OsvFix {
  const all = candidates(order, entries, version)
  const fixes = all.filter((fix) => isExplicitlyUnaffected(order, entries, fix))
  return { next: fixes.at(0)?.text ?? null, newest: fixes.at(-1)?.text ?? null }
}

/** Fixed versions above the installed one, each once, the smallest first. */
function candidates(
  order: VersionOrder,
  entries: readonly OsvAffected[],
  version: string | null,
): readonly ReadVersion[] {
  const installed = version === null ? null : order.read(version)
  if (installed === null) {
    return []
  }
  const entriesOfPackage = entries
    .flatMap(({ ranges, custom }) => [...ranges, ...custom])
    .flatMap((range) => range ?? [])
    .flatMap(([kind, text]) => (kind === 'fixed' ? [text] : []))
  return [...new Set(entriesOfPackage)]
    .flatMap((text) => order.read(text) ?? [])
    .filter((fix) => order.compare(fix, installed) > 0)
    .sort((a, b) => order.compare(a, b))
}

function isExplicitlyUnaffected(
  order: VersionOrder,
  entries: readonly OsvAffected[],
  { text }: ReadVersion,
): boolean {
  return entries.every((entry) => affects(order, entry, text) === 'not-affected')
}

const RANKS = [/^CVE-/, /^GHSA-/, /(?:)/]

function sortedIds(ids: readonly string[]): readonly string[] {
  const rank = (id: string) => RANKS.findIndex((pattern) => pattern.test(id))
  return [...new Set(ids)].sort((a, b) => rank(a) - rank(b) || compareText(a, b))
}
