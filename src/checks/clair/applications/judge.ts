import type { Ratings } from '../../../feeds/formats/documents.js'
import { type Ecosystem, namesPackage } from '../../../feeds/formats/osv/ecosystem.js'
import {
  fixOfAllRecords,
  matchPackage,
  type OsvMatch,
  type OsvPackage,
  withoutMalware,
} from '../../../feeds/formats/osv/match.js'
import type { OsvRecord } from '../../../feeds/formats/osv/record.js'
import {
  applicationInventory,
  type Groups,
  ownItems,
  withGroups,
} from '../../../inventory/application/inventory.js'
import type { KnownPackages } from '../../../inventory/application/owners.js'
import {
  type ApplicationFinding,
  type ApplicationKind,
  compareText,
  type Image,
  type JudgedApplications,
  joinedProblem,
  type Problem,
  packageOfPurl,
} from '../../../model/index.js'
import { clairAccount, indexProblems, itemsOnlyFromClair } from './account.js'
import { type ComparedWithClair, compareWithClair, NO_COMPARISON } from './agreement.js'
import {
  type ApplicationJudging,
  agreementNotes,
  type ClairOnlyResults,
  clairAnswerFor,
  clairOnly,
  differenceProblem,
  findingsOfUnjudged,
  NO_CLAIR_ANSWER,
} from './clair-answer.js'
import { type Advisories, notRequestedError, readOsvDocuments, unrequested } from './documents.js'
import { isOfClair } from './ecosystems.js'
import { classify, type PackageWithOutcome } from './fates.js'
import { applicationFinding, layersOfPlaces, listedPlaces, withClairsFix } from './finding.js'
import { groupsOf } from './groups.js'
import { type ClairApplications, type IndexedApplication, isSamePackage } from './indexed.js'
import { correctionOf, inProjectForm, programCanaryProblem } from './programs.js'
import { type ComparedPackage, comparedPackages, recordsByName } from './subjects.js'

/** Says that they were looked for: elsewhere only kinds with packages are named. */
const NONE_FOUND = 'no application packages found'
const NO_GROUPS: Groups = new Map()
type JudgedAnswer = ClairOnlyResults & Pick<JudgedApplications, 'open'>

/** The results for one ecosystem of which the image, or Clair's index of it, has packages. */
interface JudgedEcosystem extends Omit<JudgedAnswer, 'unexplained'> {
  readonly kinds: ReadonlySet<ApplicationKind>
  readonly problems: readonly Problem[]
  readonly limits: readonly string[]
  readonly isProven: boolean
}

/**
 * What OSV's advisories say about application packages, also those that only Clair lists. Those that Debian packages
 * own are left to the security tracker (docs/decisions/0045). What Clair lists has one outcome (docs/decisions/0047).
 * @param clair its answer; `null`: it was not asked, or failed
 * @returns `null` if nothing was looked up
 * @throws SeaworthyError `evidence-incomplete`
 */
export function judgeApplications(
  documents: Readonly<Record<string, string>>,
  image: Image,
  knownPackages: KnownPackages,
  ratings: Ratings,
  clair: ClairApplications | null = null,
): JudgedApplications | null {
  const advisories = readOsvDocuments(documents)
  const inventory = advisories === null ? null : applicationInventory(image, knownPackages)
  if (advisories === null || inventory === null) {
    return null
  }
  const ownPackages = ownItems(inventory)
  const maven = advisories.get('Maven')
  const groups =
    maven === undefined || 'problem' in maven ? NO_GROUPS : groupsOf(ownPackages, maven.names, maven.records)
  const outcomes =
    clair === null ? [] : classify(clair.packages, { image, inventory, kind: clair.kind, advisories, groups })
  const onlyFromClair = comparedPackages(
    outcomes.flatMap(({ outcome: one }) => (one.side === 'judged' && one.isAlone ? [one.subject.item] : [])),
  )
  const listed = comparedPackages(withGroups(ownPackages, groups))
  const [programs, packages] = [listed.filter(isProgram), listed.filter((one) => !isProgram(one))]
  const judging = { image, ratings, clair, layers: image.layers.map(({ diffId }) => diffId) }
  const judgedPackages = judgeAll([...packages, ...onlyFromClair], outcomes, advisories, judging)
  // Clair does not list programs. For programs, only Go's records about its toolchain are used.
  const judgedPrograms = judgeAll(programs, [], advisories, { ...judging, clair: null })
  const all = [...judgedPackages, ...judgedPrograms]
  const findings = all.flatMap((one) => one.findings).sort(byPackageAndId)
  const more = clair === null ? [] : indexProblems(documents, image, inventory, clair, outcomes)
  const alone = clair === null ? [] : itemsOnlyFromClair(clair, onlyFromClair, outcomes, judging.layers)
  const isWithout = [...ownPackages, ...alone, ...inventory.cut].length === 0
  return {
    findings,
    judged: kindsOf(all, ({ problems }) => problems.length === 0),
    confirming: kindsOf(judgedPackages, ({ isProven }) => isProven),
    groups,
    open: all.flatMap(({ open }) => open),
    alone,
    clair: clair === null ? null : clairAccount(clair, outcomes),
    problem: joinedProblem([...judgedPackages.flatMap(({ problems }) => problems), ...more]),
    programProblem: joinedProblem(judgedPrograms.flatMap(({ problems }) => problems)),
    notes: isWithout ? [NONE_FOUND] : agreementNotes(findings),
    limits: all.flatMap(({ limits }) => limits),
  }
}

