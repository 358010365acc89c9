import * as z from 'zod'
import {
  type Cvss,
  type Epss,
  FEED_TITLES,
  FEEDS,
  FEEDS_DOCUMENT,
  type FeedName,
  incomplete,
  neededDocument,
} from '../../model/index.js'
import { cvssOf } from './cvss.js'
import { epssOf } from './epss.js'

const STATUS = z.object({
  /** `read`: from its source. `kept`: it was unavailable, so an earlier copy was used. `off`: not wanted. */
  state: z.enum(['read', 'kept', 'off']),
  /** The data's own date, ISO 8601 UTC. */
  date: z.string().nullable(),
  /** Why it was not read again, or what was left out; empty if there is nothing to report. */
  why: z.string(),
})
type FeedStatus = Readonly<z.infer<typeof STATUS>>
export type FeedState = FeedStatus['state']

export type NarrowedFeeds = Readonly<
  Record<FeedName, FeedStatus & { readonly values: ReadonlyMap<string, string> }>
>

/** What the feeds say about a vulnerability. `null` means not known; `kev: false` means not in the list. */
export interface Ratings {
  cvss(id: string): Cvss | null
  epss(id: string): Epss | null
  kev(id: string): boolean | null
  /** The feeds that were not wanted. */
  readonly unused: readonly FeedName[]
  /** Sentences for people about anything else that was not read as it should be. */
  readonly notes: readonly string[]
}

const STATUSES = z.object({ cvss: STATUS, epss: STATUS, kev: STATUS })
const VALUES = z.record(z.string(), z.string())

/** The documents to add to those of a check. */
export function feedDocuments(feeds: NarrowedFeeds): Record<string, string> {
  const statuses = FEEDS.map((name) => {
    const { state, date, why } = feeds[name]
    return [name, { state, date, why }] as const
  })
  const values = FEEDS.filter((name) => feeds[name].state !== 'off').map((name) => {
    const sorted = [...feeds[name].values].sort(([a], [b]) => (a < b ? -1 : 1))
    return [`${name}.json`, JSON.stringify(Object.fromEntries(sorted))] as const
  })
  return { [FEEDS_DOCUMENT]: JSON.stringify(Object.fromEntries(statuses)), ...Object.fromEntries(values) }
}

/**
 * Reads the documents of the feeds. Evidence without them was collected without feeds.
 * @throws SeaworthyError `evidence-incomplete`
 */
export function readFeedDocuments(documents: Readonly<Record<string, string>>): Ratings {
  const present = FEEDS.filter((name) => Object.hasOwn(documents, `${name}.json`))
  if (present.length === 0 && !Object.hasOwn(documents, FEEDS_DOCUMENT)) {
    return NO_RATINGS
  }
  const statuses = neededDocument(documents, FEEDS_DOCUMENT, STATUSES)
  // Ratings that exist but were ignored could only make the verdict milder.
  if (present.some((name) => statuses[name].state === 'off')) {
    throw incomplete(`${FEEDS_DOCUMENT} does not say how the documents were got`, FEEDS_DOCUMENT)
  }
  const valuesOf = (name: FeedName) =>
    statuses[name].state === 'off'
      ? null
      : new Map(Object.entries(neededDocument(documents, `${name}.json`, VALUES)))
  const [cvss, epss, kev] = [valuesOf('cvss'), valuesOf('epss'), valuesOf('kev')]
  const day = statuses.epss.date?.slice(0, 10) ?? ''
  return {
    cvss: (id) => ratingOf(cvss, id, 'cvss.json', cvssOf),
    epss: (id) => ratingOf(epss, id, 'epss.json', (value) => epssOf(value, day)),
    kev: (id) => kev?.has(id) ?? null,
    unused: FEEDS.filter((name) => statuses[name].state === 'off'),
    notes: FEEDS.flatMap((name) => noteOn(name, statuses[name])),
  }
}

export const NO_RATINGS: Ratings = {
  ...{ cvss: () => null, epss: () => null, kev: () => null },
  ...{ unused: [], notes: [] },
}

function noteOn(name: FeedName, { state, date, why }: FeedStatus): string[] {
  if (why === '' || state === 'off') {
    return []
  }
  const copy = state === 'read' ? '' : ` (cached copy dated ${date?.slice(0, 10) ?? 'unknown'})`
  return [`${FEED_TITLES[name]}${copy}: ${why}`]
}

function ratingOf<T>(
  values: ReadonlyMap<string, string> | null,
  id: string,
  where: string,
  parse: (value: string) => T | null,
): T | null {
  const value = values?.get(id)
  if (value === undefined) {
    return null
  }
  const rating = parse(value)
  if (rating === null) {
    throw incomplete(`${where} has an unreadable value for ${id}`, where)
  }
  return rating
}
