import { expect, test } from '@jest/globals'
import { readConfigured } from '../../../../../src/checks/security-updates/apt/configured.js'
import { installed } from './states.js'

const read = (files: Readonly<Record<string, string>> = {}) => {
  const status = { 'var/lib/dpkg/status': installed('apt 2.6.1') }
  return readConfigured({ files: { ...status, ...files }, unreadable: {} }, 'amd64')
}

test('when an image configures nothing, then apt’s defaults count', () => {
  const { installed: all, ...settings } = read()
  expect(all.map(({ package: { name } }) => name)).toEqual(['apt'])
  expect(settings).toEqual({
    ...{ architectures: ['amd64'], targets: [], pins: [], defaultRelease: null, ignoreHold: false },
    ...{ installRecommends: true, installSuggests: false, checkValidUntil: true, machineId: null },
  })
})

test('when it configures everything, then that is read', () => {
  const conf = [
    'APT::Default-Release "bookworm"; APT::Ignore-Hold "true"; APT::Install-Recommends "false";',
    'APT::Install-Suggests "true"; Acquire::Check-Valid-Until "false";',
  ].join('\n')
  const id = '0123456789abcdefABCDEF0123456789'
  expect(read({ 'etc/apt/apt.conf': conf, 'etc/machine-id': `${id}\n` })).toMatchObject({
    ...{ defaultRelease: 'bookworm', ignoreHold: true, installRecommends: false, installSuggests: true },
    ...{ checkValidUntil: false, machineId: id },
  })
})

test.each(['', 'uninitialized', '0'.repeat(31), '0'.repeat(33), 'g'.repeat(32)])(
  'when the machine’s id is %j, then it has none',
  (text) => {
    expect(read({ 'etc/machine-id': text }).machineId).toBeNull()
  },
)

test('when dpkg knows more architectures, then apt reads their indexes, unless its configuration names others', () => {
  const files = {
    'var/lib/dpkg/arch': 'amd64\n\narm64\ni386\narm64\n',
    'etc/apt/sources.list': 'deb http://deb.debian.org/debian bookworm main\n',
  }
  const of = (more: Readonly<Record<string, string>>) => {
    const { architectures, targets } = read({ ...files, ...more })
    return [architectures, targets.map(({ architecture }) => architecture)]
  }
  const all = ['amd64', 'arm64', 'i386']
  expect(of({})).toEqual([all, all])
  const named = { 'etc/apt/apt.conf': 'APT::Architectures { "armhf"; "amd64"; };\n' }
  expect(of(named)).toEqual([
    ['amd64', 'armhf'],
    ['amd64', 'armhf'],
  ])
})
