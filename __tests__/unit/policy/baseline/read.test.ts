import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { JudgedInput } from '../../../../src/judge/answers.js'
import { judge } from '../../../../src/judge/judge.js'
import { benchFinding } from '../../../../src/model/finding/bench.js'
import type { Finding } from '../../../../src/model/finding/index.js'
import { obstacle } from '../../../../src/model/finding/obstacle.js'
import type { Verdict } from '../../../../src/model/verdict.js'
import { readBaseline } from '../../../../src/policy/baseline/compare.js'
import type { GatePolicy } from '../../../../src/policy/gate/thresholds.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import { aResult, engineResult } from '../../../support/bench.js'
import {
  aFinding,
  aJudgedInput,
  anAnswer,
  anApplicationFinding,
  anEvidence,
  anImage,
  anUnfixedFinding,
  aPolicy,
  aProblem,
  aWhitelistEntry,
  TODAY,
} from '../../../support/builders.js'
import { withTexts } from '../../../support/facts.js'

const tool = { name: 'seaworthy', version: '0.1.0' }
const NEW_ONLY = { failOnNewOnly: true } as const

const reportOf = (
  findings: readonly Finding[],
  part: Partial<JudgedInput> = {},
  policy = aPolicy(),
): string => renderJson(judge([aJudgedInput(findings, part)], policy, '2026-11-01'), tool)

function against(
  report: string | null,
  findings: readonly Finding[],
  gate: Partial<GatePolicy> = {},
  part: Partial<JudgedInput> = {},
): Verdict {
  const policy = { ...aPolicy([], gate), baseline: readBaseline(report, 'base/report.json') }
  return judge([aJudgedInput(findings, part)], policy, TODAY)
}
const of = ({ images }: Verdict) => images[0]?.findings ?? []
const [one, two] = [aFinding(), aFinding({ id: 'CVE-2026-10002', package: 'perl' })]

