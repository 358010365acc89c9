import { describe, expect, test } from '@jest/globals'
import {
  ancestorsOf,
  interestIn,
  isExpectedLink,
  isParentOfInterest,
} from '../../../../src/model/image/interest.js'

describe('files of interest', () => {
  test.each([
    ['var/lib/dpkg/status', 'status'],
    ['var/lib/dpkg/status.d/base-files', 'status'],
    ['opt/root/status.d/libc6', 'possible-status'],
    ['status.d/libc6', 'possible-status'],
    ['etc/monit/status.d/web.conf', 'possible-status'],
    ['var/lib/dpkg/status.d/base-files.md5sums', null],
    ['var/lib/dpkg/status.d/a/b', null],
    ['var/lib/dpkg/status-old', null],
    ['srv/x/status', 'possible-status'],
    ['status', 'possible-status'],
    ['var/lib/dpkg/arch', 'text'],
    ['etc/apt/sources.list.d/debian.sources', 'text'],
    ['etc/apt/sources.list.d/a/b', null],
    ['etc/apt/preferences', 'text'],
    ['etc/passwd', 'text'],
    ['etc/shadow', null],
    ['srv/etc/passwd', null],
    ['srv/root/etc/os-release', 'nested-release'],
    ['srv/root/usr/lib/os-release', 'nested-release'],
    ['usr/lib/os-release', 'text'],
    ['srv/os-release', null],
  ])('when the path is %s, then it is read as %s', (path, kind) => {
    expect(interestIn(path)).toBe(kind)
  })

  test('when a directory leads to a file of interest, then a link there would hide it', () => {
    for (const path of ['var', 'var/lib/dpkg', 'var/lib/dpkg/status.d', 'usr/lib', 'etc/apt/preferences.d']) {
      expect(isParentOfInterest(path)).toBe(true)
    }
    for (const path of ['bin', 'lib', 'usr/bin', 'var/lib/dpkg/info', 'var/lib/dpkg/status', '.']) {
      expect(isParentOfInterest(path)).toBe(false)
    }
  })

  test('when os-release links to the one in usr/lib, then that is as it should be', () => {
    expect(isExpectedLink('etc/os-release', '../usr/lib/os-release')).toBe(true)
    expect(isExpectedLink('etc/os-release', '/usr/lib/os-release')).toBe(true)
    expect(isExpectedLink('etc/os-release', '../srv/usr/lib/os-release')).toBe(false)
    expect(isExpectedLink('etc/passwd', '../usr/lib/os-release')).toBe(false)
  })

  test('when ancestors are asked for, then they go down to the root', () => {
    expect(ancestorsOf('a/b/c')).toEqual(['a/b', 'a', '.'])
    expect(ancestorsOf('a')).toEqual(['.'])
    expect(ancestorsOf('.')).toEqual([])
  })
})
