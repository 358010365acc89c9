/** The feeds that rate a vulnerability, in addition to Debian's security tracker. */
export const FEEDS = ['cvss', 'epss', 'kev'] as const
export type FeedName = (typeof FEEDS)[number]
/** Everything that is published like a feed: OSV and the ends of life have no row for each CVE. */
export type FeedTitle = FeedName | 'osv' | 'tracker' | 'ends'

/** A feed's name in a report's list of sources. */
export const SOURCE_NAMES = {
  cvss: 'nvd-cvss',
  epss: 'epss',
  kev: 'cisa-kev',
} as const satisfies Record<FeedName, string>

/** What the evidence keeps of the feeds: this document says how each was obtained, `<feed>.json` has its values. */
export const FEEDS_DOCUMENT = 'feeds.json'

export function hasFeed(documents: Readonly<Record<string, string>>, name: FeedName): boolean {
  return Object.hasOwn(documents, FEEDS_DOCUMENT) && Object.hasOwn(documents, `${name}.json`)
}

export const FEED_TITLES = {
  cvss: 'NVD CVSS data',
  epss: 'EPSS',
  kev: "CISA's KEV list",
  osv: 'OSV',
  tracker: "Debian's security tracker",
  ends: 'ends of life',
} as const satisfies Record<FeedTitle, string>

/** How many days old a feed's data may be by its own date: each is renewed at least once a week. */
export const MAX_FEED_DAYS = 30

/**
 * How many days old OSV's advisories may be, unless `max-data-age` is longer: an ecosystem may have no new advisory for
 * a week.
 */
export const MAX_OSV_DAYS = 30
