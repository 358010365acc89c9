import { constants, inflateRawSync } from 'node:zlib'

/** A file of a zip, from its central directory. */
export interface ZipEntry {
  readonly name: string
  /** 0: stored, 8: deflated. */
  readonly method: number
  /** Bytes in the archive, and unpacked. */
  readonly packed: number
  readonly size: number
  /** Where its local header begins. */
  readonly at: number
}

/** The zip contradicts itself, is truncated, or exceeds a limit. The message says which. */
export class ZipFault extends Error {}

/** The largest jars in use (a whole product in one) have some 70,000 classes. */
export const MOST_ENTRIES = 100_000
/** APPNOTE.TXT 4.3.16: the end of the central directory, and the longest comment after it. */
const END_BYTES = 22
const LONGEST_COMMENT = 65_535
const HEADER_BYTES = 46
const LOCAL_BYTES = 30
const ZIP64 = 0xffffffff

/**
 * The files of a zip by its central directory, which Java uses too (APPNOTE.TXT 4.3). Only offsets inside the buffer
 * are followed, and nothing is unpacked. Data before the zip (a start script) is skipped.
 * @throws ZipFault
 */
export function zipEntries(bytes: Buffer): readonly ZipEntry[] {
  const end = endOf(bytes)
  const { from, to, shift } = directoryOf(bytes, end)
  const entries: ZipEntry[] = []
  for (let at = from; at < to; ) {
    if (at + HEADER_BYTES > to || bytes.readUInt32LE(at) !== 0x02014b50) {
      throw new ZipFault('its central directory is broken')
    }
    if (entries.length === MOST_ENTRIES) {
      throw new ZipFault(`it has more than ${MOST_ENTRIES} entries`)
    }
    const name = bytes.readUInt16LE(at + 28)
    const next = at + HEADER_BYTES + name + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    if (next > to) {
      throw new ZipFault('its central directory is truncated')
    }
    entries.push({
      name: bytes.toString('utf8', at + HEADER_BYTES, at + HEADER_BYTES + name),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42) + shift,
    })
    at = next
  }
  // The count has 16 bits; all ones means that a ZIP64 record has it.
  const told = bytes.readUInt16LE(end + 10)
  if (told !== 0xffff && told !== (entries.length & 0xffff)) {
    throw new ZipFault(
      'the number of entries in its central directory differs from the number in its end record',
    )
  }
  return entries
}

/** Where the central directory is, and by how much all offsets are shifted. */
function directoryOf(
  bytes: Buffer,
  end: number,
): { readonly from: number; readonly to: number; readonly shift: number } {
  let [to, size, offset] = [end, bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)]
  // ZIP64 (4.3.14, 4.3.15): a locator directly before the end points to its own end record, which is directly before
  // it.
  const locator = end - 20
  if (locator >= 56 && bytes.readUInt32LE(locator) === 0x07064b50) {
    const record = locator - 56
    if (bytes.readUInt32LE(record) === 0x06064b50) {
      const whole = [record + 40, record + 48].map((at) => Number(bytes.readBigUInt64LE(at)))
      const isSame = [size, offset].every((one, at) => one === ZIP64 || one === whole[at])
      if (!isSame) {
        throw new ZipFault('its two end records contradict each other')
      }
      to = record
      ;[size = 0, offset = 0] = whole
    }
  }
  const from = to - size
  if (from < 0 || offset > from) {
    throw new ZipFault('its end record places the central directory outside the file')
  }
  return { from, to, shift: from - offset }
}

function endOf(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT)
  for (let at = bytes.length - END_BYTES; at >= lowest; at--) {
    const isEnd = bytes[at] === 0x50 && bytes.readUInt32LE(at) === 0x06054b50
    // A comment ends with the file: an apparent end record inside it does not count.
    if (isEnd && at + END_BYTES + bytes.readUInt16LE(at + 20) === bytes.length) {
      return at
    }
  }
  throw new ZipFault('it is not a zip, or it is truncated')
}

/**
 * The content of a file in the zip. A stored one is a view of the buffer, not a copy.
 * @param most bytes that it may have, packed or unpacked
 * @throws ZipFault if it is larger, or its local header contradicts the central directory
 */
export function unpackEntry(
  bytes: Buffer,
  { name, method, packed, size, at }: ZipEntry,
  most: number,
): Buffer {
  if (packed === ZIP64 || size === ZIP64 || size > most || packed > most) {
    throw new ZipFault(`${shown(name)} is over the limit of ${most} bytes`)
  }
  if (at < 0 || at + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(at) !== 0x04034b50) {
    throw new ZipFault(`its central directory lists ${shown(name)} where there is no file`)
  }
  const nameEnd = at + LOCAL_BYTES + bytes.readUInt16LE(at + 26)
  const from = nameEnd + bytes.readUInt16LE(at + 28)
  if (from + packed > bytes.length || bytes.toString('utf8', at + LOCAL_BYTES, nameEnd) !== name) {
    throw new ZipFault(`its central directory lists ${shown(name)} where there is a different file`)
  }
  const body = bytes.subarray(from, from + packed)
  const plain = method === 0 ? body : method === 8 ? inflate(body, size, name) : null
  if (plain === null) {
    throw new ZipFault(`${shown(name)} uses compression method ${method}, which is not supported`)
  }
  if (plain.length !== size) {
    throw new ZipFault(`${shown(name)} is ${plain.length} bytes long, but the central directory says ${size}`)
  }
  return plain
}

function inflate(body: Buffer, size: number, name: string): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(size, 1), finishFlush: constants.Z_FINISH })
  } catch {
    throw new ZipFault(`${shown(name)} cannot be unpacked, or is larger than the central directory says`)
  }
}

function shown(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name
}
