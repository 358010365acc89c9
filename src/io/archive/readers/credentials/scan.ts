import { hash } from 'node:crypto'
import type { Account, Credential, Unread } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import type { LayerEntry, LayerTree } from '../../tree/layer-tree.js'
import { credentialsIn, isWorthReading } from './examine.js'

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

/** Credentials in files that a later entry replaces count too: who has the layer can read them. */
export async function readCredentials(
  tree: LayerTree,
  limits: Limits,
  usage: Usage,
): Promise<ScannedCredentials> {
  const files = new Map<string, readonly ScannedFile[]>()
  const accounts = new Map<string, readonly Account[]>()
  const unread = new Map<string, number>()
  const unreadBeyondLimit = { files: 0, bytes: 0 }
  let cut: string | null = null

  function noteUnread({ path, size }: LayerEntry): void {
    if (unread.size < MAX_UNREAD_PATHS) {
      unread.set(path, size)
    } else {
      unreadBeyondLimit.files++
      unreadBeyondLimit.bytes += size
    }
  }

  function examine(entry: LayerEntry, bytes: Buffer): void {
    const { path } = entry
    const isReplaced = tree.index.isReplaced(entry.id)
    if (path === PASSWD || path === SHADOW) {
      if (!isReplaced) {
        accounts.set(path, accountsIn(path, bytes.toString('latin1')))
      }
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
    const file = { found: credentials, md5: hash('md5', bytes), isReplaced }
    files.set(path, [file, ...(files.get(path) ?? [])])
  }

  const readWindow = createWindow(tree)
  for (const entry of tree.index.entries()) {
    const { type, size } = entry
    if (type === 'sparse' || (type === 'file' && size > limits.credentialBytes)) {
      noteUnread(entry)
    } else if (type === 'file' && size > 0) {
      const bytes = readWindow(entry)
      if (isWorthReading(bytes)) {
        examine(entry, bytes)
      } else {
        noteUnread(entry)
      }
      await tree.turn()
    }
  }
  return { files, accounts, unread, unreadBeyondLimit, cut }
}

/** What is read at a time. Most files are small, and lie one behind the other. */
const WINDOW_BYTES = 256 * 1024

/** Reads whole files, in the order of the tar. The bytes may be gone after the next call. */
function createWindow(tree: LayerTree): (file: LayerEntry) => Buffer {
  let buffer = Buffer.allocUnsafe(WINDOW_BYTES)
  let start = 0
  let window: Buffer = buffer.subarray(0, 0)
  return (file) => {
    if (file.offset + file.size > start + window.length) {
      buffer = file.size > buffer.length ? Buffer.allocUnsafe(file.size) : buffer
      start = file.offset
      window = tree.bytesOf({ offset: start, size: Math.min(buffer.length, tree.size - start) }, buffer)
    }
    return window.subarray(file.offset - start, file.offset - start + file.size)
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
