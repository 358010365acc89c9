import { describe, expect, test } from '@jest/globals'
import { fixElsewhere, lostFix, stateOf } from '../../../src/judge/fixes.js'
import { type Finding, installableFix } from '../../../src/model/finding/index.js'
import { aFinding, anApplicationFinding, anUnfixedFinding, anUpdate, TODAY } from '../../support/builders.js'

describe('a fix that can be installed', () => {
  test.each<[string, Finding, string | null]>([
    ['can be', aFinding(), '2.6.2'],
    ['was not looked for', aFinding({ installable: null }), '2.6.2'],
    ['cannot be', aFinding({ installable: false }), null],
    ['does not exist', anUnfixedFinding(), null],
  ])('when it %s, then it is %s', (_, finding, fix) => {
    expect(installableFix(finding)).toBe(fix)
  })
})

describe('a fix whose file is lost', () => {
  const lost = (archiveOffers: string | null, fixedVersion = '2.6.2') => ({
    ...aFinding({ installable: false, fixedVersion }),
    archiveOffers,
  })

  test.each<[string, Finding, string | null]>([
    ['the archive offers it', lost('2.6.2'), '2.6.2'],
    ['the archive offers more', lost('2.6.3'), '2.6.2'],
    ['the archive offers less', lost('2.6.1'), null],
    ['the archive offers nothing', lost(null), null],
    ['what the archive offers is no version', lost('?'), null],
    ['the fix is no version', lost('2.6.2', 'soon'), null],
    ['it can be installed', { ...lost('2.6.2'), installable: true }, null],
    ['nobody looked for it', { ...lost('2.6.2'), installable: null }, null],
    ['there is none', anUnfixedFinding({ installable: false }), null],
    ['it is of an update', anUpdate({ installable: false, fixedVersion: '2.6.2' }), '2.6.2'],
    ['it is of an update that can be installed', anUpdate({ fixedVersion: '2.6.2' }), null],
    ['it is of an application', anApplicationFinding({ installable: false }), null],
  ])('when %s (%#), then that is told', (_, finding, fix) => {
    expect(lostFix(finding)).toBe(fix)
  })
})

describe('a fix in another branch', () => {
  const branch = { title: 'PostgreSQL 15', end: '2027-11-11', hasFix: false }
  const elsewhere = (
    part: Partial<typeof branch> | { end: null } = {},
    fixedVersion: string | null = '16.1',
  ) => fixElsewhere(anApplicationFinding({ fixedVersion, branch: { ...branch, ...part } }), TODAY)

  test('when the own branch is maintained and has none, then the fix of the other does not count', () => {
    expect(elsewhere()).toEqual({
      ...{ reason: 'fix-elsewhere', version: '16.1', branch: 'PostgreSQL 15', end: '2027-11-11' },
    })
  })

  test('when the own branch has it, has ended or has no known end, or there is no fix, then it counts', () => {
    expect(elsewhere({ hasFix: true })).toBeNull()
    expect(elsewhere({ end: TODAY })).toBeNull()
    expect(elsewhere({ end: null })).toBeNull()
    expect(elsewhere({}, null)).toBeNull()
    expect(fixElsewhere(anApplicationFinding(), TODAY)).toBeNull()
    expect(fixElsewhere(aFinding(), TODAY)).toBeNull()
  })
})

test.each<[string, Finding, object]>([
  ['there is none in Debian', anUnfixedFinding(), { reason: 'no-fix', codename: 'bookworm' }],
  [
    'there is none for an application',
    anApplicationFinding({ fixedVersion: null }),
    { reason: 'no-version-fixes' },
  ],
  ['it can be installed', aFinding(), { reason: 'fix-offered', version: '2.6.2' }],
  [
    'its file is lost',
    { ...aFinding({ installable: false }), archiveOffers: '2.6.2' },
    { reason: 'fix-lost', version: '2.6.2' },
  ],
  [
    'the archive offers less',
    { ...aFinding({ installable: false }), archiveOffers: '2.6.1' },
    { reason: 'fix-announced', version: '2.6.2', codename: 'bookworm', offered: '2.6.1' },
  ],
  [
    'it is of an application and cannot be installed',
    anApplicationFinding({ installable: false }),
    { reason: 'fix-announced', version: '4.17.21', codename: 'bookworm', offered: null },
  ],
])('when %s, then the state of a fix says so', (_, finding, state) => {
  expect(stateOf(finding, 'bookworm')).toEqual(state)
})
