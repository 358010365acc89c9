import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { tarOf } from '../../../src/io/archive/formats/tar-writer.js'
import { sourceOf } from '../../../src/io/archive/image/image-name.js'
import { openPlatforms } from '../../../src/io/platforms/open-platforms.js'
import { type Platform, platformName } from '../../../src/model/image/image.js'
import type { PlatformChoice } from '../../../src/model/image/platforms.js'
import { problemOf } from '../../../src/model/problem.js'
import {
  AMD64,
  add,
  digestOf,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  putIndex,
  type Shelf,
  serve,
} from '../../support/fake-registry.js'
import type { ReceivedRequest } from '../../support/fake-server.js'

// A registry that misbehaves has to be made; images of a real one are read in __tests__/live/registry-images.test.ts.

const folder = mkdtempSync(join(tmpdir(), 'from-registry-'))
const servers: FakeRegistry[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const ARM64: Platform = { os: 'linux', architecture: 'arm64', variant: 'v8' }
const WINDOWS: Platform = { os: 'windows', architecture: 'amd64', variant: null }

/** An image whose layers have a file of some random bytes, each as large. */
function putImage(shelf: Shelf, platform: Platform, sizes: readonly number[] = [10]): string {
  const layers = sizes.map((size, at) =>
    tarOf([{ path: `file-${at}`, text: randomBytes(size / 2).toString('hex') }]).toString('latin1'),
  )
  const { os, architecture, variant } = platform
  const config = JSON.stringify({
    ...{ os, architecture, ...(variant !== null && { variant }) },
    rootfs: { type: 'layers', diff_ids: layers.map((tar) => digestOf(tar)) },
  })
  return add(shelf, {
    schemaVersion: 2,
    config: { digest: add(shelf, config), size: config.length },
    layers: layers.map((tar) => ({ digest: add(shelf, tar), size: tar.length })),
  })
}

type Answer = (shelf: Shelf, request: ReceivedRequest, response: ServerResponse) => void

async function registryWith(make: (shelf: Shelf) => void, answer: Answer = serve) {
  const shelf = emptyShelf()
  make(shelf)
  const requests: string[] = []
  const registry = await fakeRegistry((request, response) => {
    const range = request.headers.range
    requests.push(`${request.method} ${request.path}${range === undefined ? '' : ` ${range}`}`)
    answer(shelf, request, response)
  })
  servers.push(registry)
  return { host: registry.host, shelf, requests }
}

/** What is read, and the files that are left on disk. */
async function opened(name: string | readonly string[], choice: PlatformChoice = null) {
  const directory = mkdtempSync(join(folder, 'run-'))
  const options = {
    engine: () => Promise.reject(new Error('no engine is asked')),
    directory,
    signal: new AbortController().signal,
  }
  const all = await openPlatforms([name].flat(), choice, options)
  const images = await Promise.all(
    all.map(async ({ opening }) => {
      try {
        const { reference, platform, layers } = await opening.image
        return `${reference} ${platformName(platform)} ${layers.length}`
      } catch (error) {
        const { code, what } = problemOf(error, '')
        return `${opening.reference} ${code}: ${what}`
      }
    }),
  )
  const left = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /(?:blob|layer)-\d+$/.test(one),
  )
  return { images, platforms: all.map(({ platform }) => platform), others: await all[0]?.others, left }
}

test.each<[string, ReturnType<typeof sourceOf>]>([
  ['registry:ghcr.io/acme/app:1', { source: 'registry', name: 'ghcr.io/acme/app:1' }],
  ['registry:debian:12', { source: 'registry', name: 'debian:12' }],
  ['registry:debian@sha256:0', { source: 'registry', name: 'debian@sha256:0' }],
  ['registry:localhost:5000/app', { source: 'registry', name: 'localhost:5000/app' }],
  ['registry:./app.tar', { source: 'registry', name: './app.tar' }],
  // As Docker reads them: an image of that name, and a host of that name.
  ['registry:2', { source: 'engine', name: 'registry:2' }],
  ['registry:5000/app:1', { source: 'engine', name: 'registry:5000/app:1' }],
  ['registry/app:1', { source: 'engine', name: 'registry/app:1' }],
  ['./app.tar', { source: 'archive', name: './app.tar' }],
])('when an image is named %s, then it is clear where it is', (image, expected) => {
  expect(sourceOf(image)).toEqual(expected)
})

