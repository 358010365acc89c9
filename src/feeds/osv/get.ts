import { createHash } from 'node:crypto'
import { type FileHandle, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { redactUrl } from '../../io/http/url.js'
import {
  feedError,
  hoursBetween,
  malformed,
  SeaworthyError,
  type Source,
  withoutEnd,
} from '../../model/index.js'
import {
  type CopyOptions,
  conditionsOf,
  copyCounts,
  explained,
  isUrl,
  notKept,
  offlineSince,
  openDocument,
  twiceIfCut,
} from '../document.js'
import type { Ecosystem } from '../formats/osv/ecosystem.js'
import { isUsableDate } from '../formats/osv/record.js'
import { exportedIn } from '../published/exported.js'
import { isReleases, openReleased } from '../published/released.js'
import { type ConvertedPart, convert, osvZipError, withoutDate } from './convert.js'
import { type KeptOsv, keepMeta, makeWorkFile, openKept, osvPaths, readOsvMeta } from './kept.js'
import { LEAST } from './least.js'
import { type OsvPart, openPart, PART_FORMAT } from './part.js'

/** The OSV project's bucket, as in claircore (updater/osv, DefaultURL). */
export const OSV_BUCKET = 'https://osv-vulnerabilities.storage.googleapis.com/'

export interface OsvOptions extends CopyOptions {
  /** How old the newest advisory may be: 30 days or `max-data-age`, whichever is longer. */
  readonly maxDays: number
}

/** An ecosystem's advisories as they are used, and how they were obtained. */
export interface OpenedOsv {
  readonly part: OsvPart
  readonly source: Source
  readonly state: 'read' | 'kept'
  readonly why: string
}

const MAX_BYTES = 2 ** 30
/** npm's 142 MB over a slow line. */
const TIMEOUT_MS = 300_000

/** Where an ecosystem's data is: `<Ecosystem>/all.zip` of a bucket or folder, or Seaworthy's own file made from it. */
export interface OsvLocation {
  readonly base: string
  readonly form: 'bucket' | 'parts'
}

/** `npm/all.zip`, or `osv-npm.part.gz`. */
function addressOf({ base, form }: OsvLocation, ecosystem: Ecosystem): string {
  const path = form === 'bucket' ? `${ecosystem}/all.zip` : `osv-${ecosystem}.part.gz`
  return isUrl(base) ? new URL(path, base.endsWith('/') ? base : `${base}/`).href : join(base, path)
}

/** Our own copy: after a failure if it was fetched at most 48 hours ago; offline, whatever its age. */
export async function keptOsv(
  ecosystem: Ecosystem,
  address: OsvLocation,
  options: OsvOptions,
  why: string | null,
): Promise<OpenedOsv | null> {
  const source = addressOf(address, ecosystem)
  const cached = isUrl(source) ? await openKept(options.cacheDir, ecosystem, source) : null
  if (cached === null) {
    return null
  }
  const { fetchedAt } = cached.meta
  if (!copyCounts(fetchedAt, options)) {
    await cached.part.close()
    return null
  }
  const opened = await openedFresh(ecosystem, address, cached, options)
  return { ...opened, state: 'kept', why: why ?? offlineSince(fetchedAt) }
}

/**
 * Gets one ecosystem's advisories from one address: a URL (conditionally, if there is a copy) or a folder.
 * @throws SeaworthyError one of the `feed-` codes
 */
export async function getOsv(
  ecosystem: Ecosystem,
  address: OsvLocation,
  options: OsvOptions,
): Promise<OpenedOsv> {
  const source = addressOf(address, ecosystem)
  const where = redactUrl(source)
  if (options.offline && isUrl(source)) {
    return (await keptOsv(ecosystem, address, options, null)) ?? notKept('osv', where, options)
  }
  try {
    const fetched = await twiceIfCut(() => read(ecosystem, address, source, options))
    return { ...(await openedFresh(ecosystem, address, fetched, options)), state: 'read', why: '' }
  } catch (error) {
    options.signal?.throwIfAborted()
    throw explained('osv', osvZipError(error), where)
  }
}

type GotOsv = KeptOsv & Pick<Source, 'attestedBy'>

async function read(
  ecosystem: Ecosystem,
  address: OsvLocation,
  source: string,
  options: OsvOptions,
): Promise<GotOsv> {
  const keepIn = isUrl(source) ? options.cacheDir : null
  const cachedMeta = await readOsvMeta(keepIn, ecosystem, source)
  const before = cachedMeta === null ? null : await openKept(keepIn, ecosystem, source)
  try {
    const conditions = conditionsOf(before?.meta)
    const released = isReleases(address.base)
      ? await openReleased('osv', `osv-${ecosystem}`, address.base, options)
      : null
    const isFolder = address.form === 'parts' && !isUrl(address.base)
    const exported = isFolder ? await exportedIn('osv', `osv-${ecosystem}`, address.base) : null
    const opened =
      released?.opened ??
      (await openDocument('osv', exported?.path ?? source, { timeoutMs: TIMEOUT_MS, ...options }, conditions))
    const fetchedAt = exported?.fetchedAt ?? options.now.toISOString()
    if (opened === 'unchanged' && before !== null && keepIn !== null) {
      const meta = { ...before.meta, fetchedAt }
      await keepMeta(keepIn, ecosystem, source, meta)
      return { part: before.part, meta }
    }
    if (opened === 'unchanged') {
      throw new Error('the server reported no change, but there is no cached copy')
    }
    const stored = await storeDownload(ecosystem, address, keepIn, source, opened.body, options.now)
    const rows = before?.part.about.rows ?? 0
    if (stored.part.about.rows * 3 < rows * 2) {
      await stored.part.close()
      await stored.drop()
      throw shrunk(ecosystem, rows, stored.part)
    }
    const { etag, lastModified } = opened
    const url = released?.url ?? redactUrl(exported?.path ?? source)
    const meta = { part: stored.sha256, url, fetchedAt, sha256: stored.sent, etag, lastModified }
    await stored.keep()
    if (keepIn !== null) {
      await keepMeta(keepIn, ecosystem, source, meta)
    }
    await before?.part.close()
    return { part: stored.part, meta, ...(released === null ? {} : { attestedBy: released.attestedBy }) }
  } catch (error) {
    await before?.part.close()
    throw error
  }
}

/** Writes the download to disk, makes a part from it and opens that. Nothing gets its name before `keep`. */
async function storeDownload(
  ecosystem: Ecosystem,
  { base, form }: OsvLocation,
  keepIn: string | null,
  source: string,
  body: AsyncIterable<Uint8Array>,
  now: Date,
) {
  const sent = await makeWorkFile(keepIn)
  const workFile = await makeWorkFile(keepIn)
  try {
    if (form === 'bucket') {
      await rm(sent.path) // it is large: a killed run leaves nothing of it
    }
    const hash = await spoolTo(sent.file, body)
    const found =
      form === 'bucket'
        ? await convert(sent.file, workFile.file, ecosystem, LEAST[ecosystem].known, now)
        : null
    const path = found === null ? sent.path : workFile.path
    const part = await openPart(path, ecosystem)
    if (part === null) {
      throw malformed('osv', `it is not ${ecosystem} data in Seaworthy's format (${PART_FORMAT})`)
    }
    try {
      const isBucket = withoutEnd(base, '/') === withoutEnd(OSV_BUCKET, '/')
      requireLeast(ecosystem, form === 'parts' || isBucket, part, found)
    } catch (error) {
      await part.close()
      throw error
    }
    const sha256 = found?.sha256 ?? hash
    const keep = async () => {
      if (keepIn !== null) {
        await rename(path, osvPaths(keepIn, ecosystem, source).part).catch(() => undefined)
      }
      await rm(path, { force: true })
    }
    return { part, sha256, sent: hash, keep, drop: () => rm(path, { force: true }) }
  } catch (error) {
    await rm(workFile.path, { force: true })
    await rm(sent.path, { force: true })
    throw error
  } finally {
    await rm(form === 'bucket' ? sent.path : workFile.path, { force: true })
    await sent.file.close()
    await workFile.file.close()
  }
}

async function spoolTo(file: FileHandle, body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) {
      throw feedError('feed-too-large', 'osv', `it is larger than ${MAX_BYTES / 2 ** 20} MiB`)
    }
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  return hash.digest('hex')
}

