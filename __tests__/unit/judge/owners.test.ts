import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { judge } from '../../../src/judge/judge.js'
import { ownersOf } from '../../../src/judge/owners.js'
import type { Finding } from '../../../src/model/finding/index.js'
import type { BaseImage } from '../../../src/model/provenance/base-image.js'
import { RATED_SEVERITIES } from '../../../src/model/severity.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import {
  aBase,
  aBinary,
  aFinding,
  aJudgedInput,
  aLayer,
  anAnswer,
  anApplicationFinding,
  anEvidence,
  anImage,
  aPolicy,
  TODAY,
} from '../../support/builders.js'

const installed = (...names: readonly string[]) =>
  names
    .map(
      (name) =>
        `Package: ${name}\nStatus: install ok installed\nVersion: 1.0\nArchitecture: amd64\nMaintainer: A <a@example.org>\nDescription: x\n`,
    )
    .join('\n')

/** `openssl` is of the base, `curl` of the layer above it. */
const IMAGE = anImage({
  layers: [['openssl'], ['openssl', 'curl']].map((names, at) =>
    aLayer({ diffId: `sha256:${at}`, files: { 'var/lib/dpkg/status': installed(...names) } }),
  ),
})
const binary = (name: string) => aBinary({ name, version: '1.0', architecture: 'amd64' })
const cve = (names: readonly string[], part: Parameters<typeof aFinding>[0] = {}) =>
  aFinding({ ...part, check: 'clair', layer: null, binaries: names.map(binary) })
const both = (finding: Finding, base: Partial<BaseImage> = {}) => {
  const { shownOwner: shown, ownersByProof: counted } = ownersOf(IMAGE, aBase(base))
  return [shown(finding), counted(finding)]
}
const UNKNOWN = ['base', 'own']

describe('whose findings they are', () => {
  test('when an intermediate image added the layer, then reports say so, and thresholds count it as own', () => {
    const intermediate = { name: 'docker.io/acme/platform:1', layers: 2, official: 1 }
    expect(both(cve(['curl']), { intermediate })).toEqual(['intermediate', ['own']])
    expect(both(cve(['openssl', 'curl']), { intermediate })).toEqual(['intermediate', ['base', 'own']])
    expect(both(cve(['openssl']), { intermediate })).toEqual(['base', ['base']])
    expect(both(cve(['curl']), { intermediate: { ...intermediate, layers: null } })[0]).toBe('own')
  })

  test('when only the engine shows that image, then its own layers are told from the official ones', () => {
    const intermediate = { name: 'docker.io/acme/platform:1', layers: 2, official: 1 }
    const base = { restsOn: 'at-hand', layers: 2, intermediate } as const
    expect([cve(['openssl']), cve(['curl'])].map((one) => both(one, base))).toEqual([
      ['base', UNKNOWN],
      ['intermediate', UNKNOWN],
    ])
  })

  test.each<[string, Finding, string | null, readonly string[]]>([
    ['lies in the base', cve(['openssl']), 'base', ['base']],
    ['lies above it', cve(['curl']), 'own', ['own']],
    ['lies in both', cve(['openssl', 'curl']), 'own', ['base', 'own']],
    ['is in no database', cve(['openssl', 'gone']), null, UNKNOWN],
    ['names no binary', cve([]), null, UNKNOWN],
    ['is of another database', { ...cve(['openssl']), packageDb: 'srv/var/lib/dpkg/status' }, null, UNKNOWN],
    ['has a layer by Clair alone', { ...cve(['gone']), layer: 'sha256:0' }, 'base', UNKNOWN],
    ['is of an application, in the base', anApplicationFinding({ layers: ['sha256:0'] }), 'base', ['base']],
    [
      'is of an application, in both',
      anApplicationFinding({ layers: ['sha256:0', 'sha256:1'] }),
      'own',
      ['base', 'own'],
    ],
    [
      'is of an application, in a layer that is not there',
      anApplicationFinding({ layers: ['sha256:9'], layer: null }),
      null,
      UNKNOWN,
    ],
    [
      'is about the release',
      aFinding({ check: 'security-updates', id: 'end-of-life', layer: null, binaries: [] }),
      'base',
      UNKNOWN,
    ],
    [
      'is about what it is built on',
      aFinding({ check: 'security-updates', id: 'unofficial-base', layer: null, binaries: [] }),
      'own',
      UNKNOWN,
    ],
    [
      'is a result',
      aFinding({ check: 'docker-bench', id: '4.1', layer: null, binaries: [] }),
      'own',
      UNKNOWN,
    ],
    [
      'is about platforms that differ',
      aFinding({ check: 'security-updates', id: 'platforms-of-other-releases', layer: null, binaries: [] }),
      'own',
      UNKNOWN,
    ],
    [
      'is about the application',
      aFinding({ check: 'regression-test', id: 'regression-test-failed', layer: null, binaries: [] }),
      'own',
      UNKNOWN,
    ],
    [
      'is about apt’s sources',
      aFinding({ check: 'security-updates', id: 'no-security-source', layer: null, binaries: [] }),
      null,
      UNKNOWN,
    ],
    [
      'is a result of the base',
      aFinding({ check: 'docker-bench', id: '4.9', layer: null, binaries: [], ofBase: 'debian' }),
      'base',
      UNKNOWN,
    ],
  ])('when a finding %s, then that is told, and whose thresholds may hold', (_, finding, shown, counted) => {
    expect(both(finding)).toEqual([shown, counted])
  })

  test.each<[string, Partial<BaseImage>]>([
    ['rests on no layers', { layers: 0, restsOn: 'label' }],
    ['is contradicted', { contradicted: true }],
  ])('when the base %s, then nobody knows', (_, base) => {
    expect(both(cve(['openssl']), base)).toEqual([null, UNKNOWN])
  })

  test('when the base is at hand, then reports split by it, and thresholds do not', () => {
    expect(both(cve(['openssl']), { restsOn: 'at-hand' })).toEqual(['base', UNKNOWN])
  })

  test('when there is no image, or no base, then nobody knows', () => {
    expect(ownersOf(null, aBase()).shownOwner(cve(['openssl']))).toBeNull()
    expect(ownersOf(IMAGE, null).shownOwner(cve(['openssl']))).toBeNull()
  })
})

