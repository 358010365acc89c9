import { describe, expect, test } from '@jest/globals'
import { codeOf, problemThrownBy } from '../../../../support/problems.js'
import { anAptState, anIndex, installed, pendingLines, stanza } from './states.js'

const TWO = [anIndex('bookworm', [stanza('a 1.1')]), anIndex('bookworm-security', [stanza('a 1.2')])]

describe('the candidate', () => {
  test('when two indexes have higher versions, then the highest is pending', () => {
    expect(pendingLines(anAptState([installed('a 1.0')], TWO))).toEqual(['a:amd64 1.0 1.2'])
  })

  test('when the stanzas of an index are out of order, then the highest version counts', () => {
    const indexes = [anIndex('x', [stanza('a 1.9'), stanza('a 1.10'), stanza('a 1.2')])]
    expect(pendingLines(anAptState([installed('a 1.0')], indexes))).toEqual(['a:amd64 1.0 1.10'])
  })

  test('when only conffiles are left, then nothing is pending', () => {
    const status = [installed('a 1.0', { Status: 'deinstall ok config-files' }), installed('b 1')]
    expect(pendingLines(anAptState(status, TWO))).toEqual([])
  })

  test('when a package is another build of the same version, then it is pending', () => {
    const indexes = [anIndex('x', [stanza('a 1.0', { Depends: 'libc6' })])]
    expect(pendingLines(anAptState([installed('a 1.0')], indexes))).toEqual(['a:amd64 1.0 1.0'])
  })

  test.each([
    ['blanks', { Depends: 'b (>= 1),c' }, { Depends: 'b  (>=1), c' }],
    ['the old operator', { Depends: 'b (> 1)' }, { Depends: 'b (>= 1)' }],
    ['Multi-Arch: no', {}, { 'Multi-Arch': 'no' }],
    ['Recommends', {}, { Recommends: 'b' }],
  ])('when only %s differ, then it is the same version', (_, before, after) => {
    const indexes = [anIndex('x', [stanza('a 1.0', after)])]
    expect(pendingLines(anAptState([installed('a 1.0', before)], indexes))).toEqual([])
  })

  test('when an architecture is foreign, then only its own index counts', () => {
    const indexes = [anIndex('x', [stanza('a 1.2'), stanza('a 1.1', { Architecture: 'i386' })])]
    const status = [installed('a 1.0', { Architecture: 'i386' })]
    expect(pendingLines(anAptState(status, indexes))).toEqual(['a:i386 1.0 1.1'])
  })

  test('when a package turns from all to amd64, then that is an ordinary update', () => {
    const status = [installed('a 1.0', { Architecture: 'all' })]
    expect(pendingLines(anAptState(status, TWO))).toEqual(['a:amd64 1.0 1.2'])
  })
})

describe('priorities', () => {
  const pin = (priority: number, how = 'release n=bookworm-security') =>
    `Package: a\nPin: ${how}\nPin-Priority: ${priority}\n`

  test.each([
    [pin(-1), ['a:amd64 1.0 1.1']],
    [pin(50), ['a:amd64 1.0 1.1']],
    [pin(100), ['a:amd64 1.0 1.1']],
    [pin(990, 'release n=bookworm'), ['a:amd64 1.0 1.1']],
    [pin(600, 'version 1.0'), []],
    [pin(-1, 'release o=Debian'), []],
  ])('when the preferences are %j, then pending is %j', (preferences, expected) => {
    expect(pendingLines(anAptState([installed('a 1.0')], TWO, { preferences }))).toEqual(expected)
  })

  test.each([
    [999, []],
    [1000, ['a:amd64 2.0 1.2']],
  ])('when a lower version has priority %i, then pending is %j', (priority, expected) => {
    expect(pendingLines(anAptState([installed('a 2.0')], TWO, { preferences: pin(priority) }))).toEqual(
      expected,
    )
  })

  test('when Default-Release names the main suite only, then security is hidden', () => {
    const setting = anAptState([installed('a 1.0')], TWO, { defaultRelease: 'bookworm' })
    expect(pendingLines(setting)).toEqual(['a:amd64 1.0 1.1'])
  })

  test('when Default-Release is nowhere, then apt stops and we say so', () => {
    const problem = problemThrownBy(() =>
      pendingLines(anAptState([installed('a 1')], TWO, { defaultRelease: 'sarge' })),
    )
    expect(problem.code).toBe('apt-stops')
    expect(problem).toMatchObject({
      what: "apt in this image stops with an error: The value 'sarge' is invalid for APT::Default-Release as such a release is not available in the sources",
      where: 'etc/apt',
    })
    // These are not looked up.
    const other = anAptState([installed('a 1.0')], TWO, { defaultRelease: 'n=sarge' })
    expect(pendingLines(other)).toEqual(['a:amd64 1.0 1.2'])
  })

  test('when a pin has priority 0, then apt stops and we say so', () => {
    expect(codeOf(() => anAptState([installed('a 1')], TWO, { preferences: pin(0) }))).toBe('apt-stops')
  })

  test('when a repository is NotAutomatic, then it offers nothing, and with ButAutomaticUpgrades upgrades', () => {
    const packages = [stanza('a 2.0')]
    const one = (more: object) => anAptState([installed('a 1.0')], [anIndex('x', packages, more)])
    expect(pendingLines(one({ notAutomatic: true }))).toEqual([])
    expect(pendingLines(one({ notAutomatic: true, butAutomaticUpgrades: true }))).toEqual(['a:amd64 1.0 2.0'])
  })

  test('when a repository has ButAutomaticUpgrades, then its priority is 100, and 500 that of others', () => {
    const upgrades = { notAutomatic: true, butAutomaticUpgrades: true }
    const indexes = [anIndex('bpo', [stanza('a 2.0')], upgrades), anIndex('high', [stanza('a 3.0')])]
    const pending = (priority: number) => {
      const preferences = `Package: a\nPin: release n=high\nPin-Priority: ${priority}\n`
      return pendingLines(anAptState([installed('a 1.0')], indexes, { preferences }))
    }
    expect([pending(100), pending(99)]).toEqual([['a:amd64 1.0 3.0'], ['a:amd64 1.0 2.0']])
    const lower = [anIndex('x', [stanza('a 2.0')]), anIndex('high', [stanza('a 3.0')])]
    const pinned = (priority: number) => {
      const preferences = `Package: a\nPin: release n=high\nPin-Priority: ${priority}\n`
      return pendingLines(anAptState([installed('a 1.0')], lower, { preferences }))
    }
    expect([pinned(500), pinned(499)]).toEqual([['a:amd64 1.0 3.0'], ['a:amd64 1.0 2.0']])
  })
})
