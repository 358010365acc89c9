import { describe, expect, test } from '@jest/globals'
import {
  fixOfAllRecords,
  isForPlatform,
  matchPackage,
  withoutMalware,
} from '../../../../../src/feeds/formats/osv/match.js'
import { entryForCommit, isBaseless, worstOf } from '../../../../../src/feeds/formats/osv/ranges.js'
import { type OsvEvent, readRecord } from '../../../../../src/feeds/formats/osv/record.js'
import { recordOr } from '../../../../support/osv/records.js'

/** Made-up records about the npm package `a`. */
const made = (id: string, aliases: readonly string[], events: readonly object[], more: object = {}) =>
  recordOr(
    readRecord(
      {
        id,
        aliases,
        modified: '2026-01-01T00:00:00Z',
        affected: [{ package: { ecosystem: 'npm', name: 'a' }, ranges: [{ type: 'SEMVER', events }] }],
        ...more,
      },
      'npm',
    ),
  )
const since = (from: string, fixed: string) => [{ introduced: from }, { fixed }]
const one = made('GHSA-1', ['CVE-2026-0001'], since('0', '1.2.0'))
const two = made('X-2', ['CVE-2026-0002'], since('0', '1.3.0'))
const alone = made('X-9', ['CVE-2026-0009'], since('0', '1.1.0'))
const both = made('X-3', ['CVE-2026-0002', 'CVE-2026-0001', 'CVE-2026-0003'], since('2.0.0', '2.1.0'))
const fourth = made('X-4', ['CVE-2026-0003'], since('0', '1.0.1'))
const subject = { ecosystem: 'npm', name: 'a', version: '1.0.0' } as const

describe('records that mean the same', () => {
  test('when a record joins two others, then what is between and after them stays by itself, in its place', () => {
    const groups = matchPackage(subject, [one, alone, two, both, fourth])
    expect(groups.map(({ records }) => records)).toEqual([['GHSA-1', 'X-2', 'X-3', 'X-4'], ['X-9']])
    const last = matchPackage(subject, [alone, one, two, both])
    expect(last.map(({ records }) => records)).toEqual([['X-9'], ['GHSA-1', 'X-2', 'X-3']])
  })

  test('when records mean the same, then the first summary there is counts', () => {
    const at = (id: string, modified: string, summary: string) =>
      made(id, ['CVE-2026-0001'], since('0', '1.2.0'), { modified, summary })
    const [match] = matchPackage(subject, [
      at('A-1', '2026-02-01T00:00:00Z', ''),
      at('A-2', '2026-03-01T00:00:00Z', 'the second'),
      at('A-3', '2026-01-01T00:00:00Z', 'the third'),
    ])
    expect(match).toMatchObject({ summary: 'the second' })
    expect(matchPackage(subject, [at('A-1', '2026-02-01T00:00:00Z', '')])).toMatchObject([{ summary: '' }])
  })

  test('when one of them says that the package is malicious, then all of them are left out, and no others', () => {
    const malicious = made('MAL-1', ['GHSA-1'], [{ introduced: '0' }])
    const alias = made('X-5', ['MAL-2'], [{ introduced: '0' }])
    expect(withoutMalware([one, alone, malicious, alias, two]).map(({ id }) => id)).toEqual(['X-9', 'X-2'])
  })
})

describe('the fix of all records', () => {
  test('when one’s fix is affected by another, then it is the next that none affects', () => {
    expect(fixOfAllRecords(subject, [one])).toBe('1.2.0')
    expect(fixOfAllRecords(subject, [two, one, alone])).toBe('1.3.0')
    expect(fixOfAllRecords({ ...subject, version: '1.2.0' }, [one, two])).toBe('1.3.0')
    expect(
      fixOfAllRecords(subject, [
        made('X-6', [], since('0', '1.2.0')),
        made('X-7', [], since('1.2.0', '2.0.0')),
      ]),
    ).toBe('2.0.0')
  })

  test('when there is no later version, or the installed one is not known, then there is none', () => {
    expect(fixOfAllRecords({ ...subject, version: '1.3.0' }, [one, two])).toBeNull()
    expect(fixOfAllRecords({ ...subject, version: null }, [one])).toBeNull()
    expect(fixOfAllRecords({ ...subject, version: 'latest' }, [one])).toBeNull()
    expect(fixOfAllRecords({ ...subject, name: 'b' }, [one])).toBeNull()
    expect(fixOfAllRecords(subject, [one, made('X-8', [], [{ introduced: '0' }])])).toBeNull()
  })
})

