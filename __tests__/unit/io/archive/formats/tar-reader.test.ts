import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createTarReader } from '../../../../../src/io/archive/formats/tar-reader.js'
import { codeOf } from '../../../../support/problems.js'
import { runs } from '../../../../support/runs.js'
import { END, type Entry, entryOf, padded, tarOf } from '../build.js'

interface EntryRead {
  readonly path: string
  readonly linkPath: string
  readonly type: string
  readonly mode: number
  body: string
}

function readAll(
  archive: Buffer,
  size: number,
): { readonly entriesRead: readonly EntryRead[]; readonly state: string } {
  const entriesRead: EntryRead[] = []
  const reader = createTarReader(
    ({ path, linkPath, type, mode }) => {
      const one: EntryRead = { path, linkPath, type, mode, body: '' }
      const take = (text: string): void => {
        one.body += text
      }
      entriesRead.push(one)
      return { write: (bytes) => take(bytes.toString('latin1')), end: () => take('|') }
    },
    'test',
    { extendedHeaderBytes: 65536 },
  )
  for (let at = 0; at < archive.length; at += size) {
    reader.write(archive.subarray(at, at + size))
  }
  return { entriesRead, state: reader.state() }
}

/** An extended header as GNU tar or a pax writer makes it: an entry of that type. */
function extension(type: string, body: string): Buffer {
  const entry = entryOf({ path: '././@LongLink', body })
  entry[156] = type.charCodeAt(0)
  return withChecksum(entry)
}

function withChecksum(entry: Buffer): Buffer {
  let sum = 8 * 0x20
  for (let at = 0; at < 512; at++) {
    sum += at >= 148 && at < 156 ? 0 : (entry[at] ?? 0)
  }
  entry.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return entry
}

function record(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + 1
  while (length !== rest + String(length).length) {
    length = rest + String(length).length
  }
  return `${length} ${key}=${value}\n`
}

