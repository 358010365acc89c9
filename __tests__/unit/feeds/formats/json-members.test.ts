import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { scanMembers } from '../../../../src/feeds/formats/json-members.js'
import type { Member } from '../../../../src/feeds/formats/json-steps.js'
import { SeaworthyError } from '../../../../src/model/problem.js'
import { anyCharacter } from '../../../support/characters.js'
import { runs } from '../../../support/runs.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Scans a document in pieces of a given size. */
function scan(document: string | Uint8Array, size = 1 << 20) {
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document
  const members: Member[] = []
  const decode = (some: Uint8Array) => decoder.decode(some)
  const scanner = scanMembers({ decode, onMember: (member) => members.push(member), namesAtDepth: 4 })
  const piece = new Uint8Array(size)
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size)
    // The scanner must not rely on memory that is used again.
    piece.set(part)
    scanner.push(piece.subarray(0, part.length))
  }
  const values = () =>
    Object.fromEntries(
      members.map(({ key, start, end }) => [key, decoder.decode(bytes.subarray(start, end))]),
    )
  return { summary: scanner.end(), members, values }
}

function errorOf(document: string | Uint8Array, size?: number) {
  try {
    scan(document, size)
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return error.problem
    }
    throw error
  }
  return null
}

describe('a whole document', () => {
  const tracker =
    '{"apt": {"CVE-1": {"releases": {"bookworm": {}, "sid": {}}}, "CVE-2": {}},\n "b\\u0061sh":{} }\n'

  test.each([1, 2, 3, 7, 1000])('when it comes in pieces of %i bytes, then its members are told', (size) => {
    const { members, summary, values } = scan(tracker, size)
    expect(members.map(({ key, rows }) => [key, rows])).toEqual([
      ['apt', 2],
      ['bash', 0],
    ])
    expect(values()).toEqual({
      apt: '{"CVE-1": {"releases": {"bookworm": {}, "sid": {}}}, "CVE-2": {}}',
      bash: '{}',
    })
    expect(summary).toEqual({
      members: 2,
      rows: 2,
      names: new Set(['bookworm', 'sid']),
    })
  })

  test('when the sample tracker is read, then rows, packages and codenames are those that JSON.parse gives', () => {
    const text = readFileSync(new URL('../../../support/feeds/tracker.json', import.meta.url), 'utf8')
    const parsed: Record<string, Record<string, { releases: object }>> = JSON.parse(text)
    const { summary, values } = scan(text, 4096)
    const entries = Object.values(parsed).flatMap((cves) => Object.values(cves))
    expect(summary.rows).toBe(entries.length)
    expect(summary.names).toEqual(new Set(entries.flatMap(({ releases }) => Object.keys(releases))))
    expect(Object.entries(values()).map(([key, value]) => [key, JSON.parse(value)])).toEqual(
      Object.entries(parsed),
    )
  })

  test('when it begins with a byte order mark, then that is passed over', () => {
    expect(scan('\ufeff{"a":1}').values()).toEqual({ a: '1' })
    expect(errorOf(new Uint8Array([0xef, 0xbb, 0x7b, 0x7d]))?.code).toBe('json-invalid')
  })

  test('when a name begins with one, then that is part of it', () => {
    expect(scan('{"\ufeffa":1,"a":2}').values()).toEqual({ '\ufeffa': '1', a: '2' })
  })

  test('when any object is written as JSON, then each member is read as it was, however it is cut', () => {
    const object = fc.dictionary(fc.string({ unit: anyCharacter }), fc.jsonValue())
    fc.assert(
      fc.property(
        object,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 2 }),
        (value, size, indent) => {
          const text = JSON.stringify(value, null, indent)
          const read = Object.entries(scan(text, size).values()).map(([key, json]) => [key, JSON.parse(json)])
          expect(read).toEqual(Object.entries(JSON.parse(text)))
        },
      ),
    )
  })
})

