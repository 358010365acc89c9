import { createHash } from 'node:crypto'
import { parseStanzas } from '../../../../debian/control.js'
import {
  entriesAbove,
  type WantedChangelog,
  wantedChangelogs,
} from '../../../../inventory/provenance/changelog.js'
import { redactUrl } from '../../../../io/http/url.js'
import { type Evidence, type Problem, problemOf, type Source } from '../../../../model/index.js'
import { readVersion } from '../../apt/version.js'
import type { Mirror } from '../mirrors.js'
import type { ArchiveNeeds } from '../needs.js'
import { type PackagesIndex, readIndex } from '../packages-index.js'
import { archiveProblem } from '../problems.js'
import type { Session } from '../session.js'
import type { FetchedSuite, SuiteAnswer } from '../suite.js'
import { changelogInDeb, type DebFile, debsOf } from './deb.js'
import { changelogIn, sourceFileOf } from './source-file.js'

/** What changelogs.json says about one source package. */
export interface ReadChangelog extends WantedChangelog {
  readonly url: string | null
  readonly sha256: string | null
  /** Entries above the installed version; `null` if they could not be read. */
  readonly text: string | null
  readonly problem: Problem | null
}

type ChangelogDocuments = Pick<Evidence, 'documents' | 'sources'>

/** How many source packages are read, and how many at a time. */
const MAX_CHANGELOGS = 60
const AT_ONCE = 4

/**
 * changelogs.json: for each source package with a newer version in the security archive, the entries of its
 * debian/changelog. The chain of signatures is unbroken: InRelease → Sources or Packages → the file with the changelog.
 */
export async function changelogDocuments(
  subject: ArchiveNeeds,
  answers: readonly SuiteAnswer[],
  mirrors: readonly Mirror[],
  session: Session,
): Promise<ChangelogDocuments> {
  const suite = answers.find(({ plan }) => plan.suite === `${subject.codename}-security`)?.fetched
  if (!suite) {
    return { documents: {}, sources: [] }
  }
  const offered = suite.indexes.flatMap(({ stanzas }) =>
    stanzas.filter(({ name }) => subject.names.has(name)),
  )
  const versions = offered.flatMap(({ text }) =>
    parseStanzas(`${text}\n`, suite.url).map((stanza) => readVersion(stanza, subject.native)),
  )
  const requests = wantedChangelogs(subject.packages, versions).slice(0, MAX_CHANGELOGS)
  const base = mirrors.find(({ url }) => redactUrl(url) === suite.mirror)?.url
  if (requests.length === 0 || base === undefined) {
    return changelogsDocument([], [])
  }
  try {
    const indexes = await sourceIndexes(suite, base, requests, session)
    const read: ReadChangelog[] = []
    for (let at = 0; at < requests.length; at += AT_ONCE) {
      const batch = requests
        .slice(at, at + AT_ONCE)
        .map((one) => readChangelog(one, indexes, debsOf(one, offered), base, session))
      read.push(...(await Promise.all(batch)))
    }
    const { release, signedBy } = suite
    const sourceFacts = { fetchedAt: session.now.toISOString(), date: release.date, signedBy }
    const sources = indexes.map(({ component, url, sha256, rows }) => {
      const name = `debian-archive ${suite.plan.suite} ${component} source`
      return { name, url, sha256, rows, ...sourceFacts }
    })
    return changelogsDocument(read, sources)
  } catch (error) {
    session.signal.throwIfAborted()
    const problem = problemOf(error, suite.url)
    const unread = requests.map((one) => ({ ...one, url: null, sha256: null, text: null, problem }))
    return changelogsDocument(unread, [])
  }
}

function changelogsDocument(read: readonly ReadChangelog[], sources: readonly Source[]): ChangelogDocuments {
  return { documents: { 'changelogs.json': `${JSON.stringify(read, null, 1)}\n` }, sources }
}

function sourceIndexes(
  { release, plan, indexes }: FetchedSuite,
  base: string,
  wanted: readonly WantedChangelog[],
  session: Session,
): Promise<readonly PackagesIndex[]> {
  const components = [...new Set(indexes.map(({ component }) => component))]
  const names = new Set(wanted.map(({ source }) => source))
  const request = { base: `${base}dists/${plan.suite}/`, suite: plan.suite, architecture: 'source' }
  return Promise.all(
    components.map((component) =>
      readIndex(release, { ...request, component, mustHaveRows: component === 'main' }, session, names),
    ),
  )
}

/** Reads a changelog from the source package; if the mirror lacks that, from a binary package, which is larger. */
async function readChangelog(
  wanted: WantedChangelog,
  indexes: readonly PackagesIndex[],
  debs: readonly DebFile[],
  base: string,
  session: Session,
): Promise<ReadChangelog> {
  const sources = [
    async () => {
      const file = sourceFileOf(wanted, indexes)
      return { path: file.path, text: await changelogIn(file, `${base}${file.path}`, session) }
    },
    ...debs.map((file) => async () => {
      return { path: file.path, text: await changelogInDeb(file, `${base}${file.path}`, session) }
    }),
  ]
  const problems: Problem[] = []
  for (const source of sources) {
    try {
      const { path, text: changelog } = await source()
      const text = entriesAbove(changelog, wanted.installed)
        .map((entry) => entry.text)
        .join('\n')
      const url = redactUrl(`${base}${path}`)
      if (text === '') {
        const what = 'its changelog has no entry newer than the installed version'
        throw archiveProblem('changelog-missing', what, url)
      }
      const sha256 = createHash('sha256').update(changelog).digest('hex')
      return { ...wanted, url, sha256, text, problem: null }
    } catch (error) {
      session.signal.throwIfAborted()
      problems.push(problemOf(error, wanted.source))
    }
  }
  return { ...wanted, url: null, sha256: null, text: null, problem: problems[0] ?? null }
}
