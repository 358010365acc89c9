import { describe, expect, test } from '@jest/globals'
import type { RunDocument, StartReport } from '../../../../src/checks/docker-bench/run/document.js'
import { pageOf } from '../../../../src/model/finding/kinds.js'
import { evidenceOf } from '../../../../src/policy/dictionary/compare.js'
import { DEFAULT_DICTIONARY } from '../../../../src/policy/dictionary/default.js'
import { ruleBench } from '../../../../src/policy/dictionary/rules.js'
import { CONTAINER, type MadeResult, results } from './answers.js'
import { ask, CONFIG, container, dbs, healthy, imageOf, LISTED, runOf, started } from './bench-answers.js'

test.each(['run.json', 'info.json', 'history.json', 'container.json', 'image-inspect.json'])(
  'when %s is no JSON, then the evidence is to be collected again',
  (name) => {
    for (const text of ['', '{', 'undefined']) {
      expect(() => ask(runOf(), { [name]: text })).toThrow('evidence-incomplete')
    }
  },
)

describe('without Docker Bench', () => {
  test('when an image is judged, then there is a finding for each check, with our title and its page', () => {
    const { findings, byId, limits, bench } = ask(runOf())
    expect(findings).toHaveLength(44)
    const healthcheck = byId.get('4.6')
    expect(healthcheck).toMatchObject({
      check: 'docker-bench',
      package: null,
      severity: 'unknown',
      counted: { word: 'PASS' },
      state: 'evaluated',
      ours: { title: 'The image has a health check' },
    })
    expect(healthcheck && pageOf(healthcheck)).toBe('docs/findings/docker-bench.md#check-46')
    expect(bench).toEqual({ ran: false, why: 'neither bench-image nor bench-source was given' })
    expect(limits).toEqual(['section 5 is not applicable, because no run options were set'])
    expect(
      [...byId.values()].filter(({ id, state }) => id.startsWith('5.') && state !== 'not-applicable'),
    ).toEqual([])
  })

  test('when the line is known that sets the run options, then the results of section 5 have it, and no others', () => {
    const optionsAt = { file: 'compose.yml', line: 12 }
    const { findings } = ask(runOf({ optionsAt }))
    expect(new Set(findings.filter(({ id }) => id.startsWith('5.')).map((one) => one.optionsAt))).toEqual(
      new Set([optionsAt]),
    )
    expect(findings.filter((one) => !one.id.startsWith('5.') && one.optionsAt !== undefined)).toEqual([])
    // A bad result has the service too, where a compose file sets them.
    const service = { name: 'web', indent: 4, lines: { ports: 14 } }
    const withService = (run: Parameters<typeof runOf>[0]) =>
      ask(runOf({ optionsAt, hasOptions: true, judged: CONTAINER, ...run }), {
        'container.json': container(CONTAINER.name, false).replace('"Memory":1,', ''),
      }).findings.flatMap((one) => (one.service === undefined ? [] : [one]))
    const marked = withService({ isCompose: true, service })
    expect(marked.map((one) => one.service)).toEqual(marked.map(() => service))
    expect(marked.map(({ id }) => id)).toContain('5.11')
    expect(marked.filter(({ counted }) => counted?.word === 'PASS')).toEqual([])
    expect(withService({ isCompose: true })[0]?.service).toEqual({ name: '', indent: 4, lines: {} })
    expect(withService({})).toEqual([])
    const adviceOf = (run: Parameters<typeof runOf>[0]) =>
      ask(runOf(run)).findings.find(({ id }) => id === '5.11')?.ours?.advice
    expect([adviceOf({ optionsAt }), adviceOf({ optionsAt, isCompose: true })]).toEqual([
      'Run with --memory.',
      'Set mem_limit, or deploy.resources.limits.memory.',
    ])
  })

  test('when only the run options set root, then 4.1 is about them and not about the last USER', () => {
    const optionsAt = { file: 'compose.yml', line: 12 }
    const service = { name: 'web', indent: 4, lines: { user: 14 } }
    const run = { optionsAt, hasOptions: true, judged: CONTAINER }
    const userOf = (user: string, more: Parameters<typeof runOf>[0] = {}, config: object = CONFIG) => {
      const json = JSON.parse(container(CONTAINER.name, false)) as { Config: object }
      const documents = {
        'container.json': JSON.stringify({ ...json, Config: { ...json.Config, User: user } }),
      }
      return ask(runOf({ ...run, ...more }), documents, imageOf(config)).byId.get('4.1')
    }
    expect(userOf('0', { isCompose: true, service })).toMatchObject({
      ...{ counted: { word: 'WARN' }, why: 'The container specifies uid 0.', places: [] },
      ...{ userOfOptions: true, optionsAt, service },
      ours: {
        advice: "Remove user from the service, so that the image's own user counts, which is not root.",
      },
    })
    expect(userOf('root')?.ours?.advice).toMatch(/^Remove --user from the run options, /)
    for (const other of [userOf('0', {}, { ...CONFIG, User: '0' }), userOf('10001')]) {
      expect(other?.ours?.advice).toContain('the last USER instruction')
      expect(other).not.toHaveProperty('userOfOptions')
      expect(other).not.toHaveProperty('optionsAt')
    }
  })

  test('when a good image is ruled by the built-in dictionary, then nothing blocks', () => {
    const context = {
      reference: 'acme/app:1',
      today: '2026-11-24',
      evidence: evidenceOf(['security-updates', 'clair']),
    }
    expect(
      ruleBench(ask(runOf()).findings, DEFAULT_DICTIONARY, context).results.filter(({ blocks }) => blocks),
    ).toEqual([])
    const bad = ask(runOf(), {}, imageOf({ ...CONFIG, User: 'root:root' })).findings
    const { results: ruled } = ruleBench(bad, DEFAULT_DICTIONARY, context)
    expect(ruled.filter(({ blocks }) => blocks)).toMatchObject([{ finding: { id: '4.1' }, outcome: 'worse' }])
  })

  test('when run options were given and nothing was started, then 5.7 is not applicable, in words', () => {
    const run = runOf({ hasOptions: true, judged: CONTAINER })
    const { byId } = ask(run, { 'container.json': container(CONTAINER.name, false) })
    expect(byId.get('5.7')).toMatchObject({
      state: 'not-applicable',
      why: expect.stringContaining('No container was started'),
    })
    expect(byId.get('5.13')).toMatchObject({
      state: 'evaluated',
      counted: { word: 'PASS' },
      host: ['apparmor', 'seccomp'],
    })
  })

  test("when the options ask for the host's cgroup namespace, then 5.25 reports it, although the engine's answer does not", () => {
    const documents = { 'container.json': container(CONTAINER.name, false) }
    const statusOf = (part: Partial<RunDocument>) =>
      ask(runOf({ hasOptions: true, judged: CONTAINER, ...part }), documents).byId.get('5.25')?.counted?.word
    expect([statusOf({ cgroupns: 'host' }), statusOf({ cgroupns: 'private' }), statusOf({})]).toEqual([
      'WARN',
      'PASS',
      'PASS',
    ])
  })

  test('when the container could not be inspected, then section 5 is not evaluated', () => {
    const { byId } = ask(runOf({ hasOptions: true, judged: CONTAINER }))
    expect(byId.get('5.13')?.state).toBe('not-evaluated')
  })

  test('when an instruction is to blame, then it is named with its line', () => {
    const image = imageOf()
    const config = { ...image.config, history: [{ created_by: 'ADD https://example.org/x / # buildkit' }] }
    expect(ask(runOf(), {}, { ...image, config }).byId.get('4.9')).toMatchObject({
      counted: { word: 'INFO' },
      places: [{ line: 0, instruction: 'ADD' }],
    })
  })
})

