import { judgedAs } from '../debian/signed.js'
import { compareVersions, isValidVersion } from '../debian/version.js'
import type { Binary, Finding } from '../model/finding.js'
import type { InstalledPackage } from '../model/package.js'

/**
 * Whether the fix of each vulnerability can be installed, by what the archive offers: the findings of the check
 * `security-updates` are all that apt would install of this release and architecture, so that the two checks
 * cannot contradict each other. A fix that the tracker names and no update brings is not in the archive yet.
 *
 * Left as it is: what no index that was read holds (another dpkg database than the image's own, what dpkg does not
 * list, components that the image does not name), and an update that is built from another source package, whose
 * versions say nothing about the fix.
 * @param updates findings of `security-updates`
 * @param installed packages of the image's own dpkg database that are in its indexes
 */
export function withArchive(
  findings: readonly Finding[],
  updates: readonly Finding[],
  installed: readonly InstalledPackage[],
): Finding[] {
  const known = new Map(installed.map((one) => [keyOf(one), one]))
  const offers = new Map(updates.filter(isUpdate).map((one) => [one.binaries.map(keyOf)[0] ?? '', one]))
  return findings.map((finding) => {
    const { fixedVersion, facts, agreement } = finding
    if (fixedVersion === null || !isValidVersion(fixedVersion)) return finding
    if (facts.packageDb !== undefined || agreement === 'refuted') return finding
    const concerned = finding.binaries.flatMap((one) => known.get(keyOf(one)) ?? [])
    if (concerned.length === 0) return finding
    const reached = concerned.flatMap((one) => offeredSources(one, offers.get(keyOf(one)), finding.package))
    if (reached.includes('unknown')) return finding
    const installable = reached.some((version) => compareVersions(version, fixedVersion) >= 0)
    const best = reached.sort(compareVersions).at(-1)
    return {
      ...finding,
      installable,
      facts: installable || best === undefined ? facts : { ...facts, archiveOffers: best },
    }
  })
}

/** Versions of the source package that an update of this binary brings; `unknown` for one of another source. */
function offeredSources(
  one: InstalledPackage,
  update: Finding | undefined,
  wanted: string | null,
): readonly string[] {
  if (update === undefined) return []
  const { source = one.source, fixedSource = source, fixedSourceVersion } = update.facts
  if (fixedSourceVersion === undefined || update.fixedVersion === null) return ['unknown']
  const after = {
    ...one,
    version: update.fixedVersion,
    source: fixedSource,
    sourceVersion: fixedSourceVersion,
  }
  const versions = judgedAs(after).filter((judged) => judged.source === wanted)
  return versions.length === 0 ? ['unknown'] : versions.map(({ sourceVersion }) => sourceVersion)
}

/** Also an update that the gate does not ask for brings the fix. */
function isUpdate({ check, fixedVersion, binaries }: Finding): boolean {
  return check === 'security-updates' && fixedVersion !== null && binaries.length === 1
}

function keyOf({ name, version, architecture }: Binary): string {
  return `${name}\n${version}\n${architecture}`
}
