import { describe, expect, test } from '@jest/globals'
import type { SignOff } from '../../../../src/policy/whitelist/change.js'
import type { Format } from '../../../../src/policy/whitelist/foreign.js'
import { importRules } from '../../../../src/policy/whitelist/import.js'
import type { SurveyedImage } from '../../../../src/policy/whitelist/report.js'
import { aFinding, TODAY } from '../../../support/builders.js'
import { problemThrownBy } from '../../../support/problems.js'

const SIGN_OFF: SignOff = {
  today: TODAY,
  maxSpan: 365,
  reason: 'imported',
  owner: 'me',
  expires: null,
  images: null,
  releases: null,
}
const REPORT: readonly SurveyedImage[] = [
  {
    subject: { reference: 'app:1', codename: 'bookworm' },
    verdict: {
      checks: [{ check: 'clair', state: 'answered' }],
      findings: [
        {
          ...aFinding({
            id: 'CVE-2026-0001',
            package: 'openssl',
            severity: 'low',
            binaries: [{ name: 'libssl3', version: '3', architecture: 'amd64' }],
          }),
          ruling: 'noted',
          binaries: [{ name: 'libssl3' }],
        },
      ],
    },
  },
]
interface Options {
  readonly report?: readonly SurveyedImage[]
  readonly any?: boolean
  readonly format?: Format
  readonly signOff?: Partial<SignOff>
}
const run = (
  file: string,
  text: string,
  { report = REPORT, any = false, format, signOff = {} }: Options = {},
) => {
  const { entries, notes } = importRules(text, file, format ?? null, { ...SIGN_OFF, ...signOff }, report, any)
  return {
    notes,
    entries: entries.map(({ id, package: name, images, reason, expires }) => ({
      id,
      name,
      images,
      reason,
      expires,
    })),
  }
}
const one = { id: 'CVE-2026-0001', name: 'openssl', images: null, reason: 'imported', expires: '2027-02-22' }

describe('an entry that will not cover what it is for', () => {
  test.each([
    ['act', 'medium', true],
    ['due', 'medium', true],
    ['unfixed', 'medium', true],
    ['noted', 'medium', true],
    ['accepted', 'medium', false],
    ['deferred', 'medium', false],
    ['act', 'low', false],
  ] as const)('when it is ruled %s and rated %s, then that is told: %s', (ruling, severity, is) => {
    const report = REPORT.map((image) => {
      const findings = image.verdict.findings.map((finding) => ({ ...finding, severity, ruling }))
      return { ...image, verdict: { ...image.verdict, findings } }
    })
    const { notes } = run('.trivyignore', 'CVE-2026-0001 exp:2026-12-01\n', { report })
    expect(notes).toHaveLength(Number(is))
    expect(run('.trivyignore', 'CVE-2026-0009 exp:2026-12-01\n', { report, any: true }).notes).toEqual([])
  })

  test('when the file or the sign-off names an end, then the earlier one holds', () => {
    const expires = (text: string, end: string | null) =>
      run('.trivyignore', text, { signOff: { expires: end } }).entries.map((entry) => entry.expires)
    expect(expires('CVE-2026-0001 exp:2026-12-02\n', '2026-12-10')).toEqual(['2026-12-01'])
    expect(expires('CVE-2026-0001 exp:2026-12-20\n', '2026-12-10')).toEqual(['2026-12-10'])
    expect(expires('CVE-2026-0001\n', '2026-12-10')).toEqual(['2026-12-10'])
    const images = run('.trivyignore', 'CVE-2026-0001\n', { signOff: { images: ['app:*'] } }).entries
    expect(images.map((entry) => entry.images)).toEqual([['app:*']])
  })

  test('when a rule of Grype or Trivy cannot be carried over, then the reason is reported', () => {
    const grype = (rule: string) => run('.grype.yaml', `ignore:\n  - ${rule}\n`).notes
    expect(grype('{reason: x, fix-state: unknown, package: {name: openssl}}')).toEqual([
      '.grype.yaml:2: (no vulnerability): not carried over: it has no valid vulnerability id',
    ])
    expect(grype('{vulnerability: CVE-2026-0001, a: x, b: y}')).toEqual([
      '.grype.yaml:2: CVE-2026-0001: not carried over: it also sets a, b, which a whitelist entry cannot express',
    ])
    const both = (name: string) =>
      grype(`{vulnerability: CVE-2026-0001, package: {name: ${name}, upstream-name: openssl}}`)
    expect(both('libssl3')).toEqual([
      '.grype.yaml:2: CVE-2026-0001: not carried over: it specifies both a source and a binary package',
    ])
    expect(both('openssl')).toEqual([
      '.grype.yaml:2: CVE-2026-0001: never expires in that file; the new entry is valid until 2027-02-22',
    ])
    const trivy = (rule: string) => run('.trivyignore.yaml', `vulnerabilities:\n  - ${rule}\n`).notes
    expect(trivy('{id: CVE-2026-0001, paths: [a], x: y}')).toEqual([
      '.trivyignore.yaml:2: CVE-2026-0001: not carried over: it applies only to some paths, and a whitelist entry cannot be limited to paths',
    ])
    expect(trivy('{statement: x}')).toEqual([
      '.trivyignore.yaml:2: (no id): not carried over: it has no valid vulnerability id',
    ])
    expect(trivy('{id: CVE-2026-0001, purls: ["pkg:npm/x"], x: y}')).toEqual([
      '.trivyignore.yaml:2: CVE-2026-0001: not carried over: it also sets x, which a whitelist entry cannot express',
    ])
    expect(trivy('{id: CVE-2026-0001, purls: ["pkg:deb/debian/openssl@1"]}')).toEqual([
      '.trivyignore.yaml:2: CVE-2026-0001: not carried over: it applies to only one version, and the import does not support versions',
    ])
    expect(trivy('{id: CVE-2026-0001, purls: [[1]]}')).toEqual([
      '.trivyignore.yaml:2: CVE-2026-0001: not carried over: ["1"] is not a Debian package',
    ])
  })

  test('when the format is not recognized, then the known ones are named', () => {
    expect(problemThrownBy(() => run('list.yaml', 'hello: world\n')).what).toContain(
      'the format of the file is not recognized; specify it with --format ',
    )
  })

  test.each([
    ['high', 'high'],
    ['unknown', 'critical'],
  ] as const)('when the report rates it %s, then the key that is missing is named', (severity, needed) => {
    const report = REPORT.map((image) => {
      const findings = image.verdict.findings.map((finding) => ({
        ...finding,
        severity,
        ruling: 'act' as const,
      }))
      return { ...image, verdict: { ...image.verdict, findings } }
    })
    expect(run('.trivyignore', 'CVE-2026-0001 exp:2026-12-01\n', { report }).notes).toEqual([
      `.trivyignore:1: CVE-2026-0001: the new entry does not accept it as the report rates it; if you want to accept it anyway, add max-severity: ${needed}`,
    ])
  })
})

