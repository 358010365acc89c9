import { hash, type KeyObject } from 'node:crypto'

/** The fingerprint of a public key, in the format of ssh-keygen(1). */
export function fingerprintOfPublicKey(blob: Uint8Array): string {
  return `SHA256:${hash('sha256', blob, 'base64').replace(/=+$/, '')}`
}

/** @param key the public half */
export function fingerprintOfKey(key: KeyObject): string {
  return fingerprintOfPublicKey(key.export({ type: 'spki', format: 'der' }))
}

/** With fewer characters, or fewer than half as many different ones, a token's hash could be guessed. */
const MIN_RANDOM_CHARACTERS = 20

/** A fingerprint of a token; `null` if the token could be guessed from it. */
export function fingerprintOfToken(kind: string, value: string): string | null {
  return new Set(value).size < MIN_RANDOM_CHARACTERS / 2 || value.length < MIN_RANDOM_CHARACTERS
    ? null
    : hash('sha256', `${kind}\0${value}`).slice(0, 16)
}