describe('against a baseline', () => {
  test('when findings are new, gone and unchanged then each is distinguished', () => {
    const verdict = against(reportOf([one, aFinding({ id: 'CVE-2026-3' })]), [one, two])
    expect(of(verdict).map(({ id, since, blocks }) => [id, since, blocks])).toEqual([
      ['CVE-2026-10001', 'unchanged', true],
      ['CVE-2026-10002', 'new', true],
    ])
    expect(verdict.images[0]?.gone).toEqual([
      { check: 'clair', id: 'CVE-2026-3', package: 'apt', severity: 'high', ruling: 'act' },
    ])
  })

  test('when findings are gone then they are listed by severity, then by name', () => {
    const ids = ['CVE-3', 'CVE-1', 'CVE-2', 'CVE-4']
    const report = reportOf(ids.map((id) => aFinding({ id, severity: id === 'CVE-4' ? 'critical' : 'high' })))
    expect(against(report, [one]).images[0]?.gone?.map(({ id }) => id)).toEqual([
      'CVE-4',
      'CVE-1',
      'CVE-2',
      'CVE-3',
    ])
  })

  test('when the version is another then the finding is the same, and in another package it is not', () => {
    const report = reportOf([one])
    expect(of(against(report, [aFinding({ version: '2.6.1+b1' })]))[0]?.since).toBe('unchanged')
    expect(of(against(report, [aFinding({ package: 'apt-utils' })]))[0]?.since).toBe('new')
    // As some editors save it.
    expect(of(against(`\uFEFF${report}`, [one]))[0]?.since).toBe('unchanged')
  })

  test('when Debian has published another update of a package then it is new, and blocks', () => {
    const update = (fixedVersion: string) =>
      aFinding({ check: 'security-updates', id: 'security-update', severity: 'unknown', fixedVersion })
    const policy = aPolicy([], { checks: ['security-updates'] })
    const inputOf = (finding: Finding) =>
      aJudgedInput([], {
        answers: [
          {
            evidence: anEvidence({ check: 'security-updates' }),
            answer: anAnswer([finding], 'security-updates'),
          },
        ],
      })
    const before = renderJson(judge([inputOf(update('2.6.2'))], policy, '2026-11-01'), tool)
    const now = (fixedVersion: string) => {
      const gate = { ...policy.gate, ...NEW_ONLY }
      const baseline = readBaseline(before, 'base/report.json')
      return judge([inputOf(update(fixedVersion))], { ...policy, gate, baseline }, TODAY)
    }
    expect(of(now('2.6.2'))[0]).toMatchObject({ since: 'unchanged', blocks: false })
    expect(of(now('2.6.3'))[0]).toMatchObject({ since: 'new', blocks: true })
    expect(now('2.6.3').images[0]?.gone).toEqual([
      {
        check: 'security-updates',
        id: 'security-update',
        package: 'apt',
        severity: 'unknown',
        ruling: 'act',
      },
    ])
  })

  test('when there is none then nothing is said', () => {
    const verdict = judge([aJudgedInput([one])], aPolicy(), TODAY)
    expect(verdict.images[0]?.gone).toBeNull()
    expect(of(verdict)[0]?.since).toBeNull()
  })

  test('when the check was not answered then, or is not now, then what is new or gone is not known', () => {
    const unanswered = reportOf([], { image: anImage(), answers: [] })
    expect(of(against(unanswered, [one], NEW_ONLY))[0]).toMatchObject({ since: null, blocks: true })
    const now = against(reportOf([one]), [], {}, { answers: [] })
    expect(now.images[0]?.gone).toEqual([])
  })

  test('when its tag is another then it is compared all the same, if it is the only one', () => {
    const report = reportOf([one], { reference: 'app:1.3.0' })
    expect(of(against(report, [one]))[0]?.since).toBe('unchanged')
    const two = ['app:1.2.0', 'app:1.3.0'].map((reference) => aJudgedInput([one], { reference }))
    const several = renderJson(judge(two, aPolicy(), TODAY), tool)
    expect(of(against(several, [one], NEW_ONLY))[0]).toMatchObject({ since: null, blocks: true })
  })

  test('when both are archives then another file is another image, though neither has a repository', () => {
    const at = (reference: string) => ({ reference })
    const report = reportOf([one], at('/images/App 1.tar'))
    const now = (reference: string) => of(against(report, [one], NEW_ONLY, at(reference)))[0]
    expect(now('/images/App 1.tar')).toMatchObject({ since: 'unchanged', blocks: false })
    expect(now('/images/App 2.tar')).toMatchObject({ since: null, blocks: true })
  })
})

