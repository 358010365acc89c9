import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type BenchRequest, collectBench } from '../../../../src/checks/docker-bench/collect.js'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import type { BenchStatus } from '../../../../src/model/finding/bench.js'
import { isStricter } from '../../../../src/model/finding/bench.js'
import type { OpeningImage } from '../../../../src/model/image/opening.js'
import type { RunSpec } from '../../../../src/model/run/spec.js'
import { startable } from '../../../../src/model/run/start-options.js'
import { readService } from '../../../support/compose.js'
import { fakeEngine } from '../../../support/fake-engine.js'
import { json, type ReceivedRequest } from '../../../support/fake-server.js'
import { CONTAINER, IMAGE_ID, type MadeResult, results } from './answers.js'
import { ask, CONFIG, dbs, imageOf } from './bench-answers.js'

/**
 * What a pull request's compose file is judged by, next to what a run on the default branch after the merge would say:
 * the real collector and interpreter, and an engine that creates what it is asked for.
 */
const folder = mkdtempSync(join(tmpdir(), 'sw-base-start-'))
afterAll(() => rmSync(folder, { recursive: true }))

const image = imageOf()
const NETWORK = 'e'.repeat(64)
const DIFF_IDS = image.layers.map(({ diffId }) => diffId)
/** Names end with the container's role. */
const idOf = (name: string) => (name.endsWith('started') ? CONTAINER.id : 'a'.repeat(64))

