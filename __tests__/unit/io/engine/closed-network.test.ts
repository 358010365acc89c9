import { describe, expect, test } from '@jest/globals'
import { createClosedNetwork, lastAddress } from '../../../../src/io/engine/closed-network.js'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import { fakeEngine } from '../../../support/fake-engine.js'
import { json } from '../../../support/fake-server.js'

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

describe('when Podman’s network has no gateway', () => {
  test('then it is used as it is: its containers have no default route', async () => {
    const engine = await fakeEngine({
      'POST /networks/create': (_, response) => json(response, 201, { Id: 'net' }),
      'GET /networks/net': (_, response) =>
        json(response, 200, { IPAM: { Config: [{ Subnet: '10.89.0.0/24', Gateway: '<nil>' }] } }),
    })
    const connected = await connectEngine({ DOCKER_HOST: engine.host })
    expect(await createClosedNetwork(connected, 'seaworthy-1', {})).toBe('net')
    expect(engine.calls()).toEqual(['POST /networks/create', 'GET /networks/net'])
    await engine.close()
  })
})
