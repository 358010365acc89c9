import type { Ratings } from '../../../feeds/formats/documents.js'
import type { Ecosystem } from '../../../feeds/formats/osv/ecosystem.js'
import type { OsvMatch, OsvPackage } from '../../../feeds/formats/osv/match.js'
import type { ApplicationItem, ApplicationPlace } from '../../../inventory/application/inventory.js'
import {
  type ApplicationFinding,
  type CommonFinding,
  OSV_SCORER,
  osvPage,
  type PurlType,
  packageOfPurl,
  scorerKind,
  severityOfScore,
} from '../../../model/index.js'
import { type ClairVulnerability, severityByClair } from '../matches/report.js'
import type { AgreementOfClair } from './agreement.js'

/** How many paths a finding lists, and how long each may be; the inventory has all of them. */
const MAX_LISTED_PATHS = 20
const MAX_PATH_LENGTH = 160

/** Ecosystems whose own database assigns ids; for the others GitHub's advisories are the database. */
const ID_PREFIXES: Readonly<Partial<Record<Ecosystem, string>>> = {
  Go: 'GO-',
  PyPI: 'PYSEC-',
  Bitnami: 'BIT-',
}

interface FindingFacts {
  readonly osv: OsvPackage
  readonly item: ApplicationItem & { readonly kind: PurlType; readonly purl: string }
  /** The smallest version above the installed one that nothing affects. */
  readonly settles: string | null
  /** diff_ids of the image, oldest first. */
  readonly layers: readonly string[]
  /** Whether Clair's answer about the vulnerability agrees with Seaworthy's. */
  readonly agreement: AgreementOfClair
}

export function applicationFinding(
  match: OsvMatch,
  facts: FindingFacts,
  ratings: Ratings,
): ApplicationFinding {
  const { osv, item, settles, layers, agreement: agreed } = facts
  const [id = ''] = match.ids
  const cves = match.ids.filter((one) => one.startsWith('CVE-'))
  const layerList = layersOfPlaces(item, layers)
  const { places, more } = listedPlaces(item.places)
  const kev = cves.map(ratings.kev)
  const epss = cves.flatMap((cve) => ratings.epss(cve) ?? []).sort((a, b) => b.probability - a.probability)
  return {
    check: 'clair',
    subject: 'application',
    id,
    ids: match.ids,
    own: preferredId(match, osv.ecosystem),
    cves,
    package: packageOfPurl(item.purl),
    kind: item.kind,
    purl: item.purl,
    version: item.version,
    fixedVersion: match.fixed.next,
    // No archive says what can be installed, so a version that an advisory names counts as installable.
    installable: match.fixed.next === null ? null : true,
    fixDay: match.fixed.next === null ? null : match.published,
    newest: match.fixed.newest,
    settles,
    ...severityOf(match, cves, ratings),
    binaries: [],
    paths: places,
    morePaths: more,
    layer: layerList[0] ?? null,
    layers: layerList,
    links: match.records.map(osvPage),
    debian: null,
    kev: kev.includes(true) ? true : kev.includes(false) ? false : null,
    epss: epss[0] ?? null,
    agreement: agreed.agreement,
    explanation: agreed.explanation,
    malware: match.malware,
    summary: match.summary,
  }
}

/** The finding of a vulnerability that only Clair reports, with Clair's severity and fix. */
export function reportedFinding(
  { id, fixedIn, normalizedSeverity, links }: ClairVulnerability,
  facts: Omit<FindingFacts, 'settles'>,
  ratings: Ratings,
): ApplicationFinding {
  const next = fixIn(fixedIn)
  const match: OsvMatch = {
    affects: 'affected',
    ids: [id],
    records: [id],
    fixed: { next, newest: next },
    rating: { severity: 'unknown', cvss: null, of: null },
    malware: id.startsWith('MAL-'),
    summary: '',
    published: null,
  }
  const found = {
    ...applicationFinding(match, { ...facts, settles: null }, ratings),
    links: [...links].sort(),
  }
  const severity = severityByClair(normalizedSeverity)
  return found.severity !== 'unknown' || severity === 'unknown'
    ? found
    : { ...found, severity, severitySource: 'clair' }
}

/** Adds Clair's fixed version to a finding that only Clair reports, if no advisory names one. */
export function withClairsFix(
  finding: ApplicationFinding,
  reported: readonly Pick<ClairVulnerability, 'id' | 'fixedIn'>[],
): ApplicationFinding {
  const isAlone = finding.agreement === null && finding.explanation !== null
  const [next] = reported.flatMap(({ id, fixedIn }) =>
    finding.ids.includes(id) ? (fixIn(fixedIn) ?? []) : [],
  )
  return !isAlone || finding.fixedVersion !== null || next === undefined
    ? finding
    : { ...finding, fixedVersion: next, newest: next, installable: true }
}

/** claircore's OSV updater writes a query, `fixed=2.15.0&introduced=2.13.0`; others write a version. */
function fixIn(text: string): string | null {
  const [, fixed] = /(?:^|&)fixed=([^&]+)/.exec(text) ?? []
  const found = fixed?.replace(/%2b/gi, '+') ?? (/^[\w.:+~-]+$/.test(text) ? text : '')
  return found === '' || found === '0' ? null : found
}

/**
 * The highest rating of its CVEs by decision 13; if they are not rated or it has none, the highest of the
 * records, else the database's severity.
 */
function severityOf(
  { rating }: OsvMatch,
  cves: readonly string[],
  ratings: Ratings,
): Pick<CommonFinding, 'severity' | 'severitySource' | 'cvss'> {
  const [best] = cves.flatMap((cve) => ratings.cvss(cve) ?? []).sort((a, b) => b.score - a.score)
  if (best !== undefined) {
    return {
      severity: severityOfScore(best.score),
      severitySource: scorerKind(best.scorer),
      cvss: best,
    }
  }
  const { severity, cvss, of } = rating
  return {
    severity,
    severitySource: of === null ? null : OSV_SCORER,
    cvss: cvss === null ? null : { ...cvss, scorer: OSV_SCORER },
  }
}

/** The record to keep: one from the ecosystem's own database, else the first. */
function preferredId({ records, ids }: OsvMatch, ecosystem: Ecosystem): string {
  const primaryId = records.find((id) => id.startsWith(ID_PREFIXES[ecosystem] ?? 'GHSA-'))
  return primaryId ?? records[0] ?? ids[0] ?? ''
}

/** diff_ids of the layers that the package's paths come from, oldest first. */
export function layersOfPlaces(
  { places }: Pick<ApplicationItem, 'places'>,
  layers: readonly string[],
): string[] {
  const placeLayers = new Set(places.map(({ layer }) => layer))
  return layers.filter((layer) => placeLayers.has(layer))
}

/** The first places as text, each on one line, and how many more there are. Paths are text from the image. */
export function listedPlaces(all: readonly ApplicationPlace[]) {
  const places = all.slice(0, MAX_LISTED_PATHS).map(({ path, inside }) => {
    return shownText(`${path}${inside === null ? '' : `:${inside}`}`.replace(/[\r\n]/g, ' '))
  })
  return { places, more: Math.max(0, all.length - MAX_LISTED_PATHS) }
}

export function shownText(text: string): string {
  return text.length <= MAX_PATH_LENGTH ? text : `${text.slice(0, MAX_PATH_LENGTH)}…`.toWellFormed()
}

/** For a sentence: names are text from outside, and invisible characters are escaped as in JSON. */
export function visibleText(text: string): string {
  return /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(text) ? text : JSON.stringify(text)
}
