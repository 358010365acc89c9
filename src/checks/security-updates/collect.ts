import type { OpenTracker } from '../../feeds/tracker/open.js'
import { rowsWanted } from '../../inventory/provenance/origin/rule.js'
import type { Evidence, ForeignPackage, Image, OpeningImage } from '../../model/index.js'
import type { Collector } from '../check.js'
import {
  type CheckContext,
  collecting,
  collectOrigins,
  type EvidenceOf,
  type OnOrigins,
} from '../collecting.js'
import { changelogDocuments } from './archive/changelog/collect-changelogs.js'
import { fetchElsewhere } from './archive/elsewhere.js'
import { KEPT_INDEXES } from './archive/index-cache.js'
import type { ArchiveName } from './archive/mirrors.js'
import { hostsNamed, type MirrorSources, mirrorsOf, unaskedMirrorsOf } from './archive/mirrors-of.js'
import { type ArchiveNeeds, needsOf } from './archive/needs.js'
import {
  DEBIAN_TRUST,
  machineSources,
  openSession,
  type Session,
  type SessionOptions,
  type TrustedData,
} from './archive/session.js'
import { currentStable } from './archive/stable.js'
import { fetchSuite } from './archive/suite.js'
import { readKeyring } from './archive/verify.js'
import { type AskOptions, baseAsker } from './base/ask.js'
import { archiveEvidence, NO_DOCUMENTS, trackerDocuments, withBase } from './evidence.js'
import { withPoolAnswers } from './pool/ask.js'

export {
  type ArchiveInCache,
  archiveInCache as archiveIn,
  copyArchive as carryArchive,
  debianArchitecture,
  keepArchive,
} from './archive/keep.js'

export interface ArchiveRequest {
  /** A mirror's address above dists/, which gets requests before any other. */
  readonly mirror: string | null
  readonly securityMirror: string | null
  /** True: no requests to Debian's own hosts; the cached files of an earlier run are used. */
  readonly offline: boolean
  /** True: changelogs of source packages are read for the days of fixes. */
  readonly fixDays: boolean
}

export interface SecurityUpdatesCheckRequest {
  readonly archive: ArchiveRequest
  readonly cacheDir: string
  /** Limit for each request with its retries, in milliseconds. */
  readonly downloadTimeoutMs: number
}

type RunOptions = Pick<CheckContext, 'progress'> & Omit<AskOptions, 'now' | 'signal'>

export interface SecurityUpdatesOptions extends SessionOptions, RunOptions {
  readonly archive: ArchiveRequest
  /** Debian's security tracker, which other checks read too; whoever opened it closes it. `null`: not requested. */
  readonly tracker: (() => Promise<OpenTracker>) | null
  /** Called with the origins of an image's packages, as soon as they are known. */
  readonly onOrigins: OnOrigins
}

export const securityUpdatesCollector: Collector<SecurityUpdatesCheckRequest, CheckContext> = {
  id: 'security-updates',
  cacheFiles: KEPT_INDEXES,
  collect: (images, { archive, cacheDir, downloadTimeoutMs: timeoutMs }, run) =>
    collectOrigins(images, (onOrigins) =>
      collectSecurityUpdates(images, { ...run, onOrigins, archive, cacheDir, timeoutMs, now: new Date() }),
    ),
}

/**
 * Reads Debian's archive for each image: proven indexes, narrowed to its packages; one evidence per image, in
 * the same order. Whatever images share is read once.
 * @param trust for tests, which sign archives of their own
 */
