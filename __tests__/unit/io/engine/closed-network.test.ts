import { describe, expect, test } from '@jest/globals'
import {
  createClosedNetwork,
  createOnClosedNetwork,
  lastAddress,
} from '../../../../src/io/engine/closed-network.js'
import { connectEngine, type Engine } from '../../../../src/io/engine/engine.js'
import { fakeEngine, type Routes } from '../../../support/fake-engine.js'
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

/** For which network something is created on an engine whose networks have this range, and what was asked of it. */
async function createdOn(apiVersion: string, refusals = 0, more: Partial<Engine> = {}) {
  const range = { Subnet: '172.19.0.0/16', Gateway: '172.19.0.1' }
  let made = 0
  let left = refusals
  const engine = await fakeEngine(
    {
      'POST /networks/create': ({ body }, response) =>
        body.includes('IPAM') && left-- > 0
          ? json(response, 403, { message: 'it overlaps with another range' })
          : json(response, 201, { Id: `net${++made}` }),
      ...Object.fromEntries(
        ['net1', 'net2', 'net3', 'net4', 'net5'].flatMap((id): [string, Routes[string]][] => [
          [`GET /networks/${id}`, (_, response) => json(response, 200, { IPAM: { Config: [range] } })],
          [`DELETE /networks/${id}`, (_, response) => json(response, 204, null)],
        ]),
      ),
    },
    apiVersion,
  )
  try {
    const connected = { ...(await connectEngine({ DOCKER_HOST: engine.host })), ...more }
    const on: string[] = []
    const create = async (network: string) => on.push(network)
    const { network } = await createOnClosedNetwork(connected, 'seaworthy-1', {}, create)
    return { network, on, calls: engine.calls().map((call) => call.split('/')[0]?.trim()) }
  } finally {
    await engine.close()
  }
}

describe('a container on a closed network', () => {
  test('when the network is made once, then it is created for its id', async () => {
    expect(await createdOn('1.45')).toEqual({ network: 'net1', on: ['net1'], calls: ['POST'] })
  })

  test('when it is made twice, then it is created meanwhile, for its name', async () => {
    const calls = ['POST', 'GET', 'DELETE', 'POST']
    expect(await createdOn('1.41')).toEqual({ network: 'net2', on: ['seaworthy-1'], calls })
  })

  test('when someone else takes the range, then the network is made again, and the container is not', async () => {
    const calls = ['POST', 'GET', 'DELETE', 'POST', 'POST', 'GET', 'DELETE', 'POST']
    expect(await createdOn('1.41', 1)).toEqual({ network: 'net3', on: ['seaworthy-1'], calls })
  })

  test('when the engine is Podman, then it is created afterwards', async () => {
    const { network, on } = await createdOn('1.41', 0, { podman: '4.3.1' })
    expect([network, on]).toEqual(['net2', ['net2']])
  })

  test('when the network is refused, then that is the error', async () => {
    await expect(createdOn('1.41', 9)).rejects.toThrow('it overlaps with another range')
  })
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
