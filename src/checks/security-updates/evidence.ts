import { judgedAs, signedFrom } from '../../debian/signed.js'
import { type Support, supportOf } from '../../debian/support-table.js'
import { compareVersions } from '../../debian/version.js'
import { writeTracker } from '../../feeds/formats/tracker.js'
import { selectRows } from '../../feeds/formats/tracker-rows.js'
import type { OpenTracker } from '../../feeds/tracker/open.js'
import { BASE_DOCUMENT } from '../../inventory/provenance/base/document.js'
import { PACKAGES_DOCUMENT } from '../../inventory/provenance/base/rebuild.js'
import {
  ELSEWHERE_SOURCE,
  type Evidence,
  type Problem,
  type ProblemCode,
  problemOf,
  type RowRequest,
  type Source,
  withAdvice,
} from '../../model/index.js'
import type { CollectedEvidence } from '../collecting.js'
import { readVersion } from './apt/version.js'
import { type ElsewhereRead, unreadBecause } from './archive/elsewhere.js'
import { releaseSuites } from './archive/mirrors.js'
import type { SourceVersions } from './archive/narrow.js'
import type { ArchiveNeeds } from './archive/needs.js'
import type { PackagesIndex } from './archive/packages-index.js'
import type { Session } from './archive/session.js'
import type { StableRelease } from './archive/stable.js'
import { indexStanzas } from './archive/stanzas.js'
import type { FetchedSuite, SuiteAnswer } from './archive/suite.js'
import type { BaseAnswers } from './base/ask.js'

/**
 * The archive's answers as documents: archive.json, and packages-N.txt for each index with the stanzas of the image's
 * packages, in the order of the index. Everything that was answered is there, even if there is a problem.
 * @param unaskedMirrors mirrors that only the image names, which were not asked
 */
export function archiveEvidence(
  subject: ArchiveNeeds,
  answers: readonly SuiteAnswer[],
  unaskedMirrors: readonly string[],
  stable: StableRelease | null,
  elsewhere: ElsewhereRead,
  session: Session,
): CollectedEvidence & Pick<Evidence, 'problem'> {
  const { now, trust } = session
  const support = supportOf(subject.codename, now.toISOString().slice(0, 10), trust.support)
  const documents: Record<string, string> = {}
  const fetched = answers.flatMap((answer) => answer.fetched ?? [])
  // The first stanza of a security index is for the canary, whether or not the image has that package.
  const isOfReleaseSuite = (suite: string, name: string, at: number) =>
    subject.names.has(name) || (at === 0 && suite === `${subject.codename}-security`)
  const installed = installedSources(subject)
  const suites = fetched.map((suite) => suiteDocument(suite, isOfReleaseSuite, documents, installed))
  const failed = answers
    .filter((answer) => answer.fetched === null)
    .map((answer) => ({ suite: answer.plan.suite, problem: problemOfSuite(answer, unaskedMirrors, support) }))
  const archive = {
    codename: subject.codename,
    architectures: { native: subject.native, foreign: subject.foreign },
    asked: answers.flatMap(answersOf),
    notAsked: [...new Set(unaskedMirrors)],
    suites,
    failed,
    elsewhere: elsewhereDocument(elsewhere, subject.names, documents, installed),
    stable,
    support,
  }
  documents['archive.json'] = `${JSON.stringify(archive, null, 1)}\n`
  const required = new Set(answers.filter(({ plan }) => plan.required).map(({ plan }) => plan.suite))
  const missing = failed.filter(({ suite }) => required.has(suite)).map(({ problem }) => problem)
  // If the release itself is gone from the mirrors, that explains why its other suites are missing.
  const problem = missing.find(({ code }) => GONE_CODES.includes(code)) ?? missing[0] ?? null
  // A release that was moved to archive.debian.org is an answer: it has reached its end of life.
  const isArchived = problem?.code === ARCHIVED_CODE
  if (isArchived) {
    documents['archived.json'] = JSON.stringify(problem)
  }
  return {
    documents,
    sources: [...fetched.flatMap(sourcesOf), ...sourcesOfOtherSuites(elsewhere, subject.names)],
    problem: isArchived ? null : problem,
  }
}

