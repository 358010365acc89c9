import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { SeaworthyError } from '../../../src/model/problem.js'
import { readWhitelist } from '../../../src/policy/whitelist/read.js'
import { publishProblem } from '../../../src/publish/publish.js'
import { renderProblemAnnotations } from '../../../src/reports/github/annotations.js'
import { renderProblemReport } from '../../../src/reports/github/summaries.js'
import { anImageVerdict, aProblem, aVerdict } from '../../support/builders.js'
import { parseWorkflowCommand } from '../../support/workflow-command.js'
import { aPublishSetting, HEAD, type PublishSetting, pullRequest, TOKEN } from './publish-setting.js'

let setting: PublishSetting
beforeEach(async () => {
  setting = await aPublishSetting()
})
afterEach(async () => {
  expect(setting.stub.errors).toEqual([])
  await setting.close()
})

/** As whoever reads a whitelist gets it. */
function faulty() {
  try {
    readWhitelist('version: 1\nentries:\n  - id: nope\n    colour: red\n', 'policies/whitelist.yml', null)
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return error.problem
    }
  }
  throw new Error('it was read')
}

const warned: string[] = []
const publish = (problem: ReturnType<typeof aProblem>, part: object = {}) =>
  publishProblem(problem, ['app:1.4.0'], {
    token: TOKEN,
    checkRun: true,
    checkName: null,
    comment: 'changes',
    platform: null,
    job: '',
    overwriteCheckMs: 1,
    runId: '0'.repeat(12),
    env: pullRequest(setting.stub.url, setting.workspace),
    warn: (text) => void warned.push(text),
    ...part,
  })

describe('when a policy cannot be read', () => {
  test('then there is a check run of the usual name with an annotation at each line', async () => {
    const text = 'version: 1\nentries:\n  - id: nope\n    colour: red\n'
    const { mkdirSync } = await import('node:fs')
    mkdirSync(join(setting.workspace, 'policies'), { recursive: true })
    writeFileSync(join(setting.workspace, 'policies/whitelist.yml'), text)
    setting.stub.files.set(`${HEAD}:policies/whitelist.yml`, text)
    const problem = faulty()
    expect(problem.errors?.length).toBeGreaterThan(1)
    expect(await publish(problem)).toBe(true)
    const [run, ...more] = setting.stub.checkRuns
    expect(more).toEqual([])
    expect(run).toMatchObject({
      name: 'Seaworthy: app:1.4.0 (linux/amd64)',
      status: 'completed',
      conclusion: 'action_required',
      head_sha: HEAD,
    })
    expect(run?.title).toMatch(/^Nothing was judged: policies\/whitelist\.yml:/)
    expect(run?.annotations.map(({ path, start_line }) => `${path}:${start_line}`)).toEqual(
      problem.errors?.map(({ place }) => `${place.file}:${place.line}`),
    )
    expect(run?.summary).toContain('docs/troubleshooting.md#policy-invalid')
  })

  test('then without a token its annotations are workflow commands, at the same lines', async () => {
    expect(await publish(faulty(), { token: null })).toBe(false)
    const commands = renderProblemAnnotations(faulty()).map((line) => parseWorkflowCommand(line))
    expect(commands.map((one) => [one?.name, one?.properties.file, one?.properties.line])).toEqual(
      (faulty().errors ?? []).map(({ place }) => ['error', place.file, String(place.line)]),
    )
  })

  test('then GitHub’s refusal is a warning, and no more', async () => {
    setting.stub.fail({ path: /check-runs/, status: 403 })
    expect(await publish(faulty())).toBe(false)
    expect(warned.at(-1)).toContain('the check run was not published: ')
  })
})

describe('when a pull request has a comment', () => {
  const image = anImageVerdict({ verdict: 'pass', findings: [] })
  const pass = aVerdict({ verdict: 'pass', images: [image] })
  const NEXT = 'c'.repeat(40)
  const later = (run: number) => pullRequest(setting.stub.url, setting.workspace, { run, head: NEXT })
  const only = { checkRun: false, comment: 'always' } as const
  const heading = () =>
    setting.stub.comments.map(({ body }) => body.split('\n').find((line) => line.startsWith('### ')))

  test('and its next commit is not judged, then the comment is no pass any more, until one is', async () => {
    await setting.publish(pass, only)
    expect(heading()).toEqual(['### ✅ app:1.4.0 (linux/amd64) may be released'])
    await publish(aProblem(), { checkRun: false, env: later(2) })
    expect(heading()).toEqual(['### ⛔ app:1.4.0 could not be judged and may not be released: 1 task'])
    expect(setting.stub.comments[0]?.body).toContain('Nothing was judged: ')
    await setting.publish(pass, only, { ...later(2), GITHUB_RUN_ATTEMPT: '2' })
    expect(heading()).toEqual(['### ✅ app:1.4.0 (linux/amd64) may be released'])
  })

  test('and another job of the run passes, then it stays no pass', async () => {
    await setting.publish(pass, only)
    await publish(aProblem(), { checkRun: false, env: later(2) })
    await setting.publish(pass, { ...only, job: 'other' }, later(2))
    expect(heading()).toEqual(['### ⛔ 1 of 2 images may not be released: 1 task'])
  })

  test('then none is made of it, and comment: never leaves it alone', async () => {
    await publish(aProblem(), { checkRun: false })
    expect(setting.stub.comments).toEqual([])
    await setting.publish(pass, only)
    await publish(aProblem(), { checkRun: false, comment: 'never', env: later(2) })
    expect(heading()).toEqual(['### ✅ app:1.4.0 (linux/amd64) may be released'])
  })
})

test('when a problem is of no file, then it has no annotation, and the summary says what, where and what to do', () => {
  const report = renderProblemReport(aProblem(), 'https://github.com/acme/gate/blob/v1/')
  expect(report.annotations).toEqual([])
  expect(report.summary).toMatch(/Nothing was judged[\s\S]*within 60 s[\s\S]*container[\s\S]*To do/)
  expect(report.summary).toContain(
    '(https://github.com/acme/gate/blob/v1/docs/troubleshooting.md#clair-not-ready)',
  )
})
