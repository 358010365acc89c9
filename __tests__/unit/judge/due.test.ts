import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../src/judge/judge.js'
import { addDays } from '../../../src/model/dates.js'
import type { Finding } from '../../../src/model/finding/index.js'
import type { RuledFinding } from '../../../src/model/verdict.js'
import { readBaseline } from '../../../src/policy/baseline/compare.js'
import type { ActWithin } from '../../../src/policy/gate/act-within.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import type { Policy } from '../../../src/policy/policy.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import { renderJson } from '../../../src/reports/json/json.js'
import {
  aFinding,
  aJudgedInput,
  anAnswer,
  anApplicationFinding,
  anEvidence,
  anUnfixedFinding,
  anUpdate,
  aPlace,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'

const AT_ONCE = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0 }
const WITHIN: ActWithin = { ...AT_ONCE, high: 14 }
const FROM = addDays(TODAY, -5)
const FRESH = { kev: false, fixDay: FROM } as const
const CVE = aFinding(FRESH)
const UPDATE = anUpdate({ cves: [CVE.id], fixDay: FROM })

function judged(
  findings: readonly Finding[],
  gate: Partial<GatePolicy> = {},
  {
    today = TODAY,
    entries = [],
    ...policy
  }: Partial<Policy> & {
    readonly today?: string
    readonly entries?: readonly WhitelistEntry[]
  } = {},
) {
  const answers = [
    {
      evidence: anEvidence({ check: 'security-updates' }),
      answer: anAnswer(
        findings.filter(({ check }) => check === 'security-updates'),
        'security-updates',
      ),
    },
    {
      evidence: anEvidence({ check: 'clair' }),
      answer: anAnswer(findings.filter(({ check }) => check === 'clair')),
    },
  ]
  const input = aJudgedInput([], { answers })
  const checks = ['security-updates', 'clair'] as const
  const of = aPolicy([...entries], { actWithin: WITHIN, allowedBases: 'any', checks, ...gate })
  return judge([input], { ...of, ...policy }, today)
}
const ruled = (...args: Parameters<typeof judged>): readonly RuledFinding[] =>
  judged(...args).images[0]?.findings.filter(({ id }) => id !== 'base-not-known') ?? []
const reasonsOf = (...args: Parameters<typeof judged>) =>
  ruled(...args).map(({ ruling, due }) => `${ruling} ${due}`)

