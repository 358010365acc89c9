import { cvesIn, type Evidence, FEEDS, type FeedName, problemOf } from '../model/index.js'
import { openFeed, together } from './addresses.js'
import { feedDocuments, type NarrowedFeeds } from './formats/documents.js'
import { pick } from './formats/table.js'
import type { OsvLocation } from './osv/get.js'
import type { FeedOptions, RefreshedFeed } from './refresh.js'

/**
 * Where each feed comes from: URLs or files in the order in which they are tried; none: the feed is skipped.
 * `cvss` entries are a document, a map made from the NVD's feeds, or the address of their folder with a slash
 * at its end.
 */
type FeedSources = Readonly<Record<FeedName, readonly string[]>>

/** What advisories are looked up for: `application: off` leaves only programs, `programs: off` only packages. */
export type OsvFor = 'packages' | 'programs'

export interface FeedsRequest extends FeedSources {
  /** Debian's security tracker: URL or file. */
  readonly tracker: string
  /** The published data, which replaces the tracker if that fails; `null`: not wanted, or not known. */
  readonly published: string | null
  /** How many hours old it may be where it replaces EPSS scores or KEV entries. */
  readonly publishedHours: number
  /** Advisories about application packages, in the order in which they are tried; none: not wanted. */
  readonly osv: readonly OsvLocation[]
  /** What advisories are looked up for; omitted: packages and programs. */
  readonly osvFor?: OsvFor
  /** How many days old the newest advisory may be. */
  readonly osvDays: number
  /** Uses no server, only the cache. */
  readonly offline: boolean
  /** For attestations of published data; `null`: that of sigstore's public instance. */
  readonly trustedRoot?: string | null
}

export type Feeds = Readonly<Record<FeedName, RefreshedFeed | null>>

/** Fetches all feeds in parallel. @throws SeaworthyError with the errors of all that failed */
export async function openFeeds(sources: FeedSources, options: FeedOptions): Promise<Feeds> {
  const settled = await Promise.allSettled(FEEDS.map((feed) => openFeed(feed, sources[feed], options)))
  options.signal?.throwIfAborted()
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  if (errors.length > 0) {
    throw together(errors)
  }
  const values = settled.map((one) => (one.status === 'fulfilled' ? one.value : null))
  const [cvss = null, epss = null, kev = null] = values
  return { cvss, epss, kev }
}

/**
 * Adds to each evidence what the feeds say about its CVEs, so that it can be judged again. If a wanted feed
 * is unavailable, the check has no answer: missing ratings could only make it milder.
 */
export async function withFeeds(
  evidence: readonly Evidence[],
  feeds: Promise<Feeds>,
): Promise<readonly Evidence[]> {
  try {
    const opened = await feeds
    // Evidence with a problem may have documents too, whose CVEs are rated as well.
    return evidence.map((one) =>
      one.problem === null || Object.keys(one.documents).length > 0 ? rated(one, opened) : one,
    )
  } catch (error) {
    const problem = problemOf(error, 'feeds')
    return evidence.map((one) => (one.problem === null ? { ...one, problem } : one))
  }
}

function rated(evidence: Evidence, feeds: Feeds): Evidence {
  const cves = cvesIn(Object.values(evidence.documents).join('\n'))
  const narrowedFeeds = FEEDS.map((feed) => [feed, narrowed(feeds[feed], cves)] as const)
  const documents = feedDocuments(Object.fromEntries(narrowedFeeds) as NarrowedFeeds)
  const sources = FEEDS.flatMap((feed) => feeds[feed]?.source ?? [])
  return {
    ...evidence,
    documents: { ...evidence.documents, ...documents },
    sources: [...evidence.sources, ...sources],
  }
}

function narrowed(feed: RefreshedFeed | null, cves: readonly string[]): NarrowedFeeds[FeedName] {
  if (feed === null) {
    return { state: 'off', date: null, why: '', values: new Map() }
  }
  const { state, why, table } = feed
  return { state, why, date: table.date, values: pick(table, cves) }
}
