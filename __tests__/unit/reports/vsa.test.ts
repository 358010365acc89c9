import { describe, expect, test } from '@jest/globals'
import { type Attestable, type InRegistry, judgedDigest } from '../../../src/model/image/in-registry.js'
import type { ImageVerdict, Verdict } from '../../../src/model/verdict.js'
import { renderVsa, renderVsaStatement, VERDICT_KEY, weaknesses } from '../../../src/reports/vsa.js'
import { aCheckResult, anImageVerdict, aRuledFinding, aSource, aVerdict } from '../../support/builders.js'

const sha = (of: string) => `sha256:${of.repeat(64)}`
const REFERENCE = 'ghcr.io/acme/app:1.4.0'
const CHECKS = (['security-updates', 'clair', 'docker-bench', 'credentials', 'regression-test'] as const).map(
  (check) => aCheckResult({ check, state: 'answered', problem: null, bench: null }),
)
const SOURCES = ['nvd-cvss', 'epss', 'cisa-kev'].map((name) => aSource({ name, sha256: null }))
const image = (part: Partial<ImageVerdict> = {}) =>
  anImageVerdict({
    reference: REFERENCE,
    digest: sha('c'),
    verdict: 'pass',
    findings: [],
    checks: CHECKS,
    sources: SOURCES,
    others: { notExamined: [], skipped: [], unknown: null },
    ...part,
  })
const passed = (part: Partial<Verdict> = {}) =>
  aVerdict({
    verdict: 'pass',
    images: [image()],
    evidence: [{ image: REFERENCE, platform: null, check: 'clair', document: 'a b.json', digest: sha('e') }],
    ...part,
  })
const TIME = '2026-11-24T08:00:00.000Z'
const tool = (
  inRegistry: InRegistry | null = null,
  attestable: Attestable | null = { time: TIME, inRegistry },
) => ({
  name: 'seaworthy',
  version: '0.1.0',
  attestable,
})
const predicateOf = (verdict: Verdict, inRegistry: InRegistry | null = null) =>
  JSON.parse(renderVsa(verdict, tool(inRegistry)) ?? 'null')
const statementOf = (verdict: Verdict, inRegistry: InRegistry) =>
  JSON.parse(renderVsaStatement(verdict, tool(inRegistry)) ?? 'null')

/** An index of two platforms, of which the first is the judged one. */
const INDEX: InRegistry = {
  reference: REFERENCE,
  repository: 'ghcr.io/acme/app',
  digest: sha('0'),
  isIndex: true,
  manifests: [
    { digest: sha('1'), config: sha('c'), platform: 'linux/amd64' },
    { digest: sha('2'), config: sha('d'), platform: 'linux/arm64' },
  ],
}
const ONE: InRegistry = { ...INDEX, digest: sha('1'), isIndex: false, manifests: INDEX.manifests.slice(0, 1) }

