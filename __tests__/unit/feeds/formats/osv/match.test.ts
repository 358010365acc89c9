import { describe, expect, test } from '@jest/globals'
import type { Ecosystem } from '../../../../../src/feeds/formats/osv/ecosystem.js'
import { fixOfAllRecords, matchPackage, type OsvMatch } from '../../../../../src/feeds/formats/osv/match.js'
import { packRecord, readRecord, unpackRecord } from '../../../../../src/feeds/formats/osv/record.js'
import { advisory } from '../../../../support/osv/advisory.js'
import { oddRecord, recordOr, recordsOf } from '../../../../support/osv/records.js'

function matches(ecosystem: Ecosystem, name: string, version: string | null): readonly OsvMatch[] {
  return matchPackage({ ecosystem, name, version }, recordsOf(ecosystem))
}

/** `CVE next newest`, of what is affected. */
const affected = (...about: Parameters<typeof matches>) =>
  matches(...about)
    .filter((match) => match.affects === 'affected')
    .map(({ ids, fixed }) => `${ids[0]} ${fixed.next} ${fixed.newest}`)
    .sort()

/** Whether an odd record affects left-pad in a version. */
function odd(name: string, ecosystem: Ecosystem, version: string | null, packageName = 'left-pad') {
  const record = recordOr(readRecord(oddRecord(name), ecosystem))
  return matchPackage({ ecosystem, name: packageName, version }, [record])[0]
}

