import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/**
 * Whose an address is. From here a request reaches what the world outside does not: services of this machine and of its
 * network, and the one that hands out a cloud's credentials (169.254.169.254).
 */
export type Nearness = 'public' | 'private' | 'loopback' | 'link-local'

/** RFC 1918, 6598, 4193; 1122 and 4291; 3927 and 4291. */
const RANGES = {
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'],
  loopback: ['0.0.0.0/8', '127.0.0.0/8', '::/128', '::1/128'],
  'link-local': ['169.254.0.0/16', 'fe80::/10'],
} as const

const LISTS = Object.entries(RANGES).map(([nearness, ranges]) => {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', prefix = ''] = range.split('/')
    if (isIP(net) === 6) {
      list.addSubnet(net, Number(prefix), 'ipv6')
    } else {
      list.addSubnet(net, Number(prefix), 'ipv4')
      // The same behind a translator of addresses (RFC 6052).
      list.addSubnet(`64:ff9b::${net}`, 96 + Number(prefix), 'ipv6')
    }
  }
  return { nearness: nearness as Nearness, list }
})

/** @param address of IPv4 or IPv6, without brackets; IPv4 written as IPv6 (`::ffff:10.0.0.1`) counts as what it is */
export function nearnessOf(address: string): Nearness {
  const [plain = ''] = address.split('%')
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
  return LISTS.find(({ list }) => list.check(plain, family))?.nearness ?? 'public'
}

/**
 * Whether whoever answered at `start` may send on to such an address: each to its like, all to the world outside, and a
 * service of this machine to its network.
 */
export function isNoNearer(nearness: Nearness, start: ReadonlySet<Nearness>): boolean {
  return nearness === 'public' || start.has(nearness) || (nearness === 'private' && start.has('loopback'))
}

/** The address that a host's name is, as URLs write it; `null` where it has to be looked up. */
export function literalAddress(hostname: string): string | null {
  const plain = hostname.replace(/^\[|\]$/g, '')
  return isIP(plain) === 0 ? null : plain
}

/**
 * Looks names up as Node does, and takes none of a name's addresses where one of them is refused: whichever answers
 * first is connected to.
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
