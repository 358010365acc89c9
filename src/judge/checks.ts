import type { BaseImage } from '../model/base-image.js'
import { type CheckId, runsIfRequested } from '../model/checks.js'
import type { Evidence } from '../model/evidence.js'
import { answerFrom } from '../model/finding/index.js'
import { type Problem, withAdvice } from '../model/problem.js'
import { NO_ANSWER, type RegressionTest } from '../model/regression-test.js'
import type { CheckResult, RuledFinding } from '../model/verdict.js'
import {
  type AnsweredCheck,
  type Context,
  type JudgedCheckAnswer,
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
import { neededAnswer } from './release-needs.js'

/** The result of a check that the policy requires, and how it is judged. */
export interface RequestedCheck {
  readonly result: CheckResult
  readonly findings: readonly RuledFinding[]
  readonly sources: Evidence['sources']
  /** The base of the image according to security-updates. */
  readonly base: BaseImage | null
  /** The result of the regression test; `null`: this is another check. */
  readonly test: RegressionTest | null
  /** How many packages are not from the image's release. */
  readonly foreignCount: number | null
}

interface JudgedCheck {
  /** What its answer is based on. */
  readonly data: readonly DataRule[]
  /** How its answer is judged; `error`: why it does not count under this policy. */
  readonly judge: (answer: AnsweredCheck, context: Context, evidence: Evidence) => JudgedCheckAnswer
}

const CHECKS_JUDGED: Readonly<Record<CheckId, JudgedCheck>> = {
  // The tracker only describes the updates: they are known without it.
  'security-updates': { data: [ARCHIVE], judge: judgeRelease },
  clair: { data: [TRACKER, CLAIR, ...RATINGS], judge: judgeVulnerabilities },
  'docker-bench': { data: [], judge: judgeResults },
  credentials: { data: [], judge: ruleSeparately },
  'regression-test': { data: [], judge: ruleSeparately },
}

/** Why the data behind a check's answer cannot be trusted; `null` if it can. */
export function dataProblem(evidence: Evidence, limits: DataLimits): Problem | null {
  return dataAgeProblem(evidence, CHECKS_JUDGED[evidence.check].data, limits)
}

/** The same for OSV's advisories alone, without which everything but application packages is judged. */
export function osvProblem(evidence: Evidence, limits: DataLimits): Problem | null {
  return dataAgeProblem(evidence, [osvRule(limits)], limits)
}

/** Without evidence there is no answer. */
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
    return unanswered(input.problem ?? notOpened(input.reference))
  }
  if (collected === undefined) {
    const needed = neededAnswer(check, context.policy.gate, input.reference)
    return unanswered(needed ?? noEvidence(input.reference, check))
  }
  const { evidence, answer: interpreted } = collected
  const answer = answerFrom(evidence, () => interpreted)
  if (answer.state === 'unanswered') {
    const otherFindings = interpreted.state === 'unanswered' ? (interpreted.otherFindings ?? []) : []
    const { findings } = ruleSeparately({ state: 'answered', findings: otherFindings, notes: [] }, context)
    return { ...unanswered(answer.problem), findings }
  }
  const judged = CHECKS_JUDGED[check].judge(answer, context, evidence)
  if ('problem' in judged) {
    return unanswered(judged.problem)
  }
  const { findings, notes, limits, bench = null } = judged
  const missingData = answer.lacking ?? judged.lacking ?? null
  const state = missingData === null ? 'answered' : 'unanswered'
  const result: CheckResult = { check, state, problem: missingData, tookMs, notes, limits, bench }
  const { base = null, foreign = null, test = null } = answer
  return { result, findings, sources, base, test, foreignCount: foreign?.length ?? null }
}

function notOpened(reference: string): Problem {
  return withAdvice({
    code: 'image-not-opened',
    what: 'the image could not be opened',
    where: reference,
  })
}

function noEvidence(reference: string, check: CheckId): Problem {
  return {
    code: 'no-evidence',
    what: `there is no evidence from the ${check} check`,
    where: reference,
    todo: `run the ${check} check, or remove it from the list of checks in policies/gate.yml`,
  }
}
