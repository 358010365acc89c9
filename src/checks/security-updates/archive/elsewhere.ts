import { hasSecuritySupport, type SupportRow, supportOf } from '../../../debian/support-table.js'
import {
  type ArchiveVersions,
  foreignOf,
  hasUnknownOrigin,
  type SuitePlace,
  type SupportedSuite,
  versionsIn,
} from '../../../inventory/provenance/origin/rule.js'
import type { ForeignPackage, InstalledPackage } from '../../../model/index.js'
import { archiveOf, COMPONENTS, type Mirror, releaseSuites } from './mirrors.js'
import type { ArchiveNeeds, SuitePlan } from './needs.js'
import type { Session } from './session.js'
import { indexStanzas } from './stanzas.js'
import { type FetchedSuite, fetchSuite, type SuiteAnswer } from './suite.js'

/** A suite that is read for packages that the release's own indexes leave open, and how it relates to the image. */
export interface ElsewherePlan extends SuitePlan {
  readonly place: SuitePlace
  /** Codename whose row of the security tracker covers it. */
  readonly release: string
}

export interface ElsewhereAnswer extends SuiteAnswer {
  readonly plan: ElsewherePlan
}

/** The suites that were read in addition to the release's own; none if these contain every package. */
export interface ElsewhereRead {
  readonly answers: readonly ElsewhereAnswer[]
  /** Names of the packages that were searched for. */
  readonly names: ReadonlySet<string>
  readonly foreign: readonly ForeignPackage[]
}

const NOTHING_READ: ElsewhereRead = { answers: [], names: new Set(), foreign: [] }

/**
 * Reads suite after suite until the origin of each package is known: the rest of the release itself and its
 * proposed-updates, then other stable releases, then backports, testing, sid and experimental. Nothing is
 * read if the release's own indexes leave no package open, and no other hosts are asked.
 */
export async function fetchElsewhere(
  subject: ArchiveNeeds,
  own: readonly SuiteAnswer[],
  mirrors: (archive: SuitePlan['archive']) => readonly Mirror[],
  session: Session,
): Promise<ElsewhereRead> {
  const { codename, native, packages } = subject
  const required = own.filter(({ plan }) => plan.required)
  const fetched = required.flatMap((answer) => answer.fetched ?? [])
  if (fetched.length < required.length) {
    // Without the release's own indexes, the origin of no package can be determined.
    return NOTHING_READ
  }
  const suites = fetched.map((one) => componentsRead(one, { place: 'own', release: codename }, subject))
  const archive = (): ArchiveVersions => ({ codename, native, suites, knowsVendors: true })
  const packagesLeft = () => packages.filter((one) => hasUnknownOrigin(one, archive()))
  const first = packagesLeft()
  const answers: ElsewhereAnswer[] = []
  for (const stage of stagesFor(subject, session)) {
    const packagesToFind = packagesLeft()
    if (packagesToFind.length === 0) {
      break
    }
    const architectures = architecturesOf(packagesToFind, subject)
    const plans = stage.map((plan) => ({ ...plan, architectures }))
    const stageAnswers = await Promise.all(
      plans.map(async (plan): Promise<ElsewhereAnswer> => {
        return { ...(await fetchSuite(plan, mirrors(plan.archive), session)), plan }
      }),
    )
    answers.push(...stageAnswers)
    const read = stageAnswers.flatMap((one) => one.fetched && componentsRead(one.fetched, one.plan, subject))
    suites.push(...read.filter((one) => one !== null))
  }
  const unread = answers.some((answer) => unreadBecause(answer) !== null)
  // This includes vendors' packages, which no suite of Debian has.
  const foreign = packages.flatMap((one) => foreignOf(one, archive(), unread) ?? [])
  return { answers, names: new Set(first.map(({ name }) => name)), foreign }
}

/** Why a suite that certainly exists says nothing about a package that it lacks; `null` if its answer counts. */
export function unreadBecause({ plan, asked, fetched }: SuiteAnswer): string | null {
  if (fetched !== null) {
    return fetched.old
  }
  const problems = asked.flatMap(({ problem }) => problem ?? [])
  if (plan.mayLack === true && problems.some(({ code }) => code === 'archive-not-found')) {
    return null
  }
  return problems[0]?.what ?? 'no mirror is known'
}

type SearchStage = readonly Omit<ElsewherePlan, 'architectures'>[]

/** In the order in which a package may be found (decision 33). */
export function stagesFor(
  subject: Pick<ArchiveNeeds, 'codename' | 'suites'>,
  { now, trust }: Pick<Session, 'now' | 'trust'>,
): readonly SearchStage[] {
  const { codename } = subject
  const today = now.toISOString().slice(0, 10)
  const stable = trust.support
    .map((row) => row.codename)
    .filter((one) => one !== codename && hasSecuritySupport(supportOf(one, today, trust.support)))
  const testing = testingIn(trust.support, today)
  const plan = (suite: string, place: SuitePlace, release: string, more: Partial<SuitePlan> = {}) => {
    const planOptions = { components: COMPONENTS, required: false, archive: archiveOf(suite), ...more }
    return { suite, place, release, ...planOptions }
  }
  // An old index is accepted, since it also proves where a version is from.
  const movingSuite = (suite: string, more: Partial<SuitePlan> = {}) =>
    plan(suite, 'moving', SID, { mayBeOld: true, ...more })
  const otherSuites = subject.suites
    .filter(({ required }) => required)
    .flatMap(({ suite, components }) => {
      const otherComponents = COMPONENTS.filter((one) => !components.includes(one))
      return otherComponents.length === 0
        ? []
        : [plan(suite, 'own', codename, { components: otherComponents })]
    })
  const backports = [codename, ...stable].flatMap((one) => [`${one}-backports`, `${one}-backports-sloppy`])
  return [
    [...otherSuites, plan(`${codename}-proposed-updates`, 'proposed', codename, { mayLack: true })],
    stable.flatMap((one) => releaseSuites(one).map((it) => plan(it, 'stable', one))),
    [
      ...backports.map((suite) => movingSuite(suite, { mayLack: true })),
      ...[...testing, SID, 'experimental']
        .filter((one) => one !== codename)
        .map((suite) => movingSuite(suite)),
    ],
  ]
}

const SID = 'sid'

/** The next release: the lowest number of those that are not out yet. */
function testingIn(rows: readonly SupportRow[], today: string): readonly string[] {
  const [next] = rows
    .filter(({ version, released }) => version !== null && (released === null || released > today))
    .sort((a, b) => Number(a.version) - Number(b.version))
  return next === undefined ? [] : [next.codename]
}

/** Packages for all architectures are in each architecture's index. */
function architecturesOf(packages: readonly InstalledPackage[], { native, foreign }: ArchiveNeeds): string[] {
  const usedArchitectures = new Set(packages.map(({ architecture }) => architecture))
  return [native, ...foreign.filter((one) => usedArchitectures.has(one))]
}

function componentsRead(
  { plan, indexes }: FetchedSuite,
  { place, release }: Pick<ElsewherePlan, 'place' | 'release'>,
  { names, native }: ArchiveNeeds,
): SupportedSuite {
  const stanzas = indexes.map((index) => {
    const relevantStanzas = index.stanzas.filter(({ name }) => names.has(name))
    return indexStanzas(relevantStanzas.map(({ text }) => text).join('\n'), index.url)
  })
  return { suite: plan.suite, place, release, versions: versionsIn(stanzas, native) }
}
