import { isSafeName, isSafeVersion, packageArgument } from '../../debian/apt/command.js'
import {
  type AptSource,
  type ImageVerdict,
  installableFix,
  isObstacle,
  isOnHold,
  isUpdate,
  otherDatabase,
  type RuledFinding,
  SECURITY_ARCHIVE,
  sorted,
  withoutEnd,
} from '../../model/index.js'

export interface PlannedPackage {
  readonly name: string
  readonly architecture: string
  readonly from: string
  /** The version that the archive's index offers; `null` leaves the choice to apt. */
  readonly to: string | null
  /** CVEs and other ids of findings that it resolves, sorted. */
  readonly fixes: readonly string[]
}

export interface UpdatePlan {
  /** Sorted by name. */
  readonly packages: readonly PlannedPackage[]
  /** Packages that would be updated but are on hold in the image: only whoever put them on hold may end that. */
  readonly packagesOnHold: readonly PlannedPackage[]
  /** Blocking findings that no package update resolves. */
  readonly others: readonly RuledFinding[]
  /** The release whose security suite the image's own sources lack; `null` if they have it. */
  readonly addSecurity: string | null
  /** Sources of other components that the image lacks for these packages: added for the update, and removed again. */
  readonly sources: readonly AptSource[]
}

/**
 * The smallest set of packages to update so that nothing blocks, from the verdicts on one image (for several days, or
 * by several policies). A package that no check names stays as it is.
 */
export function planOf(verdicts: readonly ImageVerdict[]): UpdatePlan {
  const all = verdicts.flatMap(({ findings }) => findings)
  const blocking = all.filter(({ blocks }) => blocks)
  const fixable = blocking.filter((finding) => isUpdatable(finding))
  const updates = all.filter((finding) => isUpdate(finding))
  const offered = new Map(updates.map((finding) => [keyOf(finding.binaries[0] ?? NOBODY), finding]))
  const packages = new Map<string, PlannedPackage>()
  for (const finding of fixable) {
    for (const binary of finding.binaries) {
      const key = keyOf(binary)
      const known = packages.get(key)
      const fixes = [...new Set([...(known?.fixes ?? []), finding.id, ...(finding.cves ?? [])])].sort()
      const { name, architecture, version: from } = binary
      packages.set(key, { name, architecture, from, to: offered.get(key)?.fixedVersion ?? null, fixes })
    }
  }
  const sorted = [...packages.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const packagesOnHold = new Set(all.filter(isOnHold).flatMap(({ binaries }) => binaries.map(keyOf)))
  const codename = all.find((one) => isObstacle(one, 'no-security-source'))?.details.codename ?? ''
  return {
    packages: sorted.filter((one) => !packagesOnHold.has(keyOf(one))),
    packagesOnHold: sorted.filter((one) => packagesOnHold.has(keyOf(one))),
    others: blocking.filter((finding) => !isUpdatable(finding)),
    addSecurity: /^[a-z]+$/.test(codename) ? codename : null,
    sources: sorted.flatMap((one) => offered.get(keyOf(one))?.aptSource ?? []),
  }
}

/** The same sources, from another address of the security archive. */
export function throughMirror(sources: readonly AptSource[], securityMirror: string): AptSource[] {
  const mirror = withoutEnd(securityMirror, '/')
  return sources.map((one) => (one.uri === SECURITY_ARCHIVE ? { ...one, uri: mirror } : one))
}

const NOBODY = { name: '', architecture: '' }

function keyOf({ name, architecture }: { readonly name: string; readonly architecture: string }): string {
  return `${name}:${architecture}`
}

/** Only packages that apt of the image's own root can update: not those in another package database. */
function isUpdatable(finding: RuledFinding): boolean {
  return (
    finding.package !== null &&
    otherDatabase(finding) === null &&
    installableFix(finding) !== null &&
    // An application package has no binaries: apt does not know it.
    finding.binaries.length > 0 &&
    finding.binaries.every(
      ({ name, version, architecture }) =>
        isSafeName(name) && isSafeVersion(version) && /^[a-z0-9][a-z0-9-]*$/.test(architecture),
    )
  )
}

/** Why packages on hold are left out, and what to do. */
export function holdAdvice(names: readonly string[]): string {
  const are = names.length === 1 ? 'is' : 'are'
  return `${names.join(', ')} ${are} on hold in the image; to allow the update, run apt-mark unhold ${names.join(' ')}`
}

/** In apt-get(8)'s notation; the names and versions of a plan are already checked. */
export function plannedArgument(
  { name, architecture, to: version }: PlannedPackage,
  native: string | null,
): string {
  return packageArgument({ name, architecture, version }, native) ?? name
}

/**
 * Names of the binary packages of blocking findings that an update settles, sorted. Names that Debian could not have
 * assigned are left out.
 */
export function packagesToUpdate(findings: readonly RuledFinding[]): string[] {
  const updates = findings.filter(
    (finding) => finding.blocks && finding.package !== null && installableFix(finding) !== null,
  )
  return sorted(updates.flatMap(({ binaries }) => binaries.map(({ name }) => name))).filter(isSafeName)
}
