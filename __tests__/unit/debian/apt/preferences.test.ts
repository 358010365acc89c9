import { describe, expect, test } from '@jest/globals'
import { type ReleaseFacts, readPreferences } from '../../../../src/debian/apt/preferences.js'
import { codeOf, problemThrownBy } from '../../../support/problems.js'

const SECURITY: ReleaseFacts = {
  origin: 'Debian',
  label: 'Debian-Security',
  suite: 'stable-security',
  codename: 'trixie-security',
  version: '13',
  component: 'main',
  architecture: 'amd64',
  site: 'security.debian.org',
}
const pins = (text: string) => readPreferences({ 'etc/apt/preferences': text })
const matches = (how: string) =>
  pins(`Package: *\nPin: ${how}\nPin-Priority: 5\n`)[0]?.matchesRelease(SECURITY)

describe('what a pin is about', () => {
  test.each([
    ['release a=stable-security', true],
    ['release a=stable', false],
    ['release a=stable*', true],
    ['release n=TRIXIE-security', true],
    ['release stable-security', true],
    ['release trixie-security', true],
    ['release 13', true],
    ['release 1', false],
    ['release v=1*', true],
    ['release l=/debian-sec/', true],
    ['release o=Debian,l=Debian', false],
    ['release o=Debian, l=Debian-Security', true],
    ['release b=i386', false],
    ['release x=y', false],
    ['release *', true],
    ['origin security.debian.org', true],
    ['origin "security.*"', true],
    ['origin ""', false],
  ])('when it says %j, then the security index matches: %s', (how, expected) => {
    expect(matches(how)).toBe(expected)
  })

  test('when several names are given, then each has a pin of its own', () => {
    const [a, b, ...more] = pins('Package: src:perl libc6:i386\nPin: version 5*\nPin-Priority: -1\n')
    expect(a?.package).toMatchObject({ bySource: true, architecture: null })
    expect(b?.package).toMatchObject({ bySource: false, architecture: 'i386' })
    expect(b?.package?.matchesName('libc6')).toBe(true)
    expect(more).toEqual([])
  })

  test('when patterns together take too many states, then they are refused', () => {
    const record = 'Package: /a{200}/\nPin: release *\nPin-Priority: 1\n\n'
    expect(pins(record)).toHaveLength(1)
    expect(codeOf(() => pins(record.repeat(10)))).toBe('apt-pattern')
  })

  test('when there are more pins than people write, then they are refused', () => {
    const record = `Package: ${'a '.repeat(100)}\nPin: release *\nPin-Priority: 1\n\n`
    expect(pins(record.repeat(20))).toHaveLength(2000)
    expect(codeOf(() => pins(record.repeat(21)))).toBe('apt-pattern')
    const general = 'Package: *\nPin: release a=x\nPin-Priority: 1\n\n'
    expect(pins(general.repeat(2000))).toHaveLength(2000)
    expect(codeOf(() => pins(general.repeat(2001)))).toBe('apt-pattern')
  })
})

describe('files of preferences', () => {
  const one = (name: string) => ({ [name]: 'Package: a\nPin: release *\nPin-Priority: 1\n' })

  test.each([
    ['etc/apt/preferences.d/x', 1],
    ['etc/apt/preferences.d/x.pref', 1],
    ['etc/apt/preferences.d/x.bak', 0],
    ['etc/apt/preferences.d/.x.pref', 0],
  ])('when there is %s, then %i pins are read', (name, count) => {
    expect(readPreferences(one(name))).toHaveLength(count)
  })

  test('when there are several, then preferences comes first, and then the parts by name: the first pin counts', () => {
    const files = ['etc/apt/preferences.d/b', 'etc/apt/preferences.d/a', 'etc/apt/preferences'].map(
      (path, at) => [path, `Package: *\nPin: release *\nPin-Priority: ${at + 1}\n`],
    )
    expect(readPreferences(Object.fromEntries(files)).map(({ priority }) => priority)).toEqual([3, 2, 1])
  })

  test('when a line is no field, then apt skips the next one with it', () => {
    const [pin] = pins('Package: a\njunk\nPin-Priority: 1\nPin: release *\nPin-Priority: 2\n')
    expect(pin?.priority).toBe(2)
    expect(pins('junk\nPackage: b\nPackage: a\nPin: release *\nPin-Priority: 2\n')).toHaveLength(1)
    expect(codeOf(() => pins('Package: a\nPin: release *\njunk\nPin-Priority: 2\n'))).toBe('apt-stops')
  })

  test.each([
    ['32767', 32767],
    ['+1', 1],
    ['-32768', -32768],
    ['990 or so', 990],
  ])('when the priority is %j, then it is %i', (text, priority) => {
    expect(pins(`Package: a\nPin: release *\nPin-Priority: ${text}\n`)[0]?.priority).toBe(priority)
  })

  test('when a record has no pin, or one that apt does not know, then it is skipped', () => {
    expect(pins('Package: a\nPin-Priority: 1\n')).toEqual([])
    expect(pins('Package: a\nPin: other x\nPin-Priority: 1\n')).toEqual([])
    expect(pins('Package: *\nPin: version 1\nPin-Priority: 1\n')).toEqual([])
    expect(pins('Package: a\nPin: version 1\nPin-Priority: 1\n')).toHaveLength(1)
  })

  test('when a pin is about one thing, then it matches nothing else', () => {
    const [version] = pins('Package: a\nPin: version 5*\nPin-Priority: 1\n')
    expect([
      version?.matchesRelease(SECURITY),
      version?.matchesVersion('5.1'),
      version?.matchesVersion('6'),
    ]).toEqual([false, true, false])
    for (const how of ['release a=stable-security', 'origin security.debian.org']) {
      const [pin] = pins(`Package: *\nPin: ${how}\nPin-Priority: 1\n`)
      expect([pin?.matchesRelease(SECURITY), pin?.matchesVersion('5.1')]).toEqual([true, false])
    }
    expect(matches('release')).toBe(false)
    expect(matches('origin *')).toBe(true)
    const [local] = pins('Package: *\nPin: origin *\nPin-Priority: 1\n')
    expect(local?.matchesRelease({ ...SECURITY, site: null })).toBe(false)
  })

  test('when a record names no package, then apt stops and we say so', () => {
    expect(codeOf(() => pins('Pin: release *\nPin-Priority: 1\n'))).toBe('apt-stops')
  })

  test.each([
    '',
    'Pin-Priority: 0\n',
    'Pin-Priority: 32768\n',
    'Pin-Priority: -32769\n',
    'Pin-Priority: ten\n',
    'Pin-Priority: x10\n',
  ])('when the priority is %j, then apt stops and we say so', (priority) => {
    expect(codeOf(() => pins(`Package: a\nPin: release *\n${priority}`))).toBe('apt-stops')
  })

  test('when the priority is never, then that is one of whole releases only', () => {
    expect(pins('Package: *\nPin: release *\nPin-Priority: never\n')[0]?.priority).toBe('never')
    const problem = problemThrownBy(() => pins('Package: a*\nPin: release *\nPin-Priority: never\n'))
    expect(problem.what).toContain("'Pin-Priority: never' can only be used for 'Package: *' records")
  })
})
