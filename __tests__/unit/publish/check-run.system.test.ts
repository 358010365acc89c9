import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  aBinary,
  aCheckResult,
  anImageVerdict,
  aPolicyNotice,
  aProblem,
  aRuledFinding,
  aVerdict,
} from '../../support/builders.js'
import { aPublishSetting, HEAD, MERGE, type PublishSetting, pullRequest, TOKEN } from './publish-setting.js'

let setting: PublishSetting
beforeEach(async () => {
  setting = await aPublishSetting()
})
afterEach(async () => {
  expect(setting.stub.errors).toEqual([])
  await setting.close()
})

const only = { comment: 'never' } as const
const pass = aVerdict({ verdict: 'pass', images: [anImageVerdict({ verdict: 'pass', findings: [] })] })
const incomplete = aVerdict({
  verdict: 'incomplete',
  images: [
    anImageVerdict({
      verdict: 'incomplete',
      findings: [],
      checks: [aCheckResult({ state: 'unanswered', problem: aProblem() })],
    }),
  ],
})
/** Without a fix each is a task of its own, and so an annotation. */
const at = (line: number, part: Parameters<typeof aRuledFinding>[0] = {}) =>
  aRuledFinding({ policy: { file: 'Dockerfile', line }, fixedVersion: null, installable: null, ...part })
const failing = (findings = [at(4)]) => aVerdict({ images: [anImageVerdict({ findings })] })
const checkRun = () => {
  const [run, ...others] = setting.stub.checkRuns
  if (run === undefined || others.length > 0) {
    throw new Error(`${setting.stub.checkRuns.length} check runs`)
  }
  return run
}

describe('the check run', () => {
  test.each([
    ['pass', pass, 'success', 'app:1.4.0 may be released'],
    ['fail', failing(), 'failure', 'app:1.4.0 may not be released: 1 task'],
    [
      'incomplete',
      incomplete,
      'action_required',
      'app:1.4.0 could not be judged and may not be released: 1 task',
    ],
  ])(
    'when the verdict is %s then its conclusion and title say so, at the head',
    async (_, verdict, conclusion, title) => {
      const published = await setting.publish(verdict, only)
      expect(published).toEqual({ checkRun: true, notes: [] })
      expect(checkRun()).toMatchObject({ conclusion, title, status: 'completed', head_sha: HEAD })
      expect(checkRun().name).toBe('Seaworthy: app:1.4.0 (linux/amd64)')
      expect(checkRun().summary).toContain(title)
      expect(setting.stub.log.map(({ authorization }) => authorization)).toContain(`token ${TOKEN}`)
    },
  )

  test('when the event is no pull request then it is at the commit, and lines are its own', async () => {
    const env = { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '' }
    await setting.publish(failing(), {}, env)
    expect(checkRun()).toMatchObject({
      head_sha: MERGE,
      annotations: [{ path: 'Dockerfile', start_line: 4 }],
    })
    expect(setting.stub.log.map(({ path }) => path)).toEqual(['/repos/acme/shop/check-runs'])
  })

  test('when there are 5,000 tasks then 50 go with each of 100 requests, in the order of the tasks', async () => {
    const findings = Array.from({ length: 5000 }, (_, index) =>
      at((index % 9) + 1, { package: `p${index}`, id: `CVE-2026-${index}` }),
    )
    await setting.publish(failing(findings), {})
    const writes = setting.stub.log.filter(({ path }) => path.includes('check-runs'))
    expect(writes.length).toBeLessThanOrEqual(101)
    expect(writes.map(({ body }) => body.status ?? null)).toEqual([
      'in_progress',
      ...Array(98).fill(null),
      'completed',
    ])
    expect(checkRun().annotations).toHaveLength(5000)
    expect(checkRun().annotations[0]?.title).toContain('CVE-2026-0')
    expect(checkRun().summary.length).toBeLessThanOrEqual(65_535)
    expect(setting.stub.comments[0]?.body.length).toBeLessThanOrEqual(65_536)
  })

  test('when there are more than it is given then it is reported how many', async () => {
    const findings = Array.from({ length: 5020 }, (_, index) => at(1, { package: `p${index}` }))
    await setting.publish(failing(findings), only)
    expect(checkRun().annotations).toHaveLength(5000)
    expect(checkRun().summary).toContain('20 annotations left out: a check run can have at most 5000')
  })

  test('when two packages are settled by one update then that is one annotation', async () => {
    const update = (line: number, name: string) =>
      at(line, { package: name, binaries: [aBinary({ name })], fixedVersion: '2.6.2', installable: true })
    await setting.publish(failing([update(4, 'apt'), update(4, 'tar'), at(9)]), only)
    expect(checkRun().annotations.map(({ start_line, title }) => [start_line, title])).toEqual([
      [1, 'app:1.4.0: Update 2 packages'],
      [1, expect.stringMatching(/^app:1\.4\.0: /)],
    ])
  })
})

