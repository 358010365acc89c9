import { type Line, policyLine } from '../../model/place.js'
import type { RuledFinding } from '../../model/verdict.js'

/** Where a person looks to settle a finding: the policy's line where it was laid to no other; `null` where none stands for it. */
export function placeOf({ line, policy }: Pick<RuledFinding, 'line' | 'policy'>): Line | null {
  return line ?? (policy === null ? null : policyLine(policy))
}
