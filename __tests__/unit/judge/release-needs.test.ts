import { describe, expect, test } from '@jest/globals'
import type { JudgedInput } from '../../../src/judge/answers.js'
import { judge } from '../../../src/judge/judge.js'
import { imageTasks } from '../../../src/judge/tasks/actions.js'
import { type BenchRun, benchFinding } from '../../../src/model/finding/bench.js'
import { RELEASE_KINDS, type ReleaseKind } from '../../../src/model/image/release-tag.js'
import { NOT_RUN } from '../../../src/model/run/regression-test.js'
import type { ReleaseRules } from '../../../src/policy/gate/release-rules.js'
import { DEFAULT_GATE, type GatePolicy } from '../../../src/policy/gate/thresholds.js'
import { runFact } from '../../../src/reports/view/regression-test.js'
import { imageStatements } from '../../../src/reports/view/statements.js'
import { aResult, engineResult } from '../../support/bench.js'
import { aJudgedInput, anAnswer, anEvidence, aPolicy, TODAY } from '../../support/builders.js'

const RAN: BenchRun = { ran: true, source: 'commit 1', tree: null }
const WHY = 'in a container of docker:29-cli: the image was not pulled within 180 s'
const NOT: BenchRun = { ran: false, why: WHY }

/** Clair found nothing, and the docker-bench check has this one result. */
function anInput(run: BenchRun | null, more: JudgedInput['answers'] = []): JudgedInput {
  const finding = benchFinding(aResult('4.6', { builtin: engineResult('PASS') }))
  const { answers } = aJudgedInput()
  const bench =
    run === null
      ? []
      : [
          {
            evidence: anEvidence({ check: 'docker-bench' }),
            answer: anAnswer([finding], 'docker-bench', { bench: run }),
          },
        ]
  return aJudgedInput([], { answers: [...answers, ...bench, ...more] })
}

/** A dictionary that expects nothing but what there is. */
function aLenientPolicy(gate: Partial<GatePolicy>) {
  const policy = aPolicy([], { checks: ['clair', 'docker-bench'], ...gate })
  const defaults = { ...policy.dictionary.defaults, missing: 'report' as const }
  return { ...policy, dictionary: { ...policy.dictionary, defaults } }
}

function judged(input: JudgedInput, gate: Partial<GatePolicy>) {
  const { verdict, images } = judge([input], aLenientPolicy(gate), TODAY)
  const problems = (images[0]?.checks ?? []).flatMap(({ check, problem }) =>
    problem === null ? [] : [`${check}: ${problem.code}: ${problem.what}`],
  )
  return { verdict, problems, image: images[0] }
}

const withRules = (release: ReleaseKind, part: Partial<ReleaseRules>) => {
  const { releases } = DEFAULT_GATE
  return { release, releases: { ...releases, [release]: { ...releases[release], ...part } } }
}

const passed = {
  evidence: anEvidence({ check: 'regression-test' }),
  answer: anAnswer([], 'regression-test', { test: { ...NOT_RUN, state: 'passed', by: 'command' } }),
}

describe('a release, if nobody has set anything', () => {
  test('when it is a major one without a regression test, then there is no verdict, and it says what to do', () => {
    const { verdict, problems, image } = judged(anInput(RAN), { release: 'major' })
    expect(verdict).toBe('incomplete')
    expect(problems).toEqual([
      'regression-test: test-not-given: a major release needs a regression test, but no test is set',
    ])
    expect(image?.checks.find(({ problem }) => problem !== null)?.problem?.todo).toBe(
      'set the input test; if major releases need none, set releases: {major: {test: optional}} in policies/gate.yml',
    )
  })

  test('when it is a major one whose test passed, then it passes', () => {
    expect(judged(anInput(RAN, [passed]), { release: 'major' })).toMatchObject({
      verdict: 'pass',
      problems: [],
    })
  })

  test.each<[ReleaseKind | null, ReleaseRules['test'], string]>([
    ['minor', 'required', 'a major release would need a regression test'],
    ['patch', 'required', 'a major release would need a regression test'],
    ['patch', 'optional', 'regression test: not run'],
    [null, 'required', 'regression test: not run'],
  ])(
    'when it is %s without a test, which a major one has as %s, then reports say "%s"',
    (release, test, fact) => {
      const { image } = judged(anInput(RAN), { ...withRules('major', { test }), release })
      const { limits = [], details = [] } = image ? imageStatements(image, null) : {}
      expect([...limits, ...details]).toContain(fact)
      // SARIF and CycloneDX say it in one text.
      expect(image && runFact(image).split('; ')).toContain(fact)
    },
  )

  test.each([['minor'], ['patch'], [null]] as const)(
    'when it is %s, then no regression test is needed',
    (release) => {
      expect(judged(anInput(RAN), { release })).toMatchObject({ verdict: 'pass', problems: [] })
    },
  )

  test.each(RELEASE_KINDS)(
    'when it is a %s one and Docker Bench did not run, then there is no verdict, and the results are reported',
    (release) => {
      const { verdict, problems, image } = judged(anInput(NOT, [passed]), { release })
      expect(verdict).toBe('incomplete')
      expect(problems).toEqual([
        `docker-bench: bench-not-run: a ${release} release needs results of Docker Bench itself, but it did not run: ${WHY}`,
      ])
      const bench = image?.checks.find(({ check }) => check === 'docker-bench')
      expect(bench?.bench?.rows.find(({ id }) => id === '4.6')).toMatchObject({ outcome: 'match' })
      expect(bench?.problem?.todo).toContain(`releases: {${release}: {docker-bench: optional}}`)
      expect(bench?.problem?.todo).toContain('bench-engine: builtin')
    },
  )

  test('when the docker-bench check is not one of those that run, then there is no verdict', () => {
    expect(judged(anInput(null), { release: 'patch', checks: ['clair'] })).toMatchObject({
      verdict: 'incomplete',
      problems: [
        'docker-bench: bench-not-run: a patch release needs results of Docker Bench itself, but the docker-bench check was not run',
      ],
    })
  })

  test('when nothing is released, then the built-in rules are enough', () => {
    expect(judged(anInput(NOT), {})).toMatchObject({ verdict: 'pass', problems: [] })
    expect(judged(anInput(null), { checks: ['clair'] })).toMatchObject({ verdict: 'pass', problems: [] })
  })

  test('when a finding blocks too, then that decides', () => {
    const worse = benchFinding(aResult('4.6', { builtin: engineResult('WARN') }))
    const answer = anAnswer([worse], 'docker-bench', { bench: NOT })
    const answers = [{ evidence: anEvidence({ check: 'docker-bench' }), answer }]
    const { verdict, image } = judged(aJudgedInput([], { answers }), {
      release: 'patch',
      checks: ['docker-bench'],
    })
    expect(verdict).toBe('fail')
    expect(image?.findings.filter(({ blocks }) => blocks).map(({ id }) => id)).toEqual(['4.6'])
  })
})

