import { describe, expect, test } from '@jest/globals'
import { COLLECTORS } from '../../../src/checks/collectors.js'
import { answerOf, INTERPRETERS } from '../../../src/checks/index.js'
import { CHECK_IDS } from '../../../src/model/checks.js'
import { anEvidence, anImage, aProblem } from '../../support/builders.js'

describe('the checks', () => {
  test.each(CHECK_IDS)('when %s is looked up, then both of its halves are its own', (check) => {
    expect(INTERPRETERS[check].id).toBe(check)
    expect(COLLECTORS[check].id).toBe(check)
  })
})

describe('answerOf', () => {
  test.each(CHECK_IDS)('when the evidence of %s has a problem, then that is its answer', (check) => {
    const problem = aProblem()
    expect(answerOf(anEvidence({ check, problem }), anImage())).toEqual({
      check,
      state: 'unanswered',
      problem,
    })
  })

  test.each(CHECK_IDS)('when %s has no documents and no problem, then it gives no answer', (check) => {
    expect(answerOf(anEvidence({ check, documents: {} }), anImage()).state).toBe('unanswered')
  })

  test('when the image was not opened, then no check gives an answer', () => {
    expect(answerOf(anEvidence(), null)).toMatchObject({ state: 'unanswered', problem: { code: 'internal' } })
  })
})
