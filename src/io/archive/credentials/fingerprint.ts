import { createHash, type KeyObject } from 'node:crypto'

/** As ssh-keygen(1) writes it. */
export function fingerprintOfPublicKey(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

/** @param key the public half */
export function fingerprintOfKey(key: KeyObject): string {
  return fingerprintOfPublicKey(key.export({ type: 'spki', format: 'der' }))
}

/** Fewer characters could be tried one by one. */
const MIN_RANDOM_CHARACTERS = 20

/** `null`: the value may be guessed. */
export function fingerprintOfToken(kind: string, value: string): string | null {
  return new Set(value).size < MIN_RANDOM_CHARACTERS / 2 || value.length < MIN_RANDOM_CHARACTERS
    ? null
    : createHash('sha256').update(`${kind}\0${value}`).digest('hex').slice(0, 16)
}