describe('without Docker Bench, which was asked', () => {
  const reasons = (part: Partial<RunDocument>) =>
    [...ask(runOf(part)).byId.values()].flatMap(({ id, whyNoDbs }) =>
      whyNoDbs === null ? [] : [[id, whyNoDbs]],
    )

  test('when it did not run, then the ids that it judges say why, the head of the report what is long', () => {
    const archive = 'the image is an archive, but Docker Bench inspects only images in an engine'
    expect(reasons({ withoutDbs: archive })).toEqual(['4.1', '4.6', '4.7', '4.9'].map((id) => [id, archive]))
    const most = 'x'.repeat(100)
    expect(reasons({ withoutDbs: most })).toEqual(['4.1', '4.6', '4.7', '4.9'].map((id) => [id, most]))
    const long = 'x'.repeat(101)
    const short = 'Docker Bench did not run (the top of the report shows why)'
    expect(reasons({ withoutDbs: long })).toEqual(['4.1', '4.6', '4.7', '4.9'].map((id) => [id, short]))
  })

  test('when nobody asked it, then there is nothing to say', () => {
    expect(reasons({ engine: 'builtin', withoutDbs: 'bench-engine is builtin' })).toEqual([])
  })
})

describe('with Docker Bench', () => {
  test('when nothing runs, then only its 4.6, 4.7 and 4.9 are taken', () => {
    const { byId, bench } = ask(runOf({ withoutDbs: null }), dbs(results(false), false))
    const taken = [...byId.values()].filter((one) => one.dbs !== null)
    expect(taken.map(({ id }) => id)).toEqual(['4.6', '4.7', '4.9'])
    expect(bench).toEqual({ ran: true, source: null, tree: null })
    expect([...byId.values()].flatMap(({ id, whyNoDbs }) => (whyNoDbs === null ? [] : [id]))).toEqual([
      ...['4.1', '4.2', '4.3', '4.4', '4.8', '4.10', '4.11', '4.12'],
    ])
    expect(byId.get('4.1')?.whyNoDbs).toMatch(/only on a running container/)
    expect(byId.get('4.8')?.whyNoDbs).toBe('Docker Bench has no rule for this check.')
  })

  /** Docker Bench says INFO of 4.7 and of 4.9, with these names. */
  const informed = results(false, (one) =>
    ['4.7', '4.9'].includes(one.id) ? { ...one, result: 'INFO', items: ['[acme/app:1]'] } : one,
  )

  test('when both differ and nothing explains it, then the stricter counts, with a reason of its own', () => {
    const { byId } = ask(runOf({ withoutDbs: null }), dbs(informed, false))
    expect(byId.get('4.9')).toMatchObject({
      counted: { word: 'INFO', items: ['acme/app:1'] },
      builtin: { word: 'PASS' },
      dbs: { word: 'INFO' },
      counts: { by: 'stricter', whose: 'docker-bench' },
      why: 'Docker Bench says INFO; the built-in rules say PASS: No ADD instruction.',
    })
  })

  test('when the engine’s history shows its mistake, then ours counts, and why is reported', () => {
    const { byId } = ask(runOf({ withoutDbs: null }), {
      ...dbs(informed, false),
      'history.json': JSON.stringify(LISTED),
    })
    expect(byId.get('4.7')).toMatchObject({
      counted: { word: 'PASS' },
      improvement: expect.stringMatching(/^update-by-run: /),
      counts: {
        by: 'known-wrong',
        whose: 'built-in',
        page: 'docs/findings/docker-bench.md#check-47',
      },
      why: expect.stringContaining('Every RUN that refreshes'),
    })
  })

  test('when the engine’s history does not show it, then the stricter counts', () => {
    const other = [{ CreatedBy: '/bin/sh -c #(nop) COPY dir:1 in / ' }]
    const { byId } = ask(runOf({ withoutDbs: null }), {
      ...dbs(informed, false),
      'history.json': JSON.stringify(other),
    })
    expect(byId.get('4.7')).toMatchObject({ counted: { word: 'INFO' }, counts: { by: 'stricter' } })
  })

  test('when both say the same, then they agree, and what is found is ours', () => {
    const { byId } = ask(runOf({ withoutDbs: null }), dbs(results(false), false))
    expect(byId.get('4.6')).toMatchObject({
      counted: { word: 'PASS' },
      counts: { by: 'agreed' },
      improvement: null,
    })
    expect(byId.get('4.1')).toMatchObject({ counts: { by: 'only', whose: 'built-in' } })
  })

  test('when the container that was started shows its mistake, then a false alarm of section 5 gives way', () => {
    const quota = (name: string, running: boolean) =>
      container(name, running).replace('"NanoCpus":1', '"NanoCpus":0,"CpuQuota":50000')
    const run = runOf({ withoutDbs: null, hasOptions: true, start: true, judged: CONTAINER, started })
    const warned = results(true, (one) =>
      one.id === '5.12' ? { ...one, result: 'WARN', items: [CONTAINER.name] } : one,
    )
    const documents = { 'container.json': quota('judged', false), ...dbs(warned, true) }
    const { byId } = ask(run, { ...documents, 'started.json': quota(CONTAINER.name, true) })
    expect(byId.get('5.12')).toMatchObject({ counted: { word: 'PASS' }, counts: { by: 'known-wrong' } })
    const without = ask(run, documents).byId.get('5.12')
    expect(without).toMatchObject({
      counted: { word: 'WARN' },
      counts: { by: 'stricter', whose: 'docker-bench' },
    })
  })

  test('when ours has no result and its is bad, then it counts; where it is good, nothing is proven', () => {
    const image = imageOf()
    const flat = { ...image, config: { ...image.config, history: [{ created_by: '' }] } }
    const bad = ask(runOf({ withoutDbs: null }), dbs(informed, false), flat).byId
    expect(bad.get('4.9')).toMatchObject({
      state: 'evaluated',
      counted: { word: 'INFO' },
      counts: { by: 'only' },
    })
    const good = ask(runOf({ withoutDbs: null }), dbs(results(false), false), flat).byId
    expect(good.get('4.9')).toMatchObject({ state: 'not-evaluated', counts: { by: 'known-wrong' } })
  })

  test('when it runs and options were given, then what was changed for the start is not taken', () => {
    const run = runOf({ withoutDbs: null, hasOptions: true, start: true, judged: CONTAINER, started })
    const documents = {
      'container.json': container('judged', false),
      'started.json': container(CONTAINER.name, true),
      'top.json': JSON.stringify({ Titles: ['PID', 'CMD'], Processes: [['1', 'app']] }),
    }
    const all = results(true, (one) =>
      one.id === '5.18' ? { ...one, result: 'INFO', items: [CONTAINER.name] } : one,
    )
    const { byId } = ask(run, { ...documents, ...dbs(all, true) })
    expect(byId.get('5.9')).toMatchObject({ dbs: null, whyNoDbs: 'started without --publish' })
    expect(byId.get('5.30')?.whyNoDbs).toBe('started with a network of its own')
    expect(byId.get('5.1')?.dbs).toBeNull()
    expect(byId.get('5.18')).toMatchObject({ dbs: { word: 'INFO' }, counted: { items: ['container'] } })
    expect(byId.get('5.7')).toMatchObject({ builtin: { word: 'PASS' }, dbs: { word: 'PASS' } })
  })

  test('when options were withheld from the container that was started, then that is reported, and ours counts', () => {
    const shared = container('judged', false).replace('"HostConfig":{', '"HostConfig":{"PidMode":"host",')
    const run = runOf({ withoutDbs: null, hasOptions: true, start: true, judged: CONTAINER, started })
    const documents = { 'container.json': shared, 'started.json': container(CONTAINER.name, true) }
    const { byId, limits } = ask(run, { ...documents, ...dbs(results(true), true) })
    expect(byId.get('5.16')).toMatchObject({ counted: { word: 'WARN' }, counts: { by: 'only' }, dbs: null })
    expect(limits).toContain('the container was started without --publish, --pid host')
  })

  const waits = { withoutDbs: null, waiter: CONTAINER } as const
  const takenOf = ({ byId }: ReturnType<typeof ask>) =>
    [...byId.values()].filter((one) => one.dbs !== null).map(({ id }) => id)

  test('when a container of it only waits, then 4.1 is taken, and nothing of section 5', () => {
    const warned = results(true).map(
      (one): MadeResult => (one.id === '4.1' ? { ...one, result: 'WARN', items: [CONTAINER.name] } : one),
    )
    const findingsOf = ask(runOf(waits), dbs(warned, true))
    expect(takenOf(findingsOf)).toEqual(['4.1', '4.6', '4.7', '4.9'])
    // By no name that is another one in each run.
    expect(findingsOf.byId.get('4.1')).toMatchObject({ dbs: { word: 'WARN', items: ['container'] } })
  })

  test('when it could not judge some of an image, then these are ours, or say why not', () => {
    const skipped = [
      { id: '4.1', why: 'It is for arm64.' },
      { id: '4.9', why: 'It has no tag.' },
    ]
    const run = runOf({ ...waits, waiter: null, notAsked: skipped })
    const findingsOf = ask(run, dbs(results(false), false))
    expect(takenOf(findingsOf)).toEqual(['4.6', '4.7'])
    expect(findingsOf.byId.get('4.1')?.whyNoDbs).toBe('It is for arm64.')
  })

  test('when it ran, then it is reported where, and which one', () => {
    const bench = { source: 'commit 1, in a container of place:1', tree: 'sha256:0' }
    expect(ask(runOf({ ...waits, dbs: bench }), dbs(results(true), true)).bench).toEqual({
      ran: true,
      ...bench,
    })
  })

  test('when it runs without options, then 4.1 is taken, what nobody looks at, and section 5 is not', () => {
    const { byId } = ask(runOf({ withoutDbs: null, start: true, started }), dbs(results(true), true))
    const taken = [...byId.values()].filter((one) => one.dbs !== null)
    expect(taken.map(({ id }) => id)).toEqual([
      '4.1',
      '4.2',
      '4.4',
      '4.6',
      '4.7',
      '4.8',
      '4.9',
      '4.10',
      '4.11',
    ])
    expect(byId.get('5.11')).toMatchObject({ state: 'not-applicable' })
  })

  test('when the image did not run, which was no matter, then its options are judged as declared, and that is reported', () => {
    const notStarted = 'the container exited with code 1 after 0.3 s; it printed nothing'
    const part = { withoutDbs: null, hasOptions: true, judged: CONTAINER, waiter: CONTAINER }
    const documents = { ...dbs(results(true), true), 'container.json': container('judged', false) }
    const ended = { why: 'the container exited with code 1 after 0.3 s', lastLine: null }
    const tried = ask(runOf({ ...part, notStarted, ended }), documents)
    const never = ask(runOf(part), documents)
    const benchOf = (run: object) => ask(runOf({ ...part, ...run }), documents).bench
    expect(benchOf({ notStarted, ended })).toMatchObject({ ran: true, notStarted: ended })
    // Older evidence has only one text; a stand-in has none of the image's programs, so nothing declared would help.
    expect(benchOf({ notStarted })).toMatchObject({ notStarted: { why: notStarted, lastLine: null } })
    expect(benchOf({ notStarted, ended, isStandIn: true })).not.toHaveProperty('notStarted')
    expect(benchOf({})).not.toHaveProperty('notStarted')
    const limitOf = (run: object) => ask(runOf({ ...part, ...run }), documents).limits
    const declared = 'the run options are judged as declared, without a running container'
    // It was started, and the head of a report says already how it ended.
    expect(tried.limits).toEqual([declared])
    expect(limitOf({ notStarted })).toEqual([declared])
    const printed = (lines: string) => ({
      notStarted: `${ended.why}; its output ends with: ${lines}`,
      ended: { ...ended, lastLine: 'Node.js v24' },
    })
    expect(limitOf(printed('Node.js v24'))).toEqual([declared])
    expect(limitOf(printed('no database / Node.js v24'))).toEqual([
      `${declared}; its output ends with: no database / Node.js v24`,
    ])
    // Without Docker Bench, nothing else says so.
    expect(limitOf({ notStarted, ended, withoutDbs: 'why' })).toEqual([
      `the image did not keep running, so its options are judged as declared: ${notStarted}`,
    ])
    const atNoEngine = 'it is not in an engine'
    expect(limitOf({ notStarted: atNoEngine, isStandIn: true })[0]).toBe(
      `the image was not started, so its options are judged as declared: ${atNoEngine}`,
    )
    expect(takenOf(tried)).toEqual(takenOf(never))
    expect(tried.byId.get('5.11')?.counted?.word).toBe('PASS')
    expect(tried.byId.get('5.11')?.whyNoDbs).toContain(
      'the image did not keep running, and the report lists why',
    )
    expect(tried.byId.get('5.7')).toMatchObject({ state: 'not-applicable' })
    expect(tried.byId.get('5.7')?.why).not.toContain('start: true')
    expect(never.byId.get('5.11')?.whyNoDbs).toContain('this needs start: true')
  })

  test('when its answer is doubtful, then the whole check is unanswered', () => {
    const all = dbs(results(false), false)
    expect(() => ask(runOf({ withoutDbs: null }), { ...all, 'dbs.json': all['dbs.json'].slice(9) })).toThrow(
      'bench-doubtful',
    )
    expect(() => ask(runOf({ withoutDbs: null }))).toThrow('bench-doubtful')
    expect(() => ask({} as RunDocument)).toThrow('bench-doubtful')
  })
})

