import type { Credential } from '../../../../model/index.js'
import { keysIn, OTHER_KEY_TEXTS, otherKeysIn, PRIVATE_KEY_LABEL } from './keys.js'
import { HEAD_BYTES, keyInBinary, mayBeKeystore } from './keystores.js'
import { credentialsByName, hasKnownName, unwantedByName } from './named.js'
import { tokensIn } from './tokens.js'

/** Limit for the credentials of one file: further ones would not change what to do. */
const MAX_CREDENTIALS_PER_FILE = 20
/** The key that make-ssl-cert(8) of Debian's package ssl-cert generates for tests; nobody trusts it. */
const SNAKEOIL_PATH = 'etc/ssl/private/ssl-cert-snakeoil.key'
const PRIVATE_KEY_MARKER = Buffer.from(PRIVATE_KEY_LABEL)
const OTHER_KEY_MARKERS = OTHER_KEY_TEXTS.map((mark) => Buffer.from(mark))
/** Keys in other formats have files of their own, with at most a comment before them. */
const OTHER_KEY_HEAD_BYTES = 1024
/** Bytes at the beginning of a file that show whether it is text. */
const TEXT_SAMPLE_BYTES = 8192

/** Whether a file may contain credentials, by its first bytes. */
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
 * Credentials in a file, each with its kind, description, fingerprint and line; never with its value.
 * @param path relative to the root; the name decides how some files are read
 * @param bytes the whole file
 */
export function credentialsIn(path: string, bytes: Buffer): readonly Credential[] {
  const encoding = utf16EncodingOf(bytes)
  if (encoding !== null) {
    return credentialsInText(path, Buffer.from(new TextDecoder(encoding).decode(bytes)))
  }
  const credentials = isText(bytes) ? credentialsInText(path, bytes) : []
  if (credentials.length > 0) {
    return credentials
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
  const located = [
    ...(hasKey ? keysIn(text) : []),
    ...(hasOtherKey ? otherKeysIn(text) : []),
    ...tokens,
    ...(hasName ? credentialsByName(path, text) : []),
  ].map(([credential, at]): Credential => ({ ...credential, line: lineNumberAt(text, at) }))
  const credentials = withoutRepeatedPasswords(located.filter(({ what }) => !isPublic(path, what))).map(
    (credential) => withKindByPath(path, credential, text),
  )
  const fileCredential = credentials.length === 0 ? unwantedByName(path) : null
  return fileCredential === null
    ? credentials.slice(0, MAX_CREDENTIALS_PER_FILE)
    : [{ ...fileCredential, line: null }]
}

/** A web page's Google API keys identify a project; everyone who opens the page can read them. */
function isPublic(path: string, description: string): boolean {
  return description === 'Google API key' && /\.(?:[cm]?jsx?|html?|map|css)$/i.test(path)
}

function lineNumberAt(text: string, offset: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) {
    line++
  }
  return line
}

/** A password on a line where its format showed another kind of credential is that same one. */
function withoutRepeatedPasswords(credentials: readonly Credential[]): readonly Credential[] {
  const lines = new Set(credentials.filter(({ kind }) => kind !== 'password').map(({ line }) => line))
  return credentials.filter(({ kind, line }) => kind !== 'password' || !lines.has(line))
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
