import { createHash } from 'node:crypto'
import type { Target } from '../../../debian/apt/sources.js'
import { redactUrl } from '../../../io/http/url.js'
import { hasCode, messageOf, SeaworthyError } from '../../../model/index.js'
import { download } from './download.js'
import type { CacheWriter } from './index-cache.js'
import { type IndexStanza, indexFilter, type SourceVersions } from './narrow.js'
import { archiveProblem } from './problems.js'
import type { ListedFile, ReleaseFile } from './release-file.js'
import type { Session } from './session.js'
import { PACKINGS, type Packing, unpack } from './unpack.js'

/** A Packages index, verified and narrowed to the packages of all images of the run. */
export interface PackagesIndex extends Pick<Target, 'component' | 'architecture'> {
  readonly url: string
  /** SHA-256 of the file on the mirror, in hex. */
  readonly sha256: string
  /** How many stanzas the whole index has. */
  readonly rows: number
  readonly stanzas: readonly IndexStanza[]
  /** Of the source packages of all images. */
  readonly sourceVersions: SourceVersions
}

export interface IndexRequest extends Pick<Target, 'suite' | 'component' | 'architecture'> {
  /** Address of dists/SUITE/, with credentials if it needs them. */
  readonly base: string
  /** True: only the cache is read. */
  readonly isKept?: boolean
  /** True if an index without any package is an error, whatever the Release says. */
  readonly mustHaveRows: boolean
}

/** More than twice the size of Debian's largest index. The Release names the size; this is for a broken Release. */
const PLAIN_BYTES = 256 * 1024 * 1024

/**
 * Reads an index from the cache, else from the mirror, and checks it against the size and SHA-256 in the
 * signed Release, packed and unpacked.
 * @param wanted names whose stanzas are kept
 * @throws SeaworthyError `archive-not-kept`, `archive-index-missing`, `archive-index-mismatch`, `archive-index-broken`,
 * `archive-index-empty`, and those of `download`
 */
export async function readIndex(
  release: ReleaseFile,
  request: IndexRequest,
  session: Session,
  wanted = session.packageNames,
): Promise<PackagesIndex> {
  const { component, architecture, base } = request
  const isSource = architecture === 'source'
  const directory = isSource ? `${component}/source` : `${component}/binary-${architecture}`
  const file = `${directory}/${isSource ? 'Sources' : 'Packages'}`
  const unpackedFile = release.files.get(file) ?? null
  const selection: IndexSelection = {
    packageNames: wanted,
    sourceNames: session.sourceNames,
    of: isSource ? 'sources' : 'packages',
  }
  const packings = PACKINGS.flatMap((packing): PackingRequest[] => {
    const listed = release.files.get(`${file}${packing}`)
    if (listed === undefined) {
      return []
    }
    const name = `${base}${file}${packing}`
    const byHash = `${base}${directory}/by-hash/SHA256/${listed.sha256}`
    const urls = release.acquireByHash ? [byHash, name] : [name]
    const where = redactUrl(urls[0] ?? name)
    return [{ ...selection, urls, listed, plain: unpackedFile, packing, where }]
  })
  const [first] = packings
  if (first === undefined) {
    const what = `the Release file of ${request.suite} does not list ${file}`
    throw archiveProblem('archive-index-missing', what, redactUrl(base))
  }
  const cached = unpackedFile && (await indexFromCache(unpackedFile, selection, session))
  if (cached === null && request.isKept === true) {
    const what = `the cache has no index ${file} of ${request.suite}`
    throw archiveProblem('archive-not-kept', what, first.where)
  }
  const [{ where, listed }, read] = cached ? [first, cached] : await fetchFromAnyMirror(packings, session)
  // An index may be empty between two point releases; then the signed size says so.
  if (read.rows === 0 && (request.mustHaveRows || unpackedFile?.size !== 0)) {
    throw archiveProblem('archive-index-empty', `${file} contains no packages`, where)
  }
  return { component, architecture, url: where, sha256: listed.sha256, ...read }
}

type FilteredIndex = Pick<PackagesIndex, 'rows' | 'stanzas' | 'sourceVersions'>

interface IndexSelection {
  readonly packageNames: ReadonlySet<string>
  readonly sourceNames: ReadonlySet<string>
  readonly of: 'packages' | 'sources'
}

