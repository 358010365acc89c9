import { compareVersions } from '../../debian/version.js'
import { BARE } from '../../model/finding/common.js'
import type { UpdateFinding, UpdateOrigin } from '../../model/finding/update.js'
import { withoutEnd } from '../../model/text.js'
import type { KnownVersion } from './apt/index.js'
import type { Pending } from './apt/pending.js'
import type { HeldBack } from './apt/upgrade.js'
import type { AptIndex } from './apt/world.js'

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
export function originOf({ known, candidate, kind }: Pending): UpdateOrigin {
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
  const inUpdates = ({ release }: AptIndex) => (release.codename ?? release.suite ?? '').endsWith('-updates')
  return candidate.indexes.every(inUpdates) ? 'updates' : 'point-release'
}

/**
 * A finding for one pending package.
 * @param cves what it fixes; `null` if that is not known
 * @param heldBack why `apt-get upgrade` would keep it back; `null` if it would not, or if that is not known
 * @param asConfigured what the image's own apt would install; `null` if it would keep the installed one
 */
export function updateFinding(
  pending: Pending,
  cves: readonly string[] | null,
  heldBack: HeldBack | null,
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
    heldBack: heldBack === null ? null : { by: heldBack.because, text: heldBack.text },
    // Filled in elsewhere: by the image's own apt and sources, and from today's base.
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
