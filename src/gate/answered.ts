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

/** The check with changed findings; one without an answer stays as it is. */
export function withFindings<Check extends CheckId>(
  one: CheckAnswer<Check> | undefined,
  change: (findings: readonly Finding[]) => readonly Finding[],
): CheckAnswer<Check> | undefined {
  return withAnswer(one, ({ findings }) => ({ findings: change(findings) }) as Partial<Answers[Check]>)
}

/** The check with more findings; if it has no answer, they stand next to the reason. */
export function withMore(
  { evidence, answer }: CheckAnswer<'clair'>,
  more: readonly Finding[],
): CheckAnswer<'clair'> {
  return {
    evidence,
    answer:
      answer.state === 'answered'
        ? { ...answer, findings: [...answer.findings, ...more] }
        : { ...answer, otherFindings: [...(answer.otherFindings ?? []), ...more] },
  }
}

/**
 * security-updates judges whether the package database is true, since it also has the archive's data. If it
 * does not run or has no answer, the image's own contradictions are added to Clair's answer, which depends on
 * the same database; if Clair has none either, they stand next to that.
 */
export function withDatabase(
  { 'security-updates': archive, clair }: Pick<ByCheck, 'security-updates' | 'clair'>,
  image: Image,
): Pick<ByCheck, 'clair'> {
  const updates = archive?.answer
  const isKnown =
    updates?.state === 'answered' || (updates?.otherFindings ?? []).some(({ id }) => id === DOUBTFUL)
  const finding = isKnown || clair === undefined ? null : contradictionIn(image)
  return { clair: clair === undefined || finding === null ? clair : withMore(clair, [finding]) }
}

/** `null`: none, or the packages cannot be read, which each check says itself. */
function contradictionIn(image: Image): Finding | null {
  try {
    return databaseFinding(examineDatabase(image, listingOf(image)).doubts)
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return null
    }
    throw error
  }
}
