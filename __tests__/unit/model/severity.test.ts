import { describe, expect, test } from '@jest/globals'
import { isAtLeast, SEVERITIES, severityOfScore, severityOfUrgency } from '../../../src/model/severity.js'

describe('severityOfScore', () => {
  // https://www.first.org/cvss/v4.0/specification-document, 6: the first and the last score of each rating.
  test.each([
    [0, 'negligible'],
    [0.1, 'low'],
    [3.9, 'low'],
    [4, 'medium'],
    [6.9, 'medium'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
    [10, 'critical'],
  ])('when the score is %d, then it is %s', (score, severity) => {
    expect(severityOfScore(score)).toBe(severity)
  })
})

describe('severityOfUrgency', () => {
  test.each([
    ['unimportant', 'negligible'],
    ['low', 'low'],
    ['low**', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['not yet assigned', 'unknown'],
    ['end-of-life', 'unknown'],
    ['', 'unknown'],
  ])('when the tracker says "%s", then it is %s', (urgency, severity) => {
    expect(severityOfUrgency(urgency)).toBe(severity)
  })
})

describe('isAtLeast', () => {
  test('when it is rated, then its own word and those below it are reached; unrated reaches none', () => {
    expect(SEVERITIES.filter((threshold) => isAtLeast('medium', threshold))).toEqual(
      SEVERITIES.slice(0, SEVERITIES.indexOf('medium') + 1),
    )
    expect(SEVERITIES.filter((threshold) => isAtLeast('unknown', threshold))).toEqual([])
  })
})
