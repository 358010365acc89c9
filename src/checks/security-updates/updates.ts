import { compareVersions } from '../../debian/version.js'
import type { Finding } from '../../model/finding.js'
import type { KnownVersion } from './apt/index.js'
import type { Pending } from './apt/pending.js'
import type { HeldBack } from './apt/upgrade.js'
import type { AptIndex } from './apt/world.js'

/** `rebuilt`: the archive has another build under an equal version; nothing says what differs. */
export type UpdateKind = 'security' | 'point-release' | 'updates' | 'rebuilt'

/** An index of security updates: by label, or by suite where a mirror relabels. */
export function isSecurity({ release }: AptIndex): boolean {
  return (
    release.label === 'Debian-Security' ||
    (release.suite?.endsWith('-security') ?? false) ||
    (release.codename?.endsWith('-security') ?? false)
  )
}

/**
 * Security is not where the candidate comes from: later point releases put higher versions into the main archive.
 * It is one where a security index holds any version above the installed one and not above the candidate.
 */
export function updateKindOf({ known, candidate, kind }: Pending): UpdateKind {
  if (kind === 'rebuilt') return 'rebuilt'
  const { version: installed } = known.current.version
  const between = ({ version, indexes }: KnownVersion) =>
    indexes.some(isSecurity) &&
    compareVersions(version.version, installed) > 0 &&
    compareVersions(version.version, candidate.version.version) <= 0
  if (known.versions.some(between)) return 'security'
  const inUpdates = ({ release }: AptIndex) => (release.codename ?? release.suite ?? '').endsWith('-updates')
  return candidate.indexes.every(inUpdates) ? 'updates' : 'point-release'
}

const SECURITY = 'security-update'
const ORDINARY = 'ordinary-update'

/**
 * A finding for one pending package.
 * @param cves what it fixes; `null` where that is not known
 * @param heldBack why `apt-get upgrade` would leave it; `null` where it would not, or where it is not known
 * @param asConfigured what the image's own apt would install; `null` where it would leave the installed one
 */
export function updateFinding(
  pending: Pending,
  cves: readonly string[] | null,
  heldBack: HeldBack | null,
  asConfigured: string | null,
): Finding {
  const { known, candidate } = pending
  const { package: installed } = known.installed
  const kind = updateKindOf(pending)
  const names = candidate.indexes.map(({ name }) => name)
  return {
    check: 'security-updates',
    id: kind === 'security' ? SECURITY : ORDINARY,
    cves,
    package: installed.name,
    version: installed.version,
    fixedVersion: candidate.version.version,
    installable: true,
    severity: 'unknown',
    severitySource: null,
    binaries: [{ name: installed.name, version: installed.version, architecture: installed.architecture }],
    layer: null,
    links: [
      `https://security-tracker.debian.org/tracker/source-package/${encodeURIComponent(installed.source)}`,
    ],
    debian: null,
    kev: null,
    cvss: null,
    epss: null,
    agreement: null,
    facts: {
      kind,
      architecture: installed.architecture,
      indexes: names.join(', '),
      source: installed.source,
      sourceVersion: installed.sourceVersion,
      fixedSourceVersion: candidate.version.sourceVersion,
      ...(candidate.version.source === installed.source ? {} : { fixedSource: candidate.version.source }),
      asConfigured: asConfigured ?? 'not offered',
      ...debFacts(candidate),
      ...(heldBack === null ? {} : { heldBack: heldBack.text, heldBackBy: heldBack.because }),
    },
  }
}

/** Where the archive has the package, as its signed index says. */
function debFacts({ version: { deb }, indexes }: KnownVersion): Record<string, string> {
  const archive = indexes[0]?.archive
  if (deb === null || archive === undefined) return {}
  return { deb: `${archive.replace(/\/*$/, '')}/${deb.path}`, debSha256: deb.sha256 }
}
