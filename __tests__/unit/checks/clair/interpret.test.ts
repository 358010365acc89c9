import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { interpret } from '../../../../src/checks/clair/interpret.js'
import type { Answer } from '../../../../src/model/finding/index.js'
import { aLayer, anEvidence, anImage, aSource, LAYER } from '../../../support/builders.js'
import { withFacts } from '../../../support/facts.js'
import { runs } from '../../../support/runs.js'
import {
  CANARY,
  CANARY_LAYER,
  debian,
  evidenceOf,
  findingsOf,
  OS_RELEASE,
  type Package,
  type ReportedPackage,
  type Rows,
  reportedCanary,
  reportOf,
  scanned,
  statusOf,
} from './builders.js'

const APT: Package = { name: 'apt', version: '2.6.1' }
const APT_ROWS: Rows = { apt: { 'CVE-2026-1': { fixed_version: '2.6.2', urgency: 'high' } } }
const image = debian({ 'var/lib/dpkg/status': statusOf([APT]) })
const codeOf = (answer: Answer) => (answer.state === 'unanswered' ? answer.problem.code : 'answered')
const ask = (packages: readonly ReportedPackage[], canary?: readonly ReportedPackage[], document?: unknown) =>
  interpret(evidenceOf(reportOf(packages, APT_ROWS, canary), APT_ROWS, document), image)

describe('a finding', () => {
  test('when Clair and the tracker agree, then it has all that both say', () => {
    expect(findingsOf([APT], APT_ROWS)).toEqual([
      {
        check: 'clair',
        id: 'CVE-2026-1',
        cves: ['CVE-2026-1'],
        package: 'apt',
        version: '2.6.1',
        fixDay: null,
        fixedVersion: '2.6.2',
        installable: true,
        severity: 'high',
        severitySource: 'debian-tracker',
        binaries: [{ name: 'apt', version: '2.6.1', architecture: 'amd64' }],
        layer: LAYER,
        links: ['https://security-tracker.debian.org/tracker/CVE-2026-1'],
        debian: null,
        kev: null,
        cvss: null,
        epss: null,
        agreement: 'confirmed',
        facts: {
          clairSeverity: 'high',
          clairNormalizedSeverity: 'Critical',
          clairFixedIn: '2.6.2',
          urgency: 'high',
          trackerStatus: 'resolved',
        },
        ...{ packageDb: null, release: null, signedSources: [], explanation: null, archiveOffers: null },
      },
    ])
  })

  test('when a source has several binaries, then there is one finding, with its binaries by name', () => {
    const packages = ['libapt-pkg6.0', 'apt', 'apt-utils'].map((name) => ({ ...APT, name, source: 'apt' }))
    const findings = findingsOf(packages, APT_ROWS)
    expect(findings.map((one) => one.binaries.map(({ name }) => name))).toEqual([
      ['apt', 'apt-utils', 'libapt-pkg6.0'],
    ])
  })

  test('when a package is there in two architectures, then both are named', () => {
    const packages = ['i386', 'amd64'].map((arch) => ({ ...APT, arch }))
    expect(findingsOf(packages, APT_ROWS)[0]?.binaries.map((one) => one.architecture)).toEqual([
      'amd64',
      'i386',
    ])
  })

  test.each([
    ['open without a fix', { status: 'open' }, 'unknown', null, null],
    ['undetermined', { status: 'undetermined' }, 'unknown', null, null],
    ['resolved, no version named', {}, 'unknown', null, null],
    ['unimportant', { status: 'open', urgency: 'unimportant' }, 'negligible', null, 'unimportant'],
    ['end-of-life', { status: 'open', urgency: 'end-of-life' }, 'unknown', null, 'end-of-life'],
    ['no-dsa', { status: 'open', nodsa: 'Minor issue', nodsa_reason: '' }, 'unknown', null, 'no-dsa'],
    [
      'postponed',
      { status: 'open', urgency: 'low', nodsa: 'Minor issue', nodsa_reason: 'postponed' },
      'low',
      null,
      'postponed',
    ],
    [
      'ignored, and fixed elsewhere',
      { fixed_version: '2.6.2', nodsa: 'Minor issue', nodsa_reason: 'ignored' },
      'unknown',
      '2.6.2',
      'ignored',
    ],
  ])('when the tracker says %s, then the finding says it', (_, row, severity, fixedVersion, kind) => {
    const [finding, ...more] = findingsOf([APT], { apt: { 'CVE-2026-1': row } })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ agreement: 'confirmed', severity, fixedVersion })
    expect(finding?.installable).toBe(fixedVersion === null ? null : true)
    expect(finding?.debian?.kind ?? null).toBe(kind)
    if ('nodsa' in row) {
      expect(finding?.debian?.words).toBe('Minor issue')
    }
  })

  test.each([
    ['at the fix', { fixed_version: '2.6.1' }],
    ['above the fix', { fixed_version: '2.6.0' }],
    ['never affected', { fixed_version: '0' }],
  ])('when the source is %s and Clair says nothing, then there is none', (_, row) => {
    expect(findingsOf([APT], { apt: { 'CVE-2026-1': row } })).toEqual([])
  })
})

