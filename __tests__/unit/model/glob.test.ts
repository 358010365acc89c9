import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { globMatches, imageMatches, unmatchedImage } from '../../../src/model/glob.js'
import { runs } from '../../support/runs.js'

/** The same by brute force, straight from the definition. */
function matchesSlowly(pattern: string, text: string): boolean {
  if (pattern === '') {
    return text === ''
  }
  if (pattern[0] !== '*') {
    return text[0] === pattern[0] && text !== '' && matchesSlowly(pattern.slice(1), text.slice(1))
  }
  return matchesSlowly(pattern.slice(1), text) || (text !== '' && matchesSlowly(pattern, text.slice(1)))
}

describe('globMatches', () => {
  test.each([
    ['ghcr.io/acme/*', 'ghcr.io/acme/app:1.4.0'],
    ['ghcr.io/acme/*', 'ghcr.io/acme/team/app@sha256:00'],
    ['*', ''],
    ['*', 'app:1'],
    ['app:1', 'app:1'],
    ['*:1.*', 'app:1.4'],
    ['a**b', 'ab'],
    ['*a*a*', 'aa'],
  ])('when %s meets %s, then it fits', (pattern, text) => {
    expect(globMatches(pattern, text)).toBe(true)
  })

  test.each([
    ['ghcr.io/acme/*', 'evil/ghcr.io/acme/app'],
    ['ghcr.io/acme/*', 'ghcrXio/acme/app'],
    ['app', 'app:1'],
    ['app', 'my-app'],
    ['a*a', 'a'],
    ['ab*ba', 'aba'],
    ['*a*a*', 'a'],
    ['', 'a'],
    ['(a+)+', 'aaa'],
    ['.', 'a'],
  ])('when %s meets %s, then it does not fit', (pattern, text) => {
    expect(globMatches(pattern, text)).toBe(false)
  })

  test('when any pattern meets any text, then the answer is that of the definition', () => {
    const pattern = fc.stringMatching(/^[ab*]{0,7}$/)
    const text = fc.stringMatching(/^[ab]{0,9}$/)
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        expect(globMatches(p, t)).toBe(matchesSlowly(p, t))
      }),
      runs(2000),
    )
  })

  test('when pattern and text are made to be slow, then it is answered all the same', () => {
    expect(globMatches(`${'a*'.repeat(5000)}b`, 'a'.repeat(100_000))).toBe(false)
    expect(globMatches(`*${'a*'.repeat(5000)}c*`, `${'a'.repeat(100_000)}b`)).toBe(false)
  })
})

describe('imageMatches', () => {
  test('when a reference has a digest and no tag, then its name alone is not matched', () => {
    expect(imageMatches('app', 'app@sha256:00')).toBe(false)
    expect(imageMatches('ap', 'app@sha256:00')).toBe(false)
    expect(imageMatches('localhost', 'localhost:5000/app@sha256:00')).toBe(false)
  })

  const digest = `sha256:${'a'.repeat(64)}`
  const pinned = `localhost:5000/acme/app:1.4.0@${digest}`
  test.each([
    ['localhost:5000/acme/app:1.4.0', pinned],
    ['localhost:5000/acme/app:*', pinned],
    ['*/app:1.4.0', pinned],
    [`localhost:5000/acme/app@${digest}`, pinned],
    [pinned, pinned],
    ['app:1', 'app:1'],
    [`app@${digest}`, `app@${digest}`],
  ])('when %s meets %s, then it fits', (pattern, reference) => {
    expect(imageMatches(pattern, reference)).toBe(true)
  })

  test.each([
    ['localhost:5000/acme/app:1.4', pinned],
    ['localhost:5000/acme/app', pinned],
    ['app:1.4.0', pinned],
    // The port of a host is no tag.
    ['localhost@*', `localhost:5000/acme/app@${digest}`],
    [`localhost/acme/app@${digest}`, `localhost:5000/acme/app@${digest}`],
    ['app:1', `app@${digest}`],
  ])('when %s meets %s, then it does not fit', (pattern, reference) => {
    expect(imageMatches(pattern, reference)).toBe(false)
  })
})

describe('missedImage', () => {
  const REFERENCE = 'ghcr.io/acme/app:1.4.0'
  test.each([
    ['has no tag', 'ghcr.io/acme/app', 'ghcr.io/acme/app:*'],
    ['has no tag, and a wildcard', '*/app', '*/app:*'],
    ['has no registry', 'acme/app:*', 'ghcr.io/acme/app:*'],
    ['has only the last part', 'app', 'ghcr.io/acme/app:*'],
  ])('when a pattern %s, then it says what is meant', (_, pattern, meant) => {
    expect(unmatchedImage(['other:*', pattern], ['x:1', REFERENCE])).toBe(
      `matches no judged image: a pattern must match the full name, including the tag; did you mean "${meant}" for ${REFERENCE}?`,
    )
  })

  test('when a local name is judged, and the pattern has the registry, then it says so', () => {
    expect(unmatchedImage(['ghcr.io/acme/app:*'], ['app:ci'])).toContain('did you mean "app:*" for app:ci?')
  })

  test.each([
    ['one of the patterns matches', ['app', '*']],
    ['it is for other images', ['ghcr.io/acme/api', 'ghcr.io/acme/app-2:*', 'pp']],
    ['it is for other tags', ['ghcr.io/acme/app:2.*', '*:2.*']],
  ])('when %s, then nothing is said', (_, patterns) => {
    expect(unmatchedImage(patterns, [REFERENCE])).toBeNull()
  })
})
