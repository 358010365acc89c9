import { maskedLayers } from '../checks/masked-output.js'
import { judge } from '../judge/judge.js'
import { placeFindings } from '../judge/locations/place-findings.js'
import { auditEnd, policyChange } from '../judge/policy-change.js'
import { rebuildNeed } from '../judge/rebuild.js'
import type { PolicyNotice, Verdict } from '../model/index.js'
import type { Policy } from '../policy/policy.js'
import { proposeChange } from '../update/plan/dockerfile-change.js'
import type { Collected } from './collected.js'
import { interpretEach, joinAll } from './joins.js'

/**
 * The pure half of the gate: interpret the evidence, check its data against the data contract, join what the
 * checks know of each other, judge the answers, attribute findings to lines. Same arguments, same verdict.
 */
export function decide(collected: readonly Collected[], policy: Policy, today: string): Verdict {
  const interpreted = collected.map((one) => interpretEach(one, policy, today))
  const verdict = judge(joinAll(interpreted, policy), policy, today)
  const images = verdict.images.map((image, index) => {
    const { image: opened = null, dockerfiles = [] } = collected[index] ?? {}
    const placed = placeFindings(image, opened, dockerfiles)
    const rebuild = rebuildNeed(placed, opened)
    const dockerfileChange = proposeChange(placed, dockerfiles, today)
    return { ...placed, layers: maskedLayers(placed.layers), rebuild, dockerfileChange }
  })
  return { ...verdict, images }
}

/** The policies to decide by, as in `Judging`. */
export interface Deciding {
  readonly policy: Policy
  readonly proposed: Policy | null
  readonly notices: readonly PolicyNotice[]
  readonly today: string
}

/** The verdict under the policy in force; its notices say what the proposed policy would change. */
export function decideFor(
  { policy, proposed, notices, today }: Deciding,
  collected: readonly Collected[],
): Verdict {
  const verdict = decide(collected, policy, today)
  // Nobody can say what the proposed policy would make of checks that did not run.
  const then =
    proposed === null
      ? verdict
      : decide(collected, { ...proposed, gate: { ...proposed.gate, checks: policy.gate.checks } }, today)
  const branch = notices.find(({ kind }) => kind === 'base')?.branch
  const change = [...auditEnd(verdict, then, branch), ...policyChange(verdict, then)]
  const changedRunFiles = notices.flatMap(({ kind, file }) =>
    kind === 'run-differs' && file !== undefined ? [file] : [],
  )
  return {
    ...verdict,
    images:
      changedRunFiles.length === 0
        ? verdict.images
        : verdict.images.map((image) => ({ ...image, changedRunFiles })),
    policyNotices: [...notices, ...change, ...verdict.policyNotices],
  }
}
