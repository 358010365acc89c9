import { describe, expect, test } from '@jest/globals'
import { feedDocuments } from '../../../src/feeds/formats/documents.js'
import { judge } from '../../../src/judge/judge.js'
import { rule } from '../../../src/judge/rulings.js'
import { becauseText } from '../../../src/model/because/texts.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import {
  aFinding,
  aJudgedInput,
  anAnswer,
  anEvidence,
  anUnfixedFinding,
  aPolicy,
  TODAY,
} from '../../support/builders.js'
import { NVD, V31 } from '../../support/feed-texts.js'

const SUBJECT = { reference: 'app:1.4.0', codename: 'bookworm' }
const ruled = (finding: ReturnType<typeof aFinding>, gate: Partial<GatePolicy> = {}) => {
  const one = rule(finding, SUBJECT, aPolicy([], gate), TODAY)
  return [one.ruling, one.blocks, becauseText(one)]
}
const unknown = aFinding({ severity: 'unknown', severitySource: null })
const scored = (probability: number) => ({ epss: { probability, percentile: 0.9, date: TODAY } })

describe('unknown-severity', () => {
  test.each([
    ['act', 'act', true, 'a fix can be installed, and the vulnerability is not rated'],
    [
      'noted',
      'noted',
      false,
      'fix 2.6.2 can be installed; not rated (treated as noted, set by unknown-severity) is below fail-on high',
    ],
    ...[
      [
        'medium',
        'noted',
        false,
        'fix 2.6.2 can be installed; not rated (treated as medium, set by unknown-severity) is below fail-on high',
      ] as const,
      [
        'critical',
        'act',
        true,
        'fix 2.6.2 can be installed; not rated (treated as critical, set by unknown-severity) is at or above fail-on high',
      ] as const,
    ],
  ] as const)(
    'when it is %s, then what nobody has rated is %s',
    (unknownSeverity, ruling, blocks, because) => {
      expect(ruled(unknown, { unknownSeverity })).toEqual([ruling, blocks, because])
    },
  )

  test('when something is rated, then it does not count', () => {
    for (const unknownSeverity of ['act', 'noted', 'critical'] as const) {
      expect(ruled(aFinding({ severity: 'low' }), { unknownSeverity })[0]).toBe('noted')
      expect(ruled(aFinding({ severity: 'high' }), { unknownSeverity })[0]).toBe('act')
    }
  })

  test('when there is no fix, then a severity counts for fail-on-unfixed, and act alone does not', () => {
    const bare = anUnfixedFinding({ severity: 'unknown' })
    expect(ruled(bare, { failOnUnfixed: 'low' })[0]).toBe('unfixed')
    expect(ruled(bare, { failOnUnfixed: 'low', unknownSeverity: 'high' })[0]).toBe('act')
  })
})