describe('packages of the four images of the facts, against real records', () => {
  test.each<[Ecosystem, string, string, string[]]>([
    [
      'Maven',
      'org.apache.logging.log4j:log4j-core',
      '2.14.1',
      [
        'CVE-2021-44228 2.15.0 2.15.0',
        'CVE-2021-44832 2.17.1 2.17.1',
        'CVE-2021-45046 2.16.0 2.16.0',
        'CVE-2021-45105 2.17.0 2.17.0',
      ],
    ],
    ['Maven', 'org.apache.logging.log4j:log4j-core', '2.17.1', []],
    ['Maven', 'org.springframework:spring-beans', '5.2.19.RELEASE', ['CVE-2022-22965 5.2.20.RELEASE 5.3.18']],
    ['Maven', 'org.springframework:spring-beans', '5.2.20.RELEASE', []],
    ['Maven', 'com.google.guava:guava', '32.0.0-jre', []],
    [
      'npm',
      'lodash',
      '4.17.4',
      [
        'CVE-2018-3721 4.17.5 4.17.5',
        'CVE-2019-10744 4.17.12 4.17.12',
        'CVE-2020-28500 4.17.21 4.17.21',
        'CVE-2020-8203 4.17.20 4.17.20',
        'CVE-2021-23337 4.17.21 4.17.21',
      ],
    ],
    ['npm', 'node-fetch', '3.0.0-beta.9', ['CVE-2022-0235 3.1.1 3.1.1']],
    ['npm', 'axios', '1.7.2', ['CVE-2024-39338 1.7.4 1.7.4']],
    [
      'PyPI',
      'requests',
      '2.19.0',
      ['CVE-2018-18074 2.20.0 2.20.0', 'CVE-2023-32681 2.31.0 2.31.0', 'CVE-2024-35195 2.32.2 2.32.2'],
    ],
    ['PyPI', 'jupyter_server', '2.7.0', ['CVE-2023-39968 2.7.2 2.7.2', 'CVE-2023-40170 2.7.2 2.7.2']],
    ['PyPI', 'torch', '1.13.0+cpu', ['CVE-2022-45907 1.13.1 1.13.1']],
    ['PyPI', 'sqlparse', '0.4.4RC1', ['CVE-2023-30608 0.4.4 0.4.4']],
    ['RubyGems', 'rack', '3.0.0.beta1', []],
    ['RubyGems', 'nokogiri', '1.13.9', []],
    [
      'RubyGems',
      'rack',
      '2.0.9',
      [
        'CVE-2022-30122 2.0.9.1 2.2.3.1',
        'CVE-2022-30123 2.0.9.1 2.2.3.1',
        'CVE-2024-25126 2.2.8.1 3.0.9.1',
        'CVE-2024-26141 2.2.8.1 3.0.9.1',
        'CVE-2024-26146 2.0.9.4 3.0.9.1',
      ],
    ],
    [
      'Go',
      'github.com/gin-gonic/gin',
      'v1.6.0',
      ['CVE-2020-28483 1.7.7 1.7.7', 'CVE-2023-29401 1.9.1 1.9.1'],
    ],
    ['Go', 'github.com/gin-gonic/gin', 'v1.9.1', []],
    ['Packagist', 'Symfony/http-kernel', 'v5.4.19', ['CVE-2022-24894 5.4.20 6.2.6']],
    ['Packagist', 'guzzlehttp/psr7', '2.4.4.0', ['CVE-2023-29197 2.4.5 2.4.5']],
    ['Packagist', 'twig/twig', 'v3.14.0', []],
    ['crates.io', 'smallvec', '1.6.0', ['CVE-2021-25900 1.6.1 1.6.1']],
    ['crates.io', 'smallvec', '1.0.0-beta.1', []],
    ['crates.io', 'smallvec', '0.6.13', ['CVE-2021-25900 0.6.14 1.6.1']],
    ['crates.io', 'time', '0.1.45', ['CVE-2020-26235 0.2.0 0.2.23']],
    ['crates.io', 'time', '0.2.22', ['CVE-2020-26235 0.2.23 0.2.23']],
    ['crates.io', 'time', '0.3.0', []],
    ['crates.io', 'ansi_term', '0.12.1', ['RUSTSEC-2021-0139 null null']],
  ])('when it is %s %s %s, then these affect it, with their fixes', (ecosystem, name, version, expected) => {
    expect(affected(ecosystem, name, version)).toEqual(expected)
  })

  test('when GHSA, PYSEC and a CVE mean one thing, then they are one, with all ids and records', () => {
    const [match] = matches('PyPI', 'PyYAML', '5.3').filter(({ ids }) => ids.includes('CVE-2020-14343'))
    expect(match).toMatchObject({
      ids: ['CVE-2020-14343', 'GHSA-8q59-q68h-6hv4', 'PYSEC-2021-142'],
      records: ['GHSA-8q59-q68h-6hv4', 'PYSEC-2021-142'],
      rating: { severity: 'critical', cvss: { score: 9.8, version: '3.1' } },
    })
  })

  test('when a package is malicious, then the match says so', () => {
    expect(matches('npm', 'chalk', '5.6.1')).toMatchObject([
      { affects: 'affected', malware: true, ids: ['GHSA-2v46-p5h4-248w', 'MAL-2025-46969'] },
    ])
    expect(matches('npm', 'chalk', '5.6.0')).toMatchObject([{ affects: 'not-affected', malware: true }])
  })

  test('when a crate is not from crates.io, then an advisory that names its version leaves it open', () => {
    const records = recordsOf('crates.io')
    const of = (version: string, isFromCheckout: boolean) =>
      matchPackage({ ecosystem: 'crates.io', name: 'smallvec', version, isFromCheckout }, records).map(
        (match) => match.affects,
      )
    expect(of('1.6.0', false)).toEqual(['affected'])
    expect(of('1.6.0', true)).toEqual(['unknown'])
    expect(of('1.6.1', true)).toEqual(['not-affected'])
  })

  test('when an advisory about a crate is for Windows only, then it is not about a program in an image', () => {
    const about = (os: readonly string[]) => {
      const more = { ecosystem_specific: { affects: { os, arch: [] } } }
      const raw = advisory('RUSTSEC-2026-0001', 'crates.io', 'x', [{ introduced: '0.0.0-0' }], more)
      const record = recordOr(readRecord(raw, 'crates.io'))
      return matchPackage({ ecosystem: 'crates.io', name: 'x', version: '1.0.0' }, [
        unpackRecord(packRecord(record)),
      ]).map((match) => match.affects)
    }
    expect(about(['windows'])).toEqual(['not-affected'])
    expect(about(['windows', 'linux'])).toEqual(['affected'])
    expect(about([])).toEqual(['affected'])
  })

  test('when npm names differ in capitals, then a record with capitals is about the small one, not the other way', () => {
    expect(affected('npm', 'LODASH', '4.17.4')).toEqual([])
    expect(affected('npm', 'Axios', '1.7.2')).toEqual(['CVE-2024-39338 1.7.4 1.7.4'])
  })

  test('when nobody knows the version, or the order cannot read it, then it is unknown', () => {
    for (const version of [null, 'dev-master', '8.x-dev']) {
      expect(matches('Packagist', 'twig/twig', version).map((match) => match.affects)).toEqual([
        'unknown',
        'unknown',
      ])
    }
  })
})

