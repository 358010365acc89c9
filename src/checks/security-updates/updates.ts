import { judgedAs } from '../../debian/signed.js'
import { compareVersions } from '../../debian/version.js'
import type { Tracker } from '../../feeds/formats/tracker.js'
import { BARE, type UpdateFinding, type UpdateOrigin, withoutEnd } from '../../model/index.js'
import type { KnownVersion } from './apt/index.js'
import type { PendingUpdate } from './apt/pending.js'
import type { AptIndex } from './apt/state.js'
import type { KeptBack } from './apt/upgrade.js'

/** An index of security updates: by label, or by suite if a mirror relabels. */
export function isSecurity({ release }: AptIndex): boolean {
  return (
    release.label === 'Debian-Security' ||
    (release.suite?.endsWith('-security') ?? false) ||
    (release.codename?.endsWith('-security') ?? false)
  )
}

/**
 * Whether an update is a security update does not depend on where the candidate comes from: later point
 * releases put higher versions into the main archive. An update counts as one if a security index has any version
 * above the installed one and not above the candidate.
 */
export function originOf({ known, candidate, kind }: PendingUpdate): UpdateOrigin {
  if (kind === 'rebuilt') {
    return 'rebuilt'
  }
  const { version: installed } = known.current.version
  const between = ({ version, indexes }: KnownVersion) =>
    indexes.some(isSecurity) &&
    compareVersions(version.version, installed) > 0 &&
    compareVersions(version.version, candidate.version.version) <= 0
  if (known.versions.some(between)) {
    return 'security'
  }
  const isUpdatesSuite = ({ release }: AptIndex) =>
    (release.codename ?? release.suite ?? '').endsWith('-updates')
  return candidate.indexes.every(isUpdatesSuite) ? 'updates' : 'point-release'
}

/**
 * A finding for one pending package.
 * @param cves what it fixes; `null` if that is not known
 * @param keptBack why `apt-get upgrade` would keep it back; `null` if it would not, or if that is not known
 * @param asConfigured what the image's own apt would install; `null` if it would keep the installed one
 */
export function updateFinding(
  pending: PendingUpdate,
  cves: readonly string[] | null,
  keptBack: KeptBack | null,
  asConfigured: string | null,
): UpdateFinding {
  const { known, candidate } = pending
  const { name, version, architecture, source, sourceVersion } = known.installed.package
  const origin = originOf(pending)
  const fixed = candidate.version
  return {
    check: 'security-updates',
    id: origin === 'security' ? 'security-update' : 'ordinary-update',
    ...BARE,
    cves,
    package: name,
    version,
    fixedVersion: fixed.version,
    installable: true,
    binaries: [{ name, version, architecture }],
    links: [`https://security-tracker.debian.org/tracker/source-package/${encodeURIComponent(source)}`],
    origin,
    architecture,
    indexes: candidate.indexes.map((index) => index.name),
    source,
    sourceVersion,
    fixedSource: fixed.source === source ? null : fixed.source,
    fixedSourceVersion: fixed.sourceVersion,
    asConfigured,
    deb: debOf(candidate),
    heldBack: keptBack === null ? null : { by: keptBack.because, text: keptBack.text },
    // Later steps replace these values, by the image's own apt and sources, and by today's base.
    hasApt: true,
    aptSource: null,
    rebuild: null,
    exploited: [],
  }
}

/** Where the archive has the package, according to its signed index. */
export function debOf({ version: { deb }, indexes }: KnownVersion): UpdateFinding['deb'] {
  const archive = indexes[0]?.archive
  if (deb === null || archive === undefined) {
    return null
  }
  return { url: `${withoutEnd(archive, '/')}/${deb.path}`, sha256: deb.sha256 }
}

/**
 * CVEs that an update fixes, according to Debian's security tracker: those of its source package whose fixed
 * version in this release is above the installed one and not above the candidate's (deb-version(7)). Sorted.
 * @param tracker rows of the release; `null` if the tracker could not be read
 * @returns `null` if it is not known: no tracker, or the candidate is built from another source package
 */
export function cvesOf(
  { known, candidate }: PendingUpdate,
  tracker: Tracker | null,
  codename: string,
): readonly string[] | null {
  if (tracker === null) {
    return null
  }
  const { package: installed } = known.installed
  const { version, source, sourceVersion } = candidate.version
  const after = new Map(
    judgedAs({ ...installed, version, source, sourceVersion }).map((one) => [one.source, one.sourceVersion]),
  )
  const fixedCves = judgedAs(installed).flatMap((one) => {
    const newVersion = after.get(one.source)
    return newVersion === undefined ? [] : [{ source: one.source, from: one.sourceVersion, to: newVersion }]
  })
  if (fixedCves.length === 0) {
    return null
  }
  const ids = fixedCves.flatMap((one) =>
    [...(tracker.get(one.source) ?? [])].flatMap(([id, { releases }]) =>
      isCve(id) && isBetween(releases.get(codename)?.fixedVersion ?? null, one.from, one.to) ? [id] : [],
    ),
  )
  return [...new Set(ids)].sort()
}

/** The tracker also has its own names (`TEMP-…`) for vulnerabilities without a CVE yet. */
function isCve(id: string): boolean {
  return /^CVE-\d{4}-\d{4,19}$/.test(id)
}

/** `0` means "never affected" in the tracker. */
function isBetween(fixed: string | null, from: string, to: string): boolean {
  if (fixed === null || fixed === '0') {
    return false
  }
  return compareVersions(fixed, from) > 0 && compareVersions(fixed, to) <= 0
}
