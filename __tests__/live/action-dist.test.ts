import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { makePolicies } from '../support/policies.js'
import { commandsIn } from './act/commands.js'
import { leftOf, reportOfStep, runStep, type Step, startStep } from './act/dist.js'
import { cleanImage, LACKING_CVE, lackingImage, whitelist } from './act/subjects.js'
import { removeImages, stanza, tinyDebian } from './images.js'
import { docker, lines, newFolder, SMALL } from './support.js'

let clean: string
let lacking: string
beforeAll(() => {
  clean = cleanImage()
  lacking = lackingImage()
})
afterAll(removeImages)

const errorsOf = (step: Step) => commandsIn(step.stdout).filter(({ name }) => name === 'error')

/** Looks like the frames of an Error's stack. */
const STACK = /^\s+at .+:\d+:\d+\)?$/m

describe('when two images are given', () => {
  let step: Step
  beforeAll(async () => {
    step = await runStep('action', { image: `${clean}\n${lacking}\n`, 'report-dir': 'out/gate' })
  })

  test('then the worst verdict counts, and outputs add up', () => {
    expect(step.code).toBe(1)
    expect(step.outputs).toMatchObject({ verdict: 'fail', act: '1', accepted: '0', 'report-dir': 'out/gate' })
    const { images } = reportOfStep(step)
    expect(images.map(({ verdict }) => verdict)).toEqual(['pass', 'fail'])
    expect(step.outputs.digest?.split('\n')).toEqual(images.map(({ digest }) => digest))
    expect(Number(step.outputs.findings)).toBe(images.flatMap(({ findings }) => findings).length)
  })

  test('then every report is in report-dir, and the summary tells of both', () => {
    for (const name of ['report.json', 'report.md']) {
      expect(existsSync(join(step.folder, 'out/gate', name))).toBe(true)
    }
    expect(step.outputs.report).toBe('out/gate/report.json')
    for (const image of [clean, lacking]) {
      expect(step.summary).toContain(image.split('/')[1])
    }
  })

  test('then what blocks is an error, and that there is no whitelist is reported', () => {
    expect(errorsOf(step).map(({ data }) => data)).toEqual([
      expect.stringContaining(LACKING_CVE),
      step.outputs.summary,
    ])
    expect(step.summary).toContain('policies/whitelist.yml')
  })

  test('then nothing is left', () => expect(leftOf(step)).toEqual([]))
})

describe('when inputs are wrong', () => {
  const refusals: [string, Record<string, string>, string][] = [
    ['image', { image: '' }, 'image: specify at least one image'],
    ['image', { image: '--privileged' }, '"--privileged" is not a valid image name'],
    ['platform', { platform: 'arm' }, 'platform: "arm"'],
    ['checks', { checks: 'clair, trivy' }, 'checks: "trivy"'],
    ['policies', { policies: 'nowhere' }, 'nowhere'],
    ['whitelist', { whitelist: 'policies/accepted.yml' }, 'whitelist: this is not an input: set policies to'],
    ['fail-on', { 'fail-on': 'huge' }, 'fail-on: "huge"'],
    ['timeout', { timeout: 'soon' }, 'timeout: "soon"'],
    ['clair-url', { 'clair-url': 'http://127.0.0.1:9' }, 'layer-url: required with clair-url'],
    ['today', { today: '2026-02-30' }, 'today: "2026-02-30"'],
  ]

  test.each(refusals)('then %s is refused with a message and no stack', async (_, inputs, message) => {
    const step = await runStep('action', { image: clean, ...inputs })
    expect(step.code).toBe(1)
    expect(step.outputs.verdict).toBe('incomplete')
    const [error, ...others] = errorsOf(step)
    expect(error?.data).toContain(message)
    expect(others).toEqual([])
    expect(step.stdout).toContain(message)
    expect(`${step.stdout}${step.stderr}`).not.toMatch(STACK)
    expect(leftOf(step)).toEqual([])
  })

  test('then all of them are reported at once', async () => {
    const step = await runStep('action', { image: clean, platform: 'arm', timeout: 'soon' })
    expect(errorsOf(step)[0]?.data).toMatch(/timeout: /)
    expect(errorsOf(step)[0]?.data).toMatch(/platform: /)
  })

  test('then a whitelist with an error is refused with its line', async () => {
    const text = whitelist({ id: LACKING_CVE, package: 'apt', reason: 'x', owner: 'y', expires: 'soon' })
    const step = await runStep('action', { image: clean }, { files: { 'policies/whitelist.yml': text } })
    expect([step.code, step.outputs.verdict]).toEqual([1, 'incomplete'])
    const [placed, failed, ...others] = errorsOf(step)
    expect(placed?.properties).toMatchObject({ file: 'policies/whitelist.yml', line: '7' })
    expect(failed?.data).toContain('policies/whitelist.yml:7')
    expect(others).toEqual([])
    expect(step.summary).toContain('Nothing was judged')
    expect(step.summary).toContain('is not a date')
  })

  test('then debug shows the stack', async () => {
    const step = await runStep('action', { image: clean, timeout: 'soon', debug: 'true' })
    expect(step.stdout).toMatch(STACK)
  })

  test('then a run with debug logging shows it too', async () => {
    const env = { RUNNER_DEBUG: '1' }
    const step = await runStep('action', { image: clean, timeout: 'soon' }, { env })
    expect(step.stdout).toMatch(STACK)
  })
})

