import { epssSays } from '../model/because/words.js'
import type { Finding } from '../model/finding.js'
import { isAtLeast, type Severity } from '../model/severity.js'
import type { GatePolicy } from '../policy/policy.js'
import { ratedBy } from './because.js'

/** The severity that counts, and in words whose it is: `unknown-severity` may say one for what nobody has rated. */
export function ratedAs(
  finding: Finding,
  { unknownSeverity }: GatePolicy,
): { readonly severity: Severity; readonly rated: string } {
  const { severity } = finding
  if (severity !== 'unknown' || unknownSeverity === 'act') return { severity, rated: ratedBy(finding) }
  if (unknownSeverity === 'noted')
    return { severity, rated: 'not rated, which unknown-severity takes as noted,' }
  const rated = `not rated, taken for ${unknownSeverity} by unknown-severity,`
  return { severity: unknownSeverity, rated }
}

/** Why its EPSS alone makes a finding with a fix act; `null` where it does not. */
export function likelyEnough({ epss }: Finding, { epssAtLeast }: GatePolicy): string | null {
  if (epssAtLeast === null || epss === null || epss.probability < epssAtLeast) return null
  return `${epssSays(epss)} is at or above epss-at-least ${epssAtLeast}`
}

/** Why a finding acts where it has no fix; `null` where it does not. */
export function urgentUnfixed(
  severity: Severity,
  rated: string,
  { failOnUnfixed }: GatePolicy,
): string | null {
  if (failOnUnfixed === null || !isAtLeast(severity, failOnUnfixed)) return null
  return `${rated} is at or above fail-on-unfixed ${failOnUnfixed}`
}