describe('an image in a registry', () => {
  test('when it is a single image, then it is read without an engine, whatever its platform', async () => {
    const { host, requests } = await registryWith((shelf) => {
      shelf.tags.set('1', putImage(shelf, ARM64, [10, 2000, 30]))
    })
    const got = await opened(`registry:${host}/app:1`)
    expect(got.images).toEqual([`${host}/app:1 linux/arm64/v8 3`])
    expect(got.platforms).toEqual([null])
    expect(got.others).toEqual({ notExamined: [], skipped: [], unknown: null })
    expect(got.left).toEqual(['image-0/layer-1', 'image-0/layer-2', 'image-0/layer-3'])
    // Each document and blob once.
    expect(new Set(requests).size).toBe(requests.length)
  })

  test('when it is an index, then this machine’s platform is read, and the rest is named', async () => {
    const { host } = await registryWith((shelf) => {
      putIndex(shelf, '1', [
        [AMD64, putImage(shelf, AMD64)],
        [ARM64, putImage(shelf, ARM64)],
        [WINDOWS, putImage(shelf, WINDOWS)],
      ])
    })
    const [own, other] = process.arch === 'arm64' ? ['arm64/v8', 'amd64'] : ['amd64', 'arm64/v8']
    const got = await opened(`registry:${host}/app:1`)
    expect(got.images).toEqual([`${host}/app:1 linux/${own} 1`])
    expect(got.others).toEqual({
      notExamined: [`linux/${other}`],
      skipped: ['windows/amd64', '1 attestation'],
      unknown: null,
    })
    const all = await opened(`registry:${host}/app:1`, 'all')
    expect(all.images).toEqual([`${host}/app:1 linux/amd64 1`, `${host}/app:1 linux/arm64/v8 1`])
    expect(all.others?.notExamined).toEqual([])
    const none = await opened(`registry:${host}/app:1`, ['linux/s390x'])
    expect(none.images).toEqual([
      `${host}/app:1 platform-missing: the image does not have linux/s390x; it has linux/amd64, linux/arm64/v8, windows/amd64`,
    ])
  })

  test.each<[string, Platform]>([
    ['linux/arm64', { ...ARM64, variant: null }],
    ['linux/arm64/v8', ARM64],
  ])('when several have the same platform, then the first counts, also for %s', async (name, second) => {
    const { host } = await registryWith((shelf) => {
      const other = second.variant === null ? ARM64 : { ...ARM64, variant: null }
      putIndex(shelf, '1', [
        [AMD64, putImage(shelf, AMD64)],
        [other, putImage(shelf, ARM64, [10, 10])],
        [second, putImage(shelf, ARM64)],
      ])
    })
    const got = await opened(`registry:${host}/app:1`, [name])
    expect(got.images).toEqual([`${host}/app:1 linux/arm64/v8 2`])
    expect(got.others?.notExamined).toContain(second.variant === null ? 'linux/arm64' : 'linux/arm64/v8')
  })

  test('when one layer is twice in it, then it is fetched once', async () => {
    let layer = ''
    const { host, requests } = await registryWith((shelf) => {
      const tar = tarOf([{ path: 'file', text: 'x' }]).toString('latin1')
      layer = add(shelf, tar)
      const config = JSON.stringify({
        ...AMD64,
        variant: undefined,
        rootfs: { type: 'layers', diff_ids: [layer, layer] },
      })
      const entry = { digest: layer, size: tar.length }
      const manifest = {
        schemaVersion: 2,
        config: { digest: add(shelf, config), size: 1 },
        layers: [entry, entry],
      }
      shelf.tags.set('1', add(shelf, manifest))
    })
    expect((await opened(`registry:${host}/app:1`)).images).toEqual([`${host}/app:1 linux/amd64 2`])
    expect(requests.filter((one) => one.endsWith(layer))).toHaveLength(1)
  })
})

