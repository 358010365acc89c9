import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  type ClairApi,
  indexManifest,
  latestUpdate,
  reportWithVulnerabilities,
  token,
  untilReady,
  untilUpdated,
  vulnerabilityReport,
} from '../../../../../src/checks/clair/api/api.js'
import type { Problem } from '../../../../../src/model/problem.js'
import { type Answer, type FakeServer, fakeServer, json } from '../../../../support/fake-server.js'
import { problemOfRejected } from '../../../../support/rejections.js'
import { NEVER } from '../../../../support/waiting.js'

// The Clair of these tests is a fake: a real one can't be made to fail in a chosen way at a chosen moment.
// What a real one says is in recorded.test.ts and in the live tests.

const servers: FakeServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.close()
  }
})

const HASH = `sha256:${'a'.repeat(64)}`
const MANIFEST = { hash: HASH, layers: [{ hash: HASH, uri: 'http://127.0.0.1/layer', headers: {} }] }
const alive = async () => {}

async function clair(answer: Answer, part: Partial<ClairApi> = {}) {
  const server = await fakeServer(answer)
  servers.push(server)
  const api: ClairApi = { url: server.url, psk: null, signal: new AbortController().signal, ...part }
  return { api, server }
}

/** Promises a long body and breaks off in its midst. */
const cut: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': 100_000 }).write('{"manifest_hash":"', () => response.destroy())
}
const nothing: Answer = () => {}

describe('untilReady', () => {
  test('when the indexer is there after a while, then it is ready', async () => {
    let rounds = 0
    const { api, server } = await clair((_, response) => json(response, ++rounds < 3 ? 503 : 200, {}))
    await untilReady(api, NEVER, alive)
    expect(server.requestsReceived.map(({ path }) => path)).toEqual(
      Array(3).fill('/indexer/api/v1/index_state'),
    )
  })

  test.each<[string, Answer]>([
    ['answers 503', (_, response) => json(response, 503, {})],
    ['breaks off', cut],
    ['takes the request and says nothing', nothing],
  ])('when it %s until the limit, then that is told with the limit', async (_, answer) => {
    const { api } = await clair(answer)
    const problem = await problemOfRejected(untilReady(api, 200, alive))
    expect(problem).toMatchObject({ code: 'clair-not-ready', where: `${api.url}/` })
    expect(problem.what).toContain('0.2 s')
  })

  test('when nothing listens any more, then the reason that the caller finds is reported', async () => {
    const { api, server } = await clair(nothing)
    await server.close()
    servers.length = 0
    const ended = new Error('the container ended')
    let requestCount = 0
    const check = async () => {
      requestCount++
      throw ended
    }
    await expect(untilReady(api, NEVER, check)).rejects.toBe(ended)
    expect(requestCount).toBe(1)
  })

  test('when it says nothing since its container has ended, then that is found long before the limit', async () => {
    const { api } = await clair(nothing)
    const ended = new Error('the container ended')
    await expect(untilReady(api, NEVER, () => Promise.reject(ended))).rejects.toBe(ended)
  })

  test.each([401, 403])(
    'when it answers %d, then it wants a login and is not asked again',
    async (status) => {
      const { api, server } = await clair((_, response) => json(response, status, {}))
      const problem = await problemOfRejected(untilReady(api, NEVER, alive))
      expect(problem.code).toBe('clair-refused')
      expect(problem.todo).toContain('clair-psk')
      expect(server.requestsReceived).toHaveLength(1)
    },
  )

  test('when the gate is ended meanwhile, then its reason is what is thrown', async () => {
    const controller = new AbortController()
    const reason = new Error('ended')
    const { api } = await clair(() => controller.abort(reason), { signal: controller.signal })
    await expect(untilReady(api, NEVER, alive)).rejects.toBe(reason)
  })
})