/** Reads an index from the cache; `null` if it is absent, or does not match the signed Release. */
async function indexFromCache(
  plain: ListedFile,
  narrowing: IndexSelection,
  { cache }: Session,
): Promise<FilteredIndex | null> {
  const bytes = await cache.index(plain.sha256)
  if (bytes === null) {
    return null
  }
  try {
    return await filterAndVerify(bytes, plain, narrowing, null, 'cache')
  } catch {
    await cache.remove(plain.sha256)
    return null
  }
}

interface PackingRequest extends IndexSelection {
  readonly urls: readonly string[]
  readonly listed: ListedFile
  readonly plain: ListedFile | null
  readonly packing: Packing
  readonly where: string
}

/**
 * Reads the first compressed form of an index that the mirror has: a partial mirror may lack some that the Release
 * lists. If it has none, throws the error of the first.
 */
async function fetchFromAnyMirror(
  packings: readonly PackingRequest[],
  session: Session,
): Promise<readonly [PackingRequest, FilteredIndex]> {
  const missing: unknown[] = []
  for (const request of packings) {
    try {
      return [request, await indexFromMirror(request, session)]
    } catch (error) {
      if (!hasCode(error, 'archive-not-found')) {
        throw error
      }
      missing.push(error)
    }
  }
  throw missing[0]
}

async function indexFromMirror(request: PackingRequest, session: Session): Promise<FilteredIndex> {
  const { urls, listed, plain, packing, where } = request
  const { bytes, sha256 } = await fetchFromFirst(urls, listed, session)
  // Checked before any of the file is unpacked.
  if (bytes.length !== listed.size || sha256 !== listed.sha256) {
    const what = `received ${bytes.length} bytes with SHA-256 ${sha256}, but the signed Release file lists ${listed.size} bytes with SHA-256 ${listed.sha256}`
    throw archiveProblem('archive-index-mismatch', what, where)
  }
  const keeping = plain === null ? null : await session.cache.startWriting(plain.sha256)
  try {
    const read = await filterAndVerify(unpack(bytes, packing), plain, request, keeping, where)
    await keeping?.keep()
    return read
  } catch (error) {
    await keeping?.drop()
    if (error instanceof SeaworthyError) {
      throw error
    }
    const why = messageOf(error)
    throw archiveProblem('archive-index-broken', `the index cannot be unpacked: ${why}`, where)
  }
}

/** Downloads a file from the first address that has it: some mirrors lack by-hash although the Release promises it. */
async function fetchFromFirst(urls: readonly string[], listed: ListedFile, session: Session) {
  for (const url of urls.slice(0, -1)) {
    try {
      return await download(url, listed.size, session.http('index'))
    } catch (error) {
      if (!hasCode(error, 'archive-not-found')) {
        throw error
      }
    }
  }
  return await download(urls.at(-1) ?? '', listed.size, session.http('index'))
}

/** Counts, narrows and, if they are signed, checks size and hash of the plain bytes, and stops beyond the size. */
async function filterAndVerify(
  bytes: AsyncIterable<Buffer>,
  plain: ListedFile | null,
  { packageNames: wanted, sourceNames, of }: IndexSelection,
  keeping: CacheWriter | null,
  where: string,
): Promise<FilteredIndex> {
  const limit = Math.min(plain?.size ?? PLAIN_BYTES, PLAIN_BYTES)
  const hash = createHash('sha256')
  const narrow = indexFilter(wanted, of, of === 'packages' ? sourceNames : undefined)
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > limit) {
      throw archiveProblem('archive-index-broken', `the index unpacks to more than ${limit} bytes`, where)
    }
    hash.update(chunk)
    narrow.push(chunk)
    await keeping?.write(chunk)
  }
  if (plain !== null && (size !== plain.size || hash.digest('hex') !== plain.sha256)) {
    const what = `the unpacked index (${size} bytes) does not match the signed content`
    throw archiveProblem('archive-index-broken', what, where)
  }
  const read = narrow.end()
  if (read === null) {
    throw archiveProblem('archive-index-broken', 'one of its stanzas has no package name', where)
  }
  return { ...read, sourceVersions: narrow.sourceVersions }
}