describe('when words from outside look like commands and the image can’t be judged', () => {
  const evil = '%0A::error::pwned ##[error]pwned'

  test.each([
    ['the image’s name', () => `::error::pwned${evil}`],
    [
      'the image’s package database',
      () => tinyDebian('dist-evil', stanza('tar', '1.34', `Source: ::error::pwned${evil}\n`)),
    ],
  ])('then %s is told, and obeyed nowhere', async (_, image) => {
    const step = await runStep('action', { image: image() })
    expect([step.code, step.outputs.verdict]).toEqual([1, 'incomplete'])
    expect(step.stdout).toContain('pwned')
    const commands = commandsIn(step.stdout)
    const names = commands.map(({ name }) => name).filter((name) => !/^(end)?group$/.test(name))
    expect(names).toEqual(names.map(() => 'error'))
    for (const { data } of commands) {
      expect(data).not.toMatch(/^pwned|^::/m)
    }
    expect(leftOf(step)).toEqual([])
  })
})

describe('when a pre-shared key is given', () => {
  const key = 'bm90LWEtcmVhbC1rZXk='

  test.each([
    ['its issuer is missing', {}],
    [
      'Clair does not answer',
      {
        'clair-psk-issuer': 'gate',
        policies: makePolicies(join(newFolder(), 'policies'), { timeouts: { clair: 1 } }),
      },
    ],
  ])('then it is masked and shown nowhere, even if %s', async (_, inputs) => {
    const around = { 'clair-url': 'http://127.0.0.1:9', 'layer-url': 'http://127.0.0.1:8099' }
    const step = await runStep('action', { image: clean, 'clair-psk': key, ...around, ...inputs })
    expect([step.code, step.outputs.verdict]).toEqual([1, 'incomplete'])
    expect(commandsIn(step.stdout)[0]).toMatchObject({ name: 'add-mask', data: key })
    const rest = step.stdout.replace(`::add-mask::${key}\n`, '')
    const all = [rest, step.stderr, step.summary, JSON.stringify(step.outputs), JSON.stringify(step.state)]
    for (const text of all) {
      expect(text).not.toContain(key)
    }
  })
})

describe('when the main step is ended from outside', () => {
  const whenPrinted = (child: ReturnType<typeof startStep>['child'], text: string) =>
    new Promise<void>((resolve) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.toString('utf8').includes(text)) {
          resolve()
        }
      })
    })

  test('then after SIGKILL the post step removes what is left of it', async () => {
    const { child, ended } = startStep('action', { image: SMALL })
    await whenPrinted(child, 'Clair is reading the layers')
    child.kill('SIGKILL')
    const main = await ended
    const left = leftOf(main).map((it) => it.split(' ')[0])
    expect(left).toEqual(expect.arrayContaining(['container', 'network', 'file']))

    const env = { 'STATE_run-id': main.state['run-id'] ?? '' }
    const post = await runStep('post', {}, { temp: main.temp, env })
    expect([post.code, post.stdout]).toEqual([0, 'cleaned up: nothing from this run is left over\n'])
    expect(leftOf(main)).toEqual([])
  })

  test('then after SIGKILL in a test of an update the post step removes what that runs, too', async () => {
    const inputs = {
      image: SMALL,
      checks: 'security-updates',
      update: 'prove',
      test: 'echo; docker run --rm --network none --name "sw-kill-$PPID" "$IMAGE" sleep 300',
    }
    const { child, ended } = startStep('action', inputs)
    const container = `sw-kill-${child.pid}`
    const running = () => lines(docker('ps', '-q', '--filter', `name=${container}`))
    while (running().length === 0 && child.exitCode === null) {
      await sleep(200)
    }
    child.kill('SIGKILL')
    const main = await ended
    const runId = main.state['run-id'] ?? ''
    const names = () =>
      lines(docker('image', 'ls', '-q', '--filter', `reference=seaworthy-update:*-${runId}-*`))
    expect([running().length, names().length]).toEqual([1, 1])

    const post = await runStep('post', {}, { temp: main.temp, env: { 'STATE_run-id': runId } })
    expect([post.code, post.stdout]).toEqual([0, 'cleaned up: nothing from this run is left over\n'])
    expect([running(), names()]).toEqual([[], []])
  })

  test('then after SIGINT, as a cancelled job sends it, the step cleans up itself', async () => {
    const { child, ended } = startStep('action', { image: SMALL })
    await whenPrinted(child, 'Clair is reading the layers')
    child.kill('SIGINT')
    const step = await ended
    expect([step.code, step.outputs.verdict]).toEqual([1, 'incomplete'])
    expect(step.stdout).toContain('stopped by SIGINT')
    expect(leftOf(step)).toEqual([])
  })
})

describe('when the post step has nothing it could do', () => {
  test.each([
    ['no state', {}],
    ['a state that is no run id', { 'STATE_run-id': '../../etc' }],
    ['no engine', { 'STATE_run-id': 'abcdef012345', DOCKER_HOST: 'unix:///nowhere/docker.sock' }],
  ])('then %s does not fail the job', async (_, env) => {
    const step = await runStep('post', {}, { env })
    expect([step.code, step.stderr]).toEqual([0, ''])
  })
})
