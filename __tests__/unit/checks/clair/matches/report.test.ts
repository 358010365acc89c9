import { expect, test } from '@jest/globals'
import { readClairReport } from '../../../../../src/checks/clair/matches/report.js'
import { LAYER } from '../../../../support/builders.js'

const REPORT = {
  manifest_hash: 'sha256:1',
  packages: { 1: { name: 'apt', version: '2.6.1' } } as Record<string, object>,
  distributions: { 7: { did: 'debian', version_code_name: 'bookworm' } } as Record<string, object> | null,
  environments: {
    1: [{ package_db: 'var/lib/dpkg/status', introduced_in: LAYER, distribution_id: '7' }],
  } as Record<string, object[]>,
  vulnerabilities: null as Record<string, object> | null,
  package_vulnerabilities: null as Record<string, string[]> | null,
}

const read = (part: Partial<typeof REPORT> = {}) => readClairReport(JSON.stringify({ ...REPORT, ...part }))

test('when Go wrote null for its empty tables, then a package has nothing in them', () => {
  expect(read({ distributions: null })).toEqual({
    manifestHash: 'sha256:1',
    packages: [
      {
        ...{ name: 'apt', version: '2.6.1', architecture: '', source: null, vulnerabilities: [] },
        places: [{ database: 'var/lib/dpkg/status', layer: LAYER, distribution: null }],
      },
    ],
  })
})

test.each([
  ['absent', undefined, null],
  ['null', null, null],
  ['without a name, as from an empty row', { name: '', version: '' }, null],
  ['named', { name: 'src', version: '2' }, { name: 'src', version: '2' }],
])('when the source of a package is %s, then it is read as %j', (_, source, expected) => {
  const [one] = read({ packages: { 1: { name: 'apt', version: '1', arch: 'amd64', source } } }).packages
  expect(one).toMatchObject({ architecture: 'amd64', source: expected })
})

test('when a vulnerability is listed twice, then it is read once, with the links that a browser opens', () => {
  const about = {
    ...{ name: 'CVE-2026-1', severity: 'low', normalized_severity: 'Low', fixed_in_version: '3' },
    package: { name: 'src' },
  }
  const vulnerabilities = {
    5: { ...about, updater: 'u', links: 'see https://a.example/1 http://b.example\nftp://c.example' },
    6: { ...about, name: 'CVE-2026-2' },
  }
  const [one] = read({ vulnerabilities, package_vulnerabilities: { 1: ['5', '6', '5'] } }).packages
  const common = { package: 'src', severity: 'low', normalizedSeverity: 'Low', fixedIn: '3' }
  expect(one?.vulnerabilities).toEqual([
    { id: 'CVE-2026-1', ...common, links: ['https://a.example/1', 'http://b.example'], updater: 'u' },
    { id: 'CVE-2026-2', ...common, links: [], updater: '' },
  ])
  expect(one?.places[0]?.distribution).toEqual({ id: 'debian', codename: 'bookworm' })
})

test.each(['constructor', '__proto__'])(
  'when an entry is called %s, then it is not one of JavaScript’s',
  (name) => {
    const environments = {
      1: [{ package_db: 'x', introduced_in: LAYER, distribution_id: name }],
    }
    expect(read({ environments }).packages[0]?.places[0]?.distribution).toBeNull()
  },
)
