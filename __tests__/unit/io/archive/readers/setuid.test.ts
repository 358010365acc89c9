import { expect, test } from '@jest/globals'
import { capabilitiesOf } from '../../../../../src/io/archive/readers/setuid.js'

/** `struct vfs_cap_data`: 32-bit words, little-endian. */
const value = (...uint32s: readonly number[]) => {
  const bytes = Buffer.alloc(uint32s.length * 4)
  for (const [index, uint32] of uint32s.entries()) {
    bytes.writeUInt32LE(uint32 >>> 0, index * 4)
  }
  return bytes.toString('latin1')
}

test.each<[string, readonly number[], readonly string[]]>([
  ['cap_setuid=ep', [0x02000001, 1 << 7, 0, 0, 0], ['cap_setuid']],
  ['cap_setuid=p, which the program has to take up', [0x02000000, 1 << 7, 0, 0, 0], ['cap_setuid']],
  [
    'cap_sys_admin,cap_dac_override=ep',
    [0x02000001, (1 << 21) | 2, 0, 0, 0],
    ['cap_dac_override', 'cap_sys_admin'],
  ],
  ['cap_setfcap=ep', [0x02000001, 1 << 31, 0, 0, 0], ['cap_setfcap']],
  ['cap_bpf=ep, of the second word', [0x02000001, 0, 0, 1 << 7, 0], ['cap_bpf']],
  ['one that has no name yet', [0x02000001, 0, 0, 1 << 31, 0], ['cap_63']],
  ['cap_setuid=ep of a user namespace', [0x03000001, 1 << 7, 0, 0, 0, 100000], ['cap_setuid']],
  ['cap_setuid=ep of the first version', [0x01000001, 1 << 7, 0], ['cap_setuid']],
  ['cap_setuid=i', [0x02000001, 0, 1 << 7, 0, 0], []],
  ["cap_net_raw=ep, as Debian's ping", [0x02000001, 1 << 13, 0, 0, 0], ['cap_net_raw']],
  [
    "cap_net_bind_service,cap_net_admin=ep, as Debian's gst-ptp-helper",
    [0x02000001, (1 << 10) | (1 << 12), 0, 0, 0],
    ['cap_net_bind_service', 'cap_net_admin'],
  ],
  ['nothing', [0x02000001, 0, 0, 0, 0], []],
  ['a version that is not known', [0x04000001, 1 << 7, 0, 0, 0], ['cap_unknown']],
  ['a value that was cut', [0x02000001, 1 << 7], ['cap_unknown']],
])('when a file has %s, then they are named', (_, uint32s, expected) => {
  expect(capabilitiesOf(value(...uint32s))).toEqual(expected)
})

test('when the value is empty, then nobody can say', () => {
  expect(capabilitiesOf('')).toEqual(['cap_unknown'])
})
