import { describe, expect, test } from '@jest/globals'
import {
  applicationFinding,
  layersOfPlaces,
  listedPlaces,
  reportedFinding,
  shownText,
  visibleText,
  withClairsFix,
} from '../../../../../src/checks/clair/applications/finding.js'
import { NO_RATINGS, type Ratings } from '../../../../../src/feeds/formats/documents.js'
import type { OsvMatch } from '../../../../../src/feeds/formats/osv/match.js'
import { anApplicationFinding } from '../../../../support/builders.js'

const place = (path: string, layer = 'l1', inside: string | null = null) => {
  return { path, inside, layer, owner: { by: 'nobody' as const } }
}
const ITEM = {
  ...{ kind: 'npm' as const, name: 'lodash', version: '4.17.4', purl: 'pkg:npm/lodash@4.17.4' },
  places: [place('b', 'l3'), place('a', 'l2')],
}
const MATCH: OsvMatch = {
  ...{ affects: 'affected', ids: ['CVE-1', 'CVE-2', 'GHSA-1'], records: ['GHSA-1'] },
  fixed: { next: '4.17.5', newest: '4.17.9' },
  rating: { severity: 'low', cvss: null, of: null },
  ...{ malware: false, summary: 'text', published: '2026-01-02' },
}
const ABOUT = {
  ...{
    osv: { ecosystem: 'npm' as const, name: 'lodash', version: '4.17.4' },
    item: ITEM,
    settles: '4.18.0',
  },
  ...{ layers: ['l1', 'l2', 'l3'], agreement: { agreement: null, explanation: null } },
}
const made = (
  match: Partial<OsvMatch> = {},
  ratings: Partial<Ratings> = {},
  about: Partial<typeof ABOUT> = {},
) => applicationFinding({ ...MATCH, ...match }, { ...ABOUT, ...about }, { ...NO_RATINGS, ...ratings })

describe('a finding of an advisory', () => {
  test('when nobody has rated it, then it has what the advisory says', () => {
    expect(made()).toEqual({
      ...{ check: 'clair', subject: 'application', id: 'CVE-1', ids: ['CVE-1', 'CVE-2', 'GHSA-1'] },
      ...{ own: 'GHSA-1', cves: ['CVE-1', 'CVE-2'], package: 'npm/lodash', kind: 'npm', purl: ITEM.purl },
      ...{ version: '4.17.4', fixedVersion: '4.17.5', installable: true, fixDay: '2026-01-02' },
      ...{ newest: '4.17.9', settles: '4.18.0', severity: 'low', severitySource: null, cvss: null },
      ...{ binaries: [], paths: ['b', 'a'], morePaths: 0, layer: 'l2', layers: ['l2', 'l3'] },
      ...{ links: ['https://osv.dev/vulnerability/GHSA-1'], debian: null, kev: null, epss: null },
      ...{ agreement: null, explanation: null, malware: false, summary: 'text' },
    })
  })

  test('when nothing fixes it, then nothing can be installed, and no day is known', () => {
    expect(made({ fixed: { next: null, newest: null } })).toMatchObject({
      ...{ fixedVersion: null, installable: null, fixDay: null, newest: null },
    })
  })

  test('when its layers are not the image’s, then it is in none', () => {
    expect(made({}, {}, { layers: [] })).toMatchObject({ layer: null, layers: [] })
  })

  test('when several of its CVEs are rated, then the highest rating, KEV and EPSS count', () => {
    const scores: Readonly<Record<string, number>> = { 'CVE-1': 5, 'CVE-2': 9.8 }
    const cvss = (id: string) => {
      const score = scores[id]
      return score === undefined ? null : { vector: 'v', score, version: '3.1', scorer: 'nvd@nist.gov' }
    }
    const epss = (id: string) => {
      const score = scores[id]
      return score === undefined ? null : { probability: score, percentile: 1, date: '2026-11-24' }
    }
    expect(made({}, { cvss, epss, kev: (id) => id === 'CVE-2' })).toMatchObject({
      ...{ severity: 'critical', severitySource: 'nvd', cvss: { score: 9.8 } },
      ...{ epss: { probability: 9.8 }, kev: true },
    })
    expect(made({}, { kev: (id) => (id === 'CVE-2' ? false : null) }).kev).toBe(false)
  })

  test('when only the advisory has a vector, then its rating is OSV’s', () => {
    const cvss = { vector: 'v', score: 7.5, version: '3.1' } as const
    const rating = { severity: 'high', cvss, of: 'GHSA-1', unreadable: [] } as const
    expect(made({ rating })).toMatchObject({
      ...{ severity: 'high', severitySource: 'osv', cvss: { ...cvss, scorer: 'osv' } },
    })
  })

  test.each([
    ['Go', ['GHSA-1', 'GO-1'], ['CVE-1'], 'GO-1'],
    ['PyPI', ['GHSA-1', 'PYSEC-1'], ['CVE-1'], 'PYSEC-1'],
    ['Bitnami', ['GHSA-1', 'BIT-1'], ['CVE-1'], 'BIT-1'],
    ['Maven', ['A-1', 'GHSA-1'], ['CVE-1'], 'GHSA-1'],
    ['Go', ['A-1', 'GHSA-1'], ['CVE-1'], 'A-1'],
    ['npm', [], ['CVE-1'], 'CVE-1'],
    ['npm', [], [], ''],
  ] as const)(
    'when an advisory of %s has the records %j and ids %j, then it keeps %j',
    (ecosystem, records, ids, own) => {
      const finding = applicationFinding(
        { ...MATCH, records, ids },
        { ...ABOUT, osv: { ...ABOUT.osv, ecosystem } },
        NO_RATINGS,
      )
      expect(finding.own).toBe(own)
    },
  )
})