describe('odd records', () => {
  test('when an npm range is of type ECOSYSTEM, then it is read as SEMVER', () => {
    expect(odd('npm-ecosystem', 'npm', '1.0.0')?.affects).toBe('affected')
    expect(odd('npm-ecosystem', 'npm', '1.1.0')?.affects).toBe('not-affected')
  })

  test('when a CVSS vector cannot be read, then the record counts, unrated', () => {
    expect(odd('bad-vector', 'PyPI', '1.0')).toMatchObject({
      affects: 'affected',
      rating: { severity: 'unknown', cvss: null, of: null },
    })
  })

  test('when there is only CVSS 4.0, then it rates', () => {
    expect(odd('v4-only', 'PyPI', '1.0')?.rating).toMatchObject({
      severity: 'critical',
      cvss: { version: '4.0', score: 9.3 },
    })
  })

  test('when there are CVSS 3.1 and 4.0, then the higher one rates, whatever their order', () => {
    expect(odd('v3-and-v4', 'PyPI', '1.0')?.rating).toMatchObject({
      severity: 'medium',
      cvss: { version: '3.1', score: 5 },
      of: 'TEST-V3-V4',
    })
  })

  test('when there is no CVSS, then the database rates', () => {
    expect(odd('no-cvss', 'PyPI', '1.0')?.rating).toMatchObject({ severity: 'high', cvss: null })
  })

  test('when there are only versions, then they are compared by the order', () => {
    expect(odd('versions-only', 'PyPI', '1.0')?.affects).toBe('affected')
    expect(odd('versions-only', 'PyPI', '1.0.1')?.affects).toBe('not-affected')
    expect(odd('versions-only', 'PyPI', 'not a version')?.affects).toBe('unknown')
  })

  test('when a GIT range comes first, then what follows counts, for a local version too', () => {
    expect(odd('git-first', 'PyPI', '1.0.0+local')?.affects).toBe('affected')
    expect(odd('git-first', 'PyPI', '1.0.5')?.affects).toBe('affected')
    expect(odd('git-first', 'PyPI', '1.1.0')?.affects).toBe('not-affected')
  })

  test('when it was withdrawn, then it is not reported', () => {
    expect(readRecord(oddRecord('withdrawn'), 'PyPI')).toBe('withdrawn')
  })

  test('when events are not in order, then they are ordered', () => {
    const results = ['1.0.0', '1.1.0', '2.0.0-beta.2', '2.0.0'].map(
      (at) => odd('several-ranges', 'npm', at)?.affects,
    )
    expect(results).toEqual(['affected', 'not-affected', 'affected', 'not-affected'])
  })

  test('when the last affected version has four numbers on one side, then it is the same', () => {
    const results = ['5.4.19', 'v5.4.19.0', '5.4.20.0'].map(
      (at) => odd('last-affected', 'Packagist', at, 'acme/left-pad')?.affects,
    )
    expect(results).toEqual(['affected', 'affected', 'not-affected'])
  })

  test('when one record is in two zips, then each ecosystem reads its own entries', () => {
    expect(odd('two-ecosystems', 'npm', '1.0.0')?.affects).toBe('affected')
    expect(odd('two-ecosystems', 'Packagist', '1.0.0', 'acme/left-pad')?.affects).toBe('affected')
    expect(recordOr(readRecord(oddRecord('two-ecosystems'), 'npm')).affected).toHaveLength(1)
  })

  test('when it is fixed in a pseudo-version, then an older one is affected', () => {
    const [older, newer] = ['v0.0.0-20210101000000-aaaaaaaaaaaa', 'v0.0.0-20220101000000-aaaaaaaaaaaa']
    expect(odd('go-pseudo', 'Go', older, 'example.org/left-pad')?.affects).toBe('affected')
    expect(odd('go-pseudo', 'Go', newer, 'example.org/left-pad')?.affects).toBe('not-affected')
  })

  test('when only the custom range of Go ends, then it holds for releases, and a pseudo-version is unknown', () => {
    const results = ['v1.0.0', 'v1.1.0', 'v0.0.0-20220101000000-aaaaaaaaaaaa', null].map(
      (at) => odd('go-custom', 'Go', at, 'example.org/left-pad')?.affects,
    )
    expect(results).toEqual(['affected', 'not-affected', 'unknown', 'unknown'])
  })
})

