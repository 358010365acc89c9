import type { Stanza } from '../../../debian/control.js'
import { packageKey, stanzaKey } from '../../../debian/package-key.js'
import { supportOf } from '../../../debian/support-table.js'
import { compareVersions } from '../../../debian/version.js'
import {
  type ForeignPackage,
  type InstalledPackage,
  type Origin,
  type RowRequest,
  vendorOf,
} from '../../../model/index.js'
import { sourceNames } from '../../listing.js'

/**
 * How a suite relates to the image. `own`: of its release; `proposed`: proposed-updates of its release;
 * `stable`: of another release that Debian supports; `moving`: backports, testing, sid, experimental, which
 * get no security support of their own (decision 33).
 */
export const SUITE_PLACES = ['own', 'proposed', 'stable', 'moving'] as const
export type SuitePlace = (typeof SUITE_PLACES)[number]

/** A suite, with the versions that its indexes hold. */
export interface SupportedSuite {
  /** `trixie-security`. */
  readonly suite: string
  readonly place: SuitePlace
  /** Codename whose row of the security tracker covers it. */
  readonly release: string
  /** packageKey → versions. */
  readonly versions: ReadonlyMap<string, readonly string[]>
}

/** Versions by package, over several indexes. */
export function versionsIn(
  indexes: readonly (readonly Stanza[])[],
  native: string,
): SupportedSuite['versions'] {
  const byKey = Map.groupBy(indexes.flat(), (stanza) => stanzaKey(stanza, native))
  return new Map([...byKey].map(([key, all]) => [key, all.map(({ fields }) => fields.get('version') ?? '')]))
}

export interface ArchiveVersions {
  readonly codename: string
  readonly native: string
  /** In order of preference: the first suite that has the version counts. */
  readonly suites: readonly SupportedSuite[]
  /** False for older evidence, which has no data about the programs of vendors' packages. */
  readonly knowsVendors: boolean
}

export function suiteWithVersion(
  one: InstalledPackage,
  { suites, native }: ArchiveVersions,
): SupportedSuite | null {
  const key = packageKey(one.name, one.architecture, native)
  const hasVersion = ({ versions }: SupportedSuite) => versions.get(key)?.includes(one.version) === true
  const found = suites.filter(hasVersion)
  const place = SUITE_PLACES.find((one) => found.some((suite) => suite.place === one))
  return found.find((suite) => suite.place === place) ?? null
}

/** True if the image's release has the package in a higher version. */
function isBelowReleaseVersion(one: InstalledPackage, { suites, native }: ArchiveVersions): boolean {
  const key = packageKey(one.name, one.architecture, native)
  return suites
    .filter(({ place }) => place === 'own')
    .flatMap(({ versions }) => versions.get(key) ?? [])
    .some((version) => compareVersions(one.version, version) < 0)
}

/**
 * Whether the available indexes leave open where a package is from. If the release has a higher version, the
 * installed one is superseded there, provided that no other suite has exactly this one. For a version marked
 * as built for the release (`+deb12u3`, `~deb12u1`; Developer's Reference 5.8.5.4), no other suite has it.
 */
export function hasUnknownOrigin(one: InstalledPackage, archive: ArchiveVersions): boolean {
  if (suiteWithVersion(one, archive) !== null || hasVendorVersionShape(one, archive)) {
    return false
  }
  return !(isBelowReleaseVersion(one, archive) && isBuiltForRelease(one.version, archive.codename))
}

/** True if only one vendor uses this name and form of version, which may be above or below Debian's own. */
function hasVendorVersionShape(
  { name, version }: InstalledPackage,
  { knowsVendors }: ArchiveVersions,
): boolean {
  return knowsVendors && vendorOf(name, version)?.hasVendorVersion === true
}

/**
 * A version above all that Debian has, in sid and experimental too, was never Debian's: versions there only rise. Any
 * other may be one that Debian had, such as a backport of last year.
 */
function isAboveDebians(one: InstalledPackage, { suites, native }: ArchiveVersions): boolean {
  const key = packageKey(one.name, one.architecture, native)
  const versions = suites.flatMap((suite) => suite.versions.get(key) ?? [])
  return versions.every((version) => compareVersions(one.version, version) > 0)
}

