import { packageSupport } from '../debian/package-support.js'
import {
  aboutPackage,
  binaryKey,
  compareText,
  type ForeignPackage,
  groupsBy,
  type InstalledPackage,
  type ObstacleFinding,
  obstacle,
} from '../model/index.js'

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
  const foreignByKey = new Map(foreign.map((one) => [binaryKey(one), one]))
  const releaseOf = (one: InstalledPackage) => {
    const from = foreignByKey.get(binaryKey(one))
    return from === undefined ? codename : from.origin === 'stable' ? from.release : null
  }
  const sourceKey = (one: InstalledPackage) => `${one.source}\n${releaseOf(one) ?? ''}`
  return groupsBy(packages, sourceKey)
    .sort(([a], [b]) => compareText(sourceKey(a), sourceKey(b)))
    .flatMap((group) => {
      const [first] = group
      const release = releaseOf(first)
      const support = release === null ? null : packageSupport(first.source, release, today)
      return support === null || release === null
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
  const limit = state === 'limited' ? 'is limited' : `ends on ${day}`
  const why = `Debian's security support for ${source} in ${release} ${limit}, according to ${list}${hints}`
  return obstacle('support-limited', why, { release, day })
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