describe('a name that is there twice', () => {
  const unique = (document: string, uniqueDepth: number, size = 1000) => {
    const bytes = new TextEncoder().encode(document)
    const decode = (some: Uint8Array) => decoder.decode(some)
    const scanner = scanMembers({ decode, onMember: () => {}, namesAtDepth: 4, uniqueDepth })
    for (let at = 0; at < bytes.length; at += size) {
      scanner.push(bytes.slice(at, at + size))
    }
    return scanner.end().members
  }

  test.each([
    ['a member', '{"a":{},"b":{},"a":{}}', 1],
    ['a member, one of them escaped', '{"a":{},"\\u0061":{}}', 1],
    ['a row', '{"a":{"C":1,"D":{},"C":2}}', 2],
    ['a name deep inside', '{"a":{"C":{"r":{"x":{"s":1,"f":2,"s":3}}}}}', 9],
  ])('when it is %s, then that is told, however it is cut', (_, document, depth) => {
    for (const size of [1, 2, 5, 1000]) {
      expect(() => unique(document, depth, size)).toThrow(/twice/)
    }
  })

  test('when it is in two objects, or deeper than is asked for, then that is right', () => {
    expect(unique('{"a":{"a":{"x":1}},"b":{"a":{"x":1},"x":[{"x":1},{"x":1}]}}', 9)).toBe(2)
    expect(unique('{"a":{"C":1,"C":2}}', 1)).toBe(1)
    expect(unique('{"a":1,"a":2}', 0)).toBe(2)
  })
})

describe('a document that is none', () => {
  test('when it is cut anywhere, then it is truncated, and the byte is reported', () => {
    const text = '{"a":{"b":[1,-2.5e3,true,"x\\u00e9\\\\"]},"c":null}'
    for (let length = 0; length < text.length; length++) {
      expect(errorOf(text.slice(0, length), 5)).toMatchObject({
        code: 'json-truncated',
        where: `byte ${length}`,
      })
    }
    expect(errorOf(text)).toBeNull()
  })

  test.each<[string, string, string]>([
    ['an error page', '<html><body>Bad gateway', 'byte 0'],
    ['a list', '[{}]', 'byte 0'],
    ['a text', '"{}"', 'byte 0'],
    ['two documents', '{} {}', 'byte 3'],
    ['wrong brackets', '{"a":[1}', 'byte 7'],
    ['a lone closing bracket', '{"a":1]', 'byte 6'],
    ['a comma too many', '{"a":1,}', 'byte 7'],
    ['no comma', '{"a":1 "b":2}', 'byte 7'],
    ['no colon', '{"a" 1}', 'byte 5'],
    ['a key that is no text', '{a:1}', 'byte 1'],
    ['a line break in a text', '{"a":"x\n"}', 'byte 7'],
    ['an unknown escape', '{"a":"\\x"}', 'byte 7'],
    ['a short escape', '{"a":"\\u00g0"}', 'byte 10'],
    ['an unknown word', '{"a":nul}', 'byte 5'],
    ['a number with a leading zero', '{"a":01}', 'byte 5'],
    ['a missing value', '{"a":}', 'byte 5'],
    ['NaN', '{"a":NaN}', 'byte 5'],
  ])('when it is or has %s, then it is invalid, and the byte is told', (_, text, where) => {
    for (const size of [1, 1000]) {
      expect(errorOf(text, size)).toMatchObject({ code: 'json-invalid', where })
    }
  })

  test('when it is an error page, then its first words are reported', () => {
    expect(errorOf('<html><body>Bad gateway')?.what).toBe(
      'not a JSON object: it starts with "<html><body>Bad gateway"',
    )
  })

  test('when it nests endlessly or has an endless key or number, then it is refused', () => {
    expect(errorOf(`{"a":${'['.repeat(10_000)}`)?.what).toMatch(/nesting deeper than 256/)
    expect(errorOf(`{"${'k'.repeat(10_000)}":1}`)?.what).toMatch(/key of more than 4096/)
    expect(errorOf(`{"${'k'.repeat(10_000)}`, 2)?.what).toMatch(/key of more than 4096/)
    expect(errorOf(`{"a":${'1'.repeat(10_000)}}`)?.what).toMatch(/more than 400 digits/)
  })

  test('when JSON.parse refuses a changed document, then it is refused here too, and the other way round', () => {
    const text = '{"a":{"b":[1,-2.5e3,true,"x\\u00e9"]},"c":null,"d":{}}'
    const bytes = fc.constantFrom(...'{}[]",:\\ 0-.eEtnu\n')
    fc.assert(
      fc.property(fc.nat(text.length), fc.integer({ min: 0, max: 2 }), bytes, (at, cut, byte) => {
        const changed = text.slice(0, at) + byte + text.slice(at + cut)
        let parsed: unknown = null
        try {
          parsed = JSON.parse(changed)
        } catch {}
        const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
        expect(errorOf(changed, 3) === null).toBe(isObject)
      }),
      runs(2000),
    )
  })
})
