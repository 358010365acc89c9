import type { Ratings } from '../../../feeds/formats/documents.js'
import {
  applicationInventory,
  type Groups,
  type KnownPackages,
  ownItems,
  withGroups,
} from '../../../inventory/application/inventory.js'
import type { ApplicationKind, PurlType } from '../../../model/application.js'
import { type ApplicationFinding, packageOfPurl } from '../../../model/finding/application.js'
import type { JudgedApplications, OpenPackage } from '../../../model/finding/index.js'
import type { Image } from '../../../model/image.js'
import { compareText } from '../../../model/order.js'
import { type Problem, withAdvice } from '../../../model/problem.js'
import { type Ecosystem, lookUpKeys, namesPackage } from '../../../osv/ecosystem.js'
import { matchPackage, type OsvMatch, type OsvPackage, settlingFix } from '../../../osv/match.js'
import type { OsvRecord } from '../../../osv/record.js'
import { ALONE, compareWithClair, type WordsCompared } from './agreement.js'
import {
  type ApplicationJudging,
  agreementNotes,
  clairsWordOn,
  differing,
  onlyOfClair,
  refutedOnes,
} from './clairs-word.js'
import { type LookedUp, readOsvDocuments } from './documents.js'
import { isOfClair } from './eyes.js'
import { applicationFinding, bringers, listedPlaces } from './finding.js'
import { groupsOf } from './groups.js'
import { type ClairEyes, isSamePackage } from './seen.js'
import { recordsByName, type Subject, subjectsIn } from './subjects.js'

const NO_GROUPS: Groups = new Map()

type Said = Pick<JudgedApplications, 'findings' | 'open'> & {
  /** Set if Clair differs for no known reason. */
  readonly unexplained: readonly string[]
}

/**
 * What OSV's advisories say about the application's packages. Packages that a Debian package owns are left to
 * the security tracker (docs/decisions/0045). If Clair was asked too, its answer is compared with ours
 * (docs/decisions/0047).
 * @param eyes Clair's answer; `null`: it was not asked, or failed
 * @returns `null` if nothing was looked up
 * @throws SeaworthyError `evidence-incomplete`
 */
export function judgeApplications(
  documents: Readonly<Record<string, string>>,
  image: Image,
  known: KnownPackages,
  ratings: Ratings,
  eyes: ClairEyes | null = null,
): JudgedApplications | null {
  const advisories = readOsvDocuments(documents)
  const inventory = advisories === null ? null : applicationInventory(image, known)
  if (advisories === null || inventory === null) {
    return null
  }
  const judging = { image, inventory, ratings, eyes, layers: image.layers.map(({ diffId }) => diffId) }
  const own = ownItems(inventory)
  const maven = advisories.get('Maven')
  const groups =
    maven === undefined || 'problem' in maven ? NO_GROUPS : groupsOf(own, maven.names, maven.records)
  const byEcosystem = Map.groupBy(subjectsIn(withGroups(own, groups)), ({ ecosystem }) => ecosystem)
  const judged = new Set<ApplicationKind>()
  const confirming = new Set<ApplicationKind>()
  const problems: Problem[] = []
  const findings: ApplicationFinding[] = []
  const open: OpenPackage[] = []
  const notes: string[] = []
  for (const [ecosystem, subjects] of byEcosystem) {
    const got = advisories.get(ecosystem) ?? { problem: notAsked(ecosystem) }
    if ('problem' in got) {
      problems.push(got.problem)
      continue
    }
    const kind = subjects[0]?.item.kind as PurlType
    const word = clairsWordOn(eyes, ecosystem)
    const second = word.isProven ? eyes : null
    const all = second === null ? subjects : [...subjects, ...onlyOfClair(ecosystem, subjects, got, judging)]
    const said = judgeEach(all, got.records, { ...judging, eyes: second })
    const missing = notLookedUp(ecosystem, subjects, got)
    const faults = [missing, word.problem, differing(ecosystem, said.unexplained)].flatMap((one) => one ?? [])
    problems.push(...faults)
    notes.push(...word.notes)
    findings.push(...said.findings)
    open.push(...said.open)
    if (faults.length === 0) {
      judged.add(kind)
    }
    if (second !== null) {
      confirming.add(kind)
      findings.push(...refutedOnes(ecosystem, subjects, got.records, judging))
    }
  }
  return {
    findings: findings.sort(byPackageAndId),
    judged,
    confirming,
    groups,
    open,
    problem: joined(problems),
    notes: [...notes, ...agreementNotes(findings)],
  }
}

function judgeEach(
  subjects: readonly Subject[],
  all: readonly OsvRecord[],
  judging: ApplicationJudging,
): Said {
  const [first] = subjects
  const recordsOf = first === undefined ? () => [] : recordsByName(first.ecosystem, all)
  const said = subjects.map((subject) => judgeOne(subject, recordsOf(subject.item.name), judging))
  return {
    findings: said.flatMap(({ findings }) => findings),
    open: said.flatMap(({ open }) => open),
    unexplained: said.flatMap(({ unexplained }) => unexplained),
  }
}