describe('a finding, further', () => {
  test('when a version is below 0 and the release was never affected, then there is none', () => {
    const early = { name: 'early', version: '0~git1' }
    expect(findingsOf([early], { early: { 'CVE-2026-1': { fixed_version: '0' } } })).toEqual([])
  })

  test('when binaries came in several layers, then the oldest of the vulnerable is reported', () => {
    const second = `sha256:${'2'.repeat(64)}`
    const packages = ['apt', 'libapt-pkg6.0'].map((name) => ({ ...APT, name, source: 'apt' }))
    const layers = [
      aLayer({ files: { 'etc/os-release': OS_RELEASE } }),
      aLayer({ diffId: second, files: { 'var/lib/dpkg/status': statusOf(packages) } }),
    ]
    const layerWith = (places: readonly string[]) => {
      const reported = scanned(packages).map((one, index) => ({ ...one, layer: places[index] ?? '' }))
      const answer = interpret(evidenceOf(reportOf(reported, APT_ROWS), APT_ROWS), anImage({ layers }))
      return answer.state === 'answered' ? answer.findings.map(({ layer }) => layer) : answer
    }
    expect(layerWith([second, LAYER])).toEqual([LAYER])
    expect(layerWith([second, second])).toEqual([second])
    expect(layerWith(['sha256:unknown', 'sha256:unknown'])).toEqual([null])
  })

  test('when two updaters tell of the same, then the order of the report does not decide whose words count', () => {
    const vulnerabilities = ['osv/debian', 'debian/updater'].map((updater, index) => ({
      name: 'CVE-2026-9',
      package: 'apt',
      severity: 'low',
      fixed: `3.${index}`,
      updater,
    }))
    const fixed = [vulnerabilities, vulnerabilities.toReversed()].map((vulnerabilities) => {
      const answer = ask(scanned([APT]).map((one) => ({ ...one, vulnerabilities })))
      return answer.state === 'answered' ? answer.findings.map((one) => one.fixedVersion) : answer
    })
    expect(fixed[0]).toHaveLength(2)
    expect(fixed[1]).toEqual(fixed[0])
  })
})

