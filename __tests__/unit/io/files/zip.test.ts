import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readZip } from '../../../../src/io/files/zip.js'
import { makeZip } from '../../../support/zip.js'

const LIMITS = { entries: 1000, entryBytes: 10_000, allBytes: 50_000 }
const FILES = [
  { name: 'a.json', bytes: '{"a":1}' },
  { name: 'folder/', bytes: '' },
  { name: 'b.json', bytes: 'b'.repeat(5000), stored: true },
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function entriesOf(zip: Buffer, limits = LIMITS): Promise<[string, string][] | string> {
  const path = join(folder, 'z.zip')
  writeFileSync(path, zip)
  const file = await open(path)
  const found: [string, string][] = []
  try {
    await readZip(file, limits, (name, bytes) => void found.push([name, bytes.toString('utf8')]))
    return found
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'))
  } finally {
    await file.close()
  }
}

/** The first place of these bytes, changed by `change`. */
function changed(zip: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(zip)
  copy[at] = value
  return copy
}

describe('a zip', () => {
  const expected = [
    ['a.json', '{"a":1}'],
    ['b.json', 'b'.repeat(5000)],
  ]

  test('when it is whole, in 32 or 64 bits, with a comment or not, then all its files are read', async () => {
    expect(await entriesOf(makeZip(FILES))).toEqual(expected)
    expect(await entriesOf(makeZip(FILES, true))).toEqual(expected)
    const comment = Buffer.concat([makeZip(FILES), Buffer.from('hi')])
    comment.writeUInt16LE(2, comment.length - 4)
    expect(await entriesOf(comment)).toEqual(expected)
    expect(await entriesOf(makeZip([]))).toEqual([])
  })

  test('when it is cut anywhere, then none of it is believed', async () => {
    const zip = makeZip(FILES)
    for (const length of [0, 1, 21, 100, zip.length - 23, zip.length - 1]) {
      expect([length, await entriesOf(zip.subarray(0, length))]).toEqual([length, 'zip-cut'])
    }
  })

  test('when it is HTML or gzip, then it is none', async () => {
    expect(await entriesOf(Buffer.from(`<html>${'x'.repeat(1000)}</html>`))).toBe('zip-cut')
  })

  test.each([
    ['content', 40, 0xff],
    ['a local head', 1, 0],
    ['the checksum in the directory', -1, 0],
  ])('when %s is damaged, then it is refused', async (_, place, value) => {
    const zip = makeZip(FILES)
    const directory = zip.readUInt32LE(zip.length - 6)
    expect(await entriesOf(changed(zip, place < 0 ? directory + 16 : place, value))).toBe('zip-bad')
  })

  test('when the directory points into itself, or is not where its end says, then it is refused', async () => {
    const zip = makeZip(FILES)
    const directory = zip.readUInt32LE(zip.length - 6)
    expect(await entriesOf(changed(zip, directory + 44, 0x10))).toBe('zip-bad')
    const moved = Buffer.from(zip)
    moved.writeUInt32LE(directory - 1, zip.length - 6)
    expect(await entriesOf(moved)).toBe('zip-bad')
  })

  test('when an entry says less than it has, then it is refused, and not unpacked further', async () => {
    const zip = makeZip([{ name: 'a', bytes: '0'.repeat(9000) }])
    const directory = zip.readUInt32LE(zip.length - 6)
    const lies = Buffer.from(zip)
    lies.writeUInt32LE(10, directory + 24)
    expect(await entriesOf(lies)).toBe('zip-bad')
  })

  test('when there are more entries or bytes than the limits, then it is too large', async () => {
    expect(await entriesOf(makeZip(FILES), { ...LIMITS, entries: 2 })).toBe('zip-large')
    expect(await entriesOf(makeZip(FILES), { ...LIMITS, entryBytes: 4999 })).toBe('zip-large')
    expect(await entriesOf(makeZip(FILES), { ...LIMITS, allBytes: 5000 })).toBe('zip-large')
  })

  test('when it is encrypted, or packed in another way, then it is refused', async () => {
    const zip = makeZip(FILES)
    const directory = zip.readUInt32LE(zip.length - 6)
    expect(await entriesOf(changed(zip, directory + 8, 1))).toBe('zip-bad')
    expect(await entriesOf(changed(zip, directory + 10, 12))).toBe('zip-bad')
  })
})
