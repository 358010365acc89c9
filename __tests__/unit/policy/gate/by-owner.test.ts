import { describe, expect, test } from '@jest/globals'
import { RATED_SEVERITIES } from '../../../../src/model/severity.js'
import { daysFor, daysText, hasDays } from '../../../../src/policy/gate/act-within.js'
import {
  type ByOwner,
  isHigherForAny,
  limitFor,
  ownersFrom,
  ownersText,
} from '../../../../src/policy/gate/by-owner.js'
import { isRefusal, oneOf } from '../../../../src/policy/gate/threshold.js'

describe('a threshold for each owner', () => {
  const read = (text: string) => {
    const found = ownersFrom(text, (one) => oneOf(one, RATED_SEVERITIES))
    return isRefusal(found) ? found.refused : found
  }

  test.each([
    ['high', 'high'],
    ['base=critical,own=high', { base: 'critical', own: 'high' }],
    ['own=high base=critical', { base: 'critical', own: 'high' }],
    [' base=critical , own=high, ', { base: 'critical', own: 'high' }],
  ])('when it is written as %j, then it is read', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    'base=critical',
    'own=high',
    'base=critical,own=high,own=low',
    'base=critical,base=low,own=high',
    'base=critical,own=high,x=low',
    'base=critical,own=',
    'base=critical,own=a=b',
  ])('when it is written as %j, then it is refused', (text) => {
    expect(read(text)).toEqual([
      `${JSON.stringify(text)} is neither a single severity nor one for each owner, such as base=critical,own=high`,
    ])
  })

  test('when a severity of one owner, or of both, is none, then each is refused', () => {
    expect(read('base=x,own=high')).toEqual([expect.stringContaining('x')])
    expect(read('base=x,own=y')).toEqual([expect.stringContaining('x'), expect.stringContaining('y')])
  })

  test('when an owner is known, then its own holds; else the strictest, where never is the laxest', () => {
    const limits = { base: 'critical', own: 'high' } as const
    expect(limitFor('low', ['base'])).toEqual({ limit: 'low', of: null })
    expect(limitFor(limits, ['base'])).toEqual({ limit: 'critical', of: 'base' })
    expect(limitFor(limits, ['own'])).toEqual({ limit: 'high', of: 'own' })
    expect(limitFor(limits, ['base', 'own'])).toEqual({ limit: 'high', of: 'own' })
    expect(limitFor(limits, [])).toEqual({ limit: 'high', of: 'own' })
    expect(limitFor({ base: 'critical', own: null } as const, [])).toEqual({ limit: 'critical', of: 'base' })
    expect(limitFor({ base: null, own: 'low' } as const, [])).toEqual({ limit: 'low', of: 'own' })
    // Of two that are the same, the first is named.
    expect(limitFor({ base: 'low', own: 'low' } as const, [])).toEqual({ limit: 'low', of: 'base' })
  })

  test.each<[ByOwner, ByOwner, boolean]>([
    ['high', 'high', false],
    ['critical', 'high', true],
    ['low', 'high', false],
    [null, 'high', true],
    ['high', null, false],
    [null, null, false],
    [{ base: 'critical', own: 'high' }, 'high', true],
    [{ base: 'low', own: 'critical' }, 'high', true],
    [{ base: 'low', own: 'high' }, 'high', false],
  ])('when %j is asked for instead of %j, then it is laxer: %s', (requested, current, is) => {
    expect(isHigherForAny(requested, current)).toBe(is)
  })

  test.each<[ByOwner, string]>([
    ['high', 'high'],
    [null, 'never'],
    [{ base: null, own: 'low' }, 'base=never,own=low'],
  ])('when it is %j, then it is shown as %s', (limits, text) => {
    expect(ownersText(limits)).toBe(text)
  })
})

describe('days for each severity', () => {
  const within = { critical: 0, high: 0, medium: 14, low: 30, negligible: 0 }

  test('when one has days, then it has them, and what is not rated has none', () => {
    expect([daysFor(within, 'medium'), daysFor(within, 'high'), daysFor(within, 'unknown')]).toEqual([
      14, 0, 0,
    ])
    expect([hasDays(within), hasDays({ ...within, medium: 0, low: 0 })]).toEqual([true, false])
    expect(hasDays({ ...within, medium: 1, low: 0 })).toBe(true)
  })

  test('when they are shown, then from the highest severity down', () => {
    expect(daysText(within)).toBe('critical=0d,high=0d,medium=14d,low=30d,negligible=0d')
  })
})
