import { describe, expect, test } from '@jest/globals'
import { refuseUnanswered, updateExit } from '../../../src/gate/update.js'
import type { VerdictStatus } from '../../../src/model/verdict.js'
import type { UpdateResult } from '../../../src/update/plan/outcome.js'
import { aCheckResult, anImageVerdict, aProblem, aVerdict } from '../../support/builders.js'
import { outcomeOf, problemThrownBy } from '../../support/problems.js'
import { anOutcome } from '../publish/update-setting.js'

describe('updateExit', () => {
  test.each<[UpdateResult, VerdictStatus, number]>([
    ['nothing-to-do', 'pass', 0],
    ['rebuild', 'pass', 0],
    ['updated', 'pass', 0],
    ['partly-updated', 'pass', 0],
    ['updated', 'fail', 1],
    ['nothing-to-do', 'fail', 1],
    ['breaks', 'fail', 1],
    ['worse', 'fail', 1],
    // The verdict is that of the image as it is, which says nothing of a patched one.
    ['breaks', 'pass', 1],
    ['worse', 'pass', 1],
    ['updated', 'incomplete', 2],
    ['breaks', 'incomplete', 2],
    ['broken-before', 'fail', 2],
    ['broken-before', 'pass', 2],
  ])('when the outcome is %s and the verdict %s, then it is %d', (outcome, verdict, exit) => {
    expect(updateExit({ outcome: anOutcome({ outcome }), verdict: aVerdict({ verdict }) })).toBe(exit)
  })
})

describe('refuseUnanswered', () => {
  const silent = aCheckResult({ state: 'unanswered', problem: aProblem({ where: 'Clair', todo: 'wait' }) })
  const of = (verdict: VerdictStatus) =>
    aVerdict({ verdict, images: [anImageVerdict({ verdict, checks: [silent] })] })

  test('when a check gave no answer and nothing blocks, then there is no ground for an update', () => {
    expect(problemThrownBy(() => refuseUnanswered(of('incomplete')))).toEqual({
      code: 'update-unanswered',
      what: 'no answer from clair, so it is not known what to update',
      where: 'Clair',
      todo: 'wait',
    })
  })

  test('when something blocks, or all gave an answer, then there is', () => {
    const all = [of('fail'), aVerdict({ verdict: 'pass' }), of('incomplete')]
    expect(all.map((verdict) => outcomeOf(() => refuseUnanswered(verdict)))).toEqual([
      'answered',
      'answered',
      'update-unanswered',
    ])
  })
})