describe('indexManifest', () => {
  test('when the indexer has finished, then its report comes back, and the manifest was sent', async () => {
    const { api, server } = await clair((_, response) => json(response, 201, { state: 'IndexFinished' }))
    expect(await indexManifest(api, MANIFEST)).toBe('{"state":"IndexFinished"}')
    expect(server.requestsReceived[0]).toMatchObject({ method: 'POST', path: '/indexer/api/v1/index_report' })
    expect(JSON.parse(server.requestsReceived[0]?.body.toString() ?? '')).toEqual(MANIFEST)
  })

  const failing: [string, Answer, string][] = [
    [
      '500 with a message',
      (_, response) => json(response, 500, { code: 'internal-error', message: 'index error' }),
      '500',
    ],
    [
      'an IndexError with 201',
      (_, response) =>
        json(response, 201, { state: 'IndexError', success: false, err: 'failed to fetch layers' }),
      'failed to fetch layers',
    ],
    [
      'an IndexError with 200',
      (_, response) => json(response, 200, { state: 'IndexError', success: false, err: 'bad tar' }),
      'bad tar',
    ],
    [
      'a state that is not the last',
      (_, response) => json(response, 201, { state: 'FetchLayers' }),
      'FetchLayers',
    ],
    [
      'the last state without success',
      (_, response) => json(response, 201, { state: 'IndexFinished', success: false }),
      'IndexFinished',
    ],
    ['201 with no body', (_, response) => response.writeHead(201).end(), '201'],
    ['200 with half a JSON', (_, response) => response.writeHead(200).end('{"state":"Index'), 'Index'],
    ['half an answer', cut, 'the connection to Clair was lost while it was indexing the image'],
    [
      'no answer but the end of the connection',
      (_, response) => response.destroy(),
      'the connection to Clair was lost while it was indexing the image',
    ],
  ]
  test.each(failing)('when it answers %s, then indexing has failed', async (_, answer, text) => {
    const { api } = await clair(answer)
    const problem = await problemOfRejected(indexManifest(api, MANIFEST))
    expect(problem.code).toBe('clair-index-failed')
    expect(problem.what).toContain(text)
  })

  test.each([null, 5, 'x', [], { state: 5, err: 5 }, { err: {} }])(
    'when it answers 201 with %j, then indexing has failed',
    async (wrong) => {
      const { api } = await clair((_, response) => json(response, 201, wrong))
      expect((await problemOfRejected(indexManifest(api, MANIFEST))).code).toBe('clair-index-failed')
    },
  )

  test.each([0, 470, 490])(
    'when its words name the layer’s address, then the secret path is blanked (after %d bytes)',
    async (before) => {
      const secret = 'a0'.repeat(16)
      const errorText = `${'x'.repeat(before)} get http://h/${secret}/layer/${HASH}`
      for (const message of [
        { code: 'x', message: errorText },
        { state: 'IndexError', err: errorText },
      ]) {
        const { api } = await clair((_, response) => json(response, 500, message))
        const { what } = await problemOfRejected(indexManifest(api, MANIFEST))
        expect(what).not.toContain('a0a0')
        if (before === 0) {
          expect(what).toContain(`http://h/…/layer/${HASH}`)
        }
      }
    },
  )

  // Seen of Clair 4.9 with more images than four for each core: a head, and then the connection is cut.
  test('when it has too much to do, then it is asked again until it takes the image', async () => {
    let requestCount = 0
    const { api, server } = await clair((_, response) => {
      requestCount++
      if (requestCount > 3) {
        return json(response, 201, { state: 'IndexFinished' })
      }
      response.writeHead(429, { 'content-type': 'application/json' })
      response.write('{"code":"too-many-requests"', () => response.destroy())
    })
    expect(await indexManifest(api, MANIFEST)).toBe('{"state":"IndexFinished"}')
    expect(server.requestsReceived).toHaveLength(4)
  })

  test('when it wants a login, then that is reported', async () => {
    const { api } = await clair((_, response) => json(response, 401, {}))
    expect((await problemOfRejected(indexManifest(api, MANIFEST))).code).toBe('clair-refused')
  })

  test('when the gate is ended meanwhile, then that is no error of Clair', async () => {
    const controller = new AbortController()
    const reason = new Error('ended')
    const { api } = await clair(() => controller.abort(reason), { signal: controller.signal })
    await expect(indexManifest(api, MANIFEST)).rejects.toBe(reason)
  })
})

