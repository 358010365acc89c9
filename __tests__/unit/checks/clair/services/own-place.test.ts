import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { joinNetwork, type NetworkAddress } from '../../../../../src/checks/clair/services/network.js'
import { connectEngine } from '../../../../../src/io/engine/engine.js'
import { type FakeEngine, fakeEngine, type Routes } from '../../../../support/fake-engine.js'
import { json } from '../../../../support/fake-server.js'
import { problemOfRejected } from '../../../../support/rejections.js'

// Whether this process is in a container is asked of the kernel and of the host's name: both are made up here.
const SHORT = '0123456789ab'
const ID = SHORT.padEnd(64, 'c')
const BRIDGE = '  br-net: 1 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n'
const machine = { hostname: 'runner', mountinfo: '', interfaces: BRIDGE }
const files = new Map([
  ['/proc/self/mountinfo', () => machine.mountinfo],
  ['/proc/net/dev', () => machine.interfaces],
])
const { readFileSync } = fs
beforeAll(() => {
  jest.spyOn(os, 'hostname').mockImplementation(() => machine.hostname)
  jest
    .spyOn(fs, 'readFileSync')
    .mockImplementation(
      ((path: string, ...more: unknown[]) =>
        files.get(path)?.() ??
        (readFileSync as (...all: unknown[]) => unknown)(path, ...more)) as typeof readFileSync,
    )
  syncBuiltinESMExports()
})
afterAll(() => {
  jest.restoreAllMocks()
  syncBuiltinESMExports()
})

const engines: FakeEngine[] = []
afterEach(async () => {
  machine.hostname = 'runner'
  machine.mountinfo = ''
  machine.interfaces = BRIDGE
  for (const engine of engines.splice(0)) {
    await engine.close()
  }
})

const GATEWAY = { Id: 'net', IPAM: { Config: [{ Gateway: 'fd00::1' }, { Gateway: '172.30.0.1' }] } }
const self = (networks: object, running = true) => ({
  Id: ID,
  State: { Running: running, ExitCode: 0, OOMKilled: false },
  NetworkSettings: { Networks: networks },
})

async function join(routes: Routes) {
  const engine = await fakeEngine({
    'GET /networks/net': (_, response) => json(response, 200, GATEWAY),
    ...routes,
  })
  engines.push(engine)
  return { engine, place: joinNetwork(await connectEngine({ DOCKER_HOST: engine.host }), 'net') }
}

async function joined(place: Promise<NetworkAddress | null>): Promise<NetworkAddress> {
  return (await place) ?? Promise.reject(new Error('there is no place on the network'))
}

/** Inspecting it shows the network once it was joined. */
function container(address = '172.30.0.7'): Routes {
  let joined = false
  const inspect: Routes[string] = (_, response) =>
    json(
      response,
      200,
      self({
        bridge: { IPAddress: '172.17.0.2', NetworkID: 'other' },
        ...(joined ? { seaworthy: { IPAddress: address, NetworkID: 'net' } } : {}),
      }),
    )
  return {
    [`GET /containers/${SHORT}/json`]: inspect,
    [`GET /containers/${ID}/json`]: inspect,
    'POST /networks/net/connect': (request, response) => {
      joined = JSON.parse(request.body.toString()).Container === ID
      response.end()
    },
    'POST /networks/net/disconnect': (_, response) => response.end(),
  }
}

describe('on the host', () => {
  test('when the network has gateways, then the IPv4 one is the place, and leaving does nothing', async () => {
    const { engine, place } = await join({})
    const { address, leave } = await joined(place)
    await leave()
    expect(address).toBe('172.30.0.1')
    expect(engine.calls()).toEqual(['GET /networks/net'])
  })

  test.each([
    ['no gateway', { Id: 'net', IPAM: { Config: [{}] } }],
    ['an IPv6 gateway only', { Id: 'net', IPAM: { Config: [{ Gateway: 'fd00::1' }] } }],
    ['no configuration', { Id: 'net', IPAM: { Config: null } }],
  ])('when the network has %s, then there is no place', async (_, state) => {
    const { place } = await join({ 'GET /networks/net': (__, response) => json(response, 200, state) })
    expect(await place).toBeNull()
  })

  test.each([
    ['no interface of it', ''],
    ['another engine’s network with the same address', '  br-0123456789ab: 1 2 0 0\n br-net2: 1 2 0 0\n'],
  ])('when this machine has %s, then there is no place, and nobody is asked', async (_, interfaces) => {
    machine.interfaces = interfaces
    const { engine, place } = await join({})
    expect(await place).toBeNull()
    expect(engine.calls()).toEqual([])
  })
})

describe('in a container', () => {
  test('when the host’s name is the container’s id, then its own address is the place', async () => {
    machine.hostname = SHORT
    const { engine, place } = await join(container())
    const { address, leave } = await joined(place)
    expect(address).toBe('172.30.0.7')
    expect(engine.calls()).not.toContain('POST /networks/net/disconnect')
    await leave()
    expect(engine.calls().at(-1)).toBe('POST /networks/net/disconnect')
  })

  test('when only a mount names the id, as with a hostname that was given, then it is found too', async () => {
    machine.mountinfo = `711 694 8:1 /var/lib/docker/containers/${ID}/resolv.conf /etc/resolv.conf rw - ext4 /dev/sda1 rw\n`
    const { engine, place } = await join(container())
    expect((await joined(place)).address).toBe('172.30.0.7')
    expect(engine.calls()[0]).toBe(`GET /containers/${ID}/json`)
  })

  test('when it uses the host’s network, then the gateway is the place', async () => {
    machine.hostname = SHORT
    const { engine, place } = await join({
      [`GET /containers/${SHORT}/json`]: (_, response) =>
        json(response, 200, self({ host: { IPAddress: '', NetworkID: 'host' } })),
    })
    expect((await joined(place)).address).toBe('172.30.0.1')
    expect(engine.calls()).not.toContain('POST /networks/net/connect')
  })

  test.each<[string, Routes]>([
    ['is another engine’s', {}],
    [
      'has ended',
      {
        [`GET /containers/${SHORT}/json`]: (_, response) => json(response, 200, self({}, false)),
      },
    ],
    [
      'is the name of another one',
      {
        [`GET /containers/${SHORT}/json`]: (_, response) =>
          json(response, 200, { ...self({}), Id: 'f'.repeat(64) }),
      },
    ],
  ])('when the id %s, then the gateway is the place', async (_, routes) => {
    machine.hostname = SHORT
    const { engine, place } = await join(routes)
    expect((await joined(place)).address).toBe('172.30.0.1')
    expect(engine.calls()).not.toContain('POST /networks/net/connect')
  })

  test('when it can’t join, then that is reported', async () => {
    machine.hostname = SHORT
    const { place } = await join({
      ...container(),
      'POST /networks/net/connect': (_, response) => json(response, 403, { message: 'not allowed' }),
    })
    expect(await problemOfRejected(place)).toMatchObject({ code: 'engine-refused' })
  })
})
