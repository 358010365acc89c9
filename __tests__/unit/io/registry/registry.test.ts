import { afterEach, describe, expect, test } from '@jest/globals'
import type { RegistryLogins } from '../../../../src/io/registry/login.js'
import { readRegistryImage } from '../../../../src/io/registry/registry.js'
import { parseReference } from '../../../../src/model/image/reference.js'
import { SeaworthyError } from '../../../../src/model/problem.js'
import {
  AMD64,
  aDiffId,
  add,
  digestOf,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  put,
  putIndex,
  type Shelf,
  serve,
} from '../../../support/fake-registry.js'
import { type Answer, flood, json } from '../../../support/fake-server.js'

const ARM = { os: 'linux', architecture: 'arm64', variant: null }
const V1 = [aDiffId('root')]
const NONE: RegistryLogins = { has: () => false, any: () => false, basic: async () => null }
const SECRET = 'cGFzc3dvcmQ'

const open: FakeRegistry[] = []
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.close()
  }
})
async function registry(answer: Answer): Promise<FakeRegistry> {
  const made = await fakeRegistry(answer)
  open.push(made)
  return made
}
const holding = (shelf: Shelf, plain = false) =>
  registry((request, response) => serve(shelf, request, response, plain))

function read(
  name: string,
  more: { platform?: typeof AMD64; logins?: RegistryLogins; timeoutMs?: number } = {},
) {
  const reference = parseReference(name)
  if (reference === null) {
    throw new Error(`${name} is no reference`)
  }
  const { platform = AMD64, logins = NONE, timeoutMs = 3000 } = more
  return readRegistryImage(reference, platform, { logins, timeoutMs, signal: new AbortController().signal })
}
async function problem(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof SeaworthyError)) {
    throw new Error(`no problem: ${String(error)}`)
  }
  expect(JSON.stringify(error.problem)).not.toContain(SECRET)
  return error.problem
}

