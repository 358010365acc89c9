import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import {
  type FeedServer,
  type ServedData,
  startFeedServer,
} from '../../../../../src/checks/clair/services/server.js'
import type { LayerFile } from '../../../../../src/model/image/opening.js'
import { problemOfRejected } from '../../../../support/rejections.js'
import { arrivalOf, isPending, outcomeOf } from '../../../../support/waiting.js'

const folder = mkdtempSync(join(tmpdir(), 'feed-server-'))
const servers: FeedServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const A = `sha256:${'a'.repeat(64)}`
const RELEASES = new Map([
  ['bookworm', '12'],
  ['trixie', '13'],
])
const TRACKER = '{"apt":{"CVE-2026-10001":{"description":"é"}}}'

async function serve(part: Partial<ServedData> = {}, allowAll = false): Promise<FeedServer> {
  const served: ServedData = {
    layer: async () => Buffer.from('layer'),
    tracker: Promise.resolve(TRACKER),
    releases: Promise.resolve(RELEASES),
    osv: null,
    ...part,
  }
  const server = await startFeedServer('127.0.0.1', 0, served, allowAll)
  servers.push(server)
  return server
}

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Buffer
}

/** Not fetch: it would tidy up the path, and can't choose the address it comes from. */
function ask(
  server: FeedServer,
  path: string,
  { from = '127.0.0.1', method = 'GET', raw = false } = {},
): Promise<Reply> {
  const url = new URL(server.url)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: url.hostname,
        port: url.port,
        path: raw ? path : `${url.pathname}${path}`,
        method,
        localAddress: from,
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

/** Asks, and resolves when the request has come to the server and is not answered. */
async function pendingRequest(server: FeedServer, path: string): Promise<{ readonly reply: Promise<Reply> }> {
  const arrived = arrivalOf(path)
  const reply = ask(server, path)
  await arrived
  expect(await isPending(reply)).toBe(true)
  return { reply }
}

function layerFile(bytes: Buffer): LayerFile {
  const diffId = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  const path = join(folder, diffId.slice(7))
  writeFileSync(path, bytes)
  return { diffId, path, size: bytes.length }
}

describe('who is answered', () => {
  test('when nobody was allowed yet, then requests are held, and answered once their address is', async () => {
    const server = await serve()
    const { reply } = await pendingRequest(server, '/tracker/data/json')
    expect(await isPending(server.firstRequest)).toBe(true)
    server.allow('127.0.0.1')
    expect((await reply).body.toString()).toBe(TRACKER)
    await server.firstRequest
  })

  test('when one address was allowed, then another gets nothing, also one that asked before', async () => {
    const server = await serve()
    const early = ask(server, '/tracker/data/json', { from: '127.0.0.3' })
    server.allow('127.0.0.2')
    for (const reply of [
      await early,
      await ask(server, '/tracker/data/json', { from: '127.0.0.1' }),
      await ask(server, `/layer/${A}`, { from: '127.0.0.3' }),
      await ask(server, '', { from: '127.0.0.3', method: 'POST' }),
    ]) {
      expect(reply).toMatchObject({ status: 403, body: Buffer.alloc(0) })
    }
    expect(await isPending(server.firstRequest)).toBe(true)
    expect((await ask(server, '/tracker/data/json', { from: '127.0.0.2' })).status).toBe(200)
  })

  test('when it serves a Clair that others run, then any address is answered, by the secret only', async () => {
    const server = await serve({}, true)
    expect((await ask(server, `/layer/${A}`, { from: '127.0.0.9' })).status).toBe(200)
    expect((await ask(server, `/layer/${A}`, { raw: true })).status).toBe(404)
  })

  test('when two servers are started, then their secrets have 128 bits and are not the same', async () => {
    const [one, other] = [await serve(), await serve()]
    const secrets = [one, other].map(({ url }) => new URL(url).pathname)
    expect(secrets.every((path) => /^\/[0-9a-f]{32}$/.test(path))).toBe(true)
    expect(secrets[0]).not.toBe(secrets[1])
  })
})

describe('what is answered', () => {
  test.each(['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'when %s comes, then 405',
    async (method) => {
      const requestedPaths: string[] = []
      const server = await serve(
        { layer: async (diffId) => Buffer.from(requestedPaths.push(diffId).toString()) },
        true,
      )
      expect((await ask(server, `/layer/${A}`, { method })).status).toBe(405)
      expect(requestedPaths).toEqual([])
    },
  )

  test('when the path is not exactly one that is served, then 404, and nothing is looked up', async () => {
    const requestedPaths: string[] = []
    const server = await serve(
      { layer: async (diffId) => Buffer.from(requestedPaths.push(diffId).toString()) },
      true,
    )
    const secret = new URL(server.url).pathname
    const { host } = new URL(server.url)
    for (const path of [
      '/',
      '/layer/',
      `/layer/${A}`,
      `/${'0'.repeat(32)}/layer/${A}`,
      `${secret.toUpperCase()}x/layer/${A}`,
      secret,
      `${secret}/`,
      `${secret}/../etc/passwd`,
      `${secret}/layer/../layer/${A}`,
      `${secret}/layer/..%2f..%2fetc%2fpasswd`,
      `${secret}/layer%2f${A}`,
      `${secret}%2flayer/${A}`,
      `${secret}//layer/${A}`,
      `/x/..${secret}/layer/${A}`,
      `//${host}${secret}/layer/${A}`,
      `http://${host}${secret}/layer/${A}`,
      `http://other.example${secret}/layer/${A}`,
      `${secret}/layer/${A}/`,
      `${secret}/layer/${A.toUpperCase()}`,
      `${secret}/layer/${A.slice(0, -1)}`,
      `${secret}/layer/${A}0`,
      `${secret}/layer/sha512:${'a'.repeat(64)}`,
      `${secret}/tracker/data/json/`,
      `${secret}/debian/dists`,
      `${secret}/debian/dists/../Release`,
      `${secret}/debian/dists/buster/Release`,
      `${secret}/debian/dists/constructor/Release`,
      '*',
    ]) {
      const reply = await ask(server, path, { raw: true, method: 'GET' })
      expect([path, reply.status, reply.body.length]).toEqual([path, 404, 0])
    }
    expect(requestedPaths).toEqual([])
  })

  test('when Clair asks for releases, then the listing and each Release are as its updater reads them', async () => {
    const server = await serve({}, true)
    const listing = await ask(server, '/debian/dists/')
    expect(listing.headers['content-type']).toBe('text/html')
    expect([...listing.body.toString().matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      'bookworm/',
      'trixie/',
    ])
    expect((await ask(server, '/debian/dists/trixie/Release')).body.toString()).toBe(
      'Codename: trixie\nVersion: 13.0\n',
    )
  })

  test('when the tracker is asked for, then its Last-Modified is the fingerprint', async () => {
    const server = await serve({}, true)
    const reply = await ask(server, '/tracker/data/json?x=1')
    expect(reply.headers['last-modified']).toBe(server.fingerprint)
    expect(new Date(server.fingerprint).toUTCString()).toBe(server.fingerprint)
    expect(reply.body.toString()).toBe(TRACKER)
    expect(reply.headers['content-length']).toBe(String(Buffer.byteLength(TRACKER)))
  })

  test('when the tracker can’t be had, then 503, never an empty one', async () => {
    const failed = Promise.reject(new Error('unreachable'))
    failed.catch(() => undefined)
    const server = await serve({ tracker: failed, releases: failed }, true)
    for (const path of ['/tracker/data/json', '/debian/dists/', '/debian/dists/bookworm/Release']) {
      expect(await ask(server, path)).toMatchObject({ status: 503, body: Buffer.alloc(0) })
    }
  })

  test('when only layers are served, then there is not a tracker and no release', async () => {
    const server = await serve({ tracker: null, releases: null }, true)
    for (const path of ['/tracker/data/json', '/debian/dists/', '/debian/dists/bookworm/Release']) {
      expect((await ask(server, path)).status).toBe(404)
    }
  })
})

describe('layers', () => {
  test('when a layer is not whole yet, then its request is held, and then served byte for byte', async () => {
    const file = layerFile(randomBytes(3 * 2 ** 20 + 17))
    const whole = Promise.withResolvers<LayerFile>()
    const server = await serve({ layer: () => whole.promise }, true)
    const waiting = await pendingRequest(server, `/layer/${file.diffId}`)
    whole.resolve(file)
    const reply = await waiting.reply
    expect(reply.headers['content-type']).toBe('application/x-tar')
    expect(reply.headers['content-length']).toBe(String(file.size))
    expect(`sha256:${createHash('sha256').update(reply.body).digest('hex')}`).toBe(file.diffId)
  })

  test('when a stored layer has become longer or shorter, then it is not served as if it were whole', async () => {
    const file = layerFile(randomBytes(2 ** 20 + 17))
    const [longer, shorter] = [file.size - 1, file.size + 1].map((size, at) => ({
      ...file,
      size,
      diffId: `sha256:${at}`.padEnd(71, '0'),
    }))
    const byId = new Map([longer, shorter].map((one) => [one?.diffId, one as LayerFile]))
    const server = await serve({ layer: async (diffId) => byId.get(diffId) as LayerFile }, true)
    expect(await outcomeOf(ask(server, `/layer/${longer?.diffId}`))).toBe('failed')
    expect(await outcomeOf(ask(server, `/layer/${shorter?.diffId}`))).toBe('failed')
  })

  test('when several are asked for at once, then none gets bytes of another', async () => {
    const sizes = [0, 1, 512, 256 * 1024, 256 * 1024 + 1, 2 * 2 ** 20, 5 * 2 ** 20 + 3]
    const files = new Map(sizes.map((size) => [size, layerFile(randomBytes(size))]))
    const byId = new Map([...files.values()].map((file) => [file.diffId, file]))
    const server = await serve(
      { layer: async (diffId) => byId.get(diffId) ?? Promise.reject(new Error('none')) },
      true,
    )
    const twice = [...byId.keys(), ...byId.keys()]
    const replies = await Promise.all(twice.map((diffId) => ask(server, `/layer/${diffId}`)))
    const digests = replies.map(({ body }) => `sha256:${createHash('sha256').update(body).digest('hex')}`)
    expect(digests).toEqual(twice)
  })

  test('when a layer never comes, then 503 as soon as that is known', async () => {
    const never = Promise.withResolvers<LayerFile>()
    const server = await serve({ layer: () => never.promise }, true)
    const { reply } = await pendingRequest(server, `/layer/${A}`)
    never.reject(new Error('the archive was cut'))
    expect((await reply).status).toBe(503)
  })

  test('when its file is gone or cut, then Clair gets no whole answer', async () => {
    const gone = { diffId: A, path: join(folder, 'gone'), size: 10, compression: null, storedSize: 10 }
    const cut = layerFile(randomBytes(2 ** 20))
    truncateSync(cut.path, 300_000)
    const server = await serve({ layer: async (diffId) => (diffId === A ? gone : cut) }, true)
    expect(await outcomeOf(ask(server, `/layer/${A}`))).toBe('failed')
    expect(await outcomeOf(ask(server, `/layer/${cut.diffId}`))).toBe('failed')
  })

  test('when Clair hangs up in the midst of a layer, then others are served as before', async () => {
    const file = layerFile(randomBytes(8 * 2 ** 20))
    const server = await serve({ layer: async () => file }, true)
    const { port, pathname } = new URL(server.url)
    const socket = connect({ host: '127.0.0.1', port: Number(port) })
    socket.write(`GET ${pathname}/layer/${file.diffId} HTTP/1.1\r\nHost: x\r\n\r\n`)
    await new Promise((resolve, reject) => socket.once('data', resolve).once('error', reject))
    socket.destroy()
    const reply = await ask(server, `/layer/${file.diffId}`)
    expect(reply.body.length).toBe(file.size)
  })
})

describe('start and end', () => {
  test('when it is closed, then held and open connections end, and nothing listens any more', async () => {
    const server = await serve({ layer: () => new Promise(() => {}) })
    const notAllowed = await pendingRequest(server, '/tracker/data/json')
    server.allow('127.0.0.1')
    await notAllowed.reply
    const { reply } = await pendingRequest(server, `/layer/${A}`)
    const ended = outcomeOf(reply)
    const idle = connect({ host: '127.0.0.1', port: Number(new URL(server.url).port) })
    const idleEnded = new Promise((resolve) => idle.once('close', resolve))
    idle.on('error', () => undefined)
    await new Promise((resolve) => idle.once('connect', resolve))
    await server.close()
    await idleEnded
    expect(await ended).toBe('failed')
    expect(await outcomeOf(ask(server, '/tracker/data/json'))).toBe('failed')
  })

  test('when it has OSV’s bucket, then its list has no secret path, and zips have a tag of this run', async () => {
    const requestedPaths: string[] = []
    const zip = async (ecosystem: string) => Buffer.from(`zip of ${requestedPaths.push(ecosystem)}`)
    const osv = { ecosystems: async () => ['PyPI', 'Go'] as const, zip, search: async (sha1: string) => sha1 }
    const [first, second] = [await serve({ osv }, true), await serve({ osv }, true)]
    const list = await ask(first, '/ecosystems.txt', { raw: true })
    expect([list.status, list.body.toString(), list.headers.etag]).toEqual([200, 'PyPI\nGo\n', undefined])
    const got = await ask(first, '/osv/PyPI/all.zip')
    expect([got.status, got.body.toString(), got.headers.etag]).toEqual([200, 'zip of 1', first.tag])
    expect(second.tag).not.toBe(first.tag)
    expect((await ask(first, '/osv/npm/all.zip')).status).toBe(404)
    expect((await ask(first, '/osv/Go/all.zip', { raw: true })).status).toBe(404)
    expect((await ask(await serve({}, true), '/ecosystems.txt', { raw: true })).status).toBe(404)
  })

  test('when its address is not one of this machine, then that is reported', async () => {
    const problem = await problemOfRejected(
      startFeedServer('192.0.2.1', 0, {
        layer: async () => Buffer.alloc(0),
        tracker: null,
        releases: null,
        osv: null,
      }),
    )
    expect(problem).toMatchObject({ code: 'cannot-serve', where: '192.0.2.1:0' })
    expect(problem.todo).toContain('clair-url')
  })

  test('when its port is taken, then that is reported', async () => {
    const port = Number(new URL((await serve()).url).port)
    const again = startFeedServer('127.0.0.1', port, {
      layer: async () => Buffer.alloc(0),
      tracker: null,
      releases: null,
      osv: null,
    })
    expect((await problemOfRejected(again)).code).toBe('cannot-serve')
  })
})
