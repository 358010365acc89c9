import { expect, test } from '@jest/globals'
import { ACT_WITHIN_ROW, daysFor, daysText, hasDays } from '../../../../src/policy/gate/act-within.js'

const NONE = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0 }

test('when any severity has a day, then there is time to act, and for each severity its own', () => {
  expect([hasDays(NONE), hasDays({ ...NONE, low: 1 })]).toEqual([false, true])
  expect(daysText({ ...NONE, low: 1, high: 2 })).toBe('critical=0d,high=2d,medium=0d,low=1d,negligible=0d')
  expect((['low', 'high', 'unknown'] as const).map((one) => daysFor({ ...NONE, low: 1 }, one))).toEqual([
    1, 0, 0,
  ])
})

test.each([
  [{ ...NONE, low: 2 }, { ...NONE, low: 1 }, true],
  [{ ...NONE, low: 1 }, { ...NONE, low: 1 }, false],
  [{ ...NONE, low: 1, high: 1 }, { ...NONE, low: 9 }, true],
  [NONE, { ...NONE, low: 1 }, false],
])('when %j is asked for instead of %j, then it is laxer: %s', (requested, current, is) => {
  expect(ACT_WITHIN_ROW['act-within'].laxer(requested, current)).toBe(is)
})
