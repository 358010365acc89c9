import { derKeyIn, type FoundKey, gnupgKey, openPgpKey } from './keys.js'

/** sun.security.provider.JavaKeyStore, com.sun.crypto.provider.JceKeyStore. */
const JKS_MAGIC = 0xfeedfeed
const JCEKS_MAGIC = 0xcececece
const PRIVATE_ENTRY = 1
const CERTIFICATE_ENTRY = 2
const SECRET_ENTRY = 3
const MAX_KEYSTORE_ENTRIES = 10_000

/** Bags of PKCS #12 with a key, plain and encrypted (RFC 7292, 4.2): 1.2.840.113549.1.12.10.1.1 and .2. */
const KEY_BAG_IDS = [1, 2].map((lastNumber) =>
  Buffer.from([0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, lastNumber]),
)
/** The beginning of a PFX (PKCS #12): version 3, then the content. */
const PFX_VERSION = Buffer.from([0x02, 0x01, 0x03, 0x30])
/** A key in private-keys-v1.d of older versions of GnuPG (agent/keyformat.txt). */
const GNUPG_KEY = /^\(\d{2}:((?:shadowed-|protected-)?private-key)/

/** Bytes at the beginning of a binary file that show whether it can be one of these formats. */
export const HEAD_BYTES = 16

/** Whether a file with these first bytes may be a key or a keystore. */
export function mayBeKeystore(head: Buffer): boolean {
  const magic = head.length < 4 ? 0 : head.readUInt32BE(0)
  const firstByte = head[0] ?? 0
  return [JKS_MAGIC, JCEKS_MAGIC].includes(magic) || [0x30, 0x94, 0x95, 0xc5, 0x28].includes(firstByte)
}

/** The key in a binary file. Certificates alone, as in a truststore, do not count. */
export function keyInBinary(bytes: Buffer): FoundKey | null {
  const magic = bytes.length < 12 ? 0 : bytes.readUInt32BE(0)
  if (magic === JKS_MAGIC || magic === JCEKS_MAGIC) {
    return hasPrivateEntry(bytes) ? foundKeystore(magic === JKS_MAGIC ? 'JKS' : 'JCEKS') : null
  }
  const [, gnupg] = GNUPG_KEY.exec(bytes.toString('latin1', 0, 40)) ?? []
  if (gnupg !== undefined) {
    return gnupgKey(gnupg)
  }
  if (bytes[0] === 0x30) {
    if (!bytes.subarray(0, 12).includes(PFX_VERSION)) {
      return derKeyIn(bytes)
    }
    return KEY_BAG_IDS.some((bag) => bytes.includes(bag)) ? foundKeystore('PKCS #12') : null
  }
  return openPgpKey(bytes)
}

// A keystore counts as readable although it has a password: the application needs the password, so it is
// available where the application runs.
function foundKeystore(format: string): FoundKey {
  return { kind: 'keystore', what: `${format} keystore with a private key`, fingerprint: null }
}

function hasPrivateEntry(bytes: Buffer): boolean {
  const version = bytes.readUInt32BE(4)
  const count = Math.min(bytes.readUInt32BE(8), MAX_KEYSTORE_ENTRIES)
  let at = 12
  /** Skips a field that begins with its length. */
  const skipField = (width: 2 | 4) => {
    at += width + bytes.readUIntBE(at, width)
  }
  try {
    for (let n = 0; n < count; n++) {
      const tag = bytes.readUInt32BE(at)
      if (tag === PRIVATE_ENTRY || tag === SECRET_ENTRY) {
        return true
      }
      if (tag !== CERTIFICATE_ENTRY) {
        return false
      }
      at += 4
      skipField(2)
      at += 8
      if (version === 2) {
        skipField(2)
      }
      skipField(4)
    }
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error
    }
  }
  return false
}
