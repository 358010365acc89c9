import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readGateOnly, readJudging } from '../../../src/inputs/policies.js'
import { CHOSEN_CHECK_IDS } from '../../../src/model/checks.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { inputs, type Values } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'
import { inNewFolders } from '../../support/work-folder.js'
import { entry, errorsOf, judging, write } from './read-inputs.js'

const root = inNewFolders()

describe('readJudging, the inputs', () => {
  test('when nothing is given, then the built-in gate holds, for the day of now, without a whitelist', () => {
    expect(judging()).toMatchObject({
      policy: { gate: DEFAULT_GATE, whitelist: { file: null, entries: [] } },
      today: '2026-11-24',
      reportDir: 'seaworthy-report',
      debug: false,
    })
  })

  test.each([
    ['3', true],
    ['1', false],
    ['', false],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression that nobody has evaluated
    ['${{ strategy.job-total }}', false],
  ])(
    'when the matrix has "%s" jobs, then others share the policies: %s, in a replay too',
    (jobs, isShared) => {
      const { policy, inputs } = judging({ 'matrix-jobs': jobs })
      expect(policy.gate.isShared).toBe(isShared)
      expect(judging(inputs).policy.gate.isShared).toBe(isShared)
    },
  )

  test('when a day is given, then it goes before now', () => {
    expect(judging({ today: ' 2026-02-28 ' }).today).toBe('2026-02-28')
  })

  test.each<[string, Values, string]>([
    ['a day that is none', { today: '2026-02-30' }, 'today: "2026-02-30" is not a date'],
    ['a day in other words', { today: 'tomorrow' }, 'today: "tomorrow"'],
    ['a number that is none', { 'matrix-jobs': 'many' }, 'matrix-jobs: "many" is not a number of jobs'],
    ['a severity that is none', { 'fail-on': 'urgent' }, 'fail-on: "urgent" is not one of negligible, low,'],
    ['what nobody has rated', { 'fail-on': 'unknown' }, 'fail-on: "unknown"'],
    [
      'a gate that never fails',
      { 'fail-on': 'never' },
      'fail-on: "never" is not allowed, because a gate that never fails decides nothing',
    ],
    [
      'thresholds of two kinds at once',
      { 'fail-on': 'high,own=critical' },
      'fail-on: "high,own=critical" is neither a single severity nor one for each owner, such as base=critical,own=high',
    ],
    [
      'a threshold of one owner',
      { 'fail-on': 'base=high' },
      'fail-on: "base=high" is neither a single severity',
    ],
    [
      'a threshold of an owner twice',
      { 'fail-on': 'base=high,own=low,base=low' },
      'fail-on: "base=high,own=low,base=low" is neither',
    ],
    [
      'a threshold of nobody',
      { 'fail-on': 'base=high,mine=low' },
      'fail-on: "base=high,mine=low" is neither',
    ],
    ['an owner without a severity', { 'fail-on': 'base=,own=low' }, 'fail-on: "base=,own=low" is neither'],
    [
      'a severity of an owner that is none',
      { 'fail-on-unfixed': 'base=never,own=urgent' },
      'fail-on-unfixed: "urgent" is not one of negligible,',
    ],
    [
      'an owner for whom the gate never fails',
      { 'fail-on': 'base=never,own=low' },
      'fail-on: "never" is not allowed, because a gate that never fails decides nothing',
    ],
    ['another severity that is none', { 'fail-on-unfixed': 'High' }, 'fail-on-unfixed: "High"'],
    [
      'a check that is none',
      { checks: 'clair,trivy' },
      'checks: "trivy" is not one of security-updates, clair',
    ],
    ['a mode with a typo', { mode: 'audti' }, 'mode: "audti" is neither enforce nor audit'],
    ['a member of every object', { checks: 'toString' }, 'checks: "toString" is not one of'],
  ])('when there is %s, then that is told, once', (_, values, message) => {
    expect(errorsOf(() => judging(values))).toEqual([expect.stringContaining(message)])
  })

  test('when several are wrong, then all are reported at once', () => {
    const values = {
      today: 'x',
      'fail-on': 'x',
      'fail-on-unfixed': 'x',
      checks: 'x',
    }
    const reported = errorsOf(() => judging(values)).map((message) => message.split(':')[0])
    expect(reported.sort()).toEqual(Object.keys(values).sort())
  })

  test.each(CHOSEN_CHECK_IDS)('when only the check %s is asked for, then it alone runs', (check) => {
    expect(judging({ checks: check }).policy.gate.checks).toEqual([check])
  })
})

