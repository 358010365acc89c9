import { aptWord, isSafeName, isSafeVersion } from '../../debian/apt/command.js'
import { installableFix } from '../../judge/fixes.js'
import { isObstacle, isOnHold, isUpdate, otherDatabase } from '../../model/finding/index.js'
import { sorted } from '../../model/order.js'
import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'

/** A binary package to bring up. */
export interface PlannedPackage {
  readonly name: string
  readonly architecture: string
  readonly from: string
  /** The version that the archive's index offers; `null` leaves the choice to apt. */
  readonly to: string | null
  /** CVEs and other ids of findings that go away with it, sorted. */
  readonly fixes: readonly string[]
  /** Its .deb in the archive, as the signed index names it; `null` where that is not known. */
  readonly deb: { readonly url: string; readonly sha256: string } | null
}

export interface UpdatePlan {
  /** Sorted by name. */
  readonly packages: readonly PlannedPackage[]
  /** The same for those that are on hold in the image: whoever put them there takes them off, and nobody else. */
  readonly held: readonly PlannedPackage[]
  /** Blocking findings that no update of a package takes away. */
  readonly others: readonly RuledFinding[]
  /** The release whose security suite the image's own sources lack; `null` where they have it. */
  readonly addSecurity: string | null
}

/**
 * The smallest set of packages to bring up so that what blocks goes away, from the verdicts on one image (of several
 * days, or by several policies). A package that is named by no check stays as it is.
 */
export function planOf(verdicts: readonly ImageVerdict[]): UpdatePlan {
  const all = verdicts.flatMap(({ findings }) => findings)
  const blocking = all.filter(({ blocks }) => blocks)
  const fixable = blocking.filter((finding) => isUpdatable(finding))
  const offered = new Map(
    all
      .filter((finding) => isUpdate(finding))
      .map((finding) => [keyOf(finding.binaries[0] ?? NOBODY), finding]),
  )
  const packages = new Map<string, PlannedPackage>()
  for (const finding of fixable) {
    for (const binary of finding.binaries) {
      const key = keyOf(binary)
      const known = packages.get(key)
      const fixes = [...new Set([...(known?.fixes ?? []), finding.id, ...(finding.cves ?? [])])].sort()
      const { name, architecture, version: from } = binary
      const offer = offered.get(key)
      packages.set(key, {
        name,
        architecture,
        from,
        to: offer?.fixedVersion ?? null,
        fixes,
        deb: debOf(offer?.deb ?? null),
      })
    }
  }
  const sorted = [...packages.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const held = new Set(all.filter(isOnHold).flatMap(({ binaries }) => binaries.map(keyOf)))
  const [codename = null] = all.flatMap((one) =>
    isObstacle(one, 'no-security-source') ? [one.details.codename] : [],
  )
  return {
    packages: sorted.filter((one) => !held.has(keyOf(one))),
    held: sorted.filter((one) => held.has(keyOf(one))),
    others: blocking.filter((finding) => !isUpdatable(finding)),
    addSecurity: codename !== null && /^[a-z]+$/.test(codename) ? codename : null,
  }
}

function debOf(deb: PlannedPackage['deb']): PlannedPackage['deb'] {
  return deb !== null && /^[0-9a-f]{64}$/.test(deb.sha256) ? deb : null
}

const NOBODY = { name: '', architecture: '' }

function keyOf({ name, architecture }: { readonly name: string; readonly architecture: string }): string {
  return `${name}:${architecture}`
}

/** Only what apt of the image's own root can bring: not what lies in another database of packages. */
function isUpdatable(finding: RuledFinding): boolean {
  return (
    finding.package !== null &&
    otherDatabase(finding) === null &&
    installableFix(finding) !== null &&
    // A package of an application has no binaries: apt knows nothing of it.
    finding.binaries.length > 0 &&
    finding.binaries.every(
      ({ name, version, architecture }) =>
        isSafeName(name) && isSafeVersion(version) && isSafeArchitecture(architecture),
    )
  )
}

function isSafeArchitecture(architecture: string): boolean {
  return /^[a-z0-9][a-z0-9-]*$/.test(architecture)
}

/** Why packages are left out that are on hold, and what to do. */
export function onHold(names: readonly string[]): string {
  const are = names.length === 1 ? 'is' : 'are'
  return `${names.join(', ')} ${are} on hold in the image: apt-mark unhold ${names.join(' ')} where it may change`
}

/** As apt-get(8) takes it; the names and versions of a plan are safe already. */
export function wordOf({ name, architecture, to: version }: PlannedPackage, native: string | null): string {
  return aptWord({ name, architecture, version }, native) ?? name
}

/**
 * Names of the binary packages of blocking findings that an update settles, sorted. Names that Debian could not
 * have given are left out.
 */
export function packagesToUpdate(findings: readonly RuledFinding[]): string[] {
  const updates = findings.filter(
    (finding) => finding.blocks && finding.package !== null && installableFix(finding) !== null,
  )
  return sorted(updates.flatMap(({ binaries }) => binaries.map(({ name }) => name))).filter(isSafeName)
}
