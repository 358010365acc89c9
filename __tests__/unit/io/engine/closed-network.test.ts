import { describe, expect, test } from '@jest/globals'
import { lastAddress } from '../../../../src/io/engine/closed-network.js'

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
