import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type GetOptions, getStream, redactUrl } from '../../../../src/io/http/http.js'
import { SeaworthyError } from '../../../../src/model/problem.js'
import { NEVER } from '../../../support/waiting.js'

// Of a server at 127.0.0.1 in this test, and of nothing else.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4JnaQQtvSUoEFSKF
naa7FXjm+pILOLkgshvK3Uq6p2qhRANCAAQwewLYvoI6NwvFCj+0tS1YubWRnct7
b9CXaoQXFeqgBGoRv9AcmXcK5ArvKCgcpoD0P79cYyZZuRXXT2AkROfT
-----END PRIVATE KEY-----`
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBjzCCATagAwIBAgIUaiwBkhYaRBHtyBJ15LVcthNi0gIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNDE1NTkyOFoYDzIxMjYxMDMx
MTU1OTI4WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQwewLYvoI6NwvFCj+0tS1YubWRnct7b9CXaoQXFeqgBGoRv9AcmXcK
5ArvKCgcpoD0P79cYyZZuRXXT2AkROfTo2QwYjAdBgNVHQ4EFgQUfYqgDe/5aH6Z
a9hlqOPKbWfiKiIwHwYDVR0jBBgwFoAUfYqgDe/5aH6Za9hlqOPKbWfiKiIwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0cAMEQC
IE0EwW2Kw1TeTc83oFC0fdxDJ9dTWD/Lw6ZgbCx0fNAkAiAxdXAuLsbbJJvcFgoq
tMOVIbdzbB4JVxG1/u72pSK+Ew==
-----END CERTIFICATE-----`

let server: Server
let handle: (request: IncomingMessage, response: ServerResponse) => void
let requests: IncomingMessage[] = []
const saved = { ...process.env }

beforeEach(async () => {
  requests = []
  server = createServer((request, response) => {
    requests.push(request)
    handle(request, response)
  })
  await listen(server)
})
afterEach(async () => {
  await close(server)
  process.env = { ...saved }
})

const listen = (it: Server) => new Promise<void>((resolve) => it.listen(0, '127.0.0.1', resolve))
const close = (it: Server) => {
  it.closeAllConnections()
  return new Promise((resolve) => it.close(resolve))
}
const portOf = (it: Server) => (it.address() as AddressInfo).port
const url = (path = '/') => `http://127.0.0.1:${portOf(server)}${path}`
const mayBePrivate = () => true
const get = (part: Partial<GetOptions> & { url?: string } = {}) =>
  getStream(part.url ?? url(), { timeoutMs: NEVER, retries: 2, backoffMs: 1, mayBePrivate, ...part })
async function textOf(answer: { body: AsyncIterable<Uint8Array> }) {
  const chunks: Uint8Array[] = []
  for await (const chunk of answer.body) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
async function problemOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof SeaworthyError) {
    return error.problem
  }
  throw new Error(`expected a problem, got ${error}`)
}

describe('an answer', () => {
  test('when the server answers, then status, headers and body come as they are', async () => {
    handle = (_, response) => response.setHeader('ETag', '"1"').end('hello')
    const answer = await get({ headers: { 'If-None-Match': '"0"' } })
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' }, url: url() })
    expect(await textOf(answer)).toBe('hello')
    expect(requests[0]?.headers['if-none-match']).toBe('"0"')
  })

  test.each([304, 404])('when it is %i, then that is the answer, at once', async (status) => {
    handle = (_, response) => response.writeHead(status).end()
    expect((await get()).status).toBe(status)
    expect(requests).toHaveLength(1)
  })

  test('when an error has a long body, then its beginning is read and the connection is let go', async () => {
    handle = (_, response) => response.writeHead(400).end('x'.repeat(200_000))
    expect(await textOf(await get())).toHaveLength(65_536)
  })
})

