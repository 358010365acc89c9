import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { connectEngine } from '../../../../../src/io/engine/engine.js'
import { openPlatforms } from '../../../../../src/io/platforms/open-platforms.js'
import type { Image } from '../../../../../src/model/image/image.js'
import { problemOf } from '../../../../../src/model/problem.js'
import { type FakeEngine, fakeEngine, type Routes } from '../../../../support/fake-engine.js'
import { json } from '../../../../support/fake-server.js'
import { configOf, dockerEntries, type Entry, ociEntries, sha256, statusOf, tarOf } from '../build.js'

// The engine is a fake; that a real one sends a shared layer once is in __tests__/live/many-images.test.ts.

const folder = mkdtempSync(join(tmpdir(), 'together-'))
const engines: FakeEngine[] = []
afterEach(async () => {
  for (const engine of engines.splice(0)) {
    await engine.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const base = tarOf([{ path: 'var/lib/dpkg/status', body: statusOf('base') }])
const own = (name: string) => tarOf([{ path: `opt/${name}`, body: name }])

/** An image of an engine, by its name: its layers, and what its archive holds. */
interface EngineImage {
  readonly layers: readonly Buffer[]
  readonly entries?: readonly Entry[]
}

const idOf = ({ layers }: EngineImage) => `sha256:${sha256(configOf(layers))}`

/** Several images as the classic store of an engine from 25 on saves them: each blob once. */
function savedTogether(all: readonly EngineImage[]): Buffer {
  const blobs = new Map<string, Entry>()
  const manifests = all.map(({ layers, entries = ociEntries(layers) }) => {
    for (const entry of entries.filter(({ path }) => path.startsWith('blobs/'))) {
      blobs.set(entry.path, entry)
    }
    const { body = '' } = entries.find(({ path }) => path === 'index.json') ?? {}
    return (JSON.parse(String(body)) as { manifests: object[] }).manifests
  })
  const index = JSON.stringify({ manifests: manifests.flat() })
  return tarOf([...blobs.values(), { path: 'index.json', body: index }])
}

/** Opens all of them, and gives each image or its problem, with the calls that sent bytes and the layers on disk. */
async function opened(
  engineImages: Readonly<Record<string, EngineImage>>,
  routes: Routes = {},
  references?: string[],
) {
  const [all, names] = [Object.values(engineImages), Object.keys(engineImages)]
  const queries: string[] = []
  const engine = await fakeEngine({
    ...Object.fromEntries(
      names.flatMap((name) => {
        const one = engineImages[name] as EngineImage
        const state = {
          ...{ Id: idOf(one), Os: 'linux', Architecture: 'amd64', RepoDigests: [], Size: 1000 },
          RootFS: { Layers: one.layers.map((layer) => `sha256:${sha256(layer)}`) },
        }
        const alone = tarOf([...(one.entries ?? ociEntries(one.layers))])
        return [
          [`GET /images/${name}/json`, (_: unknown, response: never) => json(response, 200, state)],
          [`GET /images/${idOf(one)}/get`, (_: unknown, response: never) => send(response, alone)],
        ] as const
      }),
    ),
    'GET /images/get': (request, response) => {
      queries.push(request.path)
      const wanted = new URL(request.path, 'http://engine').searchParams.getAll('names')
      return send(response as never, savedTogether(all.filter((one) => wanted.includes(idOf(one)))))
    },
    ...routes,
  })
  engines.push(engine)
  const directory = mkdtempSync(join(folder, 'run-'))
  const options = {
    engine: () => connectEngine({ DOCKER_HOST: engine.host }),
    directory,
    signal: new AbortController().signal,
  }
  const platforms = await openPlatforms(references ?? names, null, options)
  const images = await Promise.all(
    platforms.map(async ({ opening: { image } }) =>
      image.catch((error: unknown) => problemOf(error, '').code),
    ),
  )
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  return {
    images,
    platforms,
    queries,
    saved: engine.calls().filter((call) => call.endsWith('/get')),
    files: files.filter((name) => name.includes('layer-')),
  }
}

function send(response: { end(bytes: Buffer): unknown }, bytes: Buffer): void {
  response.end(bytes)
}

const withoutReference = (image: Image | string) =>
  typeof image === 'string' ? image : { ...image, reference: '' }

describe('several images of an engine', () => {
  const three = {
    'app:1': { layers: [base, own('one')] },
    'app:2': { layers: [base, own('two')] },
    'app:3': { layers: [base, own('three'), own('one')] },
  }

  test('when three share layers, then one stream has all, and each layer is stored once', async () => {
    const { images, saved, files, queries } = await opened(three)
    expect(saved).toEqual(['GET /images/get'])
    expect(new URL(queries[0] ?? '', 'http://engine').searchParams.getAll('names')).toEqual(
      Object.values(three).map(idOf),
    )
    expect(files).toHaveLength(4)
    expect(images.map((image) => (image as Image).reference)).toEqual(Object.keys(three))
    expect(images.map((image) => (image as Image).layers.length)).toEqual([2, 2, 3])
  })

  test('when they were read together, then each is what it is when it is read alone', async () => {
    const together = await opened(three)
    for (const [at, [name, one]] of Object.entries(three).entries()) {
      const alone = await opened({ [name]: one })
      expect(alone.saved).toEqual([`GET /images/${idOf(one)}/get`])
      expect(together.images[at]).toEqual(alone.images[0])
    }
  })

  test('when one id has two names, then it is asked for once, and each name has its image', async () => {
    const two = { 'app:1': three['app:1'], 'app:latest': three['app:1'], 'app:2': three['app:2'] }
    const { images, queries } = await opened(two)
    expect(new URL(queries[0] ?? '', 'http://engine').searchParams.getAll('names')).toHaveLength(2)
    expect(images.map((image) => (image as Image).reference)).toEqual(Object.keys(two))
    expect(withoutReference(images[0] ?? '')).toEqual(withoutReference(images[1] ?? ''))
  })

  test('when a layer is waited for, then who waits has it, and nobody another image’s', async () => {
    const { platforms } = await opened(three)
    const [first, second] = platforms.map(({ opening }) => opening)
    const [ofBase, ofTwo] = [base, own('two')].map((layer) => `sha256:${sha256(layer)}`)
    expect((await first?.layer(ofBase ?? ''))?.path).toBe((await second?.layer(ofBase ?? ''))?.path)
    await expect(first?.layer(ofTwo ?? '')).rejects.toThrow('no such layer')
  })

  test('when one is broken, then it alone fails, with what it says alone, and the others are whole', async () => {
    const layers = [base, own('two')]
    // Its config is not what its manifest says.
    const entries = ociEntries(layers).filter(
      ({ path }) => path !== `blobs/sha256/${sha256(configOf(layers))}`,
    )
    const broken = { ...three, 'app:2': { layers, entries } }
    const { images, saved } = await opened(broken)
    const alone = await opened({ 'app:2': broken['app:2'] })
    expect(typeof alone.images[0]).toBe('string')
    expect(images[1]).toBe(alone.images[0])
    expect([images[0], images[2]].map((image) => (image as Image).layers.length)).toEqual([2, 3])
    expect(saved).toEqual(['GET /images/get', `GET /images/${idOf(broken['app:2'])}/get`])
  })

  test('when the stream is hostile, cut, or refused, then each is read by itself', async () => {
    const entries = dockerEntries([base])
    const evil = tarOf([...entries, { path: '../outside', body: 'x' }])
    for (const answer of [
      (_: unknown, response: never) => send(response, evil),
      (_: unknown, response: never) => send(response, savedTogether(Object.values(three)).subarray(0, 3000)),
      (_: unknown, response: never) => json(response, 404, { message: 'no such image' }),
      (_: unknown, response: { destroy(): void }) => response.destroy(),
    ]) {
      const { images, saved } = await opened(three, { 'GET /images/get': answer as never })
      expect(images.map((image) => (image as Image).layers?.length)).toEqual([2, 2, 3])
      expect(saved).toHaveLength(4)
    }
  })

  test('when layers had come before the stream broke, then who has them can still read them', async () => {
    const cut = savedTogether(Object.values(three)).subarray(0, 3000)
    const { platforms } = await opened(three, {
      'GET /images/get': (_, response) => send(response as never, cut),
    })
    for (const { opening } of platforms) {
      const file = await opening.layer(`sha256:${sha256(base)}`)
      expect(sha256((await import('node:fs')).readFileSync(file.path))).toBe(sha256(base))
    }
  })

  test('when one is not there, then the others are read together', async () => {
    const { images, saved } = await opened(
      three,
      { 'POST /images/create': (_, response) => json(response, 404, { message: 'not found' }) },
      ['app:1', 'missing.invalid/gone:1', 'app:3'],
    )
    expect(images[1]).toBe('no-such-image')
    expect([images[0], images[2]].map((image) => (image as Image).layers.length)).toEqual([2, 3])
    expect(saved).toEqual(['GET /images/get'])
  })

  test('when the engine gives another image under an id, then that one is not taken', async () => {
    const { images, saved } = await opened(three, {
      'GET /images/get': (_, response) =>
        send(response as never, savedTogether([three['app:1'], { layers: [base, own('other')] }])),
    })
    expect(saved).toHaveLength(3)
    expect(images.map((image) => (image as Image).layers.length)).toEqual([2, 2, 3])
  })
})