interface Created {
  readonly HostConfig: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

/** GET /containers/{id}/json of what was created with this body. */
function inspectOf(id: string, { HostConfig, Image: _, ...config }: Created) {
  const isRunning = id === CONTAINER.id
  const Config = { ...CONFIG, ...config } as typeof CONFIG & { readonly Healthcheck?: { Test?: string[] } }
  const binds = (HostConfig.Binds ?? []) as string[]
  return {
    ...{ Id: id, Name: '/x', Config, HostConfig },
    AppArmorProfile: HostConfig.Privileged ? 'unconfined' : 'docker-default',
    Mounts: binds.map((bind) => {
      const [Source, Destination, mode] = bind.split(':')
      return { Type: 'bind', Source, Destination, RW: mode !== 'ro', Propagation: 'rprivate' }
    }),
    State: {
      ...{ Running: isRunning, ExitCode: 0, Status: isRunning ? 'running' : 'created' },
      ...(isRunning && Config.Healthcheck?.Test?.[0] !== 'NONE' ? { Health: { Status: 'healthy' } } : {}),
    },
    NetworkSettings: { Ports: {}, Networks: {} },
  }
}

/** What is started runs sshd if a variable asks for it, as an image's own script may. */
function processesOf({ Env = [] }: Created) {
  const isServer = (Env as string[]).includes('SSH=1')
  return { Titles: ['CMD'], Processes: [['app'], ...(isServer ? [['sshd']] : [])] }
}

async function collected(bench: Partial<BenchRequest>) {
  const bodies = new Map<string, Created>()
  const inspect = {
    ...{ Id: IMAGE_ID, Architecture: 'amd64', RepoTags: ['acme/app:1'], Config: CONFIG },
    RootFS: { Type: 'layers', Layers: DIFF_IDS },
  }
  const info = {
    Architecture: 'x86_64',
    SecurityOptions: ['name=apparmor'],
    Swarm: { LocalNodeState: 'inactive' },
  }
  const created = ({ path, body }: ReceivedRequest) => {
    const id = idOf(new URL(path, 'http://engine').searchParams.get('name') ?? '')
    bodies.set(id, JSON.parse(body.toString('utf8')) as Created)
    return id
  }
  const bodyOf = (id: string) => bodies.get(id) ?? { HostConfig: {} }
  const engine = await fakeEngine(
    {
      'GET /images/acme/app:1/json': (_, response) => json(response, 200, inspect),
      [`GET /images/${IMAGE_ID}/json`]: (_, response) => json(response, 200, inspect),
      [`GET /images/${IMAGE_ID}/history`]: (_, response) =>
        json(response, 200, [{ CreatedBy: 'COPY app /app' }]),
      'GET /info': (_, response) => json(response, 200, info),
      'POST /networks/create': (_, response) => json(response, 201, { Id: NETWORK }),
      [`DELETE /networks/${NETWORK}`]: (_, response) => json(response, 204, {}),
      'POST /containers/create': (request, response) => json(response, 201, { Id: created(request) }),
      ...Object.fromEntries(
        [CONTAINER.id, 'a'.repeat(64)].flatMap((id) => [
          [`GET /containers/${id}/json`, (_, response) => json(response, 200, inspectOf(id, bodyOf(id)))],
          [`GET /containers/${id}/top`, (_, response) => json(response, 200, processesOf(bodyOf(id)))],
          [`POST /containers/${id}/start`, (_, response) => json(response, 204, {})],
          [`DELETE /containers/${id}`, (_, response) => json(response, 204, {})],
        ]) satisfies [string, (request: ReceivedRequest, response: Parameters<typeof json>[0]) => unknown][],
      ),
    },
    '1.45',
  )
  const opening: OpeningImage = {
    ...{ reference: 'acme/app:1', diffIds: Promise.resolve(DIFF_IDS), source: 'engine', apart: null },
    layer: () => Promise.reject(new Error('no layer is needed')),
    ...{ image: Promise.resolve(image), found: Promise.resolve() },
  }
  const [evidence] = await collectBench([opening], {
    ...{ runId: '0123456789ab', labels: {}, directory: folder, cacheDir: folder, progress: () => {} },
    engine: () => connectEngine({ DOCKER_HOST: engine.host }),
    signal: new AbortController().signal,
    ...{ benchEngine: 'builtin', source: { kind: 'download', url: null }, benchImage: 'x:1', spec: null },
    ...{ start: true, isStartOptional: true, startTest: 'none', startTimeoutMs: 20 },
    ...bench,
  })
  await engine.close()
  expect(evidence?.problem).toBeNull()
  const documents = evidence?.documents ?? {}
  return { documents, run: JSON.parse(documents['run.json'] ?? ''), started: bodies.get(CONTAINER.id) }
}
type Collected = Awaited<ReturnType<typeof collected>>

const NAMELESS = ['5.1', '5.23', '5.24', '5.28']

/** Answers with what Docker Bench says of section 5; `null`: it did not run. */
function answerOf({ documents, run }: Collected, dbsStatus: ((id: string) => BenchStatus) | null) {
  const change = (one: MadeResult): MadeResult => {
    if (dbsStatus === null || !one.id.startsWith('5.') || NAMELESS.includes(one.id)) {
      return one
    }
    const result = dbsStatus(one.id)
    return { ...one, result, ...(result === 'PASS' ? {} : { items: [CONTAINER.name] }) }
  }
  const { 'run.json': _, ...rest } = documents
  return dbsStatus === null
    ? ask(run, rest, image)
    : ask({ ...run, withoutDbs: null }, { ...rest, ...dbs(results(true, change), true) }, image)
}

/** Docker Bench as it should be: what the built-in rules say of the container that runs. */
function honest({ documents, run, started }: Collected): (id: string) => BenchStatus {
  const container = JSON.stringify(inspectOf(CONTAINER.id, started ?? { HostConfig: {} }))
  const judged = { ...run, judged: CONTAINER, started: null, start: false }
  const { byId } = ask(
    judged,
    { 'info.json': documents['info.json'] ?? '', 'container.json': container },
    image,
  )
  return (id) => byId.get(id)?.builtin?.word ?? 'PASS'
}

const SERVICES: Readonly<Record<string, string>> = {
  nothing: 'image: app',
  privileged: 'privileged: true',
  root: 'user: "0"',
  'read-only': 'read_only: true, cap_drop: [ALL], security_opt: ["no-new-privileges:true"]',
  limits: 'mem_limit: 64m, pids_limit: 50, cpus: 0.5, restart: "on-failure:3"',
  'no limits': 'pids_limit: -1, restart: always, ulimits: {nofile: 99}',
  socket: 'volumes: ["/var/run/docker.sock:/x"]',
  host: 'pid: host, ipc: host, network_mode: host, uts: host, userns_mode: host, cgroup: host',
  ports: 'ports: ["22:22", "0.0.0.0:8080:80"]',
  rights:
    'cap_add: [SYS_ADMIN], security_opt: [seccomp=unconfined, apparmor=unconfined], devices: [/dev/null]',
  'no health': 'healthcheck: {disable: true}',
  'an sshd': 'command: [/usr/sbin/sshd, -D]',
  'a hidden sshd': 'environment: {SSH: "1"}',
}
const NAMES = Object.keys(SERVICES)
const specOf = (name: string): RunSpec =>
  readService(`services: {app: {${SERVICES[name]}}}`, 'compose.yml', 'app')
const startedAs = (spec: RunSpec) => JSON.stringify({ ...startable(spec), differs: [] })

/** As the request is made (`startedSpec` of src/inputs/bench.ts). */
const requestOf = (base: string, own: string): Partial<BenchRequest> => {
  const [baseSpec, spec] = [specOf(base), specOf(own)]
  return { spec, ...(startedAs(baseSpec) === startedAs(spec) ? {} : { startSpec: baseSpec }) }
}

describe('when a pull request changes its compose file', () => {
  const afterMerge = new Map<string, Collected>()
  const pulls = new Map<string, Collected>()
  beforeAll(async () => {
    for (const own of NAMES) {
      afterMerge.set(own, await collected({ spec: specOf(own) }))
      await Promise.all(
        NAMES.map(async (base) => pulls.set(`${base} → ${own}`, await collected(requestOf(base, own)))),
      )
    }
  }, 120_000)
  const found = (map: ReadonlyMap<string, Collected>, name: string): Collected => {
    const one = map.get(name)
    if (one === undefined) {
      throw new Error(`nothing was collected for ${name}`)
    }
    return one
  }

  const engines: readonly (readonly [string, (one: Collected) => ((id: string) => BenchStatus) | null])[] = [
    ['Docker Bench did not run', () => null],
    ['Docker Bench passes everything', () => () => 'PASS'],
    ['Docker Bench says what is so', honest],
  ]
  test.each(engines)('and %s, then no rule has a better result than after the merge', (_, answersOf) => {
    const better = NAMES.flatMap((own) => {
      const then = answerOf(found(afterMerge, own), answersOf(found(afterMerge, own))).byId
      return NAMES.flatMap((base) => {
        const pull = found(pulls, `${base} → ${own}`)
        return answerOf(pull, answersOf(pull)).findings.flatMap(({ id, state, counted, why }) => {
          const other = then.get(id)
          const [now, after] = [counted?.word ?? null, other?.counted?.word ?? null]
          const isBetter =
            now === null
              ? state === 'not-applicable' && other?.state !== 'not-applicable'
              : after === null
                ? other?.state === 'not-evaluated'
                : isStricter(after, now)
          return isBetter ? [`${base} → ${own}: ${id} ${now ?? why}`] : []
        })
      })
    })
    // Processes are what a container shows that a pull request's options would start, and they start none.
    const why =
      "The container was started with the base branch's options, so its processes are not those of this pull request's."
    expect(new Set(better.map((one) => one.replace(/^.*: (?=5\.7 )/, '')))).toEqual(new Set([`5.7 ${why}`]))
  })

  test('then what is started is the base’s, and the same as after the merge only if both start the same', () => {
    for (const own of NAMES) {
      for (const base of NAMES) {
        const { started } = found(pulls, `${base} → ${own}`)
        expect(started).toEqual(found(afterMerge, base).started)
      }
    }
  })

  test('and both start the same container, then all is as after the merge', () => {
    const pairs = NAMES.flatMap((base) => NAMES.map((own) => [base, own] as const)).filter(
      ([base, own]) => base !== own && startedAs(specOf(base)) === startedAs(specOf(own)),
    )
    expect(pairs.length).toBeGreaterThan(10)
    for (const [base, own] of pairs) {
      const [pull, then] = [found(pulls, `${base} → ${own}`), found(afterMerge, own)]
      expect(answerOf(pull, honest(pull)).findings).toEqual(answerOf(then, honest(then)).findings)
    }
  })

  test.each([
    ['privileged', 'nothing', '5.5', 'PASS'],
    ['nothing', 'privileged', '5.5', 'WARN'],
    ['nothing', 'read-only', '5.13', 'PASS'],
    ['read-only', 'nothing', '5.13', 'WARN'],
    ['root', 'nothing', '4.1', 'PASS'],
    ['nothing', 'root', '4.1', 'WARN'],
    ['no health', 'nothing', '5.27', 'PASS'],
    ['nothing', 'no health', '5.27', 'WARN'],
    ['nothing', 'an sshd', '5.7', 'WARN'],
    // The image runs it with the base's options: that is known.
    ['a hidden sshd', 'read-only', '5.7', 'WARN'],
  ])('from "%s" to "%s", then %s is %s, whatever runs', (base, own, id, status) => {
    const pull = found(pulls, `${base} → ${own}`)
    const { byId, limits } = answerOf(pull, honest(pull))
    expect(byId.get(id)?.counted?.word).toBe(status)
    const isOther = requestOf(base, own).startSpec !== undefined
    const limit =
      "the container was started with the base branch's options, because a pull request's own start nothing; what they change is judged by the built-in rules alone"
    expect(limits.filter((one) => one.includes('base branch'))).toEqual(isOther ? [limit] : [])
  })

  test('then the report says for which rules Docker Bench judged another container, and counts the others', () => {
    const pull = found(pulls, 'nothing → read-only')
    const { byId } = answerOf(pull, honest(pull))
    expect(byId.get('5.13')).toMatchObject({ dbs: null, whyNoDbs: "started with the base branch's options" })
    expect(byId.get('5.16')).toMatchObject({ dbs: { word: 'PASS' }, counts: { by: 'agreed' } })
    const bad = answerOf(pull, (id) => (id === '5.16' ? 'WARN' : 'PASS')).byId.get('5.16')
    expect(bad).toMatchObject({ counts: { by: 'stricter', whose: 'docker-bench' } })
  })
})
