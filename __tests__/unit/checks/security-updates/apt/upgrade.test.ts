import { describe, expect, test } from '@jest/globals'
import { problemThrownBy } from '../../../../support/problems.js'
import { anAptState, anIndex, installed, stanza, upgradeLines } from './states.js'

const all = (...packages: string[]) => [anIndex('x', packages)]

describe('what apt-get upgrade takes', () => {
  test('when a new dependency is not installed, then the package is held back with the reason', () => {
    const setting = anAptState([installed('a 1')], all(stanza('a 2', { Depends: 'new' })))
    expect(upgradeLines(setting)).toEqual({ taken: [], left: ['a:amd64: Depends: new'] })
  })

  test('when two need each other at the new version, then both are taken', () => {
    const setting = anAptState(
      [installed('a 1'), installed('b 1')],
      all(stanza('a 2', { Depends: 'b (= 2)' }), stanza('b 2', { Depends: 'a (= 2)' })),
    )
    expect(upgradeLines(setting)).toEqual({ taken: ['a:amd64 1 2', 'b:amd64 1 2'], left: [] })
  })

  test.each([
    ['its own name', 'b (= 2)'],
    ['a version that it provides', 'b (= 7)'],
  ])('when a package provides its own name in another version, then %s satisfies', (_, relation) => {
    const setting = anAptState(
      [installed('a 1'), installed('b 2', { Provides: 'b (= 7)' })],
      all(stanza('a 2', { Depends: relation }), stanza('b 2', { Provides: 'b (= 7)' })),
    )
    expect(upgradeLines(setting)).toEqual({ taken: ['a:amd64 1 2'], left: [] })
  })

  test('when one is on hold, then what is locked to it stays too', () => {
    const setting = anAptState(
      [installed('a 1'), installed('b 1', { Status: 'hold ok installed' })],
      all(stanza('a 2', { Depends: 'b (= 2)' }), stanza('b 2')),
    )
    expect(upgradeLines(setting)).toEqual({
      taken: [],
      left: ['b:amd64: it is on hold', 'a:amd64: Depends: b (= 2)'],
    })
  })

  test('when an unchanged package needs the old version, then the other stays, with its name', () => {
    const setting = anAptState(
      [installed('user 1', { Depends: 'lib (= 1)' }), installed('lib 1')],
      all(stanza('lib 2')),
    )
    expect(upgradeLines(setting)).toEqual({ taken: [], left: ['lib:amd64: user Depends: lib (= 1)'] })
  })

  test.each([
    ['was none before', {}, [], ['a:amd64: Recommends: new']],
    ['was one before', { Recommends: 'gone' }, ['a:amd64 1 2'], []],
  ])('when a Recommends is not met and there %s, then so it goes', (_, before, taken, left) => {
    const setting = anAptState([installed('a 1', before)], all(stanza('a 2', { Recommends: 'new' })))
    expect(upgradeLines(setting)).toEqual({ taken, left })
  })

  test('when one architecture of Multi-Arch: same is newer, then it stays', () => {
    const same = { 'Multi-Arch': 'same' }
    const setting = anAptState(
      [installed('a 1', same), installed('a 1', { ...same, Architecture: 'i386' })],
      all(stanza('a 2', same)),
      { architectures: ['amd64', 'i386'] },
    )
    expect(upgradeLines(setting)).toEqual({ taken: [], left: ['a:amd64: Multi-Arch: a:i386 is at 1'] })
  })

  test('when an installed package lacks a dependency, then apt stops and we say so', () => {
    const setting = anAptState([installed('a 1', { Depends: 'gone' })], all(stanza('a 2')))
    expect(problemThrownBy(() => upgradeLines(setting))).toMatchObject({
      code: 'apt-stops',
      what: 'apt in this image stops with an error: Unmet dependencies. a:amd64 : Depends: gone',
      todo: expect.stringContaining('apt-get install -y --fix-broken'),
    })
  })

  test('when a package must be installed again and is in no index, then apt stops and we say so', () => {
    const setting = anAptState([installed('a 1', { Status: 'install reinstreq half-installed' })], all())
    expect(problemThrownBy(() => upgradeLines(setting))).toMatchObject({
      code: 'apt-stops',
      todo: expect.stringContaining('--force-remove-reinstreq a'),
    })
  })

  test.each([
    ['hold reinstreq half-installed', {}, "Can't find a source to download version '1' of 'a:amd64'"],
    ['install reinstreq installed', { Depends: 'new' }, 'Unmet dependencies. a:amd64 : Depends: new'],
  ])(
    'when one that is %s is in no index and the newer stays away, then apt stops',
    (Status, more, reason) => {
      const setting = anAptState([installed('a 1', { Status })], all(stanza('a 2', more)))
      expect(problemThrownBy(() => upgradeLines(setting)).what).toContain(reason)
    },
  )

  test('when an update is not for all machines yet, or the package is half-installed, then it stays', () => {
    const machineId = '0'.repeat(32)
    const phased = all(stanza('a 2', { 'Phased-Update-Percentage': '10' }))
    expect(upgradeLines(anAptState([installed('a 1')], phased, { machineId })).left).toEqual([
      'a:amd64: the archive currently offers it only to some machines',
    ])
    const half = installed('a 1', { Status: 'install ok half-installed' })
    expect(upgradeLines(anAptState([half], all(stanza('a 2')))).left).toEqual([
      'a:amd64: it is half-installed',
    ])
  })

  test('when a hold is ignored, then the package is taken, and one that is half-installed is gone', () => {
    const onHoldHalf = installed('a 1', { Status: 'hold ok half-installed' })
    const user = installed('b 1', { Depends: 'a' })
    const lines = (ignoreHold: boolean) => () =>
      upgradeLines(anAptState([onHoldHalf, user], all(stanza('a 1')), { ignoreHold }))
    expect(lines(false)()).toEqual({ taken: [], left: [] })
    expect(problemThrownBy(lines(true)).what).toContain('Unmet dependencies. b:amd64 : Depends: a')
    const onHold = installed('a 1', { Status: 'hold ok installed' })
    const update = anAptState([onHold], all(stanza('a 2')), { ignoreHold: true })
    expect(upgradeLines(update)).toEqual({ taken: ['a:amd64 1 2'], left: [] })
  })

  test('when a package is half-installed, then nothing can depend on it', () => {
    const half = installed('a 1', { Status: 'install ok half-installed' })
    const index = all(stanza('a 1'), stanza('b 2', { Depends: 'a' }))
    expect(upgradeLines(anAptState([half, installed('b 1')], index))).toEqual({
      taken: [],
      left: ['b:amd64: Depends: a'],
    })
    const setting = anAptState([half, installed('b 1', { Depends: 'a' })], index)
    expect(problemThrownBy(() => upgradeLines(setting)).what).toContain('Unmet dependencies. b:amd64')
  })
})
