import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { type BenchRequest, collectBench } from '../../../../src/checks/docker-bench/collect.js'
import { dockerBenchInterpreter } from '../../../../src/checks/docker-bench/interpret.js'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import type { OpeningImage } from '../../../../src/model/image/opening.js'
import { anImage } from '../../../support/builders.js'
import { readService } from '../../../support/compose.js'
import { type FakeEngine, fakeEngine } from '../../../support/fake-engine.js'
import { json, type ReceivedRequest } from '../../../support/fake-server.js'

const ID = `sha256:${'1'.repeat(64)}`
const NETWORK = 'e'.repeat(64)
const IDS = { judged: 'a'.repeat(64), started: 'b'.repeat(64), waiter: 'c'.repeat(64) }
type Role = keyof typeof IDS
const image = anImage({ reference: 'app:1' })
const folder = mkdtempSync(join(tmpdir(), 'sw-start-'))
const engines: FakeEngine[] = []
afterEach(async () => {
  for (const one of engines.splice(0)) {
    await one.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Life {
  /** What the engine says of each inspection of the started container, in order; the last one stays. */
  readonly lives?: readonly boolean[]
  /** Why the engine does not create it. */
  readonly refused?: string
  readonly bench?: Partial<BenchRequest>
  /** What the container printed. */
  readonly log?: string
  /** What the engine says of its health check; omitted: it has none. */
  readonly health?: object
}

/** Judges an image with run options in an engine where its container fares like this. */
async function collected({ lives = [true], refused, bench = {}, log = 'no database here', health }: Life) {
  const left = [...lives]
  const roleOf = ({ path }: ReceivedRequest) => {
    const name = new URL(path, 'http://engine').searchParams.get('name') ?? ''
    return (Object.keys(IDS) as Role[]).find((role) => name.endsWith(role)) ?? 'judged'
  }
  const state = (role: Role) => {
    const Running = role !== 'started' || (left.length > 1 ? left.shift() : left[0]) === true
    const host = { NetworkMode: NETWORK, CgroupnsMode: 'private' }
    return {
      Id: IDS[role],
      Config: {},
      HostConfig: host,
      State: { Running, ExitCode: Running ? 0 : 3, Health: health },
    }
  }
  const ofContainers = Object.fromEntries(
    (Object.entries(IDS) as [Role, string][]).flatMap(([role, id]) => [
      [`GET /containers/${id}/json`, (_, response) => json(response, 200, state(role))],
      [`DELETE /containers/${id}`, (_, response) => json(response, 204, {})],
      [`POST /containers/${id}/start`, (_, response) => json(response, 204, {})],
      [`PUT /containers/${id}/archive`, (_, response) => json(response, 200, {})],
      [`GET /containers/${id}/top`, (_, response) => json(response, 200, { Titles: ['CMD'], Processes: [] })],
      [`GET /containers/${id}/logs`, (_, response) => response.end(log)],
    ]) satisfies [string, (request: ReceivedRequest, response: Parameters<typeof json>[0]) => unknown][],
  )
  const inspect = {
    Id: ID,
    Architecture: 'amd64',
    RepoTags: ['app:1'],
    Config: { User: '10001', Healthcheck: { Test: ['CMD', 'true'] } },
    RootFS: { Type: 'layers', Layers: image.layers.map(({ diffId }) => diffId) },
  }
  const engine = await fakeEngine(
    {
      'GET /images/app:1/json': (_, response) => json(response, 200, inspect),
      [`GET /images/${ID}/json`]: (_, response) => json(response, 200, inspect),
      [`GET /images/${ID}/history`]: (_, response) => json(response, 200, [{ CreatedBy: 'COPY app /app' }]),
      'GET /info': (_, response) => json(response, 200, { Architecture: 'x86_64', SecurityOptions: [] }),
      'POST /networks/create': (_, response) => json(response, 201, { Id: NETWORK }),
      [`DELETE /networks/${NETWORK}`]: (_, response) => json(response, 204, {}),
      'POST /containers/create': (request, response) =>
        refused !== undefined && roleOf(request) === 'started'
          ? json(response, 400, { message: refused })
          : json(response, 201, { Id: IDS[roleOf(request)] }),
      ...ofContainers,
    },
    '1.45',
  )
  engines.push(engine)
  const opening: OpeningImage = {
    reference: 'app:1',
    diffIds: Promise.resolve(image.layers.map(({ diffId }) => diffId)),
    layer: () => Promise.reject(new Error('no layer is needed')),
    source: 'engine',
    apart: null,
    image: Promise.resolve(image),
    found: Promise.resolve(),
  }
  const [evidence] = await collectBench([opening], {
    ...{ runId: 'abc', labels: {}, directory: folder, cacheDir: folder, progress: () => {} },
    engine: () => connectEngine({ DOCKER_HOST: engine.host }),
    signal: new AbortController().signal,
    ...{ benchEngine: 'builtin', source: { kind: 'download', url: null }, benchImage: 'x:1' },
    spec: { config: {}, hostConfig: { ReadonlyRootfs: true } },
    ...{ start: true, isStartOptional: true, startTest: 'none', startTimeoutMs: 50 },
    ...bench,
  })
  if (!evidence) {
    throw new Error('no evidence')
  }
  const run = JSON.parse(evidence.documents['run.json'] ?? 'null')
  const answer = dockerBenchInterpreter.interpret(evidence, image)
  return { evidence, run, answer, limits: (answer.state === 'answered' ? answer.limits : null) ?? [], engine }
}

/** Nobody answers there, so Docker Bench is asked for and does not run. */
const UNREACHABLE = {
  benchEngine: 'both',
  source: { kind: 'download', url: 'http://127.0.0.1:1/bench.tar.gz' },
} as const

describe('when an image is started because there are options to start it with', () => {
  test('and it runs, then what runs is inspected', async () => {
    const { run, evidence, limits } = await collected({})
    expect(run).toMatchObject({ start: true, started: { id: IDS.started, report: { outcome: 'running' } } })
    expect(run).not.toHaveProperty('notStarted')
    expect(Object.keys(evidence.documents)).toEqual(expect.arrayContaining(['started.json', 'top.json']))
    expect(limits.join()).not.toContain('judged as declared')
  })

  test('and its health check does not succeed, then the head says so, and nothing fails', async () => {
    const health = { Status: 'unhealthy', Log: [{ Output: 'stat /helthz:\nno such file\n' }] }
    const { run, evidence, answer, limits } = await collected({ health })
    expect(run).toMatchObject({ start: true, started: { report: { outcome: 'unhealthy' } } })
    expect(run.started).not.toHaveProperty('began')
    expect(evidence.problem).toBeNull()
    expect(limits.map((one) => one.replace(/within [\d.]+ s/, 'within SECONDS s'))).toContain(
      'the container started, but its health check did not succeed within SECONDS s; last output of its health check: stat /helthz: no such file. Fix it, or set what it needs in the run options; with start: true in gate.yml, this is an error',
    )
    const statuses = answer.state === 'answered' ? answer.findings.filter(({ id }) => id === '5.27') : []
    expect(statuses).toMatchObject([{ builtin: { word: 'PASS' } }])
  })

  test('and its health check has no result within the time, then the head says that nothing is known', async () => {
    const { limits } = await collected({ health: { Status: 'starting', Log: [] } })
    expect(limits.join()).toMatch(
      /the container started, but its health check did not run within [\d.]+ s, so it is not known whether it succeeds/,
    )
  })

  test.each<[string, Life, string]>([
    [
      'ends by itself',
      { lives: [false] },
      'the container exited with code 3 after SECONDS s; its output ends with: no database here',
    ],
    [
      'cannot be created',
      { refused: 'no command specified' },
      'the container could not be started: the image has no command: it has neither CMD nor ENTRYPOINT',
    ],
  ])('and it %s, then its declared options are judged, and a note says so', async (_, life, why) => {
    const { run, evidence, limits, engine } = await collected({ ...life, bench: UNREACHABLE })
    const shown = (text: string) => text.replace(/after [\d.]+ s/, 'after SECONDS s')
    expect(run).toMatchObject({ start: false, started: null, judged: { id: IDS.judged } })
    expect(shown(run.notStarted)).toBe(why)
    const [end, lastLine = null] = why.split('; its output ends with: ')
    expect({ ...run.ended, why: shown(run.ended.why) }).toEqual({ why: end, lastLine })
    expect(limits.map(shown)).toContain(
      `the image did not keep running, so its options are judged as declared: ${why}`,
    )
    expect(evidence.problem).toBeNull()
    expect(Object.keys(evidence.documents)).not.toContain('started.json')
    // As if nothing was to be started: 4.1 is judged on a container that waits.
    expect(run.waiter).toMatchObject({ id: IDS.waiter })
    expect(engine.calls().includes(`DELETE /containers/${IDS.started}`)).toBe(life.refused === undefined)
  })

  test('and it ends while Docker Bench looks at it, then Docker Bench is asked again without it', async () => {
    // It runs while it is watched and inspected, and no longer when Docker Bench has no answer.
    const { run, limits, evidence } = await collected({
      lives: [true, true, false],
      bench: { ...UNREACHABLE, startTimeoutMs: 1 },
    })
    expect(run).toMatchObject({ start: false, started: null, waiter: { id: IDS.waiter } })
    const why = 'the container exited with code 3 while Docker Bench was examining it'
    expect(run.notStarted).toBe(`${why}; its output ends with: no database here`)
    expect(run.ended).toEqual({ why, lastLine: 'no database here' })
    expect(limits.join()).toContain('did not keep running')
    expect(Object.keys(evidence.documents)).not.toContain('started.json')
  })

  test('and it ends after its inspection, then it is no container that runs, whoever judges', async () => {
    const { run, limits } = await collected({ lives: [true, true, false], bench: { startTimeoutMs: 1 } })
    expect(run).toMatchObject({ start: false, started: null })
    expect(run.ended.why).toMatch(/^the container exited with code 3 /)
    expect(limits.join()).toContain('did not keep running')
  })

  test('and it ends while its health check is waited for, then that is told with its own output', async () => {
    const { run } = await collected({
      lives: [true, true, true, false],
      health: { Status: 'starting', Log: [{ Output: 'I am the health check' }] },
      bench: { startTimeoutMs: 60_000 },
    })
    expect(run.ended.why).toMatch(/^the container exited with code 3 after [\d.]+ s$/)
    expect(run.ended.lastLine).toBe('no database here')
  })

  test('and it still runs when Docker Bench has no answer, then it stays', async () => {
    const { run } = await collected({ bench: UNREACHABLE })
    expect(run).toMatchObject({ start: true, started: { id: IDS.started }, waiter: null })
  })
})

test('when an image has to start and ends by itself, then there is no answer', async () => {
  const bench = { ...UNREACHABLE, isStartOptional: false }
  const { evidence } = await collected({ lives: [false], bench })
  expect(evidence.problem?.code).toBe('bench-subject-ended')
})

test('when an image has to start and ends after its inspection, then there is no answer either', async () => {
  const bench = { ...UNREACHABLE, isStartOptional: false, startTimeoutMs: 1 }
  const { evidence } = await collected({ lives: [true, true, false], bench })
  expect(evidence.problem).toMatchObject({
    code: 'bench-subject-ended',
    what: expect.stringMatching(/exited with code 3 while Docker Bench was examining it.*no database here/),
  })
})

test('when it ends without what was withheld, then the message names all of it, and the advice is none that would be withheld', async () => {
  const yaml =
    'services: {app: {restart: always, volumes: ["./x:/x"], secrets: [smtp, {source: key}], configs: [site], env_file: [.env, {path: "${X}.env"}]}}'
  const bench = { ...UNREACHABLE, spec: readService(yaml, 'compose.yml', null), isStartOptional: false }
  const { evidence } = await collected({ lives: [false], bench })
  expect(evidence.problem?.what).toMatch(
    /; it was started without --restart, bind mounts, the secret smtp, the secret key, the config site, the variables of \.env, the variables of a file$/,
  )
  expect(evidence.problem?.todo).toMatch(/-e NAME=value.*start: auto/)
  expect(evidence.problem?.todo).not.toMatch(/-v|volume|mount/)
})

test.each(['[Errno 30] Read-only file system: /app/log', 'EROFS: open /app/log'])(
  'when it ends with %s, then the advice is a tmpfs, not another way of starting',
  async (log) => {
    const bench = { ...UNREACHABLE, isStartOptional: false }
    const { evidence } = await collected({ lives: [false], bench, log })
    expect(evidence.problem?.todo).toMatch(/under tmpfs, with the id of its user/)
    expect(evidence.problem?.todo).not.toContain('start: auto')
  },
)
