import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { Credential } from '../../../../model/index.js'
import { isPlaceholder } from './examples.js'
import { fingerprintOfKey, fingerprintOfPublicKey, fingerprintOfToken } from './fingerprint.js'
import { secretPacketIn } from './openpgp.js'

/** A key that was found, without its line. */
export type FoundKey = Omit<Credential, 'line'>

/** Every PEM block of a private key contains this. */
export const PRIVATE_KEY_LABEL = 'PRIVATE KEY'

/** Limit for the text of a key: a key of 16,384 bits has some 13,000 characters. */
const MAX_KEY_CHARACTERS = 32 * 1024
const PEM_BEGIN = /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,3})PRIVATE KEY( BLOCK)?-----/g

/**
 * Private keys in a text: PEM (RFC 7468), OpenSSH's and OpenPGP's. They may be indented, or in a string of
 * JSON or a shell. Incomplete keys and examples without content do not count.
 * @returns each with the index of its beginning
 */
export function keysIn(text: string): readonly (readonly [key: FoundKey, offset: number])[] {
  return [...text.matchAll(PEM_BEGIN)].flatMap((match) => {
    const [begin, label = '', block = ''] = match
    const contentStart = match.index + begin.length
    const end = text.indexOf(`-----END ${label}PRIVATE KEY${block}-----`, contentStart)
    if (end < 0 || end - contentStart > MAX_KEY_CHARACTERS) {
      return []
    }
    const key = parsePemKey(label.trim(), text.slice(contentStart, end), block !== '')
    return key === null ? [] : [[key, match.index] as const]
  })
}

/** Header lines of RFC 1421 and of OpenPGP, before the text proper. */
const HEADER_LINE = /^[A-Za-z-]{3,20}: .*$/

function parsePemKey(label: string, text: string, isOpenPgp: boolean): FoundKey | null {
  const lines = text
    .replaceAll(/\\r|\\n|\r/g, '\n')
    .split('\n')
    .map((line) => line.replace(/["']\s*\+\s*$/, '').replaceAll(/^[\s"',#*\\]+|[\s"',\\]+$/g, ''))
  const headers = lines.filter((line) => HEADER_LINE.test(line))
  const bodyText = lines
    .filter((line) => !HEADER_LINE.test(line) && !/^=[A-Za-z0-9+/]{4}$/.test(line))
    .join('')
  const base64 = bodyText.replaceAll(/\s+/g, '')
  if (base64.length < 40 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    return null
  }
  const bytes = Buffer.from(base64, 'base64')
  if (isOpenPgp || label === 'PGP') {
    return openPgpKey(bytes)
  }
  if (label === 'OPENSSH') {
    return openSshKey(bytes)
  }
  const isEncrypted = label === 'ENCRYPTED' || headers.some((line) => /^Proc-Type:.*ENCRYPTED/.test(line))
  if (isEncrypted || label === 'SSH2 ENCRYPTED') {
    return encryptedKey(label)
  }
  return derKey(bytes, label)
}

function encryptedKey(label: string): FoundKey {
  return { kind: 'encrypted-key', what: describeKey(label, 'private key with a password'), fingerprint: null }
}

function describeKey(label: string, what: string): string {
  return /^(?:|ENCRYPTED|SSH2 ENCRYPTED)$/.test(label) ? what : `${label} ${what}`
}

/** @param label of the PEM; empty for PKCS #8 */
function derKey(bytes: Buffer, label: string): FoundKey | null {
  const base64Lines = (bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')
  const pemLabel = label === '' ? PRIVATE_KEY_LABEL : `${label} ${PRIVATE_KEY_LABEL}`
  try {
    const key = createPrivateKey(`-----BEGIN ${pemLabel}-----\n${base64Lines}\n-----END ${pemLabel}-----\n`)
    const what = describeKey(label || (key.asymmetricKeyType ?? '').toUpperCase(), 'private key')
    return { kind: 'private-key', what, fingerprint: fingerprintOfKey(createPublicKey(key)) }
  } catch {
    // OpenSSL may not know the algorithm: then a whole key is one sequence of exactly this length.
    return isWholeSequence(bytes)
      ? { kind: 'private-key', what: describeKey(label, 'private key'), fingerprint: null }
      : null
  }
}

/** Whether the bytes are one DER SEQUENCE (X.690). */
function isWholeSequence(bytes: Buffer): boolean {
  const lengthByte = bytes[1] ?? 0
  const lengthBytes = lengthByte & 0x7f
  if (bytes[0] !== 0x30 || bytes.length < 40) {
    return false
  }
  if (lengthByte < 0x80) {
    return bytes.length === lengthByte + 2
  }
  return (
    lengthBytes > 0 && lengthBytes < 5 && bytes.length === bytes.readUIntBE(2, lengthBytes) + 2 + lengthBytes
  )
}

/** A private key in DER without a text around it: PKCS #8, PKCS #1 or SEC 1. */
export function derKeyIn(bytes: Buffer): FoundKey | null {
  // SEQUENCE, then the INTEGER of a version.
  if (bytes[0] !== 0x30 || bytes.length > MAX_KEY_CHARACTERS || !isWholeSequence(bytes)) {
    return null
  }
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      const key = createPrivateKey({ key: bytes, format: 'der', type })
      const what = describeKey((key.asymmetricKeyType ?? '').toUpperCase(), 'private key')
      return { kind: 'private-key', what, fingerprint: fingerprintOfKey(createPublicKey(key)) }
    } catch {
      // The key is in one of the other formats.
    }
  }
  return null
}

