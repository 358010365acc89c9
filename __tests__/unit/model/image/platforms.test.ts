import { describe, expect, test } from '@jest/globals'
import {
  isPlatform,
  isRunnable,
  isSamePlatform,
  mayBeDebian,
  type NamedPlatform,
  othersOf,
  platformNameOf,
} from '../../../../src/model/image/platforms.js'

const named = (platform: string, part: Partial<NamedPlatform> = {}): NamedPlatform => {
  return { platform, digest: `sha256:${platform}`, isImage: true, isWhole: true, ...part }
}

test.each([
  ['linux/amd64', 'linux/amd64', true],
  ['linux/arm64', 'linux/arm64/v8', true],
  ['linux/arm64/v8', 'linux/arm64', true],
  ['linux/arm64/v9', 'linux/arm64', true],
  ['linux/arm64', 'linux/arm64/v9', false],
  ['linux/arm/v5', 'linux/arm', true],
  ['linux/arm', 'linux/arm/v7', false],
  ['windows/amd64', 'linux/amd64', false],
  ['no platform', 'linux/amd64', false],
  ['linux/AMD64', 'linux/amd64', false],
])('when an index says %s and %s is asked for, then that is %s', (text, wanted, fits) => {
  expect(isPlatform(text, wanted)).toBe(fits)
})

// As containerd's `platforms.Normalize` says.
test.each([
  ['linux/amd64', 'linux/x86_64', true],
  ['linux/amd64', 'linux/AMD64/v1', true],
  ['linux/amd64', 'linux/x86-64', true],
  ['linux/amd64', 'linux/amd64/v2', false],
  ['linux/arm64', 'linux/aarch64/8', true],
  ['linux/arm64', 'linux/arm64/v9', false],
  ['linux/arm', 'linux/armhf', true],
  ['linux/arm/v6', 'linux/armel', true],
  ['linux/386', 'linux/i386/v1', true],
  ['linux/s390x', 'linux/s390x', true],
  ['linux/amd64', 'windows/amd64', false],
  ['linux/amd64', 'no platform', false],
])('when engines see %s and %s, then they are the same: %s', (one, other, isSame) => {
  expect(isSamePlatform(one, other)).toBe(isSame)
})

describe('when something of an index was examined', () => {
  const amd64 = named('linux/amd64')
  const all = [
    amd64,
    named('linux/arm64/v8'),
    named('linux/s390x', { isWhole: false }),
    named('windows/amd64'),
    named('no platform'),
    named('unknown/unknown', { isImage: false, digest: 'a' }),
    named('unknown/unknown', { isImage: false, digest: 'b' }),
  ]

  test('then the rest of Linux was not, and what is none, or not there, was skipped', () => {
    expect(othersOf(all, new Set([amd64.digest]))).toEqual({
      notExamined: ['linux/arm64/v8', 'no platform (sha256:no platform)'],
      skipped: ['windows/amd64', 'linux/s390x (requested but missing)', '2 attestations'],
      unknown: null,
    })
  })

  test('then another image for the same platform was not, and goes by its digest', () => {
    const twin = named('linux/amd64', { digest: 'sha256:0123456789abcdef' })
    expect(othersOf([amd64, twin], new Set([amd64.digest])).notExamined).toEqual([
      'linux/amd64 (sha256:0123456789ab)',
    ])
  })
})

test('when an index says a platform of any length, then it is cut, and only Linux may be Debian', () => {
  expect(platformNameOf({ os: 'linux', architecture: 'x'.repeat(1000) })).toHaveLength(60)
  expect(['linux/amd64', 'no platform', 'windows/amd64'].map((one) => mayBeDebian(named(one)))).toEqual([
    true,
    true,
    false,
  ])
})

test('when an index says a system in capitals, or none, or one that nobody knows, then it may be Debian', () => {
  const nameOf = (os: string) => platformNameOf({ os, architecture: 'arm64' })
  expect([nameOf('Linux'), nameOf('')]).toEqual(['linux/arm64', 'linux/arm64'])
  expect(['haiku/arm64', 'Windows/arm64', 'windows/arm64'].map((one) => mayBeDebian(named(one)))).toEqual([
    true,
    true,
    false,
  ])
  expect(mayBeDebian(named(nameOf('Windows')))).toBe(false)
})

test('when an entry says a platform, then it is an image, whatever else it says of itself', () => {
  const arm64 = { os: 'linux', architecture: 'arm64' }
  const unknown = { os: 'unknown', architecture: 'unknown' }
  expect([isRunnable(arm64, true), isRunnable(arm64, false), isRunnable(null, false)]).toEqual([
    true,
    true,
    true,
  ])
  expect([isRunnable(null, true), isRunnable(unknown, false), isRunnable(unknown, true)]).toEqual([
    false,
    false,
    false,
  ])
})
