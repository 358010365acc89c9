import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A key to sign verdicts with, as files of a folder. */
export interface KeyFiles {
  readonly privateFile: string
  readonly publicFile: string
  /** PKCS#8 in PEM. */
  readonly pem: string
  /** The lines of its content: none of them may be anywhere else. */
  readonly lines: readonly string[]
}

/** A new key on the curve P-256 or another one, encrypted if there is a password. */
export function aKey(
  folder: string,
  name = 'verdict',
  { password = '', curve = 'P-256' }: { readonly password?: string; readonly curve?: string } = {},
): KeyFiles {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve })
  const encryption = password === '' ? {} : { cipher: 'aes-256-cbc', passphrase: password }
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8', ...encryption }).toString()
  const [privateFile, publicFile] = [join(folder, `${name}.key`), join(folder, `${name}.pub`)]
  writeFileSync(privateFile, pem, { mode: 0o600 })
  writeFileSync(publicFile, publicKey.export({ format: 'pem', type: 'spki' }))
  return { privateFile, publicFile, pem, lines: pem.split('\n').filter((line) => /^[^-]/.test(line)) }
}