describe('retries', () => {
  test.each([500, 503, 429])('when it is %i twice and then 200, then that is 200', async (status) => {
    handle = (_, response) => response.writeHead(requests.length < 3 ? status : 200).end('ok')
    expect(await textOf(await get())).toBe('ok')
    expect(requests).toHaveLength(3)
  })

  test('when it is 500 to the end, then that is the answer, with its body', async () => {
    handle = (_, response) => response.writeHead(500).end('broken')
    const answer = await get()
    expect([answer.status, await textOf(answer), requests.length]).toEqual([500, 'broken', 3])
  })

  test('when the connection is reset before an answer, then it is tried again', async () => {
    handle = (request, response) => (requests.length < 3 ? request.socket.destroy() : response.end('ok'))
    expect(await textOf(await get())).toBe('ok')
    requests = []
    expect((await problemOf(get({ retries: 1 }))).code).toBe('http-unreachable')
  })

  test('when the server says Retry-After, then that long is waited, if there is time', async () => {
    handle = (_, response) =>
      requests.length === 1 ? response.writeHead(429, { 'retry-after': '1' }).end() : response.end('ok')
    const pauses: number[] = []
    expect((await get({ pause: async (ms) => void pauses.push(ms) })).status).toBe(200)
    expect(pauses).toEqual([1000])
    handle = (_, response) => response.writeHead(503, { 'retry-after': '3600' }).end()
    requests = []
    expect((await get({ timeoutMs: 600_000 })).status).toBe(503)
    expect(requests).toHaveLength(1)
  })
})

describe('time', () => {
  test('when nothing comes, then it ends after the limit', async () => {
    handle = () => undefined
    expect(await problemOf(get({ timeoutMs: 150 }))).toMatchObject({
      code: 'http-timeout',
      what: 'no complete response within 0.15 s',
    })
  })

  test('when the body stops in the middle, then reading it ends after the limit', async () => {
    handle = (_, response) => response.writeHead(200, { 'content-length': 10 }).write('12345')
    const answer = await get({ timeoutMs: 2000 })
    expect((await problemOf(textOf(answer))).code).toBe('http-timeout')
  })

  test('when the caller gives up, then its reason is thrown, also from the body', async () => {
    handle = (_, response) => response.writeHead(200, { 'content-length': 10 }).write('12345')
    const controller = new AbortController()
    const reason = new Error('interrupted')
    const answer = await get({ signal: controller.signal })
    const text = textOf(answer)
    controller.abort(reason)
    await expect(text).rejects.toBe(reason)
    await expect(get({ signal: controller.signal })).rejects.toBe(reason)
  })
})

describe('a body that breaks off', () => {
  test('when it is shorter than its length says, then that is an error, never an early end', async () => {
    handle = (_, response) => {
      response.writeHead(200, { 'content-length': 10 })
      response.write('12345', () => response.destroy())
    }
    expect(await problemOf(get().then(textOf))).toMatchObject({
      code: 'http-cut',
      what: 'the connection broke after 5 of 10 bytes',
    })
  })

  test('when its last chunk is missing, then that is an error', async () => {
    handle = (_, response) => response.write('12345', () => response.destroy())
    expect((await problemOf(get().then(textOf))).what).toBe('the connection broke after 5 bytes')
  })
})

