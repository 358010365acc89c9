import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { attachBundle } from '../../../../src/io/registry/attach.js'
import type { RegistryLogins } from '../../../../src/io/registry/login.js'
import { readReferrers } from '../../../../src/io/registry/referrers.js'
import { parseReference } from '../../../../src/model/image/reference.js'
import { attach, listByTag, listOf } from '../../../support/attested.js'
import {
  aDiffId,
  digestOf,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  put,
  type Shelf,
  serve,
  store,
} from '../../../support/fake-registry.js'
import type { Answer } from '../../../support/fake-server.js'
import { problemOfRejected } from '../../../support/rejections.js'

// The registry is a fake here; real ones are in __tests__/live/attest.test.ts.

const NONE: RegistryLogins = { has: () => false, any: () => false, basic: async () => null }
const LOGIN: RegistryLogins = { has: () => true, any: () => true, basic: async () => 'Basic bG9naW4=' }
const BUNDLE = '{"a bundle":1}'
const TYPE = 'https://slsa.dev/verification_summary/v1'

let shelf: Shelf
let image: string
let registry: FakeRegistry | undefined
beforeEach(() => {
  shelf = emptyShelf()
  image = put(shelf, '1', [aDiffId('root')])
})
afterEach(() => registry?.close())

const ordinary: Answer = (request, response) =>
  store(shelf, request, response) ?? serve(shelf, request, response)

async function attachIn(answer: Answer, logins = NONE): Promise<void> {
  registry = await fakeRegistry(answer)
  const options = { logins, timeoutMs: 5000, signal: new AbortController().signal }
  await attachBundle(nameOf(registry), { bundle: BUNDLE, predicateType: TYPE }, options)
}

function nameOf({ host }: FakeRegistry) {
  const name = parseReference(`${host}/acme/app`)
  if (name === null) {
    throw new Error(host)
  }
  return { ...name, digest: image }
}

const tag = () => image.replace(':', '-')
const listed = (): readonly { digest: string }[] =>
  JSON.parse(shelf.blobs.get(shelf.tags.get(tag()) ?? '') ?? '{}').manifests

describe('what is attached to an image', () => {
  test('when the registry lists by tag, then it is added to what is there, which stays as it was', async () => {
    const before = attach(shelf, image, '{"another":1}')
    listByTag(shelf, image, [before])
    const [kept] = listed()
    await attachIn(ordinary)
    expect(listed()[0]).toEqual(kept)
    expect(listed()).toHaveLength(2)
    const manifest = JSON.parse(shelf.blobs.get(listed()[1]?.digest ?? '') ?? '')
    expect(manifest).toMatchObject({
      artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      subject: { digest: image, size: shelf.blobs.get(image)?.length },
      layers: [{ digest: digestOf(BUNDLE), size: BUNDLE.length }],
      annotations: { 'dev.sigstore.bundle.predicateType': TYPE },
    })
    const options = { logins: NONE, timeoutMs: 5000, signal: new AbortController().signal }
    const { bundles } = await readReferrers(nameOf(registry as FakeRegistry), options)
    expect(bundles.map(({ text }) => text)).toEqual(['{"another":1}', BUNDLE])
  })

  test.each<[number, string | null]>([
    [1000, null],
    [1001, 'the registry lists 1001 documents about the image, over the limit of 1000'],
  ])(
    'when a verdict was attached on %i days, then all are read in their order, or none is',
    async (days, problem) => {
      const texts = Array.from({ length: days }, (_, day) => `{"day":${day}}`)
      listByTag(
        shelf,
        image,
        texts.map((text) => attach(shelf, image, text)),
      )
      registry = await fakeRegistry(ordinary)
      const options = { logins: NONE, timeoutMs: 5000, signal: new AbortController().signal }
      const read = readReferrers(nameOf(registry), options)
      if (problem !== null) {
        return expect((await problemOfRejected(read)).what).toBe(problem)
      }
      expect((await read).bundles.map(({ text }) => text)).toEqual(texts)
    },
  )

  test('when the registry has the referrers API, then no tag is written', async () => {
    await attachIn((request, response) => {
      if (!request.path.includes('/referrers/')) {
        return ordinary(request, response)
      }
      const all = [...shelf.blobs].filter(([, text]) => text.includes('"subject"')).map(([digest]) => digest)
      return response.writeHead(200).end(listOf(all))
    })
    expect([...shelf.tags.keys()]).toEqual(['1'])
  })

  test('when another one writes the list at the same time, then both are in it', async () => {
    const other = attach(shelf, image, '{"another":1}')
    let writes = 0
    await attachIn((request, response) => {
      const done = ordinary(request, response)
      if (request.method === 'PUT' && request.path.endsWith(tag()) && writes++ === 0) {
        listByTag(shelf, image, [other])
      }
      return done
    })
    expect(listed().map(({ digest }) => digest)).toEqual([other, expect.any(String)])
    expect(writes).toBe(2)
  })

  test('when it is never listed, then that is an error', async () => {
    const never: Answer = (request, response) =>
      request.method === 'PUT' && request.path.endsWith(tag())
        ? response.writeHead(201).end()
        : ordinary(request, response)
    const problem = await problemOfRejected(attachIn(never))
    expect(problem).toMatchObject({ code: 'attach-not-proven', where: expect.stringContaining(image) })
  })

  test('when an upload is referred to another server, then nothing is sent there', async () => {
    const elsewhere = await fakeRegistry((_, response) => response.writeHead(201).end())
    const problem = await problemOfRejected(
      attachIn((request, response) =>
        request.method === 'POST'
          ? response.writeHead(202, { location: `http://${elsewhere.host}/upload` }).end()
          : ordinary(request, response),
      ),
    )
    expect(problem).toMatchObject({
      code: 'registry-malformed',
      what: expect.stringContaining('another server'),
    })
    expect(elsewhere.requestsReceived).toEqual([])
    await elsewhere.close()
  })

  test('when the registry wants a token, then one with the right to push is requested', async () => {
    const guarded: Answer = (request, response) => {
      if (request.path.startsWith('/token')) {
        return response.writeHead(200).end('{"token":"abc"}')
      }
      if (request.headers.authorization === 'Bearer abc') {
        return ordinary(request, response)
      }
      const challenge = `Bearer realm="http://${request.headers.host}/token",service="here"`
      return response.writeHead(401, { 'www-authenticate': challenge }).end()
    }
    await attachIn(guarded, LOGIN)
    const tokenRequest = registry?.requestsReceived.find(({ path }) => path.startsWith('/token'))
    expect(tokenRequest?.path).toContain(`scope=${encodeURIComponent('repository:acme/app:pull,push')}`)
    expect(tokenRequest?.headers.authorization).toBe('Basic bG9naW4=')
  })

  test('when the login may not push, then the error says who refused', async () => {
    const problem = await problemOfRejected(
      attachIn((request, response) =>
        request.method === 'POST' ? response.writeHead(403).end() : ordinary(request, response),
      ),
    )
    expect(problem).toMatchObject({ code: 'registry-refused', what: expect.stringContaining('403') })
  })
})
