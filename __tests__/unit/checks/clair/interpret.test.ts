import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { interpret } from '../../../../src/checks/clair/interpret.js'
import { aLayer, anImage, aSource, LAYER } from '../../../support/builders.js'
import { runs } from '../../../support/runs.js'
import {
  CANARY_LAYER,
  debian,
  evidenceOf,
  findingsOf,
  HASH,
  OS_RELEASE,
  reportOf,
  scanned,
  statusOf,
  vulnerabilitiesIn,
} from './builders.js'
import { APT, APT_ROWS, ask } from './one-package.js'

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
      const evidence = evidenceOf(reportOf(reported, APT_ROWS), APT_ROWS)
      const manifest = JSON.stringify({ hash: HASH, layers: [LAYER, second, CANARY_LAYER] })
      const documents = { ...evidence.documents, 'manifest.json': manifest }
      const answer = interpret({ ...evidence, documents }, anImage({ layers }))
      return answer.state === 'answered' ? answer.findings.map(({ layer }) => layer) : answer.problem.code
    }
    expect(layerWith([second, LAYER])).toEqual([LAYER])
    expect(layerWith([second, second])).toEqual([second])
    expect(layerWith([second, 'sha256:unknown'])).toBe('clair-other-layers')
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

describe('an external Clair with other data', () => {
  test('when it reports what the tracker does not have, then it is kept with its own words', () => {
    const extra = { name: 'CVE-2026-9', package: 'apt', fixed: '', severity: 'low' }
    const answer = ask(scanned([APT]).map((one) => ({ ...one, vulnerabilities: [extra] })))
    const finding = vulnerabilitiesIn(answer)[1]
    expect(finding).toMatchObject({ id: 'CVE-2026-9', agreement: null, severity: 'low', version: '2.6.1' })
    expect(finding?.explanation).toMatch(/security tracker data has no entry for this vulnerability/)
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

  test('when Clair reports what is fixed, then the notes count that; what is not known of the data is said', () => {
    const packages = [{ name: 'libfoo1', version: '1.2', source: 'foo (1:1.2)' }]
    const rows = { foo: { 'CVE-2026-3': { fixed_version: '1:1.1' } } }
    const evidence = evidenceOf(reportOf(scanned(packages), rows), rows)
    const source = aSource({ name: 'debian-security-tracker', date: null, rows: null })
    const files = debian({ 'var/lib/dpkg/status': statusOf(packages) })
    expect(interpret({ ...evidence, sources: [source, aSource({ name: 'epss' })] }, files)).toMatchObject({
      notes: [
        '1 reported by Clair but refuted by comparing source package versions',
        'security tracker data from an unknown date, ? rows',
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
