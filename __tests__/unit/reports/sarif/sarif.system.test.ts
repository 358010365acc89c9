import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { BenchTable } from '../../../../src/model/bench-table.js'
import { BARE } from '../../../../src/model/finding/common.js'
import type { Vulnerability } from '../../../../src/model/finding/vulnerability.js'
import type { ImageVerdict, RuledFinding } from '../../../../src/model/verdict.js'
import { isUploadable, renderSarif, sarifCategories } from '../../../../src/reports/sarif/sarif.js'
import { aBenchTable, aBenchTableOf, ROWS } from '../../../support/bench.js'
import {
  aCheckResult,
  aLine,
  anImageVerdict,
  aPlace,
  aPolicyNotice,
  aProblem,
  aRuledApplication,
  aRuledFinding,
  aSource,
  aVerdict,
  type RuledPart,
} from '../../../support/builders.js'
import { anyCharacter } from '../../../support/characters.js'
import { runs } from '../../../support/runs.js'
import { githubErrors, multitool, readSarif, type SarifResult } from '../../../support/sarif.js'

const TOOL = { name: 'seaworthy', version: '1.2.3' }
const render = (...images: readonly ImageVerdict[]) => renderSarif(aVerdict({ images }), TOOL)
const of = (findings: readonly RuledFinding[], part: Partial<ImageVerdict> = {}) =>
  anImageVerdict({ findings, ...part })
const resultsOf = (
  findings: readonly RuledFinding[],
  part: Partial<ImageVerdict> = {},
): readonly SarifResult[] => readSarif(render(of(findings, part))).runs[0]?.results ?? []
const printsOf = (findings: readonly RuledFinding[], part: Partial<ImageVerdict> = {}) =>
  resultsOf(findings, part).map((one) => one.partialFingerprints.primaryLocationLineHash)
const placeOf = (finding: RuledFinding, part: Partial<ImageVerdict> = {}) => {
  const { artifactLocation, region } = resultsOf([finding], part)[0]?.locations[0]?.physicalLocation ?? {}
  return [artifactLocation?.uri, region?.startLine, region?.endLine]
}

const bench = (id: string, part: RuledPart = {}) =>
  aRuledFinding({
    ...BARE,
    ...{ check: 'docker-bench', id, ours: { title: 'Not root', advice: 'Use USER.' } },
    ...part,
  })
const update = (name: string, architecture = 'amd64') =>
  aRuledFinding({
    check: 'security-updates',
    id: 'security-update',
    package: name,
    severity: 'unknown',
    architecture,
  })
const accepted = aRuledFinding({
  id: 'CVE-2026-2',
  ruling: 'accepted',
  blocks: false,
  because: 'not used',
  policy: aPlace(),
})
const deferred = aRuledFinding({
  id: 'CVE-2026-3',
  ruling: 'deferred',
  blocks: false,
  debian: { kind: 'no-dsa', words: 'Minor issue' },
})
const noted = aRuledFinding({ id: 'CVE-2026-4', ruling: 'noted', blocks: false, severity: 'low' })
const ALL = [
  aRuledFinding({ severity: 'critical', line: aLine({ endLine: 6 }) }),
  aRuledFinding({ package: 'perl', line: aLine({ certain: false, why: 'no layer is known' }) }),
  update('libc6'),
  update('libc6', 'i386'),
  bench('4.1', { line: aLine({ line: 9 }) }),
  accepted,
  deferred,
  noted,
]
const full = () =>
  renderSarif(
    aVerdict({
      images: [
        of(ALL),
        anImageVerdict({ reference: 'app:2.0.0', checks: [aCheckResult({ bench: aBenchTable() })] }),
        anImageVerdict({
          reference: 'ghcr.io/acme/gone:1@sha256:aa',
          verdict: 'incomplete',
          platform: null,
          findings: [],
          checks: [aCheckResult({ state: 'unanswered', problem: aProblem() })],
        }),
      ],
      policyNotices: [aPolicyNotice(), aPolicyNotice({ kind: 'default', place: null })],
    }),
    TOOL,
  )

