import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import * as z from 'zod'
import { judge } from '../../../../src/judge/judge.js'
import { REPORTS } from '../../../../src/reports/index.js'
import { ReportSchema, renderJson } from '../../../../src/reports/json/json.js'
import { readUntrustedReport } from '../../../../src/reports/json/untrusted.js'
import { benchOf, benchTable, judgedBy } from '../../../../src/reports/view/bench.js'
import { aBenchTable, aBenchTableOf, ROWS } from '../../../support/bench.js'
import {
  aBase,
  aCheckResult,
  aFinding,
  aJudgedInput,
  anImageVerdict,
  anUnfixedFinding,
  aPolicy,
  aProblem,
  aRuledFinding,
  aSource,
  aVerdict,
  aWhitelistEntry,
  TODAY,
} from '../../../support/builders.js'
import { hostileText } from '../../../support/hostile.js'
import { codeOf } from '../../../support/problems.js'
import { runs } from '../../../support/runs.js'

const tool = { name: 'seaworthy', version: '0.1.0' }
const schemaText = readFileSync(
  new URL('../../../../policies/schema/report.schema.json', import.meta.url),
  'utf8',
)
const isReport = new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(schemaText))

/** All rulings, an image without an answer, notices of each kind. */
const rich = judge(
  [
    aJudgedInput([
      aFinding({ kev: true, facts: { b: '2', a: '1' } }),
      aFinding({ id: 'CVE-2026-2', severity: 'low' }),
      aFinding({ id: 'CVE-2026-10003', severity: 'medium', layer: null, version: null }),
      anUnfixedFinding({ id: 'CVE-2026-4' }),
      anUnfixedFinding({ id: 'CVE-2026-5', debian: { kind: 'postponed', words: 'Minor issue' } }),
    ]),
    aJudgedInput([], {
      reference: 'db:2',
      image: null,
      problem: aProblem(),
      distribution: null,
      codename: null,
      packageCount: null,
    }),
  ],
  aPolicy([aWhitelistEntry({ id: 'CVE-2026-2' }), aWhitelistEntry({ expires: '2026-01-01' })]),
  TODAY,
)

