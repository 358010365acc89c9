import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compareVersions, isValidVersion, parseVersion } from '../../../src/debian/version.js'
import { codeOf, problemThrownBy } from '../../support/problems.js'

const recorded = readFileSync('__tests__/support/versions.tsv', 'utf8').trimEnd().split('\n')

/** Versions that dpkg accepts, close to each other. */
const aVersion = fc
  .tuple(
    fc.constantFrom('', '0:', '1:'),
    fc.array(fc.constantFrom('0', '1', '10', '01', '~', '+', '.', 'a', 'Z', ':', '-'), { maxLength: 6 }),
    fc.constantFrom('', '-0', '-1', '-1~a'),
  )
  .map(([epoch, parts, revision]) => `${epoch === '' ? '0:' : epoch}1${parts.join('')}x${revision}`)

describe('compareVersions', () => {
  test('when dpkg was asked about 2,000 pairs, then the answers are the same', () => {
    expect(recorded).toHaveLength(2000)
    const different = recorded.filter((line) => {
      const [a = '', b = '', answer = ''] = line.split('\t')
      if (answer !== '!') {
        return String(Math.sign(compareVersions(a, b))) !== answer
      }
      return codeOf(() => compareVersions(a, b)) !== 'bad-version'
    })
    expect(different).toEqual([])
  })

  test.each([
    ['1.0~rc1', '1.0'],
    ['1.0~rc', '1.0~rc1'],
    ['1.0+dfsg', '1.0+dfsg1'],
    ['1.0', '1.0a'],
    ['1.0a', '1.0+'],
    ['1.0A', '1.0+'],
    ['1.0Z', '1.0+'],
    ['1.0z', '1.0+'],
    ['1.0-1~deb12u1', '1.0-1'],
    ['1.0-1+deb12u9', '1.0-1+deb12u10'],
    ['1.0-1', '1.0-1+b1'],
    ['9.0', '1:1.0'],
    ['1.18446744073709551616', '1.18446744073709551617'],
    ['1~~', '1~'],
  ])('when %s meets %s, then it is lower', (lower, higher) => {
    expect(compareVersions(lower, higher)).toBeLessThan(0)
    expect(compareVersions(higher, lower)).toBeGreaterThan(0)
  })

  test.each([
    ['1.0', '0:1.0'],
    ['1.0', '1.0-0'],
    ['1.01', '1.1'],
    ['1.0', '1.00'],
    ['1a', '1a0'],
    [' 1.0\t', '1.0'],
  ])('when %j meets %j, then they are equal', (a, b) => {
    expect(compareVersions(a, b)).toBe(0)
  })

  test('when any versions are sorted, then the order is reflexive, antisymmetric and transitive', () => {
    fc.assert(
      fc.property(aVersion, aVersion, aVersion, (a, b, c) => {
        expect(compareVersions(a, a)).toBe(0)
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0)
        const [low = '', middle = '', high = ''] = [a, b, c].sort(compareVersions)
        expect(compareVersions(low, middle)).toBeLessThanOrEqual(0)
        expect(compareVersions(middle, high)).toBeLessThanOrEqual(0)
        expect(compareVersions(low, high)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('parseVersion', () => {
  test('when colons and hyphens are in the upstream version, then the first and the last divide', () => {
    expect(parseVersion('1:2:3-4-5')).toEqual({ epoch: 1, upstream: '2:3-4', revision: '5' })
    expect(parseVersion('1.0')).toEqual({ epoch: 0, upstream: '1.0', revision: '' })
  })

  test.each([
    ['', 'it is empty'],
    [' ', 'it is empty'],
    ['1 0', 'it contains spaces'],
    ['1\t0', 'it contains spaces'],
    ['1\0', 'it contains spaces'],
    ['1:', 'nothing follows the epoch'],
    ['-1', 'its upstream version is empty'],
    ['1:-1', 'its upstream version is empty'],
    ['1.0-', 'its revision is empty'],
    ['a:1', 'its epoch is not a number'],
    [':1', 'its epoch is not a number'],
    ['-1:1', 'its epoch is negative'],
    ['2147483648:1', 'its epoch is too big'],
  ])('when dpkg refuses %j, then it is refused too: %s', (text, why) => {
    expect(problemThrownBy(() => parseVersion(text))).toMatchObject({
      code: 'bad-version',
      what: `${JSON.stringify(text)} is not a valid Debian version: ${why}`,
      where: 'deb-version(7)',
    })
  })

  test('when a version that is refused is long, then its first 100 characters are named', () => {
    const text = '-'.padEnd(101, 'x')
    expect(problemThrownBy(() => parseVersion(text)).what).toContain(`"-${'x'.repeat(99)}" is not`)
  })

  test('when the epoch is the highest that dpkg stores, then it is read, and a sign means nothing', () => {
    expect(parseVersion('2147483647:1').epoch).toBe(2_147_483_647)
    expect(parseVersion('+01:1').epoch).toBe(1)
  })
})

describe('isValidVersion', () => {
  test.each(['1', '1:2:3-4', '1.0~rc1+dfsg-1+b1', '0', '1--1', '2147483647:1'])(
    'when it is %s, then yes',
    (text) => {
      expect(isValidVersion(text)).toBe(true)
    },
  )

  test.each(['', 'a1', '~1', '1_0', '1-', '1-a_b', '1:1-1:1', '2147483648:1', '1\n', ' 1', ':1', 'é'])(
    'when it is %j, then no',
    (text) => {
      expect(isValidVersion(text)).toBe(false)
    },
  )

  test('when a version is valid, then it can be taken apart', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-z:~+-]{1,8}$/), (text) => {
        fc.pre(isValidVersion(text))
        expect(parseVersion(text).upstream).not.toBe('')
      }),
    )
  })
})
