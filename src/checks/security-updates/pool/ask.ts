import { supportOf } from '../../../debian/support-table.js'
import { listingOf } from '../../../inventory/listing.js'
import { type GetOptions, getStream } from '../../../io/http/http.js'
import { redactUrl } from '../../../io/http/url.js'
import { type Image, problemOf, SeaworthyError } from '../../../model/index.js'
import type { CollectedEvidence } from '../../collecting.js'
import { pendingOf } from '../apt/pending.js'
import { aptStatesOf } from '../apt-states.js'
import { readArchive } from '../archive/document.js'
import type { Mirror } from '../archive/mirrors.js'
import type { Session } from '../archive/session.js'
import type { SuiteAnswer } from '../archive/suite.js'
import { debOf } from '../updates.js'
import { POOL_DOCUMENT, type PoolAnswers } from './document.js'

type PoolAnswer = PoolAnswers[number]

/** Limits for HEAD requests, one for each file: their number, how many at a time, and the time in milliseconds. */
const MAX_REQUESTS = 64
const AT_ONCE = 8
const ALL_MS = 20_000

/**
 * Adds to the evidence what the mirrors say about the files of updates, if the release is past its end of
 * support: its pool disappears before its index does, and the remaining index names files that nobody can
 * install. Only mirrors that have the index are asked, starting with the one that provided it.
 * @param mirrors of a suite's archive, in their order
 */
export async function withPoolAnswers(
  evidence: CollectedEvidence,
  image: Image,
  answers: readonly SuiteAnswer[],
  mirrors: (archive: SuiteAnswer['plan']['archive']) => readonly Mirror[],
  session: Session,
): Promise<CollectedEvidence> {
  const files = filesOf(evidence, image, session)
  if (files.length === 0) {
    return evidence
  }
  const signal = AbortSignal.any([session.signal, AbortSignal.timeout(ALL_MS)])
  const http: GetOptions = { ...session.http('release'), method: 'HEAD', signal }
  const one = (file: (typeof files)[number]) => {
    const urls = urlsOf(file, answers, mirrors)
    return session.once(`file ${file.url} ${urls.join(' ')}`, () => askForFile(file.url, urls, http))
  }
  const pool: PoolAnswer[] = []
  for (let at = 0; at < files.length; at += AT_ONCE) {
    pool.push(...(await Promise.all(files.slice(at, at + AT_ONCE).map(one))))
    session.signal.throwIfAborted()
  }
  return {
    ...evidence,
    documents: { ...evidence.documents, [POOL_DOCUMENT]: `${JSON.stringify(pool, null, 1)}\n` },
  }
}

/** The files of the updates that will be found; none if the release is supported, or nothing can be found. */
function filesOf({ documents, sources }: CollectedEvidence, image: Image, { now, trust }: Session) {
  const evidence = { check: 'security-updates', documents, sources, problem: null, tookMs: 0 } as const
  if (!Object.hasOwn(documents, 'archive.json') || Object.hasOwn(documents, 'archived.json')) {
    return []
  }
  try {
    const archive = readArchive(evidence)
    const today = now.toISOString().slice(0, 10)
    if (supportOf(archive.codename, today, trust.support).state !== 'end-of-life') {
      return []
    }
    const { reference } = aptStatesOf(listingOf(image).root, archive, evidence)
    const pending = pendingOf(reference).pending.filter(({ kind }) => kind !== 'downgrade')
    const files = pending.flatMap(({ candidate }) => {
      const [archive, path] = [candidate.indexes[0]?.archive, candidate.version.deb?.path]
      const url = debOf(candidate)?.url
      return archive === undefined || path === undefined || url === undefined ? [] : [{ archive, path, url }]
    })
    return [...new Map(files.map((file) => [file.url, file])).values()].slice(0, MAX_REQUESTS)
  } catch (error) {
    // Packages that cannot be compared are reported during interpretation.
    if (error instanceof SeaworthyError) {
      return []
    }
    throw error
  }
}

/** The file's addresses, with credentials: at the mirror that provided the index, then at the others that have it. */
function urlsOf(
  { archive, path }: { readonly archive: string; readonly path: string },
  answers: readonly SuiteAnswer[],
  mirrors: (archive: SuiteAnswer['plan']['archive']) => readonly Mirror[],
): string[] {
  const answer = answers.find(({ fetched }) => fetched?.mirror === archive)
  if (
    answer === undefined ||
    !/^pool\/[A-Za-z0-9+._/~:%-]+\.deb$/.test(path) ||
    path.split('/').includes('..')
  ) {
    return []
  }
  const proved = new Set(answer.asked.filter(({ date }) => date !== null).map(({ url }) => url))
  const all = mirrors(answer.plan.archive).filter(({ url }) => proved.has(redactUrl(url)))
  const isFirst = ({ url }: Mirror) => redactUrl(url) === archive
  return [...all.filter(isFirst), ...all.filter((one) => !isFirst(one))].map(({ url }) => `${url}${path}`)
}

async function askForFile(url: string, urls: readonly string[], http: GetOptions): Promise<PoolAnswer> {
  const details: string[] = []
  let isKnown = urls.length > 0
  for (const at of urls) {
    try {
      const { status } = await getStream(at, http)
      if (status >= 200 && status < 300) {
        return { url, state: 'there', detail: null }
      }
      isKnown &&= status === 404 || status === 410
      details.push(`${redactUrl(at)}: HTTP ${status}`)
    } catch (error) {
      isKnown = false
      details.push(`${redactUrl(at)}: ${problemOf(error, redactUrl(at)).what}`)
    }
  }
  return { url, state: isKnown ? 'gone' : 'unknown', detail: details.join('; ') || 'no mirror is known' }
}
