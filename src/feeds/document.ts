import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withHead } from '../io/files/with-head.js'
import type { HttpAnswer } from '../io/http/http.js'
import {
  FEED_TITLES,
  type FeedTitle,
  feedError,
  hoursBetween,
  type Problem,
  SeaworthyError,
} from '../model/index.js'
import { gunzipped, isGzip } from './spool.js'

export interface DocumentOptions {
  readonly signal?: AbortSignal
  /** Limit for one whole document, in milliseconds. */
  readonly timeoutMs?: number
  readonly retries?: number
  readonly backoffMs?: number
  /** For attestations of published data; `null`: the root of sigstore's public instance. */
  readonly trustedRoot?: string | null
}

export interface CopyOptions extends DocumentOptions {
  /** Their folder, if nobody else can have written to it (decision 32); `null`: there are no copies. */
  readonly cacheDir: string | null
  /** Uses no server, only the cache. */
  readonly offline: boolean
  readonly now: Date
}

/** How long a copy is used if its source cannot be reached, in hours. */
const MAX_KEPT_HOURS = 48
/** How far the clocks of two runs may differ, in hours, as for dates of data. */
const MAX_SKEW_HOURS = 24

/** Offline a copy counts whatever its age. */
export function copyCounts(fetchedAt: string, { offline, now }: CopyOptions): boolean {
  return offline || isRecent(fetchedAt, now, MAX_KEPT_HOURS)
}

/** Whether a time is at most so long ago. One in the future is from a clock that was wrong: it may be any time ago. */
export function isRecent(time: string, now: Date, hours: number): boolean {
  const age = hoursBetween(time, now)
  return age <= hours && age >= -MAX_SKEW_HOURS
}

export function offlineSince(fetchedAt: string): string {
  return `offline, read ${fetchedAt.slice(0, 10)}`
}

export interface OpenedDocument extends Validators {
  /** Unpacked. An interrupted transfer is an error, never an early end. */
  readonly body: AsyncIterable<Uint8Array>
  /** True if the transport proves that it is whole: by HTTP's length or gzip's checksum. */
  readonly proven: boolean
}

export const isUrl = (source: string): boolean => /^https?:/i.test(source)

/**
 * Opens a URL or a file, plain or gzip-compressed.
 * @param conditions headers of a conditional request (RFC 9110, 13)
 * @returns `unchanged` if the server says so
 */
export async function openDocument(
  feed: FeedTitle,
  source: string,
  options: DocumentOptions,
  conditions: Readonly<Record<string, string>> = {},
): Promise<OpenedDocument | 'unchanged'> {
  if (!isUrl(source)) {
    const path = /^file:/i.test(source) ? fileURLToPath(source) : source
    const { head, body } = await withHead(createReadStream(path, { highWaterMark: 2 ** 18 }), 2)
    return { etag: null, lastModified: null, body: gunzipped(body), proven: isGzip(head) }
  }
  const answer = await getAs(source, options, { 'accept-encoding': 'gzip', ...conditions })
  if (answer.status === 304 && Object.keys(conditions).length > 0) {
    return 'unchanged'
  }
  if (answer.status !== 200) {
    const { problem } = feedError('feed-unreachable', feed, `the server returned ${answer.status}`)
    throw new SeaworthyError(problem, { cause: { status: answer.status } })
  }
  const { head, body } = await withHead(answer.body, 2)
  const { etag = null, 'last-modified': lastModified = null } = answer.headers
  const proven = isGzip(head) || statesItsEnd(answer.headers)
  if (feed === 'epss' && !proven) {
    // The only text that does not show by itself that it is whole.
    const what = 'the server states neither its length nor its end, so a part of it may be missing'
    throw feedError('feed-truncated', feed, what)
  }
  return { etag, lastModified, body: gunzipped(body), proven }
}

/** False if the closed connection is the end (RFC 9112, 6.3), which looks the same if the connection broke. */
function statesItsEnd(headers: HttpAnswer['headers']): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

/** Opens a file, or a URL without conditions. */
export async function openWhole(
  feed: FeedTitle,
  source: string,
  options: DocumentOptions,
): Promise<OpenedDocument> {
  const opened = await openDocument(feed, source, options)
  if (opened === 'unchanged') {
    throw new Error('the server returned "not modified" for an unconditional request')
  }
  return opened
}

