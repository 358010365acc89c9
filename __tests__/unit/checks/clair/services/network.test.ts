import { describe, expect, test } from '@jest/globals'
import { containerIn, lastAddress } from '../../../../../src/checks/clair/services/network.js'

describe('the address that nobody has', () => {
  test.each([
    ['172.19.0.0/16', '172.19.255.254'],
    ['192.168.32.0/20', '192.168.47.254'],
    ['10.1.2.240/28', '10.1.2.254'],
    ['10.200.7.9/8', '10.255.255.254'],
    ['255.255.255.0/24', '255.255.255.254'],
  ])('when the range is %s, then it is the last that a host may have, %s', (subnet, address) => {
    expect(lastAddress(subnet)).toBe(address)
  })

  test.each(['', '10.0.0.0/30', '10.0.0.0', 'fd00::/64', '10.0.0.300/24'])(
    'when the range is "%s", then there is none',
    (subnet) => {
      expect(lastAddress(subnet)).toBeNull()
    },
  )
})

describe('the container that we are in', () => {
  const id = 'a1'.repeat(32)
  const mount = (at: string) =>
    `711 680 8:1 /var/lib/docker/containers/${id}/hostname ${at} rw,relatime - ext4 /dev/sda1 rw\n`

  test('when its host name is mounted at /etc, then it is the one', () => {
    expect(containerIn(mount('/etc/hostname'))).toBe(id)
  })

  test('when another is written to, whose mounts the host sees for that while, then it is none', () => {
    expect(containerIn(mount('/var/lib/docker/overlay2/x/merged/etc/hostname'))).toBeUndefined()
    expect(containerIn('')).toBeUndefined()
  })
})
