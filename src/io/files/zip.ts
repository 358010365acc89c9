import type { FileHandle } from 'node:fs/promises'
import { crc32, inflateRawSync } from 'node:zlib'

export interface ZipLimits {
  readonly entries: number
  /** Limits for one entry and for all, unpacked, in bytes. */
  readonly entryBytes: number
  readonly allBytes: number
}

/** Codes of thrown errors: `zip-cut` if its end is missing, `zip-bad`, `zip-large`. */
export function zipFault(code: 'zip-cut' | 'zip-bad' | 'zip-large', what: string): Error {
  return Object.assign(new Error(what), { code })
}

/** Signatures and sizes of APPNOTE.TXT 6.3.10 (4.3.7, 4.3.12, 4.3.14 to 4.3.16). */
const [LOCAL, CENTRAL, END, END64, LOCATOR64] = [0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50]
const FULL32 = 0xffffffff
const WINDOW = 2 ** 20

/**
 * Reads a zip on disk in the order of its directory, entry by entry: memory grows with the largest entry. Each is
 * checked against its length and CRC-32; data that is not in the directory is not read.
 * @returns how many entries there were, without folders
 * @throws Error with a code of `zipFault`
 */
export async function readZip(
  file: FileHandle,
  limits: ZipLimits,
  onEntry: (name: string, bytes: Buffer) => void | Promise<void>,
): Promise<number> {
  const { size } = await file.stat()
  const { entries, start, end } = await directoryOf(file, size)
  if (entries > limits.entries) {
    throw zipFault('zip-large', `it has ${entries} entries, over the limit of ${limits.entries}`)
  }
  const [directory, data] = [windowOn(file, end), windowOn(file, start)]
  let [at, count, all] = [start, 0, 0]
  for (let index = 0; index < entries; index++) {
    const head = await directory(at, 46)
    if (head.readUInt32LE(0) !== CENTRAL) {
      throw zipFault('zip-bad', 'its directory is damaged')
    }
    const [nameLength, extraLength] = [head.readUInt16LE(28), head.readUInt16LE(30)]
    const about = entryOf(head, await directory(at + 46, nameLength + extraLength), nameLength)
    at += 46 + nameLength + extraLength + head.readUInt16LE(32)
    if (about.name.endsWith('/')) {
      continue
    }
    all += Math.max(about.unpacked, about.packed)
    const bytes = Math.max(about.unpacked, about.packed)
    if (bytes > limits.entryBytes || all > limits.allBytes) {
      throw zipFault(
        'zip-large',
        `${about.name.slice(0, 100)} has ${bytes} bytes, which brings the total to ${all} bytes: over the limit`,
      )
    }
    await onEntry(about.name, await contentOf(about, data))
    count += 1
  }
  return count
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

type Window = (at: number, length: number) => Promise<Buffer>

/** Reads ahead, since entries usually follow each other; nothing from `end` on. */
function windowOn(file: FileHandle, end: number): Window {
  let [from, held] = [0, Buffer.alloc(0)]
  return async (at, length) => {
    if (at < 0 || at + length > end) {
      throw zipFault('zip-bad', 'it refers to data beyond its own end')
    }
    if (at < from || at + length > from + held.length) {
      // If the order jumps about, reading ahead would read everything again and again.
      const isNext = at >= from && at <= from + held.length + WINDOW
      held = await readAt(file, at, Math.min(Math.max(length, isNext ? WINDOW : 4096), end - at))
      from = at
    }
    return held.subarray(at - from, at - from + length)
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const buffer = Buffer.alloc(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(buffer, done, length - done, at + done)
    if (bytesRead === 0) {
      throw zipFault('zip-cut', 'it was truncated while it was being read')
    }
    done += bytesRead
  }
  return buffer
}

/** The end record comes last, with a comment of at most 64 KiB; above 65,534 entries the 64-bit one counts. */
async function directoryOf(file: FileHandle, size: number) {
  const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  let at = tail.length - 22
  while (
    at >= 0 &&
    !(tail.readUInt32LE(at) === END && tail.readUInt16LE(at + 20) === tail.length - at - 22)
  ) {
    at -= 1
  }
  if (at < 0) {
    throw zipFault('zip-cut', 'the end of the zip is missing')
  }
  const [entries, bytes, start] = [
    tail.readUInt16LE(at + 10),
    tail.readUInt32LE(at + 12),
    tail.readUInt32LE(at + 16),
  ]
  const endRecord = size - tail.length + at
  const is64 = entries === 0xffff || bytes === FULL32 || start === FULL32
  return is64 ? directory64(file, endRecord) : proven({ entries, start, end: start + bytes }, endRecord)
}

async function directory64(file: FileHandle, endRecord: number) {
  const window = windowOn(file, endRecord)
  const locator = await window(endRecord - 20, 20)
  const place = Number(locator.readBigUInt64LE(8))
  const record = locator.readUInt32LE(0) === LOCATOR64 ? await window(place, 56) : null
  if (record?.readUInt32LE(0) !== END64) {
    throw zipFault('zip-bad', 'its 64-bit directory is damaged')
  }
  const [entries = 0, bytes = 0, start = 0] = [32, 40, 48].map((at) => Number(record.readBigUInt64LE(at)))
  return proven({ entries, start, end: start + bytes }, place)
}

/** The directory ends where its end record begins: nothing was put before or between. */
function proven<T extends { readonly end: number }>(directory: T, next: number): T {
  if (directory.end !== next) {
    throw zipFault('zip-bad', 'its central directory is not where its end record says')
  }
  return directory
}

function entryOf(head: Buffer, rest: Buffer, nameLength: number): Entry {
  const [method, flags] = [head.readUInt16LE(10), head.readUInt16LE(8)]
  const name = rest.toString('utf8', 0, nameLength)
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) {
    throw zipFault('zip-bad', `${name.slice(0, 100)} is encrypted or uses an unsupported compression method`)
  }
  const small = [head.readUInt32LE(24), head.readUInt32LE(20), head.readUInt32LE(42)]
  const [unpacked = 0, packed = 0, offset = 0] = small.includes(FULL32)
    ? large(small, rest.subarray(nameLength))
    : small
  return { name, method, crc: head.readUInt32LE(16), packed, unpacked, offset }
}

/** The extra field 1 has, in this order, those of the three values that did not fit (4.5.3). */
function large(small: readonly number[], extra: Buffer): readonly number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) {
      let next = at + 4
      return small.map((value) => {
        next += value === FULL32 ? 8 : 0
        return value === FULL32 && next <= extra.length ? Number(extra.readBigUInt64LE(next - 8)) : value
      })
    }
  }
  return small
}

async function contentOf(
  { name, method, crc, packed, unpacked, offset }: Entry,
  data: Window,
): Promise<Buffer> {
  const local = await data(offset, 30)
  const begin = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  const isLocal = local.readUInt32LE(0) === LOCAL
  const bytes = await data(begin, packed)
  const content = isLocal ? unpack(bytes, method, unpacked) : null
  if (content === null || content.length !== unpacked || crc32(content) !== crc) {
    throw zipFault('zip-bad', `${name.slice(0, 100)} is damaged`)
  }
  return content
}

function unpack(bytes: Buffer, method: number, unpacked: number): Buffer | null {
  if (method === 0) {
    return bytes
  }
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(unpacked, 1) })
  } catch {
    return null
  }
}
