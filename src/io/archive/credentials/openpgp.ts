import { fingerprintOfPublic } from './fingerprint.js'

/** What a secret key packet of OpenPGP says (RFC 9580, 5.5.3). */
export interface SecretPacket {
  readonly isEncrypted: boolean
  readonly fingerprint: string
}

const SECRET_KEY = 5
/** Numbers in the public half, by the algorithm of the key (RFC 9580, 9.1); the curve's name comes before the number. */
const NUMBERS: Readonly<Record<number, number>> = { 1: 2, 2: 2, 3: 2, 16: 3, 17: 4, 20: 3 }
const CURVES: ReadonlySet<number> = new Set([18, 19, 22])
/** Bytes of keys that have a fixed length: X25519, X448, Ed25519, Ed448. */
const FIXED: Readonly<Record<number, number>> = { 25: 32, 26: 56, 27: 32, 28: 57 }
const ECDH = 18

/** The first packet of these bytes if it is a whole secret key; else `null`. */
export function secretPacketIn(bytes: Buffer): SecretPacket | null {
  const packet = firstPacket(bytes)
  if (packet === null || packet.tag !== SECRET_KEY) {
    return null
  }
  const { body } = packet
  const end = publicEnd(body)
  const usage = end === null ? undefined : body[end]
  if (end === null || usage === undefined) {
    return null
  }
  return { isEncrypted: usage !== 0, fingerprint: fingerprintOfPublic(body.subarray(0, end)) }
}

function firstPacket(bytes: Buffer): { readonly tag: number; readonly body: Buffer } | null {
  const head = bytes[0] ?? 0
  if ((head & 0x80) === 0) {
    return null
  }
  const isNew = (head & 0x40) !== 0
  const tag = isNew ? head & 0x3f : (head & 0x3c) >> 2
  const length = isNew ? newLength(bytes) : oldLength(bytes, head & 3)
  if (length === null) {
    return null
  }
  const [from, size] = length
  return size < 8 || from + size > bytes.length ? null : { tag, body: bytes.subarray(from, from + size) }
}

type Length = readonly [from: number, size: number] | null

function oldLength(bytes: Buffer, type: number): Length {
  const width = [1, 2, 4][type]
  return width === undefined || bytes.length < 1 + width ? null : [1 + width, bytes.readUIntBE(1, width)]
}

function newLength(bytes: Buffer): Length {
  const first = bytes[1] ?? 0
  if (first < 192) {
    return [2, first]
  }
  if (first < 224 && bytes.length > 2) {
    return [3, ((first - 192) << 8) + (bytes[2] ?? 0) + 192]
  }
  return first === 255 && bytes.length > 5 ? [6, bytes.readUInt32BE(2)] : null
}

/** Where the public half ends; `null`: it is not known. */
function publicEnd(body: Buffer): number | null {
  const version = body[0]
  if (version !== 4 && version !== 6) {
    return null
  }
  const algorithm = body[5] ?? 0
  let at = version === 6 ? 10 : 6
  const fixed = FIXED[algorithm]
  if (fixed !== undefined) {
    return at + fixed
  }
  const isCurve = CURVES.has(algorithm)
  if (isCurve) {
    at += 1 + (body[at] ?? 0)
  }
  const numbers = isCurve ? 1 : NUMBERS[algorithm]
  if (numbers === undefined) {
    return null
  }
  for (let n = 0; n < numbers; n++) {
    if (at + 2 > body.length) {
      return null
    }
    at += 2 + Math.ceil(body.readUInt16BE(at) / 8)
  }
  if (algorithm === ECDH) {
    at += 1 + (body[at] ?? 0)
  }
  return at
}
