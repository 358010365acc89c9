import { inflateRawSync } from 'node:zlib'
import {
  END_BYTES,
  END_SIGNATURE,
  END64_BYTES,
  HEADER_BYTES,
  LOCAL_BYTES,
  LOCATOR_BYTES,
  tailStart,
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
  readonly localHeaderOffset: number
}

/** The zip contradicts itself, is truncated, or exceeds a limit. The message says which. */
export class ZipError extends Error {}

/** No central directory of a zip was found. */
export class NotZip extends ZipError {}

/** A product in one jar has some 70,000 classes, and a vendor's whole SDK several times that. */
export const MAX_ENTRIES = 500_000
/** A directory of 500,000 entries with names of 80 characters. It is read into memory. */
const MAX_DIRECTORY_BYTES = 64 * 2 ** 20
/** A zip has one; each further one takes reads at two other places. */
const MAX_END_RECORDS = 64
/** In a 32-bit field: a 64-bit field has the value. */
const ZIP64_PLACEHOLDER = 0xffffffff
const ZIP64_EXTRA_ID = 1

/** Where an end record says that the central directory is. */
export interface Directory {
  readonly end: number
  readonly size: number
  /** Where it begins, relative to the beginning of the zip, which may be after that of the file. */
  readonly offset: number
  /** `null`: the 16-bit field is all ones, so another record has the value. */
  readonly count: number | null
}

/**
 * The files of a zip by its central directory (APPNOTE.TXT 4.3), found as Java (`java.util.zip.ZipFile`) and
 * Python (`zipfile`, `zipimport`) find it: bytes before the zip (a start script) and after it are skipped. If
 * Java and Python find different directories, the files of both count. Only offsets inside the file are
 * followed, and nothing is unpacked.
 * @throws ZipError
 */
export function zipEntries(source: ZipSource): readonly ZipEntry[] {
  const [entries = [], second] = zipDirectories(source).map((directory) => {
    if (directory.size > MAX_DIRECTORY_BYTES) {
      const limit = `over the limit of ${MAX_DIRECTORY_BYTES}`
      throw new ZipError(`its central directory has ${directory.size} bytes, ${limit}`)
    }
    return [...entriesIn(source, directory, MAX_ENTRIES)]
  })
  return second === undefined
    ? entries
    : [...new Map([...entries, ...second].map((entry) => [JSON.stringify(entry), entry])).values()]
}

/** The central directories of a zip: two if Java and Python find different ones. @throws NotZip */
export function zipDirectories(source: ZipSource): readonly Directory[] {
  const directories = directoriesOf(source)
  // A text may contain an end record's signature: Java and Python ignore it if it leads to no directory.
  const validDirectories = directories.filter((directory) => isDirectory(source, directory))
  if (validDirectories.length === 0) {
    const movedMessage = 'there is no central directory where its end record says'
    throw new NotZip(directories.length > 0 ? movedMessage : 'it is not a zip, or it is truncated')
  }
  return validDirectories
}

/** The files that a central directory lists, one by one. @throws ZipError */
export function* entriesIn(
  source: ZipSource,
  { end, size, offset, count }: Directory,
  maxEntries: number,
): Generator<ZipEntry> {
  const shift = end - size - offset
  if (shift < 0) {
    throw new ZipError('its end record places the central directory outside the file')
  }
  const bytes = source.read(end - size, size)
  let entryCount = 0
  for (let at = 0; at < bytes.length; entryCount++) {
    if (at + HEADER_BYTES > bytes.length || bytes.readUInt32LE(at) !== ZIP_RECORD.header) {
      throw new ZipError('its central directory is broken')
    }
    if (entryCount === maxEntries) {
      throw new ZipError(`it has more than ${maxEntries} entries`)
    }
    const nameOffset = at + HEADER_BYTES
    const extraOffset = nameOffset + bytes.readUInt16LE(at + 28)
    const commentOffset = extraOffset + bytes.readUInt16LE(at + 30)
    const nextOffset = commentOffset + bytes.readUInt16LE(at + 32)
    if (nextOffset > bytes.length) {
      throw new ZipError('its central directory is truncated')
    }
    // 4.5.3: only the values that do not fit are in the extra field, in this order.
    const sizes = [24, 20, 42].map((field) => bytes.readUInt32LE(at + field))
    const [unpacked = 0, packed = 0, localHeader = 0] = sizes.includes(ZIP64_PLACEHOLDER)
      ? withZip64(sizes, bytes.subarray(extraOffset, commentOffset))
      : sizes
    yield {
      name: bytes.toString('utf8', nameOffset, extraOffset),
      method: bytes.readUInt16LE(at + 10),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
      crc: bytes.readUInt32LE(at + 16),
      packed,
      size: unpacked,
      localHeaderOffset: localHeader + shift,
    }
    at = nextOffset
  }
  if (count !== null && count !== (entryCount & 0xffff)) {
    throw new ZipError(
      'the number of entries in its central directory differs from the number in its end record',
    )
  }
}

