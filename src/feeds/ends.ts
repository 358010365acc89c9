import { join } from 'node:path'
import { shortHash } from '../io/files/hash.js'
import { isOnlyOurs } from '../io/files/kept-place.js'
import { malformed, type Source } from '../model/index.js'
import { insteadText, withShortTimeout } from './addresses.js'
import { type CopyOptions, copyCounts, isUrl, offlineSince, openWhole, readAll } from './document.js'
import { SHIPPED_ENDS } from './formats/shipped-ends.js'
import { folderOf, makeKeptFolder, replace } from './kept.js'
import { endsIn, type OpenedEnds, readEndsAt } from './kept-ends.js'
import { exportedIn } from './published/exported.js'
import { openReleased } from './published/released.js'

/** The document has some 13 KB. */
const MAX_BYTES = 2 ** 20

/**
 * Ends of life from the published data, or from its cached copy; if that has none, or older ones, those that come with
 * this version.
 * @param published a repository's releases, or a folder of `seaworthy feeds export`; `null`: neither
 */
export async function openEnds(published: string | null, options: CopyOptions): Promise<OpenedEnds> {
  const shipped = endsIn(SHIPPED_ENDS, { url: 'https://endoflife.date', fetchedAt: null })
  if (published === null) {
    return shipped
  }
  try {
    const opened = await publishedEnds(published, options)
    return opened.ends.date < shipped.ends.date ? shipped : opened
  } catch (error) {
    options.signal?.throwIfAborted()
    // Most folders and caches lack ends of life, which `feeds fetch` does not download: that is no error to report.
    if (!isUrl(published) || options.offline) {
      return shipped
    }
    const replacementNote = insteadText('those that come with this version', [error])
    return { ...shipped, source: { ...shipped.source, instead: replacementNote } }
  }
}

async function publishedEnds(published: string, options: CopyOptions): Promise<OpenedEnds> {
  if (!isUrl(published)) {
    const { path, url, fetchedAt } = await exportedIn('ends', 'ends', published)
    return endsIn(await textIn(await openWhole('ends', path, options)), { url: url ?? path, fetchedAt })
  }
  const cached = await readKept(published, options)
  if (options.offline) {
    return cached ?? Promise.reject(malformed('ends', 'offline, and there is no copy in the cache'))
  }
  try {
    const released = await openReleased('ends', 'ends', published, withShortTimeout(options))
    const { opened, url, made: fetchedAt, attestedBy } = released
    const text = await textIn(opened)
    const ends = endsIn(text, { url, fetchedAt, attestedBy })
    await keep(published, text, ends.source, options)
    return ends
  } catch (error) {
    options.signal?.throwIfAborted()
    if (cached === null) {
      throw error
    }
    const instead = insteadText(`a copy fetched at ${cached.source.fetchedAt?.slice(0, 16)}Z`, [error])
    return { ...cached, source: { ...cached.source, instead } }
  }
}

async function textIn(body: Parameters<typeof readAll>[1]): Promise<string> {
  const chunks: Uint8Array[] = []
  await readAll('ends', body, MAX_BYTES, (chunk) => chunks.push(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

const pathsOf = (cacheDir: string, published: string) => {
  const path = join(folderOf(cacheDir), `ends-${shortHash(published)}`)
  return { text: `${path}.txt`, meta: `${path}.meta.json` }
}

/** A copy that counts (decision 32); `null`: there is none. */
async function readKept(published: string, options: CopyOptions): Promise<OpenedEnds | null> {
  if (options.cacheDir === null) {
    return null
  }
  const { text, meta } = pathsOf(options.cacheDir, published)
  const isOurs = [folderOf(options.cacheDir), text, meta].every((path) => isOnlyOurs(path))
  const kept = isOurs ? await readEndsAt(text, meta) : null
  const fetchedAt = kept?.source.fetchedAt ?? null
  if (kept === null || fetchedAt === null || !copyCounts(fetchedAt, options)) {
    return null
  }
  const instead = options.offline ? { instead: offlineSince(fetchedAt) } : {}
  return { ...kept, source: { ...kept.source, ...instead } }
}

/** An unwritable cache makes the next run slower, nothing else. */
async function keep(published: string, text: string, source: Source, { cacheDir }: CopyOptions) {
  if (cacheDir === null) {
    return
  }
  const { url, fetchedAt, sha256 } = source
  const paths = pathsOf(cacheDir, published)
  try {
    await makeKeptFolder(folderOf(cacheDir))
    await replace(paths.text, text)
    await replace(paths.meta, JSON.stringify({ url, fetchedAt, sha256, etag: null, lastModified: null }))
  } catch {
    return
  }
}
