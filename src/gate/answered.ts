import { answerOf } from '../checks/index.js'
import { examineDatabase } from '../inventory/database/doubts.js'
import { databaseFinding } from '../inventory/database/finding.js'
import { listingOf } from '../inventory/listing.js'
import { dataProblem } from '../judge/checks.js'
import type { DataLimits } from '../judge/data-age.js'
import {
  type Answer,
  type AnswerOf,
  type Answers,
  type CheckId,
  type Evidence,
  type Finding,
  type ForeignPackage,
  type Image,
  SeaworthyError,
} from '../model/index.js'

const DOUBTFUL = 'package-database-doubtful'

/** What a check answers by its evidence. */
export interface CheckAnswer<Check extends CheckId = CheckId> {
  readonly evidence: Evidence
  readonly answer: AnswerOf<Check>
}

/** `undefined`: there is no evidence of this check. */
export type ByCheck = { readonly [Check in CheckId]: CheckAnswer<Check> | undefined }

/** What a check answers, unless the data contract refuses the data behind it. */
export function interpreted(
  evidence: Evidence,
  image: Image | null,
  foreign: readonly ForeignPackage[],
  limits: DataLimits,
): CheckAnswer {
  const answer = answerOf(evidence, image, foreign)
  const problem = answer.state === 'answered' ? dataProblem(evidence, limits) : null
  if (problem === null) {
    return { evidence, answer }
  }
  // Advisories have dates of their own, so what they say about application packages is kept.
  const more = 'applications' in answer ? { applications: answer.applications } : {}
  return { evidence, answer: { check: answer.check, state: 'unanswered', problem, ...more } }
}

/** The check with a changed answer; one without an answer stays as it is. */
export function withAnswer<Check extends CheckId>(
  one: CheckAnswer<Check> | undefined,
  change: (answer: Answers[Check]) => Partial<Answers[Check]>,
): CheckAnswer<Check> | undefined {
  const answer = one?.answer as Answer | undefined
  if (one === undefined || answer?.state !== 'answered') {
    return one
  }
  // The compiler cannot see that the answer of this check is one of this check.
  const own = answer as Answers[Check]
  return { ...one, answer: { ...own, ...change(own) } as AnswerOf<Check> }
}

/** The check with more findings; if it has no answer, they stand next to the reason. */
export function withMore<Check extends CheckId>(
  { evidence, answer }: CheckAnswer<Check>,
  more: readonly Finding[],
): CheckAnswer<Check> {
  const added =
    answer.state === 'answered'
      ? { findings: [...answer.findings, ...more] }
      : { otherFindings: [...(answer.otherFindings ?? []), ...more] }
  return { evidence, answer: { ...answer, ...added } as AnswerOf<Check> }
}

/** Whether an answer says already what is to be said about the package database. */
export function isDatabaseExamined(answer: Answer | undefined): boolean {
  return answer?.state === 'answered' || (answer?.otherFindings ?? []).some(({ id }) => id === DOUBTFUL)
}

/** What contradicts itself in the image's package database; none if it cannot be read, which each check says itself. */
export function databaseContradictions(image: Image): readonly Finding[] {
  try {
    const finding = databaseFinding(examineDatabase(image, listingOf(image)).doubts)
    return finding === null ? [] : [finding]
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return []
    }
    throw error
  }
}
