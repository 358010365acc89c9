import { describe, expect, test } from '@jest/globals'
import { meets, parseRelations, relationText } from '../../../src/debian/relations.js'
import { codeOf } from '../../support/problems.js'

describe('relations', () => {
  test.each([
    'libc6 (>= 2.36)',
    'default-mta | mail-transport-agent',
    'perl:any',
    'libfoo:i386 (= 1:2.0-1)',
    'libdb5.3t64 (<< 5) | g++',
  ])('when a field is %j, then it is read whole', (text) => {
    expect(parseRelations(text).map(relationText)).toEqual([text])
  })

  test('when a field has blanks, newlines and empty parts, then they mean nothing', () => {
    expect(parseRelations(' a(>=1) ,\n b|c ,, ').map(relationText)).toEqual(['a (>= 1)', 'b | c'])
  })

  test.each(['a (1)', 'a (>= )', '(>= 1)', 'a b', 'a (>= 1) x', '| a'])(
    'when a field is %j, then it is refused',
    (text) => {
      expect(codeOf(() => parseRelations(text))).toBe('bad-relation')
    },
  )

  test.each([
    ['1.0', '<<', false],
    ['1.0', '<', true],
    ['1.0', '=', true],
    ['1.0-0', '=', true],
    ['1.1', '>', true],
    ['0.9', '>=', false],
  ])('when %s is held against %s 1.0, then that is %s', (version, operator, expected) => {
    expect(meets(version, parseRelations(`a (${operator} 1.0)`)[0]?.[0]?.constraint ?? null)).toBe(expected)
  })
})