/** A suite for archive.json; the stanzas of its indexes become documents. */
function suiteDocument(
  suite: FetchedSuite,
  isWanted: (suite: string, name: string, at: number) => boolean,
  documents: Record<string, string>,
  installed: InstalledSources,
) {
  const { files: _, acquireByHash: __, ...release } = suite.release
  return {
    suite: suite.plan.suite,
    archive: suite.plan.archive,
    url: suite.mirror,
    release,
    signedBy: suite.signedBy,
    inReleaseSha256: suite.sha256,
    indexes: suite.indexes.map(({ component, architecture, sha256, rows, stanzas, sourceVersions }) => {
      const document = `packages-${Object.keys(documents).length}.txt`
      const relevantStanzas = stanzas.filter(({ name }, at) => isWanted(suite.plan.suite, name, at))
      const text = relevantStanzas.map((one) => one.text).join('\n')
      documents[document] = text
      const underOtherNames = newerUnderOtherNames(suite.plan.suite, sourceVersions, text, installed)
      const otherNames = Object.keys(underOtherNames).length === 0 ? {} : { underOtherNames }
      return { component, architecture, sha256, rows, document, ...otherNames }
    }),
    missingComponents: suite.missing,
  }
}

interface InstalledSources extends Pick<ArchiveNeeds, 'codename' | 'native'> {
  /** Source package -> its lowest installed version. */
  readonly lowest: ReadonlyMap<string, string>
}

function installedSources({ codename, native, packages }: ArchiveNeeds): InstalledSources {
  const lowest = new Map<string, string>()
  for (const { source, sourceVersion } of packages.flatMap(judgedAs)) {
    const known = lowest.get(source)
    if (known === undefined || compareVersions(sourceVersion, known) < 0) {
      lowest.set(source, sourceVersion)
    }
  }
  return { codename, native, lowest }
}

/**
 * Versions of source packages above the installed ones of which an index of the release has only binary packages of
 * other names: a library's name changes with its interface, and a kernel's with its version.
 * @param text the stanzas of the image's packages
 */
function newerUnderOtherNames(
  suite: string,
  sourceVersions: SourceVersions,
  text: string,
  { codename, native, lowest }: InstalledSources,
): Record<string, string> {
  if (!releaseSuites(codename).includes(suite)) {
    return {}
  }
  const newer = [...sourceVersions].filter(([source, version]) => {
    const installed = lowest.get(source)
    return installed !== undefined && compareVersions(installed, version) < 0
  })
  const offered = (newer.length === 0 ? [] : indexStanzas(text, 'index')).flatMap((stanza) => {
    const one = readVersion(stanza, native)
    return [{ source: one.source, version: one.sourceVersion }, signedFrom(one) ?? []].flat()
  })
  const isOffered = ([source, version]: readonly [string, string]) =>
    offered.some((one) => one.source === source && compareVersions(one.version, version) >= 0)
  return Object.fromEntries(newer.filter((one) => !isOffered(one)))
}

/**
 * What was read for packages that the release's own indexes leave open. A component of the release itself
 * counts for all packages.
 * @param ofImage names of all packages
 */
function elsewhereDocument(
  { answers, names }: ElsewhereRead,
  ofImage: ReadonlySet<string>,
  documents: Record<string, string>,
  installed: InstalledSources,
) {
  return {
    asked: answers.flatMap(answersOf),
    suites: answers.flatMap(({ plan, fetched }) => {
      const { place, release: row } = plan
      const neededNames = place === 'own' ? ofImage : names
      const isWanted = (_: string, name: string) => neededNames.has(name)
      return fetched === null
        ? []
        : [{ ...suiteDocument(fetched, isWanted, documents, installed), place, row }]
    }),
    unread: answers.flatMap((answer) => {
      const why = unreadBecause(answer)
      return why === null ? [] : [{ suite: answer.plan.suite, why }]
    }),
  }
}

function answersOf({ asked }: SuiteAnswer) {
  return asked.map(({ suite, url, from, date, problem }) => ({
    suite,
    url,
    from,
    date,
    outcome: problem?.code ?? 'ok',
    detail: problem?.what ?? null,
  }))
}

/** Adds the answers of registries and the engine about the base to the evidence. */
export function withBase(
  evidence: CollectedEvidence,
  { asked, atHand, sources, packages }: BaseAnswers,
): CollectedEvidence {
  const text = `${JSON.stringify({ asked, atHand }, null, 1)}\n`
  const packagesDocument = packages === null ? {} : { [PACKAGES_DOCUMENT]: `${JSON.stringify(packages)}\n` }
  const documents = { ...evidence.documents, [BASE_DOCUMENT]: text, ...packagesDocument }
  return { ...evidence, documents, sources: [...evidence.sources, ...sources] }
}