describe('several images in registries', () => {
  interface StoredLayer {
    readonly digest: string
    readonly size: number
    readonly diffId: string
  }
  const sha256 = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  /** A shelf has texts only. */
  const blobs = new Map<string, Buffer>()
  const answer: Answer = (shelf, request, response) => {
    const blob = blobs.get(request.path.split('/').at(-1) ?? '')
    if (blob === undefined) {
      serve(shelf, request, response)
    } else {
      response.end(blob)
    }
  }
  const stored = (path: string, text: string, compress: (tar: Buffer) => Buffer): StoredLayer => {
    const tar = tarOf([{ path, text }])
    const blob = compress(tar)
    blobs.set(sha256(blob), blob)
    return { digest: sha256(blob), size: blob.length, diffId: sha256(tar) }
  }
  const tag = (shelf: Shelf, name: string, layers: readonly StoredLayer[]) => {
    const rootfs = { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) }
    const config = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs })
    const manifest = {
      schemaVersion: 2,
      config: { digest: add(shelf, config), size: config.length },
      layers: layers.map(({ digest, size }) => ({ digest, size })),
    }
    shelf.tags.set(name, add(shelf, manifest))
  }
  const three = (shelf: Shelf) => {
    const base = stored('base', randomBytes(200_000).toString('hex'), (tar) => gzipSync(tar))
    const one = stored('own', randomBytes(10).toString('hex'), (tar) => zstdCompressSync(tar))
    const two = stored('own', randomBytes(10).toString('hex'), (tar) => tar)
    tag(shelf, '0', [base])
    tag(shelf, '1', [base, one])
    tag(shelf, '2', [one, base, two])
    return { base, two }
  }

  test('when they share layers, then each blob is fetched and stored once, also from other repositories', async () => {
    const { host, requests } = await registryWith(three, answer)
    const names = [`${host}/app:0`, `${host}/app:1`, `${host}/other:2`]
    const got = await opened(names.map((name) => `registry:${name}`))
    expect(got.images).toEqual(names.map((name, at) => `${name} linux/amd64 ${at + 1}`))
    expect(got.left).toHaveLength(3)
    const layers = requests.flatMap((one) => /\/blobs\/(sha256:.*)$/.exec(one)?.[1] ?? [])
    // Three layers, and a config for each image.
    expect([layers.length, new Set(layers).size]).toEqual([6, 6])
  })

  test('when one lacks a layer, then it says so, and the others are read', async () => {
    const { host } = await registryWith((shelf) => {
      blobs.delete(three(shelf).two.digest)
    }, answer)
    const got = await opened(['0', '1', '2'].map((tag) => `registry:${host}/app:${tag}`))
    expect(got.images).toEqual([
      `${host}/app:0 linux/amd64 1`,
      `${host}/app:1 linux/amd64 2`,
      expect.stringMatching(/registry-not-found/),
    ])
  })

  test('when two have the same config and one has another layer, then it alone is refused', async () => {
    const { host } = await registryWith((shelf) => {
      const { base, two } = three(shelf)
      tag(shelf, '1', [{ ...two, diffId: base.diffId }])
      tag(shelf, '2', [base, two])
    }, answer)
    for (const tags of [
      ['0', '1', '2'],
      ['1', '2', '0'],
    ]) {
      const got = await opened(tags.map((one) => `registry:${host}/app:${one}`))
      expect([...got.images].sort()).toEqual([
        `${host}/app:0 linux/amd64 1`,
        expect.stringMatching(/app:1 archive-digest: expected layer/),
        `${host}/app:2 linux/amd64 2`,
      ])
    }
  })

  test('when one states another size of a shared layer, then it alone is refused', async () => {
    const { host } = await registryWith((shelf) => {
      const { base } = three(shelf)
      tag(shelf, '2', [{ ...base, size: base.size + 1 }])
    }, answer)
    const got = await opened(['0', '1', '2'].map((tag) => `registry:${host}/app:${tag}`))
    expect(got.images).toEqual([
      `${host}/app:0 linux/amd64 1`,
      `${host}/app:1 linux/amd64 2`,
      expect.stringMatching(/registry-malformed: the layer .* ends after/),
    ])
  })
})

