import { createHash } from 'node:crypto'
import { hasSecuritySupport, supportOf } from '../../../debian/support-table.js'
import { redactUrl } from '../../../io/http/url.js'
import { problemOf, SeaworthyError } from '../../../model/index.js'
import { type Download, download } from './download.js'
import type { KeptRelease } from './index-cache.js'
import type { Mirror } from './mirrors.js'
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
  /** SHA-256 of the InRelease file on the mirror, in hex. */
  readonly sha256: string
  /** When a mirror sent or confirmed the file, ISO 8601 UTC. */
  readonly readAt: string
  /** Why the file counts as old, if that was allowed; else `null`. */
  readonly old: string | null
}

/** Codes of problems that only concern the age of a Release file. */
export const OLD_CODES: readonly string[] = ['archive-expired', 'archive-rolled-back']

/** Limit for an InRelease file; the largest today is under 200 kB. */
const MAX_RELEASE_BYTES = 8 * 1024 * 1024

/** A mirror's verified answer, and the date of the cached copy. */
interface ReleaseAnswer extends VerifiedFile {
  readonly text: string
  readonly readAt: string
  /** `Date` of the cached InRelease file, ISO 8601 UTC. */
  readonly newestDate: string | null
  /** Caches the file for later runs. */
  readonly remember: () => void
}

/**
 * Reads `dists/SUITE/InRelease` of a mirror, or what the cache has in its place, and verifies it.
 * @param mayBeOld true: an old one is reported, not refused
 * @throws SeaworthyError `archive-not-kept`, `cache-not-trusted`, and those of `download`, `verifyClearsigned`,
 * `parseRelease` and `assertCurrent`
 */
export async function readSignedRelease(
  mirror: Mirror,
  suite: string,
  session: Session,
  mayBeOld = false,
): Promise<SignedRelease> {
  const url = `${suiteAddress(mirror, suite)}InRelease`
  const where = redactUrl(url)
  const answered =
    mirror.from === 'kept'
      ? await releaseFromCache(suite, where, session)
      : await releaseFromServer(url, suite, session)
  const { text, release, signedBy, readAt, newestDate, remember } = answered
  const sha256 = createHash('sha256').update(text).digest('hex')
  const signed = { release, url: where, signedBy, sha256, readAt }
  try {
    const oldest = session.trust.oldest[suite] ?? null
    const expected = { suite, now: session.now, mustExpire: mustExpire(suite, session), oldest, newestDate }
    assertCurrent(release, expected, where)
  } catch (error) {
    const { code, what } = problemOf(error, where)
    if (mayBeOld && OLD_CODES.includes(code)) {
      if (newestDate === null) {
        remember()
      }
      return { ...signed, old: what }
    }
    throw error
  }
  remember()
  return { ...signed, old: null }
}

/** Address of dists/SUITE/, with credentials if it needs them. */
export function suiteAddress({ url }: Pick<Mirror, 'url'>, suite: string): string {
  return `${url}dists/${suite}/`
}

/** Reads the copy in the cache; without a request, only the cache shows its age. */
async function releaseFromCache(suite: string, where: string, session: Session): Promise<ReleaseAnswer> {
  const kept = session.cache.release(suite)
  if (kept === null) {
    throw archiveProblem('archive-not-kept', `the cache has no copy of ${suite}`, where)
  }
  const { text, readAt } = kept
  if (readAt === null) {
    const what = `the copy of ${suite} in the cache does not count, because other users could have written it`
    throw new SeaworthyError({ code: 'cache-not-trusted', what, where })
  }
  if (Date.parse(readAt) > session.now.getTime()) {
    const what = `the copy of ${suite} in the cache was read at ${readAt}, which is in the future`
    throw archiveProblem('archive-date-in-future', what, where)
  }
  if (text === '') {
    throw archiveProblem('archive-not-found', `when Debian's archive was read, it had no ${suite}`, where)
  }
  const proven = await session.once(`seen ${suite}`, () => verifyFile(text, where, session))
  return { text, ...proven, readAt, newestDate: null, remember: () => {} }
}

async function releaseFromServer(url: string, suite: string, session: Session): Promise<ReleaseAnswer> {
  const where = redactUrl(url)
  const kept = session.cache.release(suite)
  const http = { ...session.http('release'), headers: conditions(kept, where) }
  const [reply, cached] = await Promise.all([
    download(url, MAX_RELEASE_BYTES, http),
    kept && session.once(`seen ${suite}`, () => cachedRelease(kept, suite, session)),
  ])
  if (reply.status === 304 && cached === null) {
    const what = 'the mirror returned "not modified" for an unconditional request'
    throw archiveProblem('archive-status', what, where)
  }
  const text = reply.status === 304 && cached !== null ? cached.kept.text : reply.bytes.toString('utf8')
  // A file that is identical byte for byte was verified a moment ago.
  const proven = text === cached?.kept.text ? cached : await verifyFile(text, where, session)
  return {
    text,
    ...proven,
    readAt: session.now.toISOString(),
    newestDate: cached?.release.date ?? null,
    remember: () => cacheRelease(suite, text, where, proven.release.date, reply, session),
  }
}

type VerifiedFile = Pick<SignedRelease, 'release' | 'signedBy'>

async function verifyFile(text: string, where: string, { keyring, now }: Session): Promise<VerifiedFile> {
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
): Promise<(VerifiedFile & { readonly kept: KeptRelease }) | null> {
  try {
    const proven = await verifyFile(kept.text, suite, session)
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
 * Caches a verified file with the server's validators; if the text is unchanged, also with those of other servers. The
 * mirrors of a suite get requests at the same time, so an older mirror's answer must not replace the newest.
 */
function cacheRelease(
  suite: string,
  text: string,
  where: string,
  date: string,
  { status, headers }: Download,
  { cache, newestKept, now }: Session,
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
  // A server that says "not modified" need not repeat what it calls the text.
  const validators = status === 304 ? others : { ...others, [where]: validator }
  cache.keepRelease(suite, { text, readAt: now.toISOString(), validators })
}
