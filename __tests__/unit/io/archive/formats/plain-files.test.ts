import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type PlainFileOptions, unpackPlainFiles } from '../../../../../src/io/archive/formats/plain-files.js'
import { type TarMember, tarOfMembers } from '../../../../../src/io/archive/formats/tar-writer.js'
import { problemOfRejected } from '../../../../support/rejections.js'

let root: string
let folder: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sw-plain-'))
  folder = join(root, 'fresh')
  mkdirSync(folder)
})
afterEach(() => rmSync(root, { recursive: true }))

const member = (path: string, part: Partial<TarMember> = {}): TarMember => ({
  ...{ path, type: 'file', mode: 0o644, uid: 0, gid: 0, link: '', bytes: Buffer.from(path) },
  ...part,
})
const WANTED: PlainFileOptions = {
  nameOf: (path) => /^at\/([ab])$/.exec(path)?.[1] ?? null,
  maxFiles: 2,
  maxTotalBytes: 1000,
  where: 'the cache',
}
async function* inPieces(bytes: Buffer, size = 100) {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size)
  }
}
const unpack = (bytes: Buffer, part: Partial<PlainFileOptions> = {}) =>
  unpackPlainFiles(inPieces(bytes), folder, { ...WANTED, ...part })
const tar = (...members: readonly TarMember[]) => tarOfMembers(members)
const good = () => tar(member('at/a'), member('at/b', { bytes: Buffer.alloc(900, 'b') }))

/** All that lies in the folder of the test, by its path. */
const all = () => readdirSync(root, { recursive: true }).sort()

