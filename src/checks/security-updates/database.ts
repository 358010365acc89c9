import { compareVersions } from '../../debian/version.js'
import type { DatabaseFindings } from '../../inventory/database/doubts.js'
import { type AnyDoubt, databaseFinding } from '../../inventory/database/finding.js'
import { type InstalledPackage, type ObstacleFinding, sorted } from '../../model/index.js'
import type { KnownPackage } from './apt/index.js'
import type { PendingSet } from './apt/pending.js'

/** How many installed packages the release's indexes must have: fewer prove nothing about the image. */
const MIN_KNOWN_PACKAGES = 10

/** Findings about a package database that contradicts the release's own indexes. */
export function databaseFindings(
  { doubts, older }: DatabaseFindings,
  reference: PendingSet,
): ObstacleFinding[] {
  const packagesInIndexes = [...reference.packages.values()].filter((one) => highestOf(one) !== null)
  const olderNames = older
    .map((one) => one.package)
    .filter((one) => packagesInIndexes.some((other) => isDebianBuild(one, other)))
    .map(({ name }) => name)
  const all: AnyDoubt[] = [
    ...doubts,
    ...doubtAbout('older-by-changelog', olderNames),
    ...aboveEveryIndex(packagesInIndexes),
  ]
  return [databaseFinding(all)].filter((finding) => finding !== null)
}

function doubtAbout(kind: AnyDoubt['kind'], packages: readonly string[]): AnyDoubt[] {
  return packages.length === 0 ? [] : [{ kind, packages: sorted(packages), layer: null }]
}

/** Highest version in an index; `null` if none has the package. */
function highestOf({ versions }: KnownPackage): string | null {
  return versions.find(({ indexes }) => indexes.length > 0)?.version.version ?? null
}

/** Others may build a package of that name in another version, and name Debian's version in its changelog. */
function isDebianBuild(one: InstalledPackage, known: KnownPackage): boolean {
  const { name, version, architecture } = known.installed.package
  const isSame = name === one.name && version === one.version && architecture === one.architecture
  return isSame && compareVersions(highestOf(known) ?? '', version) >= 0
}

/**
 * Doubts if packages have higher versions than every index: the image is of another release than it claims, so that
 * missing updates could not be found.
 */
function aboveEveryIndex(known: readonly KnownPackage[]): AnyDoubt[] {
  const packagesAbove = known.filter(
    (one) => compareVersions(highestOf(one) ?? '', one.current.version.version) < 0,
  )
  const isUsual = known.length < MIN_KNOWN_PACKAGES || packagesAbove.length * 2 <= known.length
  const names = packagesAbove.map(({ installed }) => installed.package.name)
  return isUsual ? [] : doubtAbout('above-every-index', names)
}
