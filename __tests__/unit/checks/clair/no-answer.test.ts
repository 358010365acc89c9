import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/clair/interpret.js'
import { aLayer, anEvidence, anImage, someApplications } from '../../../support/builders.js'
import { advisoriesOf } from '../../../support/osv/advisories.js'
import { saying } from '../../../support/osv/shop.js'
import { CANARY_LAYER, debian, evidenceOf, OS_RELEASE, reportOf, scanned, statusOf } from './builders.js'
import { APT, APT_ROWS, ask, codeOf, image } from './one-package.js'

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
    const malformed = "Clair's vulnerability report can't be read: "
    expect(whatFor('')).toBe(`${malformed}it is empty: Clair had no data to match against`)
    expect(whatFor('<html>')).toMatch(/^Clair's vulnerability report can't be read: Unexpected token '<'/)
    expect(whatFor([])).toBe(`${malformed}the document: Invalid input: expected object, received array`)
    expect(whatFor({ ...report, environments: {} })).toBe(
      `${malformed}it does not say where package 1 was found`,
    )
    expect(whatFor({ ...report, environments: undefined })).toBe(
      `${malformed}environments: Invalid input: expected record, received undefined`,
    )
    expect(whatFor({ ...report, vulnerabilities: {} })).toBe(
      `${malformed}it has no details of vulnerability v-apt-CVE-2026-1-2.6.2 in package 1`,
    )
    expect(whatFor({ ...report, package_vulnerabilities: { 99: [] } })).toBe(
      `${malformed}it lists vulnerabilities for an unknown package, 99`,
    )
    const hash = report.manifest_hash
    expect(whatFor({ ...report, manifest_hash: CANARY_LAYER })).toBe(
      `Clair's report is for manifest ${CANARY_LAYER}, not for ${hash}`,
    )
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

  test('when Clair matched for several others, then the first of them is named, with at most five packages', () => {
    const packages = ['f', 'e', 'd', 'c', 'b', 'a', 'x'].map((name) => ({ name, version: '1' }))
    const reported = scanned(packages).map((one, at) => {
      return { ...one, distribution: at < 6 ? 'debian bullseye' : 'ubuntu noble' }
    })
    const own = debian({ 'var/lib/dpkg/status': statusOf(packages) })
    expect(interpret(evidenceOf(reportOf(reported, {})), own)).toMatchObject({
      problem: {
        what: 'this image is Debian bookworm, but Clair attributed some of its packages to debian bullseye: a, b, c, d, e',
      },
    })
    expect(ask(scanned([APT]).map((one) => ({ ...one, distribution: '' })))).toMatchObject({
      problem: {
        what: 'this image is Debian bookworm, but Clair attributed some of its packages to no distribution: apt',
      },
    })
  })

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

describe('application packages when Clair has no answer', () => {
  const files = { 'srv/app/node_modules/lodash/package.json': saying('npm', 'lodash', '4.17.4') }
  const status = { 'var/lib/dpkg/status': statusOf([APT]), 'etc/os-release': OS_RELEASE }
  const app = anImage({ layers: [aLayer({ files: status, applications: someApplications({ files }) })] })
  const ids = (more: Readonly<Record<string, string>>, report = '') => {
    const evidence = evidenceOf(report, APT_ROWS)
    const documents = { ...evidence.documents, ...advisoriesOf({ npm: ['lodash'] }), ...more }
    const answer = interpret({ ...evidence, documents }, app)
    return [codeOf(answer), answer.applications?.findings.map(({ id }) => id).includes('CVE-2021-23337')]
  }

  test('then they are judged all the same, also without ratings', () => {
    expect(ids({})).toEqual(['clair-report-malformed', true])
    expect(ids({ 'feeds.json': '{}' })).toEqual(['clair-report-malformed', true])
    const noCanary = JSON.stringify(reportOf(scanned([APT]), APT_ROWS, []))
    expect(ids({}, noCanary)).toEqual(['canary-not-found', true])
  })

  test('and when the advisories cannot be read either, then neither are judged', () => {
    expect(ids({ 'osv.json': '{}' })).toEqual(['clair-report-malformed', undefined])
  })
})

describe('when Clair has read other versions of packages than dpkg has', () => {
  const packages = [
    APT,
    { name: 'libc6', version: '2.36-9', arch: 'amd64' },
    { name: 'libc6', version: '2.36-8', arch: 'i386' },
  ]
  const files = debian({ 'var/lib/dpkg/status': statusOf(packages) })
  type Read = readonly [name: string, version: string, arch?: string]
  const read = (...versions: readonly Read[]) =>
    interpret(
      evidenceOf(
        reportOf(
          scanned(packages).map((one) => {
            const [, version = one.version, arch = one.arch ?? ''] =
              versions.find(([name]) => name === one.name) ?? []
            return { ...one, version, arch }
          }),
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
    expect(read(['libc6', '2.36-9', 'amd64']).state).toBe('answered')
    expect(read(['libc6', '2.36-8', 'i386']).state).toBe('answered')
  })

  test('then the version of another architecture is one, and so is an architecture that dpkg does not list', () => {
    const texts = (one: Read) => {
      const answer = read(one)
      return answer.state === 'unanswered' ? [answer.problem.code, answer.problem.what] : []
    }
    expect(texts(['libc6', '2.36-9', 'i386'])).toEqual([
      'clair-other-versions',
      expect.stringMatching(/: libc6 2\.36-9 i386 \(dpkg: amd64\)$/),
    ])
    expect(texts(['apt', '2.6.1', 'arm64'])[1]).toMatch(/: apt 2\.6\.1 arm64 \(dpkg: amd64\)$/)
  })
})