/** The suffix of a build for a release, by its number (`+deb12u1`), or of a backport to one (`~bpo12+1`). */
const MARK = /(?:[+~]deb(\d+)u[\d.]+|~bpo\d+\+[\d.]+)(?:\+b\d+)?$/

/** Whether a version ends with the suffix of a build for the release. A backport has another suffix after it. */
function isBuiltForRelease(version: string, codename: string): boolean {
  const number = supportOf(codename, '').row?.version ?? null
  return number !== null && MARK.exec(version)?.[1] === number
}

/**
 * The other supported stable release that had this version and has a higher one now: its indexes have only the newest. By
 * the version's mark; or because that release, and not the image's own, has an update of exactly this version.
 */
function releaseThatSuperseded(one: InstalledPackage, { suites, native }: ArchiveVersions): string | null {
  const key = packageKey(one.name, one.architecture, native)
  const rebuilt = one.version.replace(/\+b\d+$/, '')
  const isUpdate = (version: string) => isUpdateOf(version, rebuilt)
  const isOwn = suites.some(({ place, versions }) => place === 'own' && versions.get(key)?.some(isUpdate))
  const found = suites.find(({ place, release, versions }) => {
    const isMarked = isBuiltForRelease(one.version, release)
    const isHigher = (version: string) => compareVersions(one.version, version) < 0
    const isSuperseding = (version: string) => (isMarked ? isHigher(version) : !isOwn && isUpdate(version))
    return place === 'stable' && versions.get(key)?.some(isSuperseding)
  })
  return found?.release ?? null
}

/** True for `1.2-3+deb13u1` and `1.2-3`: only a release that had that version makes this one (Developer's Reference 5.8.5.4). */
export function isUpdateOf(version: string, earlier: string): boolean {
  return version.startsWith(earlier) && /^\+deb\d+u\d/.test(version.slice(earlier.length))
}

/**
 * Where a package is from; `null`: from the image's release. The first that applies: (a) an index of the release's
 * own suites has this version, or the release has a higher one and no other suite has or had this one, and the version
 * is not in a form that only one vendor uses; (b) proposed-updates; (c) another stable release that Debian supports,
 * also if superseded there; (d) backports, testing, sid, experimental; (e) anything else.
 * @param unread true if a suite that may have it could not be read
 */
export function foreignOf(
  one: InstalledPackage,
  archive: ArchiveVersions,
  unread: boolean,
): ForeignPackage | null {
  const found = suiteWithVersion(one, archive)
  if (found === null) {
    const isKnown = hasVendorVersionShape(one, archive)
    if (isBelowReleaseVersion(one, archive) && !isKnown) {
      const release = releaseThatSuperseded(one, archive)
      if (release !== null) {
        return { ...one, origin: 'stable', suite: release, release }
      }
      // A mark of a release without support, or of a backport: never a version of the image's release.
      if (!MARK.test(one.version) || isBuiltForRelease(one.version, archive.codename)) {
        return null
      }
    }
    const origin = unread && !isKnown ? 'unknown' : 'third-party'
    const isOfVendor = isKnown || (archive.knowsVendors && !unread && isAboveDebians(one, archive))
    const vendor = isOfVendor ? vendorOf(one.name, one.version) : null
    return { ...one, origin, suite: null, release: null, ...(vendor && { vendor }) }
  }
  const { place, suite, release } = found
  return place === 'own' || place === 'proposed'
    ? null
    : { ...one, origin: place === 'stable' ? place : kindOfMoving(suite), suite, release }
}

/** The tracker rows needed in addition to those of the image's release. */
export function rowsWanted(foreign: readonly ForeignPackage[]): RowRequest[] {
  const byRelease = Map.groupBy(foreign, ({ release }) => release)
  return [...byRelease].flatMap(([codename, packages]) =>
    codename === null ? [] : [{ codename, packages: sourceNames(packages) }],
  )
}

function kindOfMoving(suite: string): Origin {
  if (suite === 'sid' || suite === 'experimental') {
    return suite
  }
  return suite.includes('-backports') ? 'backports' : 'testing'
}
