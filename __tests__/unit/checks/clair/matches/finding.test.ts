import { describe, expect, test } from '@jest/globals'
import { findingOf } from '../../../../../src/checks/clair/matches/finding.js'
import type { ClairMatch } from '../../../../../src/checks/clair/matches/join.js'
import type { ClairPackage, ClairVulnerability } from '../../../../../src/checks/clair/matches/report.js'
import type { JudgedPackage } from '../../../../../src/debian/signed.js'
import type { TrackerRow } from '../../../../../src/feeds/formats/tracker.js'
import { LAYER } from '../../../../support/builders.js'

const installed = (part: Partial<JudgedPackage> = {}): JudgedPackage => ({
  ...{ name: 'libfoo1', version: '1.0', architecture: 'amd64', source: 'foo', sourceVersion: '1.0' },
  ...{ want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' },
  signedSource: null,
  ...part,
})

const reported = (part: Partial<ClairPackage> = {}): ClairPackage => ({
  ...{ name: 'libfoo1', version: '1.0', architecture: 'amd64', source: { name: 'foo', version: '1.0' } },
  ...{ places: [{ database: 'var/lib/dpkg/status', layer: LAYER, distribution: null }], vulnerabilities: [] },
  ...part,
})

const clairs = (part: Partial<ClairVulnerability> = {}): ClairVulnerability => ({
  ...{ id: 'CVE-2026-1', package: 'foo', severity: 'low', normalizedSeverity: 'Medium', fixedIn: '' },
  ...{ links: ['https://b.example', 'https://a.example'], updater: 'debian/updater' },
  ...part,
})

const row = (part: Partial<TrackerRow> = {}): TrackerRow => ({
  ...{ status: 'resolved', urgency: 'high', fixedVersion: '2.0', nodsa: null, nodsaReason: null },
  ...part,
})

/** What Clair reports about foo, without a row of the tracker. */
function found(part: Partial<ClairMatch> = {}, layers: readonly string[] = [LAYER]) {
  const match: ClairMatch = {
    ...{ database: { path: null, installed: [], reported: [reported()] }, source: 'foo' },
    ...{ id: 'CVE-2026-1', release: null, row: null, installed: [], vulnerable: [] },
    ...{ reported: [reported()], clair: clairs() },
    ...part,
  }
  return findingOf(match, layers)
}

describe('a vulnerability without a row of the tracker', () => {
  test('when its id is not a CVE, then it has no CVE, and Clair’s links in order', () => {
    expect(found({ id: 'TEMP-1', installed: [installed()] })).toEqual({
      ...{ check: 'clair', id: 'TEMP-1', cves: [], package: 'foo', version: '1.0' },
      ...{ fixedVersion: null, installable: null, severity: 'low', severitySource: 'debian-tracker' },
      ...{ binaries: [{ name: 'libfoo1', version: '1.0', architecture: 'amd64' }], layer: LAYER },
      ...{ links: ['https://a.example', 'https://b.example'], debian: null },
      ...{ kev: null, cvss: null, epss: null, fixDay: null, agreement: null },
      facts: { clairSeverity: 'low', clairNormalizedSeverity: 'Medium', clairFixedIn: '' },
      ...{ packageDb: null, release: null, signedSources: [], archiveOffers: null },
      explanation:
        'Clair reported libfoo1 1.0; the security tracker data has no entry for this vulnerability in foo',
    })
  })

  test('when an affected binary is essential, then the finding names it, and no other one of the source', () => {
    const all = [
      installed({ essential: true }),
      installed({ name: 'foo', essential: true }),
      installed({ name: 'x' }),
    ]
    expect(found({ installed: all }).essential).toEqual(['libfoo1'])
    expect(found({ installed: all, vulnerable: all }).essential).toEqual(['foo', 'libfoo1'])
    expect(found({ installed: [installed()] })).not.toHaveProperty('essential')
  })

  test.each([
    ['debian/updater', 'high', 'Low', 'high', 'debian-tracker'],
    ['other', 'high', 'Low', 'low', 'clair'],
    ['other', 'high', 'Defcon1', 'unknown', null],
    ['debian/updater', 'not yet assigned', 'Low', 'unknown', null],
  ])(
    'when the updater %s says %j and Clair makes %j of it, then it is %s',
    (updater, severity, normalizedSeverity, expected, severitySource) => {
      const clair = clairs({ updater, severity, normalizedSeverity })
      expect(found({ clair })).toMatchObject({ severity: expected, severitySource })
    },
  )

  test.each<[string, Partial<ClairMatch>, string | null]>([
    ['dpkg', { installed: [installed({ sourceVersion: '3' }), installed({ sourceVersion: '2' })] }, '2'],
    [
      'dpkg, in Debian’s order',
      { installed: [installed({ sourceVersion: '1.10' }), installed({ sourceVersion: '1.9' })] },
      '1.9',
    ],
    [
      'dpkg, of which one is not valid, as texts',
      {
        installed: [installed({ sourceVersion: '1.10' }), installed({ sourceVersion: '1.9' })],
        reported: [],
      },
      '1.9',
    ],
    ['Clair, of the source', { reported: [reported({ source: { name: 'foo', version: '0.9' } })] }, '0.9'],
    [
      'Clair, of the source without a version',
      { reported: [reported({ source: { name: 'foo', version: '' } })] },
      '1.0',
    ],
    ['Clair, of a package without a source', { reported: [reported({ source: null })] }, '1.0'],
    [
      'Clair, as texts',
      { reported: ['v1 x', 'v10', 'v1'].map((version) => reported({ source: null, version })) },
      'v1',
    ],
    ['nobody', { reported: [] }, null],
  ])('when its version is known from %s, then the lowest is stated', (_, part, version) => {
    expect(found(part).version).toBe(version)
  })

  test('when dpkg lists one of the packages that Clair names, then that is the binary', () => {
    const other = installed({ name: 'foo-doc' })
    const both = { installed: [other, installed({ version: '1.1' })] }
    expect(found(both).binaries).toEqual([{ name: 'libfoo1', version: '1.1', architecture: 'amd64' }])
    expect(found({ installed: [other] }).binaries).toEqual([
      { name: 'libfoo1', version: '1.0', architecture: 'amd64' },
    ])
  })

  test('when Clair names several, then the first by name and version is in the explanation', () => {
    const all = [reported({ version: '3' }), reported({ version: '2' }), reported({ name: 'libzoo' })]
    const first = 'Clair reported libfoo1 2; '
    expect(found({ reported: all }).explanation?.startsWith(first)).toBe(true)
    expect(found({ reported: all.toReversed() }).explanation?.startsWith(first)).toBe(true)
  })
})

describe('a vulnerability with a row', () => {
  test('when packages of one source are signed and none is vulnerable, then their signed sources are named', () => {
    const signed = ['s2', 's1', 's2', null].map((signedSource) => installed({ signedSource }))
    expect(found({ row: row(), installed: signed })).toMatchObject({
      agreement: 'refuted',
      signedSources: ['s1', 's2'],
    })
    const vulnerable = [installed({ signedSource: 's3' })]
    expect(found({ row: row(), installed: signed, vulnerable })).toMatchObject({
      agreement: 'confirmed',
      signedSources: ['s3'],
      explanation: null,
    })
  })

  test('when dpkg lists only some of the packages that Clair names, then nothing is refuted', () => {
    const both = [reported(), reported({ name: 'libbar1' })]
    expect(found({ row: row(), installed: [installed()], reported: both })).toMatchObject({
      agreement: null,
      explanation: 'Clair found libbar1 1.0, which dpkg does not list as installed',
    })
  })

  const AT = 'the source package foo is at version 1.0'
  const BINARY = `Clair compared the version of the binary package libfoo1 1.0; ${AT}`
  const none = { reported: [], clair: null }
  const vulnerable = [installed()]
  test.each<[Partial<ClairMatch>, string]>([
    [{ row: row(), installed: [installed()] }, `${BINARY}, not below the fixed version 2.0`],
    [
      { row: row({ fixedVersion: '0' }), installed: [installed()] },
      `${BINARY}, and Debian says that the release was never affected`,
    ],
    [
      { row: row({ fixedVersion: null }), installed: [installed()] },
      `${BINARY}, and the security tracker lists no fixed version`,
    ],
    [
      { row: row({ status: 'open' }), installed: [installed()] },
      `${BINARY}, and the security tracker lists the vulnerability as open`,
    ],
    [
      { row: row(), vulnerable, release: 'sid', ...none },
      `Clair has advisories only for the image's own release; ${AT}, from sid, below the fixed version 2.0`,
    ],
    [{ row: row(), vulnerable, ...none }, `${BINARY}, below the fixed version 2.0`],
    [{ row: null, installed: [installed()], ...none }, `Clair did not report this vulnerability; ${AT}`],
    [
      { row: row(), vulnerable, ...none, database: { path: 'srv/status', installed: [], reported: [] } },
      `Clair reported no packages in srv/status; ${AT}, below the fixed version 2.0`,
    ],
    [
      {
        ...{ row: row(), vulnerable: [installed({ want: 'hold', state: 'half-configured' })], ...none },
        database: { path: null, installed: [], reported: [reported({ name: 'libbar1' })] },
      },
      `Clair skips libfoo1, because its dpkg status is "hold ok half-configured"; ${AT}, below the fixed version 2.0`,
    ],
    [
      {
        ...{ row: row(), vulnerable, ...none },
        database: { path: null, installed: [], reported: [reported({ source: null })] },
      },
      `Clair found no source package for libfoo1; ${AT}, below the fixed version 2.0`,
    ],
    [
      {
        ...{ row: row(), vulnerable, ...none },
        database: {
          ...{ path: null, installed: [] },
          reported: [reported({ name: 'abc' }), reported({ source: { name: 'bar', version: '1' } })],
        },
      },
      `Clair attributed libfoo1 to the source package "bar"; ${AT}, below the fixed version 2.0`,
    ],
  ])('when Clair and the tracker differ (%#), then the explanation is: %s', (part, explanation) => {
    expect(found(part).explanation).toBe(explanation)
  })

  test('when Clair found its packages in several layers, then the oldest of the image counts', () => {
    const [second, third] = ['2', '3'].map((digit) => `sha256:${digit.repeat(64)}`)
    const layers = [LAYER, second ?? '', third ?? '']
    const places = [third, second].map((layer) => ({ database: 'x', layer: layer ?? '', distribution: null }))
    const of = (part: Partial<ClairPackage>) =>
      found({ database: { path: null, installed: [], reported: [reported({ places, ...part })] } }, layers)
        .layer
    expect(of({})).toBe(second)
    expect(of({ version: '0.9' })).toBeNull()
    expect(of({ name: 'libbar1' })).toBeNull()
  })
})