describe('clair-scanner', () => {
  const TEXT =
    'generalwhitelist:\n  CVE-2026-0001: XML\n  CVE-2026-0002: OpenText\nimages:\n  ubuntu:\n    CVE-2026-0001: a\n    CVE-2026-0001: b\n'

  test('when it has no package, then reports report it, and what they do not tell is listed', () => {
    expect(run('w.yaml', TEXT)).toEqual({
      entries: [
        { ...one, reason: 'XML' },
        { ...one, reason: 'a', images: ['ubuntu', 'ubuntu:*'] },
      ],
      notes: [
        'w.yaml:7: the key "CVE-2026-0001" appears twice, first on line 6',
        'w.yaml:2: CVE-2026-0001: never expires in that file; the new entry is valid until 2027-02-22',
        'w.yaml:3: CVE-2026-0002: not carried over: neither the rule nor a report specifies the package; scan an image with this vulnerability, or pass --any-package',
        'w.yaml:6: CVE-2026-0001: never expires in that file; the new entry is valid until 2027-02-22',
      ],
    })
  })

  test('when any package is said, then that is what is written', () => {
    expect(run('w.yaml', TEXT, { report: [], any: true }).entries.map(({ name }) => name)).toEqual([
      null,
      null,
      null,
    ])
  })
})

describe('.trivyignore', () => {
  test('when lines have ends and notes, then both are carried over; what is past or no CVE is listed', () => {
    const text = [
      '\uFEFF# Accept the risk,',
      '#  it is far away',
      'CVE-2026-0001 exp:2027-01-10\r',
      '',
      '# lost',
      '',
      'AVD-DS-0002',
      'CVE-2026-0001 exp:2026-11-24',
      'CVE-2026-0001 exp:2026-11-25',
      'CVE-2026-0001 exp:soon',
      'CVE-2026-0001 exp:2027-06-01',
    ].join('\n')
    expect(run('.trivyignore', text)).toEqual({
      entries: [
        { ...one, reason: 'Accept the risk, it is far away', expires: '2027-01-09' },
        { ...one, expires: TODAY },
        { ...one, expires: '2027-02-22' },
      ],
      notes: [
        '.trivyignore:7: AVD-DS-0002: not carried over: it has no valid vulnerability id',
        '.trivyignore:8: CVE-2026-0001: not carried over: it expired on 2026-11-24',
        '.trivyignore:10: CVE-2026-0001: not carried over: its expiry date is not a valid date (YYYY-MM-DD)',
        '.trivyignore:11: CVE-2026-0001: valid until 2027-05-31 in that file; the new entry is valid until 2027-02-22',
      ],
    })
  })
})