describe('epss-at-least', () => {
  const low = (probability: number) => aFinding({ severity: 'low', ...scored(probability) })

  test('when a fix is there and EPSS reaches it, then it acts, however it is rated', () => {
    expect(ruled(low(0.1), { epssAtLeast: 0.1 })).toEqual([
      ...[
        'act',
        true,
        'fix 2.6.2 can be installed; EPSS 10.0% is at or above the threshold 0.1 (epss-at-least)',
      ],
    ])
    expect(ruled(low(0.0999), { epssAtLeast: 0.1 })[0]).toBe('noted')
    expect(ruled(low(1), {})[0]).toBe('noted')
    expect(ruled(anUnfixedFinding({ severity: 'low', ...scored(1) }), { epssAtLeast: 0.1 })[0]).toBe(
      'unfixed',
    )
  })

  test('when EPSS was not read, then there is no answer; when it was, and knows nothing of it, then there is', () => {
    const feed = {
      state: 'read',
      date: '2026-11-24T00:00:00Z',
      why: '',
      values: new Map<string, string>(),
    } as const
    const documents = feedDocuments({ cvss: feed, epss: feed, kev: feed })
    const verdict = (evidence: ReturnType<typeof anEvidence>, epssAtLeast: number | null) => {
      const input = aJudgedInput([], {
        answers: [{ evidence, answer: anAnswer([aFinding({ severity: 'low' })]) }],
      })
      const { verdict, images } = judge([input], aPolicy([], { epssAtLeast }), TODAY)
      return [verdict, images[0]?.checks[0]?.problem?.code]
    }
    expect(verdict(anEvidence({ documents }), 0.1)).toEqual(['pass', undefined])
    expect(verdict(anEvidence(), 0.1)).toEqual(['incomplete', 'epss-not-read'])
    expect(verdict(anEvidence(), null)).toEqual(['pass', undefined])
    const off = feedDocuments({ cvss: feed, epss: { ...feed, state: 'off' }, kev: feed })
    expect(verdict(anEvidence({ documents: off }), 0.1)).toEqual(['incomplete', 'epss-not-read'])
    // The other checks have no use for it.
    const bench = { evidence: anEvidence({ check: 'docker-bench' }), answer: anAnswer([], 'docker-bench') }
    const alone = aPolicy([], { checks: ['docker-bench'], epssAtLeast: 0.1 })
    const [image] = judge([aJudgedInput([], { answers: [bench] })], alone, TODAY).images
    expect(image?.checks).toMatchObject([{ check: 'docker-bench', state: 'answered' }])
  })
})

describe('because', () => {
  test('when somebody has rated it, then whose word it is is reported, with the score where there is one', () => {
    const cvss = { vector: V31, score: 9.8, version: '3.1', scorer: NVD }
    const critical = aFinding({ severity: 'critical', severitySource: 'nvd', cvss })
    expect(ruled(critical)[2]).toBe(
      'fix 2.6.2 can be installed; critical (NVD 9.8) is at or above fail-on high',
    )
    const unimportant = aFinding({ severity: 'negligible', severitySource: 'debian-tracker', cvss })
    expect(ruled(unimportant)[2]).toBe(
      'fix 2.6.2 can be installed; negligible (Debian) is below fail-on high',
    )
    const rulingOf = (severitySource: string | null) =>
      ruled(aFinding({ severity: 'low', severitySource, cvss: null }))[2]
    expect(rulingOf('debian-tracker')).toBe('fix 2.6.2 can be installed; low (Debian) is below fail-on high')
    expect(rulingOf('clair')).toBe('fix 2.6.2 can be installed; low (Clair) is below fail-on high')
    expect(rulingOf(null)).toBe('fix 2.6.2 can be installed; low is below fail-on high')
  })
})

describe('fail-on-unfixed below fail-on', () => {
  const medium = aFinding({ severity: 'medium' })
  const gate = { failOnUnfixed: 'medium' } as const

  test('when a fix comes, then what acted without it still does: nobody has installed it', () => {
    expect(ruled(anUnfixedFinding({ severity: 'medium' }), gate)[0]).toBe('act')
    expect(ruled({ ...medium, installable: false }, gate)[0]).toBe('act')
    expect(ruled({ ...medium, installable: null }, gate)[0]).toBe('act')
    expect(ruled(medium, gate)).toEqual([
      ...['act', true, 'fix 2.6.2 can be installed; medium (Debian) is at or above fail-on-unfixed medium'],
    ])
    expect(ruled(aFinding({ severity: 'low' }), gate)[0]).toBe('noted')
  })

  test('when Debian has put it off until the fix came, then nothing counts before, and both thresholds after', () => {
    const debian = { kind: 'no-dsa', words: 'Minor issue' } as const
    expect(ruled(anUnfixedFinding({ severity: 'medium', debian }), gate)[0]).toBe('deferred')
    expect(ruled({ ...medium, debian }, gate)[0]).toBe('act')
  })
})