describe('the tar reader', () => {
  test('when node-tar writes entries, then they are read back in pieces of any size', () => {
    const name = fc.stringMatching(/^[a-zA-Zé€.]{1,40}(\/[a-zA-Zé€]{1,40}){0,6}$/)
    const entry = fc.record({
      name,
      body: fc.string({ unit: 'binary-ascii', maxLength: 1500 }),
      mode: fc.nat(0o7777),
    })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), fc.integer({ min: 1, max: 2000 }), (entries, size) => {
        const archive = tarOf(
          entries.map((one) => ({ path: 'x', paxPath: one.name, body: one.body, mode: one.mode })),
        )
        const { entriesRead, state } = readAll(archive, size)
        expect(state).toBe('ended')
        expect(entriesRead.map(({ path, body, mode }) => ({ name: path, body, mode }))).toEqual(
          entries.map((one) => ({ ...one, body: `${one.body}|` })),
        )
      }),
      runs(200),
    )
  })

  test('when a name is split into prefix and name, then it is joined', () => {
    const path = `${'d'.repeat(90)}/${'e'.repeat(60)}/name`
    expect(readAll(tarOf([{ path }]), 512).entriesRead[0]?.path).toBe(path)
  })

  test('when GNU long names come before an entry, then they are its names', () => {
    const path = 'a/'.repeat(100)
    const link: Entry = { path: 'short', type: 'SymbolicLink', linkpath: 'short' }
    const archive = Buffer.concat([
      extension('L', `${path}\0`),
      extension('K', 'b'.repeat(300)),
      entryOf(link),
      END,
    ])
    expect(readAll(archive, 700).entriesRead[0]).toMatchObject({
      path,
      linkPath: 'b'.repeat(300),
      type: 'symlink',
    })
  })

  test("when a pax value holds a line that looks like a path record, then it is only the value's", () => {
    const pax = extension('x', record('comment', `a\n${record('path', 'var/lib/dpkg/status')}`))
    const { entriesRead } = readAll(Buffer.concat([pax, entryOf({ path: 'harmless' }), END]), 512)
    expect(entriesRead[0]?.path).toBe('harmless')
  })

  test('when a pax header ends inside a character at a chunk border, then the name is whole', () => {
    const paxPath = `${'x'.repeat(700)}őűé`
    const archive = tarOf([{ path: 'x', paxPath }])
    for (let size = 1200; size < 1260; size++) {
      expect(readAll(archive, size).entriesRead[0]?.path).toBe(paxPath)
    }
  })

  test('when a global pax header names a path, then entries keep their own', () => {
    const archive = Buffer.concat([extension('g', record('path', 'evil')), entryOf({ path: 'own' }), END])
    expect(readAll(archive, 512).entriesRead[0]?.path).toBe('own')
  })

  test('when pax gives the size, then it rules over the header', () => {
    const entry = entryOf({ path: 'a', body: 'hello' })
    entry.write('00000000000\0', 124, 'latin1')
    const archive = Buffer.concat([extension('x', record('size', '5')), withChecksum(entry), END])
    expect(readAll(archive, 512).entriesRead[0]?.body).toBe('hello|')
  })

  test('when a size is in base 256, then it is read', () => {
    const entry = entryOf({ path: 'a', body: 'hello' })
    entry.fill(0, 124, 136)
    entry[124] = 0x80
    entry[135] = 5
    expect(readAll(Buffer.concat([withChecksum(entry), END]), 512).entriesRead[0]?.body).toBe('hello|')
  })

  test('when a link has a size, then it has no body all the same', () => {
    const link = entryOf({ path: 'l', type: 'Link', linkpath: 'x' })
    link.write('00000001000\0', 124, 'latin1')
    const archive = Buffer.concat([withChecksum(link), entryOf({ path: 'next' }), END])
    expect(readAll(archive, 512).entriesRead.map((one) => one.path)).toEqual(['l', 'next'])
  })

  test('when a GNU sparse file has more map blocks, then they are not its body', () => {
    const sparse = entryOf({ path: 's', body: 'data' })
    sparse[156] = 'S'.charCodeAt(0)
    sparse[482] = 1
    withChecksum(sparse)
    const map = Buffer.alloc(512, 0x30)
    map[504] = 1
    const lastMap = Buffer.alloc(512, 0x30)
    lastMap[504] = 0
    const header = sparse.subarray(0, 512)
    const archive = Buffer.concat([
      header,
      map,
      lastMap,
      padded(Buffer.from('data')),
      entryOf({ path: 'n' }),
      END,
    ])
    expect(readAll(archive, 512).entriesRead).toMatchObject([
      { type: 'sparse', body: 'data|' },
      { path: 'n' },
    ])
  })

  test.each([
    ['a wrong checksum', (): Buffer => Buffer.concat([entryOf({ path: 'a' }), Buffer.alloc(512, 7)])],
    ['an entry after a zero block', (): Buffer => Buffer.concat([Buffer.alloc(512), entryOf({ path: 'a' })])],
    ['a negative size', (): Buffer => withChecksum(Buffer.from(entryOf({ path: 'a' }).fill(0xff, 124, 136)))],
    ['a pax record of wrong length', (): Buffer => extension('x', '99 path=x\n')],
    ['a pax name with a NUL', (): Buffer => extension('x', record('path', 'a\0b'))],
  ])('when there is %s, then it is an error', (_, archive) => {
    expect(() => readAll(archive(), 512)).toThrow()
  })

  // With the first an engine (20.10, overlay2) was seen to show another /etc/passwd, with the second none.
  test.each(['trusted.overlay.redirect', 'trusted.overlay.opaque', 'user.overlay.metacopy'])(
    'when an entry brings the attribute %s, then it would be another file in the engine, and is refused',
    (name) => {
      const archive = (key: string) =>
        Buffer.concat([extension('x', record(`SCHILY.xattr.${key}`, '/e')), entryOf({ path: 'etc' }), END])
      expect(codeOf(() => readAll(archive(name), 512))).toBe('archive-hostile')
      expect(readAll(archive('security.capability'), 512).entriesRead).toHaveLength(1)
    },
  )

  // What overlayfs notes for itself: rootless Podman took them along with user.* before it left them out.
  test.each(['user.overlay.origin', 'user.overlay.impure', 'trusted.overlay.nlink', 'trusted.overlay.uuid'])(
    'when an entry brings the attribute %s, then it is the same file, and is read',
    (name) => {
      const records = record(`SCHILY.xattr.${name}`, 'y')
      const archive = Buffer.concat([extension('x', records), entryOf({ path: 'etc' }), END])
      expect(readAll(archive, 512).entriesRead).toHaveLength(1)
    },
  )

  test('when the end marker has come, then nothing after it is looked at', () => {
    const archive = Buffer.concat([tarOf([{ path: 'a' }]), Buffer.alloc(5000, 7)])
    expect(readAll(archive, 100)).toMatchObject({ entriesRead: [{ path: 'a' }], state: 'ended' })
  })

  test('when an archive is cut, then its state tells where', () => {
    const archive = Buffer.concat([
      extension('x', record('path', 'a')),
      entryOf({ path: 'b', body: 'hello' }),
    ])
    expect(readAll(archive.subarray(0, 100), 512).state).toBe('start')
    expect(readAll(archive.subarray(0, 1024), 512).state).toBe('inside')
    expect(readAll(archive.subarray(0, 1540), 512).state).toBe('inside')
    expect(readAll(archive, 512).state).toBe('boundary')
  })
})