describe('latestUpdate and untilUpdated', () => {
  const operation = (fingerprint: string) => ({
    ref: 'r',
    updater: 'debian/updater',
    fingerprint,
    date: '2026-11-24T06:00:00Z',
  })

  test('when the updater has run, then its last operation is read', async () => {
    const { api, server } = await clair((_, response) =>
      json(response, 200, { 'debian/updater': [operation('now'), operation('before')] }),
    )
    expect(await latestUpdate(api)).toEqual(operation('now'))
    expect(server.requestsReceived[0]?.path).toBe('/matcher/api/v1/internal/update_operation?latest=true')
  })

  test.each<[string, Answer]>([
    ['of another updater', (_, response) => json(response, 200, { 'rhel/updater': [operation('x')] })],
    ['none', (_, response) => json(response, 200, {})],
    ['none at all', (_, response) => json(response, 200, null)],
    ['an error', (_, response) => json(response, 500, { 'debian/updater': [operation('x')] })],
    ['no JSON', (_, response) => response.writeHead(200).end('<html>')],
    ...[
      { 'debian/updater': [{ ...operation('x'), date: 5 }] },
      { 'debian/updater': [{ ...operation('x'), date: 'yesterday' }] },
      { 'debian/updater': [{ ...operation('x'), date: '2026\u001b[31m::error::x' }] },
      { 'debian/updater': [{ ...operation('x'), fingerprint: null }] },
      { 'debian/updater': [null] },
      { 'debian/updater': { 0: operation('x') } },
      { 'debian/updater': 'x' },
      [operation('x')],
      'x',
      5,
    ].map((wrong): [string, Answer] => [JSON.stringify(wrong), (_, response) => json(response, 200, wrong)]),
  ])('when there is %s, then none is known', async (_, answer) => {
    expect(await latestUpdate((await clair(answer)).api)).toBeNull()
  })

  test('when the operation of this fingerprint comes, then the wait is over, and not before', async () => {
    let rounds = 0
    const { api } = await clair((_, response) =>
      json(response, 200, { 'debian/updater': [operation(++rounds < 3 ? 'old' : 'ours')] }),
    )
    expect(await untilUpdated(api, 'ours', NEVER, alive)).toEqual(operation('ours'))
    expect(rounds).toBe(3)
  })

  test.each<[string, Answer]>([
    ['an older one stays', (_, response) => json(response, 200, { 'debian/updater': [operation('old')] })],
    ['none comes', (_, response) => json(response, 200, {})],
    ['the matcher breaks off', cut],
    ['the matcher says nothing', nothing],
  ])('when %s until the limit, then the tracker is not loaded', async (_, answer) => {
    const { api } = await clair(answer)
    const problem = await problemOfRejected(untilUpdated(api, 'ours', 200, alive))
    expect(problem.code).toBe('clair-tracker-not-loaded')
    expect(problem.what).toContain('0.2 s')
  })
})

describe('reportWith', () => {
  const empty = '{"vulnerabilities":{}}'
  const whole = '{"vulnerabilities":{"1":{"name":"TEMP-1"}}}'

  test('when Clair’s matcher sees the update late, then the report is asked for until it does', async () => {
    let rounds = 0
    const { api } = await clair((_, response) => void response.end(++rounds < 4 ? empty : whole))
    expect(await reportWithVulnerabilities(api, HASH, ['TEMP-1'], NEVER)).toBe(whole)
    expect(rounds).toBe(4)
  })

  test('when it never does, then the last report is handed on, to be judged', async () => {
    const { api } = await clair((_, response) => void response.end(empty))
    expect(await reportWithVulnerabilities(api, HASH, ['TEMP-1'], 100)).toBe(empty)
  })
})

