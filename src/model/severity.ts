import { withoutEnd } from './text.js'

/** The severities that a policy may use as a threshold, in rising order: `unknown` is not a rating. */
export const RATED_SEVERITIES = ['negligible', 'low', 'medium', 'high', 'critical'] as const
/** `unknown` is lowest only for sorting: rules treat it separately. */
export const SEVERITIES = ['unknown', ...RATED_SEVERITIES] as const
export type Severity = (typeof SEVERITIES)[number]

/** Negative if `a` is below `b`, for `Array.prototype.sort`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b)
}

/** True if `severity` is rated and at or above `threshold`. An unrated one is at or above nothing. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severity !== 'unknown' && compareSeverity(severity, threshold) >= 0
}

/**
 * Severity of a CVSS score, 0 to 10, on the qualitative scale shared by versions 3.0, 3.1 and 4.0
 * (https://www.first.org/cvss/v4.0/specification-document, 6). CVSS calls 0 "none": `negligible`.
 */
export function severityOfScore(score: number): Severity {
  if (score >= 4) {
    return score >= 9 ? 'critical' : score >= 7 ? 'high' : 'medium'
  }
  return score > 0 ? 'low' : 'negligible'
}

/**
 * Severity of an urgency in Debian's security tracker (https://security-team.debian.org/security_tracker.html,
 * "Severity levels"). `not yet assigned` and `end-of-life` say nothing about urgency: `unknown`.
 */
export function severityOfUrgency(urgency: string): Severity {
  const label = withoutEnd(urgency, '*').trim()
  const same = (['low', 'medium', 'high'] as const).find((one) => one === label)
  return label === 'unimportant' ? 'negligible' : (same ?? 'unknown')
}
