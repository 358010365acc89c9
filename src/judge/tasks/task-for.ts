import { type Action, NOTHING_TO_COPY, type RuledFinding } from '../../model/index.js'

/** A task that settles these findings, without anything to copy. */
export function taskFor(
  kind: Action['kind'],
  findings: readonly RuledFinding[],
  texts: Pick<Action, 'title' | 'why' | 'where'>,
): Action {
  const checks = [...new Set(findings.map(({ check }) => check))]
  return { ...NOTHING_TO_COPY, kind, ...texts, checks, findings }
}
