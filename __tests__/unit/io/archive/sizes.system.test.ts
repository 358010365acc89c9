import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { createSpool } from '../../../../src/io/archive/store/spool.js'
import { mergeLayers } from '../../../../src/model/image/layers.js'
import { layer, STATUS } from './archives.js'
import { entryOf, inDirectory, ociEntries, read, refusal, sha256, statusOf, tarOf } from './build.js'

describe('sizes and counts', () => {
  test('when a layer is a bomb, then it stops at the bound', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    const archive = tarOf([{ path: `blobs/sha256/${sha256(bomb)}`, body: bomb }])
    const small = { layerBytes: 10 * 1024 * 1024 }
    const big = await refusal(archive, { limits: small })
    expect(big).toMatchObject({ code: 'archive-too-large', leftOver: [] })
    const dense = await refusal(archive, { limits: { compressionRatio: 100, ratioFromBytes: 1024 * 1024 } })
    expect(dense).toMatchObject({ code: 'archive-hostile', leftOver: [] })
    const whole = await refusal(bomb, { limits: { compressionRatio: 100, ratioFromBytes: 1024 * 1024 } })
    expect(whole.code).toBe('archive-hostile')
  })

  test('when a status file is larger than the bound, then it is reported and not taken for none', async () => {
    const huge = tarOf([{ path: STATUS, body: statusOf('libc6').padEnd(5000, '\n') }])
    const { image } = await read(tarOf(ociEntries([layer, huge])), { limits: { statusBytes: 4096 } })
    const root = mergeLayers(image.layers)
    expect(root.files).not.toHaveProperty([STATUS])
    expect(root.unreadable[STATUS]).toBe('5000 bytes, over the limit of 4096')
  })

  test('when there are more files of interest or more text than the bounds, then that is reported', async () => {
    const many = tarOf(
      Array.from({ length: 9 }, (_, at) => ({
        path: `var/lib/dpkg/status.d/p${at}`,
        body: statusOf(`p${at}`),
      })),
    )
    const counted = await read(tarOf(ociEntries([many])), { limits: { filesOfInterest: 4 } })
    expect(Object.keys(counted.image.layers[0]?.files ?? {})).toHaveLength(4)
    expect(Object.keys(counted.image.layers[0]?.unreadable ?? {})).toHaveLength(5)
    const one = statusOf('p0').length
    const weighed = await read(tarOf(ociEntries([many])), { limits: { layerTextBytes: 2 * one } })
    expect(Object.keys(weighed.image.layers[0]?.files ?? {})).toHaveLength(2)
    expect(weighed.image.layers[0]?.unreadable['var/lib/dpkg/status.d/p8']).toContain(
      `exceed the limit of ${2 * one} bytes`,
    )
  })

  test('when layers are named again and again, then what they cost counts each time', async () => {
    const [one, other] = ['a', 'b'].map((name) =>
      tarOf([{ path: 'var/lib/dpkg/status', body: statusOf(name) }, { path: `f/${name}` }]),
    ) as [Buffer, Buffer]
    const size = statusOf('a').length
    const turns = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? one : other))
    const archive = tarOf(ociEntries(turns, turns))
    expect((await read(archive)).image.layers).toHaveLength(10)
    for (const limits of [
      { databaseCharacters: 9 * size },
      { allTextBytes: 9 * size },
      { layerEntries: 19 },
    ]) {
      expect((await refusal(archive, { limits })).code).toBe('archive-too-large')
    }
    const enough = { databaseCharacters: 10 * size, allTextBytes: 10 * size, layerEntries: 100 }
    expect((await read(archive, { limits: enough })).image.layers).toHaveLength(10)
  })

  test('when layers have more entries than the bound, then the image is refused', async () => {
    const many = tarOf(Array.from({ length: 300 }, (_, at) => ({ path: `f${at}` })))
    expect((await refusal(tarOf(ociEntries([many])), { limits: { layerEntries: 200 } })).code).toBe(
      'archive-too-large',
    )
  })

  test('when a pax header is huge, then it is refused', async () => {
    const pax = entryOf({ path: 'PaxHeader', body: Buffer.alloc(2 * 1024 * 1024, 'a') })
    pax[156] = 'x'.charCodeAt(0)
    let sum = 8 * 0x20
    for (let at = 0; at < 512; at++) {
      sum += at >= 148 && at < 156 ? 0 : (pax[at] ?? 0)
    }
    pax.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    expect((await refusal(tarOf([pax]))).code).toBe('archive-hostile')
  })

  test('when JSON is larger than the bound, then the error says which', async () => {
    const entries = ociEntries([layer], [layer], { padding: 'x'.repeat(5000) })
    const { code, what } = await refusal(tarOf(entries), { limits: { jsonBytes: 4096 } })
    expect(code).toBe('archive-unreadable')
    expect(what).toContain('over the limit of 4096')
  })
})

describe('space', () => {
  test('when the layers need more than is free, then it stops before the disk is full', async () => {
    const { code, leftOver } = await refusal(tarOf(ociEntries([layer])), { freeBytes: layer.length - 1 })
    expect(code).toBe('no-space')
    expect(leftOver).toEqual([])
    const zstd = zstdCompressSync(layer)
    const compressed = tarOf(ociEntries([layer], [zstd]))
    expect((await refusal(compressed, { freeBytes: zstd.length - 1 })).code).toBe('no-space')
    expect((await refusal(compressed, { freeBytes: layer.length - 1 })).code).toBe('no-space')
    expect((await read(compressed, { freeBytes: layer.length })).layers).toHaveLength(1)
    expect((await read(tarOf(ociEntries([layer])), { freeBytes: layer.length })).layers).toHaveLength(1)
  })

  // A full disk cannot be had without root (a small tmpfs): the write call is a stand-in that fails as the kernel does.
  test('when the disk is full all the same, then the error says where', async () => {
    await inDirectory(async (directory) => {
      const full = (): number => {
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      }
      const spool = createSpool(directory, 1e12, full)
      const file = spool.create()
      expect(() => file.write(Buffer.from('x'))).toThrow(
        expect.objectContaining({ problem: expect.objectContaining({ code: 'no-space', where: directory }) }),
      )
    })
  })

  test('when the kernel takes a part of the bytes, then the rest is written too', async () => {
    await inDirectory(async (directory) => {
      const taken: string[] = []
      const three = (_: number, bytes: NodeJS.ArrayBufferView | string, at?: unknown): number => {
        const text = Buffer.from(bytes as Buffer).toString('latin1', Number(at), Number(at) + 3)
        taken.push(text)
        return text.length
      }
      createSpool(directory, 100, three as never)
        .create()
        .write(Buffer.from('abcdefgh'))
      expect(taken).toEqual(['abc', 'def', 'gh'])
    })
  })
})
