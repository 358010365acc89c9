import { redactUrl } from '../io/http/url.js'
import { type FeedName, joinedProblem, problemOf, SeaworthyError, type Source } from '../model/index.js'
import { isUrl, notKept } from './document.js'
import { readYears } from './nvd.js'
import { type FeedOptions, keptCopy, type RefreshedFeed, readAddress } from './refresh.js'

/** What to do if more than one address fails: most likely there is no internet access. */
const ADVICE_FOR_SEVERAL =
  'make these servers reachable, or transfer the data with "seaworthy feeds export" and "seaworthy feeds import"; you can also set cvss, epss or kev to a file or to "none"'

/** Limit for an address that is not the last: time must be left for the next one. */
export function withShortTimeout<T extends Pick<FeedOptions, 'timeoutMs' | 'retries'>>(options: T): T {
  const { timeoutMs = EARLIER_MIRROR_MS, retries = 1 } = options
  return { ...options, timeoutMs: Math.min(timeoutMs, EARLIER_MIRROR_MS), retries: Math.min(retries, 1) }
}
const EARLIER_MIRROR_MS = 60_000

/** A folder of the NVD's yearly feeds. */
const isFolder = (address: string): boolean => isUrl(address) && address.endsWith('/')

/**
 * Gets a feed by `firstAvailable`.
 * @param addresses URLs or files; none: the feed is not wanted
 */
export async function openFeed(
  feed: FeedName,
  addresses: readonly string[],
  options: FeedOptions,
): Promise<RefreshedFeed | null> {
  if (addresses.length === 0) {
    return null
  }
  return firstAvailable(addresses, options, {
    get: (address, some) => readOne(feed, address, some),
    kept: (address, why) => keptCopy(feed, address, options, why),
    // The NVD's years take minutes, so a cached copy of an earlier address is tried first.
    isSlow: isFolder,
  })
}

interface AddressReader<Address, Got, Options> {
  readonly get: (address: Address, options: Options) => Promise<Got>
  /** The cached copy of an address that was not read; `why` is the reason. */
  readonly kept: (address: Address, why: string) => Promise<Got | null>
  /** Whether cached copies of the addresses before it are preferred. */
  readonly isSlow?: (address: Address) => boolean
}

/**
 * Reads data from the first address that provides it; if none does, a cached copy of one. If the first address was not
 * used, the source says so, and why.
 * @throws SeaworthyError with the errors of all addresses
 */
export async function firstAvailable<
  Address,
  Got extends { readonly source: Source },
  Options extends Pick<FeedOptions, 'timeoutMs' | 'retries' | 'signal' | 'offline'>,
>(
  addresses: readonly Address[],
  options: Options,
  reader: AddressReader<Address, Got, Options>,
): Promise<Got> {
  const { get, kept, isSlow = () => false } = reader
  const errors: unknown[] = []
  /** `instead` is shown in the heads of reports. */
  const asReplacement = (got: Got, what: string): Got => {
    return { ...got, source: { ...got.source, instead: insteadText(what, errors) } }
  }
  const firstCopy = async (before: number): Promise<Got | null> => {
    // Offline, `get` has read the cached copies already.
    for (const [at, address] of options.offline ? [] : addresses.slice(0, before).entries()) {
      // A copy that is too old itself does not count; the errors say why there is none.
      const copy = await kept(address, problemOf(errors[at], 'feeds').what).catch(() => null)
      if (copy !== null) {
        return asReplacement(copy, `a copy fetched at ${copy.source.fetchedAt?.slice(0, 16)}Z`)
      }
    }
    return null
  }
  for (const [at, address] of addresses.entries()) {
    const copy = isSlow(address) ? await firstCopy(at) : null
    if (copy !== null) {
      return copy
    }
    try {
      const isLast = at === addresses.length - 1
      const result = await get(address, isLast ? options : withShortTimeout(options))
      return errors.length === 0 ? result : asReplacement(result, 'read from another address')
    } catch (error) {
      options.signal?.throwIfAborted()
      errors.push(error)
    }
  }
  const copy = await firstCopy(addresses.length)
  if (copy === null) {
    throw together(errors)
  }
  return copy
}

async function readOne(feed: FeedName, address: string, options: FeedOptions): Promise<RefreshedFeed> {
  if (options.offline && isUrl(address)) {
    return (await keptCopy(feed, address, options, null)) ?? notKept(feed, redactUrl(address), options)
  }
  return feed === 'cvss' && isFolder(address)
    ? readYears(address, options)
    : readAddress(feed, address, options)
}

/** "read from another address: https://a.example returned nothing (the server returned 503)". */
export function insteadText(what: string, errors: readonly unknown[]): string {
  const problems = errors.map((error) => problemOf(error, 'it'))
  return `${what}: ${problems.map((one) => `${one.where} returned nothing (${one.what})`).join(', ')}`
}

/** One problem for several errors: all of them have to be fixed. */
export function together(errors: readonly unknown[]): unknown {
  const [first] = errors
  if (!(first instanceof SeaworthyError)) {
    return first
  }
  const problems = errors.map((error) => problemOf(error, 'feeds'))
  const hasSeveral = new Set(problems.map(({ todo }) => todo)).size > 1
  const problem = joinedProblem(problems) ?? first.problem
  const isNetwork = problem.unreachable !== undefined
  return new SeaworthyError(hasSeveral && !isNetwork ? { ...problem, todo: ADVICE_FOR_SEVERAL } : problem, {
    cause: first,
  })
}