function isProgram({ item }: ComparedPackage): boolean {
  return item.kind === 'bitnami'
}

/** The kinds whose packages are all in ecosystems with this property: some kinds have packages in several. */
function kindsOf(all: readonly JudgedEcosystem[], hasProperty: (one: JudgedEcosystem) => boolean) {
  const others = new Set(all.flatMap((one) => (hasProperty(one) ? [] : [...one.kinds])))
  return new Set(all.flatMap(({ kinds }) => [...kinds].filter((kind) => !others.has(kind))))
}

function judgeAll(
  subjects: readonly ComparedPackage[],
  outcomes: readonly PackageWithOutcome[],
  advisories: Advisories,
  judging: Omit<ApplicationJudging, 'isProven'>,
): readonly JudgedEcosystem[] {
  const byEcosystem = Map.groupBy(subjects, ({ ecosystem }) => ecosystem)
  const listed = Map.groupBy(outcomes, ({ indexed }) => indexed.ecosystem)
  return [...new Set<Ecosystem>([...byEcosystem.keys(), ...listed.keys()])].map((ecosystem) => {
    const byClair = isOfClair(ecosystem) ? (listed.get(ecosystem) ?? []) : []
    return judgeEcosystem(ecosystem, byEcosystem.get(ecosystem) ?? [], byClair, advisories, judging)
  })
}

function judgeEcosystem(
  ecosystem: Ecosystem,
  subjects: readonly ComparedPackage[],
  listed: readonly PackageWithOutcome[],
  advisories: Advisories,
  input: Omit<ApplicationJudging, 'isProven'>,
): JudgedEcosystem {
  const osv = advisories.get(ecosystem) ?? { problem: notRequestedError(ecosystem, subjects) }
  const isRead = !('problem' in osv)
  const clairAnswer = isRead && subjects.length > 0 ? clairAnswerFor(input.clair, ecosystem) : NO_CLAIR_ANSWER
  const judging = { ...input, isProven: clairAnswer.isProven }
  const recordsOf = recordsByName(ecosystem, isRead ? osv.records : [])
  const byPurl = Map.groupBy(listed, ({ outcome: to }) => (to.side === 'judged' ? to.subject.item.purl : ''))
  const judgedSubjects = subjects.map((subject) => {
    const indexed = (byPurl.get(subject.item.purl) ?? []).map((one) => one.indexed)
    return judgePackage(subject, recordsOf(subject.item.name), indexed, judging)
  })
  const others = listed.map((one) => findingsOfUnjudged(one, recordsOf(one.indexed.name), judging))
  const unexplained = differenceProblem(
    ecosystem,
    [...judgedSubjects, ...others].flatMap((one) => one.unexplained),
  )
  const missing = isRead ? unrequested(ecosystem, subjects, osv) : subjects.length > 0 ? osv.problem : null
  const canary = ecosystem === 'Bitnami' && isRead ? programCanaryProblem(subjects, recordsOf) : null
  return {
    kinds: new Set(subjects.map(({ item }) => item.kind)),
    findings: [...judgedSubjects, ...others].flatMap(({ findings }) => findings),
    open: judgedSubjects.flatMap(({ open }) => open),
    problems: [missing, canary, clairAnswer.problem, unexplained].flatMap((one) => one ?? []),
    limits: clairAnswer.limits,
    isProven: clairAnswer.isProven,
  }
}

