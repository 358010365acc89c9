import { compareVersions, isValidVersion } from '../debian/version.js'
import {
  type Finding,
  installableFix,
  isApplication,
  isUpdate,
  isVulnerability,
  type Reason,
} from '../model/index.js'

/** The fixed version that Debian's signed index names and whose file the mirrors no longer have; else `null`. */
export function lostFix(finding: Finding): string | null {
  const { installable, fixedVersion } = finding
  if (installable !== false || fixedVersion === null) {
    return null
  }
  if (isUpdate(finding)) {
    return fixedVersion
  }
  const offers = isVulnerability(finding) ? finding.archiveOffers : null
  const isOffered = offers !== null && [offers, fixedVersion].every(isValidVersion)
  return isOffered && compareVersions(offers, fixedVersion) >= 0 ? fixedVersion : null
}

/**
 * Why a fix in another branch of the program does not count: the installed branch is maintained, so it may get the fix,
 * or already have one that the data do not mention. `null`: the fix counts.
 */
export function fixElsewhere(finding: Finding, today: string): Reason | null {
  const { branch, fixedVersion: version } = isApplication(finding) ? finding : {}
  const end = branch?.end ?? null
  return branch === undefined || branch.hasFix || end === null || end <= today || version == null
    ? null
    : { reason: 'fix-elsewhere', version, branch: branch.title, end }
}

/** Whether there is a fix, and whether the archive offers it. */
export function stateOf(finding: Finding, codename: string | null): Reason {
  const { fixedVersion: version } = finding
  if (version === null) {
    return isApplication(finding) ? { reason: 'no-version-fixes' } : { reason: 'no-fix', codename }
  }
  if (installableFix(finding) !== null) {
    return { reason: 'fix-offered', version }
  }
  if (lostFix(finding) !== null) {
    return { reason: 'fix-lost', version }
  }
  const offered = isVulnerability(finding) ? finding.archiveOffers : null
  return { reason: 'fix-announced', version, codename, offered }
}
