import { cvesIn } from '../model/cve.js'
import type { Evidence } from '../model/evidence.js'
import { problemOf, SeaworthyError } from '../model/problem.js'
import { feedDocuments, type NarrowedFeeds } from './formats/documents.js'
import { FEEDS, type FeedName } from './formats/names.js'
import { pick } from './formats/table.js'
import { refreshNvd } from './nvd.js'
import { type FeedOptions, type Refreshed, refresh } from './refresh.js'

/** Where each feed comes from: URL or file; `null`: it is not asked. */
export interface FeedSources {
  /** A document, or the address of the NVD's yearly feeds with a slash at its end. */
  readonly cvss: string | null
  /** A published map of ratings, asked before the yearly feeds. */
  readonly cvssMap: string | null
  readonly epss: string | null
  readonly kev: string | null
}

/** What is asked of data from outside. */
export interface FeedsRequest extends FeedSources {
  /** Debian's security tracker: URL or file. */
  readonly tracker: string
  /** Asks no server: what the cache has must do. */
  readonly offline: boolean
}

/** What to do where more than one feed fails: most likely there is no way out. */
const SEVERAL =
  'let the gate reach their servers, or bring the feeds here with seaworthy feeds export; cvss, epss and kev take files too, or none'

export type Feeds = Readonly<Record<FeedName, Refreshed | null>>

/** Gets all feeds side by side. @throws SeaworthyError with the faults of all that failed */
export async function openFeeds(sources: FeedSources, options: FeedOptions): Promise<Feeds> {
  const settled = await Promise.allSettled(FEEDS.map((feed) => openFeed(feed, sources, options)))
  options.signal?.throwIfAborted()
  const faults = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  const [first] = faults
  if (first !== undefined) {
    throw together(first, faults)
  }
  const [cvss = null, epss = null, kev = null] = settled.map((one) =>
    one.status === 'fulfilled' ? one.value : null,
  )
  return { cvss, epss, kev }
}

/** `null` where nobody wants it. */
export async function openFeed(
  feed: FeedName,
  sources: FeedSources,
  options: FeedOptions,
): Promise<Refreshed | null> {
  const source = sources[feed]
  if (source === null) {
    return null
  }
  if (feed !== 'cvss' || !source.endsWith('/')) {
    return refresh(feed, source, options)
  }
  if (sources.cvssMap === null) {
    return refreshNvd(source, options)
  }
  return refresh('cvss', sources.cvssMap, options).catch((error: unknown) => {
    options.signal?.throwIfAborted()
    return refreshNvd(source, options).catch((again: unknown) => {
      throw together(again, [again, error])
    })
  })
}

/**
 * Puts beside each evidence what the feeds say of the CVEs in it, so that it can be judged again. A feed that is
 * wanted and cannot be had leaves the check without an answer: ratings that are missing could only make it milder.
 */
export async function withFeeds(
  evidence: readonly Evidence[],
  feeds: Promise<Feeds>,
): Promise<readonly Evidence[]> {
  try {
    const opened = await feeds
    return evidence.map((one) => (one.problem === null ? rated(one, opened) : one))
  } catch (error) {
    const problem = problemOf(error, 'feeds')
    return evidence.map((one) => (one.problem === null ? { ...one, problem } : one))
  }
}

function rated(evidence: Evidence, feeds: Feeds): Evidence {
  const cves = cvesIn(Object.values(evidence.documents).join('\n'))
  const words = FEEDS.map((feed) => [feed, narrowed(feeds[feed], cves)] as const)
  const documents = feedDocuments(Object.fromEntries(words) as NarrowedFeeds)
  const sources = FEEDS.flatMap((feed) => feeds[feed]?.source ?? [])
  return {
    ...evidence,
    documents: { ...evidence.documents, ...documents },
    sources: [...evidence.sources, ...sources],
  }
}

function narrowed(feed: Refreshed | null, cves: readonly string[]): NarrowedFeeds[FeedName] {
  if (feed === null) {
    return { state: 'off', date: null, why: '', values: new Map() }
  }
  const { state, why, table } = feed
  return { state, why, date: table.date, values: pick(table, cves) }
}

/** One problem for several faults: all of them are to be put right. */
function together(first: unknown, faults: readonly unknown[]): unknown {
  if (!(first instanceof SeaworthyError)) {
    return first
  }
  const problems = faults.map((fault) => problemOf(fault, 'feeds'))
  const list = (member: 'what' | 'where') =>
    [...new Set(problems.map((problem) => problem[member]))].join('; ')
  const several = new Set(problems.map(({ todo }) => todo)).size > 1
  const problem = { ...first.problem, what: list('what'), where: list('where') }
  return new SeaworthyError(several ? { ...problem, todo: SEVERAL } : problem, { cause: first })
}
