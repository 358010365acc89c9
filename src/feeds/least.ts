import { type FeedName, feedError } from '../model/index.js'
import { pick, type Table } from './formats/table.js'
import { parsePackage } from './formats/tracker.js'
import type { SpooledDocument } from './spool.js'
import { problem } from './tracker/errors.js'

// What a publisher's own data must have at least. A document may be whole by its grammar, its length and its date, and
// still lack most of what its publisher knows; without an earlier copy, nothing else would show that.

/** Where the publishers serve all that they have; a mirror or a file of the user's may have less. */
const PUBLISHERS: Readonly<Record<'tracker' | FeedName, readonly string[]>> = {
  tracker: ['https://security-tracker.debian.org/'],
  kev: ['https://www.cisa.gov/', 'https://raw.githubusercontent.com/cisagov/'],
  epss: ['https://epss.empiricalsecurity.com/'],
  // Made from many documents, each with a hash and a count of its own.
  cvss: [],
}

const isOfPublisher = (feed: 'tracker' | FeedName, source: string): boolean =>
  PUBLISHERS[feed].some((address) => source.startsWith(address))

/**
 * Source packages that every Debian system has, or nearly, from the first letters to the last. Each has vulnerabilities
 * in every release, for the tracker also keeps those that were fixed long ago.
 */
const PACKAGES = 'apt bash coreutils glibc openssl pam perl shadow tar util-linux zlib'.split(' ')

/**
 * The releases that a tracker covers: in Debian's own, those in which each of the well-known packages has rows. An image
 * of any other release would look as if it had no vulnerabilities.
 * @throws SeaworthyError `tracker-truncated`
 */
export async function releasesCovered(
  spooled: SpooledDocument,
  source: string,
  where: string,
): Promise<ReadonlySet<string>> {
  let covered = [...spooled.summary.names]
  if (!isOfPublisher('tracker', source)) {
    return new Set(covered)
  }
  for (const name of PACKAGES) {
    const value = await spooled.read(name)
    if (value === undefined) {
      const what = `the security tracker's data is incomplete: it has nothing about ${name}`
      throw problem('tracker-truncated', what, where)
    }
    const entries = [...parsePackage(name, value).values()]
    covered = covered.filter((codename) => entries.some(({ releases }) => releases.has(codename)))
  }
  return new Set(covered)
}

/** Heartbleed, Shellshock, Log4Shell and HTTP/2 Rapid Reset: CISA lists all of them, so they also have EPSS scores. */
const CVES = ['CVE-2014-0160', 'CVE-2014-6271', 'CVE-2021-44228', 'CVE-2023-44487']

/**
 * Refuses a publisher's own data without well-known CVEs, or without any CVE of the year before its date.
 * @throws SeaworthyError `feed-truncated`
 */
export function requireLeast(feed: FeedName, source: string, table: Table): void {
  if (!isOfPublisher(feed, source)) {
    return
  }
  const found = pick(table, CVES)
  const missing = CVES.find((cve) => !found.has(cve))
  if (missing !== undefined) {
    throw feedError('feed-truncated', feed, `it is incomplete: it has nothing about ${missing}`)
  }
  const lastYear = Number(table.date?.slice(0, 4)) - 1
  if (!Object.keys(table.years).some((year) => Number(year) >= lastYear)) {
    throw feedError('feed-truncated', feed, `it is incomplete: it has no CVE of ${lastYear} or later`)
  }
}
