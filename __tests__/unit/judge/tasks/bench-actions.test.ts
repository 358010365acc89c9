import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { NO_DETAILS } from '../../../../src/judge/ruling-case.js'
import { type BlockingResult, benchActions } from '../../../../src/judge/tasks/bench-actions.js'
import { isSettledByOptions } from '../../../../src/judge/tasks/run-lines.js'
import { benchFinding } from '../../../../src/model/finding/bench.js'
import { DEFAULT_DICTIONARY } from '../../../../src/policy/dictionary/default.js'
import type { Dictionary } from '../../../../src/policy/dictionary/dictionary.js'
import { readDictionary } from '../../../../src/policy/dictionary/read.js'
import { ruleBench } from '../../../../src/policy/dictionary/rules.js'
import { pageOfThing } from '../../../../src/reports/view/pages.js'
import { aResult, engineResult } from '../../../support/bench.js'

const FILE = 'policies/dictionary.yml'
const HEAD = 'version: 1\nnumbering: dbs-1.6.1\ndefaults: {missing: report}\n'
const dictionary = (...lines: string[]) => readDictionary(HEAD + lines.join('\n'), FILE)
const bad = (id: string) => aResult(id, { builtin: engineResult('WARN', 'app'), why: 'It is bad.' })

/** What is to be done of these results under that dictionary. */
function actions(results: ReturnType<typeof aResult>[], by: Dictionary) {
  return benchActions(findingsToDo(results, by))
}

function findingsToDo(results: ReturnType<typeof aResult>[], by: Dictionary): BlockingResult[] {
  const findings = results.map((one) =>
    benchFinding(one, { ours: { title: `Good ${one.id}`, advice: `Mend ${one.id}.` } }),
  )
  const context = { reference: 'app:1', today: '2026-11-24', evidence: new Set<string>() }
  const ruled = ruleBench(findings, by, context).results.filter(({ blocks }) => blocks)
  return ruled.map(({ finding, because, policy }): BlockingResult => {
    return { ...finding, ...NO_DETAILS, ruling: 'act', blocks: true, because, policy }
  })
}
const titles = (...[results, by]: Parameters<typeof actions>) =>
  actions(results, by).map(({ title }) => title)

