import { statSync } from 'node:fs'
import { exists } from '../io/files/files.js'
import { redactUrl } from '../io/http/url.js'
import {
  type FeedName,
  feedError,
  hoursBetween,
  MAX_FEED_DAYS,
  SOURCE_NAMES,
  type Source,
} from '../model/index.js'
import {
  type CopyOptions,
  conditionsOf,
  copyCounts,
  explained,
  isRecent,
  isUrl,
  offlineSince,
  openDocument,
  openWhole,
  twiceIfCut,
} from './document.js'
import type { FeedState } from './formats/documents.js'
import type { Table } from './formats/table.js'
import { type CachedFeed, keep, readKept } from './kept.js'
import { requireLeast } from './least.js'
import { exportedIn } from './published/exported.js'
import { isReleases, openReleased } from './published/released.js'
import { readFeed } from './readers.js'

export interface FeedOptions extends CopyOptions {
  /** How many hours old published EPSS scores and KEV entries may be, which are second sources. */
  readonly publishedHours?: number
  readonly progress: (text: string) => void
}

/** A feed as it is used, and how it was obtained. */
export interface RefreshedFeed {
  readonly table: Table
  readonly source: Source
  readonly state: Exclude<FeedState, 'off'>
  readonly why: string
}

/**
 * Gets a feed that is one document: from a file, or from a URL, with a conditional request if there is a
 * copy.
 * @throws SeaworthyError one of the `feed-` codes
 */
export async function readAddress(
  feed: FeedName,
  source: string,
  options: FeedOptions,
): Promise<RefreshedFeed> {
  const where = redactUrl(source)
  if (isReleases(source)) {
    return attempt(feed, where, options, () => readReleased(feed, source, options))
  }
  if (isUrl(source)) {
    const downloaded = await attempt(feed, where, options, () => download(feed, source, options))
    return refreshedAnswer(feed, downloaded, options)
  }
  if (exists(source) && statSync(source).isDirectory()) {
    return attempt(feed, where, options, () => readExported(feed, source, options))
  }
  const { table, sha256 } = await attempt(feed, where, options, async () => {
    return readFeed(feed, await openWhole(feed, source, options))
  })
  const fetchedAt = options.now.toISOString()
  return refreshedAnswer(feed, { table, meta: { url: where, fetchedAt, sha256, ...NO_VALIDATORS } }, options)
}

/**
 * The cached copy of a URL, for 48 hours after its source failed; offline, whatever its age.
 * @param why it was not read again
 * @returns `null` if there is no usable copy
 * @throws SeaworthyError `feed-stale`
 */
export async function keptCopy(
  feed: FeedName,
  source: string,
  options: FeedOptions,
  why: string | null,
): Promise<RefreshedFeed | null> {
  const kept = isUrl(source) ? await readKept(options.cacheDir, feed, source) : null
  if (kept === null) {
    return null
  }
  const { fetchedAt } = kept.meta
  if (isReleases(source)) {
    refuseOld(feed, fetchedAt, kept.meta.url, options)
  }
  if (!copyCounts(fetchedAt, options)) {
    return null
  }
  requireLeast(feed, source, kept.table)
  return { ...usableTable(feed, kept, options), state: 'kept', why: why ?? offlineSince(fetchedAt) }
}

/** From a repository's newest data file. */
async function readReleased(feed: FeedName, releases: string, options: FeedOptions): Promise<RefreshedFeed> {
  const { opened, part, url, made, attestedBy } = await openReleased(feed, feed, releases, options)
  refuseOld(feed, made, url, options)
  const { table } = await readFeed(feed, opened)
  const fetchedAt = feed === 'cvss' ? options.now.toISOString() : made
  const kept = { table, meta: { url, fetchedAt, sha256: part.sha256, ...NO_VALIDATORS } }
  const answer = refreshedAnswer(feed, kept, options)
  await keep(options.cacheDir, feed, releases, kept)
  return { ...answer, source: { ...answer.source, attestedBy } }
}

