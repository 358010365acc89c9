/** FNV-1a of 128 bits (RFC 9923, 2 and 5). Not a hash for secrets: it only has to tell one text from another. */
const PRIME = 0x0000000001000000000000000000013bn
const OFFSET = 0x6c62272e07bb014262b821756295c58dn
const MASK = (1n << 128n) - 1n

/**
 * A UUID made of a text, version 8 (RFC 9562, 5.8): the same text, the same UUID. Reports have to name themselves,
 * and the same verdict has to give the same bytes.
 */
export function uuidOf(text: string): string {
  let hash = OFFSET
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    hash = ((hash ^ BigInt(unit & 0xff)) * PRIME) & MASK
    hash = ((hash ^ BigInt(unit >> 8)) * PRIME) & MASK
  }
  const hex = hash.toString(16).padStart(32, '0')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
