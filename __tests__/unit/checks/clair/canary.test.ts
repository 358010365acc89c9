import { describe, expect, test } from '@jest/globals'
import { LAYER } from '../../../support/builders.js'
import { CANARY, CANARY_LAYER, type ReportedPackage, reportedCanary, scanned } from './builders.js'
import { APT, ask, codeOf } from './one-package.js'

describe('the canary', () => {
  test('when Clair reports exactly it, then that is noted, and it is no finding', () => {
    const answer = ask(scanned([APT]))
    expect(answer).toMatchObject({
      state: 'answered',
      notes: [expect.stringContaining('security tracker data from 2026-11-24'), 'canary found'],
      findings: [{ package: 'apt' }],
    })
  })

  const other = { name: 'CVE-2026-1', package: 'seaworthy-canary', fixed: '', severity: '' }
  const [found = other] = reportedCanary().vulnerabilities ?? []
  test.each<[string, string, readonly ReportedPackage[]]>([
    ['is absent', 'canary-not-found', []],
    ['is there without its CVE', 'canary-not-found', [reportedCanary({ vulnerabilities: [] })]],
    ['has another CVE only', 'canary-not-found', [reportedCanary({ vulnerabilities: [other] })]],
    ['has one CVE more', 'canary-elsewhere', [reportedCanary({ vulnerabilities: [found, other] })]],
    ['is there twice', 'canary-elsewhere', [reportedCanary(), reportedCanary({ version: '1.0-0' })]],
    ['has another version', 'canary-elsewhere', [reportedCanary({ version: '1.0-0' })]],
    ['is in another layer', 'canary-elsewhere', [reportedCanary({ layer: LAYER })]],
    [
      'has its CVE on another package',
      'canary-elsewhere',
      [reportedCanary(), reportedCanary({ name: 'libother', source: { name: 'other', version: '1' } })],
    ],
  ])('when it %s, then the check is unanswered: %s', (_, code, canary) => {
    expect(codeOf(ask(scanned([APT]), canary))).toBe(code)
  })

  const twice = [reportedCanary(), reportedCanary()]
  const elsewhere = 'Clair returned an unexpected result for the canary package: '
  test.each<[string, readonly ReportedPackage[]]>([
    [
      'Clair did not report TEMP-0000000-5EA003 for the canary package seaworthy-canary, so its results cannot be trusted',
      [],
    ],
    [`${elsewhere}seaworthy-canary appears 2 times`, twice],
    [
      `${elsewhere}Clair found seaworthy-canary 1.0-0, but the gate added version 1.0-1`,
      [reportedCanary({ version: '1.0-0' })],
    ],
    [
      `${elsewhere}seaworthy-canary comes from layer ${LAYER}, not from ${CANARY_LAYER}`,
      [reportedCanary({ layer: LAYER })],
    ],
    [
      `${elsewhere}seaworthy-canary is reported as affected by CVE-2026-1`,
      [reportedCanary({ vulnerabilities: [found, other] })],
    ],
    [
      `${elsewhere}libother is reported as affected by TEMP-0000000-5EA003`,
      [reportedCanary(), reportedCanary({ name: 'libother', source: { name: 'other', version: '1' } })],
    ],
  ])('when it is not as expected, then the problem says: %s', (what, canary) => {
    expect(ask(scanned([APT]), canary)).toMatchObject({ problem: { what, where: 'Clair' } })
  })

  const planted = reportedCanary({ vulnerabilities: [found, other] })
  test('when an old version of a real package was planted, then its other CVEs are no error and no findings', () => {
    const document = { ...CANARY, kind: 'tracker', source: 'apt' }
    const answer = ask(scanned([APT]), [planted], document)
    expect(answer).toMatchObject({ state: 'answered', findings: [{ package: 'apt', version: '2.6.1' }] })
    expect(codeOf(ask(scanned([APT]), [], document))).toBe('canary-not-found')
    expect(codeOf(ask(scanned([APT]), [planted, planted], document))).toBe('canary-elsewhere')
  })

  test('when a real pair was expected, then it must be there and stays a finding', () => {
    const pair = (cve: string) => ask(scanned([APT]), [], { kind: 'pair', package: 'apt', cve })
    expect(pair('CVE-2026-1')).toMatchObject({ state: 'answered', findings: [{ id: 'CVE-2026-1' }] })
    expect(pair('CVE-2026-404')).toMatchObject({
      problem: {
        code: 'canary-not-found',
        what: 'Clair did not report CVE-2026-404 for apt, so its results cannot be trusted',
      },
    })
  })

  test('when the CVE of a real pair is reported for another package alone, then it proves nothing', () => {
    const vulnerabilities = [{ name: 'CVE-2026-9', package: 'tar', fixed: '', severity: '' }]
    const reported = scanned([APT]).map((one) => ({ ...one, vulnerabilities }))
    const document = { kind: 'pair', package: 'apt', cve: 'CVE-2026-9' }
    expect(codeOf(ask(reported, [], document))).toBe('canary-not-found')
  })
})
