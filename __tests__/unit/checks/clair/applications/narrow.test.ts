import { describe, expect, test } from '@jest/globals'
import {
  CLAIR_ECOSYSTEMS,
  type ClairEcosystem,
} from '../../../../../src/checks/clair/applications/ecosystems.js'
import {
  type IndexedPackage,
  isReadableByClair,
  servedRecords,
  spellingsIn,
} from '../../../../../src/checks/clair/applications/narrow.js'
import type { Ecosystem } from '../../../../../src/feeds/formats/osv/ecosystem.js'
import { type OsvRecord, readRecord } from '../../../../../src/feeds/formats/osv/record.js'
import { advisory } from '../../../../support/osv/advisory.js'
import { oddRecord, recordOr, recordsOf } from '../../../../support/osv/records.js'

const indexed = (ecosystem: ClairEcosystem, name: string, version: string): IndexedPackage => {
  return { ecosystem, name, version }
}

/** What Clair is served of these records, when its index has these packages. */
function served(ecosystem: ClairEcosystem, records: readonly OsvRecord[], ...names: readonly string[]) {
  const packages = names.map((name) => indexed(ecosystem, name, '1.0'))
  return servedRecords(ecosystem, records, spellingsIn(packages, ecosystem))
}

const read = (ecosystem: Ecosystem, raw: object) => recordOr(readRecord(raw, ecosystem))

/** Of the one package that it is about. */
function rangesOf(ecosystem: ClairEcosystem, raw: object): readonly object[] {
  const record = read(ecosystem, raw)
  const names = record.affected.map(({ name }) => name)
  return served(ecosystem, [record], ...names).flatMap(({ affected }) =>
    affected.flatMap(({ ranges }) => ranges.map(({ events }) => events)),
  )
}

const ODD = [
  ...['bad-vector', 'git-first', 'go-custom', 'go-pseudo', 'last-affected', 'no-cvss', 'npm-ecosystem'],
  ...['several-ranges', 'two-ecosystems', 'v3-and-v4', 'v4-only', 'versions-only', 'withdrawn'],
]

