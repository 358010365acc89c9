import { describe, expect, test } from '@jest/globals'
import { ratingOf, readVector } from '../../../../../src/feeds/formats/osv/rating.js'
import type { OsvRecord } from '../../../../../src/feeds/formats/osv/record.js'

const HIGH = 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H'
const CRITICAL = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
const CRITICAL_30 = CRITICAL.replace('3.1', '3.0')
const V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'
const V2 = 'AV:N/AC:L/Au:N/C:P/I:P/A:P'

const record = (id: string, vectors: readonly string[], severityName = '') =>
  ({ id, vectors, severityName }) as unknown as OsvRecord

describe('the rating of an advisory', () => {
  test('when there are several vectors, then the highest score counts, with the record that states it', () => {
    const records = [record('A', [HIGH]), record('B', [CRITICAL])]
    const expected = {
      ...{ severity: 'critical', of: 'B' },
      cvss: { vector: CRITICAL, score: 9.8, version: '3.1' },
    }
    expect(ratingOf(records)).toEqual(expected)
    expect(ratingOf(records.toReversed())).toEqual(expected)
  })

  test('when scores are the same, then the newer version counts, in any order', () => {
    const records = [record('A', [CRITICAL_30]), record('B', [CRITICAL]), record('C', [CRITICAL_30])]
    expect(ratingOf(records).of).toBe('B')
    expect(ratingOf(records.toReversed()).of).toBe('B')
  })

  test('when no vector can be read, then the severity in words counts, the highest one', () => {
    const rating = ratingOf([record('A', ['?'], 'low'), record('B', [], 'MODERATE'), record('C', [], 'odd')])
    expect(rating).toEqual({ severity: 'medium', of: 'B', cvss: null })
  })

  test.each([
    ['low', 'low'],
    ['moderate', 'medium'],
    ['medium', 'medium'],
    ['High', 'high'],
    ['CRITICAL', 'critical'],
  ])('when the severity is called %s, then it is %s', (name, severity) => {
    expect(ratingOf([record('A', [], name)])).toMatchObject({ severity, of: 'A' })
  })

  test('when nothing rates it, then it is not rated, by nobody', () => {
    const unrated = { severity: 'unknown', of: null, cvss: null }
    expect(ratingOf([])).toEqual(unrated)
    expect(ratingOf([record('A', [], ''), record('B', [], 'odd')])).toEqual(unrated)
    // A vector of version 2 is no error.
    expect(ratingOf([record('A', [V2])])).toEqual(unrated)
  })
})

describe('a vector', () => {
  test.each([
    [CRITICAL_30, 9.8, '3.0'],
    [CRITICAL, 9.8, '3.1'],
    [V4, 9.3, '4.0'],
  ])('when it is %s, then its score is %d', (vector, score, version) => {
    expect(readVector(vector)).toEqual({ vector, score, version })
  })

  test('when it has more than base metrics, then these are left out, and do not change the score', () => {
    expect(readVector(`${CRITICAL}/E:U/RL:O/RC:U`)).toEqual(readVector(CRITICAL))
    expect(readVector(`${V4}/E:U`)).toEqual(readVector(V4))
  })

  test.each(['', V2, 'CVSS:3.1', 'CVSS:3.1/AV:N', `${CRITICAL}/E:?`, CRITICAL.replace('3.1', '3.2')])(
    'when it is %j, then it cannot be read',
    (text) => {
      expect(readVector(text)).toBeNull()
    },
  )
})