describe('what is to be done, by outcome', () => {
  test('when a result is worse, then its remedy', () => {
    expect(actions([bad('4.1')], dictionary('checks: {"4.1": {}}'))).toMatchObject([
      { title: 'Mend 4.1', why: `docker-bench 4.1: WARN, but ${FILE}:4 expects PASS. It is bad.` },
    ])
  })

  test('when neither the image nor the container has a health check, then it is asked for once', () => {
    const by = dictionary('checks: {"4.6": {}, "5.27": {}, "5.11": {}}')
    const [health, ...rest] = actions([bad('5.27'), bad('5.11'), bad('4.6')], by)
    expect(rest.map(({ title }) => title)).toEqual(['Mend 5.11'])
    expect(health).toMatchObject({
      title: 'Mend 4.6',
      why: expect.stringMatching(/^docker-bench 4\.6, 5\.27: /),
    })
    expect(health?.findings.map(({ id }) => id)).toEqual(['4.6', '5.27'])
    expect(health && pageOfThing(health)).toBe('docs/findings/docker-bench.md#check-46')
    // Each alone is its own task: run options may turn off the check that an image has.
    expect(titles([bad('5.27')], by)).toEqual(['Mend 5.27'])
    expect(titles([bad('4.6'), aResult('5.27')], by)).toEqual(['Mend 4.6'])
  })

  test('when it is better, then the entry, and not the remedy', () => {
    const good = aResult('4.1', { why: 'The user is 10001.' })
    expect(titles([good], dictionary('checks:', '  "4.1": {expect: [WARN]}'))).toEqual([
      `Set the expected result of 4.1 to PASS at ${FILE}:5`,
    ])
    const fewer = aResult('4.8', { builtin: engineResult('NOTE', '/bin/su'), evidence: ['setuid-scan'] })
    const entry = '"4.8": {expect: [NOTE], items: {equals: [/bin/su, /bin/mount]}}'
    expect(titles([fewer], dictionary(`checks: {${entry}}`))).toEqual([
      `Set the expected items of 4.8 to the items that were found, at ${FILE}:4`,
    ])
  })

  test('when the built-in dictionary is outdated, then a file of their own is named, and why', () => {
    const missing = {
      ...DEFAULT_DICTIONARY,
      defaults: { ...DEFAULT_DICTIONARY.defaults, missing: 'report' },
    } as const
    const entries = missing.entries.map((one) =>
      one.id === '4.1' ? { ...one, expect: ['WARN'] as const } : one,
    )
    expect(titles([aResult('4.1')], { ...missing, entries })).toEqual([
      `Set the expected result of 4.1 to PASS in ${FILE}: the built-in dictionary is outdated for this image`,
    ])
  })

  test('when it is not listed, then to list it', () => {
    expect(titles([bad('4.6')], dictionary())).toEqual([`Add 4.6 to ${FILE}`])
    const none = { ...DEFAULT_DICTIONARY, entries: [], notApplicable: [] }
    expect(titles([bad('4.6')], none)).toEqual([`Add 4.6 to ${FILE}`])
  })

  test('when there is no result, then to find out why', () => {
    const strict = readDictionary('version: 1\nnumbering: dbs-1.6.1\nchecks: {"4.6": {}}', FILE)
    expect(titles([], strict)).toEqual([
      `Find out why there is no result for 4.6, or stop expecting one at ${FILE}:3`,
    ])
  })

  test('when several were not examined for one reason, then they are one thing', () => {
    const notExamined = (id: string) =>
      aResult(id, { state: 'not-evaluated', builtin: engineResult(null), counts: null })
    const by = dictionary('checks: {"4.6": {}, "4.7": {}, "4.9": {}}')
    expect(titles([notExamined('4.6'), notExamined('4.9')], by)).toEqual([
      'Make sure that 4.9 and 4.6 can be examined, or list them under not_applicable',
    ])
    // What only a history shows has another remedy.
    expect(titles([notExamined('4.7'), notExamined('4.9')], by)).toEqual([
      'Build the image with a history (docker build, without docker import or --squash), or list 4.9 and 4.7 under not_applicable with reason, owner and expiry',
    ])
    const [one] = actions([notExamined('4.7'), notExamined('4.9')], by)
    const page = one && pageOfThing(one)
    expect(page).toBe('docs/docker-bench.md#a-result-was-not-examined')
    const [file = '', heading = ''] = (page ?? '').split('#')
    expect(readFileSync(file, 'utf8').toLowerCase().replaceAll(' ', '-')).toContain(`\n##-${heading}\n`)
    const [alone] = actions([notExamined('4.7')], by)
    expect(alone && pageOfThing(alone)).toBe('docs/findings/docker-bench.md#check-47')
  })

  test('when evidence is missing that nobody gives, then to remove it, and a check that was not asked is no task', () => {
    const note = (id: string) => aResult(id, { builtin: engineResult('NOTE') })
    const entry = (id: string, evidence: string) =>
      `checks: {"${id}": {expect: [NOTE], evidence: ${evidence}}}`
    expect(titles([note('4.4')], dictionary(entry('4.4', 'vulnerability-scan')))).toEqual([])
    expect(titles([note('4.3')], dictionary(entry('4.3', 'x')))).toEqual([
      `No check provides the evidence x, so remove it from 4.3 at ${FILE}:4`,
    ])
  })

  test('when nobody but Docker Bench was asked for items, then to ask the built-in rules', () => {
    const note = aResult('4.10', { builtin: null, dbs: engineResult('NOTE') })
    expect(titles([note], dictionary('checks: {"4.10": {expect: [NOTE], items: {max: 0}}}'))).toEqual([
      'Let the built-in rules examine 4.10 too (bench-engine: both)',
    ])
  })

  test("when the results differ and Docker Bench's counts, then both are reported, and the remedy", () => {
    const counts = { by: 'stricter', whose: 'docker-bench' } as const
    const result = aResult('4.9', { dbs: engineResult('INFO'), counts })
    expect(titles([result], dictionary('checks: {"4.9": {}}'))).toEqual([
      'Resolve 4.9 (Docker Bench reports INFO, the built-in rules report PASS): Mend 4.9',
    ])
  })

  test('when the title is another, two overrides tie, or a list was cut, then each has its own words', () => {
    const other = aResult('4.6', { dbsTitle: 'Swarm' })
    expect(titles([other], dictionary('checks: {"4.6": {title: HEALTHCHECK}}'))).toEqual([
      `Correct the title or number of 4.6 at ${FILE}:4`,
    ])
    const over = (pattern: string) =>
      `  - {images: ["${pattern}"], checks: {"4.6": {reason: r, owner: o, expires: "2027-01-01"}}}`
    expect(titles([bad('4.6')], dictionary('overrides:', over('app:*'), over('*pp:1')))).toEqual([
      'Keep only one override that matches 4.6',
    ])
    const cut = aResult('4.8', { builtin: engineResult('NOTE', 'x (truncated)'), evidence: ['setuid-scan'] })
    expect(titles([cut], dictionary('checks: {"4.8": {expect: [NOTE], items: {max: 1}}}'))).toEqual([
      'Examine 4.8 yourself: the list of items found is incomplete',
    ])
  })
})

