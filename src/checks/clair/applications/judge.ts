import type { Ratings } from '../../../feeds/formats/documents.js'
import {
  type ApplicationItem,
  applicationInventory,
  type KnownPackages,
  ownItems,
} from '../../../inventory/application/inventory.js'
import { type ApplicationKind, isPurlType, type PurlType } from '../../../model/application.js'
import { type ApplicationFinding, packageOfPurl } from '../../../model/finding/application.js'
import type { JudgedApplications, OpenPackage } from '../../../model/finding/index.js'
import type { Image } from '../../../model/image.js'
import { compareText } from '../../../model/order.js'
import { type Problem, withAdvice } from '../../../model/problem.js'
import { ECOSYSTEM_OF, type Ecosystem, nameKey } from '../../../osv/ecosystem.js'
import { matchPackage, type OsvPackage, settlingFix } from '../../../osv/match.js'
import type { OsvRecord } from '../../../osv/record.js'
import { type LookedUp, readOsvDocuments } from './documents.js'
import { applicationFinding, bringers, listedPlaces } from './finding.js'

/** A package that advisories are held against. */
interface Subject {
  readonly item: ApplicationItem & { readonly kind: PurlType; readonly purl: string }
  readonly ecosystem: Ecosystem
}

/**
 * What OSV's advisories say of the packages that the application brought: not of those that a package of Debian owns,
 * which the security tracker judges (docs/decisions/0045).
 * @returns `null` where nobody has looked
 * @throws SeaworthyError `evidence-incomplete`
 */
export function judgeApplications(
  documents: Readonly<Record<string, string>>,
  image: Image,
  known: KnownPackages,
  ratings: Ratings,
): JudgedApplications | null {
  const advisories = readOsvDocuments(documents)
  const inventory = advisories === null ? null : applicationInventory(image, known)
  if (advisories === null || inventory === null) {
    return null
  }
  const byEcosystem = Map.groupBy(subjectsIn(ownItems(inventory)), ({ ecosystem }) => ecosystem)
  const layers = image.layers.map(({ diffId }) => diffId)
  const judged = new Set<ApplicationKind>()
  const problems: Problem[] = []
  const findings: ApplicationFinding[] = []
  const open: OpenPackage[] = []
  for (const [ecosystem, subjects] of byEcosystem) {
    const got = advisories.get(ecosystem) ?? { problem: notAsked(ecosystem) }
    if ('problem' in got) {
      problems.push(got.problem)
      continue
    }
    const missing = notLookedUp(ecosystem, subjects, got)
    if (missing === null) {
      judged.add(subjects[0]?.item.kind as PurlType)
    } else {
      problems.push(missing)
    }
    const recordsOf = recordsByName(ecosystem, got.records)
    for (const { item } of subjects) {
      const of = { ecosystem, name: item.name, version: item.version }
      const said = judgeOne(of, item, recordsOf(item.name), layers, ratings)
      findings.push(...said.findings)
      open.push(...said.open)
    }
  }
  return { findings: findings.sort(byPackageAndId), judged, open, problem: joined(problems) }
}

function judgeOne(
  of: OsvPackage,
  item: Subject['item'],
  records: readonly OsvRecord[],
  layers: readonly string[],
  ratings: Ratings,
): Pick<JudgedApplications, 'findings' | 'open'> {
  const matches = matchPackage(of, records)
  const affected = matches.filter(({ affects }) => affects === 'affected')
  const unknown = matches.filter(({ affects }) => affects === 'unknown')
  const about = { of, item, settles: affected.length === 0 ? null : settlingFix(of, records), layers }
  return {
    findings: affected.map((match) => applicationFinding(match, about, ratings)),
    open:
      unknown.length === 0
        ? []
        : [
            {
              package: packageOfPurl(item.purl),
              version: item.version,
              ids: unknown.flatMap(({ ids }) => ids.slice(0, 1)),
              places: listedPlaces(item.places).places,
              layer: bringers(item, layers)[0] ?? null,
            },
          ],
  }
}

/** Packages by their purl: two spellings of one name (`jupyter_server`, `jupyter-server`) are one package. */
function subjectsIn(items: readonly ApplicationItem[]): readonly Subject[] {
  const found = new Map<string, Subject>()
  for (const item of items) {
    const { kind, purl, places } = item
    if (isPurlType(kind) && purl !== null) {
      const same = found.get(purl)?.item ?? { ...item, kind, purl, places: [] }
      const all = [...same.places, ...places]
      found.set(purl, { item: { ...same, places: all }, ecosystem: ECOSYSTEM_OF[kind] })
    }
  }
  return [...found.values()]
}

/** Names and ecosystems of which advisories are wanted. */
export function namesOf(items: readonly ApplicationItem[]): ReadonlyMap<Ecosystem, ReadonlySet<string>> {
  const names = new Map<Ecosystem, Set<string>>()
  for (const { item, ecosystem } of subjectsIn(items)) {
    names.set(ecosystem, (names.get(ecosystem) ?? new Set()).add(item.name))
  }
  return names
}

function recordsByName(ecosystem: Ecosystem, records: readonly OsvRecord[]) {
  const byKey = new Map<string, OsvRecord[]>()
  for (const record of records) {
    for (const key of new Set(record.affected.map(({ name }) => nameKey(ecosystem, name)))) {
      byKey.set(key, [...(byKey.get(key) ?? []), record])
    }
  }
  return (name: string): readonly OsvRecord[] => byKey.get(nameKey(ecosystem, name)) ?? []
}

/** Records that are not there say nothing of a name that nobody looked up. */
function notLookedUp(
  ecosystem: Ecosystem,
  subjects: readonly Subject[],
  { names }: LookedUp,
): Problem | null {
  const asked = new Set(names)
  const missing = subjects.filter(({ item }) => !asked.has(item.name)).map(({ item }) => item.name)
  return missing.length === 0
    ? null
    : withAdvice({
        code: 'evidence-incomplete',
        what: `advisories about ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ` and ${missing.length - 3} more` : ''} were not looked up`,
        where: `osv-${ecosystem}`,
      })
}

function notAsked(ecosystem: Ecosystem): Problem {
  const what = `the image has ${ecosystem} packages, and their advisories were not looked up`
  return withAdvice({ code: 'evidence-incomplete', what, where: `osv-${ecosystem}` })
}

/** One problem for several ecosystems: all of them are to be put right. */
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
