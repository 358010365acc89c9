import { compareVersions, isValidVersion } from '../../../debian/version.js'
import { NO_RATINGS, type Ratings } from '../../../feeds/formats/documents.js'
import { debianNote } from '../../../feeds/formats/tracker.js'
import {
  type Agreement,
  type Binary,
  type Cvss,
  cached,
  compareText,
  type Severity,
  scorerKind,
  severityOfScore,
  severityOfUrgency,
  type Vulnerability,
} from '../../../model/index.js'
import type { Database } from './databases.js'
import type { ClairMatch } from './join.js'
import { type ClairPackage, severityByClair } from './report.js'

/** The finding for a match. @param layers the image's diff_ids, oldest first */
export function findingOf(
  match: ClairMatch,
  layers: readonly string[],
  ratings: Ratings = NO_RATINGS,
): Vulnerability {
  const { id, source, row, database, clair } = match
  const agreement = agreementOf(match)
  const binaries = binariesOf(match)
  const essential = [...new Set(match.installed.flatMap((one) => (one.essential ? [one.name] : [])))]
    .filter((name) => binaries.some((binary) => binary.name === name))
    .toSorted()
  const version = lowestVersion(versionsOf(match))
  const fixedVersion = fixOf(row ? row.fixedVersion : (clair?.fixedIn ?? null))
  const cvss = ratings.cvss(id)
  return {
    check: 'clair',
    id,
    cves: id.startsWith('CVE-') ? [id] : [],
    package: source,
    version,
    fixedVersion,
    // Until archive indexes are read, the version that the tracker names counts.
    installable: fixedVersion === null ? null : true,
    ...severityOf(match, cvss),
    binaries,
    layer: layerOf(match, binaries, layers),
    links: row ? [`https://security-tracker.debian.org/tracker/${id}`] : [...(clair?.links ?? [])].sort(),
    debian: row ? debianNote(row) : null,
    kev: ratings.kev(id),
    cvss,
    epss: ratings.epss(id),
    // Filled in from the security-updates check, which reads Debian's changelogs.
    fixDay: null,
    agreement,
    facts: {
      ...(clair && {
        clairSeverity: clair.severity,
        clairNormalizedSeverity: clair.normalizedSeverity,
        clairFixedIn: clair.fixedIn,
      }),
      ...(row && { urgency: row.urgency, trackerStatus: row.status }),
    },
    ...(essential.length === 0 ? {} : { essential }),
    packageDb: database.path,
    release: match.release,
    signedSources: signedSources(match),
    explanation: explainDisagreement(match, agreement, version),
    archiveOffers: null,
  }
}

/**
 * Whether the source package's version confirms Clair's report; `null` if that is not known, because the tracker has no
 * row, or dpkg does not list the package that Clair found.
 */
function agreementOf({ row, reported, vulnerable, installed }: ClairMatch): Agreement | null {
  if (reported.length === 0) {
    return 'missed-by-clair'
  }
  if (vulnerable.length > 0) {
    return 'confirmed'
  }
  const names = new Set(installed.map(({ name }) => name))
  return row !== null && reported.every(({ name }) => names.has(name)) ? 'refuted' : null
}

/** The source packages that carry the signature for this one; none if no signed package is affected. */
function signedSources({ vulnerable, installed }: ClairMatch): string[] {
  const affectedPackages = vulnerable.length > 0 ? vulnerable : installed
  return [...new Set(affectedPackages.flatMap(({ signedSource }) => signedSource ?? []))].sort()
}

/** The versions of the vulnerable binary packages; without any, those that dpkg lists, else those that Clair lists. */
function versionsOf({ vulnerable, installed, reported }: ClairMatch): readonly string[] {
  if (vulnerable.length > 0) {
    return vulnerable.map(({ sourceVersion }) => sourceVersion)
  }
  if (installed.length > 0) {
    return installed.map(({ sourceVersion }) => sourceVersion)
  }
  return reported.map(({ version, source }) => source?.version || version)
}

/** Packages of other ecosystems do not have Debian versions, so they are sorted as text. */
function lowestVersion(versions: readonly string[]): string | null {
  const order = versions.every(isValidVersion) ? compareVersions : () => 0
  const [first] = [...versions].sort((a, b) => order(a, b) || compareText(a, b))
  return first ?? null
}

function binariesOf({ vulnerable, installed, reported }: ClairMatch): readonly Binary[] {
  const names = new Set(reported.map(({ name }) => name))
  const namedPackages = installed.filter(({ name }) => names.has(name))
  const chosen = [vulnerable, namedPackages, reported].find((some) => some.length > 0) ?? []
  const unique = new Map(
    chosen.map(({ name, version, architecture }) => [
      [name, architecture, version].join('\n'),
      { name, version, architecture },
    ]),
  )
  return [...unique].sort(([a], [b]) => compareText(a, b)).map(([, binary]) => binary)
}

