import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../src/judge/judge.js'
import { becauseText } from '../../../src/model/because/texts.js'
import { START_TEST } from '../../../src/model/bench-ids.js'
import type { Evidence } from '../../../src/model/evidence.js'
import { benchFinding } from '../../../src/model/finding/bench.js'
import type { Image } from '../../../src/model/image/image.js'
import { NOT_RUN } from '../../../src/model/run/regression-test.js'
import type { GatePolicy } from '../../../src/policy/gate/thresholds.js'
import { aResult, engineResult } from '../../support/bench.js'
import {
  aBase,
  aFinding,
  aJudgedInput,
  aLayer,
  anAnswer,
  anEvidence,
  anImage,
  anUnfixedFinding,
  aPolicy,
  aProblem,
  aSource,
  aWhitelistEntry,
  LAYER,
  TODAY,
} from '../../support/builders.js'
import { problemThrownBy } from '../../support/problems.js'
import { noDsa } from './ruling-of.js'

describe('the verdict word', () => {
  const problem = aProblem()
  const unanswered = aJudgedInput([], {
    answers: [{ evidence: anEvidence(), answer: { check: 'clair', state: 'unanswered', problem } }],
  })
  const passing = aJudgedInput([anUnfixedFinding()])
  const failing = aJudgedInput([aFinding()])

  test('when nothing blocks and all is answered then pass', () => {
    expect(judge([passing], aPolicy(), TODAY).verdict).toBe('pass')
  })

  test('when a check is unanswered then incomplete, with its problem', () => {
    const verdict = judge([unanswered], aPolicy(), TODAY)
    expect(verdict.verdict).toBe('incomplete')
    expect(verdict.images[0]?.checks).toEqual([
      { check: 'clair', state: 'unanswered', problem, tookMs: 2100, notes: [], limits: [], bench: null },
    ])
  })

  test.each(['not-debian', 'no-os-release', 'no-files'] as const)(
    'when the image is none of Debian (%s) then incomplete, whatever else was found in it',
    (code) => {
      const other = aProblem({ code })
      const answer = { check: 'security-updates', state: 'unanswered', problem: other } as const
      const answers = [...failing.answers, { evidence: anEvidence({ check: 'security-updates' }), answer }]
      const policy = aPolicy([], { checks: ['clair', 'security-updates'] })
      const { verdict, images } = judge([{ ...failing, answers }], policy, TODAY)
      expect([verdict, images[0]?.findings.some(({ blocks }) => blocks)]).toEqual(['incomplete', true])
    },
  )

  test('when evidence carries a problem then even an empty answer is none', () => {
    const input = aJudgedInput([], { answers: [{ evidence: anEvidence({ problem }), answer: anAnswer([]) }] })
    expect(judge([input], aPolicy(), TODAY).verdict).toBe('incomplete')
  })

  test('when a check that is asked for has no evidence then incomplete, and fail if another blocks', () => {
    const both = aPolicy([], { checks: ['clair', 'docker-bench'] })
    expect(judge([passing], both, TODAY).verdict).toBe('incomplete')
    expect(judge([failing], both, TODAY).verdict).toBe('fail')
    const [image] = judge([passing], both, TODAY).images
    expect(image?.checks[1]).toEqual({
      ...{ check: 'docker-bench', state: 'unanswered', tookMs: 0, notes: [], limits: [], bench: null },
      problem: {
        code: 'no-evidence',
        what: 'there is no evidence from the docker-bench check',
        where: 'app:1.4.0',
        todo: 'run the docker-bench check, or remove it from the list of checks in policies/gate.yml',
      },
    })
    expect(image?.sources).toEqual([aSource()])
  })

  test('when a check has no answer, then what was found on the way counts all the same, and its sources are named', () => {
    const doubtful = aFinding({ check: 'security-updates', id: 'package-database-doubtful', package: null })
    const silent = (part: Partial<Evidence>) => {
      const check = 'security-updates'
      const answer = { check, state: 'unanswered', problem, otherFindings: [doubtful] } as const
      const evidence = anEvidence({ check, ...part })
      const policy = aPolicy([], { checks: [check] })
      const [image] = judge([aJudgedInput([], { answers: [{ evidence, answer }] })], policy, TODAY).images
      return image
    }
    const image = silent({})
    expect([image?.verdict, image?.findings.map(({ id }) => id)]).toEqual([
      'fail',
      ['package-database-doubtful'],
    ])
    expect(image?.checks.map((check) => check.problem)).toEqual([problem])
    expect(image?.sources).toEqual([aSource()])
    // What stopped the collecting says more than what followed from it.
    const first = aProblem({ code: 'no-space' })
    expect(silent({ problem: first })?.checks.map((check) => check.problem)).toEqual([first])
  })

  test('when the history names what made a layer, then it is reported: a command, else its comment', () => {
    const line = { createdBy: null, comment: null, created: null, emptyLayer: false }
    const history = [
      { ...line, createdBy: 'ADD x', comment: 'by buildkit' },
      { ...line, createdBy: 'ENV A=1', emptyLayer: true },
      { ...line, comment: 'Imported' },
      line,
    ]
    const layers = ['sha256:1', 'sha256:2', 'sha256:3'].map((diffId) => aLayer({ diffId }))
    const made = (lines: Image['history']) =>
      judge([aJudgedInput([], { image: anImage({ history: lines, layers }) })], aPolicy(), TODAY).images[0]
        ?.layers
    expect(made(history)).toEqual([
      { diffId: 'sha256:1', createdBy: 'ADD x' },
      { diffId: 'sha256:2', createdBy: 'Imported' },
      { diffId: 'sha256:3', createdBy: null },
    ])
    expect(made([])?.map(({ createdBy }) => createdBy)).toEqual([null, null, null])
  })

  test('when a check runs always, or its program was named, then it counts, though the policy does not list it', () => {
    const answers = (['credentials', 'regression-test', 'docker-bench'] as const).map((check) => ({
      evidence: anEvidence({ check }),
      answer: anAnswer([], check),
    }))
    const input = aJudgedInput([], { answers: [...passing.answers, ...answers] })
    const [image] = judge([input], aPolicy(), TODAY).images
    expect(image?.checks.map(({ check }) => check)).toEqual(['clair', 'credentials', 'regression-test'])
    expect(image?.regressionTest).toEqual(NOT_RUN)
  })

  test('when an image has a problem, then no answer about it counts, even if it was opened', () => {
    const [image] = judge([{ ...failing, problem }], aPolicy(), TODAY).images
    expect([image?.verdict, image?.findings]).toEqual(['incomplete', []])
    expect(image?.checks.map((check) => check.problem)).toEqual([problem])
  })

  test('when an entry about a result of Docker Bench has expired then it acts, and the entry is named', () => {
    const answers = [
      { evidence: anEvidence({ check: 'docker-bench' }), answer: anAnswer([], 'docker-bench') },
    ]
    const because = (expires: string) => {
      const entry = aWhitelistEntry({ check: 'docker-bench', id: '4.1', package: null, expires })
      const policy = aPolicy([entry], { checks: ['docker-bench'] })
      const [image] = judge([aJudgedInput([], { answers })], policy, TODAY).images
      const found = image?.findings.find(({ id }) => id === '4.1')
      return [found?.ruling, found && becauseText(found), found?.blocks]
    }
    expect(because('2026-12-01')).toMatchObject({ 0: 'accepted', 2: false })
    const place = aWhitelistEntry().place
    expect(because('2026-10-01')).toEqual([
      'act',
      expect.stringContaining(`; the entry at ${place.file}:${place.line} expired on 2026-10-01`),
      true,
    ])
  })

  test('when Docker Bench judged several images then each has its own table, with who accepts what is worse', () => {
    const ran = { ran: true, source: 'commit 1', tree: null } as const
    const of = (reference: string, expectedRuling: 'PASS' | 'WARN') => {
      const finding = benchFinding(
        aResult('4.6', { builtin: engineResult(expectedRuling), dbs: engineResult(expectedRuling) }),
      )
      const answer = anAnswer([finding], 'docker-bench', { bench: ran })
      const answers = [{ evidence: anEvidence({ check: 'docker-bench' }), answer }]
      return aJudgedInput([], { reference, answers })
    }
    const entry = aWhitelistEntry({ check: 'docker-bench', id: '4.6', package: null })
    const policy = aPolicy([entry], { checks: ['docker-bench'] })
    const { images } = judge([of('app:1', 'PASS'), of('app:2', 'WARN')], policy, TODAY)
    const tables = images.map(({ checks }) => checks[0]?.bench)
    expect(tables.map((table) => table?.run)).toEqual([ran, ran])
    const rowOf = (at: number) => tables[at]?.rows.find(({ id }) => id === '4.6')
    expect(rowOf(0)).toMatchObject({
      outcome: 'match',
      dbs: engineResult('PASS'),
      because: [{ reason: 'as-expected' }],
    })
    expect(rowOf(1)).toMatchObject({
      outcome: 'worse',
      builtin: engineResult('WARN'),
      because: [{ reason: 'accepted', owner: 'platform' }],
    })
    // What is expected and has no result is a row too.
    expect(tables[0]?.rows.filter(({ outcome }) => outcome === 'missing').map(({ id }) => id)).toContain(
      '4.1',
    )
  })

  test('when Docker Bench gave no answer, or it is another check, then there is no table', () => {
    const answers = [
      { evidence: anEvidence({ check: 'docker-bench', problem }), answer: anAnswer([], 'docker-bench') },
    ]
    const both = aPolicy([], { checks: ['clair', 'docker-bench'] })
    const input = aJudgedInput([], { answers: [...passing.answers, ...answers] })
    const [image] = judge([input], both, TODAY).images
    expect(image?.checks.map(({ state, bench }) => [state, bench])).toEqual([
      ['answered', null],
      ['unanswered', null],
    ])
  })

  test('when a result of Docker Bench does not block then an entry about it accepts nothing', () => {
    const answers = [
      { evidence: anEvidence({ check: 'docker-bench' }), answer: anAnswer([], 'docker-bench') },
    ]
    const entry = aWhitelistEntry({ check: 'docker-bench', id: '4.1', package: null })
    const policy = aPolicy([entry], { checks: ['docker-bench'] })
    const defaults = { ...policy.dictionary.defaults, missing: 'report' as const }
    const lenient = { ...policy, dictionary: { ...policy.dictionary, defaults } }
    const [image] = judge([aJudgedInput([], { answers })], lenient, TODAY).images
    expect(image?.findings.find(({ id }) => id === '4.1')).toMatchObject({ ruling: 'noted', blocks: false })
  })

  test('when the made-up result that the dictionary rules out is not told then Docker Bench gave no answer', () => {
    const answers = [
      { evidence: anEvidence({ check: 'docker-bench' }), answer: anAnswer([], 'docker-bench') },
    ]
    const policy = aPolicy([], { checks: ['docker-bench'] })
    // No file can say this: of the start test only PASS is as expected, whatever a dictionary says.
    const entries = policy.dictionary.entries
      .slice(0, 1)
      .map((one) => ({ ...one, id: START_TEST, host: null, expect: ['NOTE', 'INFO', 'WARN'] }) as const)
    const broken = { ...policy, dictionary: { ...policy.dictionary, entries } }
    const verdict = judge([aJudgedInput([], { answers })], broken, TODAY)
    expect(verdict.verdict).toBe('incomplete')
    expect(verdict.images[0]?.checks[0]?.problem?.code).toBe('dictionary-canary-not-found')
  })

  test('when an image could not be opened then every check of it is unanswered for that reason', () => {
    const input = aJudgedInput([], { image: null, problem })
    const [image] = judge([input], aPolicy([], { checks: ['clair', 'docker-bench'] }), TODAY).images
    expect(image?.verdict).toBe('incomplete')
    expect(image?.checks.map((check) => check.problem)).toEqual([problem, problem])
    expect(image).toMatchObject({ digest: null, platform: null })
    // Whoever gives no reason gives no image all the same: an answer about it is none.
    const unexplained = judge([{ ...passing, image: null }], aPolicy(), TODAY)
    expect(unexplained.verdict).toBe('incomplete')
    expect(unexplained.images[0]?.checks[0]?.problem).toMatchObject({
      ...{ code: 'image-not-opened', what: 'the image could not be opened', where: 'app:1.4.0' },
    })
    expect(unexplained.images[0]?.layers).toEqual([])
    const named = judge([{ ...input, platform: 'linux/arm64/v8' }], aPolicy(), TODAY).images[0]?.platform
    expect(named).toEqual({ os: 'linux', architecture: 'arm64', variant: 'v8' })
  })

  test.each([
    [[passing, passing], 'pass'],
    [[passing, unanswered], 'incomplete'],
    [[unanswered, failing, passing], 'fail'],
  ])('when there are several images then the worst counts (%#)', (images, expectedRuling) => {
    expect(judge(images, aPolicy(), TODAY).verdict).toBe(expectedRuling)
  })

  test('when a check is not asked for then what it says is not judged', () => {
    const [image] = judge([failing], aPolicy([], { checks: ['docker-bench'] }), TODAY).images
    expect(image?.findings).toEqual([])
    expect(image?.verdict).toBe('incomplete')
  })

  test.each([
    ['there is no image to judge', [], aPolicy(), TODAY],
    ['the policy enables no checks', [passing], aPolicy([], { checks: [] }), TODAY],
    ['today is "1-2026-11-24", not YYYY-MM-DD', [passing], aPolicy(), '1-2026-11-24'],
    ['today is "2026-11-24T", not YYYY-MM-DD', [passing], aPolicy(), '2026-11-24T'],
    [
      'one check returned two answers for app:1.4.0',
      [{ ...passing, answers: [...passing.answers, ...passing.answers] }],
      aPolicy(),
      TODAY,
    ],
  ])('when %s, then that is an error of our own', (what, images, policy, today) => {
    expect(problemThrownBy(() => judge(images, policy, today))).toEqual({
      ...{ code: 'internal', what, where: 'judge' },
      todo: 'run again with --debug, and report the error with the output',
    })
  })
})

