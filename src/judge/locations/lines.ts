import { at, type Line, policyLine } from '../../model/place.js'
import type { RuledFinding } from '../../model/verdict.js'

/** Where a person looks to settle a finding: the policy's line if it has no other; `null` if there is none. */
export function placeOf({ line, policy }: Pick<RuledFinding, 'line' | 'policy'>): Line | null {
  return line ?? (policy === null ? null : policyLine(policy))
}

/**
 * The lines that outdated packages are attributed to, the one with the most first. A policy entry is no place to
 * update.
 */
export function updateLines(blocking: readonly RuledFinding[]): readonly Line[] {
  const counts = new Map<string, { readonly line: Line; count: number }>()
  for (const { line, policy } of blocking) {
    if (line === null || (policy !== null && at(policy) === at(line))) {
      continue
    }
    const key = at(line)
    const counted = counts.get(key) ?? { line, count: 0 }
    counts.set(key, { ...counted, count: counted.count + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ line }) => line)
}
