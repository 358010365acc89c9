import { createHash } from 'node:crypto'
import { hasSecuritySupport, supportOf } from '../../debian/support-table.js'
import { redactUrl } from '../../io/http/url.js'
import { type Download, download } from './download.js'
import type { KeptRelease } from './index-cache.js'
import { archiveProblem } from './problems.js'
import { parseRelease, type ReleaseFile } from './release-file.js'
import type { Session } from './session.js'
import { verifyClearsigned } from './verify.js'

/** An InRelease file whose signature, suite and age are sound. */
export interface SignedRelease {
  readonly release: ReleaseFile
  /** Address of the InRelease file, without credentials. */
  readonly url: string
  readonly signedBy: string
  /** Of the InRelease file as the mirror has it. Hex. */
  readonly sha256: string
}

/** Of the suites of today the largest is under 200 kB. */
const LIMIT_BYTES = 8 * 1024 * 1024

/**
 * Fetches `dists/SUITE/InRelease` from a mirror and proves it.
 * @param base address of dists/SUITE/, with credentials if it needs them
 * @throws SeaworthyError those of `download`, `verifyClearsigned`, `parseRelease` and `assertCurrent`
 */
export async function readSignedRelease(
  base: string,
  suite: string,
  session: Session,
): Promise<SignedRelease> {
  const url = `${base}InRelease`
  const where = redactUrl(url)
  const kept = session.cache.release(suite)
  const http = { ...session.http('release'), headers: conditions(kept, where) }
  const [got, seen] = await Promise.all([
    download(url, LIMIT_BYTES, http),
    kept && session.once(`seen ${suite}`, () => seenRelease(kept, suite, session)),
  ])
  if (got.status === 304 && seen === null) {
    throw archiveProblem('archive-status', 'the mirror says "not modified", and nobody asked', where)
  }
  const text = got.status === 304 && seen !== null ? seen.kept.text : got.bytes.toString('utf8')
  // What is known byte by byte was verified a moment ago.
  const { release, signedBy } = text === seen?.kept.text ? seen : await prove(text, where, session)
  assertCurrent(
    release,
    {
      suite,
      now: session.now,
      mustExpire: mustExpire(suite, session),
      oldest: session.trust.oldest[suite] ?? null,
      seen: seen?.release.date ?? null,
    },
    where,
  )
  remember(suite, text, where, got, seen?.kept, session)
  return { release, url: where, signedBy, sha256: createHash('sha256').update(text).digest('hex') }
}

interface Proven {
  readonly release: ReleaseFile
  readonly signedBy: string
}

interface Seen extends Proven {
  readonly kept: KeptRelease
}

async function prove(text: string, where: string, { keyring, now }: Session): Promise<Proven> {
  const dateOf = (signed: string) => new Date(parseRelease(signed, where).date)
  const verified = await verifyClearsigned(text, await keyring, { now, dateOf }, where)
  return { release: parseRelease(verified.text, where), signedBy: verified.signedBy }
}

/**
 * The newest of a suite that an earlier run has seen, or `null`. Its signature is verified again, as a cache may
 * come from anyone; that it has grown too old is no fault of it here.
 */
async function seenRelease(kept: KeptRelease, suite: string, session: Session): Promise<Seen | null> {
  try {
    const proven = await prove(kept.text, suite, session)
    const { release } = proven
    return release.suite === suite || release.codename === suite ? { kept, ...proven } : null
  } catch {
    return null
  }
}

function mustExpire(suite: string, { now, trust }: Session): boolean {
  const codename = /^([a-z]+)-security$/.exec(suite)?.[1]
  if (codename === undefined) return false
  return hasSecuritySupport(supportOf(codename, now.toISOString().slice(0, 10), trust.support))
}

/** apt asks in the same way: caches on the way are to look whether theirs is still the newest. */
function conditions(kept: KeptRelease | null, where: string): Record<string, string> {
  const { etag, lastModified } = kept?.validators[where] ?? {}
  return {
    'cache-control': 'max-age=0',
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  }
}

/** Keeps what was proven, with what the server calls it; of an unchanged text the names that others gave it too. */
function remember(
  suite: string,
  text: string,
  where: string,
  { status, headers }: Download,
  kept: KeptRelease | undefined,
  { cache }: Session,
): void {
  if (status === 304) return
  const { etag, 'last-modified': lastModified } = headers
  const validator = {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  }
  const others = kept?.text === text ? kept.validators : {}
  cache.keepRelease(suite, { text, validators: { ...others, [where]: validator } })
}

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
