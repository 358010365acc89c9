import { createServer } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { ClairApi } from '../../../../../src/checks/clair/api/api.js'
import { untilExistingReady } from '../../../../../src/checks/clair/api/existing.js'
import { type Answer, type FakeServer, fakeServer, json } from '../../../../support/fake-server.js'
import { problemOfRejected } from '../../../../support/rejections.js'
import { NEVER } from '../../../../support/waiting.js'

// Fakes: a real Clair does not fail in a chosen way. That a real one is recognized is in the live tests.

const servers: FakeServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.close()
  }
})

function apiAt(url: string, part: Partial<ClairApi> = {}): ClairApi {
  return { url, psk: null, signal: new AbortController().signal, ...part }
}

async function apiOf(answer: Answer, part: Partial<ClairApi> = {}): Promise<ClairApi> {
  const server = await fakeServer(answer)
  servers.push(server)
  return apiAt(server.url, part)
}

const ready: Answer = (_, response) => json(response, 200, { state: 'a1b2' })

describe('a Clair at clair-url', () => {
  test('when it is being started, then it is waited for', async () => {
    const states = [503, 500, 429]
    const api = await apiOf((request, response) => {
      const status = states.shift()
      return status === undefined ? ready(request, response) : json(response, status, {})
    })
    await untilExistingReady(api, NEVER, 0)
    expect(states).toEqual([])
  })

  test('when its port is refused at first, then it is waited for as long as a start takes', async () => {
    let refused = 0
    const { url } = await apiOf(ready)
    const { connect } = await import('node:net')
    const dial: ClairApi['dial'] = (host, port) => {
      if (refused === 2) {
        return connect(port, host)
      }
      refused++
      const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      return new PassThrough().destroy(error)
    }
    await untilExistingReady(apiAt(url, { dial }), NEVER, NEVER)
    expect(refused).toBe(2)
  })

  test.each(['127.0.0.1', 'localhost'])(
    'when nothing listens at %s, then the reason is reported long before the limit',
    async (host) => {
      const { port, close } = await fakeServer(ready)
      await close()
      const problem = await problemOfRejected(untilExistingReady(apiAt(`http://${host}:${port}`), NEVER, 0))
      expect(problem).toMatchObject({ code: 'clair-not-ready', where: `http://${host}:${port}/` })
      expect(problem.what).toMatch(/^Clair cannot be reached: .*ECONNREFUSED/)
      expect(problem.todo).toContain('set clair-url')
    },
  )

  test.each<[string, Answer, number]>([
    ['404', (_, response) => json(response, 404, {}), 404],
    ['a redirect', (_, response) => response.writeHead(302, { location: '/login' }).end(), 302],
    ['a page', (_, response) => response.end('<html></html>'), 200],
    ['other JSON', (_, response) => json(response, 200, { status: 'up' }), 200],
  ])(
    'when the server there answers with %s, then it is said at once that it is no Clair',
    async (_, answer, status) => {
      const problem = await problemOfRejected(untilExistingReady(await apiOf(answer), NEVER))
      expect(problem.code).toBe('clair-not-ready')
      expect(problem.what).toContain(`is not a Clair v4: /indexer/api/v1/index_state returned HTTP ${status}`)
    },
  )

  test('when the server there does not speak HTTP, then that is said at once', async () => {
    const server = createServer((socket) =>
      socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.2\r\n'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const problem = await problemOfRejected(untilExistingReady(apiAt(`http://127.0.0.1:${port}`), NEVER))
    server.close()
    expect([problem.code, problem.what]).toEqual([
      'clair-not-ready',
      expect.stringContaining('does not answer as HTTP does'),
    ])
  })

  test.each([401, 403])('when it answers %i, then the key is what is missing', async (status) => {
    const api = await apiOf((_, response) => json(response, status, {}))
    expect((await problemOfRejected(untilExistingReady(api, NEVER))).code).toBe('clair-refused')
  })

  test('when it is not ready until the limit, then its last answer is named', async () => {
    const api = await apiOf((_, response) => json(response, 503, {}))
    const problem = await problemOfRejected(untilExistingReady(api, 200))
    expect(problem.what).toBe('Clair did not become ready within 0.2 s (last: HTTP 503)')
  })
})
