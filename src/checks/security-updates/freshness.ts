import { archiveProblem } from './problems.js'
import type { ReleaseFile } from './release-file.js'

const DAY_MS = 86_400_000

/** What a signed Release file must be, beside signed. */
export interface Expected {
  /** Suite or codename that was asked for. */
  readonly suite: string
  readonly now: Date
  /** True for the security suite of a release that still gets updates: without Valid-Until it proves nothing. */
  readonly mustExpire: boolean
  /** ISO 8601 UTC: nothing older is taken. `null` where nothing is known. */
  readonly oldest: string | null
  /** `Date` of the newest one ever seen, ISO 8601 UTC. `null` where none was seen. */
  readonly seen: string | null
}

/**
 * A signature says who wrote a Release file, not that it is the one asked for, nor that it is today's: old and
 * foreign ones are just as well signed.
 * @param where address, for the message
 * @throws SeaworthyError `archive-wrong-suite`, `archive-date-in-future`, `archive-expired`, `archive-rolled-back`
 */
export function assertCurrent(release: ReleaseFile, expected: Expected, where: string): void {
  const { suite, now, mustExpire, oldest, seen } = expected
  if (release.suite !== suite && release.codename !== suite) {
    const is = `codename ${release.codename ?? '(none)'}, suite ${release.suite ?? '(none)'}`
    throw archiveProblem('archive-wrong-suite', `asked for ${suite}, got the index of ${is}`, where)
  }
  if (Date.parse(release.date) > now.getTime() + DAY_MS) {
    throw archiveProblem('archive-date-in-future', `${suite} is dated ${release.date}: after today`, where)
  }
  if (release.validUntil === null && mustExpire) {
    const what = `${suite} has no Valid-Until, and Debian still publishes updates for it: nothing says that it is current`
    throw archiveProblem('archive-expired', what, where)
  }
  if (release.validUntil !== null && Date.parse(release.validUntil) < now.getTime()) {
    const what = `${suite} of ${release.date} was valid until ${release.validUntil}: an old copy`
    throw archiveProblem('archive-expired', what, where)
  }
  const least = [oldest, seen].reduce<string | null>(
    (a, b) => (b !== null && (a === null || b > a) ? b : a),
    null,
  )
  if (least !== null && release.date < least) {
    const what = `${suite} is of ${release.date}, and one of ${least} or newer is known: an old copy`
    throw archiveProblem('archive-rolled-back', what, where)
  }
}