/** The bucket, and anything made from it, must have half of the advisories seen before, and well-known ids. */
function requireLeast(
  ecosystem: Ecosystem,
  isPublic: boolean,
  part: OsvPart,
  found: ConvertedPart | null,
): void {
  const { observed, known } = LEAST[ecosystem]
  if (!isPublic) {
    return
  }
  if (observed !== null && part.about.rows * 2 < observed) {
    throw shrunk(ecosystem, observed, part)
  }
  const missing = found === null ? [] : known.filter((id) => !found.knownIds.has(id))
  if (missing.length > 0) {
    throw malformed('osv', `${ecosystem}: expected advisories are missing: ${missing.join(', ')}`)
  }
}

function shrunk(ecosystem: Ecosystem, before: number, { about }: OsvPart) {
  const what = `${ecosystem}: the number of advisories fell from ${before} to ${about.rows}`
  return feedError('feed-shrunk', 'osv', what)
}

/** The part and its source, if its newest advisory is recent enough. @throws SeaworthyError `feed-stale` */
async function openedFresh(
  ecosystem: Ecosystem,
  address: OsvLocation,
  { part, meta, attestedBy }: GotOsv,
  { now, maxDays }: OsvOptions,
): Promise<Pick<OpenedOsv, 'part' | 'source'>> {
  const { newest, rows } = part.about
  if (!isUsableDate(newest)) {
    await part.close()
    const { problem } = withoutDate(ecosystem)
    throw new SeaworthyError({ ...problem, where: redactUrl(addressOf(address, ecosystem)) })
  }
  const hours = hoursBetween(newest, now)
  if (hours > maxDays * 24) {
    await part.close()
    const what = `${ecosystem}: its newest advisory is dated ${newest.slice(0, 10)}, more than ${maxDays} days ago`
    throw feedError('feed-stale', 'osv', what, redactUrl(addressOf(address, ecosystem)), hours)
  }
  const { url, fetchedAt, sha256 } = meta
  const attested = attestedBy === undefined ? {} : { attestedBy }
  const name = `osv-${ecosystem}`
  return { part, source: { name, url, fetchedAt, date: newest, sha256, rows, ...attested } }
}
