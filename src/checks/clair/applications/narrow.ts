import { type Ecosystem, nameKey } from '../../../feeds/formats/osv/ecosystem.js'
import type { OsvAffected, OsvEvent, OsvRange, OsvRecord } from '../../../feeds/formats/osv/record.js'
import { ORDERS } from '../../../feeds/formats/osv/versions/index.js'
import type { ReadVersion } from '../../../feeds/formats/osv/versions/order.js'
import { type ClairEcosystem, clairVersionText } from './ecosystems.js'

/** How Clair spells the packages that it found, by the keys that advisories are looked up under. */
export type Spellings = ReadonlyMap<string, ReadonlySet<string>>

export interface IndexedPackage {
  readonly ecosystem: ClairEcosystem
  readonly name: string
  readonly version: string
}

/** An advisory as Clair gets it: only the fields that Clair matches by. */
export interface ServedRecord {
  readonly id: string
  readonly modified: string
  readonly published: string
  readonly affected: readonly {
    readonly package: { readonly ecosystem: Ecosystem; readonly name: string }
    readonly ranges: readonly { readonly type: string; readonly events: readonly object[] }[]
  }[]
}

/** Clair does not use the dates of advisories, and one invalid date would make it refuse the whole zip. */
const SERVED_DATE = '2020-01-01T00:00:00Z'

/** Names and versions with other characters are not valid; longer ones make no sense. */
const PRINTABLE_TEXT = /^[\x21-\x7e]{1,200}$/
const GEM_VERSION = /^[0-9]+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/
/** Text where a number may be expected: an error (claircore, internal/maven). */
const EMPTY_VERSION_PART = /^[.-]|[.-]{2}|[.-]$/
/** Has more digits than fit into 32 bits, which Clair cannot read. */
const LONG_NUMBER = /[0-9]{10}/

/**
 * Whether Clair can compare this version. One that it cannot compare makes a matcher fail, and the request for the
 * whole report, including Debian's part, ends with status 500 (claircore, ruby/matcher.go, python/matcher.go,
 * java/matcher.go).
 */
export function isReadableByClair(ecosystem: ClairEcosystem, version: string): boolean {
  switch (ecosystem) {
    case 'RubyGems':
      return PRINTABLE_TEXT.test(version) && GEM_VERSION.test(version)
    case 'Maven':
      return PRINTABLE_TEXT.test(version) && !EMPTY_VERSION_PART.test(version)
    case 'Go':
      return (
        clairVersionText(ecosystem, version) !== null && !LONG_NUMBER.test(version.replace(/[-+].*$/, ''))
      )
    case 'PyPI':
      return ORDERS.PyPI.read(version) !== null && !LONG_NUMBER.test(version)
  }
}

/**
 * How Clair spells each package of an ecosystem that it can be asked about. A name is left out if one of its
 * versions in the index would be an error.
 */
export function spellingsIn(packages: readonly IndexedPackage[], ecosystem: ClairEcosystem): Spellings {
  const spellings = new Map<string, Set<string>>()
  const unreadableNames = new Set<string>()
  for (const { name, version } of packages.filter((one) => one.ecosystem === ecosystem)) {
    const key = nameKey(ecosystem, name)
    const isError = ecosystem === 'RubyGems' || ecosystem === 'Maven'
    if (!PRINTABLE_TEXT.test(name) || (isError && !isReadableByClair(ecosystem, version))) {
      unreadableNames.add(key)
    }
    spellings.set(key, (spellings.get(key) ?? new Set()).add(name))
  }
  return new Map([...spellings].filter(([key]) => !unreadableNames.has(key)))
}

/**
 * The advisories that Clair gets: those about packages in its index, each under the name that it has there.
 * Everything that Clair does not need is left out, and so is whatever would end its process (a CVSS vector
 * that it cannot read), make it refuse the zip, or turn its report into a status 500.
 */
export function servedRecords(
  ecosystem: ClairEcosystem,
  records: readonly OsvRecord[],
  spellings: Spellings,
): readonly ServedRecord[] {
  return records.flatMap((record) => {
    const affected = record.affected.flatMap((entry) => {
      const spans = spansOf(ecosystem, entry)
      const names = spans.length === 0 ? [] : [...(spellings.get(nameKey(ecosystem, entry.name)) ?? [])]
      return names.map((name) => ({
        package: { ecosystem, name },
        ranges: spans.map(rangeBuilder(ecosystem)),
      }))
    })
    return affected.length === 0
      ? []
      : [{ id: record.id, modified: SERVED_DATE, published: SERVED_DATE, affected }]
  })
}

function rangeBuilder(ecosystem: ClairEcosystem) {
  const type = ecosystem === 'Go' ? 'SEMVER' : 'ECOSYSTEM'
  return (events: readonly OsvEvent[]) => ({
    type,
    events: events.map(([kind, version]) => ({ [kind]: version })),
  })
}

/**
 * The part of an entry that Clair gets: ranges, each with a start and possibly an end. Events may be in any
 * order, but Clair takes them as they come, so they are sorted here. A range that it cannot read is left out.
 */
export function spansOf(ecosystem: ClairEcosystem, entry: OsvAffected): (readonly OsvEvent[])[] {
  // A range of module versions has no end if Go's own database states it in releases (see src/feeds/formats/osv/ranges.ts).
  const closedRanges = entry.ranges.filter(
    (range) => range === null || range.some(([kind]) => kind !== 'introduced'),
  )
  const ranges = entry.custom.length === 0 ? entry.ranges : [...closedRanges, ...entry.custom]
  return ranges.flatMap((range) => spansIn(ecosystem, range) ?? [])
}

function spansIn(ecosystem: ClairEcosystem, range: OsvRange): (readonly OsvEvent[])[] | null {
  const order = ORDERS[ecosystem]
  const points: { readonly event: OsvEvent; readonly at: ReadVersion | null; readonly after: number }[] = []
  for (const event of range ?? []) {
    const [kind, text] = event
    const isStart = kind === 'introduced' && text === '0'
    const at = isStart ? null : order.read(text)
    if (kind === 'limit' || (!isStart && (at === null || !isReadableByClair(ecosystem, text)))) {
      return null
    }
    points.push({ event, at, after: kind === 'last_affected' ? 1 : 0 })
  }
  points.sort((a, b) =>
    a.at === null || b.at === null
      ? Number(a.at !== null) - Number(b.at !== null)
      : order.compare(a.at, b.at) || a.after - b.after,
  )
  const spans: OsvEvent[][] = []
  let open: OsvEvent | null = null
  for (const { event } of points) {
    if (event[0] === 'introduced') {
      open ??= event
    } else if (open !== null) {
      spans.push([open, event])
      open = null
    }
  }
  return open === null ? spans : [...spans, [open]]
}