describe('report.sarif', () => {
  test('when it is validated by the SARIF multitool, then there is no error', () => {
    expect(multitool(full()).error).toEqual([])
  })

  test('when the multitool is given a broken file, then it has errors, so that the test above can fail', () => {
    const broken = full().replaceAll('"ruleIndex": 0', '"ruleIndex": 999')
    expect(multitool(broken).error.length).toBeGreaterThan(0)
  })

  test('when GitHub’s rules are applied, then nothing is at fault', () => {
    expect(githubErrors(full())).toEqual([])
  })

  test.each([
    [
      'a run twice',
      (text: string) => text.replaceAll('app:2.0.0', 'app:1.4.0'),
      'two runs with one category',
    ],
    [
      'an absolute path',
      (text: string) => text.replaceAll('"uri": "Dockerfile"', '"uri": "/w/Dockerfile"'),
      'relative',
    ],
    ['a line 0', (text: string) => text.replaceAll('"startLine": 9', '"startLine": 0'), 'lines 0'],
  ])('when there is %s, then GitHub’s rules find it', (_, change, message) => {
    expect(githubErrors(change(full())).join('\n')).toContain(message)
  })
})

describe('the comparison of Docker Bench', () => {
  const comparisonOf = (bench: BenchTable | null) => {
    const image = anImageVerdict({ verdict: 'pass', findings: [], checks: [aCheckResult({ bench })] })
    return readSarif(render(image)).runs[0]?.properties.dockerBench
  }

  test('when all is as expected, then it is there, although there is no result', () => {
    expect(comparisonOf(aBenchTable({ rows: [ROWS.match, ROWS.apart] }))).toEqual({
      judgedBy:
        'Docker Bench: results of its own for 1 of 2 rules; commit ff26d67, in a container of docker:29-cli',
      counts: '1 of 1 as expected; 1 not applicable',
      results: {
        '4.6':
          'as expected; expected PASS; Docker Bench PASS; built-in PASS; dictionary policies/dictionary.yml:14',
        '5.2': expect.stringMatching(
          /^not applicable \(Section 5 judges .*\); expected PASS; Docker Bench —; /,
        ),
      },
    })
  })

  test('when it is not, then each id has a line, with what is known of it', () => {
    const results = comparisonOf(aBenchTable())?.results ?? {}
    expect(Object.keys(results)).toHaveLength(Object.keys(ROWS).length)
    expect(results['4.1']).toMatch(
      /^worse.*; expected PASS; Docker Bench WARN; built-in WARN; dictionary policies/,
    )
    expect(results['4.9']).toContain('Docker Bench is known to be wrong')
  })

  test('when the check has no answer, then there is none', () => {
    expect(comparisonOf(null)).toBeUndefined()
  })

  test('when it holds words from outside, then they cannot steer a terminal or a page', () => {
    const text = JSON.stringify(comparisonOf(aBenchTableOf('\u001b[2J<b>\u202e')))
    expect(text).not.toMatch(/\\u001b|\u202e/)
  })
})

