/** Odd numbers with well spread bits, as used by hashes of the xxHash family. */
const FACTORS = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const

/**
 * A UUID made from a text, version 8 (RFC 9562, 5.8): the same text gives the same UUID. Reports must have an id, and
 * the same verdict must give the same bytes. It is not a hash for secrets: it only has to distinguish texts.
 */
export function uuidOf(text: string): string {
  let [a, b, c, d]: [number, number, number, number] = [1, 2, 3, 4]
  const take = (unit: number) => {
    a = Math.imul(a ^ unit, FACTORS[0])
    b = Math.imul(b ^ unit ^ (a >>> 15), FACTORS[1])
    c = Math.imul(c ^ unit ^ (b >>> 13), FACTORS[2])
    d = Math.imul(d ^ unit ^ (c >>> 16), FACTORS[3])
    a ^= d >>> 14
  }
  for (let at = 0; at < text.length; at++) {
    take(text.charCodeAt(at))
  }
  // The last input has to affect every bit, too.
  for (let round = 0; round < 8; round++) {
    take(text.length)
  }
  const hex = [a, b, c, d].map((group) => (group >>> 0).toString(16).padStart(8, '0')).join('')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