describe('report.json', () => {
  test('when a verdict is rendered then it fits the schema that is published', () => {
    for (const verdict of [rich, aVerdict(), aVerdict({ images: [anImageVerdict({ platform: null })] })]) {
      isReport(JSON.parse(renderJson(verdict, tool)))
      expect(isReport.errors ?? []).toEqual([])
    }
  })

  test('when a field is missing, unknown or of another type then the schema refuses it', () => {
    const report = () => JSON.parse(renderJson(rich, tool))
    const broken = [report(), report(), report(), report()]
    delete broken[0].images[0].findings[0].layer
    broken[1].extra = 1
    broken[2].verdict = 'ok'
    broken[3].unanswered[0].problem = 'none'
    expect(broken.map((one) => isReport(one))).toEqual([false, false, false, false])
  })

  test('when the schema is published then it is the code’s own', () => {
    expect(JSON.parse(schemaText)).toEqual(z.toJSONSchema(ReportSchema))
  })

  test('when it is rendered then keys, order and last line break are always the same', () => {
    const shuffled = JSON.parse(JSON.stringify(rich), (_, value) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    )
    expect(renderJson(shuffled, tool)).toBe(renderJson(rich, tool))
    expect(renderJson(rich, tool)).toMatch(/[^\n]\n$/)
    expect(Object.keys(JSON.parse(renderJson(rich, tool)))).toEqual([
      ...[
        'schemaVersion',
        'tool',
        'today',
        'maxSpan',
        'policyDigest',
        'verdict',
        'mode',
        'limits',
        'details',
        'images',
        'sources',
        'unanswered',
      ],
      ...['policyNotices', 'actions'],
    ])
  })

  test('when a finding is reported then what is not known is null', () => {
    const report = ReportSchema.parse(JSON.parse(renderJson(rich, tool)))
    expect(report.images[0]?.findings.find(({ id }) => id === 'CVE-2026-10003')).toEqual({
      check: 'clair',
      id: 'CVE-2026-10003',
      due: null,
      fixDay: null,
      cves: ['CVE-2026-10003'],
      package: 'apt',
      version: null,
      fixedVersion: '2.6.2',
      installable: true,
      severity: 'medium',
      severitySource: 'debian-tracker',
      ruling: 'noted',
      because: 'fix 2.6.2 can be installed; medium (Debian) is below fail-on high',
      reasons: [
        { reason: 'fix-offered', version: '2.6.2' },
        {
          reason: 'below',
          rated: { severity: 'medium', source: 'debian-tracker', score: null, takenFor: null },
          threshold: 'high',
          of: null,
        },
      ],
      blocks: false,
      binaries: [
        { name: 'apt', version: '2.6.1', architecture: 'amd64' },
        { name: 'libapt-pkg6.0', version: '2.6.1', architecture: 'amd64' },
      ],
      layer: null,
      links: ['https://security-tracker.debian.org/tracker/CVE-2026-10001'],
      debian: null,
      kev: null,
      cvss: null,
      epss: null,
      agreement: 'confirmed',
      policy: null,
      since: null,
      statement: null,
      owner: null,
      returnsWhen: null,
      returnReasons: null,
      line: null,
      details: {
        type: 'vulnerability',
        facts: { severity: 'High' },
        packageDb: null,
        release: null,
        signedSources: [],
        explanation: null,
        archiveOffers: null,
      },
      whitelistEntry:
        '  - id: CVE-2026-10003\n    package: apt\n    reason: ""\n    owner: ""\n    expires: "2027-02-22"\n    max-severity: medium',
    })
    expect(report.images[1]).toMatchObject({
      digest: null,
      platform: null,
      distribution: null,
      codename: null,
    })
  })

  test('when a check has no answer then it is listed, and is something to do', () => {
    const report = ReportSchema.parse(JSON.parse(renderJson(rich, tool)))
    expect(report.unanswered).toEqual([{ image: 'db:2', check: 'clair', problem: aProblem() }])
    expect(report.actions.map(({ image, kind, findings }) => [image, kind, findings])).toEqual([
      ['app:1.4.0', 'update', [{ check: 'clair', id: 'CVE-2026-10001', package: 'apt' }]],
      ['db:2', 'answer', []],
    ])
  })

  test('when images share a source then it is listed once', () => {
    const other = anImageVerdict({
      sources: [
        aSource(),
        aSource({ date: null, signedBy: 'AB12', instead: 'a copy: x returned nothing (y)' }),
      ],
    })
    const report = ReportSchema.parse(
      JSON.parse(renderJson(aVerdict({ images: [anImageVerdict(), other] }), tool)),
    )
    expect(report.sources.map(({ date, signedBy, instead }) => [date, signedBy, instead])).toEqual([
      ['2026-11-24T05:10:00Z', undefined, undefined],
      [null, 'AB12', 'a copy: x returned nothing (y)'],
    ])
  })

  test('when an image is of a variant then the platform says so', () => {
    const platform = { os: 'linux', architecture: 'arm', variant: 'v7' }
    const report = JSON.parse(renderJson(aVerdict({ images: [anImageVerdict({ platform })] }), tool))
    expect(report.images[0].platform).toBe('linux/arm/v7')
  })

  test('when names are hostile then they come back as they were', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const finding = aRuledFinding({ id: text, package: text, facts: { [`x${text}`]: text } })
        const report = JSON.parse(
          renderJson(aVerdict({ images: [anImageVerdict({ findings: [finding] })] }), tool),
        )
        expect(report.images[0].findings[0]).toMatchObject({ id: text, package: text })
      }),
    )
  })
})

test('when the base is known then report.json has it by its schema, with what it rests on', () => {
  const base = aBase({ movedOn: true, official: true })
  const report = JSON.parse(renderJson(aVerdict({ images: [anImageVerdict({ base })] }), tool))
  expect(isReport(report)).toBe(true)
  expect(report.images[0].base).toEqual({
    name: base.name,
    digest: base.digest,
    official: true,
    movedOn: true,
    restsOn: 'layers',
    why: 'built on debian:bookworm-slim: the image begins with the layers that the registry has for it (later layers may hide their files); the tag debian:bookworm-slim has moved on',
  })
})

