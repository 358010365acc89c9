import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { judge } from '../../../src/judge/judge.js'
import { deferralConditions, supportEnded } from '../../../src/judge/ruling-case.js'
import { rule } from '../../../src/judge/rulings.js'
import { becauseText, returnText } from '../../../src/model/because/texts.js'
import { addDays } from '../../../src/model/dates.js'
import type { DebianNote } from '../../../src/model/finding/index.js'
import type { Vulnerability } from '../../../src/model/finding/vulnerability.js'
import { RATED_SEVERITIES } from '../../../src/model/severity.js'
import type { RuledFinding } from '../../../src/model/verdict.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import {
  aFinding,
  aJudgedInput,
  anUnfixedFinding,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'
import { runs } from '../../support/runs.js'
import { aRawStatement, aVexDocument } from '../../support/vex.js'
import { type GateSetting, keyOf, ruledIn, settings } from './gate-settings.js'

const KINDS = ['no-dsa', 'postponed', 'ignored', 'unimportant', 'end-of-life'] as const
const note = (kind: DebianNote['kind']): DebianNote => ({ kind, words: 'Minor issue' })
const ruling = (finding: Vulnerability, codename: string | null = 'bookworm', today = TODAY, gate = {}) =>
  rule(finding, { reference: 'app:1', codename }, aPolicy([], gate), today)

describe('what Debian has put off', () => {
  test.each(KINDS)(
    'when it is %s and nothing speaks against it, then it is deferred, and says what would',
    (kind) => {
      const {
        ruling: rulingName,
        returnsWhen: reasons,
        blocks,
      } = ruling(anUnfixedFinding({ debian: note(kind) }))
      expect([rulingName, blocks]).toEqual(['deferred', false])
      expect(reasons?.map(returnText)).toEqual([
        'CISA lists it as exploited (KEV)',
        'the archive of Debian bookworm offers a fix',
        'support for Debian bookworm has ended (after 2028-06-30)',
      ])
    },
  )

  test.each(KINDS)('when it is %s and KEV lists it, then it is back', (kind) => {
    expect(ruling(anUnfixedFinding({ debian: note(kind), kev: true }))).toMatchObject({
      ruling: 'act',
      blocks: true,
      returnsWhen: null,
    })
  })

  test.each(KINDS)('when it is %s and a fix is in the archive, then it is back', (kind) => {
    expect(ruling(aFinding({ debian: note(kind) }))).toMatchObject({ ruling: 'act', returnsWhen: null })
    expect(ruling(aFinding({ debian: note(kind), installable: false })).ruling).toBe('deferred')
  })

  test.each(KINDS)('when it is %s and the support of the release has ended, then it is back', (kind) => {
    const finding = anUnfixedFinding({ debian: note(kind), severity: 'critical' })
    expect(ruling(finding, 'bookworm', '2028-06-30').ruling).toBe('deferred')
    const back = ruling(finding, 'bookworm', '2028-07-01')
    expect(back).toMatchObject({ ruling: 'unfixed', blocks: false, returnsWhen: null })
    expect(becauseText(back)).toBe(
      `no fix in Debian bookworm; Debian: ${kind} "Minor issue", and Debian's support for bookworm ended on 2028-06-30`,
    )
    expect(ruling(finding, 'bookworm', '2028-07-01', { failOnUnfixed: 'high' })).toMatchObject({
      ruling: 'act',
      blocks: true,
    })
  })

  test('when the fix is announced, then what brings it back names it', () => {
    expect(deferralConditions(aFinding({ installable: false }), 'trixie', TODAY).map(returnText)[1]).toBe(
      'the archive of Debian trixie offers the fix 2.6.2',
    )
  })

  test.each([
    ['bullseye', TODAY, '2026-08-31'],
    ['bullseye', '2026-08-31', null],
    ['buster', TODAY, '2024-06-30'],
    ['trixie', TODAY, null],
    ['forky', TODAY, null],
    ['kali-rolling', TODAY, null],
    [null, TODAY, null],
  ])('when the release is %s on %s, then its support ended: %s', (codename, today, end) => {
    expect(supportEnded(codename, today)).toBe(end)
  })
})