function withZip64(sizes: readonly number[], extra: Buffer): readonly number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === ZIP64_EXTRA_ID) {
      const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
      let bytesTaken = 0
      return sizes.map((value) => {
        if (value !== ZIP64_PLACEHOLDER || bytesTaken + 8 > field.length) {
          return value
        }
        bytesTaken += 8
        return Number(field.readBigUInt64LE(bytesTaken - 8))
      })
    }
  }
  return sizes
}

/** The central directories that end records name: one if Java and Python agree, or only one of them finds any. */
function directoriesOf(source: ZipSource): readonly Directory[] {
  const tailOffset = tailStart(source.size)
  const tail = source.read(tailOffset, source.size - tailOffset)
  const lastBefore = (at: number) => (at < 0 ? -1 : tail.lastIndexOf(END_SIGNATURE, at))
  const pythonEnd = lastBefore(tail.length - END_BYTES)
  // Python takes the last end record, whatever the length of its comment.
  let javaEnd = pythonEnd
  for (let candidates = 1; javaEnd >= 0 && !isEndForJava(source, tail, tailOffset, javaEnd); candidates++) {
    if (candidates === MAX_END_RECORDS) {
      throw new ZipError(`more than ${MAX_END_RECORDS} places look like its end record`)
    }
    javaEnd = lastBefore(javaEnd - 1)
  }
  const ofJava = javaEnd < 0 ? [] : [directoryAt(source, tail, tailOffset, javaEnd, 'java')]
  const ofPython = pythonEnd < 0 ? [] : [directoryAt(source, tail, tailOffset, pythonEnd, 'python')]
  const directories = [...ofJava, ...ofPython]
  return [...new Map(directories.map((dir) => [`${dir.end} ${dir.size} ${dir.offset}`, dir])).values()]
}

/** Java requires that its comment ends with the file, or that it leads to directory and file (`findEND`). */
function isEndForJava(source: ZipSource, tail: Buffer, tailOffset: number, endOffset: number): boolean {
  if (endOffset + END_BYTES + tail.readUInt16LE(endOffset + 20) === tail.length) {
    return true
  }
  const directory = tailOffset + endOffset - tail.readUInt32LE(endOffset + 12)
  const local = directory - tail.readUInt32LE(endOffset + 16)
  return (
    local >= 0 &&
    signatureAt(source, directory) === ZIP_RECORD.header &&
    signatureAt(source, local) === ZIP_RECORD.local
  )
}

/**
 * Java finds ZIP64's end record by the locator, counts from the beginning of the file, and requires the same
 * values in both records. Python takes the record directly before the locator.
 */
