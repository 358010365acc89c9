import { describe, expect, test } from '@jest/globals'
import { isFromFork } from '../../../../src/io/github/environment.js'

const from = (head: unknown, base: unknown = { full_name: 'acme/shop' }) =>
  ({ head: { repo: head }, base: { repo: base } }) as Parameters<typeof isFromFork>[0]

describe('whose branch a pull request is for', () => {
  test.each([
    ['a branch of the repository', from({ full_name: 'acme/shop' }), false],
    ['a branch of another one', from({ full_name: 'mallory/shop' }), true],
    ['a fork that was deleted', from(null), true],
    ['repositories that nobody names', from({}, {}), true],
    ['an event without a pull request', undefined, true],
  ])('when it is %s, then isFromFork says so', (_, pull, is) => {
    expect(isFromFork(pull)).toBe(is)
  })
})
