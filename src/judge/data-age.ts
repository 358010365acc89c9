import {
  type Evidence,
  FEEDS,
  feedError,
  MAX_FEED_DAYS,
  MAX_OSV_DAYS,
  type Problem,
  SOURCE_NAMES,
  type Source,
  withAdvice,
} from '../model/index.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Limits for the age of data: an answer from older data does not count. */
export interface DataLimits {
  /** In hours. */
  readonly maxAge: number
  /** The judged day, YYYY-MM-DD, UTC. */
  readonly today: string
}

export interface DataRule {
  readonly isAbout: (source: Source) => boolean
  /** Evidence with this document has to state the origin and date of its sources; `null`: it need not. */
  readonly document: string | null
  /** When the data was current, ISO 8601 UTC; `null`: not known. */
  readonly dateOf: (source: Source) => string | null
  readonly dataName: string
  /** The name of the age limit, and the limit in hours, if it is not `max-data-age`. */
  readonly limit?: { readonly hours: number; readonly text: string }
  readonly problem: (what: string, where: string) => Problem
}

export const TRACKER: DataRule = {
  isAbout: ({ name }) => name === 'debian-security-tracker',
  document: 'tracker.json',
  // If it has no date of its own, it is no newer than its download.
  dateOf: ({ date, fetchedAt }) => date ?? fetchedAt,
  dataName: 'the security tracker',
  problem: (what, where) => withAdvice({ code: 'tracker-stale', what, where }),
}
export const CLAIR: DataRule = {
  isAbout: ({ name }) => name === 'clair-update',
  // A Clair that Seaworthy started has no date of its own: it only has the data that it was sent.
  document: null,
  dateOf: ({ date }) => date,
  dataName: "Clair's Debian data",
  problem: (what, where) => withAdvice({ code: 'clair-stale', what, where }),
}
/** Valid-Until was checked when the index was read, so this rule limits how long ago it was read. */
export const ARCHIVE: DataRule = {
  isAbout: ({ name }) => name.startsWith('debian-archive '),
  document: 'packages-0.txt',
  dateOf: ({ fetchedAt }) => fetchedAt,
  dataName: 'the archive index',
  problem: (what, where) => withAdvice({ code: 'archive-read-long-ago', what, where }),
}

/** The limits are in days, since ratings change slowly; the fetching code limits the age of copies (decision 13). */
export const RATINGS = FEEDS.map(
  (feed): DataRule => ({
    isAbout: ({ name }) => name === SOURCE_NAMES[feed],
    document: `${feed}.json`,
    dateOf: ({ date, fetchedAt }) => date ?? fetchedAt,
    dataName: 'its data',
    limit: { hours: MAX_FEED_DAYS * 24, text: `the limit for feeds (${MAX_FEED_DAYS} days)` },
    problem: (what, where) => feedError('feed-stale', feed, what, where).problem,
  }),
)

/** `MAX_OSV_DAYS` or `max-data-age`, whichever is longer. */
export function osvRule({ maxAge }: Pick<DataLimits, 'maxAge'>): DataRule {
  const hours = Math.max(MAX_OSV_DAYS * 24, maxAge)
  const text =
    hours === maxAge ? `max-data-age (${maxAge} hours)` : `the limit for advisories (${MAX_OSV_DAYS} days)`
  return {
    isAbout: ({ name }) => name.startsWith('osv-'),
    document: null,
    dateOf: ({ date }) => date,
    dataName: 'its newest advisory',
    limit: { hours, text },
    problem: (what, where) => feedError('feed-stale', 'osv', what, where).problem,
  }
}

/**
 * Why the data behind an answer cannot be trusted; `null` if it can. Ages count from when the evidence was collected,
 * or from the beginning of the judged day, whichever is later: evidence ages too.
 */
export function dataAgeProblem(
  { sources, documents }: Evidence,
  rules: readonly DataRule[],
  { maxAge, today }: DataLimits,
): Problem | null {
  const collected = sources.flatMap(({ fetchedAt }) => (fetchedAt === null ? [] : [Date.parse(fetchedAt)]))
  const now = Math.max(Date.parse(`${today}T00:00:00Z`), ...collected.filter((time) => !Number.isNaN(time)))
  for (const rule of rules) {
    const relevantSources = sources.filter(rule.isAbout)
    if (relevantSources.length === 0 && rule.document !== null && Object.hasOwn(documents, rule.document)) {
      // It may be of any age.
      const what = `the evidence contains ${rule.document}, but not its source and date`
      return withAdvice({ code: 'evidence-incomplete', what, where: rule.document })
    }
    for (const source of relevantSources) {
      const problem = futureDateProblem(source, now) ?? tooOldProblem(source, rule, now, maxAge)
      if (problem !== null) {
        return problem
      }
    }
  }
  return null
}

function tooOldProblem(source: Source, rule: DataRule, now: number, maxAge: number): Problem | null {
  const date = rule.dateOf(source)
  const { hours, text } = rule.limit ?? { hours: maxAge, text: `max-data-age (${maxAge} hours)` }
  if (date !== null && now - Date.parse(date) <= hours * HOUR_MS) {
    return null
  }
  const what =
    date === null
      ? `the date of ${rule.dataName} is not known`
      : `${rule.dataName} is dated ${minuteOf(date)}, ${ageText(now - Date.parse(date), text)}`
  return rule.problem(what, source.url)
}

/**
 * Data with a future date means that this machine's clock is behind: then expired entries and data would count as
 * valid. One day is allowed for differing clocks and time zones, as apt allows it for Release files.
 */
function futureDateProblem({ name, date, url }: Source, now: number): Problem | null {
  if (date === null || !(Date.parse(date) - now > DAY_MS)) {
    return null
  }
  const what = `${name} is dated ${date}, which is more than a day ahead of this machine's clock`
  return withAdvice({ code: 'data-from-the-future', what, where: url })
}

/** "2026-11-24 22:03 UTC"; a date without a time, and text that is not a date, is not changed. */
function minuteOf(date: string): string {
  return date.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\S*Z$/, '$1 $2 UTC')
}

/** "so it is 49 hours old, which is more than max-data-age (48 hours) allows". */
function ageText(milliseconds: number, limit: string): string {
  const hours = Math.floor(milliseconds / HOUR_MS)
  if (Number.isNaN(hours)) {
    return 'which is not a valid date'
  }
  const age = hours < 72 ? `${hours} hours` : `${Math.floor(hours / 24)} days (${hours} hours)`
  return `so it is ${age} old, which is more than ${limit} allows`
}
