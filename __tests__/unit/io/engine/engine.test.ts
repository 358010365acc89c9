import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { containers, networks } from '../../../../src/io/engine/docker.js'
import { compareApi, connectEngine, exchange } from '../../../../src/io/engine/engine.js'
import { selfSigned } from '../../../support/certificate.js'
import { type FakeEngine, fakeEngine, type Routes } from '../../../support/fake-engine.js'
import { fakeServer, json } from '../../../support/fake-server.js'
import { problemOfRejected } from '../../../support/rejections.js'

const folder = mkdtempSync(join(tmpdir(), 'engine-'))
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) {
    await cleanup()
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

async function engine(
  apiVersion: string | null = '1.41',
  on: 'socket' | 'port' = 'socket',
  routes: Routes = {},
): Promise<FakeEngine> {
  const fake = await fakeEngine(routes, apiVersion, on)
  cleanups.push(fake.close)
  return fake
}

describe('compareApi', () => {
  test('when versions are compared, then by their numbers, not as decimals', () => {
    const sorted = ['1.9', '1.24', '1.41', '1.44', '1.100', '2.0']
    expect([...sorted].reverse().sort(compareApi)).toEqual(sorted)
    expect(compareApi('1.41', '1.41')).toBe(0)
  })
})

describe('the version that is spoken', () => {
  test.each([
    ['1.24', '1.24'],
    ['1.41', '1.41'],
    ['1.44', '1.44'],
    ['1.49', '1.49'],
    ['1.56', '1.49'],
    ['2.0', '1.49'],
  ])('when the engine has %s, then %s is spoken', async (theirs, spoken) => {
    const fake = await engine(theirs)
    const connected = await connectEngine({ DOCKER_HOST: fake.host })
    expect(connected).toMatchObject({ apiVersion: spoken, host: fake.host })
    ;(await exchange(connected, '/info', {})).resume()
    expect(fake.requestsReceived.map(({ path }) => path)).toEqual(['/_ping', `/v${spoken}/info`])
  })

  test('when what answers names no version, then it is no engine', async () => {
    const fake = await engine(null)
    const problem = await problemOfRejected(connectEngine({ DOCKER_HOST: fake.host }))
    expect(problem).toMatchObject({ code: 'no-engine', where: fake.host })
  })
})

describe('where the engine is', () => {
  test.each(['tcp', 'http'])('when DOCKER_HOST is %s://, then its port is spoken to', async (scheme) => {
    const fake = await engine('1.41', 'port')
    const host = `${scheme}://127.0.0.1:${fake.port}`
    expect(await connectEngine({ DOCKER_HOST: host })).toMatchObject({ host, tls: false })
  })

  test('when DOCKER_HOST has an IPv6 address, then it is taken out of its brackets', async () => {
    // Whether this machine has IPv6 or not: what is refused is the address, not a name in brackets.
    const problem = await problemOfRejected(connectEngine({ DOCKER_HOST: 'tcp://[::1]:1' }))
    expect(problem.code).toBe('no-engine')
    expect(problem.what).not.toMatch(/ENOTFOUND|EAI_AGAIN|\[/)
  })

  test('when this user may not use the socket, then it is reported how one may, and not that Docker should be started', async () => {
    const closed = mkdtempSync(join(folder, 'closed-'))
    cleanups.push(() => rmSync(closed, { recursive: true }))
    chmodSync(closed, 0)
    // Rights do not hold for root.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) {
      process.seteuid?.(65534)
    }
    const problem = await problemOfRejected(
      connectEngine({ DOCKER_HOST: `unix://${closed}/docker.sock`, DOCKER_CONFIG: '/nonexistent' }),
    ).finally(() => isRoot && process.seteuid?.(0))
    expect(problem).toMatchObject({ code: 'no-engine', what: expect.stringContaining('EACCES') })
    expect(problem.todo).toMatch(/docker group/)
    expect(problem.todo).not.toMatch(/start Docker/)
  })

  test.each(['unix:///nonexistent/docker.sock', 'tcp://127.0.0.1:1', 'npipe:////./pipe/docker_engine'])(
    'when nothing listens at %s, then no engine answers',
    async (host) => {
      const problem = await problemOfRejected(connectEngine({ DOCKER_HOST: host }))
      expect(problem).toMatchObject({ code: 'no-engine', where: host })
      expect(problem.todo).toContain('DOCKER_HOST')
    },
  )

  test.each(['ssh://user@host', 'fd://', 'localhost:2375', '/var/run/docker.sock', 'tcp://', 'tcp://a b:1'])(
    'when DOCKER_HOST is %s, then it is told what can be spoken to',
    async (host) => {
      const problem = await problemOfRejected(connectEngine({ DOCKER_HOST: host }))
      expect(problem).toMatchObject({ code: 'no-engine', where: host })
      expect(problem.what).toContain('unix://')
    },
  )
})

describe('an engine that accepts connections and says nothing', () => {
  test('when it is looked for, then it is given up after the limit, and the message says so', async () => {
    const mute = await fakeServer(() => {}, 'socket')
    cleanups.push(mute.close)
    const host = `unix://${mute.socket}`
    const problem = await problemOfRejected(connectEngine({ DOCKER_HOST: host }, 50))
    expect(problem).toMatchObject({ code: 'no-engine', where: host })
    expect(problem.what).toContain('no answer within 0.05 s')
  })
})

describe('contexts of the docker command', () => {
  /** A configuration with these contexts; the folder of each is the SHA-256 of its name. */
  function configured(contexts: Readonly<Record<string, unknown>>, current?: string): string {
    const config = mkdtempSync(join(folder, 'config-'))
    if (current !== undefined) {
      writeFileSync(join(config, 'config.json'), JSON.stringify({ currentContext: current }))
    }
    for (const [name, host] of Object.entries(contexts)) {
      const home = join(config, 'contexts/meta', createHash('sha256').update(name).digest('hex'))
      mkdirSync(home, { recursive: true })
      writeFileSync(
        join(home, 'meta.json'),
        JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }),
      )
    }
    return config
  }

  test('when there is a current context, then its engine is taken', async () => {
    const fake = await engine()
    const DOCKER_CONFIG = configured({ mine: fake.host, other: 'tcp://127.0.0.1:1' }, 'mine')
    expect((await connectEngine({ DOCKER_CONFIG })).host).toBe(fake.host)
  })

  test('when DOCKER_CONTEXT names one, then it goes before the current one, and DOCKER_HOST before both', async () => {
    const [one, other] = [await engine(), await engine()]
    const DOCKER_CONFIG = configured(
      { one: one.host, other: other.host, third: 'tcp://127.0.0.1:1' },
      'third',
    )
    const chosen = await connectEngine({ DOCKER_CONFIG, DOCKER_CONTEXT: 'one' })
    expect(chosen.host).toBe(one.host)
    const host = await connectEngine({ DOCKER_CONFIG, DOCKER_CONTEXT: 'one', DOCKER_HOST: other.host })
    expect(host.host).toBe(other.host)
  })

  test.each<[string, Record<string, unknown>]>([
    ['is not there', {}],
    ['has no host', { lost: 17 }],
  ])('when the context %s, then no other engine is asked in its place', async (_, contexts) => {
    const DOCKER_CONFIG = configured(contexts)
    const problem = await problemOfRejected(connectEngine({ DOCKER_CONFIG, DOCKER_CONTEXT: 'lost' }))
    expect(problem).toMatchObject({ code: 'no-engine', where: 'context lost' })
  })
})