function sourcesOf({ plan, release, url, sha256, indexes, signedBy, readAt }: FetchedSuite): Source[] {
  const shared = { fetchedAt: readAt, date: release.date, signedBy }
  return [
    { name: `debian-archive ${plan.suite}`, url, sha256, rows: null, ...shared },
    ...indexes.map((index) => ({
      name: `debian-archive ${plan.suite} ${index.component} ${index.architecture}`,
      url: index.url,
      sha256: index.sha256,
      rows: index.rows,
      ...shared,
    })),
  ]
}

/** The problems of a mirror that did not answer. */
const SILENT_CODES: readonly ProblemCode[] = ['http-unreachable', 'http-timeout', 'http-cut']

/**
 * For each suite beyond the release, the Release file, which names all of its indexes: archive.json has
 * these. For the release's own suites, whose Release files are listed already, the indexes of further
 * components that have a package of the image.
 */
function sourcesOfOtherSuites({ answers }: ElsewhereRead, installed: ReadonlySet<string>): Source[] {
  return answers.flatMap(({ plan, fetched }) => {
    if (fetched === null) {
      return []
    }
    if (plan.place === 'own') {
      const hasInstalledPackage = ({ stanzas }: PackagesIndex) =>
        stanzas.some(({ name }) => installed.has(name))
      return sourcesOf({ ...fetched, indexes: fetched.indexes.filter(hasInstalledPackage) }).slice(1)
    }
    const { release, url, sha256, signedBy, readAt } = fetched
    const name = `${ELSEWHERE_SOURCE} ${plan.suite}`
    return [{ name, url, sha256, rows: null, fetchedAt: readAt, date: release.date, signedBy }]
  })
}

/** The most informative problem of several mirrors: a bad answer rather than none. */
function problemOfSuite(
  { plan, asked }: SuiteAnswer,
  unaskedMirrors: readonly string[],
  { codename, state }: Support,
): Problem {
  const problems = asked.flatMap(({ problem }) => problem ?? [])
  const reported = problems.filter(({ code }) => !SILENT_CODES.includes(code))
  const isKnownToMirrors = asked.some(({ date }) => date !== null)
  const absent =
    reported.length > 0 && reported.every(({ code }) => code === 'archive-not-found') && !isKnownToMirrors
  const where = plan.suite
  if (where === codename && absent && state === 'end-of-life') {
    const what = `${codename} has reached its end of life and is no longer on the mirrors (archive.debian.org keeps its last state); it gets no more updates`
    return withAdvice({ code: ARCHIVED_CODE, what, where })
  }
  const mainProblem = reported.find(({ code }) => code !== 'archive-not-found') ?? reported[0] ?? problems[0]
  const problem =
    (where === codename && absent ? undefined : mainProblem) ??
    withAdvice({ code: 'archive-no-such-release', what: `no mirror has a release named ${where}`, where })
  const [unaskedMirror] = unaskedMirrors
  const hint = `${unaskedMirror} was not contacted, because only the image names it; if you trust it, set debian-mirror or debian-security-mirror to this URL`
  return unaskedMirror === undefined ? problem : { ...problem, todo: `${problem.todo}; ${hint}` }
}

const ARCHIVED_CODE = 'archive-release-archived'
const GONE_CODES = [ARCHIVED_CODE, 'archive-no-such-release']

type AddedDocuments = Pick<Evidence, 'documents' | 'sources'>

export const NO_DOCUMENTS: AddedDocuments = { documents: {}, sources: [] }

/**
 * The tracker's rows of the image's source packages as tracker.json; or tracker-problem.json, which says why
 * there are none. Missing updates are known even without the tracker.
 */
export async function trackerDocuments(
  wanted: readonly RowRequest[],
  tracker: Promise<OpenTracker>,
  signal: AbortSignal,
): Promise<AddedDocuments> {
  try {
    const { tracker: rows, source } = await (await tracker).narrow(wanted)
    const text = writeTracker(selectRows(rows, wanted))
    return { documents: { 'tracker.json': text }, sources: [source] }
  } catch (error) {
    signal.throwIfAborted()
    const text = JSON.stringify(problemOf(error, 'tracker'))
    return { documents: { 'tracker-problem.json': text }, sources: [] }
  }
}
