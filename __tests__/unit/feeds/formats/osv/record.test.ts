import { describe, expect, test } from '@jest/globals'
import { ecosystemOf, lookUpKeys, nameKey } from '../../../../../src/feeds/formats/osv/ecosystem.js'
import { readVector } from '../../../../../src/feeds/formats/osv/rating.js'
import {
  dateOfRecord,
  isUsableDate,
  packRecord,
  readRecord,
  unpackRecord,
} from '../../../../../src/feeds/formats/osv/record.js'

const MODIFIED = '2026-01-01T00:00:00Z'
const PACKAGE = { ecosystem: 'npm', name: 'a' }

describe('a record', () => {
  test.each<[string, unknown, string]>([
    ['is a list', [], 'it is not an object'],
    ['is null', null, 'it is not an object'],
    ['has no id', { modified: MODIFIED }, 'it has no id'],
    ['has an id with a line break', { id: 'A\nB', modified: MODIFIED }, 'it has no id'],
    ['has no date', { id: 'A-1' }, 'it has no valid "modified" date'],
    [
      'has a date that is not one',
      { id: 'A-1', modified: '2026-99-01T00:00:00Z' },
      'it has no valid "modified" date',
    ],
    [
      'has affected as an object',
      { id: 'A-1', modified: MODIFIED, affected: {} },
      '"affected" is not a list',
    ],
    [
      'has an entry without a name',
      { id: 'A-1', modified: MODIFIED, affected: [{ package: { ecosystem: 'npm' } }] },
      'an entry in "affected" does not match the schema',
    ],
    [
      'has versions that are numbers',
      { id: 'A-1', modified: MODIFIED, affected: [{ package: PACKAGE, versions: [1] }] },
      'an entry in "affected" does not match the schema',
    ],
    ['says nothing', { id: 'A-1', modified: MODIFIED }, 'it says nothing about any package'],
    [
      'has null for all',
      { id: 'A-1', modified: MODIFIED, affected: null },
      'it says nothing about any package',
    ],
    ...[{}, { package: null }, { package: [] }, { package: 'npm' }, { package: { name: 'a' } }]
      .flatMap((entry) => [entry, { ...entry, versions: ['1'] }, { ...entry, ranges: [{ type: 'SEMVER' }] }])
      .map((entry): [string, unknown, string] => [
        `has the entry ${JSON.stringify(entry)}`,
        { id: 'A-1', modified: MODIFIED, affected: [{ package: PACKAGE }, entry] },
        'an entry in "affected" does not match the schema',
      ]),
  ])('when it %s, then that is said', (_, value, message) => {
    expect(readRecord(value, 'npm')).toEqual({ error: message })
  })

  test('when an entry is about commits only, or about another ecosystem, then it is left out', () => {
    const commits = { ranges: [{ type: 'GIT', repo: 'https://a.example', events: [{ introduced: '0' }] }] }
    const other = { package: { ecosystem: 'GitHub Actions', name: 'a/b' } }
    const record = readRecord({ id: 'A-1', modified: MODIFIED, affected: [commits, other] }, 'npm')
    expect(record).toMatchObject({ id: 'A-1', affected: [] })
  })

  test('when an event is empty, then its range is not understood: without it, the others may mean something else', () => {
    const ranges = [{ type: 'SEMVER', events: [{}, { fixed: '1.0.0' }, { introduced: '2.0.0' }] }]
    const record = readRecord(
      { id: 'A-1', modified: MODIFIED, affected: [{ package: PACKAGE, ranges }] },
      'npm',
    )
    expect(record).toMatchObject({ affected: [{ ranges: [null] }] })
  })

  test('when a range is of a kind, or has an event, that nobody knows, then it is kept as not understood', () => {
    const ranges = [
      { type: 'NEW', events: [{ introduced: '0' }] },
      { type: 'SEMVER', events: [{ since: '1' }] },
      { type: 'SEMVER', events: [{ introduced: 0 }] },
      { type: 'SEMVER' },
      { type: 'GIT', events: [{ introduced: '0' }] },
    ]
    const record = readRecord(
      { id: 'A-1', modified: MODIFIED, affected: [{ package: PACKAGE, ranges }] },
      'npm',
    )
    expect(record).toMatchObject({ affected: [{ ranges: [null, null, null, null] }] })
  })

  test.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05.678901Z', '2026-01-02T03:04:05.678901Z'],
    [undefined, null],
    ['2026-99-02T03:04:05Z', null],
    ['2026-01-02', null],
    [7, null],
  ])('when it says %j of when it was published, then that is %j, in its line too', (published, expected) => {
    const record = readRecord(
      { id: 'A-1', modified: MODIFIED, published, affected: [{ package: PACKAGE }] },
      'npm',
    )
    expect(record).toMatchObject({ published: expected })
    if (record === 'withdrawn' || 'error' in record) {
      throw new Error('it is a record')
    }
    expect(unpackRecord(packRecord(record))).toEqual(record)
    // What was kept before that was read has no such member.
    const before = JSON.stringify(JSON.parse(packRecord(record)).slice(0, 7))
    expect(unpackRecord(before)).toEqual({ ...record, published: null })
  })

  test.each([
    ['2020-01-01T00:00:00Z', 'withdrawn'],
    ['2026-11-24T23:00:00.5Z', 'withdrawn'],
    ['2027-01-01T00:00:00Z', { id: 'A-1' }],
    // Go's zero time.
    ['0001-01-01T00:00:00Z', { id: 'A-1' }],
    ['', { id: 'A-1' }],
    [null, { id: 'A-1' }],
    [false, { error: 'its "withdrawn" is not a date' }],
    [0, { error: 'its "withdrawn" is not a date' }],
    [{}, { error: 'its "withdrawn" is not a date' }],
    ['2026-99-01T00:00:00Z', { error: 'its "withdrawn" is not a date' }],
    ['no', { error: 'its "withdrawn" is not a date' }],
  ])('when its "withdrawn" is %j, then it is %j', (withdrawn, expected) => {
    const record = { id: 'A-1', modified: MODIFIED, withdrawn, affected: [{ package: PACKAGE }] }
    const read = readRecord(record, 'npm', '2026-11-25T00:00:00Z')
    if (typeof expected === 'string') {
      expect(read).toBe(expected)
    } else {
      expect(read).toMatchObject(expected)
    }
  })

  test('when an alias is no identifier, then it is left out', () => {
    const aliases = ['CVE-2026-1', 'GHSA-x\ny', '', `C${'1'.repeat(100)}`, `C${'1'.repeat(99)}`]
    const record = { id: 'A-1', modified: MODIFIED, aliases, affected: [{ package: PACKAGE }] }
    expect(readRecord(record, 'npm')).toMatchObject({
      aliases: ['CVE-2026-1', `C${'1'.repeat(99)}`],
    })
  })

  test.each([
    [[{ goos: ['linux'] }, { goarch: ['arm64'] }], 2],
    [[{ goos: ['linux'], goarch: ['arm64'] }, { goos: ['windows'] }], 2],
    [[{ goos: ['linux'] }, { path: 'a/b' }], 0],
    [[{ goos: [], goarch: [] }], 0],
    [undefined, 0],
  ])('when the imports of an entry are %j, then it is limited to %i platforms', (imports, count) => {
    const entry = { package: { ecosystem: 'Go', name: 'a' }, ecosystem_specific: { imports } }
    const record = readRecord({ id: 'A-1', modified: MODIFIED, affected: [entry] }, 'Go')
    const platforms = (imports ?? []).slice(0, count).map((one) => ({ goos: [], goarch: [], ...one }))
    expect(record).toMatchObject({ affected: [{ platforms }] })
  })

  test.each([
    ['1998-12-31T23:59:59Z', false],
    ['1999-01-01T00:00:00Z', true],
  ])('when a date is %s, then it says how new data is: %s', (date, isUsable) => {
    expect(isUsableDate(date)).toBe(isUsable)
  })

  test.each([
    ['2026-01-02', '2026-01-01', '2026-01-02'],
    ['2026-01-03', '2026-01-01', '2026-01-01'],
    ['0001-01-01', '2026-01-02', '2026-01-02'],
    ['2026-01-03', '2026-01-03', null],
    ['2026-01-03', null, null],
  ])(
    'when it was changed on %s and published on %s, then by 2 January its date is %j',
    (modified, published, date) => {
      expect(dateOfRecord({ modified, published }, '2026-01-02')).toBe(date)
    },
  )

  test('when an entry has a severity of its own, then it counts with the record’s', () => {
    const severity = [{ type: 'CVSS_V3', score: 'x' }]
    const record = readRecord(
      {
        id: 'A-1',
        modified: MODIFIED,
        severity,
        affected: [{ package: PACKAGE, severity: [{ score: 'y' }] }],
      },
      'npm',
    )
    expect(record).toMatchObject({ vectors: ['x', 'y'] })
  })
})

