import { describe, expect, test } from '@jest/globals'
import { packageSupport } from '../../../src/debian/package-support.js'

const stateOf = (source: string, codename = 'bookworm', today = '2026-11-25') =>
  packageSupport(source, codename, today)?.state ?? null

describe('when Debian’s lists are asked for a source package', () => {
  test.each([
    ['openssl', null],
    ['binutils', 'limited'],
    ['golang-1.19', 'limited'],
    ['pdns', 'ended'],
    ['pdns-recursor', 'ended'],
    ['pdns-other', null],
    ['php-horde-core', 'ended'],
    ['constructor', null],
  ])('then %s is %s', (source, state) => {
    expect(stateOf(source)).toBe(state)
  })

  test('then the day on which it ends still has support, and later days have none', () => {
    expect(stateOf('lxd', 'bookworm', '2026-06-11')).toBe('ends')
    expect(stateOf('lxd', 'bookworm', '2026-06-12')).toBe('ended')
    expect(packageSupport('lxd', 'bookworm', '2026-11-25')).toMatchObject({
      day: '2026-06-12',
      see: ['https://bugs.debian.org/1138294'],
      list: expect.stringMatching(/^debian-security-support 1:12\+/),
    })
  })

  test('then each release has its own list, and one without a list says nothing', () => {
    expect([stateOf('consul'), stateOf('consul', 'trixie')]).toEqual([null, 'ended'])
    expect([stateOf('binutils', 'sid'), stateOf('binutils', 'constructor')]).toEqual([null, null])
  })

  test('then an exception stands above the pattern, wherever it is in the list', () => {
    expect([stateOf('rust-coreutils', 'trixie'), stateOf('rust-sequoia-sqv', 'trixie')]).toEqual([
      'limited',
      null,
    ])
  })
})