describe('lines of a merge with the base', () => {
  test('when the head has the same file then the line stays; where it differs or is not there, it is the first', async () => {
    for (const name of ['Dockerfile', 'app.Dockerfile']) {
      writeFileSync(join(setting.workspace, name), 'FROM a\n')
    }
    setting.stub.files.set(`${HEAD}:Dockerfile`, 'FROM a\n')
    setting.stub.files.set(`${HEAD}:app.Dockerfile`, 'FROM b\n')
    const findings = [
      at(4),
      at(4, { policy: { file: 'app.Dockerfile', line: 4 } }),
      at(4, { policy: { file: 'policies/gone.yml', line: 4 } }),
      at(4, { policy: { file: join(setting.workspace, './Dockerfile'), line: 5 } }),
      at(4, { policy: { file: '/etc/passwd', line: 4 } }),
      at(4, { policy: { file: '../other', line: 4 } }),
    ]
    await setting.publish(failing(findings), only)
    expect(checkRun().annotations.map(({ path, start_line }) => `${path}:${start_line}`)).toEqual([
      'Dockerfile:4',
      'app.Dockerfile:1',
      'policies/gone.yml:1',
      'Dockerfile:5',
    ])
  })

  test('when files cannot be read then annotations go to the first line', async () => {
    writeFileSync(join(setting.workspace, 'Dockerfile'), 'FROM a\n')
    setting.stub.fail({ path: /contents/, status: 403 })
    await setting.publish(failing(), only)
    expect(checkRun().annotations).toMatchObject([{ path: 'Dockerfile', start_line: 1 }])
  })
})

