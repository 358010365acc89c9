import type { Credential } from '../../../model/credential.js'
import { keysIn, OTHER_KEY_TEXTS, otherKeysIn, PRIVATE_KEY_LABEL } from './keys.js'
import { HEAD_BYTES, keyInBinary, mayBeKeystore } from './keystores.js'
import { credentialsByName, hasKnownName, unwantedByName } from './named.js'
import { tokensIn } from './tokens.js'

/** Of a file; more of them say nothing more. */
const MAX_CREDENTIALS_PER_FILE = 20
/** make-ssl-cert(8) of Debian's package ssl-cert: programs are tried with it, and nobody trusts it. */
const SNAKEOIL_PATH = 'etc/ssl/private/ssl-cert-snakeoil.key'
const PRIVATE_KEY_MARKER = Buffer.from(PRIVATE_KEY_LABEL)
const OTHER_KEY_MARKERS = OTHER_KEY_TEXTS.map((mark) => Buffer.from(mark))
/** Keys in other forms are files of their own, with a comment in front of them at most. */
const OTHER_KEY_HEAD_BYTES = 1024
/** As much of a file says whether it is text. */
const TEXT_SAMPLE_BYTES = 8192

/** What the begin of a file says that it is. */
export function isWorthReading(head: Buffer): boolean {
  return isText(head) || mayBeKeystore(head.subarray(0, HEAD_BYTES)) || utf16EncodingOf(head) !== null
}

function isText(bytes: Buffer): boolean {
  return !bytes.subarray(0, TEXT_SAMPLE_BYTES).includes(0)
}

/** UTF-16 with a byte order mark, as PowerShell writes it. */
function utf16EncodingOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const byteOrderMark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0)
  return byteOrderMark === 0xfffe ? 'utf-16le' : byteOrderMark === 0xfeff ? 'utf-16be' : null
}

/**
 * Credentials in a file, each with its kind, what it is, its fingerprint and its line; never its value.
 * @param path relative to the root; the name decides how some files are read
 * @param bytes the whole file
 */
export function credentialsIn(path: string, bytes: Buffer): readonly Credential[] {
  const encoding = utf16EncodingOf(bytes)
  if (encoding !== null) {
    return credentialsInText(path, Buffer.from(new TextDecoder(encoding).decode(bytes)))
  }
  if (isText(bytes)) {
    const found = credentialsInText(path, bytes)
    if (found.length > 0) {
      return found
    }
  }
  const key = mayBeKeystore(bytes.subarray(0, HEAD_BYTES)) ? keyInBinary(bytes) : null
  return key === null ? [] : [{ ...key, line: null }]
}

function credentialsInText(path: string, bytes: Buffer): readonly Credential[] {
  const hasKey = bytes.includes(PRIVATE_KEY_MARKER)
  const head = bytes.subarray(0, OTHER_KEY_HEAD_BYTES)
  const hasOtherKey = OTHER_KEY_MARKERS.some((mark) => head.includes(mark))
  const hasName = hasKnownName(path)
  const tokens = tokensIn(bytes)
  if (!hasKey && !hasOtherKey && !hasName && tokens.length === 0) {
    return []
  }
  const text = bytes.toString('latin1')
  const found = [
    ...(hasKey ? keysIn(text) : []),
    ...(hasOtherKey ? otherKeysIn(text) : []),
    ...tokens,
    ...(hasName ? credentialsByName(path, text) : []),
  ].map(([credential, at]): Credential => ({ ...credential, line: lineNumberAt(text, at) }))
  const credentials = withoutRepeatedPasswords(found.filter(({ what }) => !isPublic(path, what))).map(
    (credential) => withKindByPath(path, credential, text),
  )
  const fileCredential = credentials.length === 0 ? unwantedByName(path) : null
  return fileCredential === null
    ? credentials.slice(0, MAX_CREDENTIALS_PER_FILE)
    : [{ ...fileCredential, line: null }]
}

/** Google's keys of an API name a project, and whoever opens a page has those of its scripts. */
function isPublic(path: string, what: string): boolean {
  return what === 'Google API key' && /\.(?:[cm]?jsx?|html?|map|css)$/i.test(path)
}

function lineNumberAt(text: string, offset: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) {
    line++
  }
  return line
}

/** What is known by its form is not a second time the password of its line. */
function withoutRepeatedPasswords(found: readonly Credential[]): readonly Credential[] {
  const lines = new Set(found.filter(({ kind }) => kind !== 'password').map(({ line }) => line))
  return found.filter(({ kind, line }) => kind !== 'password' || !lines.has(line))
}

function withKindByPath(path: string, credential: Credential, text: string): Credential {
  if (credential.kind !== 'private-key') {
    return credential
  }
  if (path === SNAKEOIL_PATH) {
    return { ...credential, kind: 'snakeoil-key', what: 'key that ssl-cert makes' }
  }
  if (/(?:^|\/)ssh_host_\w+_key$/.test(path)) {
    return { ...credential, kind: 'ssh-host-key', what: 'private key of the SSH server' }
  }
  return /"type"\s*:\s*"service_account"/.test(text)
    ? { ...credential, kind: 'cloud-credential', what: 'key of a Google service account' }
    : credential
}
