/** The feeds that rate a vulnerability, beside Debian's security tracker. */
export const FEEDS = ['cvss', 'epss', 'kev'] as const
export type FeedName = (typeof FEEDS)[number]
/** All that is got like a feed: OSV has no row for each CVE. */
export type FeedTitle = FeedName | 'osv'

/** How a feed is called in a report's list of sources. */
export const SOURCE_NAMES = {
  cvss: 'nvd-cvss',
  epss: 'epss',
  kev: 'cisa-kev',
} as const satisfies Record<FeedName, string>

/** How people call it. */
export const FEED_TITLES = {
  cvss: 'CVSS of the NVD',
  epss: 'EPSS',
  kev: "CISA's KEV list",
  osv: 'OSV',
} as const satisfies Record<FeedTitle, string>

/** How old, in days, the data of a feed may be by its own date: each is renewed at least once a week. */
export const MAX_FEED_DAYS = 30

/** The same of OSV's advisories, where `max-data-age` is no longer: an ecosystem may have no new one for a week. */
export const MAX_OSV_DAYS = 30
