import { describe, expect, test } from '@jest/globals'
import {
  assertCurrent,
  type ReleaseFile,
  type ReleaseRequirements,
} from '../../../../../src/checks/security-updates/archive/release-file.js'
import { problemThrownBy } from '../../../../support/problems.js'

const RELEASE: ReleaseFile = {
  origin: 'Debian',
  label: 'Debian',
  suite: 'stable',
  codename: 'bookworm',
  version: '12',
  date: '2026-11-20T08:00:00.000Z',
  validUntil: null,
  notAutomatic: false,
  butAutomaticUpgrades: false,
  acquireByHash: true,
  components: ['main'],
  architectures: ['amd64'],
  changelogs: null,
  files: new Map(),
}
const EXPECTED: ReleaseRequirements = {
  suite: 'bookworm',
  now: new Date('2026-11-24T08:00:00Z'),
  mustExpire: false,
  oldest: null,
  newestDate: null,
}
const codeOf = (part: Partial<ReleaseRequirements>, release: Partial<ReleaseFile> = {}) => {
  const check = () => assertCurrent({ ...RELEASE, ...release }, { ...EXPECTED, ...part }, 'x')
  try {
    check()
    return 'current'
  } catch {
    return problemThrownBy(check).code
  }
}
const [before, same, after] = ['2026-11-19', '2026-11-20', '2026-11-21'].map(
  (day) => `${day}T08:00:00.000Z`,
) as [string, string, string]

describe('a signed Release file', () => {
  test.each([
    [null, null, 'current'],
    [before, same, 'current'],
    [same, before, 'current'],
    [null, before, 'current'],
    [after, null, 'archive-rolled-back'],
    [null, after, 'archive-rolled-back'],
    [after, before, 'archive-rolled-back'],
    [before, after, 'archive-rolled-back'],
  ])('when the floor is %s and %s was seen, then one of 2026-11-20 is: %s', (oldest, newestDate, code) => {
    expect(codeOf({ oldest, newestDate })).toBe(code)
  })

  test.each([
    ['2026-11-25T08:00:00.000Z', 'current'],
    ['2026-11-25T08:00:01.000Z', 'archive-date-in-future'],
  ])('when it is dated %s, and now is 2026-11-24T08:00:00Z, then it is: %s', (date, code) => {
    expect(codeOf({}, { date })).toBe(code)
  })

  test.each([
    ['2026-11-24T08:00:00.000Z', 'current'],
    ['2026-11-24T07:59:59.000Z', 'archive-expired'],
  ])('when it is valid until %s, and now is 2026-11-24T08:00:00Z, then it is: %s', (validUntil, code) => {
    expect(codeOf({ mustExpire: true }, { validUntil })).toBe(code)
  })

  test('when it never expires, then it is current, unless one that expires is expected', () => {
    expect([false, true].map((mustExpire) => codeOf({ mustExpire }))).toEqual(['current', 'archive-expired'])
  })

  test('when it is of another suite, then it is refused', () => {
    expect([codeOf({ suite: 'stable' }), codeOf({ suite: 'trixie' })]).toEqual([
      'current',
      'archive-wrong-suite',
    ])
  })
})
