import { constants, inflateRawSync } from 'node:zlib'
import {
  END_BYTES,
  END_SIGNATURE,
  END64_BYTES,
  HEADER_BYTES,
  LOCAL_BYTES,
  LOCATOR_BYTES,
  tailOf,
  ZIP_RECORD,
  type ZipSource,
} from './zip-records.js'

/** A file of a zip, from its central directory. */
export interface ZipEntry {
  readonly name: string
  /** 0: stored, 8: deflated. */
  readonly method: number
  readonly isEncrypted: boolean
  /** CRC-32 of its content. */
  readonly crc: number
  /** Bytes in the archive, and unpacked. */
  readonly packed: number
  readonly size: number
  /** Where its local header begins. */
  readonly at: number
}

/** The zip contradicts itself, is truncated, or exceeds a limit. The message says which. */
export class ZipError extends Error {}

/** Nothing in it looks like the central directory of a zip. */
export class NotZip extends ZipError {}

/** A product in one jar has some 70,000 classes, and a vendor's whole SDK several times that. */
export const MOST_ENTRIES = 500_000
/** A directory of that many entries with names of 600 characters. It is in memory as a whole. */
const MOST_DIRECTORY_BYTES = 64 * 2 ** 20
/** A zip has one. Each more of them takes a look at two other places. */
const MOST_ENDS = 64
/** All ones in a field of 32 bits: the value is in a field of 64 bits. */
const ZIP64 = 0xffffffff
const ZIP64_EXTRA = 1

/** Where an end record says that the central directory is. */
export interface Directory {
  /** Where it ends. */
  readonly to: number
  readonly size: number
  /** Where it begins, counted from the beginning of the zip, which may be later than that of the file. */
  readonly offset: number
  /** `null`: its field of 16 bits is all ones, so another record has it. */
  readonly count: number | null
}

/**
 * The files of a zip by its central directory (APPNOTE.TXT 4.3), as Java (`java.util.zip.ZipFile`) and Python (`zipfile`,
 * `zipimport`) find it: bytes in front of the zip (a start script) and behind it are skipped. If Java and Python find
 * different directories, the files of both count. Only offsets inside the file are followed, and nothing is unpacked.
 * @throws ZipFault
 */
export function zipEntries(source: ZipSource): readonly ZipEntry[] {
  const [entries = [], second] = zipDirectories(source).map((one) => {
    if (one.size > MOST_DIRECTORY_BYTES) {
      throw new ZipError(
        `its central directory has ${one.size} bytes, over the limit of ${MOST_DIRECTORY_BYTES}`,
      )
    }
    return [...entriesIn(source, one, MOST_ENTRIES)]
  })
  return second === undefined
    ? entries
    : [...new Map([...entries, ...second].map((entry) => [JSON.stringify(entry), entry])).values()]
}

/** One, or two if Java and Python find different ones. @throws NotZip */
export function zipDirectories(source: ZipSource): readonly Directory[] {
  const all = directoriesOf(source)
  // A record that leads to no directory leads Java and Python to none either: a text may contain its signature.
  const found = all.filter((one) => isDirectory(source, one))
  if (found.length === 0) {
    const moved = 'there is no central directory where its end record says'
    throw new NotZip(all.length > 0 ? moved : 'it is not a zip, or it is truncated')
  }
  return found
}

/** The files that a central directory lists, one by one. @throws ZipFault */
export function* entriesIn(
  source: ZipSource,
  { to, size, offset, count }: Directory,
  most: number,
): Generator<ZipEntry> {
  const shift = to - size - offset
  if (shift < 0) {
    throw new ZipError('its end record places the central directory outside the file')
  }
  const bytes = source.read(to - size, size)
  let entryCount = 0
  for (let at = 0; at < bytes.length; entryCount++) {
    if (at + HEADER_BYTES > bytes.length || bytes.readUInt32LE(at) !== ZIP_RECORD.header) {
      throw new ZipError('its central directory is broken')
    }
    if (entryCount === most) {
      throw new ZipError(`it has more than ${most} entries`)
    }
    const name = at + HEADER_BYTES
    const extra = name + bytes.readUInt16LE(at + 28)
    const comment = extra + bytes.readUInt16LE(at + 30)
    const next = comment + bytes.readUInt16LE(at + 32)
    if (next > bytes.length) {
      throw new ZipError('its central directory is truncated')
    }
    // 4.5.3: only the values that do not fit are in the extra field, in this order.
    const sizes = [24, 20, 42].map((field) => bytes.readUInt32LE(at + field))
    const [unpacked = 0, packed = 0, local = 0] = sizes.includes(ZIP64)
      ? withZip64(sizes, bytes.subarray(extra, comment))
      : sizes
    yield {
      name: bytes.toString('utf8', name, extra),
      method: bytes.readUInt16LE(at + 10),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
      crc: bytes.readUInt32LE(at + 16),
      packed,
      size: unpacked,
      at: local + shift,
    }
    at = next
  }
  if (count !== null && count !== (entryCount & 0xffff)) {
    throw new ZipError(
      'the number of entries in its central directory differs from the number in its end record',
    )
  }
}

function withZip64(sizes: readonly number[], extra: Buffer): readonly number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === ZIP64_EXTRA) {
      const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
      let taken = 0
      return sizes.map((value) => {
        if (value !== ZIP64 || taken + 8 > field.length) {
          return value
        }
        taken += 8
        return Number(field.readBigUInt64LE(taken - 8))
      })
    }
  }
  return sizes
}

