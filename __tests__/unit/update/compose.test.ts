import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testImage } from '../../../src/update/test.js'
import type { FakeEngine } from '../../support/fake-engine.js'
import { json } from '../../support/fake-server.js'
import { problemOfRejected } from '../../support/rejections.js'
import { NEVER } from '../../support/waiting.js'
import { aWorkshop, IMAGE_ID, RUN_ID } from './workshops.js'

// Programs that write down what they were told. The real one is in the live tests.
const folder = mkdtempSync(join(tmpdir(), 'compose-'))
const log = join(folder, 'log')
const PATH = process.env.PATH
const fakes: FakeEngine[] = []
beforeEach(() => {
  process.env.PATH = `${folder}:/usr/bin:/bin`
})
afterEach(async () => {
  process.env.PATH = PATH
  for (const name of ['docker', 'docker-compose', 'log']) {
    rmSync(join(folder, name), { force: true })
  }
  for (const fake of fakes.splice(0)) {
    await fake.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

function program(name: string, script: string): void {
  writeFileSync(
    join(folder, name),
    `#!/bin/sh\necho "${name} $* IMAGE=$IMAGE DOCKER_HOST=$DOCKER_HOST" >>${log}\n${script}\n`,
  )
  chmodSync(join(folder, name), 0o755)
}

const STATE = {
  Running: false,
  ExitCode: 0,
  StartedAt: '2026-12-01T17:38:52.516098611Z',
  FinishedAt: '2026-12-01T17:38:53.565858769Z',
}
const NEVER_STARTED = { StartedAt: '0001-01-01T00:00:00Z', FinishedAt: '0001-01-01T00:00:00Z' }
/** What the engine says about the container of the service, after Docker Compose has. */
interface EngineReport {
  readonly state?: object | null
  readonly events?: readonly object[] | number
}

async function testBy(
  limitMs = NEVER,
  document = '{"services":{}}',
  { state = STATE, events = [] }: EngineReport = {},
) {
  const listed = [{ Id: 'c1', Image: 'a', Labels: {} }]
  const { shop, fake } = await aWorkshop({
    [`POST /images/${IMAGE_ID}/tag`]: (_, response) => response.writeHead(201).end(),
    'GET /containers/json': ({ path }, response) => {
      const { label = [] } = JSON.parse(new URL(path, 'http://a').searchParams.get('filters') ?? '{}')
      const isOfService =
        String(label) === `com.docker.compose.project=seaworthy-${RUN_ID},com.docker.compose.service=smoke`
      json(response, 200, isOfService && state !== null ? listed : [])
    },
    'GET /containers/c1/json': (_, response) => json(response, 200, { Id: 'c1', State: state }),
    'GET /events': ({ path }, response) => {
      const { searchParams: query } = new URL(path, 'http://a')
      expect([query.get('since'), query.get('until')]).toEqual(['1796146732', '1796146735'])
      expect(query.get('filters')).toBe('{"type":["container"],"event":["kill"],"container":["c1"]}')
      if (typeof events === 'number') {
        return json(response, events, { message: 'no' })
      }
      response.end(events.map((one) => `${JSON.stringify(one)}\n`).join(''))
    },
  })
  fakes.push(fake)
  const spec = { kind: 'compose', document, service: 'smoke' } as const
  const result = testImage(shop, IMAGE_ID, { spec, limitMs, retries: 0, before: null })
  const file = join(shop.directory(), 'compose.json')
  return { result, file, host: fake.host, name: () => [...shop.createdImages][0] ?? '' }
}
const loggedLines = () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [])

describe('test-compose', () => {
  test('when only docker-compose is there, then the services are brought up with the image, and taken down', async () => {
    program('docker', 'exit 1')
    program('docker-compose', 'exit 0')
    const { result, file, host, name } = await testBy()
    expect(await result).toMatchObject({ ok: true, ended: 'exit 0', attempt: 1 })
    const command = `docker-compose -p seaworthy-${RUN_ID} -f ${file}`
    // Its networks have the labels by which the next run finds what a killed one left.
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      services: {},
      networks: { default: { labels: expect.objectContaining({ 'dev.seaworthy.run': RUN_ID }) } },
    })
    const env = `IMAGE=${name()} DOCKER_HOST=${host}`
    expect(name()).toMatch(/^seaworthy-update:\d+-/)
    expect(loggedLines().slice(-2)).toEqual([
      `${command} up --abort-on-container-exit --exit-code-from smoke ${env}`,
      `${command} down -v --rmi local --timeout 5 ${env}`,
    ])
  })

  test('when the file has volumes and what is to be built, then all of it is labelled with the run', async () => {
    program('docker', 'exit 0')
    const written = {
      services: { app: { image: '$IMAGE', labels: ['a=b'] }, tools: { build: { context: '/x' } } },
      networks: { inner: null },
      volumes: { data: null, more: { labels: { c: 'd' } } },
    }
    const { result, file } = await testBy(NEVER, JSON.stringify(written))
    await result
    const { services, networks, volumes } = JSON.parse(readFileSync(file, 'utf8'))
    const labels = expect.objectContaining({ 'dev.seaworthy.run': RUN_ID })
    expect([services.tools.labels, networks.inner.labels, networks.default.labels]).toEqual(
      Array(3).fill(labels),
    )
    expect(services.app.labels).toEqual(expect.arrayContaining(['a=b', `dev.seaworthy.run=${RUN_ID}`]))
    expect([volumes.data.labels, volumes.more.labels]).toEqual([
      labels,
      expect.objectContaining({ c: 'd', 'dev.seaworthy.run': RUN_ID }),
    ])
    // A container has its image's labels, and must not be taken for one that only inherits a run's.
    expect(services.tools.build).toEqual({
      context: '/x',
      labels: expect.objectContaining({ 'dev.seaworthy.run.built': RUN_ID }),
    })
    expect(services.tools.build.labels).not.toHaveProperty(['dev.seaworthy.run'])
  })

  test('when docker has the plugin, then that is taken', async () => {
    program('docker', 'exit 0')
    program('docker-compose', 'exit 9')
    expect(await (await testBy()).result).toMatchObject({ ok: true })
    expect(loggedLines().every((line) => line.startsWith('docker compose '))).toBe(true)
  })

  test('when the service ends with another number, then the test has failed, and all is taken down', async () => {
    program('docker-compose', 'case "$*" in *" up "*) echo broken; exit 7 ;; esac')
    program('docker', 'exit 1')
    expect(await (await testBy()).result).toMatchObject({ ok: false, ended: 'exit 7', output: 'broken' })
    expect(loggedLines().at(-1)).toContain(' down -v ')
  })

  test.each<[string, EngineReport, object]>([
    [
      'is not there',
      { state: null },
      {
        ok: false,
        ended: 'Docker Compose returned 0, but the engine has no container of the service smoke',
      },
    ],
    [
      'was only created',
      { state: { ...STATE, ...NEVER_STARTED } },
      { ok: false, ended: 'Docker Compose returned 0, but the service smoke did not run to its end' },
    ],
    [
      'ended at once, before its start was noted',
      { state: { ...STATE, StartedAt: STATE.FinishedAt, FinishedAt: STATE.StartedAt } },
      { ok: true, ended: 'exit 0' },
    ],
    ['still runs', { state: { ...STATE, Running: true } }, { ok: false }],
    ['has no exit code', { state: { ...STATE, ExitCode: null } }, { ok: false }],
    ['has no state', { state: {} }, { ok: false }],
    ['was killed', { state: { ...STATE, ExitCode: 137 } }, { ok: false, ended: 'exit 137' }],
    [
      'was told to stop, and ended with 0',
      { events: [{ Type: 'container', Action: 'kill', Actor: { ID: 'c1', Attributes: { signal: '15' } } }] },
      {
        ok: false,
        ended:
          'Docker Compose returned 0, but the service smoke was stopped, because another one ended first',
      },
    ],
    ['ended by itself', {}, { ok: true, ended: 'exit 0' }],
    ['ended with 0, and the engine refuses to list events', { events: 403 }, { ok: true }],
  ])(
    'when Docker Compose returns 0 and the service %s, then what the engine says counts',
    async (_, report, end) => {
      program('docker-compose', 'exit 0')
      program('docker', 'exit 1')
      expect(await (await testBy(NEVER, undefined, report)).result).toMatchObject(end)
      expect(loggedLines().at(-1)).toContain(' down -v ')
    },
  )

  test('when it never ends, then it is ended, and all is taken down', async () => {
    program('docker-compose', 'case "$*" in *" up "*) sleep 3600 ;; esac')
    program('docker', 'exit 1')
    expect(await (await testBy(400)).result).toMatchObject({ ok: false, ended: 'not finished within 0.4 s' })
    expect(loggedLines().at(-1)).toContain(' down -v ')
  })

  test('when neither is there, then that is reported', async () => {
    program('docker', 'exit 1')
    program('docker-compose', 'exit 1')
    expect((await problemOfRejected((await testBy()).result)).code).toBe('no-compose')
  })
})