describe('fail-on-new-only', () => {
  test('when it was to act on already then it does not block, and says why', () => {
    const verdict = against(reportOf([one]), [one], NEW_ONLY)
    expect(verdict.verdict).toBe('pass')
    expect(of(verdict).map(withTexts)[0]).toMatchObject({
      ruling: 'act',
      blocks: false,
      because: expect.stringMatching(
        /; it already blocked the release in the baseline, so fail-on-new-only lets it pass$/,
      ),
    })
  })

  test('when the baseline was let pass in the same way then it is still no news', () => {
    const again = renderJson(against(reportOf([one]), [one], NEW_ONLY), tool)
    expect(against(again, [one], NEW_ONLY).verdict).toBe('pass')
  })

  test('when it is in KEV then it blocks, new or not', () => {
    const kev = aFinding({ kev: true })
    const verdict = against(reportOf([kev]), [kev], NEW_ONLY)
    expect(verdict.verdict).toBe('fail')
    expect(of(verdict).map(withTexts)[0]?.because).toContain(
      'fail-on-new-only does not apply to vulnerabilities in KEV',
    )
  })

  test('when only an entry with its id accepts it then it blocks, new or not', () => {
    const doubtful = aFinding({
      check: 'security-updates',
      id: 'package-database-doubtful',
      package: null,
      fixedVersion: null,
    })
    const checks = ['security-updates'] as const
    const answers = [
      {
        evidence: anEvidence({ check: 'security-updates', sources: [] }),
        answer: anAnswer([doubtful], 'security-updates'),
      },
    ]
    const report = reportOf([], { answers }, aPolicy([], { checks }))
    const verdict = against(report, [], { ...NEW_ONLY, checks }, { answers })
    expect(verdict.verdict).toBe('fail')
    expect(of(verdict)[0]).toMatchObject({ since: 'unchanged', blocks: true })
    expect(of(verdict).map(withTexts)[0]?.because).toContain(
      'only a whitelist entry with this id can accept it',
    )
  })

  test('when content could not be read then it blocks, new or not: the next may be in the same folder', () => {
    const details = { count: '1', paths: ['opt/x.jar'], folder: 'opt', cause: 'no zip archive', spared: null }
    const unread = obstacle('not-examined-unreadable', 'one file', details)
    const verdict = against(reportOf([unread]), [unread], NEW_ONLY)
    expect(verdict.verdict).toBe('fail')
    expect(of(verdict)[0]).toMatchObject({ since: 'unchanged', blocks: true })
  })

  test('when it does not block now for another reason then that reason stands alone', () => {
    const accepted = aPolicy([aWhitelistEntry({ maxSeverity: 'high' })], NEW_ONLY)
    const baseline = readBaseline(reportOf([one]), 'base/report.json')
    const [image] = judge([aJudgedInput([one])], { ...accepted, baseline }, TODAY).images
    expect(image?.findings[0]).toMatchObject({ ruling: 'accepted', since: 'unchanged' })
    expect(image?.findings.map(withTexts)[0]?.because).not.toContain('fail-on-new-only')
  })

  test('when it was accepted, noted or unfixed then and is to act on now, then it blocks', () => {
    const low = aFinding({ severity: 'low' })
    const accepted = reportOf([low], {}, aPolicy([aWhitelistEntry()]))
    const strict = { ...NEW_ONLY, failOn: 'negligible' } as const
    expect(against(accepted, [low], strict).verdict).toBe('fail')
    expect(against(reportOf([low]), [low], strict).verdict).toBe('fail')
    expect(against(reportOf([anUnfixedFinding()]), [one], NEW_ONLY).verdict).toBe('fail')
  })

  test('when a check is unanswered then it is incomplete, whatever the baseline says', () => {
    expect(against(reportOf([one]), [], NEW_ONLY, { answers: [] }).verdict).toBe('incomplete')
  })
})

describe('fail-on-new-only and results of Docker Bench', () => {
  const checks = ['docker-bench'] as const
  const secrets = (...names: string[]) => {
    const items = names.map((name) => `ENV ${name}`)
    return aResult('4.10', { builtin: engineResult('NOTE', ...items), evidence: ['secret-scan'] })
  }
  const notExamined = (id: string) => aResult(id, { state: 'not-evaluated', builtin: null, counts: null })
  const root = (id: string) => aResult(id, { builtin: engineResult('WARN', 'app:1.4.0') })
  const inputOf = (result: ReturnType<typeof aResult>) =>
    aJudgedInput([], {
      answers: [
        {
          evidence: anEvidence({ check: 'docker-bench' }),
          answer: anAnswer([benchFinding(result)], 'docker-bench'),
        },
      ],
    })

  test.each([
    [
      'names the same',
      secrets('API_TOKEN', 'KEY_SECRET'),
      secrets('KEY_SECRET', 'API_TOKEN'),
      'unchanged',
      false,
    ],
    ['names less', secrets('API_TOKEN', 'KEY_SECRET'), secrets('API_TOKEN'), 'unchanged', false],
    ['names one more', secrets('API_TOKEN'), secrets('API_TOKEN', 'DB_PASSWORD'), 'new', true],
    ['names another one', secrets('API_TOKEN'), secrets('DB_PASSWORD'), 'new', true],
    ['was not examined then', notExamined('4.10'), secrets('API_TOKEN'), 'new', true],
    ['was not examined then, and is bad now', notExamined('4.1'), root('4.1'), 'new', true],
    ['is as bad as it was', root('4.1'), root('4.1'), 'unchanged', false],
    ['is not examined as before', notExamined('4.1'), notExamined('4.1'), 'unchanged', false],
  ])('when a result %s then only what is new blocks', (_, before, after, since, blocks) => {
    const policy = aPolicy([], { checks })
    const baseline = readBaseline(
      renderJson(judge([inputOf(before)], policy, '2026-11-01'), tool),
      'base/report.json',
    )
    const gate = { ...policy.gate, ...NEW_ONLY }
    const found = of(judge([inputOf(after)], { ...policy, gate, baseline }, TODAY))
    expect(found.filter(({ id }) => id === after.id).map((it) => [it.since, it.blocks])).toEqual([
      [since, blocks],
    ])
  })
})