/** Requests a URL. The server may be one of the user's own. */
export async function getAs(
  url: string,
  options: DocumentOptions,
  headers: Readonly<Record<string, string>> = {},
) {
  // Loaded on demand: the HTTP client for other hosts takes 30 MB of memory.
  const { getStream } = await import('../io/http/http.js')
  const { signal, timeoutMs = 120_000, retries = 3, backoffMs = 500 } = options
  const more = signal ? { signal } : {}
  return getStream(url, { timeoutMs, retries, backoffMs, mayBePrivate: () => true, headers, ...more })
}

/** Passes on the whole document, chunk by chunk, and returns the SHA-256 of its unpacked text. */
export async function readAll(
  feed: FeedTitle,
  { body }: OpenedDocument,
  limit: number,
  push: (chunk: Uint8Array) => void,
): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > limit) {
      throw feedError('feed-too-large', feed, `it is larger than ${Math.round(limit / 2 ** 20)} MiB`)
    }
    hash.update(chunk)
    push(chunk)
  }
  return hash.digest('hex')
}

/** What a server calls a copy, for a conditional request (RFC 9110, 8.8). */
export interface Validators {
  readonly etag: string | null
  readonly lastModified: string | null
}

/** The headers of a conditional request (RFC 9110, 13). */
export function conditionsOf(copy: Validators | null | undefined): Record<string, string> {
  return {
    ...(copy?.etag && { 'if-none-match': copy.etag }),
    ...(copy?.lastModified && { 'if-modified-since': copy.lastModified }),
  }
}

/** A connection that breaks in the middle is worth one more attempt: the documents are large. */
export function twiceIfCut<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    if (codeOf(error) !== 'http-cut') {
      throw error
    }
    return work()
  })
}

/** The error if a run is offline and has no cached copy, or none that counts. */
export function notKept(
  feed: Exclude<FeedTitle, 'tracker'>,
  where: string,
  { cacheDir }: { readonly cacheDir: string | null },
): never {
  if (cacheDir === null) {
    throw notTrusted(FEED_TITLES[feed], where)
  }
  throw feedError('feed-not-kept', feed, 'offline, but there is no copy in the cache', where)
}

/** The error if a run is offline and its cached copy does not count. @param title a name of the data for people */
export function notTrusted(title: string, where: string): SeaworthyError {
  const what = `${title}: offline, and the cached copy is not used, because others can write to the cache folder`
  return new SeaworthyError({ code: 'cache-not-trusted', what, where })
}

/** True if the server answered that there is no such document. */
export function isNotFound(error: unknown): boolean {
  return error instanceof SeaworthyError && (error.cause as { status?: unknown } | undefined)?.status === 404
}

/** Errors of fetching and unpacking, in terms of the feed; `where` is what may be shown of the address. */
export function explained(feed: FeedTitle, error: unknown, where: string): SeaworthyError {
  const code = codeOf(error)
  if (error instanceof SeaworthyError && code.startsWith('feed-')) {
    return new SeaworthyError({ ...error.problem, where }, { cause: error })
  }
  const what = whatOf(error) || String(error)
  if (code === 'http-cut' || code === 'Z_BUF_ERROR') {
    return feedError('feed-truncated', feed, `it arrived incomplete: ${what}`, where)
  }
  if (code.startsWith('Z_')) {
    return feedError('feed-malformed', feed, `it cannot be unpacked: ${what}`, where)
  }
  const { problem } = feedError('feed-unreachable', feed, `it could not be fetched: ${what}`, where)
  return new SeaworthyError({ ...problem, ...hostsOf(error) })
}

/** The hosts that did not answer, for an error that explains this one. */
export function hostsOf(error: unknown): Pick<Problem, 'unreachable'> {
  const { unreachable } = error instanceof SeaworthyError ? error.problem : {}
  return unreachable === undefined ? {} : { unreachable }
}

export function codeOf(error: unknown): string {
  return error instanceof SeaworthyError ? error.problem.code : textOf(error, 'code')
}

export function whatOf(error: unknown): string {
  return error instanceof SeaworthyError ? error.problem.what : textOf(error, 'message')
}

/** A member of an error as text: Node's own errors need not be instances of this realm's `Error`. */
function textOf(error: unknown, member: 'code' | 'message'): string {
  return typeof error === 'object' && error !== null ? String(Reflect.get(error, member) ?? '') : ''
}