describe('.trivyignore.yaml', () => {
  test('when it has purls, paths and other lists, then only what can be said is carried over', () => {
    const text = `vulnerabilities:
  - id: CVE-2026-0001
    purls: ["pkg:deb/debian/libssl3", "pkg:npm/left-pad@1.0.0", "pkg:deb/debian/libssl3@3.0.1"]
    statement: |
      Accept
      the risk
    expired_at: 2027-01-02
  - id: CVE-2026-0001
    paths: ["usr/lib/a"]
  - id: CVE-2026-0001
    purls: ["pkg:deb/debian/unknown"]
misconfigurations:
  - id: AVD-DS-0001
secrets: []
`
    expect(run('.trivyignore.yaml', text)).toEqual({
      entries: [{ ...one, reason: 'Accept the risk', expires: '2027-01-01' }],
      notes: [
        '.trivyignore.yaml:12: misconfigurations not carried over: only vulnerabilities are imported',
        '.trivyignore.yaml:2: CVE-2026-0001: not carried over: "pkg:npm/left-pad@1.0.0" is not a Debian package',
        '.trivyignore.yaml:2: CVE-2026-0001: not carried over: it applies to only one version, and the import does not support versions',
        '.trivyignore.yaml:8: CVE-2026-0001: not carried over: it applies only to some paths, and a whitelist entry cannot be limited to paths',
        '.trivyignore.yaml:10: CVE-2026-0001: not carried over: no report shows which source package "unknown" comes from; scan an image that contains it',
      ],
    })
  })
})

describe('Grype', () => {
  const rule = (...lines: string[]) =>
    run('.grype.yaml', `fail-on-severity: high\nignore:\n  - ${lines.join('\n    ')}\n`)

  test.each([
    [['vulnerability: CVE-2026-0001', 'reason: not used'], 'not used'],
    [['vulnerability: CVE-2026-0001', 'package: {name: libssl3, type: deb}'], 'imported'],
    [['vulnerability: CVE-2026-0001', 'package:', '  upstream-name: openssl'], 'imported'],
    [['vulnerability: CVE-2026-0001', 'include-aliases: true'], 'imported'],
  ])('when a rule is %j, then it is an entry', (lines, reason) => {
    expect(rule(...lines).entries).toEqual([{ ...one, reason }])
  })

  test.each([
    [['fix-state: unknown'], 'it has no valid vulnerability id'],
    [['vulnerability: GHSA-1234-1234-1234'], 'it has no valid vulnerability id'],
    [['vulnerability: CVE-2026-0001', 'fix-state: not-fixed'], 'it also sets fix-state'],
    [['vulnerability: CVE-2026-0001', 'vex-status: not_affected'], 'it also sets vex-status'],
    [['vulnerability: CVE-2026-0001', 'package: {location: "/usr/**"}'], 'it also sets location'],
    [['vulnerability: CVE-2026-0001', 'package: {name: libssl3, version: 3.0.1}'], 'it also sets version'],
    [['vulnerability: CVE-2026-0001', 'package: {name: x, type: gem}'], 'packages of type "gem"'],
    [['vulnerability: CVE-2026-0001', 'package: {name: "libssl.*"}'], '"libssl.*" is a pattern'],
    [['vulnerability: CVE-2026-0001', 'package: {name: "lib(ssl|z)"}'], 'is a pattern'],
    [
      ['vulnerability: CVE-2026-0001', 'package: {name: libz, upstream-name: openssl}'],
      'a source and a binary package',
    ],
    [['vulnerability: CVE-2026-0001', 'package: {name: libz}'], 'no report shows'],
  ])('when a rule is %j, then it is listed and not carried over', (lines, text) => {
    const { entries, notes } = rule(...lines)
    expect(entries).toEqual([])
    expect(notes.join()).toContain(text)
  })
})

describe('files that are none', () => {
  test.each([
    ['w.yaml', 'a: b\n'],
    ['w.yaml', ''],
    ['w.yaml', 'ignore: [\n'],
    ['w.yaml', 'ignore:\n\t- a\n'],
  ])('when %s is %j, then it is told', (file, text) => {
    expect(problemThrownBy(() => run(file, text)).code).toBe('import-unreadable')
  })

  test('when anchors are used, then what they stand for is not carried over', () => {
    const { entries, notes } = run(
      '.grype.yaml',
      'ignore:\n  - &a\n    vulnerability: CVE-2026-0001\n  - *a\n',
    )
    expect(entries).toHaveLength(1)
    expect(notes.join()).toContain('aliases (*) are not allowed')
  })

  test('when the format is named, then the names of file and keys do not matter', () => {
    expect(run('w', 'CVE-2026-0001\n', { format: 'trivyignore' }).entries).toHaveLength(1)
  })
})