export async function collectSecurityUpdates(
  images: readonly OpeningImage[],
  options: SecurityUpdatesOptions,
  trust: TrustedData = DEBIAN_TRUST,
  machine = machineSources(),
): Promise<readonly Evidence[]> {
  const finished = new AbortController()
  // Starts while the images are still being read.
  const keyring = readKeyring(trust.certificates)
  keyring.catch(() => undefined)
  const tracker = options.tracker?.() ?? null
  tracker?.catch(() => undefined)
  const work = async (evidenceOf: EvidenceOf) => {
    // All images first: an index is read once, and has to be narrowed to the packages of all of them.
    const subjects = await Promise.allSettled(
      images.map(async ({ image }) => ({ subject: needsOf(await image), image: await image })),
    )
    const readSubjects = subjects.flatMap((one) => (one.status === 'fulfilled' ? [one.value.subject] : []))
    const packageNames = new Set(readSubjects.flatMap(({ names }) => [...names]))
    const sources = new Set(readSubjects.flatMap(({ sourceNames }) => [...sourceNames]))
    const signal = AbortSignal.any([options.signal, finished.signal])
    const namedHosts = hostsNamed({ inputs: inputsOf(options.archive), machine })
    const askBase = baseAsker({ ...options, signal })
    const session = openSession({ ...options, signal }, trust, keyring, packageNames, namedHosts, sources)
    const gather = async (one: (typeof subjects)[number], opening: OpeningImage | undefined) => {
      if (one.status === 'rejected') {
        throw one.reason
      }
      const { subject, image } = one.value
      options.progress(`reading Debian's archive for ${subject.codename}`)
      const base = askBase(image)
      base.catch(() => undefined) // not waited for if the archive has failed
      const provideOrigins = (foreign: readonly ForeignPackage[]) =>
        opening && options.onOrigins(opening, { foreign, trackerRows: rowsWanted(foreign) })
      const ofImage = { ...options, provideOrigins }
      const collected = await collectOne(subject, image, machine, tracker, ofImage, session)
      return collected.problem === null ? withBase(collected, await base) : collected
    }
    const evidence = await Promise.all(subjects.map((one, at) => evidenceOf(() => gather(one, images[at]))))
    await session.cache.prune(options.now)
    return evidence
  }
  // Downloads that nobody waits for any more are aborted.
  return collecting('security-updates', images, options.signal, work).finally(() => finished.abort())
}

function inputsOf({ mirror, securityMirror }: ArchiveRequest): MirrorSources['inputs'] {
  return { main: mirror, security: securityMirror }
}

async function collectOne(
  subject: ArchiveNeeds,
  image: Image,
  machine: ReturnType<typeof machineSources>,
  tracker: Promise<OpenTracker> | null,
  options: SecurityUpdatesOptions & {
    readonly provideOrigins: (foreign: readonly ForeignPackage[]) => unknown
  },
  session: Session,
) {
  const { offline, fixDays } = options.archive
  const mirrorInputs = { inputs: inputsOf(options.archive), image: subject.sources, machine, offline }
  const mirrors = (archive: ArchiveName) => mirrorsOf(archive, mirrorInputs)
  const reachable = (archive: ArchiveName) => mirrors(archive).filter(({ from }) => from !== 'kept')
  const suites = subject.suites.map((plan) => fetchSuite(plan, mirrors(plan.archive), session))
  const readOwnSuites = async () => {
    const answers = await Promise.all(suites)
    return answers.find(({ plan }) => plan.suite === subject.codename)?.fetched?.release ?? null
  }
  const [answers, current] = await Promise.all([
    Promise.all(suites),
    currentStable(subject.codename, readOwnSuites, mirrors('main'), session),
  ])
  const otherSuites = await fetchElsewhere(subject, answers, mirrors, session)
  options.provideOrigins(otherSuites.foreign)
  const { codename, sourceNames: packages } = subject
  // No updates are reported for packages from sid: its rows are for the check that looks for vulnerabilities.
  const stable = otherSuites.foreign.filter(({ origin }) => origin === 'stable')
  const rowRequests = [{ codename, packages }, ...rowsWanted(stable)]
  const rows = tracker === null ? NO_DOCUMENTS : await trackerDocuments(rowRequests, tracker, session.signal)
  const changelogs = fixDays
    ? await changelogDocuments(subject, answers, reachable('security'), session)
    : NO_DOCUMENTS
  const strangers = [...unaskedMirrorsOf('main', mirrorInputs), ...unaskedMirrorsOf('security', mirrorInputs)]
  const archive = archiveEvidence(subject, answers, strangers, current, otherSuites, session)
  const evidence =
    archive.problem === null ? await withPoolAnswers(archive, image, answers, reachable, session) : archive
  const documents = { ...evidence.documents, ...rows.documents, ...changelogs.documents }
  return { ...evidence, documents, sources: [...evidence.sources, ...rows.sources, ...changelogs.sources] }
}
