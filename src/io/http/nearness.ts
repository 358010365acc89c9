import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/**
 * Where an address is. A request from here reaches what outside hosts do not: services of this machine and of its
 * network, and the one that hands out a cloud's credentials (169.254.169.254).
 */
export type Nearness = 'public' | 'private' | 'loopback' | 'link-local'

/**
 * IANA's registries of special-purpose addresses: no public host has one. The benchmarking range 198.18.0.0/15,
 * 240.0.0.0/4 and those for documentation are used inside networks. Addresses where clouds serve their machines count
 * as link-local: 192.0.0.192 (Oracle), 168.63.129.16 (Azure).
 */
const RANGES = {
  private: [
    ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15', '240.0.0.0/4'],
    ...['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '192.88.99.0/24'],
    ...['fc00::/7', 'fec0::/10', '64:ff9b:1::/48', '100::/64', '2001:db8::/32', '3fff::/20', '5f00::/16'],
    ...['2001::/23'],
  ],
  loopback: ['0.0.0.0/8', '127.0.0.0/8', '::/128', '::1/128'],
  'link-local': [
    ...['169.254.0.0/16', 'fe80::/10', '192.0.0.0/24', '168.63.129.16/32', '224.0.0.0/4', 'ff00::/8'],
  ],
} as const

/**
 * IPv4 inside IPv6, and the number of bits before it: behind a translator (RFC 6052), translated (RFC 7915),
 * compatible (RFC 4291, 2.5.5.1). BlockList handles mapped addresses.
 */
const EMBEDDED = ['64:ff9b::', '::ffff:0:', '::'] as const

const LISTS = Object.entries(RANGES).map(([nearness, ranges]) => {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', prefix = ''] = range.split('/')
    if (isIP(net) === 6) {
      list.addSubnet(net, Number(prefix), 'ipv6')
    } else {
      list.addSubnet(net, Number(prefix), 'ipv4')
      for (const before of EMBEDDED) {
        list.addSubnet(`${before}${net}`, 96 + Number(prefix), 'ipv6')
      }
      // 6to4 (RFC 3056) has the IPv4 address after the first 16 bits.
      const [a = 0, b = 0, c = 0, d = 0] = net.split('.').map(Number)
      const groups = [a * 256 + b, c * 256 + d].map((group) => group.toString(16))
      list.addSubnet(`2002:${groups.join(':')}::`, 16 + Number(prefix), 'ipv6')
    }
  }
  return { nearness: nearness as Nearness, list }
})

/** @param address IPv4 or IPv6, without brackets; IPv4 written as IPv6 (`::ffff:10.0.0.1`) counts as IPv4 */
export function nearnessOf(address: string): Nearness {
  const [withoutZone = ''] = address.split('%')
  const family = isIP(withoutZone) === 6 ? 'ipv6' : 'ipv4'
  return LISTS.find(({ list }) => list.check(withoutZone, family))?.nearness ?? 'public'
}

/**
 * Whether a host with such addresses may lead to one of this kind: to the same kind, to public hosts, and from this
 * machine to its network. All of its addresses have to be as near, because its owner can add any to its name.
 * @param start empty if they are not known: then only to public hosts
 */
export function isNotMorePrivate(nearness: Nearness, start: ReadonlySet<Nearness>): boolean {
  const isEquallyNear = (from: Nearness) =>
    from === nearness || (from === 'loopback' && nearness === 'private')
  return nearness === 'public' || (start.size > 0 && [...start].every(isEquallyNear))
}

/** Whether a URL leads to the same service as another, or to one that proves by TLS that it is the same host. */
export function isSameHost(one: URL, other: URL): boolean {
  return one.hostname === other.hostname && (one.port === other.port || other.protocol === 'https:')
}

/** The address that a URL's host is; `null` if it is a name to look up. */
export function literalAddress(hostname: string): string | null {
  const withoutBrackets = hostname.replace(/^\[|\]$/g, '')
  return isIP(withoutBrackets) === 0 ? null : withoutBrackets
}

/** Whether an address is one of this machine or of a network that the internet does not reach. */
export function isInternal(address: string): boolean {
  return ['private', 'loopback'].includes(nearnessOf(address))
}

/**
 * Looks names up as Node does, and rejects all addresses of a name if one of them is refused, because the connection
 * goes to whichever answers first.
 * @param refusal an error for an address that must not be connected to
 */
export function guardedLookup(refusal: (address: string) => Error | null): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address)
      const refused = error === null ? addresses.map(refusal).find((one) => one !== null) : error
      done(refused ?? null, found, family)
    })
  }
}
