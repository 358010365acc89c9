import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { NO_ORIGINS } from '../../../../src/checks/collecting.js'
import {
  type RegressionTestRequest,
  regressionTestCollector,
} from '../../../../src/checks/regression-test/collect.js'
import { regressionTestInterpreter } from '../../../../src/checks/regression-test/interpret.js'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import type { Evidence } from '../../../../src/model/evidence.js'
import { describe as describeFinding } from '../../../../src/model/finding/kinds.js'
import type { Image } from '../../../../src/model/image/image.js'
import type { OpeningImage } from '../../../../src/model/image/opening.js'
import { anImage } from '../../../support/builders.js'
import { type FakeEngine, fakeEngine } from '../../../support/fake-engine.js'
import { json } from '../../../support/fake-server.js'
import { NEVER, until } from '../../../support/waiting.js'

// Tests are real programs; the engine that has the image is a stand-in. Real ones are in the live tests.

const ID = `sha256:${'1'.repeat(64)}`
const RUN_ID = '0123456789ab'
const folder = mkdtempSync(join(tmpdir(), 'sw-test-'))
const engines: FakeEngine[] = []
const environment = { ...process.env }
afterEach(async () => {
  for (const name of Object.keys(process.env).filter((one) => !Object.hasOwn(environment, one))) {
    delete process.env[name]
  }
  Object.assign(process.env, environment)
  for (const one of engines.splice(0)) {
    await one.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Setting {
  readonly image?: Image
  readonly reference?: string
  readonly names?: readonly string[]
  readonly digests?: readonly string[]
  readonly layers?: readonly string[]
  readonly arch?: string
  readonly source?: OpeningImage['source']
  readonly apart?: OpeningImage['apart']
  readonly more?: Partial<RegressionTestRequest>
  readonly routes?: Parameters<typeof fakeEngine>[0]
  /** The image's own command. */
  readonly config?: object
}

async function run(command: string, setting: Setting = {}) {
  const image = setting.image ?? anImage({ reference: setting.reference ?? 'app:1' })
  const layers = image.layers.map(({ diffId }) => diffId)
  const inspect = {
    Id: ID,
    RepoTags: setting.names ?? ['app:1'],
    RepoDigests: setting.digests ?? [],
    RootFS: { Type: 'layers', Layers: setting.layers ?? layers },
    Config: setting.config ?? {},
  }
  const engine = await fakeEngine({
    'GET /version': (_, response) => json(response, 200, { Os: 'linux', Arch: setting.arch ?? 'amd64' }),
    [`GET /images/${image.reference}/json`]: (_, response) => json(response, 200, inspect),
    'GET /images/json': (_, response) => json(response, 200, []),
    'GET /containers/json': (_, response) => json(response, 200, []),
    [`POST /images/${ID}/tag`]: (_, response) => response.writeHead(201).end(),
    ...setting.routes,
  })
  engines.push(engine)
  const opening: OpeningImage = {
    reference: image.reference,
    diffIds: Promise.resolve(layers),
    layer: () => Promise.reject(new Error('no layer is needed')),
    image: Promise.resolve(image),
    found: Promise.resolve(),
    source: setting.source ?? 'engine',
    apart: setting.apart ?? null,
  }
  const requestOfCheck = {
    test: { kind: 'command', command } as const,
    limitMs: NEVER,
    earlierResult: null,
    ...setting.more,
  }
  const collecting = regressionTestCollector.collect(
    [opening],
    { regressionTest: requestOfCheck },
    {
      engine: () => connectEngine({ DOCKER_HOST: engine.host }),
      runId: RUN_ID,
      signal: new AbortController().signal,
      progress: () => {},
      directory: folder,
      trustedCacheDir: null,
      labels: {},
      tracker: () => Promise.reject(new Error('no tracker is needed')),
      origins: () => Promise.resolve(NO_ORIGINS),
      allowedBases: 'official',
      officialMirrors: [],
      unpatched: [],
    },
  )
  const [evidence] = await collecting.evidence
  if (evidence === undefined) {
    throw new Error('there is no evidence')
  }
  return { evidence, engine, image, ...endOf(evidence) }
}

function endOf({ documents }: Evidence) {
  const { 'test.json': end = '{}', 'output.txt': output = '' } = documents
  return { end: JSON.parse(end) as Record<string, unknown>, output }
}

const answerOf = (evidence: Evidence, image: Image) => regressionTestInterpreter.interpret(evidence, image)

test('when the engine’s platform is tested next to it, then another one of the image is not', async () => {
  const apart = { engine: 'linux/amd64', isJudgedInEngine: true }
  const { evidence, engine, image } = await run('exit 1', { arch: 'arm64', apart })
  expect(evidence).toMatchObject({ problem: null, documents: { 'apart.json': '{"engine":"linux/amd64"}' } })
  expect(engine.calls()).toEqual([])
  expect(answerOf(evidence, image)).toMatchObject({
    state: 'answered',
    findings: [],
    test: { state: 'not-run' },
  })
  // Where it is judged alone, nobody has tested anything.
  const alone = await run('exit 0', { arch: 'arm64', apart: { ...apart, isJudgedInEngine: false } })
  expect(alone.evidence.problem?.code).toBe('test-foreign-platform')
})

test('when the image is for 386 and the engine for amd64, then it is tested: its kernel runs it', async () => {
  const platform = { os: 'linux', architecture: '386', variant: null }
  const { evidence } = await run('exit 0', { image: anImage({ reference: 'app:1', platform }) })
  expect(evidence.problem).toBeNull()
})

describe('when the test ends', () => {
  test('with 0, then that is the evidence, nothing is found, and the name of ours is gone', async () => {
    const { evidence, engine, image, end, output } = await run('echo "tested $IMAGE by $DOCKER_HOST"')
    expect(evidence.problem).toBeNull()
    const layers = image.layers.map(({ diffId }) => diffId)
    expect(end).toEqual({
      ...{ by: 'command', exitCode: 0, signal: null, ended: 'exit 0', seconds: expect.any(Number) },
      ...{ imageId: ID, layers },
    })
    const [, name = ''] = /^tested (\S+) by/.exec(output) ?? []
    expect(name).toMatch(new RegExp(`^seaworthy-update:\\d+-${RUN_ID}-test-0$`))
    expect(engine.calls().filter((call) => call.startsWith('DELETE'))).toEqual([`DELETE /images/${name}`])
    expect(answerOf(evidence, image)).toMatchObject({
      ...{ state: 'answered', findings: [], notes: [expect.stringMatching(/^command: exit 0 after /)] },
      test: { state: 'passed', by: 'command', ended: 'exit 0', output },
    })
  })

  test('with another number, then it acts, and its last lines are reported', async () => {
    const { evidence, image } = await run('echo one; echo; echo two >&2; echo three; echo four; exit 7')
    const answer = answerOf(evidence, image)
    expect(answer).toMatchObject({
      findings: [
        {
          id: 'regression-test-failed',
          why: 'the regression test (command) failed: exit 7; its output ends with: two / three / four',
        },
      ],
      test: { state: 'failed', ended: 'exit 7' },
    })
  })

  test('with more than 200 lines, then the last 200 are kept', async () => {
    const { output } = await run('i=0; while [ $i -lt 500 ]; do echo "line $i"; i=$((i+1)); done')
    const lines = output.split('\n')
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([200, 'line 300', 'line 499'])
  })
})

describe('when the test is hostile, or broken', () => {
  test('and never ends, then it is ended with all that it has started, and is no answer', async () => {
    const { evidence, image, output } = await run('sleep 3600 & echo "pid=$!"; wait', {
      more: { limitMs: 500 },
    })
    expect(evidence.problem).toMatchObject({
      code: 'test-timeout',
      what: 'the test was stopped: not finished within 0.5 s',
      todo: expect.stringContaining('timeouts.test'),
    })
    const pid = Number(/pid=(\d+)/.exec(output)?.[1])
    await until(() => !lives(pid))
    expect(evidence.documents['test.json']).toContain('not finished within 0.5 s')
    expect(image.reference).toBe('app:1')
  })

  test.each([
    ['3 MB in one line', 'head -c 3000000 /dev/zero | tr "\\0" x; echo; echo last'],
    ['100 MB', 'yes 0123456789 | head -c 100000000; echo; echo last'],
  ])('and prints %s, then a bounded end of it is kept', async (_, command) => {
    const { end, output } = await run(command)
    expect(end.exitCode).toBe(0)
    const lines = output.split('\n')
    expect(lines.length).toBeLessThanOrEqual(200)
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(1001)
    expect(lines.at(-1)).toBe('last')
  })

  test('and kills its own process group, then it has failed', async () => {
    const { evidence, image, end } = await run('kill -9 0; sleep 3600')
    expect(end).toMatchObject({ exitCode: null, signal: 'SIGKILL', ended: 'ended by SIGKILL' })
    expect(answerOf(evidence, image)).toMatchObject({ findings: [{ id: 'regression-test-failed' }] })
  })

  test('and ends the gate’s parent (a stand-in: here it only seems gone), then it is no answer, though it ended with 0', async () => {
    const known = Object.getOwnPropertyDescriptor(process, 'ppid')
    const parents = [4711, 1]
    Object.defineProperty(process, 'ppid', { configurable: true, get: () => parents.shift() ?? 1 })
    try {
      const { evidence, end } = await run('exit 0')
      expect(end.exitCode).toBe(0)
      expect(evidence.problem).toMatchObject({ code: 'test-reached-out', where: 'command' })
    } finally {
      Object.defineProperty(process, 'ppid', known ?? {})
    }
  })

  test('and prints a secret that it was given, or read of us, then the value is masked, also where the output is cut', async () => {
    process.env.LAB_DB_PASSWORD = 'correct-horse-battery'
    process.env['INPUT_GITHUB-TOKEN'] = 'made-up-token-of-a-test'
    const { output } = await run(
      'echo "pw $LAB_DB_PASSWORD"; tr "\\0" "\\n" </proc/$PPID/environ | grep -i made-up; echo made-up-token-of-a-test',
    )
    expect(output.split('\n')[0]).toBe('pw ***')
    expect(output).not.toMatch(/horse|token-of-a-test/)
    // As much as is looked at, so that half of the secret is left at its beginning.
    const cut = await run('printf %s "$LAB_DB_PASSWORD"; head -c 262137 /dev/zero | tr "\\0" x')
    expect(cut.output).toMatch(/^x{1000}…$/)
  })

  test('and looks for tokens and inputs, then there are none, nor the files of the runner’s commands', async () => {
    const secrets = {
      'INPUT_GITHUB-TOKEN': 'ghs_madeUpForThisTest',
      INPUT_IMAGE: 'app:1',
      GITHUB_TOKEN: 'ghs_madeUpForThisTest',
      ACTIONS_RUNTIME_TOKEN: 'made-up-runtime',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://example.org/made-up',
      NPM_TOKEN: 'npm_madeUp',
      MY_COPY: 'x ghs_madeUpForThisTest',
      BORROWED: 'made-up-runtime',
      SEAWORTHY_CLAIR_PSK: 'made-up-psk',
      GITHUB_OUTPUT: '/made-up/output',
      GITHUB_ENV: '/made-up/env',
      GITHUB_PATH: '/made-up/path',
    }
    Object.assign(process.env, secrets, { LAB_STAGE: 'staging', GITHUB_SHA: 'abc' })
    const { output } = await run('env | sort')
    expect(output).toMatch(/^LAB_STAGE=staging$/m)
    expect(output).toMatch(/^GITHUB_SHA=abc$/m)
    for (const name of Object.keys(secrets)) {
      expect(output).not.toMatch(new RegExp(`^${name}=`, 'm'))
    }
  })

  test('and cannot be run at all, then it is no answer', async () => {
    process.env.PATH = '/no/such/folder'
    const { evidence } = await run('exit 0')
    expect(evidence.problem).toMatchObject({ code: 'test-not-run', what: expect.stringContaining('ENOENT') })
  })
})

describe('when there is nothing that it could be run on', () => {
  test.each<[string, string, Setting]>([
    [
      'the image is an archive that nobody has loaded',
      'test-needs-engine',
      { reference: './app.tar', source: 'archive' },
    ],
    ['the image is read from its registry', 'test-needs-engine', { source: 'registry' }],
    ['the image is for another platform than the engine', 'test-foreign-platform', { arch: 'arm64' }],
    ['the engine has another image of that name by now', 'image-changed', { layers: ['sha256:other'] }],
    ['none is given, and the policy asks for it', 'test-not-given', { more: { test: null } }],
  ])(
    'since %s, then that is no answer, with what to do, and the test has not run',
    async (_, code, setting) => {
      const { evidence, engine } = await run('exit 0', setting)
      expect(evidence.problem).toMatchObject({ code, todo: expect.stringMatching(/\w{4}/) })
      expect(evidence.documents).toEqual({})
      expect(engine.calls().some((call) => call.endsWith('/tag'))).toBe(false)
    },
  )
})

test('when the image has no name, then it is tested by its id, and nothing of it is removed', async () => {
  const { engine, output } = await run('printf %s "$IMAGE"', { names: [] })
  expect(output).toBe(ID)
  expect(engine.calls().filter((call) => /^(?:DELETE|POST)/.test(call))).toEqual([])
})

test('when the image is named by its digest alone, then it has a tag of ours while it is tested, and keeps its own name', async () => {
  const reference = `registry.example/app@sha256:${'2'.repeat(64)}`
  const { output, engine } = await run('printf %s "$IMAGE"', { reference, names: [], digests: [reference] })
  expect(output).toMatch(/^seaworthy-update:[^@]*-test-0$/)
  const removed = engine.calls().filter((call) => call.startsWith('DELETE'))
  // What is removed is that tag: by the id, or by its last name, the image itself would go.
  expect(engine.calls()).toContain(`POST /images/${ID}/tag`)
  expect(removed).toEqual([`DELETE /images/${output}`])
})

test('when an update has tested this very image, then that counts, and nothing is run', async () => {
  const known = { ok: true, ended: 'exit 0', seconds: 1.5, output: 'fine' }
  const { evidence, end, output, image } = await run('exit 9', { more: { earlierResult: known } })
  expect([end.exitCode, end.seconds, output]).toEqual([0, 1.5, 'fine'])
  expect(answerOf(evidence, image)).toMatchObject({ findings: [], limits: [], test: { state: 'passed' } })
})

test('when an update has tested with what does not use the image, then the result says so, as the scan’s does', async () => {
  const known = { ok: true, ended: 'exit 0', seconds: 1.5, output: 'fine', isImageUnused: true } as const
  const { evidence, image } = await run('true', { more: { earlierResult: known } })
  expect(answerOf(evidence, image)).toMatchObject({
    limits: [expect.stringContaining('the test may not test this image')],
    test: { state: 'passed', isImageUnused: true },
  })
})

describe('when a container of the image ends during the test', () => {
  const config = { Entrypoint: ['/app'], Cmd: ['serve'] }
  const event = (Action: string, more: object = {}) =>
    `${JSON.stringify({ Type: 'container', Action, Actor: { ID: 'c1', Attributes: { image: 'app:1', ...more } } })}\n`
  const START = event('start')
  const DIED = event('die', { exitCode: '3' })
  /** An engine that reports these events, of a container that runs this. */
  const routesOf = (events: string, own: object = config): NonNullable<Setting['routes']> => ({
    'GET /events': (_, response) => {
      response.write(events.slice(0, 50))
      setTimeout(() => response.write(events.slice(50)), 20)
    },
    'GET /containers/c1/json': (_, response) =>
      json(response, 200, { Id: 'c1', Config: { ...own, Env: ['API_TOKEN=hunter2hunter2'] } }),
    'GET /containers/c1/logs': (_, response) =>
      response.end('starting\n\u001b[31mno database\u001b[0m\u0007\nhunter2hunter2\n'),
  })

  test('by itself, then the task says that the image does not start, with its last lines, plain and masked', async () => {
    const { evidence, image, end } = await run('sleep 0.2; echo no answer; exit 1', {
      config,
      routes: routesOf(START + DIED),
    })
    expect(end.container).toEqual({ exitCode: 3, output: 'starting\nno database \n***' })
    const answer = answerOf(evidence, image)
    const [finding] = answer.state === 'answered' ? answer.findings : []
    expect(finding).toMatchObject({
      why: 'the regression test (command) failed: exit 1; the image does not start: its container ended by itself with exit code 3, and its output ends with: starting / no database / ***; the test: its output ends with: no answer',
      details: { container: { exitCode: 3 } },
    })
    expect(finding && describeFinding(finding).todo).toBe(
      'The image does not start: fix what ends its container with exit code 3, and rebuild the image',
    )
  })

  test('by itself, and is removed at once, then the task says why it has none of its last lines', async () => {
    const { evidence, image, end } = await run('sleep 0.2; echo no answer; exit 1', {
      config,
      routes: {
        ...routesOf(START + DIED),
        'GET /containers/c1/logs': (_, response) => json(response, 409, { message: 'marked for removal' }),
      },
    })
    expect(end.container).toEqual({ exitCode: 3, output: '', isRemoved: true })
    expect(answerOf(evidence, image)).toMatchObject({
      findings: [{ why: expect.stringMatching(/removed with its output .*; the test: .*no answer$/) }],
    })
  })

  test.each<[string, string, object]>([
    ['because it was stopped', START + event('kill') + DIED, config],
    ['with exit code 0', START + event('die', { exitCode: '0' }), config],
    ['after another command than its own', START + DIED, { ...config, Cmd: ['test'] }],
    ['and it was started before', DIED, config],
    [
      'and the engine reports something else',
      '[]\nnull\nx\n{"Action":"die","Actor":{"ID":"../x"}}\n',
      config,
    ],
  ])('%s, then only the test has failed', async (_, events, own) => {
    const { end } = await run('sleep 0.2; exit 1', { config, routes: routesOf(events, own) })
    expect(end).not.toHaveProperty('container')
  })

  test('and the test passes, then it is the test that counts', async () => {
    const { end } = await run('sleep 0.2', { config, routes: routesOf(START + DIED) })
    expect(end).toMatchObject({ exitCode: 0 })
    expect(end).not.toHaveProperty('container')
  })
})

describe('when the test does not name $IMAGE, and passes', () => {
  const OTHER = `sha256:${'2'.repeat(64)}`
  const create = (id: string, image: string) => ({ Type: 'container', Action: 'create', id, image })
  const ofImage = (Action: string, id: string, name: string) => ({ Type: 'image', Action, id, name })
  type Event = ReturnType<typeof create> | ReturnType<typeof ofImage>
  const line = ({ Type, Action, id, ...Attributes }: Event) =>
    `${JSON.stringify({ Type, Action, Actor: { ID: id, Attributes } })}\n`

  interface Reported {
    readonly events?: readonly Event[]
    /** False if the engine does not report our own tag. */
    readonly isWhole?: boolean
    /** Layers of the other image, of which c1 is a container. */
    readonly layers?: readonly string[]
    readonly command?: string
    readonly setting?: Setting
  }

  /** Of an engine that reports these events. */
  async function unused({
    events = [],
    isWhole = true,
    layers = ['sha256:x'],
    command = 'sleep 0.2',
    ...more
  }: Reported) {
    let report: (text: string) => unknown = () => {}
    const routes: NonNullable<Setting['routes']> = {
      'GET /events': ({ path }, response) => {
        // The stream of ended containers has a filter for the image.
        if (!decodeURIComponent(path).includes('"image":[')) {
          report = (text) => response.write(text)
          setTimeout(() => report(events.map(line).join('')), 20)
        }
        response.flushHeaders()
      },
      [`POST /images/${ID}/tag`]: ({ path }, response) => {
        const query = new URL(path, 'http://engine').searchParams
        if (isWhole) {
          report(line(ofImage('tag', ID, `${query.get('repo')}:${query.get('tag')}`)))
        }
        response.writeHead(201).end()
      },
      'GET /containers/c1/json': (_, response) => json(response, 200, { Id: 'c1', Image: OTHER }),
      'GET /containers/own/json': (_, response) => json(response, 200, { Id: 'own', Image: ID }),
      [`GET /images/${OTHER}/json`]: (_, response) =>
        json(response, 200, { Id: OTHER, RootFS: { Layers: layers } }),
    }
    const { evidence, image, end, engine } = await run(command, { routes, ...more.setting })
    const answer = answerOf(evidence, image)
    const { limits } = answer.state === 'answered' ? answer : { limits: null }
    return { end, limits, isWatched: engine.calls().filter((call) => call === 'GET /events').length > 1 }
  }
  const ownLayers = anImage().layers.map(({ diffId }) => diffId)
  const NOTE =
    'the test may not test this image: its command does not name $IMAGE, and no container was created from the image while it ran'

  test.each<[string, Reported]>([
    ['nothing', {}],
    ['a container of another image, such as a database', { events: [create('c1', 'postgres:16')] }],
    ['something about another image', { events: [ofImage('tag', OTHER, 'other:1')] }],
  ])('and the engine reports %s, then the head says that it may not test the image', async (_, reported) => {
    const { end, limits } = await unused(reported)
    expect(end).toMatchObject({ exitCode: 0, isImageUnused: true })
    expect(limits).toEqual([NOTE])
  })

  test.each<[string, Reported]>([
    ['a script started a container of it', { events: [create('c9', 'app:1')] }],
    ['a container of its id was created', { events: [create('own', '1111')] }],
    ['an image built on it was run', { events: [create('c1', 'derived')], layers: [...ownLayers, 'x'] }],
    ['a container is gone before it is known', { events: [create('gone', 'x')] }],
    ['it got another name', { events: [ofImage('tag', ID, 'app:test')] }],
    ['it was pushed', { events: [ofImage('push', 'app:1', 'app')] }],
    ['the engine does not report every event', { isWhole: false }],
    ['it has no name, so nothing shows that every event was reported', { setting: { names: [] } }],
    ['it fails', { command: 'exit 1' }],
  ])('but %s, then nothing is said', async (_, reported) => {
    const { end, limits } = await unused(reported)
    expect(end).not.toHaveProperty('isImageUnused')
    expect(limits).toEqual([])
  })

  test('but it names $IMAGE after all, then the engine is not even watched', async () => {
    expect(await unused({ command: 'test -n "$IMAGE"' })).toMatchObject({ limits: [], isWatched: false })
    expect((await unused({})).isWatched).toBe(true)
  })
})

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
