import { holdDatabase } from '../inventory/database/doubts.js'
import { databaseFinding } from '../inventory/database/finding.js'
import { listingOf } from '../inventory/listing.js'
import type { JudgedInput } from '../judge/answers.js'
import type { CheckId } from '../model/checks.js'
import type { Answer, Finding } from '../model/finding/index.js'
import type { Image } from '../model/image.js'
import { SeaworthyError } from '../model/problem.js'

const DOUBTFUL = 'package-database-doubtful'

export type CheckAnswer = JudgedInput['answers'][number]

export function ofCheck(answers: readonly CheckAnswer[], check: CheckId): CheckAnswer | undefined {
  return answers.find(({ evidence }) => evidence.check === check)
}

/** Adds findings to the answer of the check that looks for vulnerabilities; none if it has no answer. */
export function addToClair(
  answers: readonly CheckAnswer[],
  more: () => readonly Finding[],
): readonly CheckAnswer[] {
  const clair = ofCheck(answers, 'clair')
  if (clair?.answer.state !== 'answered') {
    return answers
  }
  const findings = [...clair.answer.findings, ...more()]
  return answers.map((one) => (one === clair ? { ...one, answer: { ...clair.answer, findings } } : one))
}

/**
 * security-updates judges whether the package database is true, since it also has the archive's data. If it
 * does not run or has no answer, the image's own contradictions are added to Clair's answer, which depends on
 * the same database; if Clair has none either, they stand next to that.
 */
export function withDatabase(answers: readonly CheckAnswer[], image: Image): readonly CheckAnswer[] {
  const archive = ofCheck(answers, 'security-updates')?.answer
  if (archive?.state === 'answered' || (archive?.otherFindings ?? []).some(({ id }) => id === DOUBTFUL)) {
    return answers
  }
  const one = ofCheck(answers, 'clair')
  const finding = one === undefined ? null : contradictionIn(image)
  if (one === undefined || finding === null) {
    return answers
  }
  const { answer } = one
  const more: Answer =
    answer.state === 'answered'
      ? { ...answer, findings: [...answer.findings, finding] }
      : { ...answer, otherFindings: [...(answer.otherFindings ?? []), finding] }
  return answers.map((each) => (each === one ? { ...one, answer: more } : each))
}

/** `null`: none, or the packages cannot be read, which each check says itself. */
function contradictionIn(image: Image): Finding | null {
  try {
    return databaseFinding(holdDatabase(image, listingOf(image)).doubts)
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return null
    }
    throw error
  }
}
