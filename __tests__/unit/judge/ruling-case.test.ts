import { describe, expect, test } from '@jest/globals'
import { ownersOf } from '../../../src/judge/owners.js'
import {
  actRuling,
  caseOf,
  deferralConditions,
  type RuledSubject,
  type RulingInput,
  scoreOf,
  supportEnded,
} from '../../../src/judge/ruling-case.js'
import type { RuledInOrder } from '../../../src/model/finding/index.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import {
  aBase,
  aFinding,
  anApplicationFinding,
  anImage,
  anUnfixedFinding,
  anUpdate,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'

function about(
  finding: RuledInOrder,
  {
    gate = {},
    entries = [],
    today = TODAY,
    ...subject
  }: Partial<RuledSubject> & {
    readonly gate?: Partial<GatePolicy>
    readonly entries?: readonly WhitelistEntry[]
    readonly today?: string
  } = {},
): RulingInput {
  return caseOf(
    finding,
    { reference: 'app:1.4.0', codename: 'bookworm', ...subject },
    aPolicy(entries, gate),
    today,
  )
}
const debian = { kind: 'no-dsa', words: 'Minor issue' } as const

describe('what rulings ask for', () => {
  test('when a finding names its release, then that one counts, else the image’s', () => {
    expect(about(aFinding()).codename).toBe('bookworm')
    expect(about({ ...aFinding(), release: 'trixie' }).codename).toBe('trixie')
    expect(about(anUpdate(), { codename: null }).codename).toBeNull()
  })

  test('when a fix can be installed, was lost, or is of another branch, then that is known', () => {
    const branch = { title: 'PostgreSQL 15', end: '2027-11-11', hasFix: false }
    expect(about(aFinding()).fix).toBe('2.6.2')
    expect(about({ ...aFinding({ installable: false }), archiveOffers: '2.6.2' }).fix).toBe('2.6.2')
    expect(about(aFinding({ installable: false })).fix).toBeNull()
    const elsewhere = about(anApplicationFinding({ branch }))
    expect([elsewhere.fix, elsewhere.fixState.reason]).toEqual([null, 'fix-elsewhere'])
    expect(about(anApplicationFinding()).fixState.reason).toBe('fix-offered')
  })

  test('when Debian has a reason, then it counts without a fix alone, with the end of its support', () => {
    expect(about(aFinding({ debian })).noFixReason).toBeNull()
    expect(about(anUnfixedFinding()).noFixReason).toBeNull()
    expect(about(anUnfixedFinding({ debian })).noFixReason).toEqual({
      reason: 'debian',
      note: debian,
      ended: null,
    })
    const ended = about(anUnfixedFinding({ debian }), { today: '2028-07-01' })
    expect(ended).toMatchObject({
      supportEndedOn: '2028-06-30',
      noFixReason: { reason: 'debian', note: debian, ended: { codename: 'bookworm', day: '2028-06-30' } },
    })
  })

  test('when owners are known, then they are asked; else anybody may be one', () => {
    const image = anImage()
    const known = ownersOf(image, aBase())
    const finding = aFinding({ layer: image.layers[0]?.diffId ?? null, binaries: [] })
    expect(about(finding, { owners: known })).toMatchObject({ owner: 'base', owners: ['base', 'own'] })
    expect(about(finding)).toMatchObject({ owner: null, owners: ['base', 'own'] })
  })

  test.each<[GatePolicy['unknownSeverity'], string, string | null]>([
    ['act', 'unknown', null],
    ['noted', 'unknown', 'noted'],
    ['high', 'high', 'high'],
  ])('when unknown-severity is %s, then what is not rated is %s', (unknownSeverity, severity, takenFor) => {
    const unknown = aFinding({ severity: 'unknown', severitySource: null })
    expect(about(unknown, { gate: { unknownSeverity } })).toMatchObject({
      severity,
      rated: { severity: 'unknown', source: null, score: null, takenFor },
    })
    expect(about(aFinding(), { gate: { unknownSeverity } })).toMatchObject({
      severity: 'high',
      rated: { takenFor: null },
    })
  })
})

describe('the reasons of what acts', () => {
  const reasons = (finding: RuledInOrder, entries: readonly WhitelistEntry[] = []) => {
    const { because, policy } = actRuling(about(finding, { entries }), { reason: 'malware' })
    return [because.map(({ reason }) => reason), policy?.line ?? null]
  }

  test('when an entry nearly covers it, then that is the last one, with its line', () => {
    expect(reasons(aFinding())).toEqual([['malware'], null])
    expect(reasons(aFinding(), [aWhitelistEntry()])).toEqual([['malware', 'entry-too-mild'], 21])
  })

  test('when it rests on Clair’s word alone, then that is said of packages of applications', () => {
    const alone = (part: Parameters<typeof anApplicationFinding>[0]) => reasons(anApplicationFinding(part))[0]
    expect(alone({ explanation: 'why', agreement: null })).toEqual(['malware', 'clair-alone'])
    expect(alone({ explanation: 'why', agreement: 'confirmed' })).toEqual(['malware'])
    expect(alone({ explanation: null, agreement: null })).toEqual(['malware'])
    const { because } = actRuling(about(anApplicationFinding({ explanation: 'why' })), { reason: 'malware' })
    expect(because[1]).toEqual({ reason: 'clair-alone', explanation: 'why' })
  })
})

test('when a score gave the severity, then it is known; else there is none', () => {
  const cvss = { vector: '', score: 7.2, version: '3.1', scorer: 'osv' } as const
  expect([scoreOf(cvss, 'osv'), scoreOf(cvss, 'debian-tracker'), scoreOf(cvss, null)]).toEqual([
    7.2,
    null,
    null,
  ])
  expect(scoreOf(null, 'osv')).toBeNull()
})

test.each<[string | null, string, string | null]>([
  ['bookworm', '2028-06-30', null],
  ['bookworm', '2028-07-01', '2028-06-30'],
  ['squeeze', TODAY, '2016-02-29'],
  ['lenny', TODAY, '2012-02-06'],
  ['sid', TODAY, null],
  ['nobody', TODAY, null],
  [null, TODAY, null],
])('when %s is judged on %s, then its support ended on %s', (codename, today, day) => {
  expect(supportEnded(codename, today)).toBe(day)
})

test.each<[string | null, string | null]>([
  ['bookworm', '2028-06-30'],
  ['lenny', '2012-02-06'],
  ['sid', null],
  ['nobody', null],
  [null, null],
])(
  'when a finding in %s is deferred, then it acts if exploited, if a fix comes, or after %s',
  (codename, end) => {
    expect(deferralConditions({ fixedVersion: '2.6.2' }, codename, TODAY)).toEqual([
      { reason: 'kev' },
      { reason: 'archive-offers', codename, fix: '2.6.2' },
      { reason: 'support-ends', codename, end },
    ])
  },
)
