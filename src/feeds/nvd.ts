import { hash } from 'node:crypto'
import { redactUrl } from '../io/http/url.js'
import { feedError, parseCve } from '../model/index.js'
import { isNotFound, isRecent, openWhole, readAll } from './document.js'
import { makeTable, rowsOf } from './formats/table.js'
import { type CachedFeed, keep, readKept } from './kept.js'
import { decode, readNvdPart } from './readers.js'
import {
  attempt,
  type FeedOptions,
  type RefreshedFeed,
  refreshedAnswer,
  requireNotShrunk,
} from './refresh.js'

/** The NVD's first yearly feed, which has all earlier CVEs too. */
const FIRST_YEAR = 2002
/** The feed `modified` covers eight days; one of them is reserved for the time between two runs. */
const MODIFIED_DAYS = 7

/**
 * Makes the map of ratings from the NVD's yearly feeds once, and keeps it current with the feed of modified
 * entries.
 * @param base address of the feeds' folder, with a slash at its end
 * @throws SeaworthyError one of the `feed-` codes
 */
export async function readYears(base: string, options: FeedOptions): Promise<RefreshedFeed> {
  const where = redactUrl(base)
  const { why, ...updated } = await attempt('cvss', where, options, () => update(base, options))
  return { ...refreshedAnswer('cvss', updated, options), why }
}

async function update(base: string, options: FeedOptions): Promise<CachedFeed & { readonly why: string }> {
  const { now, cacheDir } = options
  let why = ''
  const cached = await readKept(cacheDir, 'cvss', base)
  const rows = cached === null ? new Map<string, string>() : rowsOf(cached.table)
  const parts = new Map(Object.entries(cached?.table.parts ?? {}))
  if (cached === null || !isCoveredByModified(cached, now)) {
    for (let year = FIRST_YEAR; year <= now.getUTCFullYear(); year++) {
      const note = '(first run only; later runs read only what has changed)'
      options.progress(`reading the NVD's CVEs for ${year} ${note}`)
      await mergeFeed(base, year, rows, parts, options).catch((error: unknown) => {
        // The NVD starts a year's feed with its first CVEs, some days into January.
        const mayLackFeed = year === now.getUTCFullYear() && now.getUTCMonth() === 0
        if (!isNotFound(error) || !mayLackFeed) {
          throw error
        }
        why = `the NVD has no feed for ${year} yet; for that year, only CVEs modified in the last eight days are known`
      })
    }
  }
  const date = (await mergeFeed(base, 'modified', rows, parts, options)) ?? cached?.table.date ?? null
  const table = makeTable({ feed: 'cvss', date, parts: Object.fromEntries([...parts].sort()) }, rows)
  if (table.rows === 0) {
    throw feedError('feed-empty', 'cvss', "none of the CVEs in the NVD's feeds has a rating")
  }
  requireNotShrunk('cvss', table, cached)
  // The map's own hash: it is made from many documents, whose hashes are its parts.
  const sha256 = hash('sha256', JSON.stringify(table))
  const meta = { url: redactUrl(base), fetchedAt: now.toISOString(), sha256, etag: null, lastModified: null }
  await keep(cacheDir, 'cvss', base, { table, meta })
  return { table, meta, why }
}

/**
 * Whether the feed of modified entries has all that changed since the copy. That feed may already have been old when it
 * was read last, and then says less than the time of reading promises.
 */
function isCoveredByModified({ table, meta }: CachedFeed, now: Date): boolean {
  return [meta.fetchedAt, table.date].every(
    (time) => time !== null && isRecent(time, now, MODIFIED_DAYS * 24),
  )
}

/** Merges one feed, unless it was merged before. @returns its date, or `null` if nothing was read */
async function mergeFeed(
  base: string,
  part: number | 'modified',
  rows: Map<string, string>,
  parts: Map<string, string>,
  options: FeedOptions,
): Promise<string | null> {
  const name = `nvdcve-2.0-${part}`
  const expectedSha256 = await sha256InMeta(new URL(`${name}.meta`, base).href, options)
  if (parts.get(String(part)) === expectedSha256) {
    return null
  }
  const opened = await openWhole('cvss', new URL(`${name}.json.gz`, base).href, options)
  const { rows: read, without, date, sha256 } = await readNvdPart(opened, part === 'modified' ? null : part)
  if (sha256 !== expectedSha256) {
    const what = `${name} has SHA-256 ${sha256}, but its .meta file says ${expectedSha256}`
    throw feedError('feed-malformed', 'cvss', what)
  }
  // A year is replaced as a whole: an entry that was removed from the feed leaves the map.
  const yearOf = (id: string) => Math.max(FIRST_YEAR, parseCve(id)?.year ?? 0)
  const replaced = part === 'modified' ? [] : rows.keys().filter((id) => yearOf(id) === part)
  for (const id of [...replaced, ...without]) {
    rows.delete(id)
  }
  for (const [id, value] of read) {
    rows.set(id, value)
  }
  parts.set(String(part), sha256)
  return date
}

/** The line `sha256:` of a .meta file: the hash of the feed's unpacked text, in hexadecimal. */
async function sha256InMeta(url: string, options: FeedOptions): Promise<string> {
  const chunks: Uint8Array[] = []
  await readAll('cvss', await openWhole('cvss', url, options), 4096, (chunk) => chunks.push(chunk))
  const [, sha256] = /^sha256:([0-9A-Fa-f]{64})\s*$/m.exec(decode(Buffer.concat(chunks))) ?? []
  if (sha256 === undefined) {
    throw feedError('feed-malformed', 'cvss', `${redactUrl(url)} has no sha256 line`)
  }
  return sha256.toLowerCase()
}