describe('fail-on-deferred', () => {
  const deferred = (severity: Vulnerability['severity'], kind: DebianNote['kind'] = 'no-dsa') =>
    anUnfixedFinding({ debian: note(kind), severity })
  const gate = { failOnDeferred: 'high' } as const

  test.each([
    ['critical', 'act'],
    ['high', 'act'],
    ['medium', 'deferred'],
    // What nobody has rated reaches no threshold, whatever unknown-severity takes it for.
    ['unknown', 'deferred'],
  ] as const)('when it is high, then a deferred one of severity %s is %s', (severity, rulingName) => {
    const { ruling: is, blocks } = ruling(deferred(severity), 'bookworm', TODAY, {
      ...gate,
      unknownSeverity: 'critical',
    })
    expect([is, blocks]).toEqual([rulingName, rulingName === 'act'])
  })

  test('when it is never, as by default, then a critical one is deferred', () => {
    expect(ruling(deferred('critical')).ruling).toBe('deferred')
  })

  test('when one acts, then it says what Debian says and why it acts all the same', () => {
    expect(becauseText(ruling(deferred('critical'), 'bookworm', TODAY, gate))).toBe(
      'no fix in Debian bookworm; Debian: no-dsa "Minor issue"; critical (Debian) is at or above fail-on-deferred high',
    )
  })

  test('when it is unimportant to Debian, then it is negligible and never reaches it', () => {
    const all = { failOnDeferred: 'negligible' } as const
    expect(ruling(deferred('critical', 'unimportant'), 'bookworm', TODAY, all).ruling).toBe('deferred')
    expect(ruling(deferred('negligible', 'postponed'), 'bookworm', TODAY, all).ruling).toBe('act')
  })

  test('when the support of the release has ended, then it acts too', () => {
    expect(ruling(deferred('high'), 'bookworm', '2028-07-01', gate)).toMatchObject({
      ruling: 'act',
      blocks: true,
    })
  })

  test('when an entry accepts it, then that comes first; when the entry has expired, then it acts and names it', () => {
    const finding = deferred('critical')
    const entry = { id: finding.id, package: finding.package, maxSeverity: 'critical' } as const
    const under = (expires: string) =>
      rule(
        finding,
        { reference: 'app:1', codename: 'bookworm' },
        aPolicy([aWhitelistEntry({ ...entry, expires })], gate),
        TODAY,
      )
    expect(under(TODAY).ruling).toBe('accepted')
    const expired = under('2020-01-01')
    expect(expired).toMatchObject({ ruling: 'act', blocks: true })
    expect(becauseText(expired)).toContain('expired on 2020-01-01')
  })

  test('when a VEX statement says not_affected, then that comes first; when it is too old, then it acts and names it', () => {
    const finding = deferred('critical')
    const made = (timestamp: string) => {
      const name = { name: finding.id }
      const vex = [aVexDocument([aRawStatement({ vulnerability: name, timestamp })])]
      const verdict = judge([aJudgedInput([finding])], { ...aPolicy([], gate), vex }, TODAY)
      return { verdict: verdict.verdict, ruled: verdict.images[0]?.findings[0] as RuledFinding }
    }
    const counts = made(`${addDays(TODAY, -365)}T00:00:00Z`)
    expect([counts.verdict, counts.ruled.ruling]).toEqual(['pass', 'accepted'])
    const old = made(`${addDays(TODAY, -366)}T00:00:00Z`)
    expect([old.verdict, old.ruled.ruling, old.ruled.blocks]).toEqual(['fail', 'act', true])
    expect(becauseText(old.ruled)).toContain('is valid for only 365 days')
    expect(becauseText(old.ruled)).toContain('fail-on-deferred high')
  })

  test('when an entry is good for less than its severity, then it acts', () => {
    const finding = deferred('critical')
    const entry = aWhitelistEntry({ id: finding.id, package: finding.package, maxSeverity: 'high' })
    const subject = { reference: 'app:1', codename: 'bookworm' }
    expect(rule(finding, subject, aPolicy([entry], gate), TODAY)).toMatchObject({
      ruling: 'act',
      blocks: true,
    })
  })
})

test('when any severity is set for fail-on-deferred, then nothing that blocks by default is let through', () => {
  const blocking = (setting: GateSetting, gate: Partial<GatePolicy>) =>
    new Set(
      ruledIn(setting, gate)
        .filter(({ blocks }) => blocks)
        .map(keyOf),
    )
  fc.assert(
    fc.property(settings, fc.constantFrom(...RATED_SEVERITIES), (setting, failOnDeferred) => {
      const [set, never] = [blocking(setting, { failOnDeferred }), blocking(setting, {})]
      expect([...never].filter((key) => !set.has(key))).toEqual([])
    }),
    runs(600),
  )
  // Few worlds have a finding that it makes block: the same ones are drawn each time, so that there is one.
  const drawn = fc.sample(settings, { seed: 1, numRuns: 400 })
  const blocksMore = (setting: GateSetting) =>
    blocking(setting, { failOnDeferred: 'negligible' }).size > blocking(setting, {}).size
  expect(drawn.filter(blocksMore).length).toBeGreaterThan(5)
})
