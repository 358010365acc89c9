import { afterEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addressOn, call, containers, images, networks } from '../../../../src/io/engine/docker.js'
import { connectEngine, type Engine } from '../../../../src/io/engine/engine.js'
import { EngineError } from '../../../../src/io/engine/engine-error.js'
import { watchContainer } from '../../../../src/io/engine/watch-container.js'
import { type FakeEngine, fakeEngine, type Routes } from '../../../support/fake-engine.js'
import { flood, json } from '../../../support/fake-server.js'
import { problemOfRejected } from '../../../support/rejections.js'
import { runs } from '../../../support/runs.js'

const fakes: FakeEngine[] = []
afterEach(async () => {
  for (const fake of fakes.splice(0)) {
    await fake.close()
  }
})

async function engine(routes: Routes): Promise<{ engine: Engine; fake: FakeEngine }> {
  const fake = await fakeEngine(routes)
  fakes.push(fake)
  return { engine: await connectEngine({ DOCKER_HOST: fake.host }), fake }
}

/** The error of a call that fails with an `EngineError`. */
async function refusal(work: Promise<unknown>): Promise<EngineError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof EngineError) {
    return error
  }
  throw new Error(`an EngineError is expected, not ${String(error)}`)
}

describe('call', () => {
  test('when the answer has no body, then it is null', async () => {
    const { engine: it } = await engine({
      'POST /containers/a/start': (_, response) => response.writeHead(204).end(),
    })
    expect(await containers.start(it, 'a')).toBeNull()
  })

  test.each<[string, number, string, string]>([
    ['the engine’s form', 404, '{"message":"No such image: x"}', 'No such image: x'],
    ['another JSON', 500, '{"error":"y"}', '{"error":"y"}'],
    ['no JSON', 502, '<html>Bad Gateway</html>', '<html>Bad Gateway</html>'],
    ['nothing', 503, '', '503'],
    ['a very long text', 500, 'z'.repeat(10_000), 'z'.repeat(500)],
  ])('when it answers an error with %s, then that is told, with the path', async (_, status, body, text) => {
    const { engine: it } = await engine({ 'GET /x': (__, response) => response.writeHead(status).end(body) })
    const error = await refusal(call(it, '/x', { query: { secret: '1' } }))
    expect(error).toMatchObject({
      status,
      problem: { code: 'engine-refused', where: `/x on ${it.host}` },
    })
    expect(error.problem.what).toContain(text)
    expect(error.problem.what.length).toBeLessThan(600)
  })

  test('when the answer is cut, then the call fails, and is not taken for an empty one', async () => {
    const { engine: it } = await engine({
      'GET /networks': (_, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('[', () => response.destroy())
      },
    })
    await expect(networks.list(it, 'x')).rejects.toThrow()
  })
})

