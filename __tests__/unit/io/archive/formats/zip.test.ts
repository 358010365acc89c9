import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { unzipSync, zipSync } from 'fflate'
import { unpackEntry, ZipError, zipEntries } from '../../../../../src/io/archive/formats/zip.js'
import { bufferSource } from '../../../../../src/io/archive/formats/zip-records.js'
import { openStored, readWithin } from '../../../../../src/io/archive/store/stored.js'
import { zip64Of, zipOf } from '../../../../support/hostile-zip.js'

const GiB = 2 ** 30
const names = (bytes: Buffer) => zipEntries(bufferSource(bytes)).map(({ name }) => name)
const END_BYTES = 22
const one = zipOf([{ name: 'one', body: '1' }])
const two = zipOf([{ name: 'two', body: '2' }])
const three = zipOf([{ name: 'three', body: '3' }])

/** Java, which checks more of an end record that something follows, finds no file where this one has its first. */
const onlyForPython = Buffer.from(three)
onlyForPython.writeUInt32LE(three.readUInt32LE(three.length - 6) - 1, three.length - 6)

/** A zip whose comment is all that follows it. */
function withComment(zip: Buffer, comment: Buffer): Buffer {
  const whole = Buffer.concat([zip, comment])
  whole.writeUInt16LE(comment.length, zip.length - 2)
  return whole
}

/** An end record for the directory of a zip, so many bytes behind it. */
function endOf(zip: Buffer, later: number): Buffer {
  const end = Buffer.from(zip.subarray(-END_BYTES))
  // The directory ends where its record begins: what lies between counts as part of it.
  end.writeUInt32LE(end.readUInt32LE(12) + later, 12)
  return end
}

test('when a library has written a zip, then names and contents are those that it reads', () => {
  const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7919) % 251)
  const zip = Buffer.from(
    zipSync({
      'META-INF/MANIFEST.MF': Buffer.from('Manifest-Version: 1.0\n'),
      empty: new Uint8Array(),
      'fold/': new Uint8Array(),
      'stored.bin': [bytes(70_000), { level: 0 }],
      'packed.bin': [bytes(70_000), { level: 9 }],
      'ünï/\u{1f40b}.txt': [Buffer.from('whale'), { comment: 'a comment', extra: { 7: bytes(9) } }],
    }),
  )
  const source = bufferSource(zip)
  const own = zipEntries(source).map(
    (entry) => [entry.name, unpackEntry(source, entry, 2 ** 20).toString('hex')] as const,
  )
  const library = Object.entries(unzipSync(zip)).map(
    ([name, body]) => [name, Buffer.from(body).toString('hex')] as const,
  )
  expect(own).toHaveLength(6)
  expect(own).toEqual(library)
})

test.each<[string, Buffer, string[]]>([
  ['one byte behind it', Buffer.concat([one, Buffer.from('x')]), ['one']],
  ['65,535 bytes behind it', Buffer.concat([one, Buffer.alloc(65_535)]), ['one']],
  ['a script in front of it', Buffer.concat([Buffer.from('#!/bin/sh\nexec java -jar $0\n'), one]), ['one']],
  ['both', Buffer.concat([Buffer.from('#!/bin/sh\n'), one, Buffer.from('\n\n')]), ['one']],
  ['another zip in front of it', Buffer.concat([two, one]), ['one']],
])('when a zip has %s, then it is read all the same', (_, bytes, wanted) => {
  expect(names(bytes)).toEqual(wanted)
})

test('when its comment is another zip, then that one counts, as to Java and Python', () => {
  expect(names(withComment(one, two))).toEqual(['two'])
})

test('when it has three end records, then those that Java and Python take both count', () => {
  expect(names(withComment(one, withComment(two, Buffer.concat([onlyForPython, Buffer.from('x')]))))).toEqual(
    ['two', 'three'],
  )
})

test('when its comment contains an end record that leads nowhere, then it is skipped, as by Java', () => {
  const nowhere = Buffer.from(one.subarray(-END_BYTES))
  nowhere.writeUInt32LE(7, 12)
  expect(names(withComment(one, Buffer.concat([nowhere, Buffer.from('x')])))).toEqual(['one'])
  expect(() => names(withComment(one, nowhere))).toThrow('no central directory where its end record says')
})

test('when one of two directories is broken, then the zip is unreadable: who reads it otherwise is not known', () => {
  const broken = Buffer.concat([one, endOf(one, END_BYTES)])
  expect(() => names(broken)).toThrow(new ZipError('its central directory is broken'))
})

test('when more places look like an end record than any zip has, then it is unreadable', () => {
  const signature = Buffer.from('PK\x05\x06', 'latin1')
  const ends = Array.from({ length: 100 }, () => Buffer.concat([signature, Buffer.alloc(18, 1)]))
  expect(() => names(Buffer.concat([one, ...ends]))).toThrow(
    new ZipError('more than 64 places look like its end record'),
  )
})

test('when bytes behind a zip are more than a comment can be, then it is none, as to Java and Python', () => {
  expect(() => names(Buffer.concat([one, Buffer.alloc(66_000)]))).toThrow('it is not a zip')
})

test('when a zip has 65,535 entries or more, then all of them are read, with ZIP64 or without', () => {
  const file = { name: 'a', body: '' }
  for (const repeated of [65_535, 65_536]) {
    expect(names(zipOf([file], { repeated }))).toHaveLength(repeated)
    expect(names(zip64Of([file], { repeated }))).toHaveLength(repeated)
  }
})

test('when sizes and offsets are in ZIP64 fields, then files are found and unpacked', () => {
  const zip = zip64Of([
    { name: 'a', body: 'x'.repeat(500) },
    { name: 'b', body: 'y' },
  ])
  const source = bufferSource(zip)
  const bodies = zipEntries(source).map((entry) => unpackEntry(source, entry, 1000).toString())
  expect(bodies).toEqual(['x'.repeat(500), 'y'])
})

test('when a zip is as large as the disk has holes, then only its directory and what is asked for is read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'))
  try {
    const tar = join(folder, 'layer.tar')
    const size = 4 * GiB - 1
    const zip = zipOf([{ name: 'far', body: 'found' }])
    truncateSync(openAndClose(tar), 512 + size - zip.length)
    const descriptor = openSync(tar, 'r+')
    writeSync(descriptor, zip, 0, zip.length, 512 + size - zip.length)
    closeSync(descriptor)
    let taken = 0
    const stored = openStored(tar)
    const counted = (at: number, length: number) => {
      taken += length
      return stored.read(at, length)
    }
    const source = { size, read: readWithin(counted, { offset: 512, size }) }
    const [entry] = zipEntries(source)
    const body = entry === undefined ? null : unpackEntry(source, entry, 100).toString()
    stored.close()
    expect(body).toBe('found')
    expect(taken).toBeLessThan(70_000)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function openAndClose(path: string): string {
  closeSync(openSync(path, 'w'))
  return path
}