describe('a baseline that cannot be used', () => {
  const report = reportOf([one])
  const other = JSON.parse(report) as Record<string, unknown>
  test.each([
    ['is not there', null, 'there is no such file'],
    ['is cut', report.slice(0, 900), 'it is not valid JSON, or it is truncated'],
    ['is empty', '', 'it is not valid JSON, or it is truncated'],
    ['is something else', '{"bomFormat":"CycloneDX"}', 'it is not a report.json'],
    [
      'is of another schema',
      JSON.stringify({ ...other, schemaVersion: 2 }),
      'its schemaVersion is 2, but only version 1 is supported',
    ],
    ['has no images', JSON.stringify({ ...other, images: [] }), 'it is not a complete report: images'],
    [
      'has no findings',
      JSON.stringify({ ...other, images: [{ reference: 'app:1.4.0' }] }),
      'it is not a complete report: images.0.platform',
    ],
  ])('when it %s then that is told, nothing is compared, and all counts as new', (_, text, why) => {
    const shown = against(text, [one])
    expect(shown.policyNotices).toEqual([
      {
        kind: 'no-baseline',
        place: null,
        text: `the baseline base/report.json can't be used: ${why}; nothing is compared`,
      },
    ])
    expect({ ...shown, policyNotices: [] }).toEqual(judge([aJudgedInput([one])], aPolicy(), TODAY))
    const strict = against(text, [one], NEW_ONLY)
    expect(strict.verdict).toBe('fail')
    expect(strict.policyNotices[0]?.text).toContain('every finding is treated as new')
  })

  test.each([
    ['image', { reference: 'other:1.4.0' }],
    ['registry', { reference: 'ghcr.io/acme/app:1.4.0' }],
    ['platform', { image: anImage({ platform: { os: 'linux', architecture: 'arm64', variant: null } }) }],
  ])('when it is of another %s then that is told, and all counts as new', (_, part) => {
    const verdict = against(reportOf([one], part), [one], NEW_ONLY)
    expect(verdict.verdict).toBe('fail')
    expect(verdict.images[0]?.gone).toBeNull()
    expect(verdict.policyNotices.map(({ text }) => text)).toEqual([
      'the baseline base/report.json contains no image, or more than one, with the name and platform of app:1.4.0: every finding is treated as new',
    ])
  })

  test('when fail-on-new-only has none at all then that is reported', () => {
    const verdict = judge([aJudgedInput([one])], aPolicy([], NEW_ONLY), TODAY)
    expect(verdict).toMatchObject({ verdict: 'fail', policyNotices: [{ kind: 'no-baseline' }] })
  })

  test('when the image was not opened then the baseline is not to blame', () => {
    const part = { image: null, problem: aProblem() }
    expect(against(report, [], NEW_ONLY, part).policyNotices).toEqual([])
  })
})