function judgePackage(
  { item, ecosystem }: ComparedPackage,
  all: readonly OsvRecord[],
  indexed: readonly IndexedApplication[],
  judging: ApplicationJudging,
): JudgedAnswer {
  const { layers, ratings } = judging
  const osv = packageOf({ item, ecosystem })
  const isLoose = item.places.every((place) => place.isLoose)
  const records = isLoose ? withoutMalware(all) : all
  const matches = matchPackage(osv, records)
  const compared = matches.map((match) => ({
    match,
    result: comparisonFor(match, { item, ecosystem }, records, judging),
  }))
  const counted = compared.filter(({ result }) => result.isFinding)
  const settles = counted.length === 0 ? null : fixOfAllRecords(osv, records)
  const unknown = compared.filter(({ match, result }) => match.affects === 'unknown' && !result.isFinding)
  const answered = new Set([...counted, ...unknown].flatMap(({ match }) => match.ids))
  const reported = indexed.flatMap((one) => one.reported)
  const open = reported.filter(({ id }) => !answered.has(id))
  const clairs = clairOnly(open, { item, ecosystem }, 'no advisory that Seaworthy read says so', judging)
  const openPackage = {
    package: packageOfPurl(item.purl),
    version: item.version,
    ids: unknown.flatMap(({ match }) => match.ids.slice(0, 1)),
    places: listedPlaces(item.places).places,
    layer: layersOfPlaces(item, layers)[0] ?? null,
  }
  return {
    findings: [
      ...counted.map(({ match, result: agreement }) =>
        withClairsFix(
          inProjectForm(applicationFinding(match, { osv, item, settles, layers, agreement }, ratings)),
          reported,
        ),
      ),
      ...clairs.findings,
    ],
    open: unknown.length === 0 ? [] : [openPackage],
    unexplained: [
      ...compared
        .filter(({ result }) => result.isUnexplained)
        .map(({ match, result }) => {
          const verb = result.agreement === 'missed-by-clair' ? 'Clair does not report' : 'only Clair reports'
          return `${verb} ${match.ids[0]} for ${packageOfPurl(item.purl)} ${item.version ?? ''}`.trim()
        }),
      ...clairs.unexplained,
    ],
  }
}

/** What advisories are compared with. A program's processors count if they are known for all its paths. */
function packageOf({ item, ecosystem }: ComparedPackage): OsvPackage {
  const { name, version, places } = item
  const knownArchitectures = places.flatMap(({ arch }) => arch ?? [])
  const architectures = knownArchitectures.length === places.length ? knownArchitectures : null
  // A version from a module proxy or crates.io is a published one, so a single such place is enough.
  const isFromCheckout = places.length > 0 && places.every((place) => place.isFromCheckout)
  return { ecosystem, name, version, architectures, isFromCheckout }
}

/** Clair's answer about one vulnerability of a package, compared with ours. */
function comparisonFor(
  match: OsvMatch,
  { item, ecosystem }: ComparedPackage,
  records: readonly OsvRecord[],
  { clair, image, isProven }: ApplicationJudging,
): ComparedWithClair {
  const ownResult = { ...NO_COMPARISON, isFinding: match.affects === 'affected', isUnexplained: false }
  if (item.kind === 'bitnami') {
    return { ...ownResult, ...correctionOf(match, item) }
  }
  // What an external Clair reports counts even if it does not have all advisories.
  if (clair === null || !isOfClair(ecosystem) || (!isProven && clair.kind === 'own')) {
    return ownResult
  }
  const { architectures = null } = packageOf({ item, ecosystem })
  const { kind, name, version } = item
  const entries = records
    .filter(({ id }) => match.records.includes(id))
    .flatMap(({ affected }) => affected.filter((entry) => namesPackage(ecosystem, entry.name, name)))
  const indexed = clair.packages.filter(
    (one) => one.ecosystem === ecosystem && isSamePackage(one, name, version),
  )
  const own = { ecosystem, kind, name, version, architectures }
  const result = compareWithClair({ clair, image }, own, match, entries, indexed)
  return !isProven && result.agreement === 'missed-by-clair' ? ownResult : result
}

function byPackageAndId(a: ApplicationFinding, b: ApplicationFinding): number {
  return (
    compareText(a.package, b.package) ||
    compareText(a.version ?? '', b.version ?? '') ||
    compareText(a.id, b.id) ||
    compareText(a.own, b.own)
  )
}