describe('a verification summary', () => {
  test('when a scan of today passes, then it has what SLSA and the gate say', () => {
    const verdict = passed({
      images: [
        image({
          sources: [
            ...SOURCES,
            aSource({ url: 'https://t.example', sha256: 'a'.repeat(64) }),
            aSource({ name: 'mine', url: '/home/me/t.json', sha256: 'b'.repeat(64) }),
          ],
        }),
      ],
    })
    expect(predicateOf(verdict)).toEqual({
      verifier: { id: 'urn:seaworthy:gate', version: { seaworthy: '0.1.0' } },
      timeVerified: TIME,
      resourceUri: 'pkg:oci/app?repository_url=ghcr.io%2Facme%2Fapp&tag=1.4.0',
      policy: { uri: 'urn:seaworthy:policy', digest: { sha256: 'a'.repeat(64) } },
      inputAttestations: [
        { uri: 'urn:seaworthy:evidence:clair:a%20b.json', digest: { sha256: 'e'.repeat(64) } },
        { uri: 'https://t.example', digest: { sha256: 'a'.repeat(64) } },
        { uri: 'urn:seaworthy:data:mine', digest: { sha256: 'b'.repeat(64) } },
      ],
      verificationResult: 'PASSED',
      verifiedLevels: ['SEAWORTHY_PASS'],
      slsaVersion: '1.1',
      [VERDICT_KEY]: {
        verdict: 'pass',
        mode: 'enforce',
        today: '2026-11-24',
        release: null,
        images: [{ platform: 'linux/amd64', configDigest: sha('c'), manifestDigest: null, verdict: 'pass' }],
      },
    })
  })

  test('when the mode is audit, then a pass is FAILED too: nothing was held to it', () => {
    const predicate = predicateOf(passed({ mode: 'audit' }))
    expect([predicate.verificationResult, predicate.verifiedLevels]).toEqual(['FAILED', ['FAILED']])
    expect(predicate[VERDICT_KEY]).toMatchObject({ verdict: 'pass', mode: 'audit' })
  })

  test.each(['fail', 'incomplete'] as const)('when the verdict is %s, then it is FAILED', (verdict) => {
    const { verificationResult, verifiedLevels } = predicateOf(passed({ verdict }))
    expect([verificationResult, verifiedLevels]).toEqual(['FAILED', ['FAILED']])
  })

  test.each<[string, Verdict, Attestable | null]>([
    ['it was judged from saved evidence', passed({ evidence: null }), { time: TIME, inRegistry: ONE }],
    ['it was judged for another day', passed(), null],
    [
      'it is on several images',
      passed({ images: [image(), image({ reference: 'other:1' })] }),
      { time: TIME, inRegistry: ONE },
    ],
    [
      'the policy is not known',
      passed({ judgedBy: { policyDigest: null, release: null, newOnly: false } }),
      { time: TIME, inRegistry: ONE },
    ],
  ])('when %s, then there is none', (_, verdict, attestable) => {
    const by = tool(null, attestable)
    expect([renderVsa(verdict, by), renderVsaStatement(verdict, by)]).toEqual([null, null])
  })

  test('when the image is an archive, then its config names it', () => {
    expect(predicateOf(passed({ images: [image({ reference: './app.tar' })] })).resourceUri).toBe(
      `urn:sha256:${'c'.repeat(64)}`,
    )
  })
})

describe('the statement', () => {
  test('when the manifest is known, then it is the subject', () => {
    const statement = statementOf(passed(), ONE)
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'ghcr.io/acme/app', digest: { sha256: '1'.repeat(64) } }],
      predicateType: 'https://slsa.dev/verification_summary/v1',
    })
    expect(statement.predicate[VERDICT_KEY].images[0].manifestDigest).toBe(sha('1'))
  })

  test('when the manifest is not known, then there is a predicate and no statement', () => {
    expect(renderVsaStatement(passed(), tool())).toBeNull()
    expect(predicateOf(passed())).not.toBeNull()
  })

  test('when a platform of an index was not judged, then the index is no subject', () => {
    expect(statementOf(passed(), INDEX).subject).toEqual([
      { name: 'ghcr.io/acme/app', digest: { sha256: '1'.repeat(64) } },
    ])
    expect(judgedDigest(INDEX, [image()])).toBe(sha('1'))
  })

  test('when all platforms of an index were judged, then it and they are the subjects', () => {
    const both = passed({ images: [image(), image({ digest: sha('d') })] })
    const digests = statementOf(both, INDEX).subject.map(
      (one: { digest: { sha256: string } }) => one.digest.sha256[0],
    )
    expect(digests).toEqual(['0', '1', '2'])
    expect(judgedDigest(INDEX, both.images)).toBe(sha('0'))
  })

  test('when an index has what is no image that can be judged, then it is no subject', () => {
    const nested = {
      ...INDEX,
      manifests: [...ONE.manifests, { digest: sha('3'), config: null, platform: 'linux/arm64' }],
    }
    expect(judgedDigest(nested, [image()])).toBe(sha('1'))
  })

  test('when what the registry has is another image, then there is no subject', () => {
    expect(renderVsaStatement(passed({ images: [image({ digest: sha('9') })] }), tool(ONE))).toBeNull()
    expect(renderVsaStatement(passed({ images: [image({ reference: 'other:1' })] }), tool(ONE))).toBeNull()
    expect(judgedDigest({ ...ONE, manifests: [] }, [image()])).toBeNull()
  })
})

