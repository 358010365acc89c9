import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { tarOf } from '../../../../src/io/archive/formats/tar-writer.js'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import { findInRegistry, pushJudged, type ToPush } from '../../../../src/io/platforms/push.js'
import { parseReference } from '../../../../src/model/image/reference.js'
import { type FakeEngine, fakeEngine } from '../../../support/fake-engine.js'
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
} from '../../../support/fake-registry.js'
import { json, type ReceivedRequest } from '../../../support/fake-server.js'
import { type LazyLayer, lazyLayer, plainOf, WRITERS, withToc } from '../../../support/lazy-pulling.js'
import { problemOfRejected } from '../../../support/rejections.js'

/** The engine and the docker command are stand-ins here; both are real in __tests__/live/verify.test.ts and attacks/16. */
const folder = mkdtempSync(join(tmpdir(), 'push-judged-'))
const PATH = process.env.PATH
const signal = new AbortController().signal
let shelf: Shelf
let registry: FakeRegistry
let engine: FakeEngine | null = null
let spoil: (request: ReceivedRequest, response: ServerResponse) => boolean

beforeEach(async () => {
  process.env.PATH = folder
  shelf = emptyShelf()
  spoil = () => false
  registry = await fakeRegistry((request, response) => {
    if (!spoil(request, response)) {
      serve(shelf, request, response)
    }
  })
})
afterEach(async () => {
  process.env.PATH = PATH
  await registry.close()
  await engine?.close()
  engine = null
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Stored extends ToPush {
  readonly manifest: string
  readonly layer: string
}

const MANIFEST = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json' }

/** An image as a push leaves it: a config, a layer that is there, and a manifest. */
function store(name: string, platform = AMD64, diffIds?: readonly string[]): Stored {
  const tar = tarOf([{ path: 'name', text: name }]).toString('latin1')
  const layer = add(shelf, tar)
  const own = diffIds ?? [layer]
  const { os, architecture } = platform
  const config = add(shelf, { os, architecture, rootfs: { type: 'layers', diff_ids: own } })
  const layers = [{ digest: layer, size: Buffer.byteLength(tar) }]
  const manifest = add(shelf, { ...MANIFEST, config: { digest: config, size: 1 }, layers })
  return { digest: config, diffIds: own, manifest, layer }
}

const name = () => `${registry.host}/acme/app:1`

/** Pushes what the engine has as `app:1`, and says that this digest is what was pushed. */
async function push(
  judged: readonly ToPush[],
  digest: string,
  { id = judged[0]?.digest ?? '', layers = judged[0]?.diffIds ?? [], full = false, containerd = false } = {},
) {
  writeFileSync(
    join(folder, 'docker'),
    `#!/bin/sh\necho pushed >> ${folder}/log\necho "1: digest: ${digest} size: 5"\n`,
  )
  chmodSync(join(folder, 'docker'), 0o755)
  const state = { Id: id, RootFS: { Layers: layers }, RepoDigests: [] }
  const fake = await fakeEngine(
    {
      [`GET /images/${name()}/json`]: ({ path }, response) =>
        json(
          response,
          200,
          path.includes('manifests=1') ? { ...state, Manifests: containerd ? [] : null } : state,
        ),
    },
    containerd ? '1.48' : '1.41',
  )
  engine = fake
  return pushJudged(await connectEngine({ DOCKER_HOST: fake.host }), name(), judged, { full, signal })
}
const isPushed = () => rmLog() !== ''
function rmLog(): string {
  try {
    rmSync(join(folder, 'log'))
    return 'pushed'
  } catch {
    return ''
  }
}
const problem = (...args: Parameters<typeof push>) => problemOfRejected(push(...args))
beforeEach(() => {
  rmLog()
})

/** An image of one layer for lazy pulling, as a push leaves it. */
async function storeLazy(layer: LazyLayer): Promise<Stored> {
  const digest = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  const [blob, diffId] = [digest(layer.blob), digest(await plainOf(layer))]
  const config = add(shelf, {
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: [diffId] },
  })
  const layers = [{ digest: blob, size: layer.blob.length, annotations: layer.annotations }]
  const manifest = add(shelf, { ...MANIFEST, config: { digest: config, size: 1 }, layers })
  spoil = ({ method, path }, response) => {
    if (!path.endsWith(blob)) {
      return false
    }
    response.writeHead(200, { 'content-length': layer.blob.length })
    response.end(method === 'HEAD' ? undefined : layer.blob)
    return true
  }
  shelf.tags.set('1', manifest)
  return { digest: config, diffIds: [diffId], manifest, layer: blob }
}

describe('push: judged', () => {
  test.each(WRITERS)(
    'when a layer is for lazy pulling (%s), then its table of contents is read too',
    async (writer) => {
      const layer = lazyLayer(writer)
      const image = await storeLazy(layer)
      expect(await push([image], image.manifest)).toMatchObject({ digest: image.manifest })
      const evil = withToc(layer, ({ entries }) => {
        Object.assign(entries.find(({ name }) => name === 'usr/big') ?? {}, { mode: 0o4755 })
      })
      const other = await storeLazy(evil)
      expect(await problem([other], other.manifest)).toMatchObject({
        code: 'push-not-proven',
        what: expect.stringContaining('it lists another permission of usr/big than the tar has'),
      })
    },
  )

  test('when the registry has what was judged, then its manifest is reported', async () => {
    const image = store('a')
    shelf.tags.set('1', image.manifest)
    expect(await push([image], image.manifest)).toMatchObject({
      reference: name(),
      repository: `${registry.host}/acme/app`,
      digest: image.manifest,
      isIndex: false,
      manifests: [{ digest: image.manifest, config: image.digest, platform: 'linux/amd64' }],
    })
  })

  test('when an index of judged platforms is pushed, then each is reported; an attestation is none', async () => {
    const arm = { ...AMD64, architecture: 'arm64' }
    const [one, two] = [store('a'), store('b', arm)]
    const index = putIndex(shelf, '1', [
      [AMD64, one.manifest],
      [arm, two.manifest],
    ])
    const existing = await push([one, two], index, { containerd: true, id: index })
    expect([existing.isIndex, existing.digest]).toEqual([true, index])
    expect(existing.manifests.map(({ config }) => config)).toEqual([one.digest, two.digest])
  })

  test.each<[string, (image: Stored) => Parameters<typeof push>, string]>([
    [
      'the tag names another image in the engine',
      (image) => [[image], image.manifest, { id: digestOf('x') }],
      'a different image than the one that was judged',
    ],
    [
      'the tag has other layers on the containerd store',
      (image) => [[image], image.manifest, { containerd: true, layers: [digestOf('x')] }],
      'a different image than the one that was judged',
    ],
    [
      'the engine keeps one of several platforms',
      (image) => [[image, { ...image, digest: digestOf('arm') }], image.manifest],
      "only one of the image's platforms",
    ],
  ])('when %s, then nothing is pushed', async (_, args, what) => {
    const image = store('a')
    shelf.tags.set('1', image.manifest)
    const problemText = await problem(...args(image))
    expect(problemText).toMatchObject({ code: 'push-refused', what: expect.stringContaining(what) })
    expect(isPushed()).toBe(false)
  })

  test.each<[string, (image: Stored, other: Stored) => void, string]>([
    [
      'another push has moved the tag',
      (_, other) => shelf.tags.set('1', other.manifest),
      'which was not judged',
    ],
    [
      'another push of the same image, compressed otherwise, has moved the tag',
      (image) => {
        const again = {
          ...MANIFEST,
          annotations: { a: 'b' },
          config: { digest: image.digest, size: 1 },
          layers: [{ digest: image.layer, size: Buffer.byteLength(shelf.blobs.get(image.layer) ?? '') }],
        }
        shelf.tags.set('1', add(shelf, again))
      },
      'someone else pushed too',
    ],
    [
      'the tag is an index with a platform that nobody judged',
      (image, other) => {
        putIndex(shelf, '1', [
          [AMD64, image.manifest],
          [{ ...AMD64, architecture: 'arm64' }, other.manifest],
        ])
      },
      'linux/arm64 with the config',
    ],
    [
      'the tag is an index of attestations only',
      () => putIndex(shelf, '1', []),
      'the tag points to no image',
    ],
    ['the tag is gone', () => shelf.tags.delete('1'), 'not found in the registry'],
    [
      'the registry answers another manifest than its digest says',
      (image) => {
        spoil = ({ path, method }, response) => {
          const isIt = method === 'GET' && path.endsWith(image.manifest)
          if (isIt) {
            response.writeHead(200, { 'docker-content-digest': image.manifest }).end('{"config":{}}')
          }
          return isIt
        }
      },
      'does not match its digest',
    ],
    [
      'the registry drops the connection within the config',
      (image) => {
        spoil = ({ path, method }, response) => {
          const isIt = method === 'GET' && path.endsWith(image.digest)
          if (isIt) {
            response.writeHead(200, { 'content-length': 5000 }).write('{', () => response.destroy())
          }
          return isIt
        }
      },
      '',
    ],
    ['a layer is missing', (image) => shelf.blobs.delete(image.layer), 'does not have the layer'],
    [
      'a layer has another size',
      (image) => {
        spoil = ({ path, method }, response) => {
          const isIt = method === 'HEAD' && path.endsWith(image.layer)
          if (isIt) {
            response.writeHead(200, { 'content-length': 3 }).end()
          }
          return isIt
        }
      },
      'has 3 bytes, but the manifest says',
    ],
  ])('when %s, then that is no proof', async (_, change, what) => {
    const [image, other] = [store('a'), store('b', { ...AMD64, architecture: 'arm64' })]
    shelf.tags.set('1', image.manifest)
    change(image, other)
    const problemText = await problem([image], image.manifest)
    expect(problemText).toMatchObject({ code: 'push-not-proven', what: expect.stringContaining(what) })
    expect(isPushed()).toBe(true)
  })

  test('when the manifest has not one layer for each diff_id, then that is no proof', async () => {
    const image = store('a', AMD64, [digestOf('x'), digestOf('y')])
    shelf.tags.set('1', image.manifest)
    expect((await problem([image], image.manifest)).what).toContain('1 layers, but its config has 2')
  })

  test('when a layer is not what its diff_id says, then only reading all of it shows that', async () => {
    const image = store('a', AMD64, [digestOf('x')])
    shelf.tags.set('1', image.manifest)
    expect((await push([image], image.manifest)).digest).toBe(image.manifest)
    await engine?.close()
    expect((await problem([image], image.manifest, { full: true })).what).toContain(
      'a layer does not match its digest',
    )
    await engine?.close()
    const whole = store('b')
    shelf.tags.set('1', whole.manifest)
    expect((await push([whole], whole.manifest, { full: true })).digest).toBe(whole.manifest)
  })
})

describe('an image that is given by digest', () => {
  const find = (image: Stored, digest: string) => {
    const reference = `${registry.host}/acme/app@${digest}`
    const parsed = parseReference(reference)
    if (parsed === null) {
      throw new Error(reference)
    }
    return findInRegistry(reference, parsed, [image], { full: false, signal })
  }
  test('when an index has others next to the judged one, then all are reported and the judged one is proven', async () => {
    const arm = { ...AMD64, architecture: 'arm64' }
    const [one, two] = [store('a'), store('b', arm)]
    shelf.blobs.delete(two.layer)
    const index = putIndex(shelf, '1', [
      [AMD64, one.manifest],
      [arm, two.manifest],
    ])
    expect((await find(one, index)).manifests.map(({ config }) => config)).toEqual([one.digest, two.digest])
    shelf.blobs.delete(one.layer)
    expect((await problemOfRejected(find(one, index))).what).toContain('does not have the layer')
  })
})
