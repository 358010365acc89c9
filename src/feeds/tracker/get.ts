import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exists } from '../../io/files/files.js'
import { redactUrl } from '../../io/http/url.js'
import { conditionsOf, type DocumentOptions, getAs, notTrusted, twiceIfCut } from '../document.js'
import type { Summary } from '../formats/json-steps.js'
import { exportedIn } from '../published/exported.js'
import { isReleases, openReleased } from '../published/released.js'
import { gunzipped, isGzip, readOnce, type SpooledDocument, type SpoolTarget } from '../spool.js'
import { problem } from './errors.js'
import { keptIn, refuseShrunk, validatorsOf } from './kept.js'

export interface TrackerOptions extends DocumentOptions {
  /** URL (http, https, file) or path of Debian's security tracker as JSON, plain or gzip. */
  readonly source: string
  readonly tempDir?: string
  /** Published data, used if the source fails: a repository's releases, or a folder of `seaworthy feeds export`. */
  readonly published?: string | null
  /** Where documents are cached for conditional requests, if nobody else can have written there (decision 32). */
  readonly cacheDir?: string | null
  /** Uses no server, only the cache. */
  readonly offline?: boolean
}

/** package → CVE → "releases" → codename. */
const DEPTH_OF_CODENAMES = 4

interface TrackerText {
  readonly spooled: SpooledDocument
  readonly date: string | null
  readonly fetchedAt: string
  /** Where it was read, if that is not the source. */
  readonly url?: string
  readonly attestedBy?: string
}

/** @throws whatever reading and scanning throw, and `tracker-unreachable`, `tracker-shrunk`, `tracker-not-kept` */
export async function getTracker(options: TrackerOptions): Promise<TrackerText> {
  const { source } = options
  if (isReleases(source) && options.offline !== true) {
    return trackerFromReleases(options)
  }
  if (/^https?:/i.test(source)) {
    if (options.offline === true) {
      return trackerFromCache(options)
    }
    return twiceIfCut(() => download(options, true))
  }
  if (exists(source) && statSync(source).isDirectory()) {
    const { path, date } = await exportedIn('tracker', 'tracker', source)
    const tracker = await trackerFromFile(path, options)
    return { ...tracker, date: date ?? tracker.date, url: path }
  }
  return trackerFromFile(/^file:/i.test(source) ? fileURLToPath(source) : source, options)
}

/** From a repository's newest data file; it is as old as that. */
async function trackerFromReleases(options: TrackerOptions): Promise<TrackerText> {
  const { source, signal, trustedRoot = null } = options
  const releaseOptions = { now: new Date(), trustedRoot, ...(signal && { signal }) }
  const released = await openReleased('tracker', 'tracker', source, releaseOptions)
  const { opened, part, url, made, attestedBy } = released
  const spooled = await readOnce(opened.body, temporary(options), DEPTH_OF_CODENAMES)
  return { spooled, date: part.date, fetchedAt: made, url, attestedBy }
}

/** What an earlier run cached; its date is that of the server's document. */
async function trackerFromCache(options: TrackerOptions): Promise<TrackerText> {
  const { source, cacheDir } = options
  if (!cacheDir) {
    throw notTrusted('the security tracker', redactUrl(source))
  }
  const copy = await keptIn(cacheDir, source)
  const cached = copy.validators ? await trackerFromFile(copy.path, options).catch(() => null) : null
  if (cached && cached.spooled.sha256 === copy.validators?.sha256) {
    return { ...cached, date: isoDate(copy.validators.lastModified) }
  }
  await cached?.spooled.close()
  const what = 'offline, but the cache has no copy of the security tracker'
  throw problem('tracker-not-kept', what, redactUrl(source))
}

async function trackerFromFile(path: string, options: TrackerOptions): Promise<TrackerText> {
  const file = await open(path, 'r')
  // A file's own time is that of its copy: the data in it may be older, never newer.
  const times = timesOf((await file.stat()).mtime, new Date())
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
  const packed = bytesRead === 2 && isGzip(buffer)
  const body = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 2 ** 20 })
  if (!packed) {
    return { spooled: await readOnce(body, { original: file }, DEPTH_OF_CODENAMES), ...times }
  }
  try {
    return { spooled: await readOnce(gunzipped(body), temporary(options), DEPTH_OF_CODENAMES), ...times }
  } finally {
    await file.close()
  }
}

/** A future time is reported as the data's own date, which the data contract refuses. */
function timesOf(written: Date, now: Date): Pick<TrackerText, 'date' | 'fetchedAt'> {
  return written > now
    ? { date: written.toISOString(), fetchedAt: now.toISOString() }
    : { date: null, fetchedAt: written.toISOString() }
}

async function download(options: TrackerOptions, conditional: boolean): Promise<TrackerText> {
  const { source, cacheDir } = options
  const kept = cacheDir ? await keptIn(cacheDir, source) : null
  const conditions = conditional ? conditionsOf(kept?.validators) : {}
  const headers = { 'accept-encoding': 'gzip', ...conditions }
  const answer = await getAs(source, { timeoutMs: 300_000, ...options }, headers)
  if (answer.status === 304 && kept?.validators) {
    const cached = await trackerFromFile(kept.path, options).catch(() => null)
    const date = isoDate(kept.validators.lastModified)
    const fetchedAt = new Date().toISOString()
    if (cached?.spooled.sha256 === kept.validators.sha256) {
      return { ...cached, date, fetchedAt }
    }
    // The server confirmed a document that the cached file does not contain: downloads it unconditionally.
    await cached?.spooled.close()
    return download(options, false)
  }
  if (answer.status !== 200) {
    throw problem('tracker-unreachable', `the server returned ${answer.status}`, redactUrl(source))
  }
  const target = kept ? { copyTo: `${kept.path}.${randomUUID()}`, keepAs: kept.path } : temporary(options)
  const accept = ({ rows }: Summary) => {
    if (kept) {
      refuseShrunk(rows, kept.validators?.rows ?? 0, kept.path, redactUrl(source))
    }
  }
  const spooled = await readOnce(gunzipped(answer.body), target, DEPTH_OF_CODENAMES, accept)
  if (kept) {
    await writeFile(kept.validatorsPath, JSON.stringify(validatorsOf(answer, spooled)), { mode: 0o600 })
  }
  const fetchedAt = new Date().toISOString()
  return { spooled, date: isoDate(answer.headers['last-modified'] ?? null), fetchedAt }
}

function temporary(options: TrackerOptions): SpoolTarget {
  return { copyTo: join(spoolFolder(options), `seaworthy-tracker-${randomUUID()}`), keepAs: null }
}

/** Where a document that is not cached is spooled. */
export function spoolFolder({ tempDir }: TrackerOptions): string {
  return tempDir ?? (process.env.RUNNER_TEMP || tmpdir())
}

function isoDate(httpDate: string | null): string | null {
  const time = httpDate === null ? Number.NaN : Date.parse(httpDate)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
