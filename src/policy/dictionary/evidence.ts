import type { CheckId } from '../../model/evidence.js'

/** Which named evidence the other checks of a run give. Asked for is enough: what they cannot answer counts itself. */
const EVIDENCE: Readonly<Partial<Record<CheckId, readonly string[]>>> = { clair: ['vulnerability-scan'] }

export function evidenceOf(checks: readonly CheckId[]): ReadonlySet<string> {
  return new Set(checks.flatMap((check) => EVIDENCE[check] ?? []))
}

/** Why the run does not give it, after "which", and what to do where that is known. */
export function lacking(evidence: string): string {
  const [check] = Object.entries(EVIDENCE).find(([, given]) => given.includes(evidence)) ?? []
  return check === undefined
    ? 'this run does not give'
    : `the check ${check} gives: ask it too (checks), or name this one under not_applicable`
}
