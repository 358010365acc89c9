import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type GetOptions, getStream } from '../../../../src/io/http/http.js'
import { isSameHost, nearnessOf } from '../../../../src/io/http/nearness.js'
import { SeaworthyError } from '../../../../src/model/problem.js'
import { startServer, type TestServer } from '../../../support/debian-archive.js'
import { NEVER } from '../../../support/waiting.js'

describe('nearnessOf', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.8.9.10', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['::1', 'loopback'],
    ['::', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['64:ff9b::7f00:1', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['::ffff:a9fe:a9fe', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['100.100.100.200', 'private'],
    ['fd00:ec2::254', 'private'],
    // What clouds serve to their machines: Oracle's, Azure's.
    ['192.0.0.192', 'link-local'],
    ['168.63.129.16', 'link-local'],
    ['224.0.0.1', 'link-local'],
    ['ff02::1', 'link-local'],
    ['198.18.0.1', 'private'],
    ['240.0.0.1', 'private'],
    ['255.255.255.255', 'private'],
    ['fec0::1', 'private'],
    ['64:ff9b:1::a00:1', 'private'],
    // IPv4 in IPv6: compatible, translated, 6to4.
    ['::10.0.0.1', 'private'],
    ['::169.254.169.254', 'link-local'],
    ['::ffff:0:10.0.0.1', 'private'],
    ['::ffff:0:169.254.169.254', 'link-local'],
    ['2002:a00:1::1', 'private'],
    ['2002:a9fe:a9fe::1', 'link-local'],
    ['2002:7f00:1::', 'loopback'],
    ['2002:808:808::1', 'public'],
    ['168.63.129.17', 'public'],
    ['172.32.0.1', 'public'],
    ['100.128.0.1', 'public'],
    ['8.8.8.8', 'public'],
    ['2a04:4e42::644', 'public'],
    ['64:ff9b::808:808', 'public'],
  ])('when the address is %s, then it is %s', (address, expected) => {
    expect(nearnessOf(address)).toBe(expected)
  })
})

/** A service of this machine, and a proxy that leads every name to it: for the gate these names are the world outside. */
let inner: TestServer
let proxy: Server
const saved = { ...process.env }

beforeEach(async () => {
  inner = await startServer()
  proxy = createServer().on('connect', (_, socket, head) => {
    const through = connect(Number(new URL(inner.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      through.write(head)
      through.pipe(socket).pipe(through)
    })
    through.on('error', () => socket.destroy())
    socket.on('error', () => through.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  process.env.http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
})
afterEach(async () => {
  process.env = { ...saved }
  proxy.closeAllConnections()
  await new Promise((resolve) => proxy.close(resolve))
  await inner.close()
})

async function outcome(url: string, options: Partial<GetOptions> = {}): Promise<string> {
  const defaults = { timeoutMs: NEVER, retries: 0, mayBePrivate: () => true }
  try {
    return String((await getStream(url, { ...defaults, ...options })).status)
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return `${error.problem.code}: ${error.problem.what}`
    }
    throw error
  }
}
const sendsTo = (path: string, location: string) =>
  inner.pages.set(path, (_, response) => response.writeHead(302, { location }).end())

describe('when the world outside sends on to an address that is nearer', () => {
  test.each(['http://169.254.169.254/latest/', 'http://10.0.0.1/', 'http://[::1]/', 'http://2130706433/'])(
    'then %s is not asked',
    async (location) => {
      sendsTo('/', location)
      expect(await outcome('http://mirror.example/')).toMatch(
        /^http-private-address: another server referred the request to this host, which has a (?:link-local|private|loopback) address$/,
      )
      expect(inner.requests).toEqual(['/'])
    },
  )

  test('then a name that is looked up here is not asked either', async () => {
    sendsTo('/', `${inner.url.replace('127.0.0.1', 'localhost')}/secret`)
    expect(await outcome('http://mirror.example/')).toContain('has a loopback address')
    expect(inner.requests).toEqual(['/'])
  })
})

describe('when a service of this machine sends on', () => {
  test('then another one of it may be asked, and no address of the cloud', async () => {
    sendsTo('/', `${inner.url}/there`)
    inner.pages.set('/there', 'x')
    expect(await outcome(`${inner.url}/`)).toBe('200')
    sendsTo('/', 'http://169.254.169.254/')
    expect(await outcome(`${inner.url}/`)).toContain('has a link-local address')
  })
})

describe('when hosts have to be public', () => {
  test('then one that nobody has named is not asked, by its address or by its name', async () => {
    inner.pages.set('/', 'x')
    const mayBePrivate = (hostname: string) => hostname === 'named.example'
    for (const url of [inner.url, inner.url.replace('127.0.0.1', 'localhost')]) {
      expect(await outcome(`${url}/`, { mayBePrivate })).toBe(
        'http-private-address: this host has a loopback address',
      )
    }
    expect(inner.requests).toEqual([])
    expect(await outcome(`${inner.url}/`, { mayBePrivate: () => true })).toBe('200')
  })
})

describe('when another host has named the address', () => {
  test("then it is as near as all of that host's addresses, or public", async () => {
    inner.pages.set('/', 'x')
    const refused = (kind: string) =>
      `http-private-address: another server referred the request to this host, which has a ${kind} address`
    for (const start of [[], ['public'], ['private'], ['public', 'loopback']] as const) {
      expect(await outcome(`${inner.url}/`, { mayBePrivate: new Set(start) })).toBe(refused('loopback'))
    }
    expect(inner.requests).toEqual([])
    expect(await outcome('http://10.0.0.1/', { mayBePrivate: new Set(['public', 'private']) })).toBe(
      refused('private'),
    )
    expect(await outcome('http://mirror.example/', { mayBePrivate: new Set() })).toBe('200')
    expect(await outcome(`${inner.url}/`, { mayBePrivate: new Set(['loopback']) })).toBe('200')
  })

  test('then an answer says which addresses its first host has, and nothing of a name that a proxy looked up', async () => {
    inner.pages.set('/', 'x')
    const startOf = async (url: string) => [
      ...(await getStream(url, { timeoutMs: NEVER, mayBePrivate: () => true })).start,
    ]
    expect(await startOf(`${inner.url}/`)).toEqual(['loopback'])
    expect(await startOf('http://mirror.example/')).toEqual([])
  })
})

test('when a host is one by the same name, then it is by the same port, or by TLS', () => {
  const from = new URL('http://registry.example/v2/')
  const others = ['http://registry.example/x', 'https://registry.example/', 'http://registry.example:8080/']
  const same = [...others, 'http://other.example/'].map((other) => isSameHost(from, new URL(other)))
  expect(same).toEqual([true, true, false, false])
})

test('when the caller wants no such redirect, then it is not followed, and the address is named', async () => {
  sendsTo('/', 'http://other.example/x')
  expect(await outcome('http://mirror.example/', { mayRedirect: () => false })).toBe(
    'http-redirect-refused: redirected to other.example',
  )
  expect(inner.requests).toEqual(['/'])
})
