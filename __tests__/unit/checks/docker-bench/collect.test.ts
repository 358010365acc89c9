import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type BenchSource, collectBench } from '../../../../src/checks/docker-bench/collect.js'
import { dockerBenchInterpreter } from '../../../../src/checks/docker-bench/interpret.js'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import { isBench } from '../../../../src/model/finding/index.js'
import type { OpeningImage } from '../../../../src/model/image/opening.js'
import { NO_OPTIONS, type RunSpec } from '../../../../src/model/run/spec.js'
import { anImage } from '../../../support/builders.js'
import { type FakeEngine, fakeEngine } from '../../../support/fake-engine.js'
import { json } from '../../../support/fake-server.js'

const ID = `sha256:${'1'.repeat(64)}`
/** The container that is created with the run options. */
const MADE = '2'.repeat(64)
const image = anImage({ reference: 'app:1' })
const folder = mkdtempSync(join(tmpdir(), 'sw-bench-'))
const before = process.env.DOCKER_HOST
let engine: FakeEngine
const engines: FakeEngine[] = []
afterEach(async () => {
  for (const one of engines.splice(0)) {
    await one.close()
  }
})
beforeAll(() => {
  process.env.DOCKER_HOST = ''
})
afterAll(() => {
  if (before === undefined) {
    delete process.env.DOCKER_HOST
  } else {
    process.env.DOCKER_HOST = before
  }
  rmSync(folder, { recursive: true })
})

/** An engine with this image, and with so many containers of others: privileged, as root, called like the image. */
async function collectWithDbs(
  others: number,
  part: {
    apart?: OpeningImage['apart']
    spec?: RunSpec
    images?: number
    source?: BenchSource
    reference?: string
    serviceImage?: string
    takesImages?: boolean
    /** What the engine states of the created container. */
    hostConfig?: object
  } = {},
) {
  const containers = Array.from({ length: others }, (_, at) => ({
    Id: String(at).padStart(64, '0'),
    Names: [`/app-${at}`],
    Image: 'app:1',
    ImageID: ID,
    State: 'running',
    Labels: { docker_bench_security: '' },
    HostConfig: { NetworkMode: 'host' },
  }))
  const inspect = {
    Id: ID,
    RepoTags: ['app:1'],
    Config: { User: '10001', Healthcheck: { Test: ['CMD', 'true'] } },
    RootFS: { Type: 'layers', Layers: image.layers.map(({ diffId }) => diffId) },
  }
  engine = await fakeEngine({
    'GET /images/app:1/json': (_, response) => json(response, 200, inspect),
    [`GET /images/${ID}/history`]: (_, response) => json(response, 200, [{ CreatedBy: 'COPY app /app' }]),
    'GET /info': (_, response) =>
      json(response, 200, {
        Swarm: { LocalNodeState: 'inactive' },
        SecurityOptions: ['name=seccomp,profile=builtin'],
        Containers: others,
        ContainersRunning: others,
      }),
    'GET /containers/json': (_, response) => json(response, 200, containers),
    'GET /images/json': (_, response) => json(response, 200, [{ Id: ID }]),
    'POST /containers/create': (_, response) => json(response, 201, { Id: MADE }),
    [`GET /containers/${MADE}/json`]: (_, response) =>
      json(response, 200, { Id: MADE, Config: {}, HostConfig: { CgroupnsMode: 'host', ...part.hostConfig } }),
    [`DELETE /containers/${MADE}`]: (_, response) => json(response, 204, {}),
    ...(part.takesImages && {
      'POST /images/load': (_, response) => json(response, 200, { stream: 'Loaded image: x' }),
      'GET /images/seaworthy-abc-stand-in-0:1/json': (_, response) => json(response, 200, inspect),
      'DELETE /images/seaworthy-abc-stand-in-0:1': (_, response) => json(response, 200, []),
    }),
  })
  engines.push(engine)
  process.env.DOCKER_HOST = engine.host
  const opening: OpeningImage = {
    reference: part.reference ?? 'app:1',
    diffIds: Promise.resolve(image.layers.map(({ diffId }) => diffId)),
    layer: () => Promise.reject(new Error('no layer is needed')),
    source: part.reference?.startsWith('./') ? 'archive' : 'engine',
    apart: part.apart ?? null,
    image: Promise.resolve(image),
    found: Promise.resolve(),
  }
  const openings = Array.from({ length: part.images ?? 1 }, () => opening)
  const [evidence] = await collectBench(openings, {
    ...{ engine: () => connectEngine(), runId: 'abc', labels: {}, directory: folder, cacheDir: folder },
    ...{ signal: new AbortController().signal, progress: () => {} },
    ...{
      benchEngine: part.source ? 'both' : 'builtin',
      source: part.source ?? { kind: 'download', url: null },
      benchImage: 'x:1',
      spec: part.spec ?? null,
      serviceImage: part.serviceImage ?? null,
      start: false,
      isStartOptional: false,
      startTest: 'none',
      startTimeoutMs: 1000,
    },
  })
  if (!evidence || evidence.problem) {
    throw new Error(evidence?.problem?.what ?? 'no evidence')
  }
  return { evidence, answer: dockerBenchInterpreter.interpret(evidence, image) }
}