describe('when GitHub does not take it', () => {
  const many = failing(Array.from({ length: 120 }, (_, index) => at(1, { package: `p${index}` })))
  const creating = { method: 'POST', path: /check-runs$/ }
  const patching = { method: 'PATCH', path: /check-runs/ }

  test.each([
    [403, 'Resource not accessible by integration'],
    [404, 'Not Found'],
  ])(
    'with %s then that is said, with the permission, and workflow commands are asked for',
    async (status, message) => {
      setting.stub.fail({ ...creating, status, message })
      const { checkRun: done, notes } = await setting.publish(failing(), only)
      expect(done).toBe(false)
      expect(notes).toEqual([
        expect.stringMatching(new RegExp(`check run.*${status}: ${message}.*checks: write`)),
      ])
      expect(setting.warnings).toHaveLength(1)
      expect(setting.warnings[0]).not.toContain(TOKEN)
    },
  )

  test('with 422 then it is made without annotations', async () => {
    setting.stub.fail({ ...creating, status: 422, times: 1 })
    const { checkRun: done, notes } = await setting.publish(many, only)
    expect(done).toBe(true)
    expect(notes).toEqual(['120 annotations could not be added to the check run'])
    expect(checkRun()).toMatchObject({ status: 'completed', conclusion: 'failure', annotations: [] })
  })

  test('with a limit then it waits as told, and goes on', async () => {
    setting.stub.fail({ ...creating, status: 429, headers: { 'retry-after': '1' }, times: 1 })
    setting.stub.fail({ ...patching, status: 403, headers: { 'retry-after': '0' }, times: 1 })
    const pauses: number[] = []
    await setting.publish(many, { ...only, pause: async (ms) => void pauses.push(ms) })
    expect(pauses).toEqual([1000, expect.any(Number)])
    expect(pauses[1]).toBeLessThan(1000)
    expect(checkRun()).toMatchObject({ status: 'completed' })
    expect(checkRun().annotations).toHaveLength(120)
  })

  test('with a limit that would last longer than there is time then it gives up at once', async () => {
    setting.stub.fail({ status: 429, headers: { 'retry-after': '3600' } })
    const pauses: number[] = []
    const pause = async (ms: number) => void pauses.push(ms)
    const { notes } = await setting.publish(many, { ...only, pause, timeoutMs: 600_000 })
    expect(pauses).toEqual([])
    expect(notes).toEqual([expect.stringContaining('429')])
  })

  test('with a cut connection before and after it was obeyed then there is one check run', async () => {
    setting.stub.fail({ ...creating, cut: 'after', times: 1 })
    setting.stub.fail({ ...patching, cut: 'before', times: 1 })
    await setting.publish(many, only)
    expect(checkRun()).toMatchObject({ status: 'completed', conclusion: 'failure' })
    expect(checkRun().annotations).toHaveLength(120)
  })

  test('with 500 for ever then that is reported, and the time is bounded', async () => {
    setting.stub.fail({ status: 500 })
    const { checkRun: done, notes } = await setting.publish(many, only)
    expect([done, notes]).toEqual([false, [expect.stringContaining('500')]])
  })

  test('with 500 for later annotations then it is completed without them', async () => {
    setting.stub.fail({ ...patching, status: 500, times: 4 })
    const { notes } = await setting.publish(many, only)
    expect(notes).toEqual(['70 annotations could not be added to the check run'])
    expect(checkRun()).toMatchObject({ status: 'completed', conclusion: 'failure' })
  })

  test('with no server at all then that is reported', async () => {
    const { notes } = await setting.publish(failing(), only, { GITHUB_API_URL: 'http://127.0.0.1:9' })
    expect(notes).toEqual([expect.stringContaining('no response from GitHub')])
  })

  test('with an answer that never ends then the time is over at some point', async () => {
    setting.stub.fail({ first: () => new Promise(() => undefined) })
    const { notes } = await setting.publish(failing(), { ...only, timeoutMs: 300 })
    expect(notes).toHaveLength(1)
  })
})

test('when there is no token, no run or nothing is wanted then nothing is asked', async () => {
  const nothing = { checkRun: false, notes: [] }
  expect(await setting.publish(failing(), { token: null })).toEqual(nothing)
  expect(await setting.publish(failing(), { checkRun: false, ...only })).toEqual(nothing)
  expect(await setting.publish(failing(), {}, { GITHUB_REPOSITORY: 'a b/c' })).toEqual(nothing)
  expect(await setting.publish(failing(), {}, { GITHUB_EVENT_PATH: '/nowhere' })).toEqual(nothing)
  expect(setting.stub.log).toEqual([])
})

