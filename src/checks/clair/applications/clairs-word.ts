import type { Ratings } from '../../../feeds/formats/documents.js'
import {
  type ApplicationInventory,
  type ApplicationItem,
  type ApplicationPlace,
  applicationPurl,
} from '../../../inventory/application/inventory.js'
import { isPurlType, type PurlType } from '../../../model/application.js'
import type { ApplicationFinding } from '../../../model/finding/application.js'
import type { Image } from '../../../model/image.js'
import { type Problem, withAdvice } from '../../../model/problem.js'
import { ECOSYSTEM_OF, type Ecosystem, nameKey } from '../../../osv/ecosystem.js'
import { matchPackage } from '../../../osv/match.js'
import type { OsvRecord } from '../../../osv/record.js'
import { whyNotOwn } from './agreement.js'
import type { LookedUp } from './documents.js'
import { isOfClair, pathAt, updaterOf } from './eyes.js'
import { applicationFinding } from './finding.js'
import { type ClairEyes, isSamePackage, type SeenPackage } from './seen.js'
import { recordsByName, type Subject } from './subjects.js'

/** What is known about an image for judging its packages. */
export interface ApplicationJudging {
  readonly image: Image
  readonly inventory: ApplicationInventory
  readonly layers: readonly string[]
  readonly ratings: Ratings
  readonly eyes: ClairEyes | null
}

/** Whether Clair's answer about an ecosystem counts. */
export interface ClairsWord {
  readonly isProven: boolean
  readonly problem: Problem | null
  readonly notes: readonly string[]
}

const NOT_ASKED: ClairsWord = { isProven: false, problem: null, notes: [] }

/** Our own Clair has to find the canary. An external one may lack such advisories; then a line says so. */
export function clairsWordOn(eyes: ClairEyes | null, ecosystem: Ecosystem): ClairsWord {
  if (eyes === null || !isOfClair(ecosystem)) {
    return NOT_ASKED
  }
  const { kind, canaries, proven } = eyes
  const canary = canaries[ecosystem]
  if (canary !== undefined && proven.has(ecosystem)) {
    return { isProven: true, problem: null, notes: [] }
  }
  if (kind === 'other') {
    const said = `the Clair instance at clair-url has no ${ecosystem} advisories, so these packages were checked against OSV's advisories only`
    return { isProven: false, problem: null, notes: [said] }
  }
  const what = `Clair did not report the canary ${canary?.name ?? 'package'}, so the absence of other ${ecosystem} results proves nothing`
  const problem = withAdvice({ code: 'canary-not-found', what, where: `Clair, ${updaterOf(ecosystem)}` })
  return { isProven: false, problem, notes: [] }
}

export function differing(ecosystem: Ecosystem, unexplained: readonly string[]): Problem | null {
  const more = unexplained.length > 3 ? ` and ${unexplained.length - 3} more` : ''
  return unexplained.length === 0
    ? null
    : withAdvice({
        code: 'clair-disagrees',
        what: `Clair's results and OSV's advisories differ for an unknown reason: ${unexplained.slice(0, 3).join('; ')}${more}`,
        where: `osv-${ecosystem}`,
      })
}

export function agreementNotes(findings: readonly ApplicationFinding[]): readonly string[] {
  const count = (agreement: string) => findings.filter((one) => one.agreement === agreement).length
  const counts = [
    [count('confirmed'), 'confirmed by Clair'],
    [count('missed-by-clair'), 'missed by Clair'],
    [count('refuted'), 'reported by Clair but refuted'],
  ] as const
  const told = counts.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]))
  return told.length === 0 ? [] : [`application packages: ${told.join(', ')}`]
}

/** Packages that only Clair listed, under names that were looked up: no known file shows them. */
export function onlyOfClair(
  ecosystem: Ecosystem,
  subjects: readonly Subject[],
  { names }: Pick<LookedUp, 'names'>,
  { eyes, image, inventory }: ApplicationJudging,
): readonly Subject[] {
  const keys = new Set(names.map((name) => nameKey(ecosystem, name)))
  const others = othersOf(eyes, ecosystem, subjects).filter(
    (seen) =>
      keys.has(nameKey(ecosystem, seen.name)) &&
      whyNotOwn(image, inventory, seen) === null &&
      !inventory.items.some(
        (item) => ofEcosystem(item, ecosystem) && isSamePackage(seen, item.name, item.version),
      ),
  )
  return others.map(({ name, version, places }): Subject => {
    const kind = subjects[0]?.item.kind as PurlType
    const purl = applicationPurl(kind, name, version)
    const at = places.map(({ database, layer }): ApplicationPlace => {
      return { path: pathAt(database), inside: null, layer, owner: { by: 'nobody' } }
    })
    return { ecosystem, item: { kind, name, version, purl, places: at } }
  })
}

/** What Clair reports about packages that are no longer in the final image, or belong to a Debian package. */
export function refutedOnes(
  ecosystem: Ecosystem,
  subjects: readonly Subject[],
  all: readonly OsvRecord[],
  { eyes, image, inventory, layers, ratings }: ApplicationJudging,
): readonly ApplicationFinding[] {
  const kind = subjects[0]?.item.kind as PurlType
  const recordsOf = recordsByName(ecosystem, all)
  return othersOf(eyes, ecosystem, subjects).flatMap((seen) => {
    const known = seen.reported.length === 0 ? null : whyNotOwn(image, inventory, seen)
    if (known === null) {
      return []
    }
    const { name, version } = seen
    const of = { ecosystem, name, version }
    const places = seen.places.map(({ database, layer }): ApplicationPlace => {
      return { path: pathAt(database), inside: null, layer, owner: { by: 'nobody' } }
    })
    const item = { kind, name, version, purl: applicationPurl(kind, name, version), places }
    const agreed = { agreement: 'refuted', explanation: known } as const
    const reported = new Set(seen.reported.map(({ id }) => id))
    return matchPackage(of, recordsOf(name))
      .filter(({ records }) => records.some((id) => reported.has(id)))
      .map((match) => applicationFinding(match, { of, item, settles: null, layers, agreed }, ratings))
  })
}

/** What Clair listed of an ecosystem that is not one of our packages. */
function othersOf(
  eyes: ClairEyes | null,
  ecosystem: Ecosystem,
  subjects: readonly Subject[],
): readonly SeenPackage[] {
  return (eyes?.packages ?? []).filter(
    (seen) =>
      seen.ecosystem === ecosystem &&
      !subjects.some(({ item }) => isSamePackage(seen, item.name, item.version)),
  )
}

function ofEcosystem({ kind }: ApplicationItem, ecosystem: Ecosystem): boolean {
  return isPurlType(kind) && ECOSYSTEM_OF[kind] === ecosystem
}