describe('runs', () => {
  test('when there are several images, then each has a category of its name and platform, without the tag', () => {
    const arm = { os: 'linux', architecture: 'arm64', variant: null }
    const images = [
      anImageVerdict({ reference: 'ghcr.io:443/acme/app:1.4.0' }),
      anImageVerdict({ reference: 'ghcr.io:443/acme/app:1.4.0', platform: arm }),
      anImageVerdict({ reference: './build/image.tar' }),
      anImageVerdict({ reference: 'db@sha256:aabb', platform: null }),
    ]
    const names = [
      'seaworthy/ghcr.io:443/acme/app/linux/amd64',
      'seaworthy/ghcr.io:443/acme/app/linux/arm64',
      'seaworthy/./build/image.tar/linux/amd64',
      'seaworthy/db/unknown',
    ]
    expect(sarifCategories(aVerdict({ images }), null)).toEqual(names)
    expect(readSarif(render(...images)).runs.map((run) => run.automationDetails.id)).toEqual(
      names.map((one) => `${one}/`),
    )
  })

  test('when one image comes with two tags, or twice, then its runs have different categories', () => {
    const images = ['app:1', 'app:2', 'app:2'].map((reference) => anImageVerdict({ reference }))
    expect(sarifCategories(aVerdict({ images }), null)).toEqual([
      'seaworthy/app:1/linux/amd64',
      'seaworthy/app:2/linux/amd64',
      'seaworthy/app:2/linux/amd64/2',
    ])
  })

  test('when jobs judge images of one name, then each has its own category, however long the name is', () => {
    const images = ['app:1', `${'x'.repeat(300)}:1`, 'app:2'].map((reference) =>
      anImageVerdict({ reference }),
    )
    const verdict = aVerdict({ images })
    const ofJobs = ['gate-0a1b2c3d', 'lax-99999999'].map((job) => sarifCategories(verdict, job))
    expect(ofJobs[0]?.[0]).toBe('seaworthy/app:1/linux/amd64/gate-0a1b2c3d')
    expect(new Set(ofJobs.flat()).size).toBe(6)
    expect(Math.max(...ofJobs.flat().map((name) => name.length))).toBeLessThanOrEqual(250)
    const { runs } = readSarif(renderSarif(verdict, { ...TOOL, job: 'gate-0a1b2c3d' }))
    expect(runs.map(({ automationDetails }) => automationDetails.id)).toEqual(
      ofJobs[0]?.map((name) => `${name}/`),
    )
  })

  test('when there are more than 20 images, then the worst are kept, and the rest is counted', () => {
    const images = Array.from({ length: 25 }, (_, at) =>
      anImageVerdict({ reference: `app${at}`, verdict: at < 10 ? 'pass' : 'fail' }),
    )
    const text = render(...images)
    const { runs } = readSarif(text)
    expect([runs.length, runs.at(-1)?.automationDetails.id]).toEqual([20, 'seaworthy/app24/linux/amd64/'])
    expect(text).toContain('5 more images in report.json')
    expect(githubErrors(text)).toEqual([])
  })

  test('when a check was not answered, then the run says that it was not successful, and why', () => {
    const [, , gone] = readSarif(full()).runs
    expect(gone?.invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        { message: { text: expect.stringContaining('did not load the security tracker') } },
      ],
    })
  })

  test('when one has a check without an answer, then nothing is uploaded, even if something else blocks it', () => {
    const image = (part: Parameters<typeof anImageVerdict>[0]) => anImageVerdict(part)
    const unanswered = aCheckResult({ state: 'unanswered', problem: aProblem() })
    const verdicts = [
      [image({ verdict: 'fail' })],
      [image({ verdict: 'pass', findings: [] })],
      [image({ verdict: 'fail', checks: [aCheckResult(), unanswered] })],
      [image({ verdict: 'fail' }), image({ verdict: 'incomplete', findings: [], checks: [unanswered] })],
      [image({ verdict: 'fail' }), image({ verdict: 'incomplete', findings: [], checks: [] })],
    ]
    const uploadable = verdicts.map((images) => isUploadable(aVerdict({ verdict: 'fail', images })))
    expect(uploadable).toEqual([true, true, false, false, false])
  })

  test('when there are 30,000 findings, then the 5,000 worst are in it, and the rest is counted', () => {
    const many = Array.from({ length: 30_000 }, (_, at) => aRuledFinding({ id: `CVE-2026-${10_000 + at}` }))
    const text = render(of(many))
    const [run] = readSarif(text).runs
    expect([run?.results.length, run?.results[0]?.ruleId]).toEqual([5000, 'clair/CVE-2026-10000'])
    expect(text).toContain('25000 more findings in report.json')
    expect(githubErrors(text)).toEqual([])
  })
})

