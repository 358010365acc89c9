import type { Credential } from '../../../model/credential.js'
import { KEY_MARK, keysIn, OTHER_MARKS, otherKeyIn } from './keys.js'
import { HEAD_BYTES, keyInBinary, mayBeKeystore } from './keystores.js'
import { hasKnownName, namedIn, notedByName } from './named.js'
import { tokensIn } from './tokens.js'

/** Of a file; more of them say nothing more. */
const MOST = 20
/** make-ssl-cert(8) of Debian's package ssl-cert: programs are tried with it, and nobody trusts it. */
const SNAKEOIL = 'etc/ssl/private/ssl-cert-snakeoil.key'
const KEY_BYTES = Buffer.from(KEY_MARK)
const OTHER_KEYS = OTHER_MARKS.map((mark) => Buffer.from(mark))
/** Keys in other forms are files of their own, with a comment in front of them at most. */
const OTHER_KEY_BYTES = 1024
/** As much of a file says whether it is text. */
const TEXT_BYTES = 8192

/** What the begin of a file says that it is. */
export function isWorthReading(head: Buffer): boolean {
  return isText(head) || mayBeKeystore(head.subarray(0, HEAD_BYTES)) || wideOf(head) !== null
}

function isText(bytes: Buffer): boolean {
  return !bytes.subarray(0, TEXT_BYTES).includes(0)
}

/** UTF-16 with a byte order mark, as PowerShell writes it. */
function wideOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0)
  return mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : null
}

/**
 * Credentials in a file, each with its kind, what it is, its fingerprint and its line; never its value.
 * @param path relative to the root; the name decides how some files are read
 * @param bytes the whole file
 */
export function credentialsIn(path: string, bytes: Buffer): readonly Credential[] {
  const wide = wideOf(bytes)
  if (wide !== null) {
    return inText(path, Buffer.from(new TextDecoder(wide).decode(bytes)))
  }
  if (isText(bytes)) {
    const found = inText(path, bytes)
    if (found.length > 0) {
      return found
    }
  }
  const key = mayBeKeystore(bytes.subarray(0, HEAD_BYTES)) ? keyInBinary(bytes) : null
  return key === null ? [] : [{ ...key, line: null }]
}

function inText(path: string, bytes: Buffer): readonly Credential[] {
  const hasKey = bytes.includes(KEY_BYTES)
  const head = bytes.subarray(0, OTHER_KEY_BYTES)
  const hasOtherKey = OTHER_KEYS.some((mark) => head.includes(mark))
  const hasName = hasKnownName(path)
  const tokens = tokensIn(bytes)
  if (!hasKey && !hasOtherKey && !hasName && tokens.length === 0) {
    return []
  }
  const text = bytes.toString('latin1')
  const found = [
    ...(hasKey ? keysIn(text) : []),
    ...(hasOtherKey ? otherKeyIn(text) : []),
    ...tokens,
    ...(hasName ? namedIn(path, text) : []),
  ].map(([one, at]): Credential => ({ ...one, line: lineAt(text, at) }))
  const all = onceALine(found.filter(({ what }) => !isPublic(path, what))).map((one) =>
    asOfPath(path, one, text),
  )
  const noted = all.length === 0 ? notedByName(path) : null
  return noted === null ? all.slice(0, MOST) : [{ ...noted, line: null }]
}

/** Google's keys of an API name a project, and whoever opens a page has those of its scripts. */
function isPublic(path: string, what: string): boolean {
  return what === 'Google API key' && /\.(?:[cm]?jsx?|html?|map|css)$/i.test(path)
}

function lineAt(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) {
    line++
  }
  return line
}

/** What is known by its form is not a second time the password of its line. */
function onceALine(found: readonly Credential[]): readonly Credential[] {
  const lines = new Set(found.filter(({ kind }) => kind !== 'password').map(({ line }) => line))
  return found.filter(({ kind, line }) => kind !== 'password' || !lines.has(line))
}

function asOfPath(path: string, one: Credential, text: string): Credential {
  if (one.kind !== 'private-key') {
    return one
  }
  if (path === SNAKEOIL) {
    return { ...one, kind: 'snakeoil-key', what: 'key that ssl-cert makes' }
  }
  if (/(?:^|\/)ssh_host_\w+_key$/.test(path)) {
    return { ...one, kind: 'ssh-host-key', what: 'private key of the SSH server' }
  }
  return /"type"\s*:\s*"service_account"/.test(text)
    ? { ...one, kind: 'cloud-credential', what: 'key of a Google service account' }
    : one
}