describe('vulnerabilityReport', () => {
  test('when it comes whole, then it is handed on exactly as it was sent', async () => {
    const text = ' {"manifest_hash" : "x",\n"packages":{} , "s": "\\u00e9é"}\n'
    const { api, server } = await clair((_, response) => response.writeHead(200).end(text))
    expect(await vulnerabilityReport(api, HASH)).toBe(text)
    expect(server.requestsReceived[0]?.path).toBe(`/matcher/api/v1/vulnerability_report/${HASH}`)
  })

  const failing: [string, Answer, string][] = [
    ['202 with no body', (_, response) => response.writeHead(202).end(), 'status 202, body: nothing'],
    ['202 with a body', (_, response) => json(response, 202, { packages: {} }), 'status 202'],
    ['200 with no body', (_, response) => response.writeHead(200).end(), 'body: nothing'],
    ['200 with blanks only', (_, response) => response.writeHead(200).end(' \n'), 'status 200'],
    [
      '404',
      (_, response) => json(response, 404, { code: 'not-found', message: 'index report not found' }),
      'not found',
    ],
    [
      '500',
      (_, response) => json(response, 500, { code: 'match-error', message: 'failed to start scan' }),
      'failed',
    ],
    ['half a report', cut, 'the connection to Clair was lost while it was matching packages'],
    [
      'nothing and hangs up',
      (_, response) => response.destroy(),
      'the connection to Clair was lost while it was matching packages',
    ],
  ]
  test.each(failing)('when it answers %s, then there is no report', async (_, answer, text) => {
    const { api } = await clair(answer)
    const problem: Problem = await problemOfRejected(vulnerabilityReport(api, HASH))
    expect(problem.code).toBe('clair-no-report')
    expect(problem.what).toContain(text)
  })
})

describe('where', () => {
  test('when the URL of Clair holds a password, then no problem reports it', async () => {
    const { server, api } = await clair((_, response) => json(response, 500, {}))
    const secret = { ...api, url: server.url.replace('//', '//user:hunter2@') }
    for (const work of [
      () => untilReady(secret, 60, alive),
      () => indexManifest(secret, MANIFEST),
      () => untilUpdated(secret, 'x', 60, alive),
      () => vulnerabilityReport(secret, HASH),
    ]) {
      expect(JSON.stringify(await problemOfRejected(work()))).not.toContain('hunter2')
    }
    expect(server.requestsReceived[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('user:hunter2').toString('base64')}`,
    )
  })
})

describe('token', () => {
  const KEY = Buffer.from('a secret of thirty-two bytes ....').toString('base64')
  const NOW = Date.UTC(2026, 10, 24, 12)
  const part = (text: string | undefined) => JSON.parse(Buffer.from(text ?? '', 'base64url').toString())

  test('when it is made, then it is HS256 by the decoded key (RFC 7515), and short-lived', () => {
    const [head, claims, mac, ...more] = token(KEY, 'seaworthy', NOW).split('.')
    expect(more).toEqual([])
    const hmac = createHmac('sha256', Buffer.from(KEY, 'base64'))
    expect(mac).toBe(hmac.update(`${head}.${claims}`).digest('base64url'))
    expect(part(head)).toEqual({ alg: 'HS256', typ: 'JWT' })
    const { iss, iat, nbf, exp } = part(claims)
    expect([iss, iat]).toEqual(['seaworthy', NOW / 1000])
    expect(nbf).toBeLessThanOrEqual(iat)
    expect(exp - iat).toBeGreaterThan(0)
    expect(exp - iat).toBeLessThanOrEqual(300)
  })

  test('when a key is given, then each request carries a token of its own, and never the key', async () => {
    const { api, server } = await clair((_, response) => json(response, 201, { state: 'IndexFinished' }), {
      psk: { key: KEY, issuer: 'seaworthy' },
    })
    const before = Math.floor(Date.now() / 1000)
    await indexManifest(api, MANIFEST)
    const after = Date.now() / 1000
    const sent = server.requestsReceived[0]?.headers.authorization ?? ''
    const [head, claims, mac] = sent.replace(/^Bearer /, '').split('.')
    const hmac = createHmac('sha256', Buffer.from(KEY, 'base64'))
    expect(mac).toBe(hmac.update(`${head}.${claims}`).digest('base64url'))
    expect(part(claims).iat).toBeGreaterThanOrEqual(before)
    expect(part(claims).iat).toBeLessThanOrEqual(after)
    expect(JSON.stringify(server.requestsReceived[0]?.headers)).not.toContain(KEY)
  })
})
