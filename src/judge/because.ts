import { scorerKind } from '../feeds/formats/cvss.js'
import type { Finding } from '../model/finding.js'
import { oneLine } from '../model/order.js'

/**
 * The fixed version if it can be installed, else `null`. Where nobody looked into an archive index
 * (`installable: null`), a fixed version that the tracker names counts: it blocks rather than passes.
 */
export function installableFix(finding: Finding): string | null {
  return finding.installable === false ? null : finding.fixedVersion
}

/** "no fix in Debian bookworm", or that there is one which the archive does not offer. */
export function noFix(finding: Finding, codename: string | null): string {
  const release = codename === null ? 'this Debian release' : `Debian ${codename}`
  return finding.fixedVersion === null
    ? `no fix in ${release}`
    : `fix ${finding.fixedVersion} is announced, not in the archive yet: ${release} offers ${finding.facts.archiveOffers ?? 'nothing newer'}`
}

/** The finding is one of KEV, or its update fixes some that are. */
export function inKev({ facts }: Finding): string {
  const list = "in CISA's Known Exploited Vulnerabilities"
  return facts.exploited === undefined ? list : `fixes ${facts.exploited}, ${list}`
}

export function fixOffered(fixedVersion: string): string {
  return `fix ${fixedVersion} can be installed`
}

/** Whatever has a fix and no rating is acted on. */
export const UNRATED = 'a fix can be installed and nobody has rated it'

/** The because without what a column of versions beside it says already. */
export function besideVersions(finding: Finding & { readonly because: string }): string {
  const { because, fixedVersion } = finding
  if (because.startsWith(UNRATED)) return because.slice('a fix can be installed and '.length)
  const prefix = fixedVersion === null ? '' : `${fixOffered(fixedVersion)}; `
  return because.startsWith(prefix) ? because.slice(prefix.length) : because
}

/** The severity and whose word it is: "critical (NVD 9.8)", "low (Debian)". */
export function ratedBy({ severity, severitySource, cvss }: Finding): string {
  const name = SCORER_NAMES[severitySource ?? '']
  if (name === undefined) return severity
  const scored = cvss !== null && severitySource === scorerKind(cvss.scorer)
  return scored ? `${severity} (${name} ${cvss.score})` : `${severity} (${name})`
}

/** How reports call who rated: a source of severity -> a name. */
export const SCORER_NAMES: Readonly<Record<string, string>> = {
  nvd: 'NVD',
  cna: 'CNA',
  'cisa-adp': 'CISA',
  'debian-tracker': 'Debian',
  clair: 'Clair',
}

/** "EPSS 94.3%". */
export function epssSays({ probability }: { readonly probability: number }): string {
  return `EPSS ${(probability * 100).toFixed(1)}%`
}

/** Debian's own kind and words: `Debian: no-dsa "Minor issue"`. */
export function debianSays(note: { readonly kind: string; readonly words: string }): string {
  const words = oneLine(note.words)
  return words === '' ? `Debian: ${note.kind}` : `Debian: ${note.kind} "${words}"`
}
