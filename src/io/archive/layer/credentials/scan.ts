import { hash } from 'node:crypto'
import { type Account, type Credential, createKnownPaths, type Unread } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import type { TarEntry } from '../../formats/tar-header.js'
import type { Body } from '../../formats/tar-reader.js'
import { credentialsIn, isWorthReading } from './examine.js'
import { HEAD_BYTES } from './keystores.js'

/** passwd(5) and shadow(5), relative to the root. */
const PASSWD = 'etc/passwd'
const SHADOW = 'etc/shadow'

const MAX_ACCOUNTS = 1000
const MAX_NAME_LENGTH = 60
/** Limit for the paths of files that were not read, which are kept to look them up in packages' lists. */
const MAX_UNREAD_PATHS = 50_000

export interface ScannedFile {
  readonly found: readonly Credential[]
  /** MD5 of its content in hexadecimal, to compare it with a package's md5sums. */
  readonly md5: string
  /** True if a later entry of the layer replaces it. */
  readonly isReplaced: boolean
}

export interface ScannedCredentials {
  /** Path -> each file that the layer contains at this path, the last one first. */
  readonly files: ReadonlyMap<string, readonly ScannedFile[]>
  readonly accounts: ReadonlyMap<string, readonly Account[]>
  /** Files that were not read: path -> size in bytes. */
  readonly unread: ReadonlyMap<string, number>
  /** Number and bytes of further files that were not read. */
  readonly unreadBeyondLimit: Unread
  /** Which limit was exceeded, as text; `null`: nothing was left out. */
  readonly cut: string | null
}

export interface CredentialScan {
  /** Returns the receiver of a file's body; `null`: not needed. */
  entry(path: string, tarEntry: TarEntry): Body | null
  /** Called for a directory, or a path that a later entry of the layer replaces. */
  forget(path: string, isDirectory: boolean): void
  finish(): ScannedCredentials
}

/** Credentials in files that a later entry replaces count too: who has the layer can read them. */
export function createCredentialScan(limits: Limits, usage: Usage): CredentialScan {
  const files = new Map<string, Omit<ScannedFile, 'isReplaced'>[]>()
  /** The files that no later entry replaces. */
  const currentFiles = new Map<string, unknown>()
  const accounts = new Map<string, readonly Account[]>()
  const unread = new Map<string, number>()
  const unreadBeyondLimit = { files: 0, bytes: 0 }
  const knownPaths = createKnownPaths([currentFiles, accounts])
  let cut: string | null = null

  function examine(path: string, bytes: Buffer): void {
    if (path === PASSWD || path === SHADOW) {
      knownPaths.note(accounts, path, accountsIn(path, bytes.toString('latin1')))
      return
    }
    const credentials = credentialsIn(path, bytes)
    if (credentials.length === 0) {
      return
    }
    usage.credentials += credentials.length
    if (usage.credentials > limits.credentials) {
      cut = `more than ${limits.credentials} credentials`
      return
    }
    const file = { found: credentials, md5: hash('md5', bytes) }
    files.set(path, [file, ...(files.get(path) ?? [])])
    knownPaths.note(currentFiles, path, file)
  }

  function noteUnread(path: string, size: number): null {
    if (unread.size < MAX_UNREAD_PATHS) {
      unread.set(path, size)
    } else {
      unreadBeyondLimit.files++
      unreadBeyondLimit.bytes += size
    }
    return null
  }

  /** For files that arrive in several pieces, one after the other: memory for each would be freed late. */
  let buffer = Buffer.alloc(0)

  /** Collects a file. Most files arrive in one piece, which is not copied. */
  function collectFile(path: string, size: number): Body {
    /** How many bytes are collected; `null`: the file is examined, or it is not to be read. */
    let collected: number | null = 0
    let isDecided = false
    return {
      write(bytes) {
        if (collected === null) {
          return
        }
        if (collected === 0 && bytes.length === size) {
          collected = null
          if (isWorthReading(bytes)) {
            examine(path, bytes)
          } else {
            noteUnread(path, size)
          }
          return
        }
        buffer = buffer.length < size ? Buffer.alloc(size) : buffer
        collected += bytes.copy(buffer, collected)
        if (!isDecided && collected >= HEAD_BYTES) {
          isDecided = true
          collected = isWorthReading(buffer.subarray(0, collected)) ? collected : noteUnread(path, size)
        }
      },
      end() {
        if (collected !== null) {
          examine(path, buffer.subarray(0, collected))
        }
      },
    }
  }

  return {
    entry(path, { type, size }) {
      if (type === 'sparse' || (type === 'file' && size > limits.credentialBytes)) {
        return noteUnread(path, size)
      }
      return type !== 'file' || size === 0 ? null : collectFile(path, size)
    },
    forget: knownPaths.forget,
    finish() {
      const filesByPath = [...files].map(([path, filesAtPath]): [string, ScannedFile[]] => [
        path,
        filesAtPath.map((file) => ({ ...file, isReplaced: currentFiles.get(path) !== file })),
      ])
      return { files: new Map(filesByPath), accounts, unread, unreadBeyondLimit, cut }
    },
  }
}

/**
 * Accounts that are reported: those with UID 0, and those that can log in. Debian's own accounts cannot.
 * @param path `etc/passwd` or `etc/shadow`
 */
function accountsIn(path: string, text: string): readonly Account[] {
  return text
    .split('\n')
    .flatMap((line): Account[] => {
      const [name = '', passwordField = '', uidField = ''] = line.split(':')
      // Lines of NIS refer to accounts elsewhere.
      if (name === '' || /^[#+-]/.test(name) || !line.includes(':')) {
        return []
      }
      const uid = path === PASSWD && /^\d{1,10}$/.test(uidField) ? Number(uidField) : null
      const shownName = name.slice(0, MAX_NAME_LENGTH).toWellFormed()
      return [{ name: shownName, uid, password: passwordOf(path, passwordField) }]
    })
    .filter(({ uid, password }) => uid === 0 || password === 'empty' || password === 'hashed')
    .slice(0, MAX_ACCOUNTS)
}

function passwordOf(path: string, passwordField: string): Account['password'] {
  if (passwordField === '') {
    return 'empty'
  }
  if (path === PASSWD && passwordField === 'x') {
    return 'shadow'
  }
  // crypt(5): hashes are longer, and do not begin with these characters.
  return /^[!*]/.test(passwordField) || passwordField.length < 13 ? 'locked' : 'hashed'
}
