import type { Ratings } from '../../../feeds/formats/documents.js'
import type { Ecosystem } from '../../../feeds/formats/osv/ecosystem.js'
import { matchPackage } from '../../../feeds/formats/osv/match.js'
import type { OsvRecord } from '../../../feeds/formats/osv/record.js'
import type { ApplicationPlace } from '../../../inventory/application/inventory.js'
import { applicationPurl } from '../../../inventory/application/purl.js'
import {
  type ApplicationFinding,
  type Image,
  listText,
  type Problem,
  packageOfPurl,
  withAdvice,
} from '../../../model/index.js'
import { clairAlone } from './agreement.js'
import { isOfClair, pathAt, updaterOf } from './ecosystems.js'
import { type PackageWithOutcome, PURL_TYPES } from './fates.js'
import { applicationFinding, listedPlaces, reportedFinding, visibleText } from './finding.js'
import type { ClairApplications, IndexedApplication } from './indexed.js'
import type { ComparedPackage } from './subjects.js'

export interface ApplicationJudging {
  readonly image: Image
  readonly layers: readonly string[]
  readonly ratings: Ratings
  readonly clair: ClairApplications | null
  /** Whether Clair has proven to know the ecosystem. */
  readonly isProven: boolean
}

/** Whether Clair's answer about an ecosystem counts. */
export interface ClairAnswer {
  readonly isProven: boolean
  readonly problem: Problem | null
  readonly limits: readonly string[]
}

export const NO_CLAIR_ANSWER: ClairAnswer = { isProven: false, problem: null, limits: [] }

/** A Clair that Seaworthy started has to find the canary. If an external one lacks its advisory, a limit says so. */
export function clairAnswerFor(clair: ClairApplications | null, ecosystem: Ecosystem): ClairAnswer {
  if (clair === null || !isOfClair(ecosystem)) {
    return NO_CLAIR_ANSWER
  }
  const { kind, canaries, provenEcosystems, listingEcosystems } = clair
  const canary = canaries[ecosystem]
  if (canary !== undefined && provenEcosystems.has(ecosystem)) {
    return { isProven: true, problem: null, limits: [] }
  }
  if (kind === 'other') {
    const lack =
      canary === undefined && listingEcosystems.has(ecosystem)
        ? `reports none of the ${ecosystem} packages, which does not show whether it has such advisories`
        : `has no ${ecosystem} advisories`
    const note = `the Clair instance at clair-url ${lack}, so these packages were checked against OSV's advisories only`
    return { isProven: false, problem: null, limits: [note] }
  }
  const what = `Clair did not report the canary ${canary?.name ?? 'package'}, so the absence of other ${ecosystem} results proves nothing`
  const problem = withAdvice({ code: 'canary-not-found', what, where: `Clair, ${updaterOf(ecosystem)}` })
  return { isProven: false, problem, limits: [] }
}

export function differenceProblem(ecosystem: Ecosystem, unexplained: readonly string[]): Problem | null {
  const what = `Clair's results and OSV's advisories differ for an unknown reason: ${listText(unexplained, 3, '; ')}`
  return unexplained.length === 0
    ? null
    : withAdvice({ code: 'clair-disagrees', what, where: `osv-${ecosystem}` })
}

export function agreementNotes(findings: readonly ApplicationFinding[]): readonly string[] {
  // Clair knows nothing of programs.
  const clairFindings = findings.filter(({ kind }) => kind !== 'bitnami')
  const count = (agreement: string) => clairFindings.filter((one) => one.agreement === agreement).length
  const counts = [
    [count('confirmed'), 'confirmed by Clair'],
    [count('missed-by-clair'), 'missed by Clair'],
    [count('refuted'), 'reported by Clair but refuted'],
  ] as const
  const texts = counts.flatMap(([number, text]) => (number === 0 ? [] : [`${number} ${text}`]))
  return texts.length === 0 ? [] : [`application packages: ${texts.join(', ')}`]
}

/** What only Clair reports: findings, and sentences about those that contradict Seaworthy for no known reason. */
export interface ClairOnlyResults {
  readonly findings: readonly ApplicationFinding[]
  readonly unexplained: readonly string[]
}

export function findingsOfUnjudged(
  { indexed, outcome }: PackageWithOutcome,
  records: readonly OsvRecord[],
  judging: ApplicationJudging,
): ClairOnlyResults {
  const { ecosystem, reported } = indexed
  switch (outcome.side) {
    case 'judged':
      return { findings: [], unexplained: [] }
    case 'refuted':
      return { findings: refutedFindings(indexed, outcome.reason, records, judging), unexplained: [] }
    default:
      return clairOnly(reported, { item: itemOf(indexed), ecosystem }, outcome.reason, judging)
  }
}

/** Findings about packages that are no longer in the final image, or that belong to a Debian package. */
function refutedFindings(
  indexed: IndexedApplication,
  explanation: string,
  records: readonly OsvRecord[],
  { layers, ratings }: ApplicationJudging,
): readonly ApplicationFinding[] {
  const { ecosystem, name, version, reported } = indexed
  const packageOfClair = { ecosystem, name, version }
  const agreement = { agreement: 'refuted', explanation } as const
  const common = { osv: packageOfClair, item: itemOf(indexed), settles: null, layers, agreement }
  const matches = matchPackage(packageOfClair, records).filter(({ ids }) =>
    reported.some(({ id }) => ids.includes(id)),
  )
  const others = reported.filter(({ id }) => !matches.some(({ ids }) => ids.includes(id)))
  return [
    ...matches.map((match) => applicationFinding(match, common, ratings)),
    ...others.map((one) => reportedFinding(one, common, ratings)),
  ]
}

/**
 * Nothing that Clair reports is dropped: a vulnerability without an advisory is a finding with Clair's own data. A
 * Clair that Seaworthy started has only Seaworthy's advisories, so it contradicts them; an external one has data of its
 * own.
 */
export function clairOnly(
  reported: IndexedApplication['reported'],
  { item, ecosystem }: ComparedPackage,
  why: string,
  { clair, layers, ratings }: ApplicationJudging,
): ClairOnlyResults {
  const { name, version, purl, places } = item
  const { kind } = clair ?? { kind: 'own' }
  const agreement = { agreement: null, explanation: clairAlone({ kind }, why) }
  const common = { osv: { ecosystem, name, version }, item, layers, agreement }
  const subject = visibleText(packageOfPurl(purl)) + (version === null ? '' : ` ${visibleText(version)}`)
  const place = visibleText(listedPlaces(places).places[0] ?? '')
  return {
    findings: reported.map((one) => reportedFinding(one, common, ratings)),
    unexplained:
      kind === 'other'
        ? []
        : reported.map(({ id }) => `only Clair reports ${visibleText(id)} for ${subject} in ${place}`),
  }
}

function itemOf({ ecosystem, name, version, places }: IndexedApplication): ComparedPackage['item'] {
  const kind = PURL_TYPES[ecosystem]
  const applicationPlaces = places.map(({ database, layer }): ApplicationPlace => {
    return { path: pathAt(database), inside: null, layer, owner: { by: 'nobody' } }
  })
  const purl = applicationPurl(kind, name.toWellFormed(), version.toWellFormed())
  return { kind, name, version, purl, places: applicationPlaces }
}