describe('readJudging, gate.yml', () => {
  const GATE =
    'version: 1\nfail-on: low\nfail-on-unfixed: critical\nfail-on-unexamined: true\nmax-data-age: 72\n'

  test('when gate.yml is at its default path, then it goes before the built-in gate', () => {
    write('policies/gate.yml', GATE)
    expect(judging().policy.gate).toEqual({
      ...DEFAULT_GATE,
      failOn: 'low',
      failOnUnfixed: 'critical',
      failOnUnexamined: true,
      maxDataAge: 72,
      file: 'policies/gate.yml',
    })
  })

  test('when inputs are given too, then they go before gate.yml, one by one', () => {
    write('policies/gate.yml', GATE)
    expect(judging({ 'fail-on': 'medium' }).policy.gate).toMatchObject({
      failOn: 'medium',
      failOnUnfixed: 'critical',
      failOnUnexamined: true,
    })
    expect(judging({ 'fail-on-unfixed': 'never' }).policy.gate).toMatchObject({
      failOn: 'low',
      failOnUnfixed: null,
      failOnUnexamined: true,
    })
  })

  test('when another folder is named, then the one at the default path is not read', () => {
    write('policies/gate.yml', 'nonsense')
    write('other/gate.yml', 'version: 1\nfail-on: critical\n')
    for (const policies of ['other', './other/', join(process.cwd(), 'other')]) {
      expect(judging({ policies }).policy.gate.failOn).toBe('critical')
    }
  })

  test('when the folder is given empty, as a workflow does that passes its own input on, then the default holds', () => {
    write('policies/gate.yml', GATE)
    expect(judging({ policies: ' ' }).policy.gate.failOn).toBe('low')
  })

  test('when gate.yml names the checks, then an input goes before it', () => {
    write('policies/gate.yml', 'version: 1\nchecks: [clair]\n')
    expect(judging().policy.gate.checks).toEqual(['clair'])
    expect(judging({ checks: 'docker-bench' }).policy.gate.checks).toEqual(['docker-bench'])
  })

  test('when gate.yml is wrong, then its lines are reported', () => {
    write('policies/gate.yml', 'version: 1\nfail-om: low\n')
    const problem = problemThrownBy(() => judging())
    expect(problem.code).toBe('policy-invalid')
    expect(problem.what).toContain('policies/gate.yml:2: ')
  })
})