describe('fingerprints', () => {
  test('when the same image is judged twice, then all is the same', () => {
    expect(full()).toBe(full())
  })

  test('when lines, versions, tags, policies, words and order change, then they stay', () => {
    const changed = ALL.map(
      (one): RuledFinding => ({
        ...(one as RuledFinding & Vulnerability),
        line: aLine({ file: 'docker/Dockerfile', line: 77 }),
        version: '9',
        fixedVersion: '10',
        because: [{ reason: 'as-found', why: 'other' }],
        policy: aPlace({ line: 3 }),
        layer: null,
      }),
    )
    const after = printsOf([...changed].reverse(), { reference: 'app:1.5.0', digest: null })
    expect([...after].reverse()).toEqual(printsOf(ALL))
  })

  test('when image, platform, package, id or check is another, then they differ', () => {
    const arm = { os: 'linux', architecture: 'arm64', variant: null }
    const all = [
      ...printsOf([aRuledFinding(), aRuledFinding({ package: 'b' }), aRuledFinding({ id: 'CVE-2026-9' })]),
      ...printsOf([aRuledFinding({ check: 'docker-bench' })]),
      ...printsOf([aRuledFinding()], { platform: arm }),
      ...printsOf([aRuledFinding()], { reference: 'other:1' }),
    ]
    expect(new Set(all).size).toBe(6)
  })

  test('when a finding is gone, then those of the others stay', () => {
    expect(printsOf(ALL.slice(1))).toEqual(printsOf(ALL).slice(1))
  })
})

test('when there is data and a baseline, then each run says of when its data is, and each result whether it is new', () => {
  const source = aSource()
  const findings = [aRuledFinding({ since: 'new' }), aRuledFinding({ id: 'CVE-2026-2' })]
  const text = render(of(findings, { sources: [source] }))
  readSarif(text)
  const [run] = (JSON.parse(text) as { runs: { properties: object; results: { properties: object }[] }[] })
    .runs
  expect(run?.properties).toMatchObject({ sources: [source] })
  expect(run?.results.map(({ properties }) => properties)).toMatchObject([{ since: 'new' }, { since: null }])
})

describe('places', () => {
  test.each([
    ['its line of the Dockerfile', { line: aLine({ line: 4, endLine: 6 }) }, ['Dockerfile', 4, 6]],
    [
      'a path with odd signs',
      { line: aLine({ file: './a b/ö#?%:Dockerfile' }) },
      ['a%20b/%C3%B6%23%3F%25%3ADockerfile', 4],
    ],
    ['its line of the policy', { policy: aPlace() }, ['policies/whitelist.yml', 21]],
    ['no place', {}, ['Dockerfile', 1]],
    ['a line outside of the repository', { line: aLine({ file: '/etc/Dockerfile' }) }, ['Dockerfile', 1]],
    [
      'a line above it',
      { line: aLine({ file: '../Dockerfile' }), policy: aPlace() },
      ['policies/whitelist.yml', 21],
    ],
  ])('when a finding has %s, then it is there', (_, part, [uri, line, end]) => {
    expect(placeOf(aRuledFinding(part))).toEqual([uri, line, end])
  })

  test('when a finding has none and there is a Dockerfile, then it is at its beginning', () => {
    const dockerfile = { file: 'deploy/web.Dockerfile', note: null, from: null }
    expect(placeOf(aRuledFinding(), { dockerfile })).toEqual(['deploy/web.Dockerfile', 1, undefined])
  })

  test('when Docker Bench is not as expected, then alert and message do not read as if it were', () => {
    const text = render(of([bench('4.1', { because: 'WARN, but the built-in dictionary expects PASS' })]))
    const [run] = readSarif(text).runs
    expect(run?.results[0]?.message.text).toBe(
      'Docker Bench 4.1, expected: Not root; act: WARN, but the built-in dictionary expects PASS; the line is not known; in app:1.4.0.',
    )
    const { version, semanticVersion, rules } = JSON.parse(text).runs[0].tool.driver
    expect(version).toBe(semanticVersion)
    const [rule] = rules
    expect(rule.shortDescription.text).toBe('Docker Bench check 4.1 expects: Not root')
    expect(rule.fullDescription.text).toBe('Docker Bench check 4.1 expects: Not root. One finding.')
  })

  test('when a line is not certain, then the message says so', () => {
    expect(resultsOf(ALL)[1]?.message.text).toContain('approximate line: no layer is known')
  })
})