describe("Clair compares the binary's version, the fix belongs to the source", () => {
  const bsdutils = { name: 'bsdutils', version: '1:2.36.1-8', source: 'util-linux (2.36.1-8)' }

  test('when only the binary has an epoch, then what Clair missed is found and explained', () => {
    const rows = { 'util-linux': { 'CVE-2026-2': { fixed_version: '2.36.1-8+deb11u2' } } }
    expect(findingsOf([bsdutils], rows)).toMatchObject([
      {
        package: 'util-linux',
        version: '2.36.1-8',
        agreement: 'missed-by-clair',
        layer: LAYER,
        binaries: [{ name: 'bsdutils', version: '1:2.36.1-8' }],
        facts: {
          explanation:
            'Clair compared the version of the binary package bsdutils 1:2.36.1-8; the source package util-linux is at version 2.36.1-8, below the fixed version 2.36.1-8+deb11u2',
        },
      },
    ])
  })

  test('when another binary of the source has no epoch, then Clair finds it too and it is confirmed once', () => {
    const rows = { 'util-linux': { 'CVE-2026-2': { fixed_version: '2.36.1-8+deb11u2' } } }
    const packages = [bsdutils, { name: 'mount', version: '2.36.1-8', source: 'util-linux' }]
    expect(findingsOf(packages, rows)).toMatchObject([
      { agreement: 'confirmed', binaries: [{ name: 'bsdutils' }, { name: 'mount' }] },
    ])
  })

  test('when only the source has an epoch, then what Clair should not have said is refuted and explained', () => {
    const library = { name: 'libfoo1', version: '1.2', source: 'foo (1:1.2)' }
    const rows = { foo: { 'CVE-2026-3': { fixed_version: '1:1.1', urgency: 'low' } } }
    expect(findingsOf([library], rows)).toMatchObject([
      {
        version: '1:1.2',
        fixedVersion: '1:1.1',
        agreement: 'refuted',
        severity: 'low',
        facts: {
          clairFixedIn: '1:1.1',
          explanation:
            'Clair compared the version of the binary package libfoo1 1.2; the source package foo is at version 1:1.2, not below the fixed version 1:1.1',
        },
      },
    ])
  })

  test('when binaries come from two builds of a source, then the lowest vulnerable version counts', () => {
    const packages = [
      { name: 'liba', version: '3', source: 'foo (3)' },
      { name: 'libb', version: '2', source: 'foo (2)' },
      { name: 'libc', version: '1', source: 'foo (1)' },
    ]
    const rows = { foo: { 'CVE-2026-3': { fixed_version: '3' } } }
    expect(findingsOf(packages, rows)).toMatchObject([
      { version: '1', binaries: [{ name: 'libb' }, { name: 'libc' }] },
    ])
  })

  test.each(['install ok half-configured', 'install ok unpacked', 'install reinstreq installed'])(
    'when a package is %s, then Clair skips it, nothing is unanswered, and the tracker counts',
    (status) => {
      const [finding] = findingsOf(
        [
          { ...APT, status },
          { name: 'bash', version: '5' },
        ],
        APT_ROWS,
      )
      expect(finding).toMatchObject({ agreement: 'missed-by-clair', layer: null })
      expect(finding?.facts.explanation).toBe(
        `Clair skips apt, because its dpkg status is "${status}"; the source package apt is at version 2.6.1, below the fixed version 2.6.2`,
      )
    },
  )

  test('when a package is on hold, then it is confirmed; when only its configuration is left, then it is none', () => {
    expect(findingsOf([{ ...APT, status: 'hold ok installed' }], APT_ROWS)).toHaveLength(1)
    const removed = [
      { ...APT, status: 'deinstall ok config-files' },
      { name: 'bash', version: '5' },
    ]
    expect(findingsOf(removed, APT_ROWS)).toEqual([])
  })
})

describe('distroless images', () => {
  const part = (name: string, source?: string) =>
    statusOf([{ name, version: '3.0.1-1', ...(source ? { source } : {}) }]).replace(/Status: .*\n/, '')
  const files = {
    'var/lib/dpkg/status.d/libssl3': part('libssl3', 'openssl (3.0.1-1)'),
    'var/lib/dpkg/status.d/base': part('base'),
  }
  const rows = { openssl: { 'CVE-2026-4': { fixed_version: '3.0.2-1' } }, base: { 'CVE-2026-5': {} } }
  const reported = (name: string, source?: string): ReportedPackage => ({
    name,
    version: '3.0.1-1',
    database: `var/lib/dpkg/status.d/${name}`,
    ...(source ? { source: { name: source, version: '3.0.1-1' } } : {}),
  })

  test('when Clair reads the source as "openssl (3.0.1-1)", or none, then ours is found', () => {
    const report = reportOf([reported('libssl3', 'openssl (3.0.1-1)'), reported('base')], rows)
    const answer = interpret(evidenceOf(report, rows), debian(files))
    expect(answer).toMatchObject({
      state: 'answered',
      findings: [
        {
          id: 'CVE-2026-5',
          agreement: 'missed-by-clair',
          explanation: expect.stringContaining('Clair found no source package for base'),
        },
        {
          id: 'CVE-2026-4',
          agreement: 'missed-by-clair',
          layer: LAYER,
          explanation: expect.stringContaining('to the source package "openssl (3.0.1-1)"'),
        },
      ],
    })
  })

  test('when a later layer removed a package that Clair still reports, then it is neither confirmed nor refuted', () => {
    const gone: ReportedPackage = { ...reported('libssl3', 'openssl') }
    const layers = [
      aLayer({ files: { 'etc/os-release': OS_RELEASE, ...files } }),
      aLayer({ diffId: `sha256:${'d'.repeat(64)}`, removed: ['var/lib/dpkg/status.d/libssl3'] }),
    ]
    const report = reportOf([gone, reported('base', 'base')], rows)
    const answer = interpret(evidenceOf(report, rows), anImage({ layers }))
    const finding = answer.state === 'answered' ? withFacts(answer.findings).at(-1) : null
    expect(finding).toMatchObject({ package: 'openssl', agreement: null, version: '3.0.1-1' })
    expect(finding?.facts.explanation).toBe(
      'Clair found libssl3 3.0.1-1, which dpkg does not list as installed',
    )
  })
})

