import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { VerdictStatus } from '../../../src/model/verdict.js'
import { anImageVerdict, aRuledFinding, aVerdict } from '../../support/builders.js'
import { aPublishSetting, type PublishSetting } from './publish-setting.js'

let setting: PublishSetting
beforeEach(async () => {
  setting = await aPublishSetting()
})
afterEach(async () => {
  await setting.close()
  expect(setting.stub.errors).toEqual([])
})

const HOSTILE = 'a`|@all #1 <b>\n::error::x'
const verdict = (status: VerdictStatus, tag = '4.1.7') =>
  aVerdict({
    verdict: status,
    images: [
      anImageVerdict({
        reference: `ghcr.io/acme/app:${tag}`,
        verdict: status,
        findings: status === 'fail' ? [aRuledFinding({ because: HOSTILE })] : [],
      }),
    ],
  })
const run = (status: VerdictStatus, line = '4.1', tag?: string, env: NodeJS.ProcessEnv = {}) =>
  setting.publish(
    verdict(status, tag),
    { checkRun: false, comment: 'never', issue: true, line },
    { GITHUB_EVENT_NAME: 'schedule', ...env },
  )
const issues = () => setting.stub.issues.map(({ title, state }) => `${state} ${title}`)

describe('when the newest image of a line is judged on a schedule', () => {
  test('then one issue is opened, written again, closed, and another one opened later', async () => {
    await run('fail')
    await run('fail', '4.1', '4.1.8')
    expect(issues()).toEqual([
      expect.stringMatching(/^open Line 4\.1: ghcr\.io\/acme\/app:4\.1\.8 may not be released/),
    ])
    expect(setting.stub.issues[0]?.body).not.toContain('@all')
    await run('pass')
    expect(issues()).toEqual([expect.stringMatching(/^closed Line 4\.1: .* may be released$/)])
    await run('incomplete')
    expect(issues().map((it) => it.split(' ')[0])).toEqual(['closed', 'open'])
    expect(setting.warnings).toEqual([])
  })

  test('then the title names its tag, not the digest that pins it', async () => {
    await run('fail', '4.1', `4.1.7@sha256:${'5'.repeat(64)}`)
    expect(issues()).toEqual([
      expect.stringMatching(/^open Line 4\.1: ghcr\.io\/acme\/app:4\.1\.7 may not be released: \d tasks?$/),
    ])
  })

  test('and somebody runs it by hand on another branch, then the policies of that one close nothing', async () => {
    const event = join(setting.workspace, 'dispatch.json')
    writeFileSync(event, JSON.stringify({ repository: { default_branch: 'main' } }))
    const byHand = (name: string, type = 'branch') =>
      run('pass', '4.1', undefined, {
        GITHUB_EVENT_NAME: 'workflow_dispatch',
        GITHUB_EVENT_PATH: event,
        GITHUB_REF_NAME: name,
        GITHUB_REF_TYPE: type,
      })
    const states = () => issues().map((it) => it.split(' ')[0])
    await run('fail')
    await byHand('lax')
    await byHand('main', 'tag')
    expect(states()).toEqual(['open'])
    await byHand('main')
    expect(states()).toEqual(['closed'])
  })

  test('and another job judges it differently, then its pass leaves the failure open, as long as that job runs', async () => {
    const bench = { GITHUB_JOB: 'bench' }
    const inRun = (number: number) => ({ GITHUB_RUN_NUMBER: String(number) })
    const states = () => issues().map((it) => it.split(' ')[0])
    await run('fail', '4.1', undefined, inRun(1))
    await run('pass', '4.1', undefined, { ...inRun(1), ...bench })
    await run('pass', '4.1', undefined, { ...inRun(2), ...bench })
    expect(states()).toEqual(['open'])
    await run('pass', '4.1', undefined, inRun(2))
    expect(states()).toEqual(['closed'])
    await run('fail', '4.1', undefined, inRun(3))
    await run('pass', '4.1', undefined, { ...inRun(5), ...bench })
    expect(states()).toEqual(['closed', 'closed'])
  })

  test('then each line has its own, and one that passes has none', async () => {
    await run('fail', '4.1')
    await run('fail', '4.0')
    await run('pass', '3')
    await run('pass', '4.0')
    expect(issues().map((it) => it.split(':')[0])).toEqual(['open Line 4.1', 'closed Line 4.0'])
  })

  test('then an issue of somebody else with the same mark is left alone', async () => {
    await run('fail')
    const [ours] = setting.stub.issues
    if (ours === undefined) {
      throw new Error('no issue')
    }
    const other = { ...ours, number: 1, author: 'mallory', type: 'User' as const }
    setting.stub.issues.splice(0, 1, other)
    await run('pass')
    expect(setting.stub.issues).toEqual([other])
  })

  test('then it is found among more than a hundred', async () => {
    await run('fail')
    const [ours] = setting.stub.issues
    if (ours === undefined) {
      throw new Error('no issue')
    }
    const others = Array.from({ length: 120 }, (_, number) => ({ ...ours, number, body: 'something else' }))
    setting.stub.issues.unshift(...others)
    await run('pass')
    expect(setting.stub.issues.filter(({ state }) => state === 'closed').map(({ number }) => number)).toEqual(
      [ours.number],
    )
  })

  test('and the token may not, then it is reported, and nothing else changes', async () => {
    setting.stub.readOnly = true
    const { notes } = await run('fail')
    expect(notes).toEqual([
      expect.stringMatching(/^the issue was not published: GitHub returned 403.*issues: write/),
    ])
  })
})

describe('when a pull request is judged', () => {
  test('then it opens no issue, whatever the input says', async () => {
    await run('fail', '4.1', undefined, { GITHUB_EVENT_NAME: 'pull_request' })
    expect(setting.stub.issues).toEqual([])
  })
})