describe('for any two runs', () => {
  const findings = fc
    .uniqueArray(
      fc.record({
        id: fc.constantFrom('CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3', 'CVE-2026-4'),
        severity: fc.constantFrom('low', 'high', 'critical', 'unknown'),
        kev: fc.constantFrom(true, null),
        package: fc.constantFrom('apt', 'perl'),
      }),
      { selector: ({ id, package: name }) => `${id} ${name}` },
    )
    .map((all) => all.map((part) => aFinding(part as Partial<Finding>)))
  const blocking = (verdict: Verdict) => of(verdict).filter(({ blocks }) => blocks)

  test('when what is not in the baseline would block then it blocks, and so does KEV', () => {
    fc.assert(
      fc.property(findings, findings, (then, now) => {
        const with_ = against(reportOf(then), now, NEW_ONLY)
        const without = judge([aJudgedInput(now)], aPolicy(), TODAY)
        const key = ({ id, package: name }: Finding) => `${id} ${name}`
        const known = new Set(then.map(key))
        const must = blocking(without).filter((finding) => finding.kev === true || !known.has(key(finding)))
        expect(blocking(with_).map(key)).toEqual(expect.arrayContaining(must.map(key)))
        expect(blocking(without).map(key)).toEqual(expect.arrayContaining(blocking(with_).map(key)))
        const counts = of(with_).map(({ since }) => since)
        expect(
          counts.filter((since) => since === 'unchanged').length + (with_.images[0]?.gone?.length ?? -1),
        ).toBe(then.length)
      }),
    )
  })

  test('when it is compared and nothing more is asked then no ruling changes', () => {
    fc.assert(
      fc.property(findings, findings, (then, now) => {
        const withoutSince = of(against(reportOf(then), now)).map((finding) => ({ ...finding, since: null }))
        expect(withoutSince).toEqual(of(judge([aJudgedInput(now)], aPolicy(), TODAY)))
      }),
    )
  })
})

describe('packages of an application against a baseline', () => {
  const applications = (...kinds: readonly ('npm' | 'pypi')[]) => ({
    judged: kinds.map((kind) => ({ kind, count: 1, versions: [] })),
    unexamined: [],
  })
  const GHSA = 'GHSA-35jh-r3h4-6jhm'
  const before = anApplicationFinding({ id: GHSA, ids: [GHSA], cves: [] })
  const npm = { applications: applications('npm') }

  test('when a record has gained a CVE, then it is nothing new, and nothing is gone', () => {
    const verdict = against(reportOf([before], npm), [anApplicationFinding()], NEW_ONLY, npm)
    expect(of(verdict).map(({ since, blocks }) => [since, blocks])).toEqual([['unchanged', false]])
    expect([verdict.images[0]?.gone, verdict.policyNotices]).toEqual([[], []])
  })

  test('when a record has lost its CVE, then it is nothing new either, and nothing is gone', () => {
    const verdict = against(reportOf([anApplicationFinding()], npm), [before], NEW_ONLY, npm)
    expect(of(verdict).map(({ since, blocks }) => [since, blocks])).toEqual([['unchanged', false]])
    expect(verdict.images[0]?.gone).toEqual([])
  })

  test('when it is malware, then it blocks, new or not', () => {
    const malware = anApplicationFinding({ malware: true })
    expect(of(against(reportOf([malware], npm), [malware], NEW_ONLY, npm))[0]?.blocks).toBe(true)
  })

  test('when the report did not judge applications, then they are new, and one line says why', () => {
    const verdict = against(reportOf([], { applications: applications() }), [before], NEW_ONLY, npm)
    expect(of(verdict).map(({ since, blocks }) => [since, blocks])).toEqual([['new', true]])
    expect(verdict.policyNotices.map(({ text }) => text)).toEqual([
      'the baseline base/report.json did not judge 1 npm package in app:1.4.0, so all findings about them are treated as new',
    ])
  })
})
