import { redactUrl } from '../io/http/url.js'
import { type Problem, problemOf, SeaworthyError } from '../model/problem.js'
import { isUrl, notTrusted } from './document.js'
import { feedFault } from './formats/fault.js'
import { FEED_TITLES, type FeedName } from './formats/names.js'
import { readYears } from './nvd.js'
import { type FeedOptions, keptCopy, type Refreshed, readAddress } from './refresh.js'

/** What to do if more than one address fails: most likely there is no internet access. */
const SEVERAL =
  'make these servers reachable, or transfer the data with "seaworthy feeds export" and "seaworthy feeds import"; you can also set cvss, epss or kev to a file or to "none"'

/** Limit for an address that is not the last: time must be left for the next one. */
export function hurried<T extends Pick<FeedOptions, 'timeoutMs' | 'retries'>>(options: T): T {
  const { timeoutMs = NOT_LAST_MS, retries = 1 } = options
  return { ...options, timeoutMs: Math.min(timeoutMs, NOT_LAST_MS), retries: Math.min(retries, 1) }
}
const NOT_LAST_MS = 60_000

/** A folder of the NVD's yearly feeds. */
const isFolder = (address: string): boolean => isUrl(address) && address.endsWith('/')

/**
 * Gets a feed from the first address that provides it; if none does, a cached copy of one. If the first
 * address was not used, the source says so, and why.
 * @param addresses in the order in which they are tried; URLs or files
 * @returns `null` if there are none: the feed is not wanted
 * @throws SeaworthyError with the errors of all addresses
 */
export async function openFeed(
  feed: FeedName,
  addresses: readonly string[],
  options: FeedOptions,
): Promise<Refreshed | null> {
  const faults: unknown[] = []
  for (const [at, address] of addresses.entries()) {
    // The NVD's years take minutes, so a cached copy of an earlier address is tried first.
    const copy = isFolder(address) ? await firstCopy(feed, addresses.slice(0, at), faults, options) : null
    if (copy !== null) {
      return copy
    }
    try {
      const isLast = at === addresses.length - 1
      const got = await readOne(feed, address, isLast ? options : hurried(options))
      return faults.length === 0 ? got : instead(got, 'read from another address', faults)
    } catch (error) {
      options.signal?.throwIfAborted()
      faults.push(error)
    }
  }
  const copy = await firstCopy(feed, addresses, faults, options)
  if (copy === null && faults.length > 0) {
    throw together(faults)
  }
  return copy
}

async function readOne(feed: FeedName, address: string, options: FeedOptions): Promise<Refreshed> {
  if (options.offline && isUrl(address)) {
    return (await keptCopy(feed, address, options, null)) ?? notKept(feed, address, options)
  }
  return feed === 'cvss' && isFolder(address)
    ? readYears(address, options)
    : readAddress(feed, address, options)
}

function notKept(feed: FeedName, address: string, { cacheDir }: FeedOptions): never {
  if (cacheDir === null) {
    throw notTrusted(FEED_TITLES[feed], redactUrl(address))
  }
  throw feedFault('feed-not-kept', feed, 'offline, but there is no copy in the cache', redactUrl(address))
}

/** @param faults why each of these addresses failed, in their order */
async function firstCopy(
  feed: FeedName,
  addresses: readonly string[],
  faults: readonly unknown[],
  options: FeedOptions,
): Promise<Refreshed | null> {
  if (options.offline) {
    return null // these were read already
  }
  for (const [at, address] of addresses.entries()) {
    // A copy that is too old itself does not count; the errors say why there is none.
    const copy = await keptCopy(feed, address, options, problemOf(faults[at], feed).what).catch(() => null)
    if (copy !== null) {
      return instead(copy, `a copy fetched at ${copy.source.fetchedAt?.slice(0, 16)}Z`, faults)
    }
  }
  return null
}

/** What the source says is shown in the heads of reports. */
function instead(got: Refreshed, what: string, faults: readonly unknown[]): Refreshed {
  return { ...got, source: { ...got.source, instead: insteadWords(what, faults) } }
}

/** "read from another address: https://a.example returned nothing (the server returned 503)". */
export function insteadWords(what: string, faults: readonly unknown[]): string {
  const problems = faults.map((fault) => problemOf(fault, 'it'))
  return `${what}: ${problems.map((one) => `${one.where} returned nothing (${one.what})`).join(', ')}`
}

/** One problem for several errors: all of them have to be fixed. */
export function together(faults: readonly unknown[]): unknown {
  const [first] = faults
  if (!(first instanceof SeaworthyError)) {
    return first
  }
  const problems = faults.map((fault) => problemOf(fault, 'feeds'))
  const list = (member: 'what' | 'where') =>
    [...new Set(problems.map((problem) => problem[member]))].join('; ')
  const several = new Set(problems.map(({ todo }) => todo)).size > 1
  const problem: Problem = { ...first.problem, what: list('what'), where: list('where') }
  return new SeaworthyError(several ? { ...problem, todo: SEVERAL } : problem, { cause: first })
}
