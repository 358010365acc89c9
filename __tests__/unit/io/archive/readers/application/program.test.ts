import { deflateSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import type { ApplicationStatement } from '../../../../../../src/model/packages/application.js'
import { auditableProgram, goProgram, oldGoProgram, rustProgram } from '../../../../../support/programs.js'
import { type Entry, readAlike, tarOf } from '../../build.js'

type Statements = readonly ApplicationStatement[]

async function statementsOf(body: Buffer, entry: Partial<Entry> = {}, limits = {}): Promise<Statements> {
  const layer = tarOf([{ path: 'app', body, mode: 0o644, ...entry }])
  const { image } = await readAlike([layer], {}, { limits })
  return image.layers[0]?.applications?.files.app?.says ?? []
}

const short = (all: Statements) => all.map(({ kind, name, version }) => `${kind} ${name} ${version}`)

const LINES = [
  'path\ta.example/app',
  'mod\ta.example/app\t(devel)\t',
  'dep\tgolang.org/x/text\tv0.3.5\th1:abc=',
]
const MODULES = ['golang stdlib 1.17.13', 'golang a.example/app null', 'golang golang.org/x/text v0.3.5']

describe('a Go program', () => {
  test.each([0o755, 0o644, 0o600])('when its mode is %o, then its modules are listed', async (mode) => {
    expect(short(await statementsOf(goProgram('go1.17.13', LINES), { mode }))).toEqual(MODULES)
  })

  test.each<[4 | 8, boolean]>([
    [8, false],
    [8, true],
    [4, false],
    [4, true],
  ])(
    'when it is of Go 1.17, with pointers of %d bytes, big-endian: %s, then they are followed',
    async (width, isBig) => {
      expect(short(await statementsOf(oldGoProgram('go1.17.13', LINES, { width, isBig })))).toEqual(MODULES)
    },
  )

  test('when it is of Go 1.17 and for amd64, then its modules have that architecture', async () => {
    const found = await statementsOf(oldGoProgram('go1.17.13', LINES))
    expect(found.map(({ arch }) => arch)).toEqual(['amd64', 'amd64', 'amd64'])
  })

  const NOWHERE = 'unreadable Go build information of Go 1.17 or older that leads nowhere null'
  const whole = oldGoProgram('go1.17.13', LINES)
  const without = (from: number, to: number) => {
    const bytes = Buffer.from(whole)
    bytes.fill(0, from, to)
    return bytes
  }
  test.each<[string, Buffer]>([
    ['are all zero, as in one that is loaded at any address', without(128 + 16, 128 + 32)],
    ['lead behind its end', oldGoProgram('go1.17.13', LINES, { shift: 2 ** 30 })],
    ['lead in front of its beginning', oldGoProgram('go1.17.13', LINES, { shift: -0x300000 })],
    ['are of a program without program headers', without(54, 58)],
    ['are of a program with program headers of another size', without(54, 56)],
    ['are of a class that does not exist', without(4, 5)],
    ['are those of a program that ends behind them', whole.subarray(0, 128 + 40)],
  ])('when its pointers %s, then that is said, and nothing breaks', async (_, body) => {
    expect(short(await statementsOf(body))).toEqual([NOWHERE])
  })

  test('when it is cut at any byte, then it is read, or said to be unreadable, or nothing is left of its mark', async () => {
    for (let end = 120; end < whole.length; end += 7) {
      const found = short(await statementsOf(whole.subarray(0, end)))
      const isModules = found[0] === MODULES[0]
      expect(isModules || found.join() === NOWHERE || found.length === 0).toBe(true)
      expect(found.length > 0).toBe(end >= 128 + 32)
    }
  })

  test('when it is reported to have more text than it has room for, then nothing is allocated for it', async () => {
    const bytes = Buffer.from(whole)
    bytes.writeUInt32LE(0xffffffff, 128 + 32 + 8)
    expect(short(await statementsOf(bytes))).toEqual([NOWHERE])
  })

  test('when it is packed, then none of it can be known', async () => {
    expect(await statementsOf(Buffer.concat([whole.subarray(0, 128), deflateSync(whole)]))).toEqual([])
  })
})

describe('a Rust program with a list of crates', () => {
  /** As cargo auditable 0.7.7 wrote it for a program with smallvec 1.6.0, built by a script that uses cc. */
  const REAL = Buffer.from(
    [
      'eJyNz8EOgjAMBuB36XlZmCRGeRXDoXTVLIxt2YAL4d2tHhTw4rF/mq/9F0hIPT64QHNbIODA0ACmBApmzsXFIHOla1',
      '1JUuKU6bXgI6GXwHLiYDmQewNG1a2CHOMIzZgnXtWHJNqJRlf6Um9Jyjhy0S5K2LtgJeom5+3vlVO7cb3r6PDrSZur',
      '+YveOGVA72c+fnne9/5KqxS9xzygVDXrEyp3Z1Y=',
    ].join(''),
    'base64',
  )
  const packages = [
    { name: 'app', version: '0.3.0', source: 'local', dependencies: [1, 3], root: true },
    { name: 'cc', version: '1.0.83', source: 'crates.io', kind: 'build' },
    { name: 'fork', version: '2.0.0', source: 'git', kind: 'runtime' },
    { name: 'smallvec', version: '1.6.0', source: 'crates.io' },
  ]

  test('when cargo auditable has written it, then the crates in the program are listed', async () => {
    expect(short(await statementsOf(auditableProgram(REAL)))).toEqual([
      'cargo app 0.3.0',
      'cargo smallvec 1.6.0',
    ])
  })

  test.each<[4 | 8, boolean]>([
    [8, true],
    [4, false],
    [4, true],
  ])('when its ELF file has addresses of %d bytes, big-endian: %s, then too', async (width, isBig) => {
    const found = await statementsOf(auditableProgram({ packages, format: 1 }, { width, isBig }))
    expect(short(found)).toEqual(['cargo app 0.3.0', 'cargo fork 2.0.0', 'cargo smallvec 1.6.0'])
    expect(found.map(({ isFromCheckout }) => isFromCheckout)).toEqual([true, true, undefined])
  })

  test.each<[string, Buffer | object, string]>([
    ['is not packed', Buffer.from('{"packages":[]}'), 'that is broken, or has more than 8 MiB'],
    ['is cut', deflateSync('{"packages":[]}').subarray(0, 12), 'that is broken, or has more than 8 MiB'],
    ['is empty', Buffer.alloc(0), 'that is broken, or has more than 8 MiB'],
    ['is no JSON', deflateSync('packages'), 'that is broken, or has more than 8 MiB'],
    ['has no packages', { format: 1 }, 'that is broken, or has more than 8 MiB'],
    ['unpacks to 64 MiB', deflateSync(Buffer.alloc(2 ** 26, 0x20)), 'that is broken, or has more than 8 MiB'],
    ['names no crate', { packages: [] }, 'that is empty'],
    ['names only what built it', { packages: [packages[1]] }, 'that is empty'],
    ['has a crate without a name', { packages: [{ version: '1.0.0' }] }, 'with one that has no name'],
    [
      'has more crates than are read',
      { packages: Array.from({ length: 5001 }, () => packages[3]) },
      'of more than 5000',
    ],
  ])('when the list %s, then that is said', async (_, list, why) => {
    expect(short(await statementsOf(auditableProgram(list)))).toEqual([
      `unreadable a list of crates (.dep-v0) ${why} null`,
    ])
  })

  test('when the lists in an image unpack to more than the limit, then those beyond it are unreadable', async () => {
    const found = await statementsOf(auditableProgram({ packages }), {}, { unpackedBytes: 100 })
    expect(found.map(({ kind }) => kind)).toEqual(['unreadable'])
  })

  test('when its table of sections is stripped, or it has no list, then it is a Rust program', async () => {
    const stripped = Buffer.from(auditableProgram({ packages }))
    stripped.writeUInt16LE(0, 60)
    expect(short(await statementsOf(stripped))).toEqual(['rust  null'])
    expect(short(await statementsOf(rustProgram()))).toEqual(['rust  null'])
  })

  test('when thousands of sections share one long name, then reading them takes no more than their table', async () => {
    const bytes = auditableProgram({ packages })
    const row = 64
    const table = Buffer.alloc(row * 65_535)
    table.writeBigUInt64LE(0n, row + 24)
    table.writeBigUInt64LE(BigInt(bytes.length), row + 32)
    const hostile = Buffer.concat([bytes, table])
    hostile.writeBigUInt64LE(BigInt(bytes.length), 40)
    hostile.writeUInt16LE(65_535, 60)
    hostile.writeUInt16LE(1, 62)
    expect(short(await statementsOf(hostile))).toEqual(['rust  null'])
  })
})