describe('the order of findings', () => {
  test('when findings differ then blocking, ruling, severity, package and id decide', () => {
    const findings = [
      anUnfixedFinding({ id: 'CVE-6', package: 'a' }),
      aFinding({ id: 'CVE-7', severity: 'low' }),
      anUnfixedFinding({ id: 'CVE-5', debian: noDsa }),
      aFinding({ id: 'CVE-4', severity: 'unknown' }),
      aFinding({ id: 'CVE-3', package: 'b' }),
      aFinding({ id: 'CVE-2', package: 'b' }),
      aFinding({ id: 'CVE-1', severity: 'critical', package: 'z' }),
      aFinding({ id: 'CVE-0', package: 'Z' }),
    ]
    const [image] = judge([aJudgedInput(findings)], aPolicy(), TODAY).images
    expect(image?.findings.map(({ id }) => id)).toEqual([
      'CVE-1',
      'CVE-0',
      'CVE-2',
      'CVE-3',
      'CVE-4',
      'CVE-5',
      'CVE-6',
      'CVE-7',
    ])
  })
})

describe('the base', () => {
  const { official: _, ...base } = aBase({ movedOn: true })
  const judged = (gate: Partial<GatePolicy>) => {
    const answer = anAnswer([], 'security-updates', { base })
    const input = aJudgedInput([], {
      answers: [{ evidence: anEvidence({ check: 'security-updates' }), answer }],
    })
    const [image] = judge([input], aPolicy([], { checks: ['security-updates'], ...gate }), TODAY).images
    if (image === undefined) {
      throw new Error('the image was lost')
    }
    return image
  }

  test('when no bases are named then it is reported, and only noted', () => {
    const { verdict, base: baseInVerdict, findings } = judged({})
    expect(baseInVerdict).toEqual({ ...base, official: true })
    expect([verdict, findings.map(({ id, ruling }) => [id, ruling])]).toEqual([
      'pass',
      [['base-moved-on', 'noted']],
    ])
  })

  test('when another base is named then it blocks', () => {
    const { verdict, base: baseInVerdict, findings } = judged({ allowedBases: ['ghcr.io/acme/*'] })
    expect(baseInVerdict?.official).toBe(false)
    expect(verdict).toBe('fail')
    expect(findings.map(({ id, ruling }) => [id, ruling])).toEqual([
      ['unofficial-base', 'act'],
      ['base-moved-on', 'noted'],
    ])
  })

  test('when the check did not answer then nothing is said of the base', () => {
    const answers = [
      {
        evidence: anEvidence({ check: 'security-updates', problem: aProblem() }),
        answer: anAnswer([aFinding()], 'security-updates'),
      },
    ]
    const policy = aPolicy([], { checks: ['security-updates'], allowedBases: ['debian'] })
    const [image] = judge([aJudgedInput([], { answers })], policy, TODAY).images
    expect([image?.base, image?.findings, image?.verdict]).toEqual([null, [], 'incomplete'])
  })

  test('when the check is not required then its answer says nothing of whose findings they are', () => {
    const answers = (['security-updates', 'clair'] as const).map((check) => ({
      evidence: anEvidence({ check }),
      answer:
        check === 'clair'
          ? anAnswer([aFinding({ layer: LAYER, binaries: [] })])
          : anAnswer([], check, { base: aBase() }),
    }))
    const ownersUnder = (...checks: ('security-updates' | 'clair')[]) =>
      judge([aJudgedInput([], { answers })], aPolicy([], { checks }), TODAY).images.flatMap(({ findings }) =>
        findings.map(({ owner }) => owner),
      )
    expect([ownersUnder('clair'), ownersUnder('clair', 'security-updates')]).toEqual([[null], ['base']])
  })

  test('when only Clair was asked then there is no finding about it', () => {
    const [image] = judge([aJudgedInput([])], aPolicy([], { allowedBases: ['debian'] }), TODAY).images
    expect([image?.base, image?.findings]).toEqual([null, []])
  })
})