describe('a finding in Clair’s words', () => {
  const reported = (part: object = {}, ratings: Partial<Ratings> = {}) =>
    reportedFinding(
      {
        ...{ id: 'CVE-9', package: 'lodash', severity: '', normalizedSeverity: 'High', fixedIn: '' },
        ...{ links: ['https://b.example', 'https://a.example'], updater: '' },
        ...part,
      },
      ABOUT,
      { ...NO_RATINGS, ...ratings },
    )

  test('when nobody else knows it, then it has Clair’s severity and links', () => {
    expect(reported()).toEqual({
      ...made({ ids: ['CVE-9'], records: ['CVE-9'], fixed: { next: null, newest: null }, summary: '' }),
      ...{ settles: null, severity: 'high', severitySource: 'clair' },
      links: ['https://a.example', 'https://b.example'],
    })
  })

  test('when it is rated, then that counts; when Clair has no severity, then there is none', () => {
    const cvss = { vector: 'v', score: 5, version: '3.1', scorer: 'nvd@nist.gov' }
    expect(reported({}, { cvss: () => cvss })).toMatchObject({ severity: 'medium', severitySource: 'nvd' })
    const unknown = { severity: 'unknown', severitySource: null }
    expect(reported({ normalizedSeverity: 'Unknown' })).toMatchObject(unknown)
    expect(reported({ normalizedSeverity: 'Defcon1' })).toMatchObject(unknown)
  })

  test('when it is malware, then that is said', () => {
    expect([reported({ id: 'MAL-1' }).malware, reported().malware]).toEqual([true, false])
  })

  test.each([
    ['fixed=2.15.0&introduced=2.13.0', '2.15.0'],
    ['introduced=2.13.0&fixed=2.15.0', '2.15.0'],
    ['fixed=2.99.1%2Bx', '2.99.1+x'],
    ['introduced=2.13.0', null],
    ['prefixed=1', null],
    ['1:2.0-3~deb12u1', '1:2.0-3~deb12u1'],
    ['0', null],
    ['fixed=0', null],
    ['', null],
    ['no version', null],
  ])('when Clair’s fix is %j, then the fixed version is %j', (fixedIn, fixedVersion) => {
    expect(reported({ fixedIn })).toMatchObject({
      ...{ fixedVersion, newest: fixedVersion, installable: fixedVersion === null ? null : true },
    })
  })
})

describe('a finding that rests on Clair’s word', () => {
  const alone = anApplicationFinding({
    ...{ ids: ['X-1'], agreement: null, explanation: 'reported by Clair only' },
    ...{ fixedVersion: null, newest: null, installable: null },
  })
  const fixes = [
    { id: 'X-2', fixedIn: '9' },
    { id: 'X-1', fixedIn: '' },
    { id: 'X-1', fixedIn: '2' },
  ]

  test('when no advisory names a fix, then it has Clair’s', () => {
    expect(withClairsFix(alone, fixes)).toEqual({
      ...alone,
      ...{ fixedVersion: '2', newest: '2', installable: true },
    })
  })

  test.each([
    ['an advisory names one', { fixedVersion: '3' }],
    ['both say it', { agreement: 'confirmed' as const, explanation: null }],
    ['Clair was not asked', { explanation: null }],
    ['it is refuted', { agreement: 'refuted' as const }],
    ['Clair names none', { ids: ['X-3'] }],
  ])('when %s, then it stays as it is', (_, part) => {
    expect(withClairsFix({ ...alone, ...part }, fixes)).toEqual({ ...alone, ...part })
  })
})

describe('texts from the image', () => {
  test('when there are twenty places, then all are listed; of more, how many there are', () => {
    const all = Array.from({ length: 21 }, (_, at) => place(`p${at}`))
    expect(listedPlaces(all)).toEqual({ places: all.slice(0, 20).map(({ path }) => path), more: 1 })
    expect(listedPlaces(all.slice(0, 20)).more).toBe(0)
    expect(listedPlaces([place('a\r\nb', 'l1', 'c\nd')])).toEqual({ places: ['a  b:c d'], more: 0 })
  })

  test('when a text is cut in the middle of a character, then it stays valid', () => {
    expect(shownText('a'.repeat(160))).toBe('a'.repeat(160))
    expect(shownText('a'.repeat(161))).toBe(`${'a'.repeat(160)}…`)
    expect(shownText(`${'a'.repeat(159)}😀`)).toBe(`${'a'.repeat(159)}\ufffd…`)
  })

  test.each([
    ['héllo-1.0+x', 'héllo-1.0+x'],
    ['a b', '"a b"'],
    ['a\u0000', '"a\\u0000"'],
    ['', '""'],
  ])('when a sentence has %j, then it is written as %s', (text, written) => {
    expect(visibleText(text)).toBe(written)
  })

  test('when places are in several layers, then these are in the order of the image', () => {
    expect(layersOfPlaces(ITEM, ['l1', 'l2', 'l3'])).toEqual(['l2', 'l3'])
  })
})
