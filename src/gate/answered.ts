import type { JudgedInput } from '../judge/answers.js'
import type { CheckId } from '../model/checks.js'

/** A check's answer, with what it was read from. */
export type GivenAnswer = JudgedInput['answers'][number]

export function ofCheck(answers: readonly GivenAnswer[], check: CheckId): GivenAnswer | undefined {
  return answers.find(({ evidence }) => evidence.check === check)
}
