import { createHash } from 'node:crypto'
import type { Account, Credential, Unread } from '../../../model/credential.js'
import { createKnownPaths } from '../../../model/known-paths.js'
import type { Limits, Usage } from '../limits.js'
import type { TarEntry } from '../tar-header.js'
import type { Body } from '../tar-reader.js'
import { credentialsIn, isWorthReading } from './examine.js'
import { HEAD_BYTES } from './keystores.js'

/** passwd(5) and shadow(5), relative to the root. */
const PASSWD = 'etc/passwd'
const SHADOW = 'etc/shadow'

const MAX_ACCOUNTS = 1000
const MAX_NAME_LENGTH = 60
/** Paths of files that were not read; a package may have them. */
const MAX_UNREAD_PATHS = 50_000

/** A file with credentials, as it passes. */
export interface ScannedFile {
  readonly found: readonly Credential[]
  /** Of its content, hexadecimal: a package may state it. */
  readonly md5: string
  /** A later entry of the layer has its place. */
  readonly isReplaced: boolean
}

export interface ScannedCredentials {
  /** Path -> each file that the layer has there, the last one first. */
  readonly files: ReadonlyMap<string, readonly ScannedFile[]>
  readonly accounts: ReadonlyMap<string, readonly Account[]>
  /** Files that were not read: path -> bytes. */
  readonly unread: ReadonlyMap<string, number>
  /** Those for which `unread` has no place. */
  readonly unreadBeyondLimit: Unread
  readonly cut: string | null
}

export interface CredentialScan {
  /** Returns what takes the body of a file; `null`: nobody wants it. */
  entry(path: string, tarEntry: TarEntry): Body | null
  /** Called for a directory, or a path that a later entry of the layer replaces. */
  forget(path: string, isDirectory: boolean): void
  finish(): ScannedCredentials
}

/** A layer's credentials, found as it passes, in files that a later entry replaces too: whoever has the layer has these. */
export function createCredentialScan(limits: Limits, usage: Usage): CredentialScan {
  const files = new Map<string, Omit<ScannedFile, 'isReplaced'>[]>()
  /** Of these the ones that no later entry replaces. */
  const currentFiles = new Map<string, unknown>()
  const accounts = new Map<string, readonly Account[]>()
  const unread = new Map<string, number>()
  const unreadBeyondLimit = { files: 0, bytes: 0 }
  const known = createKnownPaths([currentFiles, accounts])
  let cut: string | null = null

  function examine(path: string, bytes: Buffer): void {
    if (path === PASSWD || path === SHADOW) {
      known.note(accounts, path, accountsIn(path, bytes.toString('latin1')))
      return
    }
    const found = credentialsIn(path, bytes)
    if (found.length === 0) {
      return
    }
    usage.credentials += found.length
    if (usage.credentials > limits.credentials) {
      cut = `more than ${limits.credentials} credentials`
      return
    }
    const file = { found, md5: createHash('md5').update(bytes).digest('hex') }
    files.set(path, [file, ...(files.get(path) ?? [])])
    known.note(currentFiles, path, file)
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

  /** Most files pass in one piece: these are not copied. */
  function collectFile(path: string, size: number): Body {
    let parts: Buffer[] | null = []
    let isDecided = false
    return {
      write(bytes) {
        if (parts === null) {
          return
        }
        if (parts.length === 0 && bytes.length === size) {
          parts = null
          if (isWorthReading(bytes)) {
            examine(path, bytes)
          } else {
            noteUnread(path, size)
          }
          return
        }
        parts.push(Buffer.from(bytes))
        if (!isDecided && parts.reduce((sum, { length }) => sum + length, 0) >= HEAD_BYTES) {
          isDecided = true
          parts = isWorthReading(Buffer.concat(parts)) ? parts : noteUnread(path, size)
        }
      },
      end() {
        if (parts !== null) {
          examine(path, Buffer.concat(parts))
        }
      },
    }
  }

  return {
    entry(path, { type, size }) {
      if (type === 'sparse' || (type === 'file' && size > limits.credentialBytes)) {
        return noteUnread(path, size)
      }
      if (type !== 'file' || size === 0) {
        return null
      }
      return collectFile(path, size)
    },
    forget: known.forget,
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
 * Accounts of note: with UID 0, and those that can log in. The rest, as Debian's own accounts, can not.
 * @param path `etc/passwd` or `etc/shadow`
 */
function accountsIn(path: string, text: string): readonly Account[] {
  return text
    .split('\n')
    .flatMap((line): Account[] => {
      const [name = '', passwordField = '', uidField = ''] = line.split(':')
      // Lines of NIS stand for accounts elsewhere.
      if (name === '' || /^[#+-]/.test(name) || !line.includes(':')) {
        return []
      }
      const uid = path === PASSWD && /^\d{1,10}$/.test(uidField) ? Number(uidField) : null
      return [
        {
          name: name.slice(0, MAX_NAME_LENGTH).toWellFormed(),
          uid,
          password: passwordOf(path, passwordField),
        },
      ]
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
  // crypt(5): no hash begins so, or consists of these alone.
  return /^[!*]/.test(passwordField) || passwordField.length < 13 ? 'locked' : 'hashed'
}
