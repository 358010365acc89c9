import { isFull, noSpace } from '../../io/files/full-disk.js'
import { redactUrl } from '../../io/http/url.js'
import type { RowRequest, Source } from '../../model/index.js'
import { insteadText, together, withShortTimeout } from '../addresses.js'
import { codeOf } from '../document.js'
import { parsePackage, type Tracker } from '../formats/tracker.js'
import { releasesCovered } from '../least.js'
import type { SpooledDocument } from '../spool.js'
import { problem, trackerError } from './errors.js'
import { getTracker, spoolFolder, type TrackerOptions } from './get.js'

/** What was downloaded, narrowed. */
export interface NarrowedTracker {
  readonly tracker: Tracker
  readonly source: Source
  /** Number of source packages in the whole document. */
  readonly packages: number
  /** Codenames that the whole document covers. */
  readonly releases: ReadonlySet<string>
}

/** The whole tracker on disk. Narrowing reads only the wanted rows, as often as needed. */
export interface OpenTracker {
  /** @throws SeaworthyError `tracker-wrong-release` if it does not know one of the releases */
  narrow(wanted: readonly RowRequest[]): Promise<NarrowedTracker>
  /** The requests whose release the tracker knows. */
  known<One extends Pick<RowRequest, 'codename'>>(wanted: readonly One[]): readonly One[]
  /** @throws SeaworthyError `tracker-wrong-release` if it does not know the release of an image */
  requireRelease(codename: string): void
  close(): Promise<void>
}

/**
 * Gets the whole tracker before anybody knows which packages are wanted, and proves that it is whole; if its
 * source fails, it uses the published data. How old it may be is up to the data contract.
 * @throws SeaworthyError `tracker-unreachable`, `tracker-truncated`, `tracker-not-json`, `tracker-malformed`,
 * `tracker-empty`, `tracker-shrunk`, `no-space`
 */
export async function openTracker(options: TrackerOptions): Promise<OpenTracker> {
  const { published = null, ...first } = options
  if (published === null) {
    return openOne(first)
  }
  return openOne(withShortTimeout(first)).catch(async (error: unknown) => {
    options.signal?.throwIfAborted()
    const second = await openOne({ ...first, source: published }).catch((another: unknown) => {
      throw together([error, another])
    })
    const instead = insteadText('read from another address', [error])
    const narrow: OpenTracker['narrow'] = async (wanted) => {
      const narrowed = await second.narrow(wanted)
      return { ...narrowed, source: { ...narrowed.source, instead } }
    }
    return { ...second, narrow }
  })
}

async function openOne(options: TrackerOptions): Promise<OpenTracker> {
  const where = redactUrl(options.source)
  const text = await getTracker(options).catch((error: unknown) => {
    if (options.signal?.aborted) {
      throw error
    }
    if (isFull(error)) {
      const what = "no space left for the security tracker's data"
      throw noSpace(options.cacheDir ?? spoolFolder(options), what, error)
    }
    throw trackerError(error, where)
  })
  const { spooled, date, fetchedAt, url = where, attestedBy } = text
  const { summary, sha256 } = spooled
  if (summary.rows === 0) {
    await spooled.close()
    throw problem('tracker-empty', 'the security tracker contains no vulnerabilities at all', where)
  }
  const attested = attestedBy === undefined ? {} : { attestedBy }
  const about = { url, fetchedAt, date, sha256, rows: summary.rows, ...attested }
  const source: Source = { name: 'debian-security-tracker', ...about }
  const { members: packages } = summary
  const releases = await releasesCovered(spooled, options.source, where).catch(async (error: unknown) => {
    await spooled.close()
    throw trackerError(error, where)
  })
  return {
    narrow: async (wanted) => {
      for (const { codename } of wanted) {
        requireRelease(`Debian ${codename}`, codename, releases, where)
      }
      return { tracker: await narrow(spooled, wanted, where), source, packages, releases }
    },
    known: (wanted) => wanted.filter(({ codename }) => releases.has(codename)),
    requireRelease(codename) {
      const which = `Debian ${codename}, the release in the image's os-release file`
      requireRelease(which, codename, releases, where)
    },
    close: () => spooled.close(),
  }
}

/** Each source package with the releases of the images that have it. */
async function narrow(
  spooled: SpooledDocument,
  wanted: readonly RowRequest[],
  where: string,
): Promise<Tracker> {
  const tracker = new Map<string, ReturnType<typeof parsePackage>>()
  for (const name of new Set(wanted.flatMap(({ packages }) => [...packages]))) {
    const value = await spooled.read(name).catch((error: unknown) => {
      throw codeOf(error) === 'json-duplicate' ? trackerError(error, `${where}, ${name}`) : error
    })
    const codenames = new Set(wanted.filter((w) => w.packages.has(name)).map((w) => w.codename))
    const entries = value === undefined ? null : parsePackage(name, value, codenames)
    if (entries !== null && entries.size > 0) {
      tracker.set(name, entries)
    }
  }
  return tracker
}

/** A tracker that does not know the release would give "no vulnerabilities" for anything. */
function requireRelease(which: string, codename: string, releases: ReadonlySet<string>, where: string): void {
  if (!releases.has(codename)) {
    const known = [...releases].sort().slice(0, 10).join(', ') || 'none'
    const what = `the security tracker has no data for ${which}; it covers: ${known}`
    throw problem('tracker-wrong-release', what, where)
  }
}
