import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { connectGitHub, statusOf } from '../../../../src/io/github/client.js'

const listen = (server: Server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
const close = (server: Server) => new Promise((done) => server.close(done))
const portOf = (server: Server) => (server.address() as AddressInfo).port

const before = { ...process.env }
afterEach(() => {
  process.env = { ...before }
})

test('when the environment names a proxy, then GitHub’s API is asked through it; not for hosts of no_proxy', async () => {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"login":"me"}')
  })
  const proxied: string[] = []
  const proxy = createServer().on('connect', (request, socket) => {
    proxied.push(request.url ?? '')
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await listen(server)
  await listen(proxy)
  try {
    process.env.http_proxy = `http://127.0.0.1:${portOf(proxy)}`
    process.env.no_proxy = '127.0.0.1'
    const options = { token: 'secret', timeoutMs: 5000, retries: 0 }
    const direct = await connectGitHub({ ...options, apiUrl: `http://127.0.0.1:${portOf(server)}` })
    const { data } = await direct.request('GET /users/{username}', { username: 'a b' })
    expect(data.login).toBe('me')
    expect(requests).toEqual(['GET /users/a%20b token secret'])
    expect(proxied).toEqual([])

    const outside = await connectGitHub({ ...options, apiUrl: 'http://api.invalid' })
    const error = await outside.request('POST /user/repos', { name: 'x' }).catch((thrown: unknown) => thrown)
    expect(statusOf(error)).toBeNull()
    expect(proxied).toEqual(['api.invalid:80'])
  } finally {
    await close(server)
    await close(proxy)
  }
})