describe('levels', () => {
  test('when a finding blocks, then it is an error; nothing else is one', () => {
    expect(resultsOf(ALL).map(({ level }) => level)).toEqual([
      ...Array(5).fill('error'),
      ...Array(3).fill('note'),
    ])
  })

  test('when it was accepted or deferred, then it is suppressed, with the reason and its line', () => {
    const found = resultsOf(ALL).map(({ suppressions }) => suppressions?.[0])
    expect(found.slice(5)).toMatchObject(
      [
        { kind: 'external', status: 'accepted', justification: 'not used', location: {} },
        { kind: 'external', status: 'accepted', justification: 'Debian: no-dsa "Minor issue"' },
        {},
      ].slice(0, 2),
    )
    expect([found.slice(0, 5), found[7]]).toEqual([Array(5).fill(undefined), undefined])
  })

  test('when findings of a rule block, then it has their worst severity as a number; no other rule has one', () => {
    const rules = readSarif(render(of(ALL))).runs[0]?.tool.driver.rules ?? []
    expect(rules.map(({ id, properties }) => [id, properties['security-severity']])).toEqual([
      ['clair/CVE-2026-10001', '9.5'],
      ['security-updates/security-update', undefined],
      ['docker-bench/4.1', undefined],
      ['clair/CVE-2026-2', undefined],
      ['clair/CVE-2026-3', undefined],
      ['clair/CVE-2026-4', undefined],
    ])
  })
})

describe('policies', () => {
  test('when an entry is expired or unused, then it is a warning on its own line, in the first run only', () => {
    const runs = readSarif(full()).runs.map(({ results }) =>
      results.filter(({ ruleId }) => ruleId.startsWith('policy')),
    )
    expect(runs.map((results) => results.length)).toEqual([1, 0, 0])
    expect(runs[0]?.[0]).toMatchObject({
      ruleId: 'policy/expired',
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'policies/whitelist.yml' },
            region: { startLine: 21 },
          },
        },
      ],
    })
  })
})

describe('hostile words', () => {
  const text = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 60 }),
    fc.constantFrom(
      '[a](1)',
      '{0}',
      '::error::x',
      '../..',
      '\u202e',
      '<b>',
      '`',
      'x'.repeat(10_000),
      '](https://x)',
      '\0',
    ),
  )
  test('when names hold anything, then GitHub’s rules hold, and no message has a link or a placeholder', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 6, maxLength: 6 }), (texts) => {
        const [id = '', name = '', because = '', file = '', reference = '', found = ''] = texts
        const finding = aRuledFinding({
          id,
          package: name,
          because,
          line: aLine({ file, why: found, certain: false }),
        })
        const text = render(of([finding, bench('4.1', { because: found })], { reference }))
        expect(githubErrors(text)).toEqual([])
        for (const { message } of readSarif(text).runs[0]?.results ?? []) {
          expect(message.text).not.toMatch(/\]\(|\{\d|[\p{Cc}\p{Cf}]/u)
        }
      }),
      runs(200),
    )
  })
})

describe('packages of an application', () => {
  const GHSA = 'GHSA-35jh-r3h4-6jhm'
  const ghsa = aRuledApplication({ id: GHSA, ids: [GHSA], cves: [] })

  test('when the record gains a CVE, or the version is another, then the alert is the same', () => {
    const now = aRuledApplication({ version: '4.17.5', purl: 'pkg:npm/lodash@4.17.5' })
    expect(printsOf([now])).toEqual(printsOf([ghsa]))
    expect(resultsOf([now])[0]?.ruleId).toBe(`clair/${GHSA}`)
    expect(resultsOf([ghsa])[0]?.ruleId).toBe(`clair/${GHSA}`)
  })

  test('when the same record is about another package, then it is another alert', () => {
    expect(printsOf([aRuledApplication({ package: 'npm/lodash-es' })])).not.toEqual(printsOf([ghsa]))
  })

  test('when it is reported, then package, versions and id are in the message', () => {
    expect(resultsOf([aRuledApplication()])[0]?.message.text).toContain(
      'npm/lodash 4.17.4 → 4.17.21: CVE-2021-23337, high',
    )
  })
})
