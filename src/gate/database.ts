import { holdDatabase } from '../inventory/database/doubts.js'
import { databaseFinding } from '../inventory/database/finding.js'
import { listingOf } from '../inventory/listing.js'
import type { Answer, Finding } from '../model/finding/index.js'
import type { Image } from '../model/image.js'
import { SeaworthyError } from '../model/problem.js'
import { type GivenAnswer, ofCheck } from './answered.js'

const DOUBTFUL = 'package-database-doubtful'

/**
 * security-updates judges whether the package database is true, since it also has the archive's data. If it
 * does not run or has no answer, the image's own contradictions are added to Clair's answer, which depends on
 * the same database; if Clair has none either, they stand beside that.
 */
export function withDatabase(answers: readonly GivenAnswer[], image: Image): readonly GivenAnswer[] {
  const archive = ofCheck(answers, 'security-updates')?.answer
  if (archive?.state === 'answered' || (archive?.beside ?? []).some(({ id }) => id === DOUBTFUL)) {
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
      : { ...answer, beside: [...(answer.beside ?? []), finding] }
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
