import { type JudgedPackage, judgedAs } from '../../../debian/signed.js'
import { compareVersions } from '../../../debian/version.js'
import type { Tracker, TrackerRow } from '../../../feeds/formats/tracker.js'
import { compareText } from '../../../model/index.js'
import { type Database, isFromDebianRelease } from './databases.js'
import { type Releases, SAME_RELEASE } from './releases.js'
import type { ClairPackage, ClairVulnerability } from './report.js'

/** Everything known about one vulnerability of one source package in one database. */
export interface ClairMatch {
  readonly database: Database
  readonly source: string
  readonly id: string
  /** The release that its packages are from, if not the image's own; else `null`. */
  readonly release: string | null
  /** The tracker's row for that release; `null` if there is none. */
  readonly row: TrackerRow | null
  /** Installed packages of that source, or built from it with a signature. */
  readonly installed: readonly JudgedPackage[]
  /** The installed packages that are vulnerable by their source package's version. */
  readonly vulnerable: readonly JudgedPackage[]
  readonly reported: readonly ClairPackage[]
  /** The vulnerability as Clair reports it; `null` if Clair does not report it. */
  readonly clair: ClairVulnerability | null
}

/**
 * Whether a source package in this version is vulnerable. `resolved` without a version counts as vulnerable,
 * as in Clair: nobody can say that this version has the fix.
 */
function isVulnerable(sourceVersion: string, row: TrackerRow): boolean {
  if (row.status !== 'resolved' || row.fixedVersion === null) {
    return true
  }
  // `0`: the release was never affected.
  return row.fixedVersion !== '0' && compareVersions(sourceVersion, row.fixedVersion) < 0
}

/**
 * Everything that Clair reports in a database, or that the tracker says about packages installed there. Each
 * package is judged by the rows of the release that it is from.
 */
export function joinDatabase(
  database: Database,
  tracker: Tracker,
  codename: string,
  { releaseOf, comparableVersion }: Releases = SAME_RELEASE,
): readonly ClairMatch[] {
  const judgedPackages = database.installed.flatMap(judgedAs)
  const bySource = Map.groupBy(judgedPackages, (one) => joinedKey(one.source, releaseOf(one)))
  const isMatch = (one: JudgedPackage, row: TrackerRow) => isVulnerable(comparableVersion(one), row)
  const matches = new Map<string, ClairMatch>()
  for (const { source, id, release, reported, clair } of clairPairs(database, releaseOf)) {
    const isFromDebian = reported.some((one) =>
      [codename, release].some((name) => name !== null && isFromDebianRelease(one, name)),
    )
    const row =
      (isFromDebian &&
        tracker
          .get(source)
          ?.get(id)
          ?.releases.get(release ?? codename)) ||
      null
    const installed = bySource.get(joinedKey(source, release)) ?? []
    const vulnerable = row ? installed.filter((one) => isMatch(one, row)) : []
    const match = { database, source, id, release, row, installed, vulnerable, reported, clair }
    matches.set(joinedKey(source, id, release), match)
  }
  for (const installed of bySource.values()) {
    const [{ source, ...first }] = installed as [JudgedPackage]
    const release = releaseOf(first)
    for (const [id, entry] of tracker.get(source) ?? []) {
      const row = entry.releases.get(release ?? codename)
      if (!row || matches.has(joinedKey(source, id, release))) {
        continue
      }
      const vulnerable = installed.filter((one) => isMatch(one, row))
      if (vulnerable.length === 0) {
        continue
      }
      const notReported = { reported: [], clair: null }
      const match = { database, source, id, release, row, installed, vulnerable, ...notReported }
      matches.set(joinedKey(source, id, release), match)
    }
  }
  return [...matches.values()]
}

/** Clair's pairs of source package and vulnerability, each with the packages of one release that it is reported for. */
function clairPairs({ reported }: Database, of: Releases['releaseOf']) {
  const pairs = reported.flatMap((one) =>
    one.vulnerabilities.map((clair) => ({ one, clair, release: of(one) })),
  )
  const groups = Map.groupBy(pairs, ({ clair, release }) => joinedKey(clair.package, clair.id, release))
  return [...groups.values()].flatMap((group) => {
    // Several updaters may report the same vulnerability: the result must not depend on the report's order.
    const [clair] = group
      .map((pair) => pair.clair)
      .sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)))
    const release = group[0]?.release ?? null
    return clair
      ? [{ source: clair.package, id: clair.id, release, clair, reported: group.map(({ one }) => one) }]
      : []
  })
}

const joinedKey = (...parts: readonly (string | null)[]): string => parts.join('\n')