describe('readJudging, the files', () => {
  test('when a folder is named that has no policies, then that is reported, but the default folder may be missing', () => {
    mkdirSync('empty')
    for (const policies of ['empty', 'nowhere']) {
      const problem = problemThrownBy(() => judging({ policies }))
      expect(problem).toMatchObject({ code: 'policy-missing', where: policies })
      expect(problem.what).toContain('contains no gate.yml, whitelist.yml, dictionary.yml')
    }
    for (const policies of ['policies', './policies/']) {
      expect(judging({ policies }).policy.gate).toEqual(DEFAULT_GATE)
    }
    write('empty/whitelist.yml', entry())
    expect(judging({ policies: 'empty' }).policy.gate).toEqual(DEFAULT_GATE)
  })

  test('when a file is named instead of its folder, then one error names that folder', () => {
    write('mine/gate.yml', 'version: 1\n')
    const problem = {
      code: 'policy-missing',
      what: 'the input "policies" must specify a folder, but this is a file',
      where: 'mine/gate.yml',
      todo: 'specify its folder: mine',
    }
    expect(problemThrownBy(() => judging({ policies: 'mine/gate.yml' }))).toEqual(problem)
    expect(
      problemThrownBy(() => readGateOnly((name) => (name === 'policies' ? 'mine/gate.yml' : ''))),
    ).toEqual(problem)
    write('mine/notes.txt', '')
    expect(problemThrownBy(() => judging({ policies: 'mine/notes.txt' })).todo).toContain(
      'that contains gate.yml',
    )
  })

  test('when a whitelist is there, then its entries come with their lines', () => {
    write('policies/whitelist.yml', entry())
    expect(judging().policy.whitelist).toMatchObject({
      file: 'policies/whitelist.yml',
      entries: [{ id: 'CVE-2011-3374', place: { file: 'policies/whitelist.yml', line: 3 } }],
    })
    write('mine/whitelist.yml', entry())
    expect(judging({ policies: 'mine' }).policy.whitelist.file).toBe('mine/whitelist.yml')
  })

  test.each<[string, string, string]>([
    ['a wrong key', entry('    owners: x\n'), 'owners'],
    ['a duplicate', entry().concat(entry().split('entries:\n')[1] ?? ''), 'covers the same findings as'],
    ['no YAML', 'version: 1\nentries: [\n', ':'],
    ['a bad date', entry().replace('2027-03-31', '2027-02-30'), 'is not a date'],
  ])('when the whitelist has %s, then it is told with its place', (_, text, message) => {
    write('policies/whitelist.yml', text)
    const problem = problemThrownBy(() => judging())
    expect(problem).toMatchObject({ code: 'policy-invalid', where: 'policies/whitelist.yml' })
    expect(problem.what).toMatch(/^policies\/whitelist\.yml:\d+: /)
    expect(problem.what).toContain(message)
  })

  test('when a whitelist includes another, then its entries count, but not over a link that leads out', () => {
    write('policies/whitelist.yml', 'version: 1\ninclude: [more.yml]\nentries: []\n')
    write('policies/more.yml', entry())
    expect(judging().policy.whitelist.entries).toMatchObject([
      { id: 'CVE-2011-3374', place: { file: 'policies/more.yml', line: 3 } },
    ])
    const outside = join(root, 'outside.yml')
    writeFileSync(outside, entry())
    rmSync('policies/more.yml')
    symlinkSync(outside, 'policies/more.yml')
    expect(problemThrownBy(() => judging())).toMatchObject({
      code: 'file-unreadable',
      where: 'policies/more.yml',
    })
  })

  test('when policies come from elsewhere, then all of them do, with what they include', () => {
    write('policies/whitelist.yml', entry())
    const files: Record<string, string> = {
      'policies/gate.yml': 'version: 1\nmax-span: 100\n',
      'policies/whitelist.yml': 'version: 1\ninclude: [more.yml]\nentries: []\n',
      'policies/more.yml': entry(),
    }
    const read = (path: string) => files[path] ?? null
    const problem = problemThrownBy(() =>
      readJudging(inputs(), '2026-11-24', { read, binding: false, notices: [] }),
    )
    expect(problem.what).toContain('policies/more.yml:7: entries[0].expires: 2027-03-31 is 127 days')
    files['policies/gate.yml'] = 'version: 1\nmax-span: 127\n'
    const { policy } = readJudging(inputs(), '2026-11-24', { read, binding: false, notices: [] })
    expect(policy.whitelist.entries).toHaveLength(1)
    expect(policy.dictionary.file).toBeNull()
  })

  test('when the place of a policy is a folder, then that is no missing file', () => {
    mkdirSync('policies/whitelist.yml', { recursive: true })
    expect(problemThrownBy(() => judging()).code).toBe('file-unreadable')
  })

  test('when the dictionary is no YAML, then that is reported before anything is started', () => {
    write('policies/dictionary.yml', 'a: [')
    const problem = problemThrownBy(() => judging())
    expect(problem).toMatchObject({ code: 'policy-invalid', where: 'policies/dictionary.yml' })
  })
})