/** One if Java and Python agree, or only one of them finds any. */
function directoriesOf(source: ZipSource): readonly Directory[] {
  const from = tailOf(source.size)
  const tail = source.read(from, source.size - from)
  const lastBefore = (at: number) => (at < 0 ? -1 : tail.lastIndexOf(END_SIGNATURE, at))
  const last = lastBefore(tail.length - END_BYTES)
  // Python takes the last one, whatever its comment.
  let java = last
  for (let comments = 1; java >= 0 && !isEndForJava(source, tail, from, java); comments++) {
    if (comments === MOST_ENDS) {
      throw new ZipError(`more than ${MOST_ENDS} places look like its end record`)
    }
    java = lastBefore(java - 1)
  }
  const ofJava = java < 0 ? [] : [directoryAt(source, tail, from, java, 'java')]
  const ofPython = last < 0 ? [] : [directoryAt(source, tail, from, last, 'python')]
  const both = [...ofJava, ...ofPython]
  return [...new Map(both.map((one) => [`${one.to} ${one.size} ${one.offset}`, one])).values()]
}

/** Its comment ends with the file, or else a directory and a file are where it says (`findEND` of OpenJDK). */
function isEndForJava(source: ZipSource, tail: Buffer, from: number, at: number): boolean {
  if (at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) {
    return true
  }
  const directory = from + at - tail.readUInt32LE(at + 12)
  const local = directory - tail.readUInt32LE(at + 16)
  return (
    local >= 0 &&
    signatureAt(source, directory) === ZIP_RECORD.header &&
    signatureAt(source, local) === ZIP_RECORD.local
  )
}

/**
 * Java follows the locator to ZIP64's end record, and counts from the beginning of the file. Its values must not
 * contradict the others. Python takes the record directly before the locator.
 */
function directoryAt(
  source: ZipSource,
  tail: Buffer,
  from: number,
  at: number,
  whose: 'java' | 'python',
): Directory {
  const count = tail.readUInt16LE(at + 10)
  const plain = {
    to: from + at,
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
    count: count === 0xffff ? null : count,
  }
  const locator = source.read(plain.to - LOCATOR_BYTES, LOCATOR_BYTES)
  if (plain.to < LOCATOR_BYTES || locator.readUInt32LE(0) !== ZIP_RECORD.locator) {
    return plain
  }
  const to = whose === 'java' ? Number(locator.readBigUInt64LE(8)) : plain.to - LOCATOR_BYTES - END64_BYTES
  if (signatureAt(source, to) !== ZIP_RECORD.end64 || to + END64_BYTES > source.size) {
    return plain
  }
  const record = source.read(to, END64_BYTES)
  const [size = 0, offset = 0] = [40, 48].map((field) => Number(record.readBigUInt64LE(field)))
  const isSame = (short: number, long: number) => short === ZIP64 || short === long
  const isOne = isSame(plain.size, size) && isSame(plain.offset, offset)
  return whose === 'java' && !isOne ? plain : { to, size, offset, count: plain.count }
}

function isDirectory(source: ZipSource, { to, size }: Directory): boolean {
  return size === 0
    ? to <= source.size
    : to - size >= 0 && signatureAt(source, to - size) === ZIP_RECORD.header
}

function signatureAt(source: ZipSource, at: number): number | null {
  const found = at >= 0 && at < source.size ? source.read(at, 4) : null
  return found?.length === 4 ? found.readUInt32LE(0) : null
}

/**
 * The content of a file in the zip. A stored one is a view of the buffer, not a copy.
 * @param most bytes that it may have, packed or unpacked
 * @throws ZipFault if it is larger, or its local header contradicts the central directory
 */
export function unpackEntry(source: ZipSource, entry: ZipEntry, most: number): Buffer {
  const { name, method, packed, size } = entry
  if (size > most || packed > most) {
    throw new ZipError(`${shown(name)} is over the limit of ${most} bytes`)
  }
  const body = source.read(bodyOf(source, entry), packed)
  const plain = method === 0 ? body : method === 8 ? inflate(body, size, name) : null
  if (plain === null) {
    throw new ZipError(`${shown(name)} uses compression method ${method}, which is not supported`)
  }
  if (plain.length !== size) {
    throw new ZipError(`${shown(name)} is ${plain.length} bytes long, but the central directory says ${size}`)
  }
  return plain
}

/**
 * A stored file of the zip, to be read in place; `null`: it is compressed.
 * @throws ZipFault as `unpackEntry`
 */
export function storedEntry(source: ZipSource, entry: ZipEntry): ZipSource | null {
  const { method, packed, size } = entry
  if (method !== 0 || packed !== size) {
    return null
  }
  const from = bodyOf(source, entry)
  return {
    size,
    read(at, length) {
      const start = Math.max(0, at)
      return source.read(from + start, Math.max(0, Math.min(at + length, size) - start))
    },
  }
}

/** Where its content begins. @throws ZipFault if there is no such file */
function bodyOf(source: ZipSource, { name, packed, at }: ZipEntry): number {
  if (signatureAt(source, at) !== ZIP_RECORD.local || at + LOCAL_BYTES > source.size) {
    throw new ZipError(`its central directory lists ${shown(name)} where there is no file`)
  }
  const local = source.read(at, LOCAL_BYTES)
  const nameBytes = local.readUInt16LE(26)
  const from = at + LOCAL_BYTES + nameBytes + local.readUInt16LE(28)
  if (from + packed > source.size || source.read(at + LOCAL_BYTES, nameBytes).toString('utf8') !== name) {
    throw new ZipError(`its central directory lists ${shown(name)} where there is a different file`)
  }
  return from
}

function inflate(body: Buffer, size: number, name: string): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(size, 1), finishFlush: constants.Z_FINISH })
  } catch {
    throw new ZipError(`${shown(name)} cannot be unpacked, or is larger than the central directory says`)
  }
}

function shown(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name
}
