import { describe, expect, test } from '@jest/globals'
import { compareProgram, readProgram } from '../../../../../src/feeds/formats/osv/versions/bitnami.js'
import { ORDERS } from '../../../../../src/feeds/formats/osv/versions/index.js'
import { readMaven } from '../../../../../src/feeds/formats/osv/versions/maven.js'
import {
  comparePhp,
  readPackagist,
  splitPhp,
} from '../../../../../src/feeds/formats/osv/versions/packagist.js'

const sign = <Version>(
  [a, b]: readonly [string, string],
  read: (text: string) => Version | null,
  compare: (a: Version, b: Version) => number,
) => {
  const [left, right] = [read(a), read(b)]
  return left === null || right === null ? null : Math.sign(compare(left, right))
}

describe('versions of Maven', () => {
  const read = (text: string) => readMaven(text)?.map(({ separator, value }) => `${separator}${value}`)

  test.each([
    ['0', ['.0']],
    ['0.0-0', ['.0']],
    ['1.0', ['.1']],
    ['1.0-0', ['.1']],
    ['1.0-0.1', ['.1', '-0', '.1']],
    ['1.0.1', ['.1', '.0', '.1']],
    ['1.0.ga-x', ['.1', '-x']],
    ['1.5-', ['.1', '.5']],
    ['.1', ['.0', '.1']],
  ])('when %s is read, then what means nothing is dropped at the end and before hyphens', (text, tokens) => {
    expect(read(text)).toEqual(tokens)
  })

  test('when a version has 300 characters, then it is read, and a longer one is not', () => {
    expect(ORDERS.Maven.read('1'.repeat(300))).not.toBeNull()
    expect(ORDERS.Maven.read('1'.repeat(301))).toBeNull()
  })
})

describe('versions of programs', () => {
  test.each([
    ['1.2', '1.2.1'],
    ['1.2.0-rc', '1.2.0'],
    ['1.2.0-rc1', '1.2.0-rc2'],
    ['1.2.0-rc', '1.2.0-rc1'],
    ['1.2.0-1', '1.2.0-rc'],
    ['1.2.0-2', '1.2.0-10'],
    ['1.2.0-alpha', '1.2.0-beta'],
    ['1.2.0-rc1', '1.2.0-rc1.1'],
    ['8u342', '8.0.343'],
    ['9', '10'],
    ['v1.1', '1.2'],
  ])('when %s meets %s, then it is lower', (lower, higher) => {
    expect(sign([lower, higher], readProgram, compareProgram)).toBe(-1)
    expect(sign([higher, lower], readProgram, compareProgram)).toBe(1)
  })

  test.each([
    ['1.2', '1.2.0'],
    ['1.2.0+a', '1.2.0+b'],
    ['8u342', '8.0.342'],
    ['1.2.0-RC1', '1.2.0~rc1'],
  ])('when %s meets %s, then they are the same', (a, b) => {
    expect(sign([a, b], readProgram, compareProgram)).toBe(0)
  })

  test.each(['', 'x', '1.2.3.4.5.6', '1..2'])('when it is %j, then it has no order', (text) => {
    expect(readProgram(text)).toBeNull()
  })
})

describe('versions of Composer', () => {
  test.each([
    ['1.0.0.0', '1.0.0.0.1'],
    ['1.0-dev1', '1.0-alpha'],
    ['1.0-alpha', '1.0-beta'],
    ['1.0-a1', '1.0-b1'],
    ['1.0-beta', '1.0-RC'],
    ['1.0-RC1', '1.0'],
    ['1.0', '1.0-patch1'],
    ['1.0', '1.0-p1'],
    ['1.0.0.0.beta', '1.0.0.0.1'],
    ['1.0-other', '1.0-dev1'],
    ['1.9', '1.10'],
  ])('when %s meets %s, then it is lower', (lower, higher) => {
    expect(sign([lower, higher], readPackagist, comparePhp)).toBe(-1)
    expect(sign([higher, lower], readPackagist, comparePhp)).toBe(1)
  })

  test.each([
    ['1', '1.0.0.0'],
    ['v1.0', 'V1.0'],
    ['1.0-stable', '1.0'],
    ['1.0+a', '1.0'],
    ['1.0-a', '1.0-alpha'],
    ['1.0-patch1', '1.0-pl1'],
  ])('when %s meets %s, then they are the same', (a, b) => {
    expect(sign([a, b], readPackagist, comparePhp)).toBe(0)
  })

  test.each(['', 'dev-master', '8.x-dev', '1.x', '1.0-dev', '1.0 beta', '1.0/2'])(
    'when it is %j, then it has no order',
    (text) => {
      expect(readPackagist(text)).toBeNull()
    },
  )

  test.each([
    ['1', ['1', '0', '0', '0']],
    ['1.2.3', ['1', '2', '3', '0']],
    ['1.2.3.4', ['1', '2', '3', '4']],
    ['1.2.3.4.5', ['1', '2', '3', '4', '5']],
  ])('when %s is read, then it has at least four numbers', (text, parts) => {
    expect(readPackagist(text)).toEqual(parts)
  })

  test('when a text is split, then numbers and words are its parts', () => {
    expect(splitPhp('1.0-beta2+x')).toEqual(['1', '0', 'beta', '2', 'x'])
    expect(splitPhp('...')).toEqual([])
  })
})