describe('the health check of a container that was started', () => {
  const result = (report: Partial<StartReport>, part: Partial<RunDocument> = {}) =>
    ask(
      runOf({
        ...{ start: true, hasOptions: true, judged: CONTAINER },
        ...{ started: { ...started, report: { ...healthy, ...report } }, ...part },
      }),
      { 'container.json': container(CONTAINER.name, false), 'started.json': container(CONTAINER.name, true) },
    ).byId.get('5.27')

  test.each(['unhealthy', 'never-healthy'] as const)(
    'when it had to start and is %s, then 5.27 is WARN, with what the health check printed last',
    (outcome) => {
      expect(result({ outcome, seconds: 60, health: 'stat /healthcheck:\nno such file' })).toMatchObject({
        counted: { word: 'WARN' },
        why: 'The health check of the started container did not succeed within 60 s; its last output: stat /healthcheck: no such file',
        ours: { advice: expect.stringContaining('Make the health check succeed') },
      })
      expect(result({ outcome })?.why).toBe(
        'The health check of the started container did not succeed within 1 s',
      )
    },
  )

  test('when it is healthy, has not ended its start period, or did not have to start, then 5.27 is as declared', () => {
    const passed = { counted: { word: 'PASS' } }
    expect(result({})).toMatchObject(passed)
    expect(result({ outcome: 'running' })).toMatchObject(passed)
    expect(result({ outcome: 'unhealthy' }, { isStartOptional: true })).toMatchObject(passed)
    expect(result({}, { started: null })).toMatchObject(passed)
  })

  test('when nothing checks its health, then that is said, whatever its state is', () => {
    const without = ask(
      runOf({
        ...{ start: true, hasOptions: true, judged: CONTAINER },
        started: { ...started, report: { ...healthy, outcome: 'unhealthy' } },
      }),
      {
        'container.json': container(CONTAINER.name, false).replace(
          /"Healthcheck":\{[^}]*\}/,
          '"Healthcheck":null',
        ),
      },
    ).byId.get('5.27')
    expect(without?.why).toBe("Nothing checks the container's health.")
  })
})