describe('Docker Bench in report.json', () => {
  const reported = (bench = aBenchTable()) => {
    const checks = [aCheckResult(), aCheckResult({ check: 'docker-bench', bench })]
    const text = renderJson(aVerdict({ images: [anImageVerdict({ checks })] }), tool)
    return { text, checks: ReportSchema.parse(JSON.parse(text)).images[0]?.checks }
  }

  test('when it judged then all ids are there by the schema, as expected or not, with both results', () => {
    const { text, checks } = reported()
    expect(isReport(JSON.parse(text))).toBe(true)
    const [clair, bench] = checks ?? []
    expect(clair?.bench).toBeNull()
    expect(bench?.bench).toMatchObject({
      ran: true,
      source: expect.stringMatching(/^commit ff26d67f25be60fc2d82a01710ee14570b2cb9db, in a container of/),
      tree: `sha256:${'7'.repeat(64)}`,
      why: null,
    })
    const results = bench?.bench?.results ?? []
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual(
      aBenchTable().rows.map(({ id, outcome }) => [id, outcome]),
    )
    expect(results[0]).toEqual({
      id: '4.1',
      title: 'The image does not run as root',
      expected: 'PASS',
      allowed: null,
      dockerBench: { word: 'WARN', items: ['container'] },
      whyNoDockerBench: null,
      builtIn: { word: 'WARN', items: [] },
      counts: { by: 'agreed', whose: 'built-in' },
      outcome: 'worse',
      reason: null,
      reasons: ROWS.worse.because,
      dictionary: { file: 'policies/dictionary.yml', line: 14 },
    })
    expect(results[5]).toMatchObject({
      id: '4.9',
      counts: { by: 'known-wrong', whose: 'built-in' },
      reason: expect.stringMatching(/ADD/),
    })
    expect(results[8]?.dictionary).toEqual({ file: 'the built-in dictionary', line: null })
  })

  test('when it did not run then why is there', () => {
    const { checks } = reported(aBenchTable({ run: { ran: false, why: 'no image' }, rows: [ROWS.match] }))
    expect(checks?.[1]?.bench).toMatchObject({ ran: false, source: null, tree: null, why: 'no image' })
  })

  test('when a stranger’s report is read then its table is as it was, and no path leads out', () => {
    const readTable = (text: string) =>
      benchOf(readUntrustedReport(text, 'report.json').images[0] ?? { checks: [] })
    const { text } = reported()
    const again = readTable(text)
    expect(again && benchTable(again)).toEqual(benchTable(aBenchTable()))
    expect(again && judgedBy(again.run)).toBe(judgedBy(aBenchTable().run))
    const out = readTable(text.replaceAll('policies/dictionary.yml', '../../etc/passwd'))
    const places = out?.rows.map(({ place }) => place?.file ?? null) ?? []
    expect([...new Set(places)].sort()).toEqual([null, 'the built-in dictionary'].sort())
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(readTable(reported(aBenchTableOf(text)).text)?.rows).toHaveLength(2)
      }),
      runs(50),
    )
  })

  test('when a stranger’s report has more results than there can be then it is refused', () => {
    const rows = Array.from({ length: 201 }, () => ROWS.match)
    const checks = [aCheckResult({ bench: aBenchTable({ rows }) })]
    const text = renderJson(aVerdict({ images: [anImageVerdict({ checks })] }), tool)
    expect(codeOf(() => readUntrustedReport(text, 'report.json'))).toBe('untrusted-report')
  })
})

test('when all reports are rendered then each is text with a last line break', () => {
  expect(Object.keys(REPORTS)).toContain('report.json')
  // What can be attested is so only in a scan of today.
  const output = Object.entries(REPORTS).filter(([name]) => !name.includes('.vsa.'))
  for (const [, render] of output) {
    expect(render(rich, tool)).toMatch(/\n$/)
  }
})