test('when the start test has no answer, then it is a task of its own, with its own page', () => {
  const unknown = { state: 'not-evaluated', builtin: engineResult(null), counts: null } as const
  const by = dictionary('checks: {"4.1": {}}')
  const [first, second, ...more] = actions([aResult('start-test', unknown), aResult('4.1', unknown)], by)
  expect(more).toEqual([])
  expect([first?.title, second?.title]).toEqual([
    'Make sure that 4.1 can be examined, or list it under not_applicable',
    'Mend start-test',
  ])
  expect(second && pageOfThing(second)).toBe('docs/findings/docker-bench.md#start-test')
})

describe('what run options settle', () => {
  const by = dictionary('checks: {"5.11": {}, "5.13": {}, "5.9": {}, "5.29": {}}')
  const service = { name: 'web', indent: 4, lines: { restart: 7 } }
  const settled = (more: Partial<BlockingResult>, ...results: ReturnType<typeof aResult>[]) =>
    benchActions(findingsToDo(results, by).map((one) => ({ ...one, ...more })))

  test('when a compose file sets them, then one task has all lines for the service, and every finding', () => {
    const optionsAt = { file: 'compose.yml', line: 4 }
    const all = settled({ service, optionsAt }, bad('5.11'), bad('5.13'), bad('5.9'), bad('5.29'))
    expect(all.map(({ title }) => title)).toEqual([
      'Mend 5.9',
      'Change the service web in compose.yml, for 5.13, 5.29, 5.11',
    ])
    expect(all[1]).toMatchObject({
      why: 'docker-bench 5.13: It is bad. 5.29: It is bad. 5.11: It is bad.',
      options: { form: 'compose', lines: expect.stringContaining('    read_only: true  # 5.13') },
      page: 'docs/findings/docker-bench.md#section-5-how-it-is-run',
    })
    expect(all[1]?.findings.map(({ id }) => id)).toEqual(['5.13', '5.29', '5.11'])
  })

  test('when the pull request changes that file, then the task says that it may be done already', () => {
    const whyOf = (file: string, changed: readonly string[], ...ids: string[]) => {
      const results = findingsToDo(ids.map(bad), by).map((one) => ({
        ...{ ...one, service, optionsAt: { file, line: 4 } },
      }))
      return benchActions(results, { changedRunFiles: changed }).map(({ why }) => why)
    }
    const already =
      'If this pull request has these lines already, somebody who may bypass this check has to merge it: its file is judged after the merge. docker-bench 5.1'
    for (const ids of [['5.11', '5.13'], ['5.11']]) {
      expect(whyOf('./deploy/compose.yml', ['deploy/compose.yml'], ...ids)).toEqual([
        expect.stringContaining(already),
      ])
      // A seccomp profile that differs, for example.
      expect(whyOf('compose.yml', ['deploy/compose.yml'], ...ids)).toEqual([
        expect.stringMatching(/^docker-bench 5\.1/),
      ])
    }
  })

  test('when options of docker run do, then one task has the options to add', () => {
    expect(settled({}, bad('5.11'), bad('5.13'))).toMatchObject([
      {
        title: 'Change the run options, for 5.13, 5.11',
        options: { form: 'docker-run', lines: '# add\n--read-only --tmpfs=/tmp --memory=512m' },
      },
    ])
  })

  test('when they set the user, then 4.1 is settled there; when the image does, then in the Dockerfile', () => {
    const of = (more: Partial<BlockingResult>) => {
      return benchActions(
        findingsToDo([bad('4.1')], dictionary('checks: {"4.1": {}}')).map((one) => ({ ...one, ...more })),
      )
    }
    const lines = { ...service, lines: { user: 6 } }
    expect(of({ userOfOptions: true, service: lines })).toMatchObject([
      {
        dockerfile: null,
        options: {
          form: 'compose',
          lines:
            "# change what is there\n#   line 6: remove user, so that the image's own user counts  # 4.1",
        },
      },
    ])
    expect(of({ userOfOptions: true })).toMatchObject([
      { options: { lines: expect.stringContaining('remove --user, so that') } },
    ])
    const [ofImage] = of({ uid: 1000 })
    expect(ofImage?.dockerfile).toContain('USER 1000')
    expect(ofImage).not.toHaveProperty('options')
  })

  test('when only one result is bad, then its own advice has the lines', () => {
    expect(settled({ service }, bad('5.11'))).toMatchObject([
      { title: 'Mend 5.11', options: { lines: expect.stringContaining('memory: 512M  # 5.11') } },
    ])
  })

  test('when the results of the two differ, then the options are no remedy that is known', () => {
    const counts = { by: 'stricter', whose: 'docker-bench' } as const
    const differing = aResult('5.13', { dbs: engineResult('WARN'), counts })
    const all = settled({ service }, differing, bad('5.11'), bad('5.29'))
    expect(all.map(({ findings }) => findings.map(({ id }) => id))).toEqual([['5.13'], ['5.29', '5.11']])
    expect(all[0]).not.toHaveProperty('options')
  })
})

