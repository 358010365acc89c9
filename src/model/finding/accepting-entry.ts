import { CHECKS, type CheckId, isUnexamined } from '../checks.js'
import { compareSeverity, type Severity } from '../severity.js'
import type { CommonFinding } from './common.js'

/**
 * What a whitelist entry must state to accept a finding. The judge, the commands that write entries and all advice
 * share it, so that an entry that was advised is accepted.
 */

/**
 * How an entry names packages: a Debian source package (policy 5.6.1), an application package by type and name
 * (`pypi/django`), a program (`program/nginx`), either as a package URL, a pattern of them, or `*`. Such names contain no
 * letters of other scripts.
 */
const DEBIAN_NAME = '[a-z0-9*][a-z0-9+.*-]+'
const APPLICATION_NAME = '(?:pkg:)?(?:npm|pypi|maven|gem|golang|composer|cargo)/[A-Za-z0-9@*%~_.+/:-]+'
const PROGRAM_NAME = '(?:program|(?:pkg:)?bitnami)/[a-z0-9*-]+(?:@[A-Za-z0-9*.+~-]+)?'
export const PACKAGES = new RegExp(`^(?:\\*|${DEBIAN_NAME}|${APPLICATION_NAME}|${PROGRAM_NAME})$`)

/** Whether an entry can be about exactly this: Clair may report packages and vulnerabilities that are not Debian's. */
export function acceptsPackageName({
  check,
  id,
  package: name,
}: Pick<CommonFinding, 'package'> & { readonly check: CheckId; readonly id: string }): boolean {
  return CHECKS[check].entries.id.test(id) && (name === null || (PACKAGES.test(name) && !name.includes('*')))
}

type Rated = Pick<CommonFinding, 'severity' | 'kev'> & {
  readonly check: CheckId
  readonly id: string
  readonly malware?: boolean | undefined
}

/**
 * The lowest `max-severity` that accepts the finding. An unrated vulnerability may be anything, so it needs the highest;
 * only vulnerabilities are rated by others: in the other checks `unknown` means nothing.
 */
export function neededSeverity({
  check,
  id,
  severity,
}: Pick<Rated, 'check' | 'id' | 'severity'>): Exclude<Severity, 'unknown'> {
  if (severity !== 'unknown') {
    return severity
  }
  return CHECKS[check].entries.rated && !isUnexamined(check, id) ? 'critical' : 'negligible'
}

/** The finding that needs the highest `max-severity`: an entry for it is high enough for the others too. */
export function mostSevere<One extends Pick<Rated, 'check' | 'id' | 'severity'>>(
  findings: readonly [One, ...One[]],
): One {
  return findings.reduce((worst, one) =>
    compareSeverity(neededSeverity(one), neededSeverity(worst)) > 0 ? one : worst,
  )
}

/** What the entry has to state as `despite`; `null`: nothing. Of both, malware is the worse. */
export function neededDespite({ kev, malware }: Pick<Rated, 'kev' | 'malware'>): 'kev' | 'malware' | null {
  return malware === true ? 'malware' : kev === true ? 'kev' : null
}

/** The keys that an entry needs in addition to those that each entry has, as lines. */
export function neededKeys(finding: Rated): readonly string[] {
  const severity = neededSeverity(finding)
  const despite = neededDespite(finding)
  return [
    // The default is `low`.
    ...(['negligible', 'low'].includes(severity) ? [] : [`max-severity: ${severity}`]),
    ...(despite === null ? [] : [`despite: ${despite}`]),
  ]
}

/** " with max-severity: high and despite: kev", to follow what is accepted; empty if an entry needs no further keys. */
export function withNeededKeys(finding: Rated): string {
  const keys = neededKeys(finding)
  return keys.length === 0 ? '' : ` with ${keys.join(' and ')}`
}
