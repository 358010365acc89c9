import {
  type Answers,
  CHECK_IDS,
  type CheckId,
  type CheckResult,
  type Evidence,
  NO_ANSWER,
  type Problem,
  type RuledFinding,
  runsIfRequested,
  withAdvice,
} from '../model/index.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import {
  type AlsoReported,
  type Context,
  type JudgedAnswer,
  judgeRelease,
  judgeResults,
  judgeVulnerabilities,
  ruleSeparately,
} from './answers.js'
import {
  ARCHIVE,
  CLAIR,
  type DataLimits,
  type DataRule,
  dataAgeProblem,
  osvRule,
  RATINGS,
  TRACKER,
} from './data-age.js'
import { BENCH_NEED, isNeeded, type ReleaseNeed, TEST_NEED } from './release-needs.js'

/** The result of a check that the policy requires, and how it is judged. */
export interface RequestedCheck extends AlsoReported {
  readonly result: CheckResult
  readonly findings: readonly RuledFinding[]
  readonly sources: Evidence['sources']
}

interface JudgedCheck<Check extends CheckId> {
  readonly data: readonly DataRule[]
  /** How its answer is judged; a `problem`: why it does not count under this policy. */
  readonly judge: (answer: Answers[Check], context: Context, evidence: Evidence) => JudgedAnswer
  /** For a check that a release may need, whether or not the policy lists it. */
  readonly need?: ReleaseNeed
}

const CHECKS_JUDGED: { readonly [Check in CheckId]: JudgedCheck<Check> } = {
  // The tracker only describes the updates: they are known without it.
  'security-updates': { data: [ARCHIVE], judge: judgeRelease },
  clair: { data: [TRACKER, CLAIR, ...RATINGS], judge: judgeVulnerabilities },
  'docker-bench': { data: [], judge: judgeResults, need: BENCH_NEED },
  credentials: { data: [], judge: ruleSeparately },
  'regression-test': {
    data: [],
    judge: (answer, context) => ({ ...ruleSeparately(answer, context), test: answer.test }),
    need: TEST_NEED,
  },
}

/** Why the data behind a check's answer cannot be trusted; `null` if it can. */
export function dataProblem(evidence: Evidence, limits: DataLimits): Problem | null {
  return dataAgeProblem(evidence, CHECKS_JUDGED[evidence.check].data, limits)
}

/** Like `dataProblem`, for OSV's advisories alone: without them, everything but application packages is judged. */
export function osvProblem(evidence: Evidence, limits: DataLimits): Problem | null {
  return dataAgeProblem(evidence, [osvRule(limits)], limits)
}

/** The checks whose answer this kind of release needs, whether or not the policy lists them. */
export function neededChecks(gate: GatePolicy): readonly CheckId[] {
  return CHECK_IDS.filter((check) => needOf(check, gate) !== null)
}

function needOf(check: CheckId, gate: GatePolicy): ReleaseNeed | null {
  const { need } = CHECKS_JUDGED[check]
  return need !== undefined && isNeeded(need, gate) ? need : null
}

/** The judged result of one check. Without evidence there is no answer. */
export function checkOf(check: CheckId, context: Context): RequestedCheck {
  const { input } = context
  const collected = input.answers.find(({ evidence }) => evidence.check === check)
  const tookMs = collected?.evidence.tookMs ?? 0
  const sources = collected?.evidence.sources ?? []
  const unanswered = (problem: Problem): RequestedCheck => ({
    result: { check, state: 'unanswered', problem, tookMs, notes: [], limits: [], bench: null },
    findings: [],
    sources,
    base: null,
    test: runsIfRequested(check) ? NO_ANSWER : null,
    foreignCount: null,
  })
  if (input.image === null || input.problem !== null) {
    const what = 'the image could not be opened'
    const notOpened = withAdvice({ code: 'image-not-opened', what, where: input.reference })
    return unanswered(input.problem ?? notOpened)
  }
  if (collected === undefined) {
    return unanswered(missingProblem(check, context.policy.gate, input.reference))
  }
  const { evidence, answer } = collected
  if (answer.state === 'unanswered') {
    const { problem, otherFindings = [] } = answer
    const { findings } = ruleSeparately({ findings: otherFindings, notes: [], limits: [] }, context)
    return { ...unanswered(evidence.problem ?? problem), findings }
  }
  // A problem means that there is no answer, whatever the documents next to it say.
  if (evidence.problem !== null) {
    return unanswered(evidence.problem)
  }
  const judged = judgedBy(answer.check, answer, context, evidence)
  if ('problem' in judged) {
    return unanswered(judged.problem)
  }
  const { findings, notes, limits, bench = null, lacking = null } = judged
  const state = lacking === null ? 'answered' : 'unanswered'
  const result: CheckResult = { check, state, problem: lacking, tookMs, notes, limits, bench }
  const { base = null, test = null, foreignCount = null } = judged
  return { result, findings, sources, base, test, foreignCount }
}

function judgedBy<Check extends CheckId>(
  check: Check,
  answer: Answers[Check],
  context: Context,
  evidence: Evidence,
): JudgedAnswer {
  return CHECKS_JUDGED[check].judge(answer, context, evidence)
}

/** Why there is no answer of a check that was not run. */
function missingProblem(check: CheckId, gate: GatePolicy, where: string): Problem {
  const need = needOf(check, gate)
  if (need !== null && gate.release !== null) {
    return need.missing(gate.release, where)
  }
  const what = `there is no evidence from the ${check} check`
  const todo = `run the ${check} check, or remove it from the list of checks in policies/gate.yml`
  return { code: 'no-evidence', what, where, todo }
}
