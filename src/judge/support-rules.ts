import { packageSupport } from '../debian/package-support.js'
import { mainPackages, readPackages } from '../debian/packages.js'
import { type Finding, isLeftBehind, isObstacle } from '../model/finding/index.js'
import { aboutPackage, type ObstacleFinding, obstacle } from '../model/finding/obstacle.js'
import type { Image } from '../model/image/image.js'
import { mergeLayers } from '../model/image/layers.js'
import { familiarName } from '../model/image/reference.js'
import type { InstalledPackage } from '../model/packages/package.js'
import { type BaseImage, isOfficialBeginning } from '../model/provenance/base-image.js'
import type { ForeignPackage } from '../model/provenance/origin.js'
import { compareText } from '../model/text.js'

/**
 * Findings about installed packages that have no full security support according to Debian's lists
 * (debian-security-support): one per source package, by the list of the release that the package is from. Packages from
 * no stable release already have another finding.
 * @param foreign packages that are not from the image's release
 * @param today YYYY-MM-DD
 */
export function supportFindings(
  packages: readonly InstalledPackage[],
  foreign: readonly ForeignPackage[],
  codename: string,
  today: string,
): ObstacleFinding[] {
  const foreignByKey = new Map(foreign.map((one) => [keyOf(one), one]))
  const releaseOf = (one: InstalledPackage) => {
    const from = foreignByKey.get(keyOf(one))
    return from === undefined ? codename : from.origin === 'stable' ? from.release : null
  }
  const bySource = Map.groupBy(packages, (one) => `${one.source}\n${releaseOf(one) ?? ''}`)
  return [...bySource]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, group]) => {
      const [first] = group
      const release = first === undefined ? null : releaseOf(first)
      const support = first && release ? packageSupport(first.source, release, today) : null
      return support === null || first === undefined || release === null
        ? []
        : [aboutPackage(supportFinding(first, release, support), supportTextOf(first, group, support.see))]
    })
}

function supportFinding(
  { source }: InstalledPackage,
  release: string,
  { state, day, see, list }: NonNullable<ReturnType<typeof packageSupport>>,
): ObstacleFinding {
  const hints = see.length === 0 ? '' : `: ${see.join(', ')}`
  if (state === 'ended' && day !== null) {
    const why = `Debian's security support for ${source} in ${release} ended on ${day}, according to ${list}${hints}`
    return obstacle('support-ended', why, { release, day })
  }
  const limited = `Debian's security support for ${source} in ${release} is limited, according to ${list}${hints}`
  const endText = `Debian's security support for ${source} in ${release} ends on ${day}, according to ${list}${hints}`
  return obstacle('support-limited', state === 'limited' ? limited : endText, { release, day })
}

function supportTextOf(
  { source, sourceVersion }: InstalledPackage,
  group: readonly InstalledPackage[],
  links: readonly string[],
) {
  const binaries = group
    .map(({ name, version, architecture }) => ({ name, version, architecture }))
    .sort((a, b) => compareText(`${a.name} ${a.architecture}`, `${b.name} ${b.architecture}`))
  return { package: source, version: sourceVersion, binaries, links }
}

/**
 * Findings about packages without security updates, or left behind in another release, with the proven official base
 * that they came with: packages that Docker's official images get elsewhere (nginx.org's nginx, PostgreSQL's own
 * packages) are for their makers to update. Only layers that a registry has prove a base; the one with the most
 * layers counts.
 * @param mirrors prefixes that count as Docker's official images
 */
export function withOfficialBase(
  findings: readonly Finding[],
  base: BaseImage | null,
  image: Image | null,
  mirrors: readonly string[],
): readonly Finding[] {
  const official = provenOfficial(base, mirrors)
  if (official === undefined || image === null) {
    return findings
  }
  const hasBaseFindings = findings.some(isTaskOfBaseMaintainer)
  const basePackages = hasBaseFindings ? packagesOf(image, official.layers) : new Set<string>()
  return findings.map((one) =>
    isTaskOfBaseMaintainer(one) && one.binaries.every((binary) => basePackages.has(keyOf(binary)))
      ? ({ ...one, details: { ...one.details, base: familiarName(official.name) } } as typeof one)
      : one,
  )
}

/** Whether only the makers of the base image can replace the package. */
function isTaskOfBaseMaintainer(
  finding: Finding,
): finding is ObstacleFinding<'no-security-support'> | ObstacleFinding<'other-release'> {
  return isObstacle(finding, 'no-security-support') || isLeftBehind(finding)
}

function provenOfficial(base: BaseImage | null, mirrors: readonly string[]) {
  return base?.beginnings.findLast((one) => one.grade === 'proven' && isOfficialBeginning(one, mirrors))
}

/** The proven official base, and the diff_ids of its layers; `null` if there is none. */
export function officialBaseOf(
  base: BaseImage | null,
  { layers }: Pick<Image, 'layers'>,
  mirrors: readonly string[],
): { readonly name: string; readonly layers: ReadonlySet<string> } | null {
  const official = provenOfficial(base, mirrors)
  return official === undefined
    ? null
    : {
        name: familiarName(official.name),
        layers: new Set(layers.slice(0, official.layers).map(({ diffId }) => diffId)),
      }
}

/** Packages installed in the lowest layers; empty if that cannot be read. */
function packagesOf({ layers }: Image, count: number): ReadonlySet<string> {
  try {
    return new Set(mainPackages(readPackages(mergeLayers(layers.slice(0, count)))).map(keyOf))
  } catch {
    return new Set()
  }
}

function keyOf({ name, version, architecture }: Pick<InstalledPackage, 'name' | 'version' | 'architecture'>) {
  return `${name} ${version} ${architecture}`
}
