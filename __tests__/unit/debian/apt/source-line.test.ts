import { expect, test } from '@jest/globals'
import { withoutComment } from '../../../../src/debian/apt/source-line.js'
import { parseAptStanzas } from '../../../../src/debian/apt/stanzas.js'

test.each([
  ['deb http://m.example/ x main', 'deb http://m.example/ x main'],
  ['deb a b # c # d', 'deb a b '],
  ['# deb [a] b', ''],
  ['deb [a=#b] c', 'deb [a=#b] c'],
  ['deb [a=#b] c # d', 'deb [a=#b] c '],
  ['deb [#] [#] c#', 'deb [#] [#] c'],
  ['deb [a] b [#] c # [d]', 'deb [a] b [#] c '],
  ['deb [a # b', 'deb [a '],
  ['[# b', '['],
  ['deb a # [b] # c', 'deb a '],
])('when a line is %j, then %j is left without its comment', (line, left) => {
  expect(withoutComment(line)).toBe(left)
})

test.each<[string, readonly Readonly<Record<string, string>>[]]>([
  ['a: 1\nBC: 2', [{ a: '1', bc: '2' }]],
  ['a: 1\n\n \nb: 2\n\n', [{ a: '1' }, { b: '2' }]],
  ['a: 1\r\n b\r\n\tc\r\n#d\n e\nf: 2\r\n', [{ a: '1\nb\nc\ne', f: '2' }]],
  ['a: 1\na: 2', [{ a: '2' }]],
  [' a\nb: 1', [{ b: '1' }]],
  // A line without a name swallows the next field, with its folded lines.
  ['a: 1\nx\nb: 2\n c\nd: 3', [{ a: '1', d: '3' }]],
  [':x\nb: 2\nd: 3', [{ d: '3' }]],
  ['x\n\nb: 2', [{ b: '2' }]],
  ['a:\n b', [{ a: '\nb' }]],
])('when a file is %j, then its stanzas have these fields', (text, stanzas) => {
  expect(parseAptStanzas(text)).toEqual(
    stanzas.map((fields, index) => ({ fields: new Map(Object.entries(fields)), number: index + 1 })),
  )
})
