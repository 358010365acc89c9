import { randomBytes } from 'node:crypto'
import { appendFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import {
  createSecondReads,
  NOT_READ_YET,
  type Rereading,
} from '../../../../../src/io/archive/layer/second-reads.js'
import { createSpool } from '../../../../../src/io/archive/layer/spool.js'
import { readExtents, type StoredFile, tarBytesOf } from '../../../../../src/io/archive/layer/tar-bytes.js'
import { inDirectory } from '../build.js'

const TAR = randomBytes(5 * 2 ** 20 + 11)
/** More than is kept in memory. */
const LARGE = { offset: 700_000, size: 2 ** 20 + 5 }
const SMALL = { offset: 100, size: 1000 }

const gzipMembers = (bytes: Buffer) =>
  Buffer.concat([gzipSync(bytes.subarray(0, 2 ** 20)), gzipSync(bytes.subarray(2 ** 20))])
const FORMS: readonly [string, StoredFile['compression'], (bytes: Buffer) => Buffer][] = [
  ['no compression', null, (bytes) => bytes],
  ['gzip of several members', 'gzip', gzipMembers],
  ['zstd', 'zstd', zstdCompressSync],
]

function storedIn(
  directory: string,
  compression: StoredFile['compression'],
  store: (bytes: Buffer) => Buffer,
): StoredFile {
  const path = join(directory, 'stored')
  const stored = store(TAR)
  writeFileSync(path, stored)
  return { path, size: TAR.length, compression, storedSize: stored.length }
}

async function bytesOf(layer: StoredFile): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const bytes of tarBytesOf(layer)) {
    parts.push(Buffer.from(bytes))
  }
  return Buffer.concat(parts)
}

const collected: Rereading<string> = {
  kind: 'stream',
  start() {
    const parts: Buffer[] = []
    return {
      write: (bytes) => void parts.push(Buffer.from(bytes)),
      end: () => Buffer.concat(parts).toString('hex'),
    }
  },
}
const fromPlaces: Rereading<string> = {
  kind: 'places',
  // Beyond its end, and before its beginning, a file has no bytes.
  read: (readFile) =>
    [readFile(3, 20), readFile(-1, 4), readFile(2 ** 20, 2 ** 20)]
      .map((bytes) => bytes.toString('hex'))
      .join(),
}
const placesOf = ({ offset, size }: typeof SMALL) => {
  const file = TAR.subarray(offset, offset + size)
  return [file.subarray(3, 23), '', file.subarray(2 ** 20)].map((bytes) => bytes.toString('hex')).join()
}

describe.each(FORMS)('a layer stored with %s', (_, compression, store) => {
  test('when files of it are read again, then each has its bytes, and nothing is left on disk', async () => {
    await inDirectory(async (directory) => {
      const layer = storedIn(directory, compression, store)
      const secondReads = createSecondReads(layer, createSpool(directory, 1e9))
      const read = () =>
        [LARGE, SMALL, { offset: TAR.length, size: 0 }].flatMap((extent) => [
          secondReads.valueOf('all', extent, collected),
          secondReads.valueOf('places', extent, fromPlaces),
        ])
      const first = read()
      expect(first.includes(NOT_READ_YET)).toBe(compression !== null)
      expect(await secondReads.readNoted(null)).toBe(compression !== null)
      const hex = ({ offset, size }: typeof SMALL) => TAR.subarray(offset, offset + size).toString('hex')
      expect(read()).toEqual([hex(LARGE), placesOf(LARGE), hex(SMALL), placesOf(SMALL), '', ',,'])
      expect(await secondReads.readNoted(null)).toBe(false)
      expect(readdirSync(directory)).toEqual(['stored'])
    })
  })

  test('when a large file is read either way, then nothing is written for it', async () => {
    await inDirectory(async (directory) => {
      const layer = storedIn(directory, compression, store)
      const secondReads = createSecondReads(layer, createSpool(directory, 0))
      const reading: Rereading<string> = {
        ...collected,
        kind: 'either',
        read: (readFile) => readFile(0, LARGE.size).toString('hex'),
      }
      const read = () => secondReads.valueOf('all', LARGE, reading)
      read()
      await secondReads.readNoted(null)
      expect(read()).toBe(TAR.subarray(LARGE.offset, LARGE.offset + LARGE.size).toString('hex'))
    })
  })

  test('when its tar is read again, then it is the same', async () => {
    await inDirectory(async (directory) => {
      expect((await bytesOf(storedIn(directory, compression, store))).equals(TAR)).toBe(true)
    })
  })

  test.each<[string, (layer: StoredFile) => StoredFile | void]>([
    ['is shorter on disk', ({ path, storedSize }) => truncateSync(path, storedSize - 1)],
    ['is longer on disk', ({ path }) => appendFileSync(path, 'x')],
    ['has fewer bytes than at first', (layer) => ({ ...layer, size: layer.size + 1 })],
    ['has more bytes than at first', (layer) => ({ ...layer, size: layer.size - 1 })],
  ])('when it %s, then it is not read', async (__, change) => {
    await inDirectory(async (directory) => {
      const layer = storedIn(directory, compression, store)
      await expect(bytesOf(change(layer) ?? layer)).rejects.toThrow('has changed since it was written')
    })
  })
})

describe('extents of a tar', () => {
  async function passOf(extents: readonly (typeof SMALL)[], pieceBytes: number) {
    let served = 0
    async function* pieces() {
      for (; served < TAR.length; served += pieceBytes) {
        yield TAR.subarray(served, served + pieceBytes)
      }
    }
    const found: Buffer[] = []
    const readers = extents.map((extent) => {
      const parts: Buffer[] = []
      return {
        extent,
        write: (bytes: Buffer) => void parts.push(Buffer.from(bytes)),
        end: () => void found.push(Buffer.concat(parts)),
      }
    })
    await readExtents(pieces(), readers)
    return { found, served }
  }

  test.each([1000, 65536, 10 * 2 ** 20])(
    'when pieces have %d bytes, then each extent is whole',
    async (size) => {
      // The last two overlap, and two begin at the same byte.
      const extents = [LARGE, SMALL, { offset: 0, size: 1 }, { offset: 700_000, size: 10 }]
      const { found } = await passOf(extents, size)
      expect(found.map((bytes) => bytes.length).sort((a, b) => a - b)).toEqual([1, 10, 1000, LARGE.size])
      for (const { offset, size: length } of extents) {
        expect(found.some((bytes) => bytes.equals(TAR.subarray(offset, offset + length)))).toBe(true)
      }
    },
  )

  test('when the last extent ends, then no more of the tar is read', async () => {
    expect((await passOf([SMALL], 500)).served).toBe(1000)
    expect((await passOf([], 500)).served).toBe(0)
  })

  test('when the tar ends before an extent does, then that is an error', async () => {
    await expect(passOf([SMALL, { offset: TAR.length - 1, size: 2 }], 65536)).rejects.toThrow(
      'a stored layer ends before a file in it does',
    )
  })
})
