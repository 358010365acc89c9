import type { Finding } from '../../model/finding/index.js'
import { compareSeverity, isAtLeast } from '../../model/severity.js'
import type { WhitelistEntry } from '../policy.js'

/** Letters of a pattern beside its `*`: fewer stand for almost anything. */
const FEWEST_LETTERS = 3

/**
 * Why an entry accepts more than anybody can have looked at, or `null`. Only what can be said for sure: what it
 * says of itself, and a `max-severity` or `despite: kev` that nothing it is about has need of.
 * @param about the findings that it is about
 */
export function breadthOf(
  entry: WhitelistEntry,
  about: readonly Pick<Finding, 'severity' | 'kev'>[],
): string | null {
  const { package: name, maxSeverity, images } = entry
  const high = isAtLeast(maxSeverity, 'high')
  const rated = entry.check === 'clair'
  if (rated && name === null && high)
    return `accepts it in any package, up to ${maxSeverity}; name the packages, or a lower max-severity`
  if (name?.includes('*') && letters(name) < FEWEST_LETTERS)
    return `stands for almost any package with "${name}"; name the packages`
  if (images?.some((pattern) => letters(pattern) === 0))
    return 'says images: "*", which is every image; name those it is for, or leave it out'
  if (about.length === 0) return null
  const worst = about.map(({ severity }) => severity).reduce((a, b) => (compareSeverity(a, b) >= 0 ? a : b))
  const allRated = about.every(({ severity }) => severity !== 'unknown')
  if (rated && high && allRated && !isAtLeast(worst, 'medium'))
    return `accepts up to ${maxSeverity}, and what it is about is ${worst}; with a lower max-severity it would stop when that changes`
  if (entry.despiteKev && about.every(({ kev }) => kev === false))
    return 'says despite: kev, and nothing that it is about is in KEV; leave that out'
  return null
}

function letters(pattern: string): number {
  return pattern.replaceAll('*', '').length
}
