import type { OpenTracker } from '../../feeds/tracker/open.js'
import type { Evidence } from '../../model/evidence.js'
import type { Image } from '../../model/image.js'
import type { OpeningImage } from '../../model/opening.js'
import { problemOf } from '../../model/problem.js'
import { type ArchiveName, mirrorsOf } from './archive/mirrors.js'
import { type ArchiveNeeds, needsOf } from './archive/needs.js'
import {
  DEBIAN,
  machineSources,
  openSession,
  type Session,
  type SessionOptions,
  type Trust,
} from './archive/session.js'
import { currentStable } from './archive/stable.js'
import { fetchSuite } from './archive/suite.js'
import { readKeyring } from './archive/verify.js'
import { baseAsker } from './base/ask.js'
import { changelogWords } from './changelog/collect-changelogs.js'
import { archiveEvidence, withBase } from './evidence.js'
import { NO_WORDS, trackerWords } from './tracker.js'

export interface SecurityUpdatesOptions extends SessionOptions {
  /** Address above dists/, asked before any other. */
  readonly debianMirror: string | null
  readonly debianSecurityMirror: string | null
  /** Debian's security tracker, which other checks of the run read too; whoever opened it closes it. `null`: not asked. */
  readonly tracker: (() => Promise<OpenTracker>) | null
  /** True: where the tracker cannot be had, changelogs of source packages are read for CVEs. */
  readonly changelogs: boolean
  /** Patterns of bases; those without a wildcard are looked up. */
  readonly allowedBases: readonly string[]
  /** Says in one line what is being waited for. */
  readonly progress: (text: string) => void
}

/**
 * Reads Debian's archive for each image: proven indexes, narrowed to its packages; one evidence for each, in the
 * same order. What images share is read once.
 * @param trust for tests, which sign archives of their own
 */
export async function collectSecurityUpdates(
  images: readonly OpeningImage[],
  options: SecurityUpdatesOptions,
  trust: Trust = DEBIAN,
  machine = machineSources(),
): Promise<readonly Evidence[]> {
  const started = performance.now()
  const done = new AbortController()
  const took = () => performance.now() - started
  // While the images are still being read.
  const keyring = readKeyring(trust.certificates)
  keyring.catch(() => undefined)
  const tracker = options.tracker?.() ?? null
  tracker?.catch(() => undefined)
  const failed = (error: unknown): Evidence => {
    const problem = problemOf(options.signal.aborted ? options.signal.reason : error, 'security-updates')
    return { check: 'security-updates', documents: {}, sources: [], problem, tookMs: Math.round(took()) }
  }
  // All of them first: an index is read once, and has to be narrowed to the packages of all images.
  const subjects = await Promise.allSettled(images.map(async ({ image }) => ofImage(await image)))
  const known = subjects.flatMap((one) => (one.status === 'fulfilled' ? [one.value.subject] : []))
  try {
    const wanted = new Set(known.flatMap(({ names }) => [...names]))
    const askBase = baseAsker({ ...options, signal: AbortSignal.any([options.signal, done.signal]) })
    const session = openSession(options, trust, keyring, wanted)
    const evidence = await Promise.all(
      subjects.map(async (one) => {
        if (one.status === 'rejected') return failed(one.reason)
        const { subject, image } = one.value
        options.progress(`reading the archive of ${subject.codename}`)
        const base = askBase(image)
        base.catch(() => undefined) // not waited for where the archive has failed
        const evidence = await collectOne(subject, machine, tracker, options, session, took).catch(failed)
        if (evidence.problem !== null) return evidence
        return base.then((answers) => withBase(evidence, answers), failed)
      }),
    )
    await session.cache.prune(options.now)
    return evidence
  } catch (error) {
    return images.map(() => failed(error))
  } finally {
    // What nobody waits for any more is not downloaded to its end.
    done.abort()
  }
}

function ofImage(image: Image) {
  return { subject: needsOf(image), image }
}

async function collectOne(
  subject: ArchiveNeeds,
  machine: ReturnType<typeof machineSources>,
  tracker: Promise<OpenTracker> | null,
  options: SecurityUpdatesOptions,
  session: Session,
  took: () => number,
): Promise<Evidence> {
  const inputs = { main: options.debianMirror, security: options.debianSecurityMirror }
  const mirrors = (archive: ArchiveName) => mirrorsOf(archive, { inputs, image: subject.sources, machine })
  const suites = subject.suites.map((plan) => fetchSuite(plan, mirrors(plan.archive), session))
  const own = async () => {
    const answers = await Promise.all(suites)
    return answers.find(({ plan }) => plan.suite === subject.codename)?.fetched?.release ?? null
  }
  const [answers, stable, words] = await Promise.all([
    Promise.all(suites),
    currentStable(subject.codename, own, mirrors('main'), session),
    tracker === null ? NO_WORDS : trackerWords(subject, tracker, session.signal),
  ])
  const isKnown = words.documents['tracker.json'] !== undefined
  const more =
    options.changelogs && !isKnown
      ? await changelogWords(subject, answers, mirrors('security'), session)
      : NO_WORDS
  const evidence = archiveEvidence(subject, answers, stable, session, took())
  const documents = { ...evidence.documents, ...words.documents, ...more.documents }
  return { ...evidence, documents, sources: [...evidence.sources, ...words.sources, ...more.sources] }
}
