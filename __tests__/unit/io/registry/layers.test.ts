import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { tarOf } from '../../../../src/io/archive/formats/tar-writer.js'
import { readRegistryLayers } from '../../../../src/io/registry/layers.js'
import type { RegistryImage } from '../../../../src/io/registry/registry.js'
import { mergeLayers } from '../../../../src/model/image/layers.js'
import { parseReference } from '../../../../src/model/image/reference.js'
import { SeaworthyError } from '../../../../src/model/problem.js'
import { sha256 } from '../../../support/debian-archive.js'
import { type FakeServer, fakeServer } from '../../../support/fake-server.js'
import { NEVER } from '../../../support/waiting.js'

const blobs = new Map<string, Buffer>()
let server: FakeServer
beforeEach(async () => {
  server = await fakeServer(({ path }, response) => {
    const blob = blobs.get(path.slice(path.lastIndexOf('/') + 1))
    return blob === undefined ? response.writeHead(404).end() : response.writeHead(200).end(blob)
  })
})
afterEach(async () => {
  blobs.clear()
  await server.close()
})

const FIRST = tarOf([
  { path: 'var/lib/dpkg/status', text: 'one' },
  { path: 'etc/os-release', text: 'ID=debian\n' },
])
const SECOND = tarOf([
  { path: 'var/lib/dpkg/status', text: 'two' },
  { path: 'etc/.wh.os-release', text: '' },
])

/** An image of these tars; `stored` says how the registry has each. */
function image(tars: readonly Buffer[], stored: (tar: Buffer) => Buffer = gzipSync): RegistryImage {
  const layers = tars.map((tar) => {
    const blob = stored(tar)
    const digest = `sha256:${sha256(blob)}`
    blobs.set(digest, blob)
    return { digest, size: blob.length }
  })
  const diffIds = tars.map((tar) => `sha256:${sha256(tar)}`)
  return { digest: 'x', manifest: 'x', diffIds, layers, created: null }
}
function read(of: RegistryImage, mostBytes = 1 << 20) {
  const reference = parseReference(`127.0.0.1:${server.port}/base:1`)
  if (reference === null) {
    throw new Error('no reference')
  }
  const logins = { has: () => false, any: () => false, basic: async () => null }
  return readRegistryLayers(reference, of, mostBytes, {
    logins,
    timeoutMs: NEVER,
    signal: new AbortController().signal,
  })
}
async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof SeaworthyError ? error.problem.code : String(error)
}

describe('readRegistryLayers', () => {
  test.each<[string, (tar: Buffer) => Buffer]>([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
    ['nothing', (tar) => tar],
  ])('when layers are compressed with %s, then they are merged as any image’s', async (_, stored) => {
    const layers = await read(image([FIRST, SECOND], stored))
    expect(mergeLayers(layers).files).toEqual({ 'var/lib/dpkg/status': 'two' })
  })

  test.each<[string, (of: RegistryImage) => RegistryImage, string]>([
    ['have another diff_id', (of) => ({ ...of, diffIds: [...of.diffIds].reverse() }), 'registry-malformed'],
    ['are fewer than diff_ids', (of) => ({ ...of, layers: of.layers.slice(1) }), 'registry-malformed'],
    [
      'are not there',
      (of) => ({ ...of, layers: of.layers.map((one) => ({ ...one, digest: `sha256:${'0'.repeat(64)}` })) }),
      'registry-not-found',
    ],
    [
      'are said to be larger than may be',
      (of) => ({ ...of, layers: of.layers.map((one) => ({ ...one, size: 1 << 20 })) }),
      'registry-too-large',
    ],
  ])('when layers %s, then they are not believed', async (_, change, code) => {
    expect(await codeOf(read(change(image([FIRST, SECOND]))))).toBe(code)
  })

  test('when a layer is larger than its manifest says, then it is read no further', async () => {
    const of = image([FIRST], (tar) => tar)
    const lying = { ...of, layers: of.layers.map((one) => ({ ...one, size: 1 })) }
    expect(await codeOf(read(lying, FIRST.length - 1))).toBe('registry-too-large')
  })

  test('when a layer is cut, or no archive at all, then that is a problem', async () => {
    expect(await codeOf(read(image([FIRST], (tar) => gzipSync(tar).subarray(0, -20))))).toMatch(/^archive-/)
    expect(await codeOf(read(image([FIRST], () => Buffer.from('<html>'))))).toMatch(/^(archive|registry)-/)
  })
})