describe('names', () => {
  test.each([
    ['PyPI', 'Jupyter__Server.x', 'jupyter-server-x'],
    ['npm', '@Scope/Name', '@scope/name'],
    ['Packagist', 'Symfony/Http-Kernel', 'symfony/http-kernel'],
    ['Maven', 'org.A:b', 'org.A:b'],
    ['Go', 'github.com/Masterminds/semver', 'github.com/Masterminds/semver'],
    ['RubyGems', 'RedCloth', 'RedCloth'],
    ['crates.io', 'Inflector', 'Inflector'],
  ] as const)('when %s has %s, then it is looked up as %s', (ecosystem, name, key) => {
    expect(nameKey(ecosystem, name)).toBe(key)
  })

  test.each([
    ['Maven', 'org.a:b', ['org.a:b', ':b']],
    ['Maven', ':b', [':b']],
    ['Maven', 'b', ['b']],
    ['npm', 'a:b', ['a:b']],
  ] as const)('when %s has %s, then its records are found by %j', (ecosystem, name, keys) => {
    expect(lookUpKeys(ecosystem, name)).toEqual(keys)
  })

  test('when an ecosystem has a repository, then it is that ecosystem; another one is not judged', () => {
    expect(ecosystemOf('Packagist:https://packages.drupal.org/8')).toBe('Packagist')
    expect(ecosystemOf('Hex')).toBeNull()
    expect(ecosystemOf('pypi')).toBeNull()
  })
})

describe('CVSS vectors', () => {
  // Scores as GitHub and FIRST's calculators give them for these vectors.
  test.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10, '3.1'],
    ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N', 3.3, '3.1'],
    ['CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 8.8, '3.0'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3, '4.0'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U', 9.3, '4.0'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0, '3.1'],
  ])('when it is %s, then its base score is %d', (vector, score, version) => {
    expect(readVector(vector)).toMatchObject({ score, version })
  })

  test.each([
    '7.5',
    '',
    'AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
    'CVSS:3.1/AV:N',
    'CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
    'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/',
    'CVSS:4.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
    'CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
    '(AV:N/AC:L/Au:N/C:P/I:P/A:P)',
    `CVSS:3.1${'/AV:N'.repeat(100)}`,
  ])('when it is %j, then it is not one', (vector) => {
    expect(readVector(vector)).toBeNull()
  })
})