function judgeOne(
  { item, ecosystem }: Subject,
  records: readonly OsvRecord[],
  judging: ApplicationJudging,
): Said {
  const { layers, ratings } = judging
  const of = packageOf({ item, ecosystem })
  const matches = matchPackage(of, records)
  const compared = matches.map((match) => ({
    match,
    word: wordFor(match, { item, ecosystem }, records, judging),
  }))
  const found = compared.filter(({ word }) => word.isFinding)
  const settles = found.length === 0 ? null : settlingFix(of, records)
  const unknown = compared.filter(({ match, word }) => match.affects === 'unknown' && !word.isFinding)
  return {
    findings: found.map(({ match, word }) =>
      applicationFinding(match, { of, item, settles, layers, agreed: word }, ratings),
    ),
    open:
      unknown.length === 0
        ? []
        : [
            {
              package: packageOfPurl(item.purl),
              version: item.version,
              ids: unknown.flatMap(({ match }) => match.ids.slice(0, 1)),
              places: listedPlaces(item.places).places,
              layer: bringers(item, layers)[0] ?? null,
            },
          ],
    unexplained: compared
      .filter(({ word }) => word.isUnexplained)
      .map(({ match, word }) => {
        const says = word.agreement === 'missed-by-clair' ? 'Clair does not report' : 'only Clair reports'
        return `${says} ${match.ids[0]} for ${packageOfPurl(item.purl)} ${item.version ?? ''}`.trim()
      }),
  }
}

/** What advisories are compared with. A program's processors count if they are known for all its paths. */
function packageOf({ item, ecosystem }: Subject): OsvPackage {
  const { name, version, places } = item
  const known = places.flatMap(({ arch }) => arch ?? [])
  const architectures = known.length === places.length ? known : null
  // Where a program took it from a module proxy or crates.io, its version says what it says.
  const isFromCheckout = places.length > 0 && places.every((place) => place.isFromCheckout)
  return { ecosystem, name, version, architectures, isFromCheckout }
}

/** Clair's answer about one vulnerability of a package, compared with ours. */
function wordFor(
  match: OsvMatch,
  { item, ecosystem }: Subject,
  records: readonly OsvRecord[],
  { eyes, image }: ApplicationJudging,
): WordsCompared {
  if (eyes === null || !isOfClair(ecosystem)) {
    return { ...ALONE, isFinding: match.affects === 'affected', isUnexplained: false }
  }
  const { architectures = null } = packageOf({ item, ecosystem })
  const { kind, name, version } = item
  const entries = records
    .filter(({ id }) => match.records.includes(id))
    .flatMap(({ affected }) => affected.filter((entry) => namesPackage(ecosystem, entry.name, name)))
  const seen = eyes.packages.filter((one) => one.ecosystem === ecosystem && isSamePackage(one, name, version))
  return compareWithClair(
    { eyes, image },
    { ecosystem, kind, name, version, architectures },
    match,
    entries,
    seen,
  )
}

/** Missing records prove nothing about a name that was not looked up. */
function notLookedUp(
  ecosystem: Ecosystem,
  subjects: readonly Subject[],
  { names }: LookedUp,
): Problem | null {
  const asked = new Set(names)
  const isAsked = (name: string) =>
    asked.has(name) || lookUpKeys(ecosystem, name).some((key) => asked.has(key))
  const missing = subjects.filter(({ item }) => !isAsked(item.name)).map(({ item }) => item.name)
  return missing.length === 0
    ? null
    : withAdvice({
        code: 'evidence-incomplete',
        what: `advisories for ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ` and ${missing.length - 3} more` : ''} were not looked up`,
        where: `osv-${ecosystem}`,
      })
}

function notAsked(ecosystem: Ecosystem): Problem {
  const what = `the image has ${ecosystem} packages, but no advisories were looked up for them`
  return withAdvice({ code: 'evidence-incomplete', what, where: `osv-${ecosystem}` })
}

/** One problem for several ecosystems: all of them have to be fixed. */
function joined(problems: readonly Problem[]): Problem | null {
  const [first, ...more] = problems
  if (first === undefined || more.length === 0) {
    return first ?? null
  }
  const list = (member: 'what' | 'where' | 'todo') =>
    [...new Set(problems.map((one) => one[member]))].join('; ')
  return { ...first, what: list('what'), where: list('where'), todo: list('todo') }
}

function byPackageAndId(a: ApplicationFinding, b: ApplicationFinding): number {
  return (
    compareText(a.package, b.package) ||
    compareText(a.version ?? '', b.version ?? '') ||
    compareText(a.id, b.id) ||
    compareText(a.own, b.own)
  )
}
