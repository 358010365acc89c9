import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf, readOrNull, SeaworthyError } from '../../model/index.js'
import { makeFolders } from './make-folders.js'

const MIB = 2 ** 20
/** Limit for a file that people write or copy: a report with thousands of findings has some ten MiB. */
const TEXT_LIMIT = 64 * MIB
/** One for all reads, which are synchronous: allocating one each costs more than a small file. */
const CHUNK = Buffer.allocUnsafe(2 ** 18)

/**
 * The text of a file that belongs to us or to whoever runs the command, or `null` if there is none. Throws
 * `file-unreadable` for any other reason, and if it is larger than `limit` bytes.
 */
export function readText(path: string, limit = TEXT_LIMIT): string | null {
  return textOf(path, limit, constants.O_RDONLY, () => undefined)
}

/** An input's file: anywhere outside the working directory, and inside it like `readInside`. */
export function readPolicy(path: string): string | null {
  return isOfCheckout(path) ? readInside(path) : readPlain(path)
}

/**
 * A file that other programs of this user may have put there, `null` if there is none: a pipe or a device is
 * refused, not waited for. Throws `file-unreadable`.
 */
export function readPlain(path: string): string | null {
  return textOf(path, TEXT_LIMIT, NO_WAIT, regular)
}

/** True for a folder that is no link, and for a path at which nothing exists yet. */
export function isFolderOrNew(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true
}

/**
 * The text of a file that a stranger may have put there, or may name: a checkout, a compose file and saved evidence
 * are not the gate's own. `null` if there is none. Throws `file-unreadable`, without quoting its content, if it is
 * outside the folder or one of git's own files, a link leads to it, it is not a regular file, or it is larger than
 * `limit` bytes.
 * @param path relative to the working directory
 * @param folder that it must not leave
 */
export function readInside(path: string, folder = workFolder(), limit = TEXT_LIMIT): string | null {
  const full = resolve(path)
  const inner = relative(folder, full)
  if (!isBelow(full, folder)) {
    throw unusable(path, 'read', new Error('it is outside the working folder'))
  }
  if (inner.toLowerCase().split(sep).includes('.git')) {
    throw unusable(path, 'read', new Error("it is one of git's own files"))
  }
  const real = existsSync(folder) ? join(realpathSync(folder), inner) : full
  return textOf(path, limit, NO_WAIT | constants.O_NOFOLLOW, (file) => {
    regular(file)
    // The opened file is compared with the one at the path without links, to detect a swap in between.
    const [opened, atPath] = [fstatSync(file), lstatSync(real)]
    if (realpathSync(full) !== real || opened.ino !== atPath.ino || opened.dev !== atPath.dev) {
      throw new Error(LINK)
    }
  })
}

/** True for a plain file or folder below another folder, without links, and not one of git's own. */
export function isPlainIn(path: string, folder: string): boolean {
  const inner = relative(folder, path)
  const isBelowFolder = isBelow(path, folder) && !inner.toLowerCase().split(sep).includes('.git')
  if (!isBelowFolder || !existsSync(path) || realpathSync(path) !== join(realpathSync(folder), inner)) {
    return false
  }
  const kind = lstatSync(path)
  return kind.isFile() || kind.isDirectory()
}

const LINK = 'its path contains a symbolic link'
const NO_WAIT = constants.O_RDONLY | constants.O_NONBLOCK

function regular(file: number): void {
  if (!fstatSync(file).isFile()) {
    throw new Error('it is not a regular file')
  }
}

/** The repository that a job has checked out; elsewhere the directory in which the command was started. */
export function workFolder(env: NodeJS.ProcessEnv = process.env): string {
  const [workingFolder, workspace] = [process.cwd(), env.GITHUB_WORKSPACE]
  return workspace && (workspace === workingFolder || isBelow(workingFolder, resolve(workspace)))
    ? resolve(workspace)
    : workingFolder
}

/** True if it is in the working directory, which others may have filled. */
export function isOfCheckout(path: string): boolean {
  return isBelow(resolve(path), workFolder())
}

/** True if a path is the working directory, is in it or contains it, by its name or with all links followed. */
export function meetsCheckout(path: string): boolean {
  const folder = workFolder()
  const all = (one: string) => [resolve(one), realFolder(one)]
  const meets = (one: string, other: string) => one === other || isBelow(one, other) || isBelow(other, one)
  return all(path).some((one) => all(folder).some((other) => meets(one, other)))
}

function isBelow(path: string, folder: string): boolean {
  const inner = relative(folder, path)
  return inner !== '' && !isAbsolute(inner) && inner.split(sep)[0] !== '..'
}