describe('their order', () => {
  test.each([['4.6'], ['5.27']])(
    'when all are worse, and %s alone is about the health, then the heaviest come first',
    (health) => {
      const byWeight = [
        ...['5.32', '5.5', '4.10', '5.16', '5.10', '5.17', '5.21', '5.31', '5.6', '5.20'],
        ...['5.4', '5.18', '5.22', '5.2', '5.3', '5.26', '5.25', '4.1', '4.8', '4.11', '5.7', '5.8', '5.14'],
        ...[
          '5.9',
          '5.30',
          '5.13',
          '4.9',
          '4.7',
          health,
          'start-test',
          '5.29',
          '5.11',
          '5.12',
          '5.19',
          '5.15',
        ],
        // These have no weight.
        ...['4.2', '4.12', '5.1', '5.28'],
      ]
      const checks = byWeight.filter((id) => id !== 'start-test').map((id) => `"${id}": {}`)
      const results = byWeight.toSorted().map(bad)
      const ofOptions = byWeight.filter((id) => isSettledByOptions({ id }))
      expect(titles(results, dictionary(`checks: {${checks.join(', ')}}`))).toEqual([
        `Change the run options, for ${ofOptions.join(', ')}`,
        ...byWeight.filter((id) => !ofOptions.includes(id)).map((id) => `Mend ${id}`),
      ])
    },
  )

  test('when outcomes differ, then the image comes first, then what is not known, then the dictionary', () => {
    const by = readDictionary(
      'version: 1\nnumbering: dbs-1.6.1\nchecks: {"5.32": {expect: [WARN]}, "5.5": {}, "4.10": {title: x}, "5.16": {}, "5.15": {}, "5.1": {}}',
      FILE,
    )
    const results = [
      aResult('5.32'),
      aResult('4.10', { dbsTitle: 'y' }),
      aResult('5.16', { state: 'not-evaluated', builtin: engineResult(null), counts: null }),
      bad('5.10'),
      bad('5.15'),
    ]
    const all = actions(results, by).map(({ findings }) => findings[0])
    expect(
      all.map((one) => one !== undefined && 'compared' in one && [one.id, one.compared?.outcome]),
    ).toEqual([
      ['5.15', 'worse'],
      ['5.10', 'new'],
      ['5.16', 'vacuous'],
      ['4.10', 'not-evaluated'],
      ['5.5', 'missing'],
      ['5.1', 'missing'],
      ['5.32', 'better'],
    ])
  })

  test('when many are worse, then what weighs most comes first, whatever its name', () => {
    const ids = ['4.1', '4.6', '4.12', '5.5', '5.6', '5.11', '5.16', '5.32']
    const by = dictionary(`checks: {${ids.map((id) => `"${id}": {}`).join(', ')}}`)
    expect(titles(ids.map(bad), by)).toEqual([
      'Change the run options, for 5.32, 5.5, 5.16, 5.6, 5.11',
      ...['4.1', '4.6', '4.12'].map((id) => `Mend ${id}`),
    ])
  })

  test('when an entry is only outdated, then it comes last', () => {
    const by = dictionary('checks: {"5.32": {expect: [WARN]}, "5.11": {}}')
    expect(titles([aResult('5.32'), bad('5.11')], by)).toEqual([
      'Mend 5.11',
      `Set the expected result of 5.32 to PASS at ${FILE}:4`,
    ])
  })
})