test('when two jobs differ in tag, platform or runner then their check runs have names of their own', async () => {
  const named = (reference: string) => aVerdict({ images: [anImageVerdict({ reference })] })
  await setting.publish(named('app:1'), only)
  await setting.publish(named('app:2'), only)
  await setting.publish(named('app:2'), { ...only, platform: 'linux/arm64' })
  await setting.publish(named('app:1'), only, { RUNNER_ARCH: 'ARM64' })
  await setting.publish(named(`${'x'.repeat(200)}:1`), only)
  await setting.publish(named(`${'x'.repeat(200)}:2`), only)
  const names = setting.stub.checkRuns.map(({ name }) => name)
  expect(new Set(names).size).toBe(6)
  for (const name of names) {
    expect([...name].length).toBeLessThanOrEqual(100)
  }
  await setting.publish(named('app:1'), { ...only, checkName: 'gate' })
  expect(setting.stub.checkRuns.at(-1)?.name).toBe('gate')
})

test('when a run on the default branch is about a pull request then nothing is said of its commit', async () => {
  const event = join(setting.workspace, 'after.json')
  const after = { GITHUB_EVENT_NAME: 'workflow_run', GITHUB_EVENT_PATH: event }
  writeFileSync(event, JSON.stringify({ workflow_run: { event: 'pull_request' } }))
  const { checkRun: done, notes } = await setting.publish(pass, only, after)
  expect([done, notes]).toEqual([false, [expect.stringContaining('this run is about a pull request')]])
  expect(setting.stub.checkRuns).toEqual([])
  writeFileSync(event, JSON.stringify({ workflow_run: { event: 'push' } }))
  await setting.publish(pass, only, after)
  expect(checkRun()).toMatchObject({ conclusion: 'success', head_sha: MERGE })
})

