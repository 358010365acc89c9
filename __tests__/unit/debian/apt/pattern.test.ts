import { describe, expect, test } from '@jest/globals'
import { aptPattern } from '../../../../src/debian/apt/pattern.js'
import { problemThrownBy } from '../../../support/problems.js'

describe('a pattern of apt’s policy', () => {
  test.each([
    ['apt', 'APT', true],
    ['apt', 'apt2', false],
    ['ap?', 'apt', true],
    ['ap?', 'ap', false],
    ['a*t', 'apart', true],
    ['a**t', 'at', true],
    ['a*', 'a/b', true],
    ['*', '', true],
    ['[ab]c', 'bc', true],
    ['[ab]c', 'cc', false],
    ['[!ab]c', 'cc', true],
    ['[!ab]c', 'ac', false],
    ['[^ab]c', 'ac', false],
    ['[a-c]x', 'bx', true],
    ['[a-c]x', '-x', false],
    ['[]a]x', ']x', true],
    ['[[:digit:]]x', '7x', true],
    ['[[:digit:]]x', 'ax', false],
    ['[[:alpha:]]x', 'ax', true],
    ['[[:alnum:]_]x', '_x', true],
    ['[[:space:]]x', ' x', true],
    ['[[:blank:]]x', '\tx', true],
    ['[[:punct:]]x', '.x', true],
    ['[[:xdigit:]]x', 'fx', true],
    ['[[:xdigit:]]x', 'gx', false],
    ['[[:upper:]]x', 'Ax', true],
    ['[[:lower:]]x', 'ax', true],
    ['[[:nothing:]a]x', 'ax', true],
    ['[ab', '[ab', true],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a\\', 'a\\', true],
    ['a.*', 'axb', false],
    ['a+*', 'a+b', true],
    ['/p+/', 'apple', true],
    ['/^p/', 'apple', false],
    ['/[[:digit:]]\\./', '7.', true],
    ['/[[:digit:]]\\./', '7a', false],
    ['/a[/', 'a', false],
    ['/', '/', true],
    ['/', 'a', false],
    ['//', 'a', true],
  ])('when %j meets %j, then it matches: %s', (pattern, text, is) => {
    expect(aptPattern(pattern)(text)).toBe(is)
  })

  test('when a text is longer than it may be, then its end is not read', () => {
    expect(aptPattern('*b')(`${'a'.repeat(499)}b`)).toBe(true)
    expect(aptPattern('*b')(`${'a'.repeat(500)}b`)).toBe(false)
  })

  test('when a pattern is too long, or none of POSIX, then the reason is reported', () => {
    const problem = (pattern: string) => problemThrownBy(() => aptPattern(pattern))
    expect(problem(`${'a'.repeat(500)}*`)).toMatchObject({
      code: 'apt-pattern',
      what: `the pattern "${'a'.repeat(100)}" in the image's apt policy was not evaluated: matching it may take too long`,
      where: 'etc/apt',
    })
    expect(aptPattern(`${'a'.repeat(499)}*`)('a'.repeat(499))).toBe(true)
    expect(problem('/(a)\\1/').what).toBe(
      'the pattern "/(a)\\\\1/" in the image\'s apt policy was not evaluated: matching it may take too long, or it is not a POSIX pattern',
    )
  })
})