describe('the own module of a Go program, built in a checkout without tags (made-up records)', () => {
  const commit = 'v0.0.0-20220101000000-aaaaaaaaaaaa'
  const affectsOf = (events: readonly object[], version: string | null, isFromCheckout = true, more = {}) => {
    const raw = advisory('GO-1', 'Go', 'a', events, more)
    const subject = { ecosystem: 'Go', name: 'a', version, isFromCheckout } as const
    return matchPackage(subject, [recordOr(readRecord(raw, 'Go'))])[0]?.affects
  }
  const released = [{ introduced: '0' }, { fixed: '1.5.0' }]
  const fixedIn = (day: string) => [{ introduced: '0' }, { fixed: `0.0.0-${day}000000-bbbbbbbbbbbb` }]

  test('when the fix is in a release, then its time does not say whether it has that', () => {
    expect(affectsOf(released, commit)).toBe('unknown')
    expect(affectsOf(released, `${commit}+dirty`)).toBe('unknown')
    expect(affectsOf([{ introduced: '1.2.0' }, { fixed: '1.5.0' }], commit)).toBe('unknown')
    expect(affectsOf(released, commit, false)).toBe('affected')
  })

  test('when a tag was fetched, then the version counts', () => {
    expect(affectsOf(released, 'v1.4.1-0.20220101000000-aaaaaaaaaaaa')).toBe('affected')
    expect(affectsOf(released, 'v1.5.1-0.20220101000000-aaaaaaaaaaaa+dirty')).toBe('not-affected')
    expect(affectsOf(released, 'v1.5.0+dirty')).toBe('not-affected')
  })

  test('when the fix is a commit too, then their times are compared', () => {
    expect(affectsOf(fixedIn('20220102'), commit)).toBe('affected')
    expect(affectsOf(fixedIn('20211231'), commit)).toBe('not-affected')
  })

  test('when all versions are affected, then so is it; when only some are listed, then nobody knows', () => {
    const [all, listed] = [[{ introduced: '0' }], { ranges: [], versions: ['1.4.0'] }]
    expect([affectsOf(all, commit), affectsOf(all, null)]).toEqual(['affected', 'affected'])
    expect(affectsOf([], commit, true, listed)).toBe('unknown')
    expect(affectsOf(released, null)).toBe('unknown')
  })
})

describe('advisories of Go that are limited to systems and processors (made-up records)', () => {
  const limited = (imports: unknown, architectures: readonly string[] | null) => {
    const events = [{ introduced: '0' }]
    const raw = advisory('GO-1', 'Go', 'a', events, { ecosystem_specific: { imports } })
    const subject = { ecosystem: 'Go', name: 'a', version: 'v1.0.0', architectures } as const
    return matchPackage(subject, [recordOr(readRecord(raw, 'Go'))])[0]?.affects
  }

  test.each<[string, unknown, readonly string[] | null, string]>([
    ['Windows alone', [{ path: 'a', goos: ['windows'] }], null, 'not-affected'],
    ['Windows and Linux', [{ goos: ['windows', 'linux'] }], ['amd64'], 'affected'],
    [
      'one package on Windows and one anywhere',
      [{ goos: ['windows'] }, { path: 'b' }],
      ['amd64'],
      'affected',
    ],
    ['another processor', [{ goarch: ['386', 'arm'] }], ['amd64'], 'not-affected'],
    ['the processor of one of two programs', [{ goarch: ['arm'] }], ['amd64', 'arm'], 'affected'],
    ['a processor, and that of the program is not known', [{ goarch: ['arm'] }], null, 'affected'],
    ['nothing', [], ['amd64'], 'affected'],
    ['what cannot be read', [{ goos: 'windows' }], ['amd64'], 'affected'],
    ['what cannot be read beside Windows', [{ goos: ['windows'] }, 7], ['amd64'], 'affected'],
  ])('when one is limited to %s, then a program for Linux is judged by that', (_, imports, on, wanted) => {
    expect(limited(imports, on)).toBe(wanted)
  })

  test('when such a record is packed and read again, then it is the same', () => {
    const imports = [{ goos: ['windows'], goarch: ['amd64'] }]
    const raw = advisory('GO-1', 'Go', 'a', [{ introduced: '0' }], { ecosystem_specific: { imports } })
    const record = recordOr(readRecord(raw, 'Go'))
    expect(record.affected[0]?.platforms).toEqual(imports)
    expect(unpackRecord(packRecord(record))).toEqual(record)
  })
})

