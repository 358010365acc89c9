import type { FileHandle } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import {
  type Directory,
  entriesIn,
  NotZip,
  unpackEntry,
  ZipError,
  zipDirectories,
} from '../archive/formats/zip.js'
import type { ZipSource } from '../archive/formats/zip-records.js'
import { readAt } from './read-at.js'

interface ZipLimits {
  readonly entries: number
  /** Limits for one entry and for all, unpacked, in bytes. */
  readonly entryBytes: number
  readonly allBytes: number
}

/** Codes of thrown errors: `zip-cut` if its end is missing, `zip-bad`, `zip-large`. */
function zipError(code: 'zip-cut' | 'zip-bad' | 'zip-large', what: string): Error {
  return Object.assign(new Error(what), { code })
}

const WINDOW = 2 ** 20

/**
 * Reads a zip on disk in the order of its directory, entry by entry: memory grows with the directory and the largest
 * entry. Other than for an image's archives, where Java and Python decide what is one, nothing may be in front of it
 * or behind it, and each entry is checked against its CRC-32.
 * @returns how many entries there were, without folders
 * @throws Error with a code of `zipError`
 */
export async function readZip(
  file: FileHandle,
  limits: ZipLimits,
  onEntry: (name: string, bytes: Buffer) => void | Promise<void>,
): Promise<number> {
  const source = fileSource(file.fd, (await file.stat()).size)
  const directory = withZipErrors(() => singleDirectory(source))
  let [entryCount, count, all, rest] = [0, 0, 0, WINDOW]
  const entries = entriesIn(source, directory, Number.POSITIVE_INFINITY)
  const readNext = () => withZipErrors(() => entries.next())
  for (let next = readNext(); !next.done; next = readNext()) {
    const { name, size, packed } = next.value
    if (++entryCount > limits.entries) {
      throw zipError('zip-large', `it has more than ${limits.entries} entries`)
    }
    if (name.endsWith('/')) {
      continue
    }
    const bytes = Math.max(size, packed)
    all += bytes
    if (bytes > limits.entryBytes || all > limits.allBytes) {
      const where = `${name.slice(0, 100)} has ${bytes} bytes, which brings the total to ${all} bytes`
      throw zipError('zip-large', `${where}: over the limit`)
    }
    const content = withZipErrors(() => unpackEntry(source, next.value, bytes))
    if (next.value.isEncrypted || crc32(content) !== next.value.crc) {
      throw zipError('zip-bad', `${name.slice(0, 100)} is damaged or encrypted`)
    }
    await onEntry(name, content)
    count += 1
    rest -= bytes
    // Reading is synchronous, and others want their turn.
    if (rest <= 0) {
      await setImmediate()
      rest = WINDOW
    }
  }
  return count
}

/** The directory ends where its end record begins, and begins where that says: nothing was put before or between. */
function singleDirectory(source: ZipSource): Directory {
  const [directory, other] = zipDirectories(source)
  if (directory === undefined || other !== undefined || directory.end - directory.size !== directory.offset) {
    throw new ZipError('its central directory is not where its end record says')
  }
  return directory
}

function withZipErrors<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof NotZip) {
      throw zipError('zip-cut', 'the end of the zip is missing')
    }
    throw error instanceof ZipError ? zipError('zip-bad', error.message) : error
  }
}

/** Reads ahead, since entries usually follow each other; if the order jumps about, only a little. */
function fileSource(fd: number, size: number): ZipSource {
  let [from, buffered] = [0, Buffer.alloc(0)]
  return {
    size,
    read(begin, length) {
      const at = Math.max(0, begin)
      const to = Math.max(at, Math.min(begin + length, size))
      if (at < from || to > from + buffered.length) {
        const isNext = at >= from && at <= from + buffered.length + WINDOW
        buffered = readAt(fd, at, Math.min(Math.max(length, isNext ? WINDOW : 4096), Math.max(0, size - at)))
        from = at
      }
      return buffered.subarray(at - from, to - from)
    },
  }
}
