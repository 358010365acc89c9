import { expect, test } from '@jest/globals'
import {
  addressOf,
  archiveOf,
  componentOfSection,
  debianComponent,
  isSnapshot,
  withSlash,
} from '../../../../../src/checks/security-updates/archive/mirrors.js'
import { indexStanzas } from '../../../../../src/checks/security-updates/archive/stanzas.js'
import { readSources } from '../../../../../src/debian/apt/sources.js'
import { problemThrownBy } from '../../../../support/problems.js'

test.each([
  ['bookworm', 'main'],
  ['bookworm-updates', 'main'],
  ['bookworm-security', 'security'],
  ['buster/updates', 'security'],
  ['security', 'main'],
])('when a suite is %s, then it is in the archive %s', (suite, archive) => {
  expect(archiveOf(suite)).toBe(archive)
})

test.each([
  ['main', 'main'],
  ['updates/main', 'main'],
  ['contrib', 'contrib'],
  ['non-free', 'non-free'],
  ['non-free-firmware', 'non-free-firmware'],
  ['nginx', null],
  ['', null],
])('when a component is %j, then it is Debian’s %s', (component, name) => {
  expect(debianComponent(component)).toBe(name)
})

test.each([
  ['contrib/misc', 'contrib'],
  ['non-free-firmware/kernel', 'non-free-firmware'],
  ['misc', null],
  ['universe/misc', null],
  ['', null],
])('when a section is %j, then it is of %s', (section, component) => {
  expect(componentOfSection(section)).toBe(component)
})

test('when an address has a user, then the evidence does not; it ends with one slash', () => {
  const of = (uri: string) =>
    readSources({ 'etc/apt/sources.list': `deb ${uri} bookworm main\n` }, ['amd64']).map(addressOf)
  expect(of('https://me:secret@mirror.example/debian')).toEqual(['https://mirror.example/debian/'])
  expect(of('http://mirror.example/a@b/')).toEqual(['http://mirror.example/a@b/'])
  expect([withSlash('http://a'), withSlash('http://a//')]).toEqual(['http://a/', 'http://a/'])
})

test.each([
  ['http://snapshot.debian.org/archive/debian/20250520T000000Z/', true],
  ['http://mirror.example/debian-security/20250520T000000Z/', true],
  ['http://mirror.example/debian/', false],
  ['http://mirror.example/debian/20250520T000000Z/x/', false],
])('when an address is %s, then it is a snapshot: %s', (uri, is) => {
  expect(isSnapshot(uri)).toBe(is)
})

test('when an index is whole, then its stanzas are read, with or without an end', () => {
  const text = 'Package: a\nVersion: 1\nArchitecture: all\n\nPackage: b\nVersion: 2\nArchitecture: amd64'
  for (const whole of [text, `${text}\n`]) {
    expect(indexStanzas(whole, 'x').map(({ fields }) => fields.get('package'))).toEqual(['a', 'b'])
  }
  expect(indexStanzas('', 'x')).toEqual([])
})

test.each([
  ['Version: 1\nArchitecture: all\n', 'this stanza has no package field', 'x:1'],
  ['Package: a\nArchitecture: all\n', 'the stanza of "a" has no version field', 'x:1'],
  ['Package: a\nVersion: 1\n', 'the stanza of "a" has no architecture field', 'x:1'],
  ['\nPackage: a\nVersion:\nArchitecture: all\n', 'the stanza of "a" has no version field', 'x:2'],
])('when a stanza is %j, then the index is refused: %s', (text, why, where) => {
  expect(problemThrownBy(() => indexStanzas(text, 'x'))).toEqual({
    ...{ code: 'archive-index-broken', what: `an archive index cannot be parsed: ${why}`, where },
    todo: 'collect the evidence again; if the error persists, set a different mirror with debian-mirror',
  })
})

test('when a stanza has a version that is not one, or cannot be parsed, then the problem says where', () => {
  const text = 'Package: a\nVersion: 1\nArchitecture: all\n\nPackage: b\nVersion: x y\nArchitecture: all\n'
  const version = problemThrownBy(() => indexStanzas(text, 'x'))
  expect(version).toMatchObject({ code: 'archive-index-broken', where: 'x:5' })
  expect(version.what).toMatch(/^an archive index cannot be parsed: the stanza of "b": /)
  const broken = problemThrownBy(() => indexStanzas('Package: a\nnot a field\n', 'x'))
  expect(broken).toMatchObject({ code: 'archive-index-broken', where: expect.stringMatching(/^x:2$/) })
  expect(broken.what).not.toContain('damaged')
})