describe('a package that Debian rebuilds to sign it', () => {
  const kernel = {
    name: 'linux-image-6.1.0-1-amd64',
    version: '6.1.4-1',
    source: 'linux-signed-amd64 (6.1.4+1)',
  }

  test('when the source it is signed from is vulnerable, then that is found, under the name of the tracker', () => {
    expect(findingsOf([kernel], { linux: { 'CVE-2026-1': { fixed_version: '6.1.4-2' } } })).toMatchObject([
      {
        package: 'linux',
        version: '6.1.4-1',
        fixedVersion: '6.1.4-2',
        agreement: 'missed-by-clair',
        binaries: [{ name: kernel.name, version: '6.1.4-1' }],
        facts: {
          signedSource: 'linux-signed-amd64',
          explanation:
            'Clair attributed linux-image-6.1.0-1-amd64 to the source package "linux-signed-amd64"; the source package linux is at version 6.1.4-1, below the fixed version 6.1.4-2',
        },
      },
    ])
  })

  test('when it has the fix, then there is none', () => {
    expect(findingsOf([kernel], { linux: { 'CVE-2026-1': { fixed_version: '6.1.4-1' } } })).toEqual([])
  })

  test('when the tracker has a row for the signed source itself, then that counts too', () => {
    const [finding, ...more] = findingsOf([kernel], {
      'linux-signed-amd64': { 'CVE-2026-2': { fixed_version: '6.1.4+2' } },
    })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ package: 'linux-signed-amd64', version: '6.1.4+1' })
    expect(finding?.facts).not.toHaveProperty('signedSource')
  })
})

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
    const finding = answer.state === 'answered' ? withFacts(answer.findings)[1] : null
    expect(finding).toMatchObject({
      agreement: null,
      version: '2.5',
      fixedVersion: '3.0',
      severity: 'critical',
      severitySource: 'clair',
    })
  })
})

describe('an external Clair with other data', () => {
  test('when it reports what the tracker does not have, then it is kept with its own words', () => {
    const extra = { name: 'CVE-2026-9', package: 'apt', fixed: '', severity: 'low' }
    const answer = ask(scanned([APT]).map((one) => ({ ...one, vulnerabilities: [extra] })))
    const finding = answer.state === 'answered' ? withFacts(answer.findings)[1] : null
    expect(finding).toMatchObject({ id: 'CVE-2026-9', agreement: null, severity: 'low', version: '2.6.1' })
    expect(finding?.facts.explanation).toMatch(/security tracker data has no entry for this vulnerability/)
  })

  test.each([
    ['', null],
    ['0', null],
    ['2.7', '2.7'],
  ])('when its fix is %j, then the finding has the fixed version %j', (fixed, fixedVersion) => {
    const extra = { name: 'CVE-2026-9', package: 'apt', fixed, severity: 'low' }
    const answer = ask(scanned([APT]).map((one) => ({ ...one, vulnerabilities: [extra] })))
    const found = answer.state === 'answered' ? answer.findings.find(({ id }) => id === 'CVE-2026-9') : null
    expect(found).toMatchObject({ fixedVersion })
  })
})

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
    expect(codeOf(pair('CVE-2026-404'))).toBe('canary-not-found')
  })
})