describe('an engine that falls silent', () => {
  const silent: Routes = {
    'GET /x': () => {},
    'GET /half': (_, response) => response.writeHead(200).write('['),
  }

  test.each(['/x', '/half'])(
    'when it says no more at %s, then the call is given up and told',
    async (path) => {
      const { engine: it } = await engine(silent)
      expect(await problemOfRejected(call(it, path, { limitMs: 50 }))).toMatchObject({
        code: 'engine-silent',
        where: `${path} on ${it.host}`,
      })
    },
  )

  test('when the run is ended meanwhile, then the call ends at once, and it is not the engine’s error', async () => {
    const controller = new AbortController()
    const { engine: it } = await engine({ 'GET /x': () => controller.abort() })
    const work = call(it, '/x', { signal: controller.signal })
    await expect(work).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('when there is a limit for all calls together, then it ends each of them', async () => {
    const controller = new AbortController()
    const { engine: it } = await engine({ 'GET /x': () => controller.abort() })
    const bounded = { ...it, signal: controller.signal }
    await expect(call(bounded, '/x')).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('when a call may last, then the limit of short ones is not its own', async () => {
    const other = Promise.withResolvers<void>()
    const { engine: it } = await engine({
      ...silent,
      'POST /containers/a/wait': async (_, response) => {
        await other.promise
        json(response, 200, { StatusCode: 0 })
      },
    })
    const lasting = call(it, '/containers/a/wait', { method: 'POST', limitMs: null })
    expect((await problemOfRejected(call(it, '/x', { limitMs: 50 }))).code).toBe('engine-silent')
    other.resolve()
    expect(await lasting).toEqual({ StatusCode: 0 })
  })
})

describe('an engine that says too much', () => {
  test.each(['/containers/json', '/containers/a/logs'])(
    'when its answer at %s has no end, then the call fails and reads no further',
    async (path) => {
      const { engine: it } = await engine({ [`GET ${path}`]: flood })
      const work = path.endsWith('logs') ? containers.logs(it, 'a') : containers.list(it, 'x')
      expect(await problemOfRejected(work)).toMatchObject({ code: 'answer-too-large' })
    },
  )
})

describe('what an engine leaves out', () => {
  const problemOfAnswer = (answer: unknown) =>
    engine({ 'GET /containers/a/json': (_, response) => json(response, 200, answer) })

  test.each([{}, { Id: null }, { Id: 1 }])(
    'when it names no id (%j), then that is no answer',
    async (answer) => {
      const { engine: it } = await problemOfAnswer(answer)
      await expect(containers.inspect(it, 'a')).rejects.toThrow('the Docker engine returned no Id')
    },
  )

  test('when the answer is empty, as for a name that is a path, then there is nothing of that name', async () => {
    const { engine: it } = await problemOfAnswer(null)
    await expect(images.inspect(it, '/tmp/image.tar')).rejects.toMatchObject({ status: 404 })
  })

  test.each([
    [{}, null],
    [{ NetworkSettings: null }, null],
    [{ NetworkSettings: { Networks: null } }, null],
    [{ NetworkSettings: { Networks: { n: null } } }, null],
    [{ NetworkSettings: { Networks: { n: { NetworkID: 'net', IPAddress: '' } } } }, null],
    [{ NetworkSettings: { Networks: { n: { NetworkID: 'other', IPAddress: '10.0.0.2' } } } }, null],
    [{ NetworkSettings: { Networks: { n: { NetworkID: 'net', IPAddress: '10.0.0.2' } } } }, '10.0.0.2'],
  ])('when it says %j, then the address on a network is %j', async (answer, address) => {
    const { engine: it } = await problemOfAnswer({ Id: 'a', ...answer })
    expect(addressOn(await containers.inspect(it, 'a'), 'net')).toBe(address)
  })

  test.each([{}, { State: null }, { State: { Running: false } }, { State: { ExitCode: 0 } }])(
    'when it does not say how a container is (%j), then nobody judges it',
    async (answer) => {
      const { engine: it } = await problemOfAnswer({ Id: 'a', ...answer })
      const judged: unknown[] = []
      const work = watchContainer(it, 'a', AbortSignal.timeout(5000), (state) => judged.push(state))
      await expect(work).rejects.toThrow('the Docker engine does not report whether a container is running')
      expect(judged).toEqual([])
    },
  )

  test('when it says nothing of health, then there is none', async () => {
    const { engine: it } = await problemOfAnswer({ Id: 'a', State: { Running: true, ExitCode: 0 } })
    expect(await watchContainer(it, 'a', AbortSignal.timeout(5000), (state) => state)).toEqual({
      running: true,
      exitCode: 0,
      health: 'none',
      probed: null,
    })
  })
})

describe('containers', () => {
  test('when they are listed by a label, then stopped ones too', async () => {
    const { engine: it, fake } = await engine({
      'GET /containers/json': (_, response) => json(response, 200, []),
    })
    expect(await containers.list(it, 'dev.seaworthy.run=1')).toEqual([])
    const query = new URL(fake.requestsReceived.at(-1)?.path ?? '', 'http://x').searchParams
    expect(query.get('all')).toBe('1')
    expect(JSON.parse(query.get('filters') ?? '')).toEqual({ label: ['dev.seaworthy.run=1'] })
  })

  test('when one is removed, then by force and with its volumes', async () => {
    const { engine: it, fake } = await engine({
      'DELETE /containers/a': (_, response) => response.writeHead(204).end(),
    })
    await containers.remove(it, 'a')
    const query = new URL(fake.requestsReceived.at(-1)?.path ?? '', 'http://x').searchParams
    expect([...query]).toEqual([
      ['force', '1'],
      ['v', '1'],
    ])
  })

  test.each([
    [404, 'No such container'],
    [409, 'removal of container a is already in progress'],
  ])('when it is gone or going (%d), then removing it is no error', async (status, message) => {
    const { engine: it } = await engine({
      'DELETE /containers/a': (_, response) => json(response, status, { message }),
    })
    expect(await containers.remove(it, 'a')).toBeNull()
  })

  test('when it can’t be removed for another reason, then that is reported', async () => {
    const { engine: it } = await engine({
      'DELETE /containers/a': (_, response) => json(response, 500, { message: 'driver failed' }),
    })
    expect((await refusal(containers.remove(it, 'a'))).problem.what).toContain('driver failed')
  })
})

describe('networks', () => {
  test('when one still has members, then removing it fails and is reported', async () => {
    const { engine: it } = await engine({
      'DELETE /networks/n': (_, response) => json(response, 403, { message: 'has active endpoints' }),
    })
    expect((await refusal(networks.remove(it, 'n'))).problem.what).toContain('active endpoints')
  })
})

describe('logs', () => {
  /** Stream header of the Engine API: type, three zeros, size (big-endian). */
  const frame = (stream: number, text: string) => {
    const body = Buffer.from(text)
    const head = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0])
    head.writeUInt32BE(body.length, 4)
    return Buffer.concat([head, body])
  }
  async function logsOf(bytes: Buffer): Promise<string> {
    const { engine: it } = await engine({ 'GET /containers/a/logs': (_, response) => response.end(bytes) })
    return containers.logs(it, 'a')
  }

  test('when both streams wrote, then their text comes in its order, without headers', async () => {
    expect(await logsOf(Buffer.concat([frame(1, 'one\n'), frame(2, 'zwei é\n'), frame(1, '')]))).toBe(
      'one\nzwei é\n',
    )
  })

  test('when the container has a terminal, then there are no headers to strip', async () => {
    expect(await logsOf(Buffer.from('plain text\n'))).toBe('plain text\n')
  })

  test('when the last piece is cut, then what is there is reported', async () => {
    expect(await logsOf(Buffer.concat([frame(1, 'whole\n'), frame(2, 'half').subarray(0, 10)]))).toBe(
      'whole\nha',
    )
    expect(await logsOf(Buffer.alloc(0))).toBe('')
  })

  test('when any pieces come, then nothing is lost and nothing added', async () => {
    const piece = fc.tuple(fc.constantFrom(0, 1, 2), fc.string({ unit: 'grapheme', maxLength: 40 }))
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 5 }), async (pieces) => {
        const bytes = Buffer.concat(pieces.map(([stream, text]) => frame(stream, text)))
        expect(await logsOf(bytes)).toBe(pieces.map(([, text]) => text).join(''))
      }),
      runs(30),
    )
  })
})

