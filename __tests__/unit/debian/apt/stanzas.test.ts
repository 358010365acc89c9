import { expect, test } from '@jest/globals'
import { parseAptStanzas, splitFields, trimBlanks } from '../../../../src/debian/apt/stanzas.js'

const read = (text: string) => parseAptStanzas(text).map(({ fields, number }) => [number, ...fields])

test.each([
  ['X: y', [[1, ['x', 'y']]]],
  [': y\nA: b', []],
  ['A:', [[1, ['a', '']]]],
  ['A: b\nA: c', [[1, ['a', 'c']]]],
  ['A: b\n c\n\td\n', [[1, ['a', 'b\nc\nd']]]],
  [' a\nA: b', [[1, ['a', 'b']]]],
  [
    '\n\nA: b\r\n\r\n \n\n# c\nC: d\n\n',
    [
      [1, ['a', 'b']],
      [2, ['c', 'd']],
    ],
  ],
  ['A: b\n# c\n d', [[1, ['a', 'b\nd']]]],
  ['no field\nA: b\n c\nD: e', [[1, ['d', 'e']]]],
  ['no field\n\nA: b', [[1, ['a', 'b']]]],
  ['', []],
])('when a file is %j, then its stanzas are %j', (text, stanzas) => {
  expect(read(text)).toEqual(stanzas)
})

test.each([
  [' \t\n\v\f\r', '', []],
  ['', '', []],
  ['a', 'a', ['a']],
  ['\ra b\n', 'a b', ['a', 'b']],
  ['\u00a0a\ufeff ', '\u00a0a\ufeff', ['\u00a0a\ufeff']],
])('when a text is %j, then it is %j without blanks around it', (text, trimmed, fields) => {
  expect(trimBlanks(text)).toBe(trimmed)
  expect(splitFields(text)).toEqual(fields)
})