describe('an answer that is none', () => {
  const report = reportOf(scanned([APT]), APT_ROWS)
  const codeFor = (changed: unknown) => codeOf(interpret(evidenceOf(changed, APT_ROWS), image))

  test.each<[string, unknown]>([
    ['empty, as after a 202', ''],
    ['cut off', JSON.stringify(report).slice(0, -20)],
    ['an error page', '<html>'],
    ['another document', { code: 'not-found', message: 'index report not found' }],
    ['without packages', { ...report, packages: undefined }],
    ['without environments', { ...report, environments: undefined }],
    ['of a package that it places nowhere', { ...report, environments: {} }],
    ['pointing to a vulnerability that it lacks', { ...report, vulnerabilities: {} }],
    ['pointing to a package that it lacks', { ...report, package_vulnerabilities: { 99: [] } }],
    ['about another manifest', { ...report, manifest_hash: CANARY_LAYER }],
  ])('when the report is %s, then it is malformed', (_, changed) => {
    expect(codeFor(changed)).toBe('clair-report-malformed')
  })

  test('when the report is malformed, then the problem says how', () => {
    const whatFor = (malformed: unknown) => {
      const answer = interpret(evidenceOf(malformed, APT_ROWS), image)
      return answer.state === 'unanswered' ? answer.problem.what : null
    }
    expect(whatFor('')).toContain('it is empty')
    expect(whatFor('<html>')).toContain("Unexpected token '<'")
  })

  test.each([
    ['a1 b1 c1 d1 e1 f1', 'Clair did not see 5 of the packages that dpkg lists: b1, c1, d1, e1, f1'],
    [
      'a1 b1 c1 d1 e1 f1 g1',
      'Clair did not see 6 of the packages that dpkg lists: b1, c1, d1, e1, f1 and 1 more',
    ],
  ])('when Clair sees only the first of %s, then at most five of the others are named', (names, what) => {
    const packages = names.split(' ').map((name) => ({ name, version: '1' }))
    const answer = interpret(
      evidenceOf(reportOf(scanned(packages.slice(0, 1)), {})),
      debian({ 'var/lib/dpkg/status': statusOf(packages) }),
    )
    expect(answer).toMatchObject({ state: 'unanswered', problem: { code: 'clair-missed-packages', what } })
  })

  test('when a package of another database has the name of a missed one, then it is still missed', () => {
    const reported = scanned([APT]).map((one) => ({ ...one, database: 'srv/root/var/lib/dpkg/status' }))
    expect(codeOf(ask(reported))).toBe('clair-missed-packages')
  })

  test.each(['debian bullseye', 'ubuntu noble', ''])(
    'when Clair matched for %j, then it is unanswered',
    (distribution) => {
      expect(codeOf(ask(scanned([APT]).map((one) => ({ ...one, distribution }))))).toBe(
        'clair-wrong-distribution',
      )
    },
  )

  test.each(['canary.json', 'tracker.json', 'manifest.json', 'vulnerability-report.json'])(
    'when the evidence lacks %s, then it is incomplete',
    (name) => {
      const { [name]: _, ...documents } = evidenceOf(report, APT_ROWS).documents
      expect(codeOf(interpret(anEvidence({ documents }), image))).toBe('evidence-incomplete')
    },
  )

  test.each(['canary.json', 'manifest.json'])(
    'when %s is not in the form that Seaworthy writes, then it is incomplete',
    (name) => {
      const { documents } = evidenceOf(report, APT_ROWS)
      for (const text of ['{}', 'x']) {
        const changed = anEvidence({ documents: { ...documents, [name]: text } })
        expect(codeOf(interpret(changed, image))).toBe('evidence-incomplete')
      }
    },
  )

  test.each([
    ['no package database', debian({}), 'no-dpkg'],
    [
      'no os-release',
      anImage({ layers: [aLayer({ files: { 'var/lib/dpkg/status': statusOf([APT]) } })] }),
      'no-os-release',
    ],
  ])('when the image has %s, then it is unanswered, not clean', (_, bare, code) => {
    expect(codeOf(interpret(evidenceOf(report, APT_ROWS), bare))).toBe(code)
  })
})

