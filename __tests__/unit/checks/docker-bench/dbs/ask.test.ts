import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { type DbsAskOptions, readyDbs } from '../../../../../src/checks/docker-bench/dbs/ask.js'
import { createTarReader } from '../../../../../src/io/archive/formats/tar-reader.js'
import { tarOf } from '../../../../../src/io/archive/formats/tar-writer.js'
import { connectEngine } from '../../../../../src/io/engine/engine.js'
import { SeaworthyError } from '../../../../../src/model/problem.js'
import { type FakeEngine, fakeEngine } from '../../../../support/fake-engine.js'
import { type FakeServer, fakeServer, json } from '../../../../support/fake-server.js'
import { IMAGE_ID, jsonOf, logOf, results } from '../answers.js'

const root = mkdtempSync(join(tmpdir(), 'sw-ask-'))
const folder = mkdtempSync(join(root, 'bench-'))
writeFileSync(join(folder, 'docker-bench-security.sh'), 'echo stand-in\n')
const servers: FakeServer[] = []
afterEach(async () => {
  for (const one of servers.splice(0)) {
    await one.close()
  }
})
afterAll(() => rmSync(root, { recursive: true }))

type Output = Readonly<Record<string, string>>

/** What a stand-in of Docker Bench leaves after a good run over section 4 of this image. */
function goodOutput(): Output {
  const now = Math.floor(Date.now() / 1000)
  const all = results(false).filter(({ id }) => id.startsWith('4.'))
  const listed = 'REPOSITORY   TAG   IMAGE ID\nacme/app     1     9e4b171bd259\n'
  return {
    ...{
      code: '0\n',
      stderr: '',
      'dbs.log': logOf(all),
      'dbs.log.json': jsonOf(all, { start: now, end: now }),
    },
    ...{
      'images-before': listed,
      'images-after': listed,
      'ps-before': 'ID NAMES\n',
      'ps-after': 'ID NAMES\n',
    },
  }
}

interface Behaviour {
  /** What each run leaves, the last one again and again; made while it runs, since it says when it ran. */
  readonly outputs?: readonly (() => Output)[]
  readonly start?: readonly [number, string]
  readonly create?: readonly [number, string]
  readonly on?: 'socket' | 'port'
  /** Its container never ends. */
  readonly hangs?: boolean
}

async function engineThat({
  outputs = [goodOutput],
  start,
  create,
  on = 'socket',
  hangs = false,
}: Behaviour): Promise<FakeEngine & { created: unknown[]; put: Buffer[] }> {
  const created: unknown[] = []
  const put: Buffer[] = []
  let output: Output = {}
  const fake = await fakeEngine(
    {
      'GET /images/place:1/json': (_, response) =>
        json(response, 200, { Id: PLACE, RepoDigests: [`place@${PLACE}`] }),
      'POST /containers/create': ({ body }, response) => {
        created.push(JSON.parse(String(body)))
        if (create) {
          return json(response, create[0], { message: create[1] })
        }
        return json(response, 201, { Id: 'b1' })
      },
      'PUT /containers/b1/archive': ({ body }, response) => {
        put.push(body)
        return json(response, 200, null)
      },
      'GET /containers/b1/json': (_, response) =>
        json(response, 200, { Id: 'b1', Name: '/seaworthy-abc-bench', Config: { Labels: null } }),
      'POST /containers/b1/start': (_, response) =>
        start ? json(response, start[0], { message: start[1] }) : json(response, 200, null),
      'POST /containers/b1/wait': (_, response) => {
        if (hangs) {
          return
        }
        output = outputs[Math.min(created.length, outputs.length) - 1]?.() ?? {}
        return json(response, 200, { StatusCode: 0 })
      },
      'GET /containers/b1/logs': (_, response) => response.end('Killed'),
      'GET /containers/b1/archive': (_, response) => {
        response.end(tarOf(Object.entries(output).map(([name, text]) => ({ path: `out/${name}`, text }))))
      },
      'DELETE /containers/b1': (_, response) => json(response, 200, null),
      'GET /containers/json': (_, response) => json(response, 200, []),
      'GET /images/json': (_, response) => json(response, 200, [{ Id: IMAGE_ID }]),
      [`GET /images/${IMAGE_ID}/json`]: (_, response) =>
        json(response, 200, { Id: IMAGE_ID, RepoTags: ['acme/app:1'], Config: {} }),
    },
    '1.41',
    on,
  )
  servers.push(fake)
  return { ...fake, created, put }
}

