import { fingerprintOfPublicKey } from './fingerprint.js'

/** A secret key packet of OpenPGP (RFC 9580, 5.5.3). */
interface SecretPacket {
  readonly isEncrypted: boolean
  readonly fingerprint: string
}

const SECRET_KEY_TAG = 5
/** How many numbers the public key consists of, by algorithm (RFC 9580, 9.1). */
const PUBLIC_NUMBER_COUNTS: Readonly<Record<number, number>> = { 1: 2, 2: 2, 3: 2, 16: 3, 17: 4, 20: 3 }
const CURVE_ALGORITHMS: ReadonlySet<number> = new Set([18, 19, 22])
/** Bytes of keys that have a fixed length: X25519, X448, Ed25519, Ed448. */
const FIXED_KEY_BYTES: Readonly<Record<number, number>> = { 25: 32, 26: 56, 27: 32, 28: 57 }
const ECDH_ALGORITHM = 18

/** The first packet of these bytes if it is a whole secret key; else `null`. */
export function secretPacketIn(bytes: Buffer): SecretPacket | null {
  const packet = firstPacket(bytes)
  if (packet === null || packet.tag !== SECRET_KEY_TAG) {
    return null
  }
  const { body: packetBody } = packet
  const end = publicKeyEnd(packetBody)
  const s2kUsage = end === null ? undefined : packetBody[end]
  if (end === null || s2kUsage === undefined) {
    return null
  }
  return { isEncrypted: s2kUsage !== 0, fingerprint: fingerprintOfPublicKey(packetBody.subarray(0, end)) }
}

function firstPacket(bytes: Buffer): { readonly tag: number; readonly body: Buffer } | null {
  const firstByte = bytes[0] ?? 0
  if ((firstByte & 0x80) === 0) {
    return null
  }
  const isNewFormat = (firstByte & 0x40) !== 0
  const tag = isNewFormat ? firstByte & 0x3f : (firstByte & 0x3c) >> 2
  const length = isNewFormat ? newFormatLength(bytes) : oldFormatLength(bytes, firstByte & 3)
  if (length === null) {
    return null
  }
  const [bodyStart, size] = length
  return size < 8 || bodyStart + size > bytes.length
    ? null
    : { tag, body: bytes.subarray(bodyStart, bodyStart + size) }
}

type BodyExtent = readonly [from: number, size: number] | null

function oldFormatLength(bytes: Buffer, type: number): BodyExtent {
  const width = [1, 2, 4][type]
  return width === undefined || bytes.length < 1 + width ? null : [1 + width, bytes.readUIntBE(1, width)]
}

function newFormatLength(bytes: Buffer): BodyExtent {
  const lengthByte = bytes[1] ?? 0
  if (lengthByte < 192) {
    return [2, lengthByte]
  }
  if (lengthByte < 224 && bytes.length > 2) {
    return [3, ((lengthByte - 192) << 8) + (bytes[2] ?? 0) + 192]
  }
  return lengthByte === 255 && bytes.length > 5 ? [6, bytes.readUInt32BE(2)] : null
}

/** Where the public key ends; `null`: not known. */
function publicKeyEnd(packetBody: Buffer): number | null {
  const version = packetBody[0]
  if (version !== 4 && version !== 6) {
    return null
  }
  const algorithm = packetBody[5] ?? 0
  let at = version === 6 ? 10 : 6
  const fixedKeyBytes = FIXED_KEY_BYTES[algorithm]
  if (fixedKeyBytes !== undefined) {
    return at + fixedKeyBytes
  }
  const isCurve = CURVE_ALGORITHMS.has(algorithm)
  if (isCurve) {
    at += 1 + (packetBody[at] ?? 0)
  }
  const numberCount = isCurve ? 1 : PUBLIC_NUMBER_COUNTS[algorithm]
  if (numberCount === undefined) {
    return null
  }
  for (let n = 0; n < numberCount; n++) {
    if (at + 2 > packetBody.length) {
      return null
    }
    at += 2 + Math.ceil(packetBody.readUInt16BE(at) / 8)
  }
  if (algorithm === ECDH_ALGORITHM) {
    at += 1 + (packetBody[at] ?? 0)
  }
  return at
}
