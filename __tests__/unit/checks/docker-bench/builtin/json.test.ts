import { expect, test } from '@jest/globals'
import {
  flagAt,
  listAt,
  memberAt,
  membersAt,
  numberAt,
  textAt,
  textsAt,
} from '../../../../../src/checks/docker-bench/builtin/json.js'
import { problemThrownBy } from '../../../../support/problems.js'

const ANSWER = { text: 'a', number: 1, flag: true, list: ['a', 5, null, 'b'], inner: { a: 'x', b: 5 } }

test('when an engine answers with what is expected, then it is read', () => {
  expect(memberAt(ANSWER, 'inner', 'a')).toBe('x')
  expect(textAt(ANSWER, 'text')).toBe('a')
  expect(numberAt(ANSWER, 'number')).toBe(1)
  expect(flagAt(ANSWER, 'flag')).toBe(true)
  expect(listAt(ANSWER, 'list')).toEqual(['a', 5, null, 'b'])
})

test('when an object has other values than texts, then the texts are read', () => {
  expect(membersAt(ANSWER, 'inner')).toEqual([['a', 'x']])
})

test.each([null, undefined, {}, { x: null }, { x: {} }, { x: { y: null } }])(
  'when an engine answers %j, then nothing is there',
  (answer) => {
    expect(memberAt(answer, 'x', 'constructor')).toBeUndefined()
    const read = [textAt, numberAt, flagAt, listAt, textsAt, membersAt].map((at) => at(answer, 'x', 'y'))
    expect(read).toEqual(['', 0, false, [], [], []])
  },
)

test.each<[string, () => unknown, string]>([
  ['a number for a text', () => textAt(ANSWER, 'number'), 'number is not a text'],
  ['a text for a number', () => numberAt(ANSWER, 'text'), 'text is not a number'],
  ['a number for a flag', () => flagAt(ANSWER, 'number'), 'number is not true or false'],
  ['an object for a list', () => listAt(ANSWER, 'inner'), 'inner is not a list'],
  ['other values in a list of texts', () => textsAt(ANSWER, 'list'), 'list is not a list of texts'],
  ['a text for an object', () => textAt(ANSWER, 'text', 'x'), 'text is not an object'],
  ['a list for an object', () => textAt({ a: { b: [] } }, 'a', 'b', 'c'), 'a.b is not an object'],
  ['a text for everything', () => textAt('text', 'x'), 'the answer is not an object'],
])('when it has %s, then it is not known what is set', (_, read, what) => {
  expect(problemThrownBy(read)).toMatchObject({
    code: 'evidence-incomplete',
    what: `${what}, so it is not known what is set`,
  })
})
