import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/clair/interpret.js'
import { feedDocuments } from '../../../../src/feeds/formats/documents.js'
import type { Finding } from '../../../../src/model/finding/index.js'
import { CISA_ADP, CNA, NVD, V31 } from '../../../support/feed-texts.js'
import { debian, evidenceOf, type Row, reportOf, scanned, statusOf } from './builders.js'

const CVE = 'CVE-2026-1001'
const PACKAGES = [
  { name: 'apt', version: '2.6.1' },
  { name: 'tar', version: '1.34' },
]

interface ClairRating {
  readonly cvss?: string
  readonly epss?: string
  readonly kev?: boolean
}
/** The findings of one CVE in two source packages, with what the feeds say of it; without feeds if not given. */
function findings(row: Row, rating: ClairRating | null): readonly Finding[] {
  const rows = { apt: { [CVE]: row }, tar: { [CVE]: row } }
  const evidence = evidenceOf(reportOf(scanned(PACKAGES), rows), rows)
  const feed = (value: string | undefined) => ({
    ...({ state: 'read', date: '2026-11-24T12:55:00Z', why: '' } as const),
    values: new Map(value === undefined ? [] : [[CVE, value]]),
  })
  const documents =
    rating === null
      ? {}
      : feedDocuments({
          cvss: feed(rating.cvss),
          epss: feed(rating.epss),
          kev: feed(rating.kev ? '2026-11-20' : undefined),
        })
  const answer = interpret(
    { ...evidence, documents: { ...evidence.documents, ...documents } },
    debian({ 'var/lib/dpkg/status': statusOf(PACKAGES) }),
  )
  if (answer.state === 'unanswered') {
    throw new Error(answer.problem.what)
  }
  return answer.findings
}
const fixed = { fixed_version: '9', urgency: 'medium' }
const severity = (row: Row, cvss?: string) => {
  const [one] = findings(row, cvss === undefined ? {} : { cvss })
  return [one?.severity, one?.severitySource]
}

describe('ratings in findings', () => {
  test('when a CVE is in two packages, then both findings have vector, scorer, KEV and EPSS', () => {
    const both = findings(fixed, { cvss: `${NVD} 9.8 ${V31}`, epss: '0.94310 0.99960', kev: true })
    expect(both.map((one) => one.package)).toEqual(['apt', 'tar'])
    for (const one of both) {
      expect(one).toMatchObject({
        id: CVE,
        severity: 'critical',
        severitySource: 'nvd',
        kev: true,
        cvss: { vector: V31, score: 9.8, version: '3.1', scorer: NVD },
        epss: { probability: 0.9431, percentile: 0.9996, date: '2026-11-24' },
      })
    }
  })

  test('when the feeds know nothing of it, then it is not in KEV, and the urgency of the tracker counts', () => {
    expect(findings(fixed, {})[0]).toMatchObject({
      severity: 'medium',
      severitySource: 'debian-tracker',
      cvss: null,
      epss: null,
      kev: false,
    })
  })

  test('when the feeds were not read, then nobody says that it is not in KEV', () => {
    expect(findings(fixed, null)[0]).toMatchObject({ severity: 'medium', cvss: null, epss: null, kev: null })
  })

  test.each([
    ['the NVD', NVD, 'nvd'],
    ['the CNA', CNA, 'cna'],
    ['CISA', CISA_ADP, 'cisa-adp'],
  ])('when %s has rated it, then that is told', (_, scorer, source) => {
    expect(severity(fixed, `${scorer} 8 ${V31}`)).toEqual(['high', source])
  })

  test.each([
    [0, 'negligible'],
    [0.1, 'low'],
    [3.9, 'low'],
    [4, 'medium'],
    [6.9, 'medium'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
    [10, 'critical'],
  ])('when its score is %d, then it is %s, whatever its urgency', (score, expectedSeverity) => {
    expect(severity({ ...fixed, urgency: 'low' }, `${NVD} ${score} ${V31}`)).toEqual([
      expectedSeverity,
      'nvd',
    ])
    expect(severity({ ...fixed, urgency: 'high' }, `${NVD} ${score} ${V31}`)).toEqual([
      expectedSeverity,
      'nvd',
    ])
  })

  test('when Debian calls it unimportant, then it is negligible, and the rating is reported next to it', () => {
    const [one] = findings({ ...fixed, urgency: 'unimportant' }, { cvss: `${NVD} 9.8 ${V31}` })
    expect(one).toMatchObject({
      severity: 'negligible',
      severitySource: 'debian-tracker',
      cvss: { score: 9.8 },
    })
  })

  test('when nobody rates it, then it is unknown', () => {
    expect(severity({ fixed_version: '9', urgency: 'not yet assigned' })).toEqual(['unknown', null])
  })
})

test.each<[readonly string[], string, string | null]>([
  [['cvss', 'epss', 'kev'], 'off', 'not used: cvss, epss, kev, osv'],
  [['epss'], 'asked', 'not used: epss'],
  [[], 'off', 'not used: osv'],
  [[], 'asked', null],
])('when the sources %j are turned off, and OSV is %s, then one limit says: %s', (unused, osv, limit) => {
  const status = (name: string) => ({
    ...{ state: unused.includes(name) ? ('off' as const) : ('read' as const), date: null, why: '' },
    values: new Map<string, string>(),
  })
  const feeds = feedDocuments({ cvss: status('cvss'), epss: status('epss'), kev: status('kev') })
  const evidence = evidenceOf(reportOf(scanned(PACKAGES), {}), {})
  const documents = { ...feeds, 'osv.json': JSON.stringify({ state: osv, ecosystems: {} }) }
  expect(
    interpret(
      { ...evidence, documents: { ...evidence.documents, ...documents } },
      debian({ 'var/lib/dpkg/status': statusOf(PACKAGES) }),
    ),
  ).toMatchObject({ state: 'answered', limits: limit === null ? [] : [limit] })
})
