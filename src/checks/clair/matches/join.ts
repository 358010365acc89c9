import { type JudgedPackage, judgedAs } from '../../../debian/signed.js'
import type { Tracker, TrackerRow } from '../../../debian/tracker.js'
import { compareVersions } from '../../../debian/version.js'
import { type Database, isDebianOf } from './databases.js'
import type { ClairPackage, ClairVulnerability } from './report.js'

/** All that is known of one vulnerability of one source package in one database. */
export interface ClairMatch {
  readonly database: Database
  /** Source package. */
  readonly source: string
  readonly id: string
  /** The tracker's row for the image's release; `null` where it has none. */
  readonly row: TrackerRow | null
  /** Installed packages of that source, or signed from it. */
  readonly installed: readonly JudgedPackage[]
  /** Those of them that are vulnerable by the version of their source package. */
  readonly vulnerable: readonly JudgedPackage[]
  /** Those for which Clair reports it. */
  readonly reported: readonly ClairPackage[]
  /** Clair's own words; `null` where it does not report it. */
  readonly words: ClairVulnerability | null
}

/**
 * Whether a source package in this version is vulnerable. What is `resolved` without a version named is taken
 * for vulnerable, as Clair does: nobody can say that this version has the fix.
 */
function isVulnerable(sourceVersion: string, row: TrackerRow): boolean {
  if (row.status !== 'resolved' || row.fixedVersion === null) {
    return true
  }
  // `0`: the release was never affected.
  return row.fixedVersion !== '0' && compareVersions(sourceVersion, row.fixedVersion) < 0
}

/** Everything that Clair reports in a database, or that the tracker says of what is installed there. */
export function joinDatabase(database: Database, tracker: Tracker, codename: string): readonly ClairMatch[] {
  const bySource = Map.groupBy(database.installed.flatMap(judgedAs), ({ source }) => source)
  const matches = new Map<string, ClairMatch>()
  for (const { source, id, reported, words } of clairs(database)) {
    const isDebians = reported.some((one) => isDebianOf(one, codename))
    const row = (isDebians && tracker.get(source)?.get(id)?.releases.get(codename)) || null
    const installed = bySource.get(source) ?? []
    const vulnerable = row ? installed.filter((one) => isVulnerable(one.sourceVersion, row)) : []
    matches.set(key(source, id), { database, source, id, row, installed, vulnerable, reported, words })
  }
  for (const [source, installed] of bySource) {
    for (const [id, entry] of tracker.get(source) ?? []) {
      const row = entry.releases.get(codename)
      if (!row || matches.has(key(source, id))) {
        continue
      }
      const vulnerable = installed.filter((one) => isVulnerable(one.sourceVersion, row))
      if (vulnerable.length === 0) {
        continue
      }
      const nothing = { reported: [], words: null }
      matches.set(key(source, id), { database, source, id, row, installed, vulnerable, ...nothing })
    }
  }
  return [...matches.values()]
}

/** Clair's pairs of source package and vulnerability, each with the packages that it is reported for. */
function clairs({ seen }: Database) {
  const pairs = seen.flatMap((one) => one.vulnerabilities.map((words) => ({ one, words })))
  const groups = Map.groupBy(pairs, ({ words }) => key(words.package, words.id))
  return [...groups.values()].flatMap((group) => {
    // Several updaters may tell of the same: which comes first must not depend on the report's order.
    const [words] = group
      .map((pair) => pair.words)
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    return words
      ? [{ source: words.package, id: words.id, words, reported: group.map(({ one }) => one) }]
      : []
  })
}

const key = (source: string, id: string): string => `${source}\n${id}`
