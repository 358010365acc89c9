import { CHECK_IDS, type CheckId } from '../../model/checks.js'

/**
 * Which named evidence the other checks of a run provide. Being requested is enough: a missing answer counts by
 * itself.
 */
const EVIDENCE: Readonly<Partial<Record<CheckId, readonly string[]>>> = {
  'security-updates': ['base-image'],
  clair: ['vulnerability-scan'],
}

export function evidenceOf(checks: readonly CheckId[]): ReadonlySet<string> {
  return new Set(checks.flatMap((check) => EVIDENCE[check] ?? []))
}

/** The check that would provide it, if there is one. */
export function giverOf(evidence: string): CheckId | null {
  return CHECK_IDS.find((check) => EVIDENCE[check]?.includes(evidence)) ?? null
}