describe('an archive of plain files', () => {
  test.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('when it is packed with %s, then its files are there, for their user alone', async (_, pack) => {
    expect(await unpack(pack(good()))).toEqual(['a', 'b'])
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('at/a')
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('b'.repeat(900))
    expect(all()).toEqual(['fresh', 'fresh/a', 'fresh/b'])
  })

  test('when it is made of several frames, or members of gzip, then all of them are read', async () => {
    const [head, tail] = [good().subarray(0, 700), good().subarray(700)]
    expect(await unpack(Buffer.concat([head, tail].map((part) => zstdCompressSync(part))))).toHaveLength(2)
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
    expect(await unpack(Buffer.concat([head, tail].map((part) => gzipSync(part))))).toHaveLength(2)
  })

  test('when a name is long, then it is taken as it is', async () => {
    const path = `at/${'x'.repeat(200)}`
    expect(
      await unpack(gzipSync(tar(member(path))), { nameOf: (one) => (one === path ? 'x' : null) }),
    ).toEqual(['x'])
  })

  test('when there is nothing in it, then that is nothing', async () => {
    expect(await unpack(gzipSync(tar()))).toEqual([])
  })

  const abroad = () => join(root, 'abroad')
  test.each<[string, () => readonly TarMember[]]>([
    ['an absolute name', () => [member(abroad())]],
    ['a name that leads out', () => [member('at/../../abroad')]],
    ['a name that leads out and in again', () => [member('at/../at/a')]],
    ['a name with a dot before it', () => [member('./at/a')]],
    ['a name with a slash after it', () => [member('at/a/')]],
    ['a file that was not asked for', () => [member('at/a'), member('at/c')]],
    ['a file twice', () => [member('at/a'), member('at/a')]],
    ['a folder', () => [member('at/a', { type: 'directory', bytes: Buffer.alloc(0) })]],
    ['a link to a place outside', () => [member('at/a', { type: 'symlink', link: abroad() })]],
    [
      'a link, and a file through it',
      () => [member('at/a', { type: 'symlink', link: abroad() }), member('at/a')],
    ],
    ['a hard link', () => [member('at/a', { type: 'hardlink', link: '/etc/passwd' })]],
  ])('when it holds %s, then it is refused, and nothing is written elsewhere', async (_, members) => {
    const bytes = tar(
      ...members().map((one) => (one.type === 'file' ? one : { ...one, bytes: Buffer.alloc(0) })),
    )
    expect((await problemOfRejected(unpack(gzipSync(bytes)))).code).toBe('archive-hostile')
    expect(existsSync(abroad())).toBe(false)
    expect(all().filter((path) => !['fresh', 'fresh/a'].includes(String(path)))).toEqual([])
  })

  /** Type flags of POSIX.1-1988 and of GNU: devices, a pipe, a contiguous file, a sparse one, a volume's name, a list of names. */
  test.each(['3', '4', '6', '7', 'S', 'V', 'D', 'N', 'M'])(
    'when an entry has the type flag %s, then it is refused',
    async (flag) => {
      const bytes = tar(member('at/a', { bytes: Buffer.alloc(0) }))
      bytes.write(flag, 156, 'latin1')
      // The checksum over the header, with its own field as spaces (POSIX.1-1988, ustar).
      bytes.fill(' ', 148, 156)
      const sum = bytes.subarray(0, 512).reduce((so, byte) => so + byte, 0)
      bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
      expect((await problemOfRejected(unpack(gzipSync(bytes)))).code).toBe('archive-hostile')
      expect(all()).toEqual(['fresh'])
    },
  )

  test('when a file lies there already, or a link, then it is not written over', async () => {
    symlinkSync(abroad(), join(folder, 'a'))
    await expect(unpack(gzipSync(good()))).rejects.toThrow('EEXIST')
    expect(existsSync(abroad())).toBe(false)
  })

  test.each<[string, () => Buffer, Partial<PlainFileOptions>]>([
    ['one file more than may be', () => good(), { maxFiles: 1 }],
    ['one byte more than may be', () => good(), { maxTotalBytes: 903 }],
    ['a file that says that it is large', () => tar(member('at/a', { bytes: Buffer.alloc(1001) })), {}],
    ['zeroes without an end after it', () => Buffer.concat([good(), Buffer.alloc(2 ** 20)]), {}],
  ])('when it has %s, then it is too large', async (_, bytes, part) => {
    expect((await problemOfRejected(unpack(gzipSync(bytes()), part))).code).toBe('archive-too-large')
  })

  test('when it is a bomb, then no more of it comes out than may', async () => {
    const bomb = Buffer.concat([
      tar(member('at/a', { bytes: Buffer.alloc(900) })).subarray(0, 1024),
      ...Array.from({ length: 64 }, () => Buffer.alloc(2 ** 20)),
    ])
    const work = unpackPlainFiles(inPieces(zstdCompressSync(bomb)), folder, WANTED)
    expect((await problemOfRejected(work)).code).toBe('archive-too-large')
  })

  test.each<[string, string, (bytes: Buffer) => Buffer]>([
    ['is not packed', 'archive-unreadable', (bytes) => bytes],
    ['is packed otherwise', 'archive-unreadable', (bytes) => brotliCompressSync(bytes)],
    ['is empty', 'archive-unreadable', () => Buffer.alloc(0)],
    ['is no tar', 'archive-unreadable', () => gzipSync(Buffer.alloc(1024, 'x'))],
    ['is cut where it is packed', 'archive-truncated', (bytes) => gzipSync(bytes).subarray(0, -12)],
    ['is cut between two files', 'archive-truncated', (bytes) => gzipSync(bytes.subarray(0, 1024))],
    ['is cut in a file', 'archive-truncated', (bytes) => gzipSync(bytes.subarray(0, 1800))],
    ['has no end', 'archive-truncated', (bytes) => gzipSync(bytes.subarray(0, -1024))],
    ['is cut in a frame', 'archive-truncated', (bytes) => zstdCompressSync(bytes).subarray(0, -5)],
    [
      'goes on after its end',
      'archive-truncated',
      (bytes) => Buffer.concat([gzipSync(bytes), Buffer.from('x')]),
    ],
  ])('when it %s, then it is %s', async (_, code, change) => {
    expect((await problemOfRejected(unpack(change(good())))).code).toBe(code)
  })

  test('when its source fails, then that is the error', async () => {
    async function* broken() {
      yield gzipSync(good()).subarray(0, 50)
      throw new Error('the connection broke')
    }
    await expect(unpackPlainFiles(broken(), folder, WANTED)).rejects.toThrow('the connection broke')
  })
})
