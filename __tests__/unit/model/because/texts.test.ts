import { describe, expect, test } from '@jest/globals'
import type { Reason } from '../../../../src/model/because/reasons.js'
import { becauseText, namesLine, reasonsNextToVersions } from '../../../../src/model/because/texts.js'
import { aPlace } from '../../../support/builders.js'

const place = aPlace()
const rated = { severity: 'high', source: 'nvd', score: 7.5, takenFor: null } as const

describe('reasons in words', () => {
  test.each<[Reason, string]>([
    [{ reason: 'no-fix', codename: null }, 'no fix in this Debian release'],
    [
      { reason: 'fix-announced', version: '2', codename: 'trixie', offered: null },
      'fix 2 is announced but not in the archive yet: Debian trixie offers nothing newer',
    ],
    [{ reason: 'below', rated, threshold: 'critical' }, 'high (NVD 7.5) is below fail-on critical'],
    [
      { reason: 'below', rated: { ...rated, takenFor: 'low' }, threshold: 'high' },
      'not rated (treated as low, set by unknown-severity) is below fail-on high',
    ],
    [
      { reason: 'kev', fixes: ['CVE-1', 'CVE-2'] },
      "fixes CVE-1, CVE-2, in CISA's Known Exploited Vulnerabilities",
    ],
    [{ reason: 'fixes', cves: ['CVE-1', 'CVE-2', 'CVE-3'] }, 'fixes CVE-1 and 2 more'],
    [
      { reason: 'accepted', place, until: '2027-01-01', why: 'two\nlines', owner: 'me' },
      'policies/whitelist.yml:21 accepts it until 2027-01-01: two lines (me)',
    ],
    [{ reason: 'no-result', place: null }, 'there is no result'],
    [
      { reason: 'no-result', place: { file: 'the built-in dictionary', line: null } },
      'the built-in dictionary expects a result, but there is no result',
    ],
    [
      {
        reason: 'other-items',
        place,
        difference: { differ: 'too-many', found: ['a', 'b'], expected: 1, orFewer: true },
        outdated: false,
      },
      'policies/whitelist.yml:21: 2 items (a, b) were found instead of at most 1',
    ],
    [
      {
        reason: 'stated-in-vain',
        place,
        status: 'fixed',
        shortfall: { short: 'overruled', by: { file: 'v', line: 2 } },
      },
      'policies/whitelist.yml:21 states "fixed", but v:2 overrides it',
    ],
  ])('when it is %j, then it reads as people are used to', (reason, text) => {
    expect(becauseText({ because: [reason] })).toBe(text)
  })

  test('when several are reported, then in their order, in one sentence', () => {
    const because: Reason[] = [{ reason: 'fix-offered', version: '2' }, { reason: 'unexamined' }]
    expect(becauseText({ because })).toBe('fix 2 can be installed; fail-on-unexamined is true')
  })

  test('when a column of versions stands next to it, then the fix is not told twice', () => {
    const offered: Reason = { reason: 'fix-offered', version: '2' }
    const unexamined: Reason = { reason: 'unexamined' }
    const nextToVersions = (because: readonly Reason[], fixedVersion = '2') =>
      reasonsNextToVersions({ because, fixedVersion })
    expect(nextToVersions([offered, unexamined])).toBe('fail-on-unexamined is true')
    expect(nextToVersions([offered])).toBe('fix 2 can be installed')
    expect(nextToVersions([offered, unexamined], '3')).toBe(
      'fix 2 can be installed; fail-on-unexamined is true',
    )
    expect(nextToVersions([{ reason: 'unrated' }, unexamined])).toBe(
      'the vulnerability is not rated; fail-on-unexamined is true',
    )
  })

  test('when a line is named by one of them, then that is known without its words', () => {
    const because: Reason[] = [{ reason: 'unrated' }, { reason: 'entry-expired', place, on: '2026-01-01' }]
    expect(namesLine(because, { ...place })).toBe(true)
    expect(namesLine(because, { ...place, line: 2 })).toBe(false)
    expect(namesLine([{ reason: 'no-result', place: null }], place)).toBe(false)
  })
})