test('when it is Podman, then a refusal says so, and what can be used instead', async () => {
  const server = await fakeServer((request, response) => {
    response.setHeader('api-version', '1.41').setHeader('libpod-api-version', '4.3.1')
    return request.path === '/_ping'
      ? response.end('OK')
      : json(response, 500, { message: 'failed to parse gateway ip <nil>' })
  }, 'socket')
  cleanups.push(() => server.close())
  const engine = await connectEngine({ DOCKER_HOST: `unix://${server.socket}` })
  expect(engine.podman).toBe('4.3.1')
  const problem = await problemOfRejected(networks.create(engine, 'n', {}))
  expect(problem).toMatchObject({
    code: 'engine-refused',
    what: 'the engine is Podman 4.3.1, which refused what Docker does (500: failed to parse gateway ip <nil>)',
    todo: expect.stringContaining('as an archive'),
  })
})

test.each([
  ['No command specified', 400],
  ['no command or entrypoint provided, and no CMD or ENTRYPOINT from image', 400],
])('when the image has no command (%s), then that is said, and what to do', async (message, status) => {
  const server = await fakeEngine({
    'POST /containers/create': (_, response) => json(response, status, { message }),
  })
  cleanups.push(() => server.close())
  const engine = await connectEngine({ DOCKER_HOST: server.host })
  const problem = await problemOfRejected(containers.create(engine, 'c', {}))
  expect(problem.what).toBe('the image has no command: it has neither CMD nor ENTRYPOINT')
  expect(problem.todo).toMatch(/^add CMD to the image's Dockerfile/)
})

describe('TLS', () => {
  const credentials = selfSigned()
  function folderOf(files: Readonly<Record<string, string>>): string {
    const path = mkdtempSync(join(folder, 'tls-'))
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(path, name), text)
    }
    return path
  }

  test('when DOCKER_TLS_VERIFY is set, then both sides prove themselves by the files of DOCKER_CERT_PATH', async () => {
    const server = createServer(
      { ...credentials, ca: credentials.cert, requestCert: true, rejectUnauthorized: true },
      (_, response) => response.setHeader('api-version', '1.43').end('OK'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanups.push(() => server.close())
    const { port } = server.address() as AddressInfo
    const env = {
      DOCKER_HOST: `tcp://127.0.0.1:${port}`,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: folderOf({
        'ca.pem': credentials.cert,
        'cert.pem': credentials.cert,
        'key.pem': credentials.key,
      }),
    }
    expect(await connectEngine(env)).toMatchObject({ tls: true, apiVersion: '1.43' })

    const stranger = selfSigned()
    const other = folderOf({ 'ca.pem': stranger.cert, 'cert.pem': stranger.cert, 'key.pem': stranger.key })
    const problem = await problemOfRejected(connectEngine({ ...env, DOCKER_CERT_PATH: other }))
    expect(problem.code).toBe('no-engine')
    expect(problem.what).toContain('certificate')
  })

  test.each([
    ['no file', {}],
    ['no key', { 'ca.pem': credentials.cert, 'cert.pem': credentials.cert }],
  ])('when DOCKER_CERT_PATH has %s, then that is told', async (_, files) => {
    const DOCKER_CERT_PATH = folderOf(files)
    const env = { DOCKER_HOST: 'tcp://127.0.0.1:1', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH }
    const problem = await problemOfRejected(connectEngine(env))
    expect(problem).toMatchObject({ code: 'no-engine', where: env.DOCKER_HOST })
    expect(problem.what).toContain('DOCKER_CERT_PATH')
  })
})

describe('exchange', () => {
  test('when a call has a query, a body and headers, then they are sent as the Engine API wants them', async () => {
    const fake = await engine('1.41', 'socket', {
      'POST /a': (_, response) => response.end(),
      'PUT /b': (_, response) => response.end(),
    })
    const connected = await connectEngine({ DOCKER_HOST: fake.host })
    const query = { name: 'a b&c', gone: undefined, filters: '{"label":["x"]}' }
    ;(
      await exchange(connected, '/a', { method: 'POST', query, body: { é: 1 }, headers: { x: 'y' } })
    ).resume()
    ;(await exchange(connected, '/b', { method: 'PUT', body: Buffer.from([0, 255]) })).resume()
    const [, post, put] = fake.requestsReceived
    const url = new URL(post?.path ?? '', 'http://x')
    expect(url.pathname).toBe('/v1.41/a')
    expect([...url.searchParams]).toEqual([
      ['name', 'a b&c'],
      ['filters', '{"label":["x"]}'],
    ])
    expect(post?.headers).toMatchObject({ 'content-type': 'application/json', x: 'y' })
    expect(post?.body.toString()).toBe('{"é":1}')
    expect(put?.headers['content-type']).toBe('application/x-tar')
    expect(put?.body).toEqual(Buffer.from([0, 255]))
  })
})