/** From a folder of `seaworthy feeds export`. */
async function readExported(feed: FeedName, folder: string, options: FeedOptions): Promise<RefreshedFeed> {
  const { path, fetchedAt } = await exportedIn(feed, feed, folder)
  refuseOld(feed, fetchedAt, path, options)
  const { table, sha256 } = await readFeed(feed, await openWhole(feed, path, options))
  const meta = { url: path, fetchedAt: fetchedAt ?? '', sha256, ...NO_VALIDATORS }
  return refreshedAnswer(feed, { table, meta }, options)
}
const NO_VALIDATORS = { etag: null, lastModified: null }

/**
 * Refuses a second source of EPSS or KEV that is older than max-data-age allows. These change daily, so an old copy would
 * hide what their publishers, who are asked first, say today.
 */
function refuseOld(
  feed: FeedName,
  readAt: string | null,
  where: string,
  { now, publishedHours }: FeedOptions,
): void {
  if (feed === 'cvss' || publishedHours === undefined) {
    return
  }
  if (readAt === null || !isRecent(readAt, now, publishedHours)) {
    const what = `it was read ${readAt?.slice(0, 16) ?? 'at an unknown time'}Z, longer ago than max-data-age (${publishedHours} hours) allows`
    throw feedError('feed-stale', feed, what, where)
  }
}

async function download(feed: FeedName, source: string, options: FeedOptions): Promise<CachedFeed> {
  const kept = await readKept(options.cacheDir, feed, source)
  const opened = await openDocument(feed, source, options, conditionsOf(kept?.meta))
  const fetchedAt = options.now.toISOString()
  if (opened === 'unchanged' && kept !== null) {
    const same = { table: kept.table, meta: { ...kept.meta, fetchedAt } }
    await keep(options.cacheDir, feed, source, same)
    return same
  }
  if (opened === 'unchanged') {
    throw new Error('the server reported no change, but there is no cached copy')
  }
  const { table, sha256 } = await readFeed(feed, opened)
  requireLeast(feed, source, table)
  requireNotShrunk(feed, table, kept)
  const { etag, lastModified } = opened
  const fetched = { table, meta: { url: redactUrl(source), fetchedAt, sha256, etag, lastModified } }
  await keep(options.cacheDir, feed, source, fetched)
  return fetched
}

/** Attributes errors to the feed. */
export async function attempt<T>(
  feed: FeedName,
  where: string,
  { signal }: FeedOptions,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await twiceIfCut(work)
  } catch (error) {
    signal?.throwIfAborted()
    throw explained(feed, error, where)
  }
}

/** Feeds only grow; one that lost a third was truncated somewhere. @throws SeaworthyError `feed-shrunk` */
export function requireNotShrunk(feed: FeedName, table: Table, kept: CachedFeed | null): void {
  if (kept === null || table.rows * 3 >= kept.table.rows * 2) {
    return
  }
  throw feedError('feed-shrunk', feed, `the number of CVEs fell from ${kept.table.rows} to ${table.rows}`)
}

export function refreshedAnswer(feed: FeedName, got: CachedFeed, options: FeedOptions): RefreshedFeed {
  return { ...usableTable(feed, got, options), state: 'read', why: '' }
}

/** @throws SeaworthyError `feed-stale` */
function usableTable(
  feed: FeedName,
  { table, meta }: CachedFeed,
  { now }: FeedOptions,
): Pick<RefreshedFeed, 'table' | 'source'> {
  const { url, fetchedAt, sha256 } = meta
  if (table.date !== null && hoursBetween(table.date, now) > MAX_FEED_DAYS * 24) {
    const what = `its data is dated ${table.date.slice(0, 10)}, more than ${MAX_FEED_DAYS} days ago`
    throw feedError('feed-stale', feed, what, url)
  }
  const { date, rows } = table
  return { table, source: { name: SOURCE_NAMES[feed], url, fetchedAt, date, sha256, rows } }
}