describe('when Clair has read other versions of packages than dpkg has', () => {
  const packages = [
    APT,
    { name: 'libc6', version: '2.36-9', arch: 'amd64' },
    { name: 'libc6', version: '2.36-8', arch: 'i386' },
  ]
  const files = debian({ 'var/lib/dpkg/status': statusOf(packages) })
  const read = (...versions: readonly (readonly [string, string])[]) =>
    interpret(
      evidenceOf(
        reportOf(
          scanned(packages).map((one) => ({
            ...one,
            version: new Map(versions).get(one.name) ?? one.version,
          })),
          APT_ROWS,
        ),
        APT_ROWS,
      ),
      files,
    )

  test('then there is no answer, and each is named', () => {
    const answer = read(['apt', '2.6.0'], ['libc6', '2.36-7'])
    expect(codeOf(answer)).toBe('clair-other-versions')
    expect(answer.state === 'unanswered' ? answer.problem.what : '').toBe(
      "Clair read package versions that differ from those in dpkg's list: apt 2.6.0 (dpkg: 2.6.1), libc6 2.36-7 (dpkg: 2.36-9)",
    )
  })

  test('then one of several architectures is none of these', () => {
    expect(read(['libc6', '2.36-9']).state).toBe('answered')
    expect(read(['libc6', '2.36-8']).state).toBe('answered')
  })
})

describe('notes', () => {
  test('when there is something to know about the answer, then the notes say what was found before how that is known', () => {
    const packages = [APT, { name: 'bsdutils', version: '1:2', source: 'util-linux (2)' }]
    const rows = { ...APT_ROWS, 'util-linux': { 'CVE-2026-2': { fixed_version: '3' } } }
    const evidence = evidenceOf(reportOf(scanned(packages), rows), rows)
    const source = aSource({ name: 'debian-security-tracker', date: '2026-11-24T05:10:00Z', rows: 570 })
    const answer = interpret(
      { ...evidence, sources: [source] },
      debian({ 'var/lib/dpkg/status': statusOf(packages) }),
    )
    expect(answer).toMatchObject({
      notes: [
        '1 missed by Clair but found by comparing source package versions',
        'security tracker data from 2026-11-24T05:10:00Z, 570 rows',
        'canary found',
      ],
    })
  })
})

describe('order', () => {
  const packages = Array.from({ length: 12 }, (_, index) => ({
    name: `p${index}`,
    version: index % 2 ? `1:${index}` : `${index}`,
    source: `s${index % 4} (${index})`,
  }))
  const rows = Object.fromEntries(
    [0, 1, 2, 3].map((source) => [
      `s${source}`,
      Object.fromEntries([3, 1, 2].map((cve) => [`CVE-2026-${cve}`, { fixed_version: String(cve * 4) }])),
    ]),
  )
  /** The same members, put in the order of their ranks. */
  const shuffled = <T>(ranks: readonly number[], table: Readonly<Record<string, T>>) => {
    const ranked = Object.entries(table).map((entry, index) => ({ entry, rank: ranks[index] ?? 0 }))
    return Object.fromEntries(ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry))
  }

  test('when the inputs are shuffled, then the answer is the same, sorted by package and id', () => {
    const report = reportOf(scanned(packages), rows)
    const straight = interpret(
      evidenceOf(report, rows),
      debian({ 'var/lib/dpkg/status': statusOf(packages) }),
    )
    const keys =
      straight.state === 'answered' ? straight.findings.map((one) => `${one.package} ${one.id}`) : []
    expect(keys.length).toBeGreaterThan(5)
    expect(keys).toEqual([...keys].sort())
    fc.assert(
      fc.property(
        fc.shuffledSubarray(packages, { minLength: packages.length }),
        fc.shuffledSubarray([...Array(40).keys()], { minLength: 40 }),
        (order, ranks) => {
          // Ids that are no numbers: JavaScript would put numbers back into order.
          const renamed = JSON.parse(JSON.stringify(report).replace(/"(\d+)":/g, '"id$1":'))
          const mixed = {
            ...renamed,
            packages: shuffled(ranks, renamed.packages),
            environments: shuffled(ranks.toReversed(), renamed.environments),
            vulnerabilities: shuffled(ranks, renamed.vulnerabilities),
            package_vulnerabilities: shuffled(ranks.toReversed(), renamed.package_vulnerabilities),
          }
          const files = { 'var/lib/dpkg/status': statusOf(order) }
          const answer = interpret(evidenceOf(mixed, shuffled(ranks, rows)), debian(files))
          expect(JSON.stringify(answer)).toBe(JSON.stringify(straight))
        },
      ),
      runs(60),
    )
  })
})
