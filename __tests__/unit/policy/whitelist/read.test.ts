import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readWhitelist, readWhitelistFile, spanError } from '../../../../src/policy/whitelist/read.js'
import { problemThrownBy } from '../../../support/problems.js'
import { errors, errorsOf, REST, readOne, withEntry } from './entries.js'

const DOUBTFUL = ['check: security-updates', 'id: package-database-doubtful']
const GOOD = ['id: CVE-2011-3374', 'package: apt', ...REST]

describe("when another tool's file is put in place of ours", () => {
  test.each([
    [
      'clair-scanner',
      'generalwhitelist:\n  CVE-2017-6055: XML\nimages:\n  ubuntu:\n    CVE-2017-5230: Java\n',
    ],
    ['Trivy', '# accepted\nCVE-2018-14618\nGHSA-xxxx-yyyy exp:2027-01-01\n'],
    ['Trivy', 'vulnerabilities:\n  - id: CVE-2022-40897\n'],
    ['Grype', 'ignore:\n  - vulnerability: CVE-2008-4318\n'],
  ])('of %s, then the command is named that imports it, once', (tool, text) => {
    expect(problemThrownBy(() => readWhitelist(text, 'w.yml')).what).toBe(
      `w.yml:1: this file is in the format of ${tool}. Rename it, and import it under its new name: seaworthy whitelist import FILE --owner NAME`,
    )
  })

  test('but an error in a file of ours stays one', () => {
    const text = 'version: 1\nimages: []\nentries: []\n'
    expect(problemThrownBy(() => readWhitelist(text, 'w.yml')).what).toContain('images: unknown key')
    expect(errors('# nothing\n')).toEqual(['w.yml:1: the file is empty'])
  })
})
describe('readWhitelist', () => {
  test('when the starter file is read, then it accepts nothing', () => {
    const file = 'policies/whitelist.yml'
    expect(readWhitelist(readFileSync(file, 'utf8'), file)).toEqual({ file, entries: [] })
  })

  test('when the examples in the starter file are used, then they are entries', () => {
    const starter = readFileSync('policies/whitelist.yml', 'utf8')
    const example = starter.match(/^# {3}.*$/gm) ?? []
    const text = `version: 1\nentries:\n${example.map((line) => line.slice(1)).join('\n')}\n`
    const { entries } = readWhitelist(text, 'w.yml')
    expect(entries.map(({ check, id }) => [check, id])).toEqual([
      ['clair', 'CVE-2011-3374'],
      ['security-updates', '*'],
      ['security-updates', 'no-security-support'],
    ])
  })

  test('when only what is needed is given, then the rest has its defaults', () => {
    expect(readOne(...GOOD)).toEqual({
      id: 'CVE-2011-3374',
      package: 'apt',
      check: 'clair',
      releases: null,
      images: null,
      reason: 'not used',
      owner: 'platform',
      added: null,
      expires: '2027-03-31',
      maxSeverity: 'low',
      despiteKev: false,
      path: null,
      sha256: null,
      fingerprint: null,
      despiteMalware: false,
      justification: null,
      place: { file: 'w.yml', line: 3 },
    })
  })

  test('when all is given, then all is read', () => {
    const more = [
      'releases: [bookworm, trixie]',
      'images: ["ghcr.io/acme/*"]',
      'max-severity: high',
      'despite: kev',
      'justification: component_not_present',
    ]
    expect(readOne(...GOOD, ...more)).toMatchObject({
      releases: ['bookworm', 'trixie'],
      images: ['ghcr.io/acme/*'],
      maxSeverity: 'high',
      despiteKev: true,
      justification: 'component_not_present',
    })
  })

  test('when there are several entries, then each knows the line of its id', () => {
    const entry = (id: string) =>
      `  # a comment\n  - id: ${id}\n    package: apt\n    ${REST.join('\n    ')}\n`
    const text = `version: "1"\nentries:\n${entry('CVE-2020-0001')}\n${entry('CVE-2020-0002')}`
    expect(readWhitelist(text, 'w.yml').entries.map(({ id, place }) => [id, place.line])).toEqual([
      ['CVE-2020-0001', 4],
      ['CVE-2020-0002', 11],
    ])
  })

  test('when lines end as on Windows and a byte order mark is there, then the lines are right', () => {
    const text = `\uFEFF${withEntry(...GOOD)}`.replaceAll('\n', '\r\n')
    expect(readWhitelist(text, 'w.yml').entries[0]?.place.line).toBe(3)
  })

  test.each([
    'TEMP-0290435-0B57B5',
    'CVE-2024-1234567',
    'GHSA-2c4m-59x9-fr2g',
    'GO-2022-0969',
    'PYSEC-2021-142',
  ])('when the id is %s, then it is taken', (id) => {
    expect(readOne(`id: ${id}`, 'package: apt', ...REST)?.id).toBe(id)
  })

  test('when any package is meant and said, then the package is null', () => {
    expect(readOne('id: CVE-2011-3374', 'package: "*"', 'any-package: true', ...REST)?.package).toBe(null)
  })

  test('when an update is accepted, then the package is enough', () => {
    expect(readOne('package: apt', 'check: security-updates', ...REST)).toMatchObject({
      id: '*',
      package: 'apt',
      check: 'security-updates',
    })
  })

  test('when missing support is accepted, then by its id, for names by a pattern, and for as long as others', () => {
    const lines = ['check: security-updates', 'id: no-security-support', 'package: "acme-*"']
    expect(readOne(...lines, ...REST)).toMatchObject({ id: 'no-security-support', package: 'acme-*' })
    const span = { today: '2026-11-25', maxSpan: 365 }
    const entry = { check: 'security-updates', added: null, expires: '2027-11-25' } as const
    expect(spanError({ ...entry, id: 'no-security-support' }, span)).toBeNull()
    expect(spanError({ ...entry, id: '*' }, span)).toContain(
      'the maximum is 30 for a security-updates entry without an id',
    )
  })

  test('when two limits are the same, then the one of the policy is named', () => {
    const entry = { check: 'security-updates', id: '*', added: null, expires: '2026-12-26' } as const
    expect(spanError(entry, { today: '2026-11-25', maxSpan: 30 })).toBe(
      '2026-12-26 is 31 days after the date of the verdict (2026-11-25); the maximum is 30 (max-span)',
    )
  })

  test('when an entry was added after its last day, then that is an error; on its last day, it is none', () => {
    const added = (day: string) => ['id: CVE-2011-3374', 'package: apt', `added: ${day}`, ...REST]
    expect(readOne(...added('2027-03-31'))?.added).toBe('2027-03-31')
    expect(errorsOf(...added('2027-04-01'))).toEqual([
      `5: entries[0].added: "2027-04-01" is after the entry's expiry date`,
    ])
  })

  test('when one entry holds too long and another has no owner, then both are reported at once', () => {
    const text = [
      'version: 1',
      'entries:',
      '  - {id: CVE-2024-1001, package: apt, reason: r, owner: o, expires: 2029-01-01}',
      '  - {id: CVE-2024-1002, package: apt, reason: r, expires: 2026-12-01}',
    ]
    const limit = { today: '2026-11-25', maxSpan: 365 }
    expect(readWhitelistFile(text.join('\n'), 'w.yml', limit).errors).toEqual([
      { place: expect.objectContaining({ line: 4 }), text: 'entries[1].owner: is missing' },
      {
        place: expect.objectContaining({ line: 3 }),
        text: expect.stringContaining('the maximum is 365 (max-span)'),
      },
    ])
  })

  test('when a Docker Bench result is accepted, then its id is enough', () => {
    expect(readOne('id: 4.1', 'check: docker-bench', ...REST)).toMatchObject({ id: '4.1', package: null })
  })

  test.each([
    [
      'a month that is none',
      'expires: 2027-13-01',
      '5: entries[0].expires: "2027-13-01" is not a date (YYYY-MM-DD)',
    ],
    [
      '29 February in a common year',
      'expires: 2027-02-29',
      '5: entries[0].expires: "2027-02-29" is not a date (YYYY-MM-DD)',
    ],
    ['a short date', 'expires: 2027-1-1', '5: entries[0].expires: "2027-1-1" is not a date (YYYY-MM-DD)'],
    ['an empty date', 'expires:', '5: entries[0].expires: it is not a date (YYYY-MM-DD)'],
    ['a list for a date', 'expires: [2027-01-01]', '5: entries[0].expires: expected text, found a list'],
  ])('when there is %s, then it is refused', (_, line, message) => {
    expect(errorsOf('id: CVE-2011-3374', 'package: apt', line, 'reason: x', 'owner: y')).toEqual([message])
  })

  test.each([
    ['expire: 2027-01-01', 'entries[0].expire: unknown key; did you mean expires?'],
    ['Reason: x', 'entries[0].Reason: unknown key; did you mean reason?'],
    ['max_severity: low', 'entries[0].max_severity: unknown key; did you mean max-severity?'],
    [
      'max-severity: unknown',
      'entries[0].max-severity: "unknown" is not one of negligible, low, medium, high, critical',
    ],
    [
      'max-severity: LOW',
      'entries[0].max-severity: "LOW" is not one of negligible, low, medium, high, critical',
    ],
    ['despite: epss', 'entries[0].despite: "epss" is neither kev nor malware'],
    [
      'check: clam',
      'entries[0].check: "clam" is not one of security-updates, clair, docker-bench, credentials, regression-test',
    ],
    ['releases: bookworm', 'entries[0].releases: expected a list, found the text "bookworm"'],
    [
      'releases: []',
      'entries[0].releases: a list must contain at least one release; omit the key to match all releases',
    ],
    [
      'releases: [12]',
      'entries[0].releases[0]: "12" is not the codename of a Debian release, such as bookworm',
    ],
    ['images: ["app:?"]', 'entries[0].images[0]: "app:?" is not an image reference; the only wildcard is *'],
    ['images: [""]', 'entries[0].images[0]: it is not an image reference; the only wildcard is *'],
    ['any-package: true', 'entries[0].any-package: must not be set, because the package is "apt"'],
    ['any-package: yes', 'entries[0].any-package: "yes" is neither true nor false'],
    ['owner: z', 'the key "owner" appears twice, first on line 6'],
  ])('when an entry also says %s, then it is refused with its line', (line, message) => {
    expect(errorsOf(...GOOD, line)).toEqual([`8: ${message}`])
  })

  test('when an unknown key is like none, then the known ones are named', () => {
    expect(errorsOf(...GOOD, 'severity-of-everything: low')[0]).toContain(
      '(known: id, package, any-package, path, sha256, fingerprint, check,',
    )
  })

  test.each([
    ['cve-2011-3374', 'apt'],
    ['CVE-2011-337', 'apt'],
    ['CVE-2011-*', 'apt'],
    ['"*"', 'apt'],
    ['DSA-5000-1', 'apt'],
    ['GHSA-2c4m-59x9-frag', 'apt'],
    ['GHSA-2C4M-59X9-FR2G', 'apt'],
    ['4.1', 'apt'],
  ])('when the id is %s, then it is refused', (id, name) => {
    const [message, ...more] = errorsOf(`id: ${id}`, `package: ${name}`, ...REST)
    expect(message).toMatch(/^3: entries\[0\]\.id: ".*" is not a CVE id/)
    expect(more).toEqual([])
  })

  test.each(['Apt', 'a', 'a_b', '-a', 'ä', 'a b'])('when the package is %s, then it is refused', (name) => {
    expect(errorsOf('id: CVE-2011-3374', `package: ${name}`, ...REST)).toEqual([
      `4: entries[0].package: "${name}" is neither a source package name (Debian Policy 5.6.1), nor an application package such as pypi/django, nor a program such as program/nginx, nor "*"`,
    ])
  })

  test.each([
    [
      '"*" without any-package',
      ['id: CVE-2011-3374', 'package: "*"', ...REST],
      '4: entries[0].package: "*" requires any-package: true',
    ],
    ['no package', ['id: CVE-2011-3374', ...REST], '3: entries[0].package: is missing'],
    ['no id', ['package: apt', ...REST], '3: entries[0].id: is missing'],
    ['an empty id', ['id:', 'package: apt', ...REST], '3: entries[0].id: it is empty'],
    [
      'an update of any package',
      ['check: security-updates', 'package: "*"', 'any-package: true', ...REST],
      '4: entries[0].package: an update can be accepted only for a single package, not for "*"',
    ],
    [
      'an update by the CVE that it fixes, which no finding of that check is called by',
      ['check: security-updates', 'id: CVE-2026-1001', 'package: apt', ...REST],
      '4: entries[0].id: "CVE-2026-1001" is not one of no-security-support, other-release, support-ended and package-database-doubtful; to accept an update, specify its package and omit the "id" key',
    ],
    ['an update without package', ['check: security-updates', ...REST], '3: entries[0].package: is missing'],
    [
      'a package of a doubtful database',
      [...DOUBTFUL, 'images: [acme/app]', 'package: apt', ...REST],
      '6: entries[0].package: "package-database-doubtful" is not about a package, so omit this key',
    ],
    [
      'no image of a doubtful database',
      [...DOUBTFUL, ...REST],
      '3: entries[0].images: is missing: "package-database-doubtful" can be accepted only for specific images',
    ],
    ...['"*"', '"acme/*"', '"acme/*:1"', '"*/app:1"', '"app*"'].map((image): [string, string[], string] => [
      `images such as ${image} of a doubtful database`,
      [...DOUBTFUL, `images: [acme/app, ${image}]`, ...REST],
      '5: entries[0].images: "package-database-doubtful" can be accepted only for specific images: "*" is allowed only in a tag',
    ]),
    [
      'support that is missing, of any package',
      ['check: security-updates', 'id: no-security-support', 'package: "*"', 'any-package: true', ...REST],
      '5: entries[0].package: "*" cannot accept missing security support: specify the package, or use a pattern such as linux-*',
    ],
    [
      'a package of Docker Bench',
      ['check: docker-bench', 'id: 4.1', 'package: apt', ...REST],
      '5: entries[0].package: a Docker Bench check has no package, so omit this key',
    ],
    [
      'a CVE of Docker Bench',
      ['check: docker-bench', 'id: CVE-2011-3374', ...REST],
      '4: entries[0].id: "CVE-2011-3374" is not the id of a Docker Bench check, such as 4.1',
    ],
  ])('when there is %s, then it is refused', (_, lines, message) => {
    expect(errorsOf(...lines)).toEqual([message])
  })

  test.each(['acme/app', 'acme/app:1', 'ghcr.io/acme/app:*', 'host:5000/acme/app:1-*'])(
    'when a doubtful database is accepted for %s, then that is an entry of no package',
    (image) => {
      expect(readOne(...DOUBTFUL, `images: ["${image}"]`, ...REST)).toMatchObject({
        id: 'package-database-doubtful',
        package: null,
        images: [image],
      })
    },
  )

  test('when reason, owner or expires is missing or empty, then each is reported', () => {
    expect(errorsOf('id: CVE-2011-3374', 'package: apt', 'reason: ""', 'owner: " "')).toEqual([
      '3: entries[0].expires: is missing',
      '5: entries[0].reason: it is empty',
      '6: entries[0].owner: " " is empty',
    ])
  })

  test('when two entries are about the same, then both lines are named', () => {
    const one = `  - ${GOOD.join('\n    ')}\n`
    const other = `  - check: clair\n    ${GOOD.join('\n    ').replace('platform', 'somebody else')}\n`
    expect(errors(`version: 1\nentries:\n${one}${other}`)).toEqual([
      'w.yml:8: entries[1]: covers the same findings as entries[0] on line 3; keep only one of them',
    ])
  })

  test('when lists have another order, then it is the same entry; when they differ, it is another', () => {
    const one = (releases: string) => `  - ${[...GOOD, `releases: ${releases}`].join('\n    ')}\n`
    expect(
      errors(`version: 1\nentries:\n${one('[trixie, bookworm]')}${one('[bookworm, trixie]')}`),
    ).toHaveLength(1)
    const different = `version: 1\nentries:\n${one('[trixie]')}${one('[bookworm]')}`
    expect(readWhitelist(different, 'w.yml').entries).toHaveLength(2)
  })

  test('when much is wrong in many entries, then all is reported at once by line', () => {
    const text = `version: 2
owner: me
entries:
  - id: CVE-2011-3374
    package: apt
    reason: &r not used
    owner: platform
    expires: 2027-13-01
  - nothing
  - id: CVE-2011
    package: "*"
    reason: *r
    owner: platform
    owner: platform
    expires: soon
`
    expect(errors(text)).toEqual([
      'w.yml:1: version: "2" is not a supported version; use 1',
      'w.yml:2: owner: unknown key (known: version, include, entries)',
      'w.yml:6: anchors (&) are not allowed',
      'w.yml:8: entries[0].expires: "2027-13-01" is not a date (YYYY-MM-DD)',
      'w.yml:9: entries[1]: expected a mapping (key: value), found the text "nothing"',
      'w.yml:10: entries[2].id: "CVE-2011" is not a CVE id (CVE-2011-3374), a TEMP-, GHSA-, GO-, MAL- or PYSEC- id, a not-examined-… id, unowned-program or program-end-of-life (see docs/application-packages.md)',
      'w.yml:11: entries[2].package: "*" requires any-package: true',
      'w.yml:12: aliases (*) are not allowed',
      'w.yml:14: the key "owner" appears twice, first on line 13',
      'w.yml:15: entries[2].expires: "soon" is not a date (YYYY-MM-DD)',
    ])
  })

  test.each([
    ['an empty file', '', 'w.yml:1: the file is empty'],
    ['no YAML', 'version: 1\nentries: [\n', 'not YAML'],
    ['a picture', '\x89PNG\r\n\x1a\n\0\0', 'w.yml:'],
    [
      'a bare word',
      'nothing',
      'w.yml:1: the file: expected a mapping (key: value), found the text "nothing"',
    ],
    ['no entries', 'version: 1\n', 'w.yml:1: entries: is missing'],
    ['empty entries', 'version: 1\nentries:\n', 'w.yml:2: entries: expected a list, found nothing'],
    ['no version', 'entries: []\n', 'w.yml:1: version: is missing'],
    ['a tab', 'version: 1\nentries:\n\t- id: x\n', 'w.yml:3: not YAML'],
  ])('when there is %s, then that is the only fault', (_, text, message) => {
    expect(errors(text)).toHaveLength(1)
    expect(errors(text)[0]).toContain(message)
  })

  test('when there are more errors than anybody reads, then the rest is counted', () => {
    const keys = Array.from({ length: 150 }, (_, index) => `k${index}: 1\n`).join('')
    expect(errors(`version: 1\nentries: []\n${keys}`)).toHaveLength(101)
    expect(errors(`version: 1\nentries: []\n${keys}`).at(-1)).toBe('and 50 more')
  })

  test('when words are long or hold control characters, then the message stays short and on one line', () => {
    const message = errorsOf(
      'id: CVE-2011-3374',
      'package: apt',
      `expires: "${'x'.repeat(500)}"`,
      'reason: a',
      'owner: b',
    )
    expect(message.join('').length).toBeLessThan(150)
    expect(errorsOf('id: "CVE\\n::error::x"', 'package: apt', ...REST)).toHaveLength(1)
    expect(errorsOf(...GOOD, '"a\\n::error::x": 1')).toHaveLength(1)
  })
})