describe('when two jobs have one name for their check runs', () => {
  const named = () => setting.stub.checkRuns.map(({ name, conclusion }) => [name, conclusion])
  const name = 'Seaworthy: app:1.4.0 (linux/amd64)'
  const renamed =
    `the check run was renamed "${name} (2)", because another job has a worse result under the same name: ` +
    'set check-name to a different name in each job'

  test.each([
    ['fails', failing(), 'failure'],
    ['has no answer', incomplete, 'action_required'],
  ])(
    'and the earlier one %s then the later pass gets another name, and a note',
    async (_, verdict, worse) => {
      await setting.publish(verdict, only)
      const { notes } = await setting.publish(pass, only)
      expect(named()).toEqual([
        [name, worse],
        [`${name} (2)`, 'success'],
      ])
      expect(notes).toEqual([renamed])
    },
  )

  test('and the later one fails then it has the name, which the newest stands for', async () => {
    await setting.publish(pass, only)
    const { notes } = await setting.publish(failing(), only)
    expect([named(), notes]).toEqual([
      [
        [name, 'success'],
        [name, 'failure'],
      ],
      [],
    ])
  })

  test('and each is worse than the next then no name has two, of which the newest is better', async () => {
    await setting.publish(failing(), only)
    await setting.publish(incomplete, only)
    await setting.publish(pass, only)
    expect(named().map(([one]) => one)).toEqual([name, `${name} (2)`, `${name} (3)`])
  })

  test('and the earlier one is not completed then what it will be counts', async () => {
    await setting.publish(failing(), only)
    Object.assign(checkRun(), { status: 'in_progress', conclusion: null })
    await setting.publish(pass, only)
    expect(named().at(-1)).toEqual([`${name} (2)`, 'success'])
    setting.stub.checkRuns.length = 0
    await setting.publish(pass, only)
    Object.assign(checkRun(), { status: 'in_progress', conclusion: null })
    await setting.publish(pass, only)
    expect(named().at(-1)).toEqual([name, 'success'])
  })

  // Rules, and pull requests that merge themselves, need only a moment of success.
  const isSuccess = () =>
    setting.stub.checkRuns.filter((one) => one.name === name).at(-1)?.conclusion === 'success'

  test('and the earlier one fails then the name stands for a success at no time', async () => {
    await setting.publish(failing(), only)
    const moments: boolean[] = []
    setting.stub.fail({ path: /check-runs/, first: () => moments.push(isSuccess()) })
    await setting.publish(pass, only)
    expect(moments.length).toBeGreaterThan(2)
    expect([moments.some(Boolean), isSuccess()]).toEqual([false, false])
  })

  test('and one fails just before the other is completed then the failure keeps the name', async () => {
    const failed = () => setting.publish(failing(), only)
    setting.stub.fail({ method: 'PATCH', path: /check-runs/, times: 1, first: failed })
    const { notes } = await setting.publish(pass, only)
    expect([named(), notes]).toEqual([
      [
        [`${name} (2)`, 'success'],
        [name, 'failure'],
      ],
      [renamed],
    ])
  })

  test('and one of them is repeated alone then the failure of the other keeps the name', async () => {
    const again = { GITHUB_RUN_ATTEMPT: '2' }
    await setting.publish(failing(), { ...only, job: 'strict' })
    await setting.publish(pass, { ...only, job: 'lax' })
    const { notes } = await setting.publish(pass, { ...only, job: 'lax' }, again)
    expect([named().at(-1), notes]).toEqual([[`${name} (2)`, 'success'], [renamed]])
    // What the other has published last counts.
    await setting.publish(pass, { ...only, job: 'strict' }, { GITHUB_RUN_ATTEMPT: '3' })
    await setting.publish(pass, { ...only, job: 'lax' }, { GITHUB_RUN_ATTEMPT: '4' })
    expect(named().slice(-2)).toEqual([
      [name, 'success'],
      [name, 'success'],
    ])
  })

  test('and the pull request passes when it is repeated then so may a push', async () => {
    const push = { GITHUB_EVENT_NAME: 'push', GITHUB_SHA: HEAD, GITHUB_RUN_ID: '999' }
    await setting.publish(failing(), only)
    await setting.publish(pass, only, { GITHUB_RUN_ATTEMPT: '2' })
    await setting.publish(pass, only, push)
    expect(named().at(-1)).toEqual([name, 'success'])
  })

  test('and a clock is wrong then that does not matter, because GitHub says when each was completed', async () => {
    await setting.publish(pass, only)
    await setting.publish(failing(), only)
    const bodies = setting.stub.log.map(({ body }) => JSON.stringify(body))
    expect(bodies.filter((body) => /_at"/.test(body))).toEqual([])
  })

  test('and a run for a push passes by the policies of its branch then the pull request’s failure stays', async () => {
    await setting.publish(failing(), only)
    const push = { GITHUB_EVENT_NAME: 'push', GITHUB_SHA: HEAD, GITHUB_RUN_ID: '999' }
    await setting.publish(pass, only, push)
    expect(named()).toEqual([
      [name, 'failure'],
      [`${name} (2)`, 'success'],
    ])
  })

  test.each([
    ['a later run of the pull request', { GITHUB_RUN_ID: '999' }],
    ['its next attempt', { GITHUB_RUN_ATTEMPT: '2' }],
  ])('and %s passes then it has the name', async (_, env) => {
    await setting.publish(failing(), only)
    const { notes } = await setting.publish(pass, only, env)
    expect([named().at(-1), notes]).toEqual([[name, 'success'], []])
  })

  test('and GitHub does not say which there are then that is noted', async () => {
    setting.stub.fail({ method: 'GET', path: /check-runs/, status: 403 })
    const { checkRun: done, notes } = await setting.publish(pass, only)
    expect(done).toBe(true)
    expect(notes).toEqual([
      expect.stringContaining('not known whether another job has a worse check run of the same name: '),
    ])
  })
})

test('when policies have notices then they are warnings at their lines', async () => {
  const notice = aPolicyNotice()
  writeFileSync(join(setting.workspace, 'x'), '')
  await setting.publish({ ...pass, policyNotices: [notice] }, only, {
    ...pullRequest(setting.stub.url, setting.workspace),
    GITHUB_SHA: HEAD,
  })
  expect(checkRun().annotations).toMatchObject([
    { path: 'policies/whitelist.yml', start_line: 21, annotation_level: 'warning' },
  ])
})
