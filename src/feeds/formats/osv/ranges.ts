import type { OsvAffected, OsvEvent, OsvRange } from './record.js'
import type { ReadVersion, VersionOrder } from './versions/order.js'

/** Unknown is a result: for a version, or a range, about which nothing can be said. */
export type AffectedState = 'affected' | 'not-affected' | 'unknown'

/** Worst first: one matching range is enough, and one that cannot be parsed leaves it open. */
const WORST: readonly AffectedState[] = ['affected', 'unknown', 'not-affected']

export function worstOf(all: readonly AffectedState[]): AffectedState {
  return WORST.find((one) => all.includes(one)) ?? 'not-affected'
}

/**
 * Go's pseudo-versions (https://go.dev/ref/mod#pseudo-versions) end with a commit's time and hash; those of a checkout
 * also say whether it had changes.
 */
const PSEUDO = /[.-]\d{14}-[0-9a-f]{12}(?:\+incompatible)?(?:[+.]dirty)?$/
export function isPseudoVersion(text: string): boolean {
  return PSEUDO.test(text)
}

/** A pseudo-version that names no release before its commit. */
const BASELESS = /^v?\d+\.0\.0-\d{14}-/
export function isBaseless(text: string): boolean {
  return BASELESS.test(text) && PSEUDO.test(text)
}

/**
 * The part of an entry about a commit of which only the time is known. Such a pseudo-version is compared with another
 * one by its time; nobody can say whether a release contains the commit.
 */
export function entryForCommit(entry: OsvAffected): OsvAffected {
  const isKnown = ([kind, text]: OsvEvent) => (kind === 'introduced' && text === '0') || isBaseless(text)
  const ranges = entry.ranges.map((range) => (range?.every(isKnown) ? range : null))
  const isListOnly = ranges.length === 0 && entry.versions.length > 0
  return { ...entry, ranges: isListOnly ? [null] : ranges }
}

/**
 * Whether an entry of a record affects a version, by OSV's rules (https://ossf.github.io/osv-schema/, "Evaluation"):
 * it is listed, or in one of the ranges.
 * @param version `null` if it is not known
 */
export function affects(order: VersionOrder, entry: OsvAffected, version: string | null): AffectedState {
  const read = version === null ? null : order.read(version)
  if (version !== null && isListed(order, entry.versions, version, read)) {
    return 'affected'
  }
  if (entry.versions.length === 0 && entry.ranges.length === 0) {
    return 'unknown' // commits at most, which a package does not state
  }
  const inRanges = worstOf(entry.ranges.map((range) => inRange(order, range, read)))
  const isClosed = entry.ranges
    .filter((range) => range?.some(([kind]) => kind !== 'introduced'))
    .some((range) => inRange(order, range, read) === 'affected')
  if (entry.custom.length > 0 && inRanges === 'affected' && !isClosed) {
    // Only the custom ranges name the fix, in releases, and a pseudo-version belongs to no release.
    return version === null || isPseudoVersion(version)
      ? 'unknown'
      : worstOf(entry.custom.map((range) => inRange(order, range, read)))
  }
  const isOpen = read === null && inRanges === 'not-affected' && entry.versions.length > 0
  return isOpen ? 'unknown' : inRanges
}

/** Also equal by order: `1.0` is `1.0.0` in PyPI. A version that cannot be parsed equals only its own text. */
function isListed(
  order: VersionOrder,
  versions: readonly string[],
  text: string,
  read: ReadVersion | null,
): boolean {
  return (
    versions.includes(text) ||
    (read !== null &&
      versions.some((one) => {
        const other = order.read(one)
        return other !== null && order.compare(other, read) === 0
      }))
  )
}

/** `null` is before all versions; `after` is 1 for an event that takes effect only above its version. */
interface Point {
  readonly kind: OsvEvent[0]
  readonly version: ReadVersion | null
  readonly after: 0 | 1
}

export function inRange(order: VersionOrder, range: OsvRange, version: ReadVersion | null): AffectedState {
  if (range === null || range.length === 0) {
    return 'unknown'
  }
  const points: Point[] = []
  for (const [kind, text] of range) {
    // "0" is before everything, whatever the order says; a limit "*" is no limit.
    const isStart = kind === 'introduced' && text === '0'
    const read = isStart ? null : order.read(text)
    if (kind === 'limit' && text === '*') {
      continue
    }
    if (read === null && !isStart) {
      return 'unknown'
    }
    points.push({ kind, version: read, after: kind === 'last_affected' ? 1 : 0 })
  }
  if (!points.some(({ kind }) => kind === 'introduced')) {
    return 'unknown' // the schema requires an `introduced` event
  }
  if (points.every(({ kind, version: at }) => kind === 'introduced' && at === null)) {
    return 'affected' // every version, even one that cannot be parsed
  }
  return version === null ? 'unknown' : isWithin(order, points, version) ? 'affected' : 'not-affected'
}

function isWithin(order: VersionOrder, points: readonly Point[], version: ReadVersion): boolean {
  const limits = points.filter(({ kind }) => kind === 'limit')
  const isBelow = (limit: Point) => order.compare(version, limit.version as ReadVersion) < 0
  if (limits.length > 0 && !limits.some(isBelow)) {
    return false
  }
  const place = { version, after: 0 as const }
  const pointsUpToVersion = points
    .filter((point) => point.kind !== 'limit' && comparePoints(order, point, place) <= 0)
    .sort((a, b) => comparePoints(order, a, b))
  let isAffected = false
  for (let at = 0; at < pointsUpToVersion.length; ) {
    const first = pointsUpToVersion[at] as Point
    const isAtVersion = (point: Point) => comparePoints(order, point, first) === 0
    const pointsAtVersion = pointsUpToVersion.slice(at).filter(isAtVersion)
    const starts = pointsAtVersion.some(({ kind }) => kind === 'introduced')
    const hasEnd = pointsAtVersion.some(({ kind }) => kind !== 'introduced')
    // Both at one version: if a span ends there the next one begins; otherwise it is an empty span.
    isAffected = starts === hasEnd ? isAffected : starts
    at += pointsAtVersion.length
  }
  return isAffected
}

function comparePoints(order: VersionOrder, a: Omit<Point, 'kind'>, b: Omit<Point, 'kind'>): number {
  if (a.version === null || b.version === null) {
    return Number(a.version !== null) - Number(b.version !== null)
  }
  return order.compare(a.version, b.version) || a.after - b.after
}
