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

async function testBy(limitMs = NEVER, document = '{"services":{}}') {
  const { shop, fake } = await aWorkshop({
    [`POST /images/${IMAGE_ID}/tag`]: (_, response) => response.writeHead(201).end(),
    'GET /containers/json': (_, response) => json(response, 200, []),
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
