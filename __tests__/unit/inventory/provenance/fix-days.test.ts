import { describe, expect, test } from '@jest/globals'
import { withFixDays } from '../../../../src/inventory/provenance/changelog.js'
import { aFinding, anApplicationFinding, anUpdate } from '../../../support/builders.js'

const DAYS = new Map([['apt', new Map([['2.6.2', '2026-11-20']])]])

describe('the day of a fix', () => {
  test("when the changelog has exactly the fixed version, then it is that entry's", () => {
    expect(withFixDays([aFinding()], DAYS)[0]?.fixDay).toBe('2026-11-20')
    expect(withFixDays([aFinding({ installable: null })], DAYS)[0]?.fixDay).toBe('2026-11-20')
  })

  test.each([
    ['names another version', aFinding({ fixedVersion: '2.6.3' })],
    ['names no fix', aFinding({ fixedVersion: null })],
    ['is of another source', aFinding({ package: 'tar' })],
    ['is of no package', aFinding({ package: null })],
    ['has a fix that is not in the archive yet', aFinding({ installable: false })],
    ['is of another package database', { ...aFinding(), packageDb: 'srv/var/lib/dpkg/status' }],
    ['is judged by the rows of another release', { ...aFinding(), release: 'trixie' }],
    ['is of an application', anApplicationFinding({ package: 'apt', fixedVersion: '2.6.2' })],
    ['is an update', anUpdate()],
  ])('when a finding %s, then it has none', (_, finding) => {
    expect(withFixDays([finding], DAYS)).toEqual([finding])
    expect(finding.fixDay).toBeNull()
  })
})
