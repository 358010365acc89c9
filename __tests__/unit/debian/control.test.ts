import { describe, expect, test } from '@jest/globals'
import { parseStanzas } from '../../../src/debian/control.js'
import { problemThrownBy } from '../../support/problems.js'

function read(text: string): { line: number; fields: Record<string, string> }[] {
  return parseStanzas(text, 'status').map(({ line, fields }) => ({
    line,
    fields: Object.fromEntries(fields),
  }))
}

describe('parseStanzas', () => {
  test('when there are several stanzas and empty lines, then each has its fields and first line', () => {
    expect(read('\n\nPackage: a\nVersion:1\n\n\nPackage: b\n\n')).toEqual([
      { line: 3, fields: { package: 'a', version: '1' } },
      { line: 7, fields: { package: 'b' } },
    ])
  })

  test('when a value is folded, then its lines stay together and later lines are counted', () => {
    const text = 'Package: a\nDescription: short\n long\n .\n\tx: y\nVersion: 1\n\nPackage: b\n'
    expect(read(text)).toEqual([
      { line: 1, fields: { package: 'a', description: 'short\n long\n .\n\tx: y', version: '1' } },
      { line: 8, fields: { package: 'b' } },
    ])
  })

  test('when names are in other letters or have blanks before the colon, then they are the same names', () => {
    expect(read('PACKAGE : a\nSource:\n')).toEqual([{ line: 1, fields: { package: 'a', source: '' } }])
  })

  test('when a value has colons, then the first one divides', () => {
    expect(read('Package: a\nVersion: 1:2\n')[0]?.fields).toEqual({ package: 'a', version: '1:2' })
  })

  test('when the text is empty, then there are no stanzas', () => {
    expect(read('')).toEqual([])
    expect(read('\n\n')).toEqual([])
  })

  test('when a field is named like a member of every object, then it is a field', () => {
    const [stanza] = parseStanzas('Package: a\n__proto__: x\nconstructor: y\n', 'status')
    expect(stanza?.fields.get('__proto__')).toBe('x')
    expect(stanza?.fields.get('constructor')).toBe('y')
  })

  test('when no field is required, then stanzas without Package are read', () => {
    expect(parseStanzas('Types: deb\n', 'debian.sources', null)).toHaveLength(1)
  })

  test.each([
    ['a line without a colon', 'Package: a\nfoo\nVersion: 1\n', 2, 'this line has no colon'],
    ['a last line without a colon', 'Package: a\nfoo\n', 2, 'this line has no colon'],
    ['a file cut in a value', 'Package: a\nVersion: 1', 2, 'the file ends in the middle of a line'],
    [
      'a file cut in a folded value',
      'Package: a\nDescription: x\n lo',
      3,
      'the file ends in the middle of a line',
    ],
    ['a file cut in a name', 'Package: a\nVers', 2, 'the file ends in the middle of a line'],
    ['a stanza without Package', 'Package: a\n\nVersion: 1\n', 3, 'this stanza has no package field'],
    ['a stanza with an empty Package', 'Package:\nVersion: 1\n', 1, 'this stanza has no package field'],
    ['a NUL byte', 'Package: a\nVersion: 1\nX: \0\n', 3, 'it contains a NUL byte'],
    ['a NUL byte in the first line', '\0Package: a\n', 1, 'it contains a NUL byte'],
    ['a NUL byte at the start of a line', 'Package: a\n\0\n', 2, 'it contains a NUL byte'],
    ['a field twice', 'Package: a\nVersion: 1\nVERSION: 2\n', 3, 'the field version appears twice'],
    ['a continuation at the start', ' x\nPackage: a\n', 1, 'this continuation line has no field before it'],
    [
      'a line of blanks between stanzas',
      'Package: a\n\n \nPackage: b\n',
      3,
      'this continuation line has no field before it',
    ],
    ['a name with a blank', 'Package: a\nFoo bar: x\n', 2, '"Foo bar" is not a valid field name'],
    ['a name that begins with a hyphen', 'Package: a\n-x: y\n', 2, '"-x" is not a valid field name'],
    ['an empty name', 'Package: a\n: y\n', 2, '"" is not a valid field name'],
    ['Windows line ends', 'Package: a\r\n\r\nPackage: b\r\n', 2, 'this line has no colon'],
  ])('when there is %s, then it is refused with its line', (_, text, line, message) => {
    const problem = problemThrownBy(() => parseStanzas(text, 'var/lib/dpkg/status'))
    expect(problem.code).toBe('dpkg-status-broken')
    expect(problem.where).toBe(`var/lib/dpkg/status:${line}`)
    expect(problem.what).toBe(`the package database is damaged: ${message}`)
  })

  test('when a name that is refused is long, then its first 60 characters are named', () => {
    const problem = problemThrownBy(() => parseStanzas(`-${'x'.repeat(60)}: a\n`, 'status'))
    expect(problem.what).toMatch(/: "-x{59}" is not a valid field name$/)
  })

  test('when a file is cut anywhere inside a line, then it is never read as a shorter one', () => {
    const text = 'Package: a\nVersion: 1.2\n\nPackage: b\nVersion: 2\nDescription: x\n y\n'
    for (let length = 1; length < text.length; length++) {
      const cut = text.slice(0, length)
      if (cut.endsWith('\n')) {
        continue
      }
      expect(problemThrownBy(() => parseStanzas(cut, 'status')).code).toBe('dpkg-status-broken')
    }
  })
})