const optionsOf = (part: Partial<DbsAskOptions>): DbsAskOptions => ({
  ...{ benchEngine: 'both', source: { kind: 'folder', folder }, image: 'place:1', sections: 'images' },
  ...{ directory: root, cacheDir: mkdtempSync(join(root, 'cache-')), runId: 'abc', labels: { a: 'b' } },
  ...{ signal: new AbortController().signal, ...part },
})

async function ask(fake: FakeEngine, part: Partial<DbsAskOptions> = {}) {
  const engine = await connectEngine({ DOCKER_HOST: fake.host })
  const ready = readyDbs(engine, optionsOf(part))
  return ready.ask([{ imageId: IMAGE_ID, container: null }]).finally(ready.end)
}
const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'answered',
    (error: unknown) => (error instanceof SeaworthyError ? error.problem.code : String(error)),
  )

/** Names and texts of the files in a tar. */
function filesIn(tar: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  const reader = createTarReader(
    ({ path }) => {
      const chunks: Buffer[] = []
      return {
        write: (bytes) => chunks.push(Buffer.from(bytes)),
        end: () => files.set(path, Buffer.concat(chunks).toString()),
      }
    },
    'test',
    { extendedHeaderBytes: 65536 },
  )
  reader.write(tar)
  return files
}

const PLACE = `sha256:${'2'.repeat(64)}`

