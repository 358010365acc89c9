import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, daysBetween, isDate } from '../../../src/model/dates.js'

describe('isDate', () => {
  test.each(['2027-03-31', '2028-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])(
    'when it is %s, then yes',
    (text) => {
      expect(isDate(text)).toBe(true)
    },
  )

  test.each([
    '2027-13-01',
    '2027-00-01',
    '2027-02-29',
    '2027-02-30',
    '1900-02-29',
    '2027-04-31',
    '2027-01-00',
    '2027-1-1',
    '27-01-01',
    '2027/01/01',
    '2027-01-01T00:00:00Z',
    ' 2027-01-01',
    '2027-01-01\n',
    '',
    'never',
  ])('when it is %j, then no', (text) => {
    expect(isDate(text)).toBe(false)
  })
})

describe('addDays and daysBetween', () => {
  test.each([
    ['2026-11-24', 30, '2026-12-24'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['0099-12-31', 1, '0100-01-01'],
  ])('when %s and %d days are added, then it is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to)
    expect(daysBetween(from, to)).toBe(days)
  })

  test('when days are added and counted, then the same number comes back', () => {
    const date = fc.integer({ min: -500_000, max: 2_000_000 }).map((days) => addDays('1970-01-01', days))
    fc.assert(
      fc.property(date, fc.integer({ min: -100_000, max: 100_000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days)
      }),
    )
  })

  test('when it is no date, or leaves the calendar, then it throws', () => {
    expect(() => addDays('2027-02-29', 1)).toThrow(RangeError)
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => daysBetween('2027-01-01', 'soon')).toThrow(RangeError)
  })
})
