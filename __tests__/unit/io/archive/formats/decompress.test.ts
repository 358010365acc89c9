import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import {
  type Compression,
  createDecompressor,
  decompressAll,
} from '../../../../../src/io/archive/formats/decompress.js'
import { DEFAULT_LIMITS } from '../../../../../src/io/archive/formats/limits.js'

const first = Buffer.alloc(300_000, 'a')
const second = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * at) % 251))
const plain = Buffer.concat([first, second])
const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5])
const checksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } }

const MANY: readonly (readonly [string, Compression, Buffer])[] = [
  ['two gzip members', 'gzip', Buffer.concat([gzipSync(first), gzipSync(second)])],
  ['two zstd frames', 'zstd', Buffer.concat([zstdCompressSync(first), zstdCompressSync(second)])],
  [
    'zstd frames with checksums among skippable ones',
    'zstd',
    Buffer.concat([
      skippable,
      zstdCompressSync(first, checksum),
      skippable,
      zstdCompressSync(second, checksum),
      skippable,
    ]),
  ],
  [
    'a zstd frame of nothing',
    'zstd',
    Buffer.concat([zstdCompressSync(Buffer.alloc(0)), zstdCompressSync(first), zstdCompressSync(second)]),
  ],
]

async function push(kind: Compression, bytes: Buffer, size: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let ends = 0
  const decompressor = createDecompressor(
    kind,
    'test',
    DEFAULT_LIMITS,
    (part) => void parts.push(Buffer.from(part)),
    () => {
      ends++
    },
  )
  for (let at = 0; at < bytes.length; at += size) {
    decompressor.write(bytes.subarray(at, at + size))
    await decompressor.drained()
  }
  decompressor.end()
  expect(await decompressor.drained()).toBe(true)
  expect(ends).toBe(1)
  return Buffer.concat(parts)
}

async function pull(kind: Compression, bytes: Buffer, size: number): Promise<Buffer> {
  async function* source(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) {
      yield bytes.subarray(at, at + size)
    }
  }
  const parts: Buffer[] = []
  for await (const part of decompressAll(source(), kind, 'test', DEFAULT_LIMITS)) {
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function drain(all: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of all) {
  }
}

describe('decompression', () => {
  test.each(MANY)(
    'when there are %s, then all of it comes out, in pieces of any size',
    async (_, kind, bytes) => {
      for (const size of [bytes.length, 1000, 7, 1]) {
        expect((await push(kind, bytes, size)).equals(plain)).toBe(true)
        expect((await pull(kind, bytes, size)).equals(plain)).toBe(true)
      }
    },
  )

  test('when bytes were passed on, then their memory is free, except for what is not full yet', async () => {
    const passed: Buffer[] = []
    const decompressor = createDecompressor(
      'gzip',
      'test',
      DEFAULT_LIMITS,
      (part) => void passed.push(part),
      () => undefined,
    )
    decompressor.write(gzipSync(first))
    await decompressor.drained()
    expect(passed.map(({ length }) => length)).toEqual([0, 0, first.length - 2 * 128 * 1024])
    expect(passed[2]?.equals(first.subarray(2 * 128 * 1024))).toBe(true)
  })

  test.each(MANY)('when %s are cut, then it is an error', async (_, kind, bytes) => {
    const cut = bytes.subarray(0, bytes.length - skippable.length - 20)
    const pushed = await push(kind, cut, 100).catch((error: unknown) => error)
    expect(pushed).toMatchObject({ problem: { code: 'archive-truncated' } })
    await expect(pull(kind, cut, 100)).rejects.toMatchObject({ problem: { code: 'archive-truncated' } })
  })

  test('when something else follows a zstd frame, then it is an error', async () => {
    const bytes = Buffer.concat([zstdCompressSync(first), Buffer.from('garbage')])
    await expect(push('zstd', bytes, 100)).rejects.toMatchObject({ problem: { code: 'archive-unreadable' } })
  })

  test('when what takes the bytes fails, then that is the error, and no more bytes come', async () => {
    let calls = 0
    const fail = (): void => {
      calls++
      throw new Error('disk full')
    }
    const decompressor = createDecompressor('gzip', 'test', DEFAULT_LIMITS, fail, () => undefined)
    decompressor.write(gzipSync(plain))
    await expect(decompressor.drained()).rejects.toThrow('disk full')
    expect(calls).toBe(1)
  })

  test('when the source fails, then its own error is reported', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield gzipSync(plain).subarray(0, 50)
      throw new Error('connection lost')
    }
    const all = decompressAll(broken(), 'gzip', 'test', DEFAULT_LIMITS)
    await expect(drain(all)).rejects.toThrow('connection lost')
  })
})