describe('time to act', () => {
  test('when a fix is new enough, then it is due by a day, and does not block', () => {
    const verdict = judged([CVE])
    expect(verdict.verdict).toBe('pass')
    expect(ruled([CVE])).toMatchObject([
      {
        ruling: 'due',
        blocks: false,
        due: addDays(FROM, 14),
        because: [
          { reason: 'fix-offered' },
          { reason: 'at-or-above' },
          { reason: 'due', day: addDays(FROM, 14), from: FROM, days: 14 },
        ],
      },
    ])
  })

  test('when its fix is of today, then it has all of its days', () => {
    expect(reasonsOf([{ ...CVE, fixDay: TODAY }])).toEqual([`due ${addDays(TODAY, 14)}`])
  })

  test('when its last day is today, then it is due; the day after it acts', () => {
    const last = addDays(FROM, 14)
    expect(reasonsOf([CVE], {}, { today: last })).toEqual([`due ${last}`])
    expect(reasonsOf([CVE], {}, { today: addDays(last, 1) })).toEqual(['act null'])
    const [over] = ruled([CVE], {}, { today: addDays(last, 1) })
    expect(over?.because.at(-1)).toEqual({ reason: 'was-due', day: last, from: FROM, days: 14 })
  })

  test.each<[string, Finding, Partial<GatePolicy>]>([
    ['nobody says anything', CVE, { actWithin: AT_ONCE }],
    ['its severity has none', { ...CVE, severity: 'critical' }, {}],
    ['it is not rated', { ...CVE, severity: 'unknown' }, {}],
    ['it is in KEV', { ...CVE, kev: true }, {}],
    ['it is not known whether it is in KEV', { ...CVE, kev: null }, {}],
    ['something is released', CVE, { release: 'patch' }],
    ['the day of its fix is not known', { ...CVE, fixDay: null }, {}],
    ['the day of its fix is to come', { ...CVE, fixDay: addDays(TODAY, 1) }, {}],
    ['the day of its fix is none', { ...CVE, fixDay: '2026-02-30' }, {}],
    ['it has no fix', anUnfixedFinding(FRESH), { failOnUnfixed: 'low' }],
    [
      'Debian defers it',
      anUnfixedFinding({ ...FRESH, debian: { kind: 'no-dsa', words: '' } }),
      { failOnDeferred: 'low' },
    ],
    ['the mirrors have lost its fix', { ...CVE, installable: false, archiveOffers: '2.6.2' }, {}],
    ['it is malicious', anApplicationFinding({ ...FRESH, malware: true }), {}],
    ['it is an update whose CVEs are not known', { ...UPDATE, cves: null }, {}],
    ['it is an update without CVEs', { ...UPDATE, cves: [] }, {}],
    ['it is an update with a CVE that nobody told of', { ...UPDATE, cves: ['CVE-2026-9'] }, {}],
    ['the release has ended', aFinding({ check: 'security-updates', id: 'end-of-life' }), {}],
    [
      'the base is not official',
      aFinding({ check: 'security-updates', id: 'unofficial-base' }),
      { allowedBases: 'official' },
    ],
  ])('when %s, then it acts at once', (_, finding, gate) => {
    expect(reasonsOf([finding], gate)).toEqual(['act null'])
  })

  test('when a security update fixes what is due, then it is due by the highest severity; else it acts', () => {
    expect(reasonsOf([CVE, UPDATE])).toEqual([`due ${addDays(FROM, 14)}`, `due ${addDays(FROM, 14)}`])
    const of = (part: Partial<typeof CVE>) =>
      ruled([{ ...CVE, ...part }, UPDATE]).find(({ check }) => check === 'security-updates')?.ruling
    expect(of({ severity: 'critical' })).toBe('act')
    expect(of({ severity: 'unknown' })).toBe('act')
    expect(of({ kev: true })).toBe('act')
    expect(of({ kev: null })).toBe('act')
    expect(of({ id: 'CVE-2026-77' })).toBe('act')
  })

  test('when an update fixes several, then the highest severity counts, and all of them must be known', () => {
    const [low, medium] = (['low', 'medium'] as const).map((severity) =>
      aFinding({ ...FRESH, severity, id: `CVE-2026-${severity}` }),
    )
    const actWithin = { ...AT_ONCE, low: 90, medium: 30, high: 7 }
    const dueOf = (known: readonly (Finding | undefined)[], update: Partial<typeof UPDATE> = {}) => {
      const cves = [low, medium].map((one) => one?.id ?? '')
      const all = [...known.flatMap((one) => one ?? []), { ...UPDATE, cves, ...update }]
      return ruled(all, { actWithin }).find(({ check }) => check === 'security-updates')?.due
    }
    expect(dueOf([low, medium])).toBe(addDays(FROM, 30))
    expect(dueOf([medium, low])).toBe(addDays(FROM, 30))
    expect(dueOf([low])).toBeNull()
    // KEV need not say anything of the update itself, unless it lists one of its CVEs.
    expect(dueOf([low, medium], { kev: null })).toBe(addDays(FROM, 30))
    expect(dueOf([low, medium], { kev: true })).toBeNull()
  })

  test('when its severity has one day, then it is due that day', () => {
    expect(reasonsOf([{ ...CVE, fixDay: TODAY }], { actWithin: { ...AT_ONCE, high: 1 } })).toEqual([
      `due ${addDays(TODAY, 1)}`,
    ])
    const dayLater = { today: addDays(TODAY, 1) }
    const update = { ...UPDATE, cves: ['CVE-2026-9'], fixDay: TODAY }
    expect(reasonsOf([update], { actWithin: { ...AT_ONCE, high: 1 } }, dayLater)).toEqual(['act null'])
  })

  test('when an advisory says of when it is, then a package of an application is due', () => {
    expect(reasonsOf([anApplicationFinding(FRESH)])).toEqual([`due ${addDays(FROM, 14)}`])
  })

  test('when it acts because fail-on is low, then it has time all the same', () => {
    const low = { ...CVE, severity: 'low' } as const
    const actWithin = { ...AT_ONCE, low: 30 }
    expect(reasonsOf([low], { failOn: 'low', actWithin })).toEqual([`due ${addDays(FROM, 30)}`])
  })

  test('when an entry of the whitelist has expired, then that does not start its time again', () => {
    const last = addDays(FROM, 14)
    const entries = [aWhitelistEntry({ maxSeverity: 'critical', expires: last })]
    expect(reasonsOf([CVE], {}, { entries, today: last })).toEqual(['accepted null'])
    expect(reasonsOf([CVE], {}, { entries, today: addDays(last, 1) })).toEqual(['act null'])
    const early = [aWhitelistEntry({ maxSeverity: 'critical', expires: addDays(TODAY, -1) })]
    expect(reasonsOf([CVE], {}, { entries: early })).toEqual([`due ${last}`])
  })

  test('when it was due in the baseline and acts now, then it blocks, and so does what is new', () => {
    const before = renderJson(judged([CVE]), { name: 'seaworthy', version: '1' })
    const baseline = readBaseline(before, 'baseline.json')
    const over = addDays(FROM, 15)
    const now = ruled([CVE], { failOnNewOnly: true }, { today: over, baseline })
    expect(now).toMatchObject([{ ruling: 'act', blocks: true, since: 'unchanged' }])
    // What was to act on then does not: it is the counterproof.
    const acted = readBaseline(
      renderJson(judged([CVE], { actWithin: AT_ONCE }), { name: 's', version: '1' }),
      'b.json',
    )
    expect(ruled([CVE], { failOnNewOnly: true }, { today: over, baseline: acted })).toMatchObject([
      { ruling: 'act', blocks: false },
    ])
  })

  test('when a VEX document accepts it, then it is accepted, and has no day', () => {
    const statement = {
      ids: [CVE.id],
      status: 'not_affected',
      justification: 'component_not_present',
      words: '',
      author: 'a',
      time: `${TODAY}T00:00:00Z`,
      products: [{ names: ['pkg:deb/debian/apt'], sha256: null, subcomponents: [] }],
      place: aPlace(),
    } as const
    const vex = [{ file: 'a.json', statements: [statement] }] as unknown as Policy['vex']
    expect(reasonsOf([CVE], {}, { vex })).toEqual(['accepted null'])
  })
})
