import { describe, expect, test } from '@jest/globals'
import { misspelt, nearest, policyError, shown } from '../../../src/policy/errors.js'

describe('errors of policy files', () => {
  const error = (file: string, line: number) => ({ place: { file, line }, text: `wrong ${line}` })

  test('when there are several, then they are by file and line, each file once', () => {
    const { problem } = policyError([error('b.yml', 1), error('a.yml', 10), error('a.yml', 9)])
    expect(problem).toMatchObject({
      code: 'policy-invalid',
      what: 'a.yml:9: wrong 9\na.yml:10: wrong 10\nb.yml:1: wrong 1',
      where: 'a.yml, b.yml',
      errors: [error('a.yml', 9), error('a.yml', 10), error('b.yml', 1)],
    })
  })

  test.each([
    [100, 'a.yml:100: wrong 100'],
    [101, 'and 1 more'],
  ])('when there are %i, then up to 100 are named', (count, last) => {
    const { problem } = policyError(Array.from({ length: count }, (_, at) => error('a.yml', at + 1)))
    expect(problem.what.split('\n').at(-1)).toBe(last)
    expect(problem.errors).toHaveLength(100)
  })
})

test.each<[unknown, string]>([
  [[1], 'a list'],
  [{}, 'a mapping'],
  [null, '"null"'],
  [1, '"1"'],
  ['x'.repeat(60), `"${'x'.repeat(60)}"`],
  ['x'.repeat(61), `"${'x'.repeat(60)}…"`],
])('when a value of a policy is %j, then it is shown as %s', (value, text) => {
  expect(shown(value)).toBe(text)
})

describe('the keyword that was surely misspelt', () => {
  const KNOWN = ['test', 'kev', 'data', 'image', 'images-of', 'update', 'comment', 'policies-from']

  test.each([
    ['tets', 'test'],
    ['tests', 'test'],
    ['TETS', 'test'],
    ['imgae', 'image'],
    ['images', 'image'],
    ['imag', 'image'],
    ['policies_from', 'policies-from'],
    ['policies-form', 'policies-from'],
    ['policis-from', 'policies-from'],
    ['text', null],
    ['tst', null],
    ['key', null],
    ['date', null],
    ['commit', null],
    ['test', null],
    ['', null],
    ['x'.repeat(50), null],
  ])('when it is %j, then it is %s', (text, meant) => {
    expect(misspelt(text, KNOWN)).toBe(meant)
  })
})

describe('the keyword that was probably meant', () => {
  const KNOWN = ['id', 'images', 'expires', 'releases', 'max-severity', 'reason']

  test.each([
    ['expire', 'expires'],
    ['expirse', 'expires'],
    ['Expires', 'expires'],
    ['ex-pires', 'expires'],
    ['xpires', 'expires'],
    ['ixd', 'id'],
    ['di', 'id'],
    ['ab', null],
    ['exxxxrs', null],
    ['image', 'images'],
    ['release', 'releases'],
    ['reasons', 'reason'],
    ['severity', 'max-severity'],
    ['nothing', null],
    ['', null],
  ])('when it is %j, then it is %s', (text, meant) => {
    expect(nearest(text, KNOWN)).toBe(meant)
  })

  test('when two are close, then the closest one is meant, whatever their order', () => {
    expect(nearest('abcdef', ['abcxyf', 'abcdxf'])).toBe('abcdxf')
    expect(nearest('abcdef', ['abcdxf', 'abcxyf'])).toBe('abcdxf')
  })

  test('when it is longer than any keyword, then nothing is compared', () => {
    expect(nearest('a'.repeat(40), ['a'.repeat(41)])).toBe('a'.repeat(41))
    expect(nearest('a'.repeat(41), ['a'.repeat(41)])).toBeNull()
  })
})
