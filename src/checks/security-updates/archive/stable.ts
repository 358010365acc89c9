import { stableByTable } from '../../../debian/support-table.js'
import type { Mirror } from './mirrors.js'
import type { ReleaseFile } from './release-file.js'
import type { Session } from './session.js'
import { newestRelease } from './suite.js'

/** Debian's current stable release, and the source of that information. */
export interface StableRelease {
  readonly codename: string
  readonly from: 'archive' | 'table'
}

/**
 * The release whose signed Release file calls it `stable`: the image's own, else the newest one of the table,
 * else whatever the alias points to (mirrors may update aliases later than codenames). If no such file is
 * available, the table decides.
 * @param own the Release of `codename`, or `null` if it is unavailable
 */
export async function currentStable(
  codename: string,
  own: () => Promise<ReleaseFile | null>,
  mirrors: readonly Mirror[],
  session: Session,
): Promise<StableRelease | null> {
  const table = stableByTable(session.now.toISOString().slice(0, 10), session.trust.support)
  const readSuite = async (suite: string | null) =>
    suite === null ? null : ((await newestRelease(suite, mirrors, session))?.release ?? null)
  // The table's newest release is requested at once, because it usually is the current stable release.
  const newest = table === codename ? own() : readSuite(table)
  const refuted = new Set<string | null>()
  for (const next of [own, () => newest, () => readSuite('stable')]) {
    const release = await next()
    if (release === null || release.codename === null) {
      continue
    }
    if (release.suite === 'stable' && !refuted.has(release.codename)) {
      return { codename: release.codename, from: 'archive' }
    }
    refuted.add(release.codename)
  }
  return table === null || refuted.has(table) ? null : { codename: table, from: 'table' }
}