const OF_BASE = cve(['openssl'], { severity: 'high', id: 'CVE-2026-1' })
const OWN = cve(['curl'], { severity: 'high', id: 'CVE-2026-2' })
const UNKNOWN_ONE = cve(['gone'], { severity: 'high', id: 'CVE-2026-3' })
const FINDINGS = [OF_BASE, OWN, UNKNOWN_ONE]

function judged(
  gate: Partial<GatePolicy>,
  findings: readonly Finding[] = FINDINGS,
  base: Partial<BaseImage> = {},
) {
  const checks = ['security-updates', 'clair'] as const
  const archive = anAnswer([], 'security-updates', { base: aBase(base) })
  const answers = [
    { evidence: anEvidence({ check: 'security-updates' }), answer: archive },
    { evidence: anEvidence({ check: 'clair' }), answer: anAnswer([...findings]) },
  ]
  const input = aJudgedInput([], { image: IMAGE, answers })
  const { images } = judge([input], aPolicy([], { allowedBases: 'any', ...gate, checks }), TODAY)
  return Object.fromEntries(
    (images[0]?.findings ?? []).map(({ id, ruling, owner }) => [id, `${ruling} ${owner}`]),
  )
}

describe('thresholds by owner', () => {
  test('when they differ, then each finding is held to its own, and to the stricter where nobody knows whose it is', () => {
    expect(judged({ failOn: { base: 'critical', own: 'high' } })).toEqual({
      'CVE-2026-1': 'noted base',
      'CVE-2026-2': 'act own',
      'CVE-2026-3': 'act null',
    })
    expect(judged({ failOn: { base: 'high', own: 'critical' } })).toEqual({
      'CVE-2026-1': 'act base',
      'CVE-2026-2': 'noted own',
      'CVE-2026-3': 'act null',
    })
  })

  test('when the base is at hand, or none is known, then the stricter one holds for all', () => {
    for (const base of [{ restsOn: 'at-hand' as const }, { layers: 0 }]) {
      const rulings = Object.values(judged({ failOn: { base: 'critical', own: 'high' } }, FINDINGS, base))
      expect(rulings.map((ruling) => ruling.split(' ')[0])).toEqual(['act', 'act', 'act'])
    }
  })

  test('when there is no fix, then those for what has none differ, too', () => {
    const bare = FINDINGS.map((one) => ({ ...one, fixedVersion: null, installable: null }))
    const put = bare.map((one) => ({ ...one, debian: { kind: 'no-dsa', words: '' } as const }))
    expect(judged({ failOnUnfixed: { base: null, own: 'high' } }, bare)).toMatchObject({
      'CVE-2026-1': 'unfixed base',
      'CVE-2026-2': 'act own',
      'CVE-2026-3': 'act null',
    })
    expect(judged({ failOnDeferred: { base: 'low', own: null } }, put)).toMatchObject({
      'CVE-2026-1': 'act base',
      'CVE-2026-2': 'deferred own',
      'CVE-2026-3': 'act null',
    })
  })

  test('when any two hold, then nothing passes that the stricter one for all of them does not let pass', () => {
    const severity = fc.constantFrom(...RATED_SEVERITIES)
    const finding = fc
      .tuple(fc.subarray(['openssl', 'curl', 'gone']), severity, fc.nat({ max: 9999 }))
      .map(([names, of, number]) => cve(names, { severity: of, id: `CVE-2026-1${number}` }))
    const setting = fc.record({
      base: severity,
      own: severity,
      findings: fc.uniqueArray(finding, { maxLength: 4, selector: ({ id }) => id }),
      restsOn: fc.constantFrom('layers' as const, 'at-hand' as const),
    })
    fc.assert(
      fc.property(setting, ({ base, own, findings, restsOn }) => {
        const acts = (gate: Partial<GatePolicy>) =>
          Object.entries(judged(gate, findings, { restsOn }))
            .filter(([, ruling]) => ruling.startsWith('act'))
            .map(([id]) => id)
        const split = acts({ failOn: { base, own } })
        const [mild, strict] = [acts({ failOn: base }), acts({ failOn: own })]
        // Between the two: what both let act acts, what neither does does not.
        expect(split).toEqual(expect.arrayContaining(mild.filter((id) => strict.includes(id))))
        expect([...new Set([...mild, ...strict])]).toEqual(expect.arrayContaining(split))
        if (restsOn === 'at-hand') {
          expect(new Set(split)).toEqual(new Set([...mild, ...strict]))
        }
      }),
    )
  })
})
