import { describe, expect, test } from '@jest/globals'
import { indexFilter } from '../../../../../src/checks/security-updates/archive/narrow.js'

function narrow(text: string, wanted: readonly string[], size = text.length) {
  const it = indexFilter(new Set(wanted))
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) {
    it.push(bytes.subarray(at, at + size))
  }
  return it.end()
}

const INDEX =
  'Package: a\nVersion: 1\n\nPackage: ä\nVersion: 2\nMaintainer: Jürgen\n\n\nVersion: 3\nPackage: c\nDepends: a,\n b\nTag: x,\n y\n\nPackage: a\nVersion: 4\n'

describe('narrower', () => {
  test('when stanzas pass, then all are counted, and those that are wanted are kept in order', () => {
    expect(narrow(INDEX, ['a', 'c'])).toEqual({
      rows: 4,
      stanzas: [
        { name: 'a', text: 'Package: a\nVersion: 1\n' },
        { name: 'c', text: 'Version: 3\nPackage: c\nDepends: a,\n b\n' },
        { name: 'a', text: 'Package: a\nVersion: 4\n' },
      ],
    })
  })

  test('when the bytes are cut anywhere, then the result is the same', () => {
    const whole = narrow(INDEX, ['a', 'c'])
    for (let size = 1; size < INDEX.length; size++) {
      expect(narrow(INDEX, ['a', 'c'], size)).toEqual(whole)
    }
  })

  test('when versions of sources are asked for, then the highest of each, of any name, that is built for the architecture', () => {
    const stanza = (name: string, version: string, source = '', architecture = 'amd64') =>
      `Package: ${name}\n${source === '' ? '' : `Source: ${source}\n`}Version: ${version}\nArchitecture: ${architecture}\n`
    const text = [
      stanza('libbotan-3-7', '3.7.1+dfsg-2', 'botan3'),
      stanza('libbotan-3-12', '3.12.0+dfsg-2~deb13u1+b1', 'botan3 (3.12.0+dfsg-2~deb13u1)'),
      stanza('libbotan-3-9', '3.9.0-1', 'botan3'),
      stanza('botan3-doc', '4.0-1', 'botan3', 'all'),
      stanza('tar', '1.35-1'),
      stanza('tar-scripts', '1.36-1', 'other'),
      stanza('bash', '5.2-1'),
    ].join('\n')
    for (const size of [7, 100, text.length]) {
      const filter = indexFilter(new Set(['libbotan-3-7']), 'packages', new Set(['botan3', 'tar']))
      for (let at = 0; at < text.length; at += size) {
        filter.push(Buffer.from(text.slice(at, at + size)))
      }
      expect(filter.end()?.stanzas.map(({ name }) => name)).toEqual(['libbotan-3-7'])
      expect([...filter.sourceVersions]).toEqual([
        ['botan3', '3.12.0+dfsg-2~deb13u1'],
        ['tar', '1.35-1'],
      ])
    }
  })

  test.each([
    ['nothing', '', { rows: 0, stanzas: [] }],
    ['empty lines', '\n\n\n', { rows: 0, stanzas: [] }],
    [
      'one stanza without a last newline',
      'Package: a',
      { rows: 1, stanzas: [{ name: 'a', text: 'Package: a\n' }] },
    ],
    ['a stanza without a name', 'Package: a\n\nVersion: 1\n\nPackage: a\n', null],
    ['an empty name', 'Package:\nVersion: 1\n', null],
  ])('when it is given %s, then that is told', (_, text, result) => {
    expect(narrow(text, ['a'])).toEqual(result)
  })
})
