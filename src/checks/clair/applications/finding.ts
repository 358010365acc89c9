import { OSV_SCORER, scorerKind } from '../../../feeds/formats/cvss.js'
import type { Ratings } from '../../../feeds/formats/documents.js'
import type { ApplicationItem, ApplicationPlace } from '../../../inventory/application/inventory.js'
import type { PurlType } from '../../../model/application.js'
import { type ApplicationFinding, packageOfPurl } from '../../../model/finding/application.js'
import type { Common } from '../../../model/finding/common.js'
import { osvPage } from '../../../model/finding/kinds.js'
import { severityOfScore } from '../../../model/severity.js'
import type { Ecosystem } from '../../../osv/ecosystem.js'
import type { OsvMatch, OsvPackage } from '../../../osv/match.js'
import type { Agreed } from './agreement.js'

/** Places that a finding lists, and characters of each; whoever wants all asks the inventory. */
const LISTED = 20
const LONGEST = 160

/** Whose ids an ecosystem's own database gives; of the others GitHub's advisories are the database. */
const OWN_IDS: Readonly<Partial<Record<Ecosystem, string>>> = { Go: 'GO-', PyPI: 'PYSEC-' }

interface About {
  readonly of: OsvPackage
  readonly item: ApplicationItem & { readonly kind: PurlType; readonly purl: string }
  /** The smallest version above the installed one that nothing affects. */
  readonly settles: string | null
  /** diff_ids of the image, oldest first. */
  readonly layers: readonly string[]
  /** How Clair's word on it goes with ours. */
  readonly agreed: Agreed
}

/** The finding of one weakness of one package. */
export function applicationFinding(match: OsvMatch, about: About, ratings: Ratings): ApplicationFinding {
  const { of, item, settles, layers, agreed } = about
  const [id = ''] = match.ids
  const cves = match.ids.filter((one) => one.startsWith('CVE-'))
  const known = bringers(item, layers)
  const { places, more } = listedPlaces(item.places)
  const kev = cves.map(ratings.kev)
  const epss = cves.flatMap((cve) => ratings.epss(cve) ?? []).sort((a, b) => b.probability - a.probability)
  return {
    check: 'clair',
    subject: 'application',
    id,
    ids: match.ids,
    own: ownId(match, of.ecosystem),
    cves,
    package: packageOfPurl(item.purl),
    kind: item.kind,
    purl: item.purl,
    version: item.version,
    fixedVersion: match.fixed.next,
    // No archive says what can be installed: a version that an advisory names can be.
    installable: match.fixed.next === null ? null : true,
    fixDay: match.fixed.next === null ? null : match.published,
    newest: match.fixed.newest,
    settles,
    ...severityOf(match, cves, ratings),
    binaries: [],
    paths: places,
    morePaths: more,
    layer: known[0] ?? null,
    layers: known,
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

/**
 * The highest rating of its CVEs by decision 13; where nobody has rated them, or it has none, the highest of the
 * records, else the database's word.
 */
function severityOf(
  { rating }: OsvMatch,
  cves: readonly string[],
  ratings: Ratings,
): Pick<Common, 'severity' | 'severitySource' | 'cvss'> {
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

/** The record that stays: one of the ecosystem's own database, else the first. */
function ownId({ records, ids }: OsvMatch, ecosystem: Ecosystem): string {
  const own = records.find((id) => id.startsWith(OWN_IDS[ecosystem] ?? 'GHSA-'))
  return own ?? records[0] ?? ids[0] ?? ''
}

/** diff_ids of the layers that its places are of, oldest first. */
export function bringers({ places }: Pick<ApplicationItem, 'places'>, layers: readonly string[]): string[] {
  const of = new Set(places.map(({ layer }) => layer))
  return layers.filter((layer) => of.has(layer))
}

/** Each in one line; paths are words from the image. */
export function listedPlaces(all: readonly ApplicationPlace[]): {
  readonly places: readonly string[]
  readonly more: number
} {
  const places = all.slice(0, LISTED).map(({ path, inside }) => {
    const text = `${path}${inside === null ? '' : `:${inside}`}`.replace(/[\r\n]/g, ' ')
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`.toWellFormed()
  })
  return { places, more: Math.max(0, all.length - LISTED) }
}
