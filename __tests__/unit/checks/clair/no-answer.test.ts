import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/clair/interpret.js'
import { aLayer, anEvidence, anImage } from '../../../support/builders.js'
import { CANARY_LAYER, debian, evidenceOf, reportOf, scanned, statusOf } from './builders.js'
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
