import { describe, expect, test } from '@jest/globals'
import { signedFrom } from '../../../src/debian/signed.js'

/** Package, Version, Source (if there is one), Built-Using: as in bookworm's and trixie's Packages indexes of November 2026. */
const REAL = [
  ['linux-image-amd64', '6.1.192-2', 'linux-signed-amd64', '6.1.192+2', 'linux', '6.1.192-2'],
  [
    'linux-image-6.12-amd64',
    '6.12.115-2~deb12u1',
    'linux-signed-6.12-amd64',
    '6.12.115+2~deb12u1',
    'linux-6.12',
    '6.12.115-2~deb12u1',
  ],
  [
    'grub-efi-amd64-signed',
    '1+2.06+13+deb12u2',
    'grub-efi-amd64-signed',
    '1+2.06+13+deb12u2',
    'grub2',
    '2.06-13+deb12u2',
  ],
  [
    'shim-helpers-amd64-signed',
    '1+16.1+2~deb12u1',
    'shim-helpers-amd64-signed',
    '1+16.1+2~deb12u1',
    'shim',
    '16.1-2~deb12u1',
  ],
  ['shim-signed', '1.51~1+deb12u1+16.1-2~deb12u1', 'shim-signed', '1.51~1+deb12u1', 'shim', '16.1-2~deb12u1'],
  [
    'systemd-boot-efi-amd64-signed',
    '257.13-1~deb13u1',
    'systemd-boot-efi-amd64-signed',
    '257.13+1~deb13u1',
    'systemd',
    '257.13-1~deb13u1',
  ],
  ['fwupd-amd64-signed', '1:1.4+1', 'fwupd-amd64-signed', '1:1.4+1', 'fwupd-efi', '1:1.4-1'],
] as const

describe('signedFrom', () => {
  test.each(REAL)('when it is %s %s, then it is the source of Built-Using', (...row) => {
    const [, version, source, sourceVersion, from, fromVersion] = row
    expect(signedFrom({ version, source, sourceVersion })).toEqual({ source: from, version: fromVersion })
  })

  test.each([
    // A backport has a + of its own; an upstream version may have one before a letter.
    ['linux-signed-arm64', '6.12.90+2~bpo12+1', 'linux', '6.12.90-2~bpo12+1'],
    ['linux-signed-i386', '4.19.67+2+deb10u1', 'linux', '4.19.67-2+deb10u1'],
    ['grub-efi-ia32-signed', '1+2.02+dfsg1+20+deb10u4', 'grub2', '2.02+dfsg1-20+deb10u4'],
    ['fwupd-arm64-signed', '1.5.7+4', 'fwupd', '1.5.7-4'],
  ])('when it is %s %s, then it is %s %s', (source, version, from, fromVersion) => {
    expect(signedFrom({ source, version, sourceVersion: version })).toEqual({
      source: from,
      version: fromVersion,
    })
  })

  test.each([
    'linux',
    'linux-latest',
    'signond',
    'libxml-signed-perl',
    'grub2',
    'linux-signed',
    'my-shim-signed',
  ])('when it is %s, then it is signed from nothing', (source) => {
    expect(signedFrom({ source, version: '1+1', sourceVersion: '1+1' })).toBeNull()
  })
})
