import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../src/judge/judge.js'
import { addDays } from '../../../src/model/dates.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import {
  aFinding,
  aJudgedInput,
  anAnswer,
  anEvidence,
  anUnfixedFinding,
  aPlace,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'
import { expired, noDsa, ruling } from './ruling-of.js'

describe('the ordered rulings', () => {
  test('when a finding is refuted then it is noted, whatever KEV, thresholds and whitelist say', () => {
    const refuted = aFinding({ agreement: 'refuted', kev: true, severity: 'critical', version: '2.6.3' })
    expect(ruling(refuted, [], { failOn: 'negligible' })).toEqual({
      ruling: 'noted',
      blocks: false,
      because:
        "refuted: the source package's version 2.6.3 is at or above the fix 2.6.2; Clair compared the binary package's version",
      policy: null,
    })
  })

  test('when a CVE is in KEV then it is acted on, even if it is low, has no fix and Debian defers it', () => {
    expect(ruling(anUnfixedFinding({ kev: true, severity: 'low', debian: noDsa }))).toEqual({
      ruling: 'act',
      blocks: true,
      because: "in CISA's Known Exploited Vulnerabilities; no fix in Debian bookworm",
      policy: null,
    })
  })

  test('when a KEV finding has an entry without despite: kev then the entry does not help, and is named', () => {
    const found = ruling(aFinding({ kev: true, severity: 'low' }), [aWhitelistEntry()])
    expect(found).toMatchObject({ ruling: 'act', blocks: true, policy: aPlace() })
    expect(found.because).toBe(
      "in CISA's Known Exploited Vulnerabilities; fix 2.6.2 can be installed; the entry at policies/whitelist.yml:21 does not set despite: kev",
    )
  })

  test('when a KEV finding has an entry with despite: kev then that entry accepts it, not a longer one without', () => {
    const without = aWhitelistEntry({ expires: '2027-12-31', place: aPlace({ line: 1 }) })
    const despite = aWhitelistEntry({ despiteKev: true, place: aPlace({ line: 7 }) })
    const found = ruling(aFinding({ kev: true, severity: 'low' }), [without, despite])
    expect(found).toMatchObject({ ruling: 'accepted', blocks: false, policy: aPlace({ line: 7 }) })
  })

  test('when a KEV finding is above max-severity then despite: kev does not accept it', () => {
    const entry = aWhitelistEntry({ despiteKev: true })
    const found = ruling(aFinding({ kev: true, severity: 'medium' }), [entry], { failOn: 'critical' })
    expect(found).toMatchObject({ ruling: 'act', blocks: true })
  })

  test('when KEV is not known then it does not count', () => {
    expect(ruling(aFinding({ kev: null, severity: 'low' })).ruling).toBe('noted')
  })

  test('when a live entry covers it then it is accepted, with line, date, reason and owner', () => {
    const entry = aWhitelistEntry({ reason: 'apt-key is\n  not used in the image\n' })
    expect(ruling(aFinding({ severity: 'low' }), [entry])).toEqual({
      ruling: 'accepted',
      blocks: false,
      because:
        'policies/whitelist.yml:21 accepts it until 2027-03-31: apt-key is not used in the image (platform)',
      policy: aPlace(),
    })
  })

  test('when several live entries cover it then the latest expiry decides, ties by line', () => {
    const short = aWhitelistEntry({ expires: '2026-12-01', place: aPlace({ line: 1 }) })
    const late = aWhitelistEntry({ place: aPlace({ line: 30 }) })
    const early = aWhitelistEntry({ place: aPlace({ line: 20 }) })
    for (const entries of [
      [short, late, early],
      [early, late, short],
      [late, short, early],
    ]) {
      expect(ruling(aFinding({ severity: 'low' }), entries).policy).toEqual(aPlace({ line: 20 }))
    }
  })

  test('when an entry is about another release then it is not named', () => {
    const found = ruling(aFinding(), [aWhitelistEntry({ releases: ['trixie'] })])
    expect(found).toMatchObject({ ruling: 'act', policy: null })
    expect(found.because).not.toContain('the entry at')
  })

  test('when the last day of an entry is today then it still counts, and the day after not', () => {
    const low = aFinding({ severity: 'low' })
    expect(ruling(low, [aWhitelistEntry({ expires: TODAY })]).ruling).toBe('accepted')
    expect(ruling(low, [aWhitelistEntry({ expires: '2026-11-23' })]).ruling).toBe('noted')
  })

  test('when the severity is above max-severity then the entry does not cover it, and is named', () => {
    const found = ruling(aFinding({ severity: 'high' }), [aWhitelistEntry()])
    expect(found).toMatchObject({ ruling: 'act', blocks: true, policy: aPlace() })
    expect(found.because).toBe(
      'fix 2.6.2 can be installed; high (Debian) is at or above fail-on high; the entry at policies/whitelist.yml:21 accepts severities only up to low',
    )
  })

  test('when an entry has expired then it covers nothing, and is named', () => {
    const found = ruling(aFinding({ severity: 'low' }), [expired], { failOn: 'low' })
    expect(found).toMatchObject({ ruling: 'act', blocks: true, policy: aPlace({ line: 12 }) })
    expect(found.because).toBe(
      'fix 2.6.2 can be installed; low (Debian) is at or above fail-on low; the entry at policies/whitelist.yml:12 expired on 2026-10-01',
    )
  })

  test('when there is no fix and Debian says why then it is deferred in Debian’s words', () => {
    const found = ruling(anUnfixedFinding({ debian: noDsa, severity: 'critical' }), [], {
      failOnUnfixed: 'low',
    })
    expect(found).toEqual({
      ruling: 'deferred',
      blocks: false,
      because: 'no fix in Debian bookworm; Debian: no-dsa "Minor issue"',
      policy: null,
    })
  })

  test('when Debian gives no words then only its kind is reported', () => {
    const debian = { kind: 'unimportant', words: '' } as const
    expect(ruling(anUnfixedFinding({ debian }), [], {}, null).because).toBe(
      'no fix in this Debian release; Debian: unimportant',
    )
  })

  test('when Debian defers it but a fix can be installed then the fix counts', () => {
    expect(ruling(aFinding({ debian: noDsa })).ruling).toBe('act')
  })

  test('when a fix is announced but cannot be installed then it is as if there were none', () => {
    const finding = aFinding({ installable: false })
    expect(ruling(finding)).toMatchObject({ ruling: 'unfixed', blocks: false })
    expect(ruling(finding).because).toBe(
      'fix 2.6.2 is announced but not in the archive yet: Debian bookworm offers nothing newer',
    )
    expect(ruling({ ...finding, debian: noDsa }).ruling).toBe('deferred')
  })

  test('when nobody looked whether the fix can be installed then it counts as if it could', () => {
    expect(ruling(aFinding({ installable: null })).ruling).toBe('act')
  })

  test.each([
    ['critical', null, 'unfixed', 'no fix in Debian bookworm'],
    ['high', 'critical', 'unfixed', 'no fix in Debian bookworm'],
    ['unknown', 'negligible', 'unfixed', 'no fix in Debian bookworm'],
    [
      'critical',
      'critical',
      'act',
      'no fix in Debian bookworm; critical (Debian) is at or above fail-on-unfixed critical',
    ],
  ] as const)(
    'when %s has no fix and fail-on-unfixed is %s then %s',
    (severity, failOnUnfixed, expectedRuling, because) => {
      expect(ruling(anUnfixedFinding({ severity }), [], { failOnUnfixed })).toEqual({
        ruling: expectedRuling,
        blocks: expectedRuling === 'act',
        because,
        policy: null,
      })
    },
  )

  test.each([
    ['high', 'high', 'act', 'fix 2.6.2 can be installed; high (Debian) is at or above fail-on high'],
    ['critical', 'high', 'act', 'fix 2.6.2 can be installed; critical (Debian) is at or above fail-on high'],
    ['unknown', 'critical', 'act', 'a fix can be installed, and the vulnerability is not rated'],
    ['medium', 'high', 'noted', 'fix 2.6.2 can be installed; medium (Debian) is below fail-on high'],
    [
      'negligible',
      'negligible',
      'act',
      'fix 2.6.2 can be installed; negligible (Debian) is at or above fail-on negligible',
    ],
  ] as const)('when %s has a fix and fail-on is %s then %s', (severity, failOn, expectedRuling, because) => {
    expect(ruling(aFinding({ severity }), [], { failOn })).toEqual({
      ruling: expectedRuling,
      blocks: expectedRuling === 'act',
      because,
      policy: null,
    })
  })

  test('when a security update is missing then it is acted on unless an entry accepts it', () => {
    const finding = aFinding({ check: 'security-updates', id: 'security-update', severity: 'unknown' })
    const judged = (entries: readonly WhitelistEntry[]) => {
      const input = aJudgedInput([], {
        answers: [
          {
            evidence: anEvidence({ check: 'security-updates' }),
            answer: anAnswer([finding], 'security-updates'),
          },
        ],
      })
      return judge([input], aPolicy(entries, { checks: ['security-updates'] }), TODAY).images[0]?.findings[0]
    }
    expect(judged([])).toMatchObject({ ruling: 'act', blocks: true })
    expect(judged([aWhitelistEntry()])).toMatchObject({ ruling: 'act', blocks: true })
    const entry = { check: 'security-updates', id: '*' } as const
    expect(judged([aWhitelistEntry({ ...entry, expires: TODAY })])?.ruling).toBe('accepted')
    expect(judged([aWhitelistEntry({ ...entry, expires: addDays(TODAY, -1) })])?.ruling).toBe('act')
  })
})