describe('collecting for the built-in engine', () => {
  test('when 500 containers of others run, then the answer is the same, and nobody has listed them', async () => {
    const alone = await collectWithDbs(0)
    const calls = [...engine.calls()].sort()
    const crowded = await collectWithDbs(500)
    expect(alone.answer).toMatchObject({ state: 'answered' })
    expect(crowded.answer).toEqual(alone.answer)
    expect(engine.calls()).not.toContain('GET /containers/json')
    expect([...engine.calls()].sort()).toEqual(calls)
  })

  test('when Docker Bench cannot be had for several images, then no container is made of any of them', async () => {
    const source = { kind: 'download', url: 'http://127.0.0.1:1/bench.tar.gz' } as const
    const { evidence } = await collectWithDbs(0, { images: 3, source })
    expect(JSON.parse(evidence.documents['run.json'] ?? '')).toMatchObject({ dbs: null, waiter: null })
    expect(engine.calls().filter((call) => !call.startsWith('GET '))).toEqual([])
    // What is the same for all is asked once.
    expect(engine.calls().filter((call) => call === 'GET /info')).toHaveLength(1)
  })

  test('when it has answered, then it has only read: nothing was made in the engine', async () => {
    await collectWithDbs(1)
    expect(engine.calls().filter((call) => !call.startsWith('GET '))).toEqual([])
  })

  test.each<[keyof RunSpec['hostConfig'] & string, unknown, unknown]>([
    ['Privileged', true, false],
    ['PidMode', 'host', ''],
    ['UsernsMode', 'host', null],
    ['CapAdd', ['NET_ADMIN'], []],
    ['PortBindings', { '80/tcp': [{ HostPort: '80' }] }, {}],
    ['NetworkMode', 'host', undefined],
  ])('when the engine ignores the option %s, then there is no answer', async (key, requested, stated) => {
    const scan = (value: unknown) =>
      collectWithDbs(0, {
        spec: { config: {}, hostConfig: { [key]: requested } },
        hostConfig: { [key]: value },
      })
    await expect(scan(stated)).rejects.toThrow(
      `the engine created the container without these of its run options: ${key}`,
    )
    expect((await scan(requested)).answer.state).toBe('answered')
    // What was not requested need not be stated.
    const without = await collectWithDbs(0, { spec: NO_OPTIONS, hostConfig: { [key]: stated } })
    expect(without.answer.state).toBe('answered')
  })

  test("when the options name a cgroup namespace, then it is kept: the engine answers with its host's in any case", async () => {
    const run = async (hostConfig: RunSpec['hostConfig']) => {
      const { evidence } = await collectWithDbs(0, { spec: { config: {}, hostConfig } })
      return JSON.parse(evidence.documents['run.json'] ?? '')
    }
    expect(await run({ CgroupnsMode: 'host' })).toMatchObject({ hasOptions: true, cgroupns: 'host' })
    expect(await run({ ReadonlyRootfs: true })).not.toHaveProperty('cgroupns')
  })

  test('when a service sets the options, then its image is kept, but not next to an archive, which has no name', async () => {
    const run = async (part: Parameters<typeof collectWithDbs>[1]) => {
      const { evidence } = await collectWithDbs(0, { spec: NO_OPTIONS, serviceImage: 'postgres:16', ...part })
      return JSON.parse(evidence.documents['run.json'] ?? '')
    }
    expect(await run({})).toMatchObject({ hasOptions: true, serviceImage: 'postgres:16' })
    const ofArchive = await run({ reference: './app.tar', takesImages: true })
    expect(ofArchive).toMatchObject({ hasOptions: true, isStandIn: true })
    expect(ofArchive).not.toHaveProperty('serviceImage')
  })

  test('when it is an archive, and the engine takes no images, then our own rules answer, and the table says why', async () => {
    const { answer } = await collectWithDbs(0, { reference: './app.tar', source: { kind: 'folder', folder } })
    expect(engine.calls().filter((call) => !call.startsWith('GET '))).toEqual([
      'POST /images/load',
      'DELETE /images/seaworthy-abc-stand-in-0:1',
    ])
    const why =
      'the image is an archive, but Docker Bench inspects only images in an engine, and the engine did not take a stand-in: the Docker engine returned 404: no route POST /images/load'
    expect(answer).toMatchObject({ state: 'answered', bench: { ran: false, why } })
    const findings = answer.state === 'answered' ? answer.findings.filter((one) => isBench(one)) : []
    const reported = findings
      .filter(({ whyNoDbs }) => whyNoDbs?.startsWith('Docker Bench did not run (the top'))
      .map(({ id }) => id)
    expect(reported).toEqual(['4.1', '4.6', '4.7', '4.9'])
  })

  test('when it is of another platform than the engine’s, then our own rules answer, and say what was not examined', async () => {
    const apart = { engine: 'linux/amd64', isJudgedInEngine: true }
    const { answer } = await collectWithDbs(0, { apart, spec: NO_OPTIONS })
    expect(engine.calls()).toEqual([])
    expect(answer).toMatchObject({ state: 'answered', bench: { ran: false } })
    expect(answer.state === 'answered' && answer.limits?.join()).toContain(
      "not examined: containers and Docker Bench can run only on the engine's own platform, linux/amd64",
    )
    const alone = collectWithDbs(0, { apart: { ...apart, isJudgedInEngine: false }, spec: NO_OPTIONS })
    await expect(alone).rejects.toThrow('work only for an image in a Docker engine')
  })
})
