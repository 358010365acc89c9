import type { Key } from 'openpgp'
import { messageOf } from '../../../model/index.js'
import { archiveProblem } from './problems.js'

/** Certificates that are trusted, read once. */
export type Keyring = readonly Key[]

/** For clocks that differ a little: signatures up to this far in the future are accepted. */
const MAX_CLOCK_SKEW_MS = 86_400_000

/** @param certificates OpenPGP certificates in base64 */
export async function readKeyring(certificates: readonly string[]): Promise<Keyring> {
  // Loaded on demand: the action starts without it (docs/decisions/0010-openpgp-and-xz.md).
  const { readKey } = await import('./openpgp.js')
  return await Promise.all(certificates.map((key) => readKey({ binaryKey: Buffer.from(key, 'base64') })))
}

/**
 * Verifies a clearsigned document (RFC 9580, 7). One valid signature by a trusted key is enough: Debian signs
 * with the keys of two or three releases. Text around the armour is not read, and more than one block is
 * refused, so that nobody can mistake an unverified part for the verified one.
 * @param dateOf the date that the signed text states: the key must have been valid then as well
 * @param where address, for the message
 * @returns `text`: the signed text alone, without armour and dash-escaping; `signedBy`: fingerprint of the certificate
 * (the primary key, not the signing subkey), 40 hex digits in upper case
 * @throws SeaworthyError `archive-not-signed`, `archive-bad-signature`
 */
export async function verifyClearsigned(
  document: string,
  keyring: Keyring,
  { now, dateOf }: { readonly now: Date; readonly dateOf: (signed: string) => Date },
  where: string,
) {
  assertOneBlock(document, where)
  const { readCleartextMessage, verify } = await import('./openpgp.js')
  const message = await readCleartextMessage({ cleartextMessage: document }).catch(() => {
    // The library's message may contain several lines.
    throw archiveProblem('archive-not-signed', 'not a clearsigned document: its armour is malformed', where)
  })
  const date = new Date(now.getTime() + MAX_CLOCK_SKEW_MS)
  // The library refuses MD5, RIPEMD-160 and SHA-1, RSA under 2047 bits, and keys that were expired or revoked when
  // the signature was made (its `config`, which nothing here changes).
  const { data, signatures } = await verify({ message, verificationKeys: [...keyring], date })
  const reasons: string[] = []
  for (const { keyID, verified } of signatures) {
    const key = keyring.find((one) => one.getKeys(keyID).length > 0)
    const invalid = await verified.then(() => null, messageOf)
    if (key === undefined || invalid !== null) {
      reasons.push(`${keyID.toHex()}: ${invalid ?? 'unknown key'}`)
      continue
    }
    const expiryError = await key.getSigningKey(keyID, dateOf(data)).then(() => null, messageOf)
    if (expiryError === null) {
      return { text: data, signedBy: key.getFingerprint().toUpperCase() }
    }
    reasons.push(`${keyID.toHex()} was not valid on the document's date: ${expiryError}`)
  }
  const what = `no valid signature from a known archive key (${reasons.join('; ') || 'no signature'})`
  throw archiveProblem('archive-bad-signature', what, where)
}

const ARMOUR = [
  '-----BEGIN PGP SIGNED MESSAGE-----',
  '-----BEGIN PGP SIGNATURE-----',
  '-----END PGP SIGNATURE-----',
]

/** In signed text a line that begins with a hyphen is escaped ("- "), so that only armour begins with five. */
function assertOneBlock(document: string, where: string): void {
  const found = (document.match(/^-----.*$/gm) ?? []).map((line) => line.trimEnd())
  if (found.length === ARMOUR.length && found.every((line, index) => line === ARMOUR[index])) {
    return
  }
  // The server's answer is not quoted, because an unknown party may have written it.
  const what =
    found.length === 0
      ? 'not a signed document'
      : `not exactly one signed document: ${found.length} armour lines instead of ${ARMOUR.length}`
  throw archiveProblem('archive-not-signed', what, where)
}
