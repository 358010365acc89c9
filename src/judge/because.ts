import { scorerKind } from '../feeds/formats/cvss.js'
import { SCORER_NAMES } from '../model/because/words.js'
import type { Finding } from '../model/finding.js'

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

/** The severity and whose word it is: "critical (NVD 9.8)", "low (Debian)". */
export function ratedBy({ severity, severitySource, cvss }: Finding): string {
  const name = SCORER_NAMES[severitySource ?? '']
  if (name === undefined) return severity
  const scored = cvss !== null && severitySource === scorerKind(cvss.scorer)
  return scored ? `${severity} (${name} ${cvss.score})` : `${severity} (${name})`
}
