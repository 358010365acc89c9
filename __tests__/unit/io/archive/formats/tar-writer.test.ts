import { Readable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Parser, type ReadEntry } from 'tar'
import { type TarFile, tarOf } from '../../../../../src/io/archive/formats/tar-writer.js'
import { anyCharacter } from '../../../../support/characters.js'
import { runs } from '../../../../support/runs.js'

interface Read {
  readonly path: string
  readonly type: string
  readonly mode: number | undefined
  readonly uid: number | undefined
  readonly gid: number | undefined
  readonly text: string
}

/** Read by node-tar, which takes anything it would only warn of for an error here. */
async function readBack(tar: Buffer): Promise<Read[]> {
  const entries: Read[] = []
  const parser = new Parser({ strict: true })
  parser.on('entry', (entry: ReadEntry) => {
    const chunks: Buffer[] = []
    entry.on('data', (chunk: Buffer) => chunks.push(chunk))
    entry.on('end', () => {
      const { path, type, mode, uid, gid } = entry
      entries.push({ path, type, mode, uid, gid, text: Buffer.concat(chunks).toString('utf8') })
    })
  })
  await new Promise((resolve, reject) => {
    parser.on('end', resolve)
    parser.on('error', reject)
    Readable.from([tar]).pipe(parser as unknown as NodeJS.WritableStream)
  })
  return entries
}

const FILES: readonly TarFile[] = [
  { path: 'seaworthy/', text: null },
  { path: 'seaworthy/config.yaml', text: '{"é":1}' },
  { path: 'seaworthy/password', text: 'x'.repeat(512), mode: 0o400 },
  { path: 'empty', text: '' },
]

describe('tarOf', () => {
  test('when another reader reads it, then files and folders are there, of root and with their modes', async () => {
    const root = { uid: 0, gid: 0 }
    expect(await readBack(tarOf(FILES))).toEqual([
      { path: 'seaworthy/', type: 'Directory', mode: 0o755, ...root, text: '' },
      { path: 'seaworthy/config.yaml', type: 'File', mode: 0o644, ...root, text: '{"é":1}' },
      { path: 'seaworthy/password', type: 'File', mode: 0o400, ...root, text: 'x'.repeat(512) },
      { path: 'empty', type: 'File', mode: 0o644, ...root, text: '' },
    ])
  })

  test('when it is made twice, then its bytes are the same, in whole blocks with two of zeros at the end', () => {
    const tar = tarOf(FILES)
    expect(tarOf(FILES)).toEqual(tar)
    expect(tar.length % 512).toBe(0)
    expect(tar.subarray(-1024)).toEqual(Buffer.alloc(1024))
  })

  test('when any texts are packed, then they come back', async () => {
    const text = fc.string({ unit: anyCharacter, maxLength: 1200 })
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (texts) => {
        const read = await readBack(tarOf(texts.map((one, at) => ({ path: `f${at}`, text: one }))))
        const expected = texts.map((one) => Buffer.from(one, 'utf8').toString('utf8'))
        expect(read.map((entry) => entry.text)).toEqual(expected)
      }),
      runs(50),
    )
  })

  test('when a path has more than 100 bytes, then it is refused, not cut', async () => {
    const path = 'a'.repeat(100)
    expect((await readBack(tarOf([{ path, text: '' }])))[0]?.path).toBe(path)
    expect(() => tarOf([{ path: `${path}a`, text: '' }])).toThrow('path too long')
    expect(() => tarOf([{ path: 'é'.repeat(51), text: '' }])).toThrow('path too long')
  })
})
