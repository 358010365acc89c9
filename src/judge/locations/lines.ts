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
  const lines = blocking.flatMap(({ line, policy }) =>
    line === null || (policy !== null && at(policy) === at(line)) ? [] : [line],
  )
  return [...Map.groupBy(lines, at).values()]
    .sort((a, b) => b.length - a.length)
    .flatMap((same) => same.slice(0, 1))
}
