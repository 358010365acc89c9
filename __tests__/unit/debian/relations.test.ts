import { describe, expect, test } from '@jest/globals'
import { meets, parseRelations, relationText } from '../../../src/debian/relations.js'
import { problemThrownBy } from '../../support/problems.js'

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

  test.each([
    ['a (1)', 'a (1)'],
    ['a (>= )', 'a (>= )'],
    ['(>= 1)', '(>= 1)'],
    ['b, a b', 'a b'],
    ['a (>= 1) x', 'a (>= 1) x'],
    ['| a', ''],
  ])('when a field is %j, then it is refused, and %j is named', (text, named) => {
    expect(problemThrownBy(() => parseRelations(text))).toMatchObject({
      code: 'bad-relation',
      what: `${JSON.stringify(named)} is not a valid package relationship`,
      where: 'Debian policy 7.1',
    })
  })

  test('when a relation that is refused is long, then its first 100 characters are named', () => {
    expect(problemThrownBy(() => parseRelations('_'.repeat(101))).what).toMatch(/^"_{100}" is not/)
  })

  test('when a name has capitals, then it is the same as without, as for dpkg', () => {
    expect(parseRelations('LibC6 (>= 1) | Perl').map(relationText)).toEqual(['libc6 (>= 1) | perl'])
  })

  test.each([
    ['0.9', '<<', true],
    ['1.0', '<<', false],
    ['1.0', '<', true],
    ['1.1', '<', false],
    ['1.0', '<=', true],
    ['1.1', '<=', false],
    ['1.0', '=', true],
    ['1.0-0', '=', true],
    ['1.1', '=', false],
    ['1.0', '>', true],
    ['0.9', '>', false],
    ['1.0', '>=', true],
    ['0.9', '>=', false],
    ['1.0', '>>', false],
    ['1.1', '>>', true],
  ])('when %s is held against %s 1.0, then that is %s', (version, operator, expected) => {
    expect(meets(version, parseRelations(`a (${operator} 1.0)`)[0]?.[0]?.constraint ?? null)).toBe(expected)
  })

  test('when a relation names no version, then any will do', () => {
    expect(meets('1.0', null)).toBe(true)
  })
})
