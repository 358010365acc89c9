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

const ANSWER = { text: 'a', number: 1, flag: true, list: ['a', 5, null, 'b'], inner: { a: 'x', b: 5 } }

test('when an engine answers with what is expected, then it is read', () => {
  expect(memberAt(ANSWER, 'inner', 'a')).toBe('x')
  expect(textAt(ANSWER, 'text')).toBe('a')
  expect(numberAt(ANSWER, 'number')).toBe(1)
  expect(flagAt(ANSWER, 'flag')).toBe(true)
  expect(listAt(ANSWER, 'list')).toEqual(['a', 5, null, 'b'])
})

test('when a list or an object has other values than texts, then the texts are read', () => {
  expect(textsAt(ANSWER, 'list')).toEqual(['a', 'b'])
  expect(membersAt(ANSWER, 'inner')).toEqual([['a', 'x']])
})

test.each([null, undefined, {}, { x: null }, { x: {} }, 'text', { x: 'constructor' }])(
  'when an engine answers %j, then nothing is there',
  (answer) => {
    expect(memberAt(answer, 'x', 'constructor')).toBeUndefined()
    const read = [textAt, numberAt, flagAt, listAt, textsAt, membersAt].map((at) => at(answer, 'x', 'y'))
    expect(read).toEqual(['', 0, false, [], [], []])
  },
)

test('when a value has another type, then it is not there', () => {
  expect([textAt(ANSWER, 'number'), numberAt(ANSWER, 'text'), flagAt(ANSWER, 'number')]).toEqual([
    '',
    0,
    false,
  ])
  expect([listAt(ANSWER, 'inner'), membersAt(ANSWER, 'text')]).toEqual([[], []])
})