function directoryAt(
  source: ZipSource,
  tail: Buffer,
  tailOffset: number,
  at: number,
  reader: 'java' | 'python',
): Directory {
  const count = tail.readUInt16LE(at + 10)
  const record32 = {
    end: tailOffset + at,
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
    count: count === 0xffff ? null : count,
  }
  const locator = source.read(record32.end - LOCATOR_BYTES, LOCATOR_BYTES)
  if (record32.end < LOCATOR_BYTES || locator.readUInt32LE(0) !== ZIP_RECORD.locator) {
    return record32
  }
  const end =
    reader === 'java' ? Number(locator.readBigUInt64LE(8)) : record32.end - LOCATOR_BYTES - END64_BYTES
  if (signatureAt(source, end) !== ZIP_RECORD.end64 || end + END64_BYTES > source.size) {
    return record32
  }
  const record64 = source.read(end, END64_BYTES)
  const [size = 0, offset = 0] = [40, 48].map((field) => Number(record64.readBigUInt64LE(field)))
  const isSame = (value32: number, value64: number) => value32 === ZIP64_PLACEHOLDER || value32 === value64
  const isSameDirectory = isSame(record32.size, size) && isSame(record32.offset, offset)
  return reader === 'java' && !isSameDirectory ? record32 : { end, size, offset, count: record32.count }
}

function isDirectory(source: ZipSource, { end, size }: Directory): boolean {
  return size === 0
    ? end <= source.size
    : end - size >= 0 && signatureAt(source, end - size) === ZIP_RECORD.header
}

function signatureAt(source: ZipSource, at: number): number | null {
  const bytes = at >= 0 && at < source.size ? source.read(at, 4) : null
  return bytes?.length === 4 ? bytes.readUInt32LE(0) : null
}

/**
 * The content of a file in the zip; a stored one is a view of the buffer, not a copy.
 * @param maxBytes limit for its size, packed and unpacked
 * @throws ZipError if it is larger, or its local header contradicts the central directory
 */
export function unpackEntry(source: ZipSource, entry: ZipEntry, maxBytes: number): Buffer {
  const { name, method, packed, size } = entry
  if (size > maxBytes || packed > maxBytes) {
    throw new ZipError(`${shortName(name)} is over the limit of ${maxBytes} bytes`)
  }
  const packedBytes = source.read(contentOffset(source, entry), packed)
  const content = method === 0 ? packedBytes : method === 8 ? inflate(packedBytes, size, name) : null
  if (content === null) {
    throw new ZipError(`${shortName(name)} uses compression method ${method}, which is not supported`)
  }
  if (content.length !== size) {
    const found = `${shortName(name)} is ${content.length} bytes long`
    throw new ZipError(`${found}, but the central directory says ${size}`)
  }
  return content
}

/** A stored (uncompressed) file of the zip, read in place; `null`: it is compressed. @throws ZipError */
export function storedEntry(source: ZipSource, entry: ZipEntry): ZipSource | null {
  const { method, packed, size } = entry
  if (method !== 0 || packed !== size) {
    return null
  }
  const contentStart = contentOffset(source, entry)
  return {
    size,
    read(at, length) {
      const start = Math.max(0, at)
      return source.read(contentStart + start, Math.max(0, Math.min(at + length, size) - start))
    },
  }
}

/** Offset of its content. @throws ZipError if the local header is another file's */
function contentOffset(source: ZipSource, { name, packed, localHeaderOffset: at }: ZipEntry): number {
  if (signatureAt(source, at) !== ZIP_RECORD.local || at + LOCAL_BYTES > source.size) {
    throw new ZipError(`its central directory lists ${shortName(name)} where there is no file`)
  }
  const local = source.read(at, LOCAL_BYTES)
  const nameBytes = local.readUInt16LE(26)
  const start = at + LOCAL_BYTES + nameBytes + local.readUInt16LE(28)
  if (start + packed > source.size || source.read(at + LOCAL_BYTES, nameBytes).toString('utf8') !== name) {
    throw new ZipError(`its central directory lists ${shortName(name)} where there is a different file`)
  }
  return start
}

function inflate(packedBytes: Buffer, size: number, name: string): Buffer {
  try {
    return inflateRawSync(packedBytes, { maxOutputLength: Math.max(size, 1) })
  } catch {
    throw new ZipError(`${shortName(name)} cannot be unpacked, or is larger than the central directory says`)
  }
}

function shortName(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name
}