describe('readRegistryImage', () => {
  test('when a tag is a manifest, then its layers are reported, and HEAD came first', async () => {
    const shelf = emptyShelf()
    const manifest = put(shelf, '1', V1)
    const server = await holding(shelf)
    const image = await read(`${server.host}/base:1`)
    expect(image).toMatchObject({ digest: manifest, manifest, diffIds: V1, created: '2026-11-17T00:00:00Z' })
    expect(server.requestsReceived.map(({ method }) => method)).toEqual(['HEAD', 'GET', 'GET'])
  })

  test('when a tag is an index, then the manifest of the platform is taken, and no attestation', async () => {
    const shelf = emptyShelf()
    const other = put(shelf, null, [aDiffId('arm')], { ...ARM, variant: 'v8' } as never)
    const manifest = put(shelf, null, V1)
    const digest = putIndex(shelf, '1', [
      [{ ...ARM, variant: 'v8' } as never, other],
      [AMD64, manifest],
    ])
    const server = await holding(shelf)
    expect(await read(`${server.host}/a/b:1`)).toMatchObject({ digest, manifest, diffIds: V1 })
    expect(await read(`${server.host}/a/b@${digest}`)).toMatchObject({ digest, manifest, diffIds: V1 })
    expect(await read(`${server.host}/a/b:1`, { platform: ARM })).toMatchObject({ diffIds: [aDiffId('arm')] })
    const s390x = { ...AMD64, architecture: 's390x' }
    expect(await problem(read(`${server.host}/a/b:1`, { platform: s390x }))).toMatchObject({
      code: 'registry-not-found',
    })
  })

  test('when the registry names no digest, then it is that of what it sent', async () => {
    const shelf = emptyShelf()
    const manifest = put(shelf, '1', V1)
    const server = await holding(shelf, true)
    expect(await read(`${server.host}/base:1`)).toMatchObject({ digest: manifest, diffIds: V1 })
  })

  test('when there is one manifest, and its config is of another platform, then that is not it', async () => {
    const shelf = emptyShelf()
    put(shelf, '1', V1, ARM)
    const server = await holding(shelf)
    expect(await problem(read(`${server.host}/base:1`))).toMatchObject({ code: 'registry-not-found' })
  })

  const page: Answer = (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>')
  /** HEAD has no body that could be too large. */
  const onGet =
    (answer: Answer): Answer =>
    (request, response) =>
      request.method === 'HEAD' ? response.writeHead(200).end() : answer(request, response)
  test.each<[string, Answer, string]>([
    ['a page', page, 'registry-malformed'],
    ['nothing of that name', (_, r) => r.writeHead(404).end(), 'registry-not-found'],
    ['too many requests', (_, r) => r.writeHead(429, { 'retry-after': '3600' }).end(), 'registry-status'],
    ['a fault', (_, r) => r.writeHead(503).end(), 'registry-status'],
    ['a refusal', (_, r) => r.writeHead(403).end(), 'registry-refused'],
    ['401 without a challenge', (_, r) => r.writeHead(401).end(), 'registry-refused'],
    [
      '401 of a kind that is not known',
      (_, r) => r.writeHead(401, { 'www-authenticate': 'Negotiate x' }).end(),
      'registry-refused',
    ],
    [
      'no login for basic',
      (_, r) => r.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
      'registry-refused',
    ],
    ['a body without an end', onGet(flood), 'answer-too-large'],
    ['a broken connection', (_, r) => r.destroy(), 'http-unreachable'],
    ['JSON of another kind', (_, r) => json(r, 200, { manifests: 'x' }), 'registry-malformed'],
    ['null', (_, r) => json(r, 200, null), 'registry-malformed'],
  ])('when the answer is %s, then the problem says so', async (_, answer, code) => {
    const server = await registry((request, response) => answer(request, response))
    expect(await problem(read(`${server.host}/base:1`))).toMatchObject({ code })
  })

  test('when nothing ever answers, then it is given up in time', async () => {
    const server = await registry(() => undefined)
    expect(await problem(read(`${server.host}/base:1`, { timeoutMs: 300 }))).toMatchObject({
      code: 'http-timeout',
      what: expect.stringContaining('0.3 s'),
    })
  })

  test.each([
    ['manifest', 'manifests'],
    ['config', 'blobs'],
  ])('when a %s has another digest than was asked for, then it is not believed', async (_, kind) => {
    const shelf = emptyShelf()
    put(shelf, '1', V1)
    const server = await registry((request, response) => {
      if (!request.path.includes(`/${kind}/sha256:`)) {
        return serve(shelf, request, response)
      }
      const [, name = ''] = /\/(sha256:[^/]+)$/.exec(request.path) ?? []
      return response.writeHead(200).end(`${shelf.blobs.get(name)} `)
    })
    expect(await problem(read(`${server.host}/base:1`))).toMatchObject({ code: 'registry-malformed' })
  })

  test('when an index names an index, then it is not followed for ever', async () => {
    const shelf = emptyShelf()
    const inner = add(shelf, { manifests: [] })
    putIndex(shelf, '1', [[AMD64, inner]])
    const server = await holding(shelf)
    expect(await problem(read(`${server.host}/base:1`))).toMatchObject({ code: 'registry-malformed' })
  })

  test('when layers in the config are no digests, then it is no config', async () => {
    const shelf = emptyShelf()
    put(shelf, '1', ['sha256:../../x'])
    const server = await holding(shelf)
    expect(await problem(read(`${server.host}/base:1`))).toMatchObject({ code: 'registry-malformed' })
  })
})

describe('logins', () => {
  const BASIC = `Basic ${SECRET}`
  const logins = (basic: string | null): RegistryLogins => ({
    has: () => true,
    any: () => true,
    basic: async () => basic,
  })

  /** A registry with tokens as distribution/spec/auth/token has them; the realm is on the same server. */
  function guarded(shelf: Shelf, wanted: string | null, realm = 'token', token = 'tok-123') {
    return registry((request, response) => {
      const host = request.headers.host ?? ''
      if (request.path.startsWith('/token')) {
        if (wanted !== null && request.headers.authorization !== wanted) {
          return response.writeHead(401).end()
        }
        return json(response, 200, { token })
      }
      if (request.headers.authorization === `Bearer ${token}`) {
        return serve(shelf, request, response)
      }
      const at = realm.includes(':') ? realm : `http://${host}/${realm}`
      const challenge = `Bearer realm="${at}",service="reg",scope="repository:base:pull,push"`
      return response.writeHead(401, { 'www-authenticate': challenge }).end('{}')
    })
  }

  test('when a token is wanted, then it is fetched once, for pulling only', async () => {
    const shelf = emptyShelf()
    put(shelf, '1', V1)
    const server = await guarded(shelf, null)
    expect(await read(`${server.host}/base:1`)).toMatchObject({ diffIds: V1 })
    const tokens = server.requestsReceived.filter(({ path }) => path.startsWith('/token'))
    expect(tokens.map(({ path }) => path)).toEqual(['/token?service=reg&scope=repository%3Abase%3Apull'])
    expect(tokens[0]?.headers.authorization).toBeUndefined()
  })

  test('when there is a login, then the token is fetched with it, and only the token goes to the registry', async () => {
    const shelf = emptyShelf()
    put(shelf, '1', V1)
    const server = await guarded(shelf, BASIC)
    expect(await read(`${server.host}/base:1`, { logins: logins(BASIC) })).toMatchObject({ diffIds: V1 })
    const others = server.requestsReceived.filter(({ path }) => !path.startsWith('/token'))
    expect(others.some(({ headers }) => headers.authorization === BASIC)).toBe(false)
    expect(await problem(read(`${server.host}/base:1`))).toMatchObject({ code: 'registry-refused' })
  })

  test('when basic is wanted, then the login goes along, and a wrong one is refused', async () => {
    const shelf = emptyShelf()
    put(shelf, '1', V1)
    const server = await registry((request, response) =>
      request.headers.authorization === BASIC
        ? serve(shelf, request, response)
        : response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end(),
    )
    expect(await read(`${server.host}/base:1`, { logins: logins(BASIC) })).toMatchObject({ diffIds: V1 })
    const wrong = await problem(read(`${server.host}/base:1`, { logins: logins(`Basic x${SECRET}`) }))
    expect(wrong).toMatchObject({ code: 'registry-refused' })
  })

  test.each(['http://evil.example/token', 'ftp://127.0.0.1/x', 'file:///etc/passwd', 'nonsense:'])(
    'when the registry sends to %s for a token, then nobody goes there',
    async (realm) => {
      const server = await guarded(emptyShelf(), null, realm)
      const refused = await problem(read(`${server.host}/base:1`, { logins: logins(BASIC) }))
      expect(refused.code).toBe('registry-refused')
      expect(refused.what).toMatch(/does not use TLS|an unsupported type of login/)
    },
  )

  test('when the realm is nearer than the registry, then it is not asked', async () => {
    const server = await guarded(emptyShelf(), null, 'https://169.254.169.254/token')
    expect(await problem(read(`${server.host}/base:1`))).toMatchObject({
      code: 'http-private-address',
      what: expect.stringContaining('has a link-local address'),
    })
  })

  test('when the token is none that a header may hold, then it is not sent', async () => {
    const server = await guarded(emptyShelf(), null, 'token', 'a\r\nx: y')
    expect(await problem(read(`${server.host}/base:1`))).toMatchObject({ code: 'registry-refused' })
  })

  test('when a blob is elsewhere, then the token does not go there', async () => {
    const shelf = emptyShelf()
    put(shelf, '1', V1)
    const store = await holding(shelf)
    const server = await registry((request, response) => {
      if (request.headers.authorization === undefined) {
        const challenge = `Bearer realm="http://${request.headers.host}/token"`
        if (request.path.startsWith('/token')) {
          return json(response, 200, { access_token: 'tok' })
        }
        return response.writeHead(401, { 'www-authenticate': challenge }).end()
      }
      if (!request.path.includes('/blobs/')) {
        return serve(shelf, request, response)
      }
      return response.writeHead(307, { location: `${store.url}${request.path}` }).end()
    })
    expect(await read(`${server.host}/base:1`)).toMatchObject({ diffIds: V1 })
    expect(store.requestsReceived).toHaveLength(1)
    expect(store.requestsReceived[0]?.headers.authorization).toBeUndefined()
    expect(digestOf('')).toMatch(/^sha256:e3b0c442/)
  })
})