describe('what is weaker about a pass', () => {
  const row = { reason: 'accepted', place: { file: 'd', line: 1 }, until: '', why: '', owner: '' } as const
  const bench = (part: object) =>
    CHECKS.map((one) =>
      one.check === 'docker-bench'
        ? { ...one, bench: { run: { ran: true, source: 's', tree: 't' }, rows: [], ...part } }
        : one,
    ) as never
  test.each<[string, Partial<ImageVerdict>, Partial<Verdict>, string[]]>([
    ['nothing', {}, {}, []],
    [
      'a baseline',
      {},
      { judgedBy: { policyDigest: sha('a'), release: null, newOnly: true } },
      ['SEAWORTHY_NEW_ONLY'],
    ],
    [
      'accepted findings',
      { findings: [aRuledFinding({ ruling: 'accepted' }), aRuledFinding({ ruling: 'noted' })] },
      {},
      ['SEAWORTHY_ACCEPTED_1'],
    ],
    ['what is due later', { findings: [aRuledFinding({ ruling: 'due' })] }, {}, ['SEAWORTHY_DUE_1']],
    [
      'an accepted result',
      { checks: bench({ rows: [{ because: [row] }, { because: [] }] }) },
      {},
      ['SEAWORTHY_ACCEPTED_1'],
    ],
    [
      'no Docker Bench itself',
      { checks: bench({ run: { ran: false, why: 'x' } }) },
      {},
      ['SEAWORTHY_BUILT_IN_RULES_ONLY'],
    ],
    ['no regression test', { checks: CHECKS.slice(0, 4) }, {}, ['SEAWORTHY_WITHOUT_REGRESSION_TEST']],
    [
      'no list of what is exploited, and no EPSS',
      { sources: SOURCES.slice(0, 1) },
      {},
      ['SEAWORTHY_WITHOUT_EPSS', 'SEAWORTHY_WITHOUT_KEV'],
    ],
    [
      'one check',
      { checks: CHECKS.slice(1, 2) },
      {},
      [
        'SEAWORTHY_WITHOUT_SECURITY_UPDATES',
        'SEAWORTHY_WITHOUT_DOCKER_BENCH',
        'SEAWORTHY_WITHOUT_CREDENTIALS',
        'SEAWORTHY_WITHOUT_REGRESSION_TEST',
      ],
    ],
    [
      'other platforms',
      { others: { notExamined: ['linux/arm64', 'linux/s390x'], skipped: [], unknown: null } },
      {},
      ['SEAWORTHY_PLATFORMS_NOT_EXAMINED_2'],
    ],
    [
      'platforms that nobody knows',
      { others: { notExamined: [], skipped: [], unknown: 'down' } },
      {},
      ['SEAWORTHY_PLATFORMS_UNKNOWN'],
    ],
    ['platforms that nobody looked for', { others: null }, {}, ['SEAWORTHY_PLATFORMS_UNKNOWN']],
    [
      'things not examined',
      {
        applications: {
          judged: [],
          unexamined: [
            { kind: 'rust', count: 2, versions: [] },
            { kind: 'jar', count: 1, versions: [] },
          ],
        } as never,
      },
      {},
      ['SEAWORTHY_APPLICATIONS_NOT_EXAMINED_3'],
    ],
    [
      'applications off',
      { applications: { judged: [], unexamined: [], isOff: true } as never },
      {},
      ['SEAWORTHY_APPLICATIONS_OFF'],
    ],
  ])('when there is %s, then a level says so', (_, of, part, levels) => {
    expect(weaknesses(passed({ images: [image(of)], ...part }))).toEqual(levels)
  })
})
