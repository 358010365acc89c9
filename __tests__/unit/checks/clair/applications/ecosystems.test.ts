import { expect, test } from '@jest/globals'
import {
  CLAIR_ECOSYSTEMS,
  clairVersionText,
  ecosystemAt,
  isOfClair,
  pathAt,
  updaterOf,
} from '../../../../../src/checks/clair/applications/ecosystems.js'

test.each([
  ['PyPI', '1.0', '1.0'],
  ['PyPI', 'v1.0', '1.0'],
  ['PyPI', '01.02.0', '1.2.0'],
  ['PyPI', '2!1.0', '2!1.0'],
  ['PyPI', '0!1.0', '1.0'],
  ['PyPI', '1.0a', '1.0a0'],
  ['PyPI', '1.0a2', '1.0a2'],
  ['PyPI', '1.0-b.3', '1.0b3'],
  ['PyPI', '1.0beta', '1.0b0'],
  ['PyPI', '1.0c4', '1.0rc4'],
  ['PyPI', '1.0pre', '1.0rc0'],
  ['PyPI', '1.0alpha2', '1.0a0'],
  ['PyPI', '1.0preview5', '1.0rc0'],
  ['PyPI', '1.0_rc_5', '1.0rc5'],
  ['PyPI', '1.0-6', '1.0.post6'],
  ['PyPI', '1.0.post7', '1.0.post7'],
  ['PyPI', '1.0.r8', '1.0.post8'],
  ['PyPI', '1.0.post0', '1.0'],
  ['PyPI', '1.0.dev9', '1.0.dev9'],
  ['PyPI', '1.0.dev', '1.0'],
  ['PyPI', '1!2.3rc4.post5.dev6', '1!2.3rc4.post5.dev6'],
  ['PyPI', '1.13.0+cpu', '1.13.0'],
  ['PyPI', 'latest', null],
  ['Go', 'v1.2.3', '1.2.3'],
  ['Go', '1.2', '1.2.0'],
  ['Go', 'v1', '1.0.0'],
  ['Go', 'v1.2.3-rc.1+incompatible', '1.2.3'],
  ['Go', 'v0.0.0-20210226101413-39120d07d75e', '0.0.0'],
  ['Go', '(devel)', null],
  ['Maven', '1.0-rc1+x', '1.0-rc1+x'],
  ['RubyGems', '1.0.pre', '1.0.pre'],
] as const)('when a version of %s is %s, then Clair reads it as %s', (ecosystem, text, read) => {
  expect(clairVersionText(ecosystem, text)).toBe(read)
})

test.each([
  ['python:usr/lib/python3/dist-packages', 'PyPI', 'usr/lib/python3/dist-packages'],
  ['maven:srv/a.war:b.jar', 'Maven', 'srv/a.war:b.jar'],
  ['jar:srv/a.jar', 'Maven', 'srv/a.jar'],
  ['file:srv/a.jar', 'Maven', 'srv/a.jar'],
  ['ruby:srv/a.gemspec', 'RubyGems', 'srv/a.gemspec'],
  ['go:usr/bin/a', 'Go', 'usr/bin/a'],
  ['nodejs:srv/package.json', null, 'nodejs:srv/package.json'],
  ['var/lib/dpkg/status', null, 'var/lib/dpkg/status'],
  ['srv/go:a', null, 'srv/go:a'],
])('when Clair found a package at %s, then it is one of %s', (database, ecosystem, path) => {
  expect([ecosystemAt(database), pathAt(database)]).toEqual([ecosystem, path])
})

test('when Clair has an updater for an ecosystem, then its packages are compared with Clair’s answer', () => {
  expect(CLAIR_ECOSYSTEMS.map(updaterOf)).toEqual(['osv/pypi', 'osv/maven', 'osv/rubygems', 'osv/go'])
  expect(CLAIR_ECOSYSTEMS.every(isOfClair)).toBe(true)
  expect(isOfClair('npm')).toBe(false)
})
