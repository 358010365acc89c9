import type { CheckId } from '../model/evidence.js'
import { type Problem, withAdvice } from '../model/problem.js'

/** Why a check that was asked for has no answer, where nobody has said so. */

export function notOpened(reference: string): Problem {
  return withAdvice({
    code: 'image-not-opened',
    what: 'the image could not be opened',
    where: reference,
  })
}

export function noEvidence(reference: string, check: CheckId): Problem {
  return {
    code: 'no-evidence',
    what: `there is no evidence of ${check}`,
    where: reference,
    todo: `let ${check} run, or take it out of checks in policies/gate.yml`,
  }
}

/** A threshold that nothing could reach would pass what it was made to stop. */
export function epssNotRead(reference: string): Problem {
  return withAdvice({
    code: 'epss-not-read',
    what: 'epss-at-least decides by EPSS, which was not read',
    where: reference,
  })
}