describe('images', () => {
  test.each([
    ['debian', '/images/debian/json'],
    ['ghcr.io/acme/app:1.4', '/images/ghcr.io/acme/app:1.4/json'],
    [`debian@sha256:${'a'.repeat(64)}`, `/images/debian@sha256:${'a'.repeat(64)}/json`],
    ['a b', '/images/a%20b/json'],
    ['json?all=1&x', '/images/json%3Fall=1&x/json'],
    ['a#b', '/images/a%23b/json'],
  ])('when %s is inspected, then its name stays a name in the path', async (reference, path) => {
    const { engine: it, fake } = await engine({})
    const error = await refusal(images.inspect(it, reference))
    expect(error.status).toBe(404)
    expect(fake.requestsReceived.at(-1)?.path).toBe(`/v1.41${path}`)
  })

  test('when an image is saved for a platform, then the stream comes as it is', async () => {
    const bytes = Buffer.from([0, 1, 2, 255])
    const { engine: it, fake } = await engine({ 'GET /images/a/get': (_, response) => response.end(bytes) })
    const chunks: Buffer[] = []
    for await (const chunk of await images.save(it, 'a', '{"os":"linux"}')) {
      chunks.push(chunk as Buffer)
    }
    expect(Buffer.concat(chunks)).toEqual(bytes)
    expect(new URL(fake.requestsReceived.at(-1)?.path ?? '', 'http://x').searchParams.get('platform')).toBe(
      '{"os":"linux"}',
    )
  })
})