describe('a stand-in of Docker Bench, asked in an engine that is none', () => {
  test('when it answers, then it ran in a container that has the socket and nothing else', async () => {
    const fake = await engineThat({})
    const answer = await ask(fake)
    expect(answer).toMatchObject({
      run: { meta: { source: `folder ${folder}, in a container of place:1@${PLACE}` } },
    })
    // By its id: the tag may be moved between the two calls.
    expect(fake.created).toEqual([
      {
        ...{ Image: PLACE, Entrypoint: ['sh', '-c', expect.any(String)], Cmd: [], User: '0' },
        ...{ Healthcheck: { Test: ['NONE'] }, Labels: { a: 'b' } },
        Env: [
          ...[
            'DOCKER_CONFIG=/seaworthy',
            'DOCKER_HOST=unix:///var/run/docker.sock',
            'SECTIONS=container_images',
          ],
        ],
        HostConfig: {
          Mounts: [{ Type: 'bind', Source: fake.socket, Target: '/var/run/docker.sock' }],
          ...{ NetworkMode: 'none', PidsLimit: 512, CapDrop: ['ALL'], CapAdd: ['DAC_OVERRIDE'] },
          SecurityOpt: ['no-new-privileges'],
        },
      },
    ])
    // What runs is what was copied in, never a script of the image.
    const files = filesIn(fake.put[0] ?? Buffer.alloc(0))
    expect(files.get('seaworthy/tree/docker-bench-security.sh')).toBe('echo stand-in\n')
    // Its docker command lists our image alone: it inspects each image that it sees.
    const { imagesFormat, psFormat } = JSON.parse(
      filesIn(fake.put[1] ?? Buffer.alloc(0)).get('seaworthy/config.json') ?? '{}',
    )
    expect(imagesFormat).toBe(
      'table {{if or (eq .ID "9e4b171bd259")}}{{.Repository}}\t{{.Tag}}\t{{.ID}}{{end}}',
    )
    expect(psFormat).toBe('table {{if false}}{{end}}')
    expect([...filesIn(fake.put[1] ?? Buffer.alloc(0))].slice(1)).toEqual([
      ['seaworthy/selection', ' 9e4b171bd259$'],
      ['seaworthy/go', ''],
    ])
    expect(fake.calls().at(-1)).toBe('DELETE /containers/b1')
  })

  test('when nobody asks it in the end, then its container is removed all the same', async () => {
    const fake = await engineThat({})
    const engine = await connectEngine({ DOCKER_HOST: fake.host })
    const ready = readyDbs(engine, optionsOf({}))
    await ready.end()
    expect(fake.put).toHaveLength(1)
    expect(fake.calls().slice(-2)).toEqual(['POST /containers/b1/start', 'DELETE /containers/b1'])
  })

  test('when its JSON is broken once, then it is run again; twice, then nobody is asked', async () => {
    const broken = () => ({ ...goodOutput(), 'dbs.log.json': '{"start":' })
    expect(await ask(await engineThat({ outputs: [broken, goodOutput] }))).toMatchObject({
      run: { meta: { exitCode: 0 } },
    })
    const fake = await engineThat({ outputs: [broken] })
    expect(await ask(fake)).toEqual({
      run: null,
      why: `in a container of place:1: Docker Bench's output cannot be trusted: its JSON is malformed`,
    })
    expect(fake.created).toHaveLength(2)
    expect(await codeOf(ask(fake, { benchEngine: 'both-required' }))).toBe('bench-doubtful')
  })

  test.each([
    [
      'is killed',
      { 'images-before': 'x' },
      2,
      'Docker Bench exited with code 1; it said: Killed',
      'bench-failed',
    ],
    [
      'fails',
      { ...goodOutput(), code: '1', stdout: 'Error connecting' },
      2,
      'it said: Error connecting',
      'bench-failed',
    ],
    [
      'has no docker command',
      { unfit: 'the image has no docker command' },
      1,
      'the image has no docker command',
      'bench-no-place',
    ],
    [
      'has an old docker command',
      { 'images-before': '', unfit: "the image's docker command failed: client version 1.24 is too old" },
      ...([1, 'client version 1.24 is too old', 'bench-no-place'] as const),
    ],
  ])(
    'when it %s in its container, then ours judge and say why, and dbs is unanswered',
    async (_, output, runs, why, code) => {
      const fake = await engineThat({ outputs: [() => output as unknown as Output] })
      expect(await ask(fake)).toEqual({
        run: null,
        why: expect.stringMatching(/^in a container of place:1: /),
      })
      expect(fake.created).toHaveLength(runs)
      const dbs = ask(fake, { benchEngine: 'both-required' })
      expect(await codeOf(dbs)).toBe(code)
      await expect(dbs).rejects.toThrow(why)
    },
  )

  test('when it hangs in its container, then it is ended and not tried again, ours judge, and dbs is unanswered', async () => {
    const fake = await engineThat({ hangs: true })
    const why = 'in a container of place:1: Docker Bench did not finish within its time limit'
    expect(await ask(fake, { limitMs: 50 })).toEqual({ run: null, why })
    expect(fake.created).toHaveLength(1)
    expect(fake.calls().at(-1)).toBe('DELETE /containers/b1')
    expect(await codeOf(ask(fake, { limitMs: 50, benchEngine: 'both-required' }))).toBe('bench-timeout')
  })

  test('when its image has no shell, then that is reported, and it is not tried again', async () => {
    const fake = await engineThat({ start: [400, 'exec: "sh": executable file not found in $PATH'] })
    expect(await ask(fake)).toMatchObject({
      run: null,
      why: expect.stringContaining("the image's shell does not start"),
    })
    expect(fake.created).toHaveLength(1)
  })

  test('when its socket is in no place that it could mount, as a rootless one’s, then ours judge and say why', async () => {
    const why =
      'invalid mount config for type "bind": bind source path does not exist: /run/user/1000/docker.sock'
    const fake = await engineThat({ create: [400, why] })
    expect(await ask(fake)).toEqual({
      run: null,
      why: `in a container of place:1: no container can be created from the image: the Docker engine returned 400: ${why}`,
    })
    expect(await codeOf(ask(fake, { benchEngine: 'both-required' }))).toBe('bench-no-place')
    expect(fake.calls().filter((call) => call.startsWith('DELETE'))).toEqual([])
  })

  test('when the engine has no socket here, then nothing is made', async () => {
    const fake = await engineThat({ on: 'port' })
    expect(await ask(fake)).toMatchObject({
      run: null,
      why: expect.stringContaining('the engine has no socket on this machine'),
    })
    expect(fake.calls()).toEqual([])
  })

  test('when what is fetched is another one, then that is reported in auto too, and nothing is made', async () => {
    const fake = await engineThat({})
    const server = await fakeServer((request, response) => {
      response.statusCode = request.path === '/other' ? 200 : 404
      response.end(gzipSync(tarOf([{ path: 'bench-1/docker-bench-security.sh', text: 'rm -rf /' }])))
    })
    servers.push(server)
    const from = (name: string) => ({ source: { kind: 'download', url: `${server.url}/${name}` } }) as const
    expect(await codeOf(ask(fake, from('other')))).toBe('bench-not-genuine')
    expect(await ask(fake, from('none'))).toEqual({
      ...{ run: null, why: 'Docker Bench could not be fetched: the server returned HTTP 404' },
    })
    expect(await codeOf(ask(fake, { ...from('none'), benchEngine: 'both-required' }))).toBe(
      'bench-not-fetched',
    )
    expect(fake.created).toEqual([])
  })

  test('when the run is over meanwhile, then that is the reason', async () => {
    const fake = await engineThat({})
    const reason = new SeaworthyError({ code: 'timeout', what: 'the gate did not end', where: 'gate' })
    expect(await codeOf(ask(fake, { signal: AbortSignal.abort(reason) }))).toBe('timeout')
  })
})
