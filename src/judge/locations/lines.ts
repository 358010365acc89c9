import { at, groupsBy, type Line, policyLine, type RuledFinding } from '../../model/index.js'

/** The line that a person changes to settle a finding: in the Dockerfile, else in a policy; `null` if there is none. */
export function placeOf({ line, policy }: Pick<RuledFinding, 'line' | 'policy'>): Line | null {
  return line ?? (policy === null ? null : policyLine(policy))
}

/**
 * The lines that outdated packages are attributed to, the one with the most packages first. Lines of policy files are
 * left out: nothing can be updated there.
 */
export function updateLines(blocking: readonly RuledFinding[]): readonly Line[] {
  const lines = blocking.flatMap(({ line, policy }) =>
    line === null || (policy !== null && at(policy) === at(line)) ? [] : [line],
  )
  return groupsBy(lines, at)
    .sort((a, b) => b.length - a.length)
    .map(([line]) => line)
}
