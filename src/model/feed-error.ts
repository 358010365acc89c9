import { FEED_TITLES, type FeedTitle } from './feeds.js'
import { SeaworthyError } from './problem.js'
import { defaultAdvice, type ProblemCode } from './problem-codes.js'

/**
 * What is wrong with a feed, in words for people.
 * @param where its address, set by the code that read it
 * @param hours how old it is, where that is what is wrong
 */
export function feedError(
  code: ProblemCode<'Ratings: CVSS, EPSS and KEV'>,
  feed: FeedTitle,
  what: string,
  where = feed as string,
  hours: number | null = null,
): SeaworthyError {
  // The key has the effect of `osv: none` on a pull request too, whose inputs must not loosen gate.yml.
  const without = feed === 'osv' ? 'application: off in gate.yml' : `${feed}: none`
  return new SeaworthyError({
    code,
    what: `${FEED_TITLES[feed]}: ${what}`,
    where,
    todo: `${adviceOn(code, feed, hours)}; to judge without this data, set ${without}`,
  })
}

/** Which setting turns off the check of application packages, as whoever set it knows it. */
export function offBy(isOffByOsv = false): string {
  return isOffByOsv ? 'the input osv is set to none' : 'application is off'
}

function adviceOn(code: string, feed: FeedTitle, hours: number | null): string {
  if (code === 'feed-not-kept') {
    return feed === 'osv'
      ? 'set "osv" to the address that "seaworthy feeds status" shows for this data; if it shows none, run "seaworthy feeds osv ADDRESS" where ADDRESS can be reached, and carry the data here ("feeds export", "feeds import")'
      : defaultAdvice('tracker-not-kept')
  }
  const other =
    feed === 'osv'
      ? 'set "osv" to another URL, or to a folder with the same layout as the OSV bucket'
      : `set "${feed}" to another URL, or to a file`
  const raise = hours === null ? 'raise max-data-age' : `raise max-data-age to at least ${hours} (hours)`
  return code === 'feed-stale' && feed === 'osv' ? `${other}, or ${raise}` : other
}

/** `what` with the beginning of the text that was found instead. */
export function malformed(feed: FeedTitle, what: string): SeaworthyError {
  return feedError('feed-malformed', feed, what)
}