describe('groups and fixes (made-up records)', () => {
  const made = (id: string, aliases: string[], events: object[]) =>
    recordOr(
      readRecord(
        {
          id,
          aliases,
          modified: '2026-01-01T00:00:00Z',
          affected: [{ package: { ecosystem: 'npm', name: 'a' }, ranges: [{ type: 'SEMVER', events }] }],
        },
        'npm',
      ),
    )
  const one = made('GHSA-1', ['CVE-2026-0001'], [{ introduced: '0' }, { fixed: '1.2.0' }])
  const two = made('X-2', ['CVE-2026-0002'], [{ introduced: '0' }, { fixed: '1.3.0' }])
  const both = made('X-3', ['CVE-2026-0002', 'CVE-2026-0001'], [{ introduced: '2.0.0' }])

  test('when a version is listed as affected and as the fix, then it is no fix for itself', () => {
    const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.0' }] }]
    const entries = [{ package: { ecosystem: 'npm', name: 'a' }, versions: ['1.2.0'], ranges }]
    const record = recordOr(
      readRecord({ id: 'X-1', modified: '2026-01-01T00:00:00Z', affected: entries }, 'npm'),
    )
    expect(matchPackage({ ecosystem: 'npm', name: 'a', version: '1.2.0' }, [record])[0]).toMatchObject({
      affects: 'affected',
      fixed: { next: null, newest: null },
    })
  })

  test('when all records of a group say of when they are, then the first day counts; else none is known', () => {
    const at = (id: string, published: string | null) => ({
      ...made(id, ['CVE-2026-0009'], [{ introduced: '0' }]),
      published,
    })
    const [first, later] = [at('A-1', '2026-02-01T10:00:00Z'), at('A-2', '2026-03-01T10:00:00Z')]
    const publishedOf = (...records: readonly ReturnType<typeof at>[]) =>
      matchPackage({ ecosystem: 'npm', name: 'a', version: '1.0.0' }, records)[0]?.published
    expect(publishedOf(later, first)).toBe('2026-02-01')
    expect(publishedOf(later, at('A-3', null))).toBeNull()
  })

  test('when a third record joins two, then all three are one', () => {
    expect(matchPackage({ ecosystem: 'npm', name: 'a', version: '1.0.0' }, [one, two])).toHaveLength(2)
    expect(matchPackage({ ecosystem: 'npm', name: 'a', version: '1.0.0' }, [one, two, both])).toMatchObject([
      { ids: ['CVE-2026-0001', 'CVE-2026-0002', 'GHSA-1', 'X-2', 'X-3'], affects: 'affected' },
    ])
    expect(matchPackage({ ecosystem: 'npm', name: 'a', version: '1.0.0' }, [both, two, one])).toMatchObject([
      { ids: ['CVE-2026-0001', 'CVE-2026-0002', 'GHSA-1', 'X-2', 'X-3'], affects: 'affected' },
    ])
  })

  test('when records of one group name different fixes, then the next is one that none of them affects', () => {
    const [match] = matchPackage({ ecosystem: 'npm', name: 'a', version: '1.0.0' }, [one, two, both])
    expect(match?.fixed).toEqual({ next: '1.3.0', newest: '1.3.0' })
  })
})

test.each([
  ['0.9.0', '1.0.0', '3.0.0', '3.0.0'],
  ['1.0.0', '3.0.0', '3.0.0', '3.0.0'],
  ['2.5.0', '3.0.0', '3.0.0', '3.0.0'],
  ['3.0.0', null, null, null],
])('when %s is installed, then only versions above it are a fix', (version, next, newest, ofAll) => {
  const events = [{ introduced: '0' }, { fixed: '1.0.0' }, { introduced: '2.0.0' }, { fixed: '3.0.0' }]
  const later = [{ introduced: '1.0.0' }, { fixed: '3.0.0' }]
  const records = [events, later].map((one, at) =>
    recordOr(readRecord(advisory(`A-${at}`, 'npm', 'a', one), 'npm')),
  )
  const subject = { ecosystem: 'npm', name: 'a', version } as const
  expect(matchPackage(subject, records)[0]?.fixed).toEqual({ next, newest })
  expect(fixOfAllRecords(subject, records)).toBe(ofAll)
})