describe('a release whose container was started for Docker Bench and did not keep running', () => {
  const notStarted = { why: 'the container exited with code 3 after 4.2 s', lastLine: 'no database.' }
  const ENDED: BenchRun = { ...RAN, notStarted }

  test.each(RELEASE_KINDS)(
    'when it is a %s one, then there is no verdict, and a task names the two ways out',
    (release) => {
      const { verdict, problems, image } = judged(anInput(ENDED, [passed]), { release })
      expect(verdict).toBe('incomplete')
      expect(problems).toEqual([
        `docker-bench: bench-not-run: a ${release} release needs results of Docker Bench for a running container, but the image did not keep running: the container exited with code 3 after 4.2 s; its last line: no database`,
      ])
      const bench = image?.checks.find(({ check }) => check === 'docker-bench')
      expect(bench?.bench?.rows.find(({ id }) => id === '4.6')).toMatchObject({ outcome: 'match' })
      const [task] = image === undefined ? [] : imageTasks(image)
      expect(task?.title).toMatch(
        /^Get an answer from docker-bench: add what the image lacks .*compose-file.* start: false in gate\.yml$/,
      )
    },
  )

  test.each<[string, Partial<GatePolicy>]>([
    ['nothing is released', {}],
    ['gate.yml chooses the built-in rules', { release: 'patch', benchEngine: 'builtin' }],
    ['its kind does without Docker Bench', withRules('patch', { dockerBench: 'optional' })],
  ])('when %s, then the declared options are enough', (_, gate) => {
    expect(judged(anInput(ENDED), gate)).toMatchObject({ verdict: 'pass', problems: [] })
  })

  test('when another release’s container was not to be started, then it passes', () => {
    expect(judged(anInput(RAN), { release: 'patch' })).toMatchObject({ verdict: 'pass', problems: [] })
  })
})

describe('a release of several platforms', () => {
  const apart = { ...NOT, isApart: true } as const

  test('when Docker Bench ran on the engine’s, then the built-in rules judge the others', () => {
    const gate = aLenientPolicy({ release: 'patch' })
    const both = judge([anInput(RAN), { ...anInput(apart), platform: 'linux/arm64' }], gate, TODAY)
    expect(both.images.map(({ verdict }) => verdict)).toEqual(['pass', 'pass'])
    const neither = judge([anInput(NOT), { ...anInput(apart), platform: 'linux/arm64' }], gate, TODAY)
    expect(neither.images.map(({ verdict }) => verdict)).toEqual(['incomplete', 'pass'])
    expect(neither.verdict).toBe('incomplete')
  })
})

describe('a release whose policy says otherwise', () => {
  test('when it has chosen the built-in rules, then they are enough', () => {
    const gate = { release: 'patch', benchEngine: 'builtin' } as const
    expect(judged(anInput(NOT), gate)).toMatchObject({ verdict: 'pass', problems: [] })
    expect(judged(anInput(null), { ...gate, checks: ['clair'] })).toMatchObject({ verdict: 'pass' })
  })

  test('when its kind does without Docker Bench, then that holds for this kind alone', () => {
    const { releases } = withRules('patch', { dockerBench: 'optional' })
    expect(judged(anInput(NOT), { release: 'patch', releases }).verdict).toBe('pass')
    expect(judged(anInput(NOT), { release: 'minor', releases }).verdict).toBe('incomplete')
  })

  test('when a major one does without a test, then it passes; when a patch one needs it, then it does not', () => {
    expect(judged(anInput(RAN), withRules('major', { test: 'optional' })).verdict).toBe('pass')
    expect(judged(anInput(RAN), withRules('patch', { test: 'required' }))).toMatchObject({
      verdict: 'incomplete',
      problems: [
        'regression-test: test-not-given: a patch release needs a regression test, but no test is set',
      ],
    })
  })
})