/** The oldest layer that added one of the binaries in its present version, according to Clair. */
function layerOf(
  { database }: ClairMatch,
  binaries: readonly Binary[],
  layers: readonly string[],
): string | null {
  const reported = reportedIn(database)
  const packages = binaries.flatMap(({ name, version }) => reported.get(`${name}\n${version}`) ?? [])
  const layersWithPackage = new Set(packages.flatMap(({ places }) => places.map(({ layer }) => layer)))
  return layers.find((layer) => layersWithPackage.has(layer)) ?? null
}

/** Each of thousands of findings looks its packages up. */
const reportedIn = cached((database: Database) =>
  Map.groupBy(database.reported, ({ name, version }) => `${name}\n${version}`),
)

/**
 * The CVSS rating, if there is one; else the tracker's urgency; else Clair's own severity. What Debian calls
 * unimportant has no effect on its packages, however others rate it.
 */
function severityOf(
  { row, clair }: ClairMatch,
  cvss: Cvss | null,
): { severity: Severity; severitySource: string | null } {
  const unimportant = row !== null && severityOfUrgency(row.urgency) === 'negligible'
  if (cvss !== null && !unimportant) {
    return { severity: severityOfScore(cvss.score), severitySource: scorerKind(cvss.scorer) }
  }
  // Clair's Debian updater passes on the tracker's urgency as its severity.
  const urgency = row ? row.urgency : clair?.updater === 'debian/updater' ? clair.severity : null
  const severity =
    urgency !== null ? severityOfUrgency(urgency) : severityByClair(clair?.normalizedSeverity ?? '')
  if (severity === 'unknown') {
    return { severity, severitySource: null }
  }
  return { severity, severitySource: urgency !== null ? 'debian-tracker' : 'clair' }
}

/** The tracker's `0` is not a version: the release was never affected. */
function fixOf(version: string | null): string | null {
  return version === '' || version === '0' ? null : version
}

/**
 * One sentence on why Clair and the source package's version disagree; `null` if they agree.
 * @param version the source package's, as in the finding
 */
function explainDisagreement(
  match: ClairMatch,
  agreement: Agreement | null,
  version: string | null,
): string | null {
  if (agreement === 'confirmed') {
    return null
  }
  if (agreement === 'missed-by-clair') {
    return `${missedMatchReason(match)}; ${trackerText(match, version)}`
  }
  const [one] = sortedByName(match.reported)
  const saw = one ? `${one.name} ${one.version}` : match.source
  if (agreement === 'refuted') {
    return `Clair compared the version of the binary package ${saw}; ${trackerText(match, version)}`
  }
  if (match.row !== null) {
    return `Clair found ${saw}, which dpkg does not list as installed`
  }
  return `Clair reported ${saw}; the security tracker data has no entry for this vulnerability in ${match.source}`
}

/** Why Clair missed it (claircore, dpkg/scanner.go, dpkg/distroless_scanner.go, debian/matcher.go). */
function missedMatchReason({ database, vulnerable, source, release }: ClairMatch): string {
  const [one] = sortedByName(vulnerable)
  if (release !== null) {
    return "Clair has advisories only for the image's own release"
  }
  if (!one) {
    return 'Clair did not report this vulnerability'
  }
  if (database.reported.length === 0) {
    return `Clair reported no packages in ${database.path}`
  }
  const [reported] = sortedByName(
    database.reported.filter(({ name }) => vulnerable.some((each) => each.name === name)),
  )
  if (!reported) {
    return `Clair skips ${one.name}, because its dpkg status is "${one.want} ${one.flag} ${one.state}"`
  }
  if (reported.source === null) {
    return `Clair found no source package for ${reported.name}`
  }
  if (reported.source.name !== source) {
    return `Clair attributed ${reported.name} to the source package "${reported.source.name}"`
  }
  return `Clair compared the version of the binary package ${reported.name} ${reported.version}`
}

function trackerText({ source, row, vulnerable, release }: ClairMatch, version: string | null): string {
  const is = `the source package ${source} is at version ${version}${release === null ? '' : `, from ${release}`}`
  if (row === null) {
    return is
  }
  if (row.status !== 'resolved') {
    return `${is}, and the security tracker lists the vulnerability as ${row.status}`
  }
  if (row.fixedVersion === null) {
    return `${is}, and the security tracker lists no fixed version`
  }
  if (row.fixedVersion === '0') {
    return `${is}, and Debian says that the release was never affected`
  }
  return `${is}, ${vulnerable.length > 0 ? 'below' : 'not below'} the fixed version ${row.fixedVersion}`
}

function sortedByName<T extends Pick<ClairPackage, 'name' | 'version'>>(
  packages: readonly T[],
): readonly T[] {
  const key = ({ name, version }: T) => `${name}\n${version}`
  return [...packages].sort((a, b) => compareText(key(a), key(b)))
}