test.each<[boolean, readonly string[], readonly string[], readonly string[] | null]>([
  [true, [], [], null],
  [true, ['linux'], [], ['amd64']],
  [true, ['windows', 'linux'], ['arm64'], null],
  [true, [], ['arm64', 'amd64'], ['amd64']],
  [true, ['linux'], ['amd64'], ['386', 'amd64']],
  [false, ['windows'], [], ['amd64']],
  [false, ['windows'], ['amd64'], ['amd64']],
  [false, ['linux'], ['arm64'], ['amd64']],
  [false, [], ['arm64'], ['amd64']],
  [false, [], ['arm64'], []],
])('%s: an entry for systems %j and processors %j is about programs for %j', (expected, goos, goarch, on) => {
  expect(isForPlatform({ architectures: on }, { platforms: [{ goos, goarch }] })).toBe(expected)
  expect(isForPlatform({ architectures: on }, { platforms: [] })).toBe(true)
  const windows = { goos: ['windows'], goarch: [] }
  expect(isForPlatform({ architectures: on }, { platforms: [windows, { goos, goarch }] })).toBe(expected)
})

describe('a commit of which only the time is known', () => {
  const commit = '0.0.0-20220101000000-aaaaaaaaaaaa'
  test.each([
    [`v${commit}`, true],
    [commit, true],
    [`v${commit}+dirty`, true],
    ['v2.0.0-20220101000000-aaaaaaaaaaaa+incompatible', true],
    ['v12.0.0-20220101000000-aaaaaaaaaaaa', true],
    ['v1.2.0-20220101000000-aaaaaaaaaaaa', false],
    ['v0.0.0-20220101000000-aaaaaaaaaaa', false],
    ['v0.0.0-2022010100000-aaaaaaaaaaaa', false],
    ['v0.0.0', false],
    ['v1.4.1-0.20220101000000-aaaaaaaaaaaa', false],
  ])('when a version is %s, then that it is one is %s', (text, expected) => {
    expect(isBaseless(text)).toBe(expected)
  })

  const entry = { name: 'a', ranges: [], custom: [], versions: [], platforms: [] }
  const known: OsvEvent[] = [
    ['introduced', '0'],
    ['fixed', commit],
  ]
  test.each<[string, OsvEvent[]]>([
    [
      'a release has the fix',
      [
        ['introduced', '0'],
        ['fixed', '1.0.0'],
      ],
    ],
    ['a release brought it', [['introduced', '1.0.0']]],
    [
      'the version 0 has the fix',
      [
        ['introduced', commit],
        ['fixed', '0'],
      ],
    ],
  ])('when %s, then the range says nothing about it, and others do', (_, events) => {
    expect(entryForCommit({ ...entry, ranges: [known, events] }).ranges).toEqual([known, null])
  })

  test('when an entry only lists versions, then it says nothing about it; with a range, that counts', () => {
    expect(entryForCommit({ ...entry, versions: ['1.0.0'] }).ranges).toEqual([null])
    expect(entryForCommit(entry).ranges).toEqual([])
    expect(entryForCommit({ ...entry, versions: ['1.0.0'], ranges: [known] }).ranges).toEqual([known])
    expect(entryForCommit({ ...entry, ranges: [null] }).ranges).toEqual([null])
  })
})

test('when several say something, then the worst counts; when none does, it is not affected', () => {
  expect(worstOf(['not-affected', 'unknown', 'affected'])).toBe('affected')
  expect(worstOf(['not-affected', 'unknown'])).toBe('unknown')
  expect(worstOf(['not-affected'])).toBe('not-affected')
  expect(worstOf([])).toBe('not-affected')
})
