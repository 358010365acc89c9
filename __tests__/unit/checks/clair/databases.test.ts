import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/clair/interpret.js'
import {
  debian,
  evidenceOf,
  type ReportedPackage,
  reportOf,
  scanned,
  statusOf,
  vulnerabilitiesIn,
} from './builders.js'
import { APT, APT_ROWS, ask } from './one-package.js'

describe('a second package database', () => {
  const reported: ReportedPackage = {
    name: 'apt',
    version: '2.5.0',
    source: { name: 'apt', version: '2.5.0' },
    database: 'srv/root/var/lib/dpkg/status',
  }

  test('when it holds a vulnerable version, then that is a finding of its own', () => {
    const fixed = statusOf([{ ...APT, version: '2.6.2' }])
    const evidence = evidenceOf(
      reportOf([...scanned([{ ...APT, version: '2.6.2' }]), reported], APT_ROWS),
      APT_ROWS,
    )
    const answer = interpret(evidence, debian({ 'var/lib/dpkg/status': fixed }))
    expect(answer).toMatchObject({
      state: 'answered',
      findings: [
        {
          version: '2.5.0',
          agreement: 'confirmed',
          packageDb: 'srv/root/var/lib/dpkg/status',
          binaries: [{ name: 'apt', version: '2.5.0' }],
        },
      ],
    })
  })

  test('when both hold one, then there are two findings, the own first', () => {
    const answer = ask([...scanned([APT]), reported])
    const versions = answer.state === 'answered' ? answer.findings.map(({ version }) => version) : []
    expect(versions).toEqual(['2.6.1', '2.5.0'])
  })

  test('when dpkg records another source version there, then that one is compared', () => {
    const files = {
      'var/lib/dpkg/status': statusOf([APT]),
      'srv/root/var/lib/dpkg/status': statusOf([{ name: 'apt', version: '2.5.0', source: 'apt (1:2.5.0)' }]),
    }
    const evidence = evidenceOf(reportOf([...scanned([APT]), reported], APT_ROWS), APT_ROWS)
    const answer = interpret(evidence, debian(files))
    expect(answer).toMatchObject({
      findings: [{ agreement: 'confirmed' }, { agreement: 'refuted', version: '1:2.5.0' }],
    })
  })

  test('when Clair skips it, then what dpkg lists there is judged by the tracker all the same', () => {
    const path = 'srv/root/var/lib/dpkg/status'
    const files = {
      'var/lib/dpkg/status': statusOf([{ ...APT, version: '2.6.2' }]),
      [path]: statusOf([{ name: 'apt', version: '2.5.0' }]),
    }
    const evidence = evidenceOf(reportOf(scanned([{ ...APT, version: '2.6.2' }]), APT_ROWS), APT_ROWS)
    expect(interpret(evidence, debian(files))).toMatchObject({
      state: 'answered',
      findings: [
        {
          package: 'apt',
          version: '2.5.0',
          agreement: 'missed-by-clair',
          ...{ packageDb: path, explanation: expect.stringContaining(`no packages in ${path}`) },
          binaries: [{ name: 'apt', version: '2.5.0' }],
        },
      ],
    })
  })

  describe('of a system of another release', () => {
    const path = 'srv/root/var/lib/dpkg/status'
    const files = {
      'var/lib/dpkg/status': statusOf([{ ...APT, version: '2.6.2' }]),
      [path]: statusOf([{ name: 'apt', version: '2.5.0' }]),
      'srv/root/etc/os-release': 'ID=debian\nVERSION_CODENAME=trixie\n',
    }
    const rowIn = (fixed_version: string) => ({ status: 'resolved', fixed_version, urgency: 'high' })
    const rows = { apt: { 'CVE-2026-9': { releases: { bookworm: rowIn('0'), trixie: rowIn('2.5.1') } } } }
    const answerOf = (found: readonly ReportedPackage[], collected = true) => {
      const report = reportOf([...scanned([{ ...APT, version: '2.6.2' }]), ...found], {})
      const evidence = evidenceOf(report, {})
      const releases = { 'releases.json': JSON.stringify([{ release: 'trixie', sources: ['apt'] }]) }
      const documents = { ...evidence.documents, 'tracker.json': JSON.stringify(rows) }
      return interpret(
        { ...evidence, documents: { ...documents, ...(collected ? releases : {}) } },
        debian(files),
      )
    }

    test.each<[string, readonly ReportedPackage[]]>([
      ['skips it', []],
      ["takes it for the image's release", [reported]],
      ['knows its release', [{ ...reported, distribution: 'debian trixie' }]],
    ])('when Clair %s, then it is judged by the rows of its own release', (_, found) => {
      expect(answerOf(found)).toMatchObject({
        state: 'answered',
        findings: [{ id: 'CVE-2026-9', packageDb: path, release: 'trixie', fixedVersion: '2.5.1' }],
      })
    })

    test('when these rows were not collected, then there is no answer', () => {
      expect(answerOf([], false)).toMatchObject({
        state: 'unanswered',
        problem: { code: 'evidence-incomplete', what: expect.stringContaining('apt in trixie') },
      })
    })
  })

  test('when Clair matched what it found there for another release, then no row of this release is joined', () => {
    const path = 'srv/root/var/lib/dpkg/status'
    const other = { ...reported, version: '2.5.0', distribution: 'debian bullseye' }
    const answers = [
      { 'var/lib/dpkg/status': statusOf([APT]) },
      { 'var/lib/dpkg/status': statusOf([APT]), [path]: statusOf([{ name: 'apt', version: '2.5.0' }]) },
    ].map((files) => {
      const report = reportOf([...scanned([APT]), other], {})
      return interpret(evidenceOf(report, APT_ROWS), debian(files))
    })
    for (const answer of answers) {
      expect(answer).toMatchObject({ findings: [{ version: '2.6.1', packageDb: null }] })
    }
  })

  test('when only some packages there were matched for this release, then these are judged', () => {
    const path = 'srv/root/var/lib/dpkg/status'
    const rows = { ...APT_ROWS, tar: { 'CVE-2026-2': { fixed_version: '9' } } }
    const tar = { ...reported, name: 'tar', source: { name: 'tar', version: '1' }, distribution: '' }
    const evidence = evidenceOf(reportOf([...scanned([APT]), reported, tar], {}), rows)
    const answer = interpret(evidence, debian({ 'var/lib/dpkg/status': statusOf([APT]) }))
    const found = vulnerabilitiesIn(answer)
    expect(found).toMatchObject([
      { package: 'apt', packageDb: null },
      { package: 'apt', packageDb: path },
    ])
  })

  test("when it is no Debian package, then Clair's word stands alone and no row of Debian is joined", () => {
    const python: ReportedPackage = {
      name: 'apt',
      version: '2.5',
      database: 'python:usr/lib/python3/dist-packages',
      distribution: '',
      vulnerabilities: [
        { name: 'CVE-2026-1', package: 'apt', fixed: '3.0', severity: 'high', updater: 'osv/pypi' },
      ],
    }
    const answer = ask([...scanned([APT]), python])
    expect(vulnerabilitiesIn(answer)[1]).toMatchObject({
      agreement: null,
      version: '2.5',
      fixedVersion: '3.0',
      severity: 'critical',
      severitySource: 'clair',
    })
  })
})
