import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { SeaworthyError } from '../../model/problem.js'

const MIB = 2 ** 20
/** Bytes of a file that people write or carry over: a report of thousands of findings has some ten MiB. */
const TEXT_LIMIT = 64 * MIB
/** One for all reads, which do not wait: a new one for each costs more than a small file does. */
const CHUNK = Buffer.allocUnsafe(2 ** 18)

/**
 * The text of a file, or `null` where there is none. Throws `file-unreadable` for any other reason, and where it is
 * larger than `limit` bytes.
 */
export function readText(path: string, limit = TEXT_LIMIT): string | null {
  return readUpTo(path, limit, false)
}

/** The same of a policy: a device or a pipe is refused, and not waited for. */
export function readPolicy(path: string): string | null {
  return readUpTo(path, TEXT_LIMIT, true)
}

/** Counts what is read: the size of a device is 0, and so is that of the files in /proc. */
function readUpTo(path: string, limit: number, isPolicy: boolean): string | null {
  let file: number | null = null
  try {
    file = openSync(path, isPolicy ? constants.O_RDONLY | constants.O_NONBLOCK : constants.O_RDONLY)
    if (isPolicy && !fstatSync(file).isFile()) {
      throw new Error('it is no regular file')
    }
    const chunks: Buffer[] = []
    let bytes = 0
    for (;;) {
      const read = readSync(file, CHUNK)
      if (read === 0) {
        return Buffer.concat(chunks).toString('utf8')
      }
      bytes += read
      if (bytes > limit) {
        throw new Error(`it is larger than ${Math.floor(limit / MIB)} MiB`)
      }
      chunks.push(Buffer.from(CHUNK.subarray(0, read)))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null
    }
    throw unusable(path, 'read', error)
  } finally {
    if (file !== null) {
      closeSync(file)
    }
  }
}

/** True if there is something at that path. */
export function isThere(path: string): boolean {
  return existsSync(path)
}

/** True if the file lies inside the folder once all links are followed. Both must be there. */
export function isInside(path: string, folder: string): boolean {
  const root = realpathSync(folder)
  return realpathSync(path).startsWith(root.endsWith(sep) ? root : root + sep)
}

/**
 * The text of a plain file that a stranger may have put there, by its path in a folder; `null` where there is none, where
 * it is a folder, where a link leads to it, and where it is larger than `limit` bytes. Throws `file-unreadable`.
 */
export function readPlain(folder: string, path: string, limit = Number.POSITIVE_INFINITY): string | null {
  const file = join(folder, path)
  // False for what lies below a file, too, of which lstat throws.
  if (!existsSync(file) || realpathSync(file) !== join(realpathSync(folder), path)) {
    return null
  }
  const stat = lstatSync(file)
  return stat.isFile() && stat.size <= limit ? readText(file) : null
}

/**
 * The first link on the way to a path, the path itself too, that lies inside a folder; `null` where there is none. A link
 * that lies elsewhere (`/tmp` of some systems) is the machine's, and nobody brought it along.
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

/** Writes a file whole or not at all, with its folders; `mode` is narrowed by the umask. Throws `file-unwritable`. */
export function writeText(path: string, text: string, mode = 0o666): void {
  const temporary = join(dirname(path), `.${process.pid}.tmp`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    // What lies there may be a link, and its name can be guessed.
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

/** Names in a folder, sorted; empty where there is no folder. Throws `file-unreadable` where it is none. */
export function listFolder(path: string): readonly string[] {
  try {
    return existsSync(path) ? readdirSync(path).sort() : []
  } catch (error) {
    throw unusable(path, 'read', error)
  }
}

/** The user's cache folder for us (XDG Base Directory Specification). */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homeFolder(), '.cache'), 'seaworthy')
}

/** The user's home; the root, as the engine has it, where there is no HOME and no account of this uid. */
export function homeFolder(ask: () => string = homedir): string {
  try {
    return ask()
  } catch {
    return '/'
  }
}

/** Removes a file, or a folder with all that is in it. */
export function removePath(path: string): void {
  rmSync(path, { recursive: true, force: true })
}

function unusable(path: string, verb: 'read' | 'written', error: unknown): SeaworthyError {
  return new SeaworthyError({
    code: verb === 'read' ? 'file-unreadable' : 'file-unwritable',
    what: `a file could not be ${verb}: ${error instanceof Error ? error.message : String(error)}`,
    where: path,
  })
}
