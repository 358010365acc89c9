import { hash, randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'
import { shortHash } from '../io/files/hash.js'
import { isOnlyOurs } from '../io/files/kept-place.js'
import { makeFolders } from '../io/files/make-folders.js'
import { type FeedName, SeaworthyError } from '../model/index.js'
import { parseTable, type Table } from './formats/table.js'

/** The metadata of a cached copy, the same for all feeds. */
export const keptMeta = z.object({
  /** Without credentials. */
  url: z.string(),
  /** When the source was last known to say this, ISO 8601 UTC. */
  fetchedAt: z.iso.datetime(),
  /** Of the document that it was made from. */
  sha256: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
})
/** `packed`: hash of the packed table. */
const META = keptMeta.extend({ packed: z.string() })

export interface CachedFeed {
  readonly table: Table
  readonly meta: z.infer<typeof keptMeta>
}

/** Limit for an unpacked cached table, in bytes. */
const MAX_TABLE_BYTES = 2 ** 26
/** Level 6 makes 300,000 CVEs no larger than level 9, in half the time. */
const COMPRESSION_LEVEL = 6

export const folderOf = (cacheDir: string): string => join(cacheDir, 'feeds')

/** One pair of files for each feed and address. */
export function pathsOf(cacheDir: string, feed: FeedName, source: string) {
  const path = join(folderOf(cacheDir), `${feed}-${shortHash(source)}`)
  return { table: `${path}.json.gz`, meta: `${path}.meta.json` }
}

/**
 * `null` if nothing is cached, it is not what was stored, or others could have written it: the hash next to
 * it detects damage, not malice.
 * @param cacheDir a place whose content is known to count; `null`: there is none
 */
export async function readKept(
  cacheDir: string | null,
  feed: FeedName,
  source: string,
): Promise<CachedFeed | null> {
  if (cacheDir === null) {
    return null
  }
  const { table, meta } = pathsOf(cacheDir, feed, source)
  const isOwnedByUs = [folderOf(cacheDir), table, meta].every((path) => isOnlyOurs(path))
  return isOwnedByUs ? readKeptAt(table, meta, feed) : null
}

export async function readKeptAt(path: string, metaPath: string, feed: FeedName): Promise<CachedFeed | null> {
  try {
    const { packed, ...meta } = META.parse(JSON.parse(await readFile(metaPath, 'utf8')))
    const bytes = await readFile(path)
    if (hash('sha256', bytes) !== packed) {
      return null
    }
    const text = gunzipSync(bytes, { maxOutputLength: MAX_TABLE_BYTES }).toString('utf8')
    return { table: parseTable(text, feed), meta }
  } catch {
    return null
  }
}

/** Caches a table, readable only by its user. An unwritable cache makes the next run slower, nothing else. */
export async function keep(
  cacheDir: string | null,
  feed: FeedName,
  source: string,
  { table, meta }: CachedFeed,
): Promise<void> {
  if (cacheDir === null) {
    return
  }
  const paths = pathsOf(cacheDir, feed, source)
  const bytes = packTable(table)
  const packed = hash('sha256', bytes)
  try {
    await makeKeptFolder(folderOf(cacheDir))
    await replace(paths.table, bytes)
    await replace(paths.meta, JSON.stringify({ packed, ...meta }))
  } catch {
    await rm(paths.meta, { force: true }).catch(() => undefined)
  }
}

/** Creates missing parent folders too: nobody else may write to it, whatever the umask is. */
export async function makeKeptFolder(path: string): Promise<void> {
  makeFolders(path, 0o700)
}

/** The bytes of a table as it is cached and published; the same table always gives the same bytes. */
export function packTable(table: Table): Buffer {
  return gzipSync(JSON.stringify(table), { level: COMPRESSION_LEVEL })
}

/** Writes a table as it is published. @throws SeaworthyError `file-unwritable` */
export async function writeTable(path: string, table: Table): Promise<void> {
  await replace(path, packTable(table), 0o666).catch((cause: unknown) => {
    const what = `a file could not be written: ${String(Reflect.get(Object(cause), 'message'))}`
    throw new SeaworthyError({ code: 'file-unwritable', what, where: path }, { cause })
  })
}

/** Writes a file whole or not at all. */
export async function replace(path: string, content: Buffer | string, mode = 0o600): Promise<void> {
  const temporary = `${path}.${randomUUID()}`
  try {
    await writeFile(temporary, content, { mode })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
