import { listKept } from '../feeds/carry.js'
import { FEEDS } from '../feeds/formats/names.js'
import { pathsOf } from '../feeds/kept.js'
import { trackerPaths } from '../feeds/tracker/kept.js'
import type { Request } from '../inputs/request.js'
import { type CacheClient, type CacheEntry, restoreFromRunner } from '../io/github/runner-cache.js'

/** Raised where what is kept gets another form. */
const FORM = 1

/**
 * Restores the feeds that a run before this one has kept, in a runner; the function saves those that are new. Keys
 * have the feed, its address and the day, so that no day's data is taken for another's. What comes back is proven
 * again when it is read, and pull requests only restore: their data must not reach other branches.
 * @param today YYYY-MM-DD, UTC
 */
export async function restoreFeeds(
  request: Pick<Request, 'feeds' | 'cacheDir'>,
  today: string,
  env: Readonly<Record<string, string | undefined>>,
  tell: (text: string) => void,
  load?: () => Promise<CacheClient>,
): Promise<() => Promise<void>> {
  const entries = entriesOf(request, today)
  const mayWrite = !/^pull_request/.test(env.GITHUB_EVENT_NAME ?? 'pull_request')
  const cache = await restoreFromRunner(entries, mayWrite, tell, load)
  return async () => {
    const whole = new Set(
      (await listKept(request.cacheDir)).filter((one) => one.whole).map(({ files }) => files[0]),
    )
    const has = ({ paths }: CacheEntry) => [...whole].some((file) => paths[0]?.endsWith(file))
    await cache.save(entries.filter(has))
  }
}

function entriesOf({ feeds, cacheDir }: Pick<Request, 'feeds' | 'cacheDir'>, today: string) {
  const tables = FEEDS.flatMap((feed) => {
    const sources = feed === 'cvss' ? [feeds.cvssMap, feeds.cvss] : [feeds[feed]]
    return sources.flatMap((source) => (source === null ? [] : [pathsOf(cacheDir, feed, source)]))
  })
  const { path, validatorsPath } = trackerPaths(cacheDir, feeds.tracker)
  const files = [...tables.map(({ table, meta }) => [table, meta]), [path, validatorsPath]]
  return files.map((paths): CacheEntry => {
    const name = /([a-z]+-[0-9a-f]{16})\.json(\.gz)?$/.exec(paths[0] ?? '')?.[1] ?? ''
    const prefix = `seaworthy-feeds-${FORM}-${name}-`
    return { paths, prefix, key: `${prefix}${today}` }
  })
}
