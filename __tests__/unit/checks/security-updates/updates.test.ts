import { describe, expect, test } from '@jest/globals'
import { aProblem } from '../../../support/builders.js'
import { APT, answered, FIXED, ids, image } from './answered.js'
import { installed, stanza } from './apt/states.js'
import { archiveEvidence } from './archive-evidence.js'

describe('updates', () => {
  test('when nothing is newer, then there is no finding', () => {
    expect(answered().findings).toEqual([])
  })

  test('when security has a fix, then it is a security update with all that is known', () => {
    const { findings, notes } = answered(archiveEvidence({ 'bookworm-security': [FIXED] }))
    expect(findings).toMatchObject([
      {
        check: 'security-updates',
        id: 'security-update',
        package: 'openssl',
        version: '3.0.1',
        fixedVersion: '3.0.2',
        installable: true,
        severity: 'unknown',
        origin: 'security',
        indexes: ['bookworm-security/main amd64'],
        asConfigured: '3.0.2',
      },
    ])
    expect(notes.join()).not.toContain('apt-get install')
  })

  test.each([
    ['bookworm', 'ordinary-update', 'point-release'],
    ['bookworm-updates', 'ordinary-update', 'updates'],
    ['bookworm-security', 'security-update', 'security'],
  ])('when only %s has a newer version, then it is an %s (%s)', (suite, id, origin) => {
    expect(answered(archiveEvidence({ [suite]: [FIXED] })).findings).toMatchObject([{ id, origin }])
  })

  test('when a point release came after a security update, then it is still one', () => {
    const packages = { bookworm: [stanza('openssl 3.0.9')], 'bookworm-security': [FIXED] }
    expect(answered(archiveEvidence(packages)).findings).toMatchObject([
      { id: 'security-update', fixedVersion: '3.0.9', origin: 'security' },
    ])
  })

  test('when security holds only what is installed or older, then it is none', () => {
    const packages = { bookworm: [FIXED], 'bookworm-security': [stanza('openssl 3.0.1')] }
    expect(answered(archiveEvidence(packages)).findings).toMatchObject([{ origin: 'point-release' }])
  })

  test('when the archive has another build, then it is no security update', () => {
    const other = stanza('openssl 3.0.1', { Depends: 'apt' })
    expect(answered(archiveEvidence({ bookworm: [other] })).findings).toMatchObject([
      { id: 'ordinary-update', origin: 'rebuilt' },
    ])
  })

  test('when apt would hold it back, then the reason is reported', () => {
    const packages = { 'bookworm-security': [stanza('openssl 3.0.2', { Depends: 'libnew' })] }
    expect(answered(archiveEvidence(packages)).findings[0]).toMatchObject({
      heldBack: { by: 'depends', text: 'Depends: libnew' },
    })
  })

  test('when a version is above every index, then nobody is known to support it', () => {
    const { findings } = answered(archiveEvidence({ bookworm: [stanza('openssl 3.0.0')] }))
    expect(findings).toMatchObject([{ id: 'no-security-support', package: 'openssl', version: '3.0.1' }])
  })
})

describe('the CVEs of an update', () => {
  const row = (fixed_version: string | undefined, status = 'resolved') => ({
    releases: {
      bookworm: {
        status,
        urgency: 'not yet assigned',
        ...(fixed_version === undefined ? {} : { fixed_version }),
      },
    },
  })
  const ROWS = {
    openssl: {
      'CVE-2026-0001': row('3.0.1'),
      'CVE-2026-0002': row('3.0.1+deb12u1'),
      'CVE-2026-0003': row('3.0.2'),
      'CVE-2026-0004': row('3.0.3'),
      'CVE-2026-0005': row(undefined, 'open'),
      'CVE-2026-0006': row('0'),
      'TEMP-0000000-ABCDEF': row('3.0.2'),
    },
  }
  const withRows = (rows: unknown, packages = { 'bookworm-security': [FIXED] }) => {
    const evidence = archiveEvidence(packages)
    return { ...evidence, documents: { ...evidence.documents, 'tracker.json': JSON.stringify(rows) } }
  }

  test('when the tracker has them, then those above the installed version and not above the candidate count', () => {
    expect(answered(withRows(ROWS)).findings[0]?.cves).toEqual(['CVE-2026-0002', 'CVE-2026-0003'])
  })

  test('when a binary has a version of its own, then its source package decides', () => {
    const own = installed('libssl3 9:1', { Source: 'openssl (3.0.1)' })
    const next = stanza('libssl3 9:2', { Source: 'openssl (3.0.2)' })
    const found = answered(withRows(ROWS, { 'bookworm-security': [next] }), image([APT, own])).findings
    expect(found[0]?.cves).toEqual(['CVE-2026-0002', 'CVE-2026-0003'])
  })

  test('when the tracker has none for it, then there is none', () => {
    expect(answered(withRows({ apt: ROWS.openssl })).findings[0]?.cves).toEqual([])
  })

  test('when there is not a tracker, or the candidate is of another source package, then they are not known', () => {
    expect(answered(archiveEvidence({ 'bookworm-security': [FIXED] })).findings[0]?.cves).toBeNull()
    const other = stanza('openssl 3.0.2', { Source: 'openssl3' })
    expect(answered(withRows(ROWS, { 'bookworm-security': [other] })).findings[0]?.cves).toBeNull()
  })

  test('when the tracker could not be had, then a note says why, and the updates are found', () => {
    const evidence = archiveEvidence({ 'bookworm-security': [FIXED] })
    const problem = JSON.stringify(aProblem({ what: 'the server answered 503' }))
    const { findings, limits } = answered({
      ...evidence,
      documents: { ...evidence.documents, 'tracker-problem.json': problem },
    })
    expect(ids(findings)).toEqual(['security-update'])
    expect(limits).toContain('the CVEs that the updates fix are not known: the server answered 503')
  })
})