/** Counts the bytes read: devices report a size of 0, and so do files in /proc. */
function textOf(path: string, limit: number, flags: number, check: (file: number) => void): string | null {
  let file: number | null = null
  try {
    file = openSync(path, flags)
    check(file)
    const chunks: Buffer[] = []
    let bytes = 0
    for (;;) {
      const read = readSync(file, CHUNK)
      if (read === 0) {
        return Buffer.concat(chunks).toString('utf8')
      }
      bytes += read
      if (bytes > limit) {
        throw new Error(`it is larger than ${sizeOf(limit)}`)
      }
      chunks.push(Buffer.from(CHUNK.subarray(0, read)))
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') {
      return null
    }
    // open(2): the error for a link at the end of a path that must not be followed.
    const isLink = code === 'ELOOP' && (flags & constants.O_NOFOLLOW) !== 0
    throw unusable(path, 'read', isLink ? new Error(LINK) : error)
  } finally {
    if (file !== null) {
      closeSync(file)
    }
  }
}

function sizeOf(bytes: number): string {
  return bytes < MIB ? `${Math.floor(bytes / 1024)} KiB` : `${Math.floor(bytes / MIB)} MiB`
}

export function exists(path: string): boolean {
  return existsSync(path)
}

/** True for a file, and a link to one; false if there is nothing. */
export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}

/** True if the file is inside the folder once all links are followed. Both must exist. */
export function isInside(path: string, folder: string): boolean {
  const root = realpathSync(folder)
  return realpathSync(path).startsWith(root.endsWith(sep) ? root : root + sep)
}

/**
 * The first link on the way to a path, including the path itself, that is inside a folder; `null` if there is none. A
 * link elsewhere (`/tmp` on some systems) belongs to the machine, and nobody added it.
 */
export function linkInside(path: string, folder: string): string | null {
  const root = realpathSync(folder)
  const isOurs = (at: string) => at === root || at.startsWith(root.endsWith(sep) ? root : root + sep)
  let found: string | null = null
  for (let at = resolve(path); at !== dirname(at); at = dirname(at)) {
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() && isOurs(realpathSync(dirname(at)))) {
      found = at
    }
  }
  return found
}

/** Writes a file whole or not at all, creating its folders; the umask restricts `mode`. Throws `file-unwritable`. */
export function writeText(path: string, text: string, mode = 0o666): void {
  const temporary = join(dirname(path), `.${process.pid}.tmp`)
  try {
    makeFolders(dirname(path))
    // The existing file may be a link, and its name can be guessed.
    rmSync(temporary, { force: true })
    writeFileSync(temporary, text, { mode, flag: 'wx' })
    renameSync(temporary, path)
  } catch (error) {
    if (existsSync(temporary)) {
      rmSync(temporary)
    }
    throw unusable(path, 'written', error)
  }
}

/** Names in a folder, sorted; empty if there is no folder. Throws `file-unreadable` if it is not a folder. */
export function listFolder(path: string): readonly string[] {
  try {
    return existsSync(path) ? readdirSync(path).sort() : []
  } catch (error) {
    throw unusable(path, 'read', error)
  }
}

export type NamedFile = NonNullable<ReturnType<typeof namedFile>>

/** A file or folder that an input names, by a path or a file: URL; `null` for what is not there. */
export function namedFile(value: string) {
  const full = readOrNull(() => resolve(/^file:/i.test(value) ? fileURLToPath(value) : value))
  if (full === null || !existsSync(full)) {
    return null
  }
  const state = statSync(full)
  // In bytes; `null` for a folder, and for anything else that is no plain file.
  const size = state.isFile() ? state.size : null
  return { full, real: realpathSync(full), size, read: () => readFileSync(full) }
}

/** A folder with all links followed. */
export function realFolder(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path)
}

/** The user's cache folder for us (XDG Base Directory Specification). */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homeFolder(), '.cache'), 'seaworthy')
}

/** The user's home; the root, as in the engine, if there is no HOME and no account for this uid. */
export function homeFolder(ask: () => string = homedir): string {
  return readOrNull(ask) ?? '/'
}

export function removePath(path: string): void {
  rmSync(path, { recursive: true, force: true })
}

function unusable(path: string, verb: 'read' | 'written', error: unknown): SeaworthyError {
  const code = verb === 'read' ? 'file-unreadable' : 'file-unwritable'
  return new SeaworthyError({ code, what: `a file could not be ${verb}: ${messageOf(error)}`, where: path })
}