/** Ends each connection for a blob after half of what it has to send. */
const cutAtHalf: Answer = (shelf, request, response) => {
  const digest = request.path.split('/').at(-1) ?? ''
  const bytes = Buffer.from(shelf.blobs.get(digest) ?? '', 'latin1')
  if (request.method !== 'GET' || bytes.length < 1000) {
    serve(shelf, request, response)
    return
  }
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const rest = bytes.subarray(from)
  const range = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...(from > 0 && range) })
  if (rest.length < 2) {
    response.end(rest)
    return
  }
  response.write(rest.subarray(0, Math.ceil(rest.length / 2)), () => response.destroy())
}

describe('a registry that misbehaves', () => {
  const oneImage = (shelf: Shelf) => void shelf.tags.set('1', putImage(shelf, AMD64, [4000, 10]))

  test('when it cuts each connection at half, then the next one goes on', async () => {
    const { host, requests } = await registryWith(oneImage, cutAtHalf)
    expect((await opened(`registry:${host}/app:1`)).images).toEqual([`${host}/app:1 linux/amd64 2`])
    expect(requests.filter((one) => one.includes('bytes=')).length).toBeGreaterThan(5)
  }, 60_000)

  test('when it does not know ranges, then what is there already is skipped', async () => {
    let cuts = 0
    const { host } = await registryWith(oneImage, (shelf, request, response) => {
      const bytes = Buffer.from(shelf.blobs.get(request.path.split('/').at(-1) ?? '') ?? '', 'latin1')
      if (request.method === 'GET' && bytes.length > 4000 && cuts++ < 2) {
        response.writeHead(200, { 'content-length': bytes.length })
        response.write(bytes.subarray(0, 1000 * cuts), () => response.destroy())
        return
      }
      serve(shelf, request, response)
    })
    expect((await opened(`registry:${host}/app:1`)).images).toEqual([`${host}/app:1 linux/amd64 2`])
    expect(cuts).toBeGreaterThan(2)
  })

  test.each<[string, Record<string, string>]>([
    ['without saying for how long', {}],
    ['for a second', { 'retry-after': '1' }],
  ])(
    'when it is busy %s, then it is asked again',
    async (_, headers) => {
      const busy = new Map<string, number>()
      const { host } = await registryWith(oneImage, (shelf, request, response) => {
        const count = (busy.get(request.path) ?? 0) + 1
        busy.set(request.path, count)
        if (count === 1) {
          response.writeHead(429, headers).end()
          return
        }
        serve(shelf, request, response)
      })
      expect((await opened(`registry:${host}/app:1`)).images).toEqual([`${host}/app:1 linux/amd64 2`])
    },
    60_000,
  )

  test('when a token ends between two requests, then a new one is got', async () => {
    let tokens = 0
    const left = new Map<string, number>()
    const { host } = await registryWith(oneImage, (shelf, request, response) => {
      if (request.path.startsWith('/token')) {
        const token = `t${tokens++}`
        left.set(`Bearer ${token}`, 2)
        response.end(JSON.stringify({ token }))
        return
      }
      const uses = left.get(request.headers.authorization ?? '') ?? 0
      if (uses === 0) {
        const realm = `http://${request.headers.host}/token`
        response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="s"` }).end()
        return
      }
      left.set(request.headers.authorization ?? '', uses - 1)
      serve(shelf, request, response)
    })
    expect((await opened(`registry:${host}/app:1`)).images).toEqual([`${host}/app:1 linux/amd64 2`])
    expect(tokens).toBeGreaterThan(1)
  })

  // Go, in which engines are written, takes keys in any case, and the last of them.
  test.each<[string, (image: string, manifest: string) => string]>([
    ['Manifests', (image) => `{"manifests": [{"digest": "${image}"}], "Manifests": []}`],
    ['digest', (image) => `{"manifests": [{"digest": "${image}", "digest": "${image}"}]}`],
    ['layer\u017f', (_, manifest) => manifest.replace('{', '{"layer\u017f": [],')],
  ])('when engines may read something else by the key %s, then the image is refused', async (key, text) => {
    const { host } = await registryWith((shelf) => {
      const image = putImage(shelf, AMD64)
      shelf.tags.set('1', add(shelf, text(image, shelf.blobs.get(image) ?? '')))
    })
    expect((await opened(`registry:${host}/app:1`)).images).toEqual([
      `${host}/app:1 registry-malformed: the key "${key}" appears twice, or differs from another key only in case`,
    ])
  })

  const isLayer = (shelf: Shelf, { path }: ReceivedRequest) =>
    (shelf.blobs.get(path.split('/').at(-1) ?? '')?.length ?? 0) > 4000
  const plain = (text: string) => (response: ServerResponse) => {
    response.writeHead(200, { 'content-length': Buffer.byteLength(text, 'latin1') })
    response.end(Buffer.from(text, 'latin1'))
  }
  test.each<[string, (response: ServerResponse, text: string) => void, string]>([
    [
      'another blob of that size',
      (response, text) => plain('x'.repeat(text.length))(response),
      'archive-digest',
    ],
    ['a longer blob', (response, text) => plain(`${text}x`)(response), 'registry-malformed'],
    ['a shorter blob', (response, text) => plain(text.slice(0, -1))(response), 'registry-malformed'],
    ['no blob', (response) => void response.writeHead(404).end(), 'registry-not-found'],
    ['a refusal', (response) => void response.writeHead(403).end(), 'registry-refused'],
    [
      'a redirect to a cloud’s own address',
      (response) => void response.writeHead(307, { location: 'http://169.254.169.254/latest' }).end(),
      'http-private-address',
    ],
    [
      'another part than was requested',
      (response) => void response.writeHead(206, { 'content-range': 'bytes 7-9/10' }).end('abc'),
      'registry-status',
    ],
  ])('when it sends %s, then there is no answer, and nothing is left on disk', async (_, send, code) => {
    const { host } = await registryWith(oneImage, (shelf, request, response) => {
      if (request.method === 'GET' && isLayer(shelf, request)) {
        send(response, shelf.blobs.get(request.path.split('/').at(-1) ?? '') ?? '')
        return
      }
      serve(shelf, request, response)
    })
    const got = await opened(`registry:${host}/app:1`)
    expect(got.images).toEqual([expect.stringMatching(new RegExp(`^${host}/app:1 ${code}: `))])
    expect(got.left).toEqual([])
  })

  test.each<[string, (shelf: Shelf) => void, RegExp]>([
    [
      'a manifest of 100 MB',
      (shelf) => void shelf.tags.set('1', add(shelf, ' '.repeat(1e8))),
      /answer-too-large/,
    ],
    [
      'an index in an index',
      (shelf) => {
        const inner = putIndex(shelf, 'inner', [[AMD64, putImage(shelf, AMD64)]])
        putIndex(shelf, '1', [[AMD64, inner]])
      },
      /registry-malformed: an index lists another index/,
    ],
    [
      'a manifest that differs from its digest',
      (shelf) => {
        const manifest = putImage(shelf, AMD64)
        putIndex(shelf, '1', [[AMD64, manifest]])
        shelf.blobs.set(manifest, `${shelf.blobs.get(manifest)} `)
      },
      /registry-malformed: the content does not match its digest/,
    ],
    [
      'an image for another platform than its index says',
      (shelf) => void putIndex(shelf, '1', [[AMD64, putImage(shelf, ARM64)]]),
      /registry-malformed: the index says linux\/amd64, but/,
    ],
    ['nothing of that name', () => undefined, /registry-not-found/],
  ])('when it has %s, then there is no answer', async (_, make, message) => {
    const { host } = await registryWith(make)
    expect((await opened(`registry:${host}/app:1`)).images).toEqual([expect.stringMatching(message)])
  })

  test('when one of several images can’t be read, then the others are', async () => {
    const { host } = await registryWith((shelf) => {
      putIndex(shelf, '1', [
        [AMD64, putImage(shelf, AMD64)],
        [ARM64, digestOf('never pushed')],
      ])
    })
    const { images } = await opened(`registry:${host}/app:1`, 'all')
    expect(images).toEqual([`${host}/app:1 linux/amd64 1`, expect.stringMatching(/registry-not-found/)])
  })
})