describe('redirects', () => {
  const redirect = (response: ServerResponse, location: string) => response.writeHead(302, { location }).end()

  test('when it is redirected, also by a relative address, then it follows', async () => {
    handle = (request, response) =>
      request.url === '/a/b' ? redirect(response, '../c?x=1') : response.end(request.url)
    const answer = await get({ url: url('/a/b') })
    expect([await textOf(answer), answer.url]).toEqual(['/c?x=1', url('/c?x=1')])
  })

  test('when it goes to another host, then an authorization that was given stays behind, other headers go along', async () => {
    const other = createServer((request, response) => {
      requests.push(request)
      response.end()
    })
    await listen(other)
    handle = (request, response) =>
      redirect(response, request.url === '/' ? '/same' : `http://127.0.0.1:${portOf(other)}/`)
    await get({ headers: { authorization: 'Bearer t', accept: 'x/y' } })
    await close(other)
    expect(requests.map(({ headers }) => [headers.authorization, headers.accept])).toEqual([
      ['Bearer t', 'x/y'],
      ['Bearer t', 'x/y'],
      [undefined, 'x/y'],
    ])
  })

  test('when HEAD is asked for, then no body is waited for', async () => {
    handle = (_, response) => response.writeHead(200, { 'content-length': '10', 'x-a': 'b' }).end()
    const answer = await get({ method: 'HEAD' })
    expect([answer.status, answer.headers['x-a'], await textOf(answer)]).toEqual([200, 'b', ''])
    expect(requests.map(({ method }) => method)).toEqual(['HEAD'])
  })

  test('when it is redirected in a circle, then it ends', async () => {
    handle = (_, response) => redirect(response, '/')
    expect((await problemOf(get({ maxRedirects: 4 }))).code).toBe('http-redirects')
    expect(requests).toHaveLength(5)
  })

  test('when it is redirected to another scheme, then that is refused', async () => {
    handle = (_, response) => redirect(response, 'file:///etc/passwd')
    expect((await problemOf(get())).code).toBe('http-bad-url')
  })

  test('when it is redirected from https to http, then that is refused', async () => {
    const tls = createTlsServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
      request.url === '/' ? redirect(response, url()) : response.end('over tls')
    })
    await listen(tls)
    const trusted = getCACertificates('default')
    setDefaultCACertificates([CERTIFICATE])
    try {
      const at = `https://127.0.0.1:${portOf(tls)}/`
      expect(await textOf(await get({ url: `${at}plain` }))).toBe('over tls')
      expect(await problemOf(get({ url: at }))).toMatchObject({ code: 'http-downgrade', where: at })
      expect(requests).toEqual([])
    } finally {
      setDefaultCACertificates(trusted)
      await close(tls)
    }
  })

  test('when another host takes over, then it gets no credentials', async () => {
    const other = createServer((request, response) => response.end(request.headers.authorization ?? 'none'))
    await listen(other)
    handle = (request, response) =>
      request.url === '/away'
        ? redirect(response, `http://127.0.0.1:${portOf(other)}/`)
        : request.url === '/here'
          ? redirect(response, '/')
          : response.end(request.headers.authorization)
    const secret = (path: string) => url(path).replace('//', '//me:pa%2055@')
    try {
      expect(await textOf(await get({ url: secret('/away') }))).toBe('none')
      expect(await textOf(await get({ url: secret('/here') }))).toBe(`Basic ${btoa('me:pa 55')}`)
    } finally {
      await close(other)
    }
  })
})

describe('proxies', () => {
  test('when the environment names a proxy, then it is used; not for hosts of no_proxy', async () => {
    const requests: string[] = []
    const proxy = createServer().on('connect', (request, socket, head) => {
      requests.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`)
      // Whatever the name: to our server.
      const through = connect(portOf(server), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        through.write(head)
        through.pipe(socket).pipe(through)
      })
      socket.on('error', () => through.destroy())
      through.on('error', () => socket.destroy())
    })
    await listen(proxy)
    try {
      process.env.http_proxy = `http://me:pa55@127.0.0.1:${portOf(proxy)}`
      process.env.no_proxy = 'direct.invalid'
      handle = (request, response) => response.end(request.headers.host)
      expect(await textOf(await get({ url: 'http://tracker.invalid/x' }))).toBe('tracker.invalid:80')
      expect(requests).toEqual([`tracker.invalid:80 Basic ${btoa('me:pa55')}`])
      const problem = await problemOf(get({ url: 'http://direct.invalid/', retries: 0 }))
      expect(problem).toMatchObject({ code: 'http-unreachable', unreachable: ['direct.invalid'] })
      expect(problem.what).toMatch(/^the host name cannot be resolved here: getaddrinfo /)
      expect(requests).toHaveLength(1)
    } finally {
      await close(proxy)
    }
    const refused = await problemOf(get({ url: 'http://tracker.invalid/x', retries: 0 }))
    expect(refused.code).toBe('http-unreachable')
    expect(JSON.stringify(refused)).not.toContain('pa55')
  })
})

describe('addresses', () => {
  test.each(['ftp://host/x', 'no address', ''])('when it is %j, then it is refused', async (address) => {
    expect((await problemOf(getStream(address, { mayBePrivate }))).code).toBe('http-bad-url')
  })

  test.each([
    ['https://me:pa55@host/x?format=json', 'https://host/x?format=json'],
    ['https://host/x?X-Amz-Signature=abc&token=t', 'https://host/x?X-Amz-Signature=***&token=***'],
    ['tracker.json', 'tracker.json'],
    ['C:\\data\\tracker.json', 'C:\\data\\tracker.json'],
    ['//me:pa55@host/x', '//host/x'],
  ])('when %s is shown, then it is %s', (address, shown) => {
    expect(redactUrl(address)).toBe(shown)
  })
})
