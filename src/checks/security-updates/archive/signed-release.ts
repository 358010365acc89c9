import { createHash } from 'node:crypto'
import { hasSecuritySupport, supportOf } from '../../../debian/support-table.js'
import { redactUrl } from '../../../io/http/url.js'
import { problemOf } from '../../../model/problem.js'
import { type Download, download } from './download.js'
import type { KeptRelease } from './index-cache.js'
import { archiveProblem } from './problems.js'
import { assertCurrent, parseRelease, type ReleaseFile } from './release-file.js'
import type { Session } from './session.js'
import { verifyClearsigned } from './verify.js'

/** An InRelease file with a valid signature, suite and age. */
export interface SignedRelease {
  readonly release: ReleaseFile
  /** Address of the InRelease file, without credentials. */
  readonly url: string
  readonly signedBy: string
  /** Of the InRelease file on the mirror, in hex. */
  readonly sha256: string
  /** Why it is an old one, if that was allowed; else `null`. */
  readonly old: string | null
}

/** Problems of age alone. */
export const OLD_CODES: readonly string[] = ['archive-expired', 'archive-rolled-back']

/** The largest of today's suites is under 200 kB. */
const LIMIT_BYTES = 8 * 1024 * 1024

/**
 * Fetches `dists/SUITE/InRelease` from a mirror and verifies it.
 * @param base address of dists/SUITE/, with credentials if it needs them
 * @param mayBeOld true: an old one is reported, not refused
 * @throws SeaworthyError those of `download`, `verifyClearsigned`, `parseRelease` and `assertCurrent`
 */
export async function readSignedRelease(
  base: string,
  suite: string,
  session: Session,
  mayBeOld = false,
): Promise<SignedRelease> {
  const url = `${base}InRelease`
  const where = redactUrl(url)
  const kept = session.cache.release(suite)
  const http = { ...session.http('release'), headers: conditions(kept, where) }
  const [got, cached] = await Promise.all([
    download(url, LIMIT_BYTES, http),
    kept && session.once(`seen ${suite}`, () => cachedRelease(kept, suite, session)),
  ])
  if (got.status === 304 && cached === null) {
    throw archiveProblem(
      'archive-status',
      'the mirror returned "not modified" for an unconditional request',
      where,
    )
  }
  const text = got.status === 304 && cached !== null ? cached.kept.text : got.bytes.toString('utf8')
  // A file that is identical byte for byte was verified a moment ago.
  const { release, signedBy } = text === cached?.kept.text ? cached : await prove(text, where, session)
  const sha256 = createHash('sha256').update(text).digest('hex')
  try {
    assertCurrent(
      release,
      {
        suite,
        now: session.now,
        mustExpire: mustExpire(suite, session),
        oldest: session.trust.oldest[suite] ?? null,
        newestDate: cached?.release.date ?? null,
      },
      where,
    )
  } catch (error) {
    const { code, what } = problemOf(error, where)
    if (mayBeOld && OLD_CODES.includes(code)) {
      return { release, url: where, signedBy, sha256, old: what }
    }
    throw error
  }
  if (got.status !== 304) {
    remember(suite, text, where, release.date, got, session)
  }
  return { release, url: where, signedBy, sha256, old: null }
}

interface Proven {
  readonly release: ReleaseFile
  readonly signedBy: string
}

interface CachedRelease extends Proven {
  readonly kept: KeptRelease
}

async function prove(text: string, where: string, { keyring, now }: Session): Promise<Proven> {
  const dateOf = (signed: string) => new Date(parseRelease(signed, where).date)
  const verified = await verifyClearsigned(text, await keyring, { now, dateOf }, where)
  return { release: parseRelease(verified.text, where), signedBy: verified.signedBy }
}

/**
 * The newest file of a suite that an earlier run has seen, or `null`. Its signature is verified again, as a
 * cache may come from anyone. That it may have expired since is no problem here.
 */
async function cachedRelease(
  kept: KeptRelease,
  suite: string,
  session: Session,
): Promise<CachedRelease | null> {
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
  if (codename === undefined) {
    return false
  }
  return hasSecuritySupport(supportOf(codename, now.toISOString().slice(0, 10), trust.support))
}

/** apt sends the same headers: caches on the way must check whether theirs is still the newest. */
function conditions(kept: KeptRelease | null, where: string): Record<string, string> {
  const { etag, lastModified } = kept?.validators[where] ?? {}
  return {
    'cache-control': 'max-age=0',
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  }
}

/**
 * Keeps what was verified, with what the server calls it; for an unchanged text also what others called it.
 * The mirrors of a suite are asked at once, so an older one's answer must not replace the newest.
 */
function remember(
  suite: string,
  text: string,
  where: string,
  date: string,
  { headers }: Download,
  { cache, newestKept }: Session,
): void {
  if ((newestKept.get(suite) ?? '') > date) {
    return
  }
  newestKept.set(suite, date)
  const { etag, 'last-modified': lastModified } = headers
  const validator = {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  }
  const kept = cache.release(suite)
  const others = kept?.text === text ? kept.validators : {}
  cache.keepRelease(suite, { text, validators: { ...others, [where]: validator } })
}