describe('advisories for Clair', () => {
  test('when its index spells a name in another way, then it gets the record under that name', () => {
    const records = recordsOf('PyPI').filter(({ id }) => id === 'PYSEC-2023-155')
    const [first] = served('PyPI', records, 'jupyter_server', 'django')
    expect(first?.affected.map((one) => one.package)).toEqual([{ ecosystem: 'PyPI', name: 'jupyter_server' }])
    expect(served('PyPI', records, 'django')).toEqual([])
  })

  test('when a record has a severity, words and dates, then Clair gets none of them', () => {
    const [first] = served('Maven', recordsOf('Maven'), 'org.apache.logging.log4j:log4j-core')
    expect(Object.keys(first ?? {})).toEqual(['id', 'modified', 'published', 'affected'])
    expect(first?.modified).toBe('2020-01-01T00:00:00Z')
  })

  test.each([
    ['a vector that ends Clair’s process', 'PyPI', 'bad-vector'],
    ['CVSS 4.0 alone', 'Maven', 'v4-only'],
    ['two vectors', 'PyPI', 'v3-and-v4'],
  ] as const)('when it has %s, then that stays here', (_, ecosystem, name) => {
    const raw = oddRecord(name)
    const text = JSON.stringify(served(ecosystem, [read(ecosystem, raw)], ...namesIn(raw)))
    expect(text).not.toMatch(/CVSS|severity/)
  })

  test.each(ODD)('when it is the odd record %s, then what Clair gets of it is whole, or nothing', (name) => {
    const raw = oddRecord(name)
    for (const ecosystem of CLAIR_ECOSYSTEMS) {
      const record = readRecord(raw, ecosystem)
      const records = record === 'withdrawn' || 'error' in record ? [] : [record]
      const names = records.flatMap(({ affected }) => affected.map((one) => one.name))
      for (const { affected } of served(ecosystem, records, ...names)) {
        for (const { ranges } of affected) {
          expect(ranges.length).toBeGreaterThan(0)
          expect(ranges.every(({ type }) => type === (ecosystem === 'Go' ? 'SEMVER' : 'ECOSYSTEM'))).toBe(
            true,
          )
          expect(ranges.every(({ events }) => events.length > 0 && events.length <= 2)).toBe(true)
        }
      }
    }
  })

  test('when events stand in any order, then Clair gets spans, the lowest first', () => {
    const events = [{ fixed: '2.1' }, { introduced: '2.0' }, { fixed: '1.2' }, { introduced: '0' }]
    expect(rangesOf('PyPI', advisory('X-1', 'PyPI', 'a', events))).toEqual([
      [{ introduced: '0' }, { fixed: '1.2' }],
      [{ introduced: '2.0' }, { fixed: '2.1' }],
    ])
  })

  test('when Go’s own range has no end and the custom one has, then Clair gets that', () => {
    const raw = oddRecord('go-custom')
    expect(JSON.stringify(rangesOf('Go', raw))).toMatch(/"fixed"/)
    const [open, closed] = [[{ introduced: '0' }], [{ introduced: '1.5.0' }, { fixed: '1.6.0' }]]
    const ranges = [open, closed].map((events) => ({ type: 'SEMVER', events }))
    const custom = [{ type: 'ECOSYSTEM', events: [{ introduced: '2.0.0' }, { fixed: '2.1.0' }] }]
    const entry = { ranges, ecosystem_specific: { custom_ranges: custom } }
    const about = (more: object) => advisory('X-1', 'Go', 'a.example/a', [], { ...more })
    expect(rangesOf('Go', about(entry))).toEqual([closed, custom[0]?.events])
    expect(rangesOf('Go', about({ ranges }))).toEqual([open, closed])
  })

  test.each([
    ['one without a fix', [{ introduced: '1.0' }], [[{ introduced: '1.0' }]]],
    [
      'one that begins twice',
      [{ introduced: '1.0' }, { introduced: '0' }, { fixed: '2.0' }],
      [[{ introduced: '0' }, { fixed: '2.0' }]],
    ],
    ['one that only ends', [{ fixed: '2.0' }], []],
    [
      'one that is open again',
      [{ introduced: '2.0' }, { introduced: '0' }, { fixed: '1.0' }],
      [[{ introduced: '0' }, { fixed: '1.0' }], [{ introduced: '2.0' }]],
    ],
    [
      'one in which a version is the last affected and the first of the next span',
      [{ introduced: '1.0' }, { last_affected: '1.0' }, { introduced: '0' }, { fixed: '0.5' }],
      [
        [{ introduced: '0' }, { fixed: '0.5' }],
        [{ introduced: '1.0' }, { last_affected: '1.0' }],
      ],
    ],
    ['one with a limit', [{ introduced: '0' }, { limit: '2.0' }], []],
  ])('when a range is %s, then Clair gets its spans', (_, events, spans) => {
    expect(rangesOf('PyPI', advisory('X-1', 'PyPI', 'a', events))).toEqual(spans)
  })

  test.each([
    ['PyPI', '999999999', true],
    ['PyPI', '1.9999999999', false],
    ['PyPI', 'latest', false],
    ['Go', 'v1.0.999999999', true],
    ['Go', 'v1.0.9999999999', false],
    ['Go', 'v1.0.0-20210101000000-0123456789ab', true],
    ['Go', '(devel)', false],
    ['RubyGems', '1.0.pre-x', true],
    ['RubyGems', '1.0+x', false],
    ['RubyGems', `1.${'0'.repeat(198)}`, true],
    ['RubyGems', `1.${'0'.repeat(199)}`, false],
    ['Maven', '1.0-rc1', true],
    ['Maven', '.1', false],
    ['Maven', '1.', false],
    ['Maven', '1.-2', false],
    ['Maven', '1 0', false],
  ] as const)('when a version of %s is %s, then Clair can compare it: %s', (ecosystem, version, isOne) => {
    expect(isReadableByClair(ecosystem, version)).toBe(isOne)
  })

  test('when a name is not printable, then Clair is not asked about it', () => {
    const names = ['a', 'b c', 'd'.repeat(200), 'e'.repeat(201)]
    const spellings = spellingsIn(
      names.map((name) => indexed('PyPI', name, '1.0')),
      'PyPI',
    )
    expect([...spellings.keys()]).toEqual(['a', 'd'.repeat(200)])
  })

  test('when a range cannot be read, then it is left out, and others stay', () => {
    const raw = advisory('X-1', 'RubyGems', 'a', [{ introduced: '0' }, { fixed: 'not a version' }])
    expect(rangesOf('RubyGems', raw)).toEqual([])
    for (const odd of ['99999999999999999999', '1.0+x y', '', 'latest']) {
      expect(rangesOf('PyPI', advisory('X-1', 'PyPI', 'a', [{ introduced: '0' }, { fixed: odd }]))).toEqual(
        [],
      )
    }
  })

  test('when a record lists 10,000 versions and no range, then Clair, which reads no lists, gets nothing of it', () => {
    const versions = Array.from({ length: 10_000 }, (_, at) => `1.${at}`)
    const raw = {
      ...advisory('X-1', 'PyPI', 'a', []),
      affected: [{ package: { ecosystem: 'PyPI', name: 'a' }, versions }],
    }
    expect(served('PyPI', [read('PyPI', raw)], 'a')).toEqual([])
  })

  test('when the image has a gem in a version that would be an error, then its name is left out', () => {
    const packages = [
      indexed('RubyGems', 'rexml', '3.2.5+x'),
      indexed('RubyGems', 'rexml', '3.2.5'),
      indexed('RubyGems', 'rack', '2.2.3'),
      indexed('PyPI', 'redis', '1.0'),
    ]
    expect([...spellingsIn(packages, 'RubyGems').keys()]).toEqual(['rack'])
    for (const odd of ['１', '1.0-', '1..2', '-1', '']) {
      expect(spellingsIn([indexed('Maven', 'g:a', odd)], 'Maven').size).toBe(0)
      const raw = advisory('X-1', 'Maven', 'g:a', [{ introduced: '0' }, { fixed: odd }])
      expect(rangesOf('Maven', raw)).toEqual([])
    }
  })
})

function namesIn(raw: object): readonly string[] {
  const { affected } = raw as { affected: readonly { package: { name: string } }[] }
  return affected.map((one) => one.package.name)
}