describe('the start test', () => {
  const test1 = (report: Partial<StartReport>, without: string[] = []) =>
    ask(runOf({ startTest: { options: 'hardened', without, report: { ...healthy, ...report } } })).byId.get(
      'start-test',
    )

  test.each([
    ['healthy', 'PASS', 'the container became healthy after 1 s with the hardened options'],
    ['unhealthy', 'WARN', "the container's health check failed with the hardened options"],
    ['never-healthy', 'WARN', 'the container was not healthy after 1 s with the hardened options'],
    ['ended', 'WARN', 'the container exited with code 3 after 1 s with the hardened options'],
    ['not-started', 'WARN', 'the container could not be started with the hardened options'],
    ['running', null, 'the container has no health check; it ran for 1 s with the hardened options'],
  ] as const)('when it is %s, then it is %s', (outcome, status, why) => {
    expect(test1({ outcome, exitCode: 3 })).toMatchObject({ counted: { word: status }, why })
  })

  test('when options were withheld, then each is named', () => {
    expect(test1({}, ['--publish', '--pid host'])?.why).toBe(
      'the container became healthy after 1 s with the hardened options but without --publish, --pid host',
    )
  })

  test('when there is no health check, then nobody knows', () => {
    expect(test1({ outcome: 'running' })).toMatchObject({ state: 'not-evaluated', counted: { word: null } })
  })

  test('when there is a health check, then the advice is not to add one; with own options, nothing else is named', () => {
    const advice = (outcome: StartReport['outcome'], options: 'hardened' | 'given') =>
      ask(runOf({ startTest: { options, without: [], report: { ...healthy, outcome } } })).byId.get(
        'start-test',
      )?.ours?.advice
    expect(advice('running', 'hardened')).toMatch(/^Add a health check, and make sure .* without root/)
    expect(advice('unhealthy', 'hardened')).toMatch(/^Make sure .* without root/)
    expect(advice('never-healthy', 'given')).toBe(
      'Make sure that the image runs with its run options, and becomes healthy.',
    )
  })

  test('when its health check printed something, then that is shown', () => {
    expect(test1({ outcome: 'unhealthy', said: 'listening', health: 'connection refused' })?.output).toBe(
      'connection refused',
    )
  })

  test('when it said something, then its last words are one line', () => {
    expect(test1({ outcome: 'ended', said: 'a\nb' })?.output).toBe('a b')
    expect(test1({ outcome: 'ended', said: `y${'x'.repeat(300)}` })?.output).toBe(`…${'x'.repeat(300)}`)
    expect(test1({ outcome: 'ended', said: '' })?.output).toBeNull()
  })
})