export function openPgpKey(bytes: Buffer): FoundKey | null {
  const packet = secretPacketIn(bytes)
  return packet && keyOf('OpenPGP', packet.isEncrypted, packet.fingerprint)
}

const OPENSSH_MAGIC = 'openssh-key-v1\0'

/**
 * PROTOCOL.key: names of cipher and key derivation, its options, the number of keys, public keys, private
 * ones.
 */
function openSshKey(bytes: Buffer): FoundKey | null {
  if (bytes.toString('latin1', 0, OPENSSH_MAGIC.length) !== OPENSSH_MAGIC) {
    return null
  }
  const fields: Buffer[] = []
  let at = OPENSSH_MAGIC.length
  for (let n = 0; n < 5; n++) {
    // The number of keys comes before the first of them.
    at += n === 3 ? 4 : 0
    if (at + 4 > bytes.length) {
      return null
    }
    const size = bytes.readUInt32BE(at)
    if (at + 4 + size > bytes.length) {
      return null
    }
    fields.push(bytes.subarray(at + 4, at + 4 + size))
    at += 4 + size
  }
  const [cipher, , , publicKey = Buffer.alloc(0)] = fields
  const fingerprint = fingerprintOfPublicKey(publicKey)
  return keyOf('OpenSSH', cipher?.toString('latin1') !== 'none', fingerprint)
}

const PUTTY_KEY =
  /^PuTTY-User-Key-File-\d: .{1,40}\r?\nEncryption: (.{1,40})\r?\n(?:Comment: .*\r?\n)?Public-Lines: \d{1,4}\r?\n((?:[A-Za-z0-9+/=]+\r?\n)+)(?:[A-Z].*\r?\n)*?Private-Lines: /m
/** In private-keys-v1.d of GnuPG since 2.3 and 2.2.20 (agent/keyformat.txt); shadowed: on a smart card. */
const GNUPG_KEY = /^Key: \(((?:shadowed-|protected-)?private-key)\b/m
const AGE_KEY = /\bAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\b/

/** Each key in another format contains one of these texts. */
export const OTHER_KEY_TEXTS = ['PuTTY-User-Key-File-', 'AGE-SECRET-KEY-1', 'Key: (']

/** Keys in the formats of PuTTY, GnuPG and age, each of which has a file of its own. */
export function otherKeysIn(text: string): readonly (readonly [key: FoundKey, offset: number])[] {
  const putty = PUTTY_KEY.exec(text)
  const gnupg = GNUPG_KEY.exec(text)
  const age = AGE_KEY.exec(text)
  const keys: (readonly [FoundKey, number])[] = []
  if (putty !== null) {
    const [, encryption = '', publicKey = ''] = putty
    const fingerprint = fingerprintOfPublicKey(Buffer.from(publicKey, 'base64'))
    keys.push([keyOf('PuTTY', encryption.trim() !== 'none', fingerprint), putty.index])
  }
  if (gnupg?.[1] !== undefined) {
    keys.push([gnupgKey(gnupg[1]), gnupg.index])
  }
  if (age !== null && !isPlaceholder(age[0].slice('AGE-SECRET-KEY-1'.length))) {
    const fingerprint = fingerprintOfToken('age', age[0])
    keys.push([{ kind: 'private-key', what: 'age identity', fingerprint }, age.index])
  }
  return keys
}

/** @param type as GnuPG names it: `private-key`, `protected-private-key` */
export function gnupgKey(type: string): FoundKey {
  return keyOf('GnuPG', type !== 'private-key', null)
}

function keyOf(program: string, isEncrypted: boolean, fingerprint: string | null): FoundKey {
  return isEncrypted
    ? { kind: 'encrypted-key', what: `${program} private key with a password`, fingerprint }
    : { kind: 'private-key', what: `${program} private key`, fingerprint }
}
