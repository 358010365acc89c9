import { createHash, hash as hashOnce } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import * as z from 'zod'
import { readAt } from '../../io/files/read-at.js'
import { ECOSYSTEMS, type Ecosystem, lookUpKeys, nameKey, namesPackage } from '../formats/osv/ecosystem.js'
import { type OsvRecord, packRecord, unpackRecord } from '../formats/osv/record.js'

export const PART_FORMAT = 'seaworthy-osv-2'

const META_SCHEMA = z.object({
  format: z.literal(PART_FORMAT),
  ecosystem: z.enum(ECOSYSTEMS),
  /** Advisories that it was made from, including withdrawn ones. */
  rows: z.int().min(1),
  withdrawn: z.int().min(0),
  /** `modified` of the newest record, RFC 3339 UTC. */
  newest: z.string(),
  /** The index: where it begins, and how many names it has; a name counts once for each of its records. */
  indexAt: z.int().min(1),
  names: z.int().min(0),
})
type PartAbout = Readonly<z.infer<typeof META_SCHEMA>>

/** A name's hash (8 bytes), where its record begins (8, as a double) and its length (4). */
const ROW_BYTES = 20
const CHUNK_BYTES = 2 ** 18

/**
 * One ecosystem's advisories as they are cached and published: the format's name, one line per record, the
 * index by name, metadata, and the metadata's length in four bytes. The same records give the same bytes.
 */
export function writePart(file: FileHandle, ecosystem: Ecosystem) {
  const hash = createHash('sha256')
  let lines: string[] = [`${PART_FORMAT}\n`]
  let [buffered, at] = [lines[0]?.length ?? 0, lines[0]?.length ?? 0]
  let [index, used] = [Buffer.alloc(ROW_BYTES * 1024), 0]
  const write = async (bytes: Buffer): Promise<void> => {
    hash.update(bytes)
    await file.writeFile(bytes)
  }
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(lines.join(''), 'utf8')
    lines = []
    buffered = 0
    await write(bytes)
  }
  return {
    add: async (record: OsvRecord) => {
      const line = `${packRecord(record)}\n`
      const length = Buffer.byteLength(line)
      for (const key of new Set(record.affected.flatMap(({ name }) => lookUpKeys(ecosystem, name)))) {
        if (used + ROW_BYTES > index.length) {
          index = Buffer.concat([index], index.length * 2)
        }
        hashOf(key).copy(index, used)
        index.writeDoubleBE(at, used + 8)
        index.writeUInt32BE(length - 1, used + 16)
        used += ROW_BYTES
      }
      lines.push(line)
      at += length
      buffered += length
      if (buffered > CHUNK_BYTES) {
        await flush()
      }
    },
    /** @returns SHA-256 of the file */
    finish: async (about: Omit<PartAbout, 'format' | 'indexAt' | 'names'>) => {
      await flush()
      const rows = Array.from({ length: used / ROW_BYTES }, (_, row) => row * ROW_BYTES)
      rows.sort((a, b) => index.compare(index, b, b + ROW_BYTES, a, a + ROW_BYTES))
      await write(Buffer.concat(rows.map((row) => index.subarray(row, row + ROW_BYTES))))
      const whole: PartAbout = { format: PART_FORMAT, ...about, indexAt: at, names: used / ROW_BYTES }
      const text = Buffer.from(JSON.stringify(whole), 'utf8')
      const length = Buffer.alloc(4)
      length.writeUInt32BE(text.length)
      await write(Buffer.concat([text, length]))
      return hash.digest('hex')
    },
  }
}

export interface OsvPart {
  readonly about: PartAbout
  /** Records of each name, as requested; a name without any has an empty list. */
  lookUp(names: Iterable<string>): ReadonlyMap<string, readonly OsvRecord[]>
  close(): Promise<void>
}

/** @returns `null` for a file that is not a part of this ecosystem. The caller has verified its hash. */
export async function openPart(path: string, ecosystem: Ecosystem): Promise<OsvPart | null> {
  const file = await open(path)
  const part = await readPart(file, ecosystem).catch(() => null)
  if (part === null) {
    await file.close()
  }
  return part
}

async function readPart(file: FileHandle, ecosystem: Ecosystem): Promise<OsvPart | null> {
  const { size } = await file.stat()
  const length = readExactly(file, size - 4, 4).readUInt32BE(0)
  const text = readExactly(file, size - 4 - length, length).toString('utf8')
  const meta = META_SCHEMA.parse(JSON.parse(text))
  const isWhole = meta.indexAt + meta.names * ROW_BYTES + length + 4 === size
  if (!isWhole || meta.ecosystem !== ecosystem) {
    return null
  }
  const index = readExactly(file, meta.indexAt, meta.names * ROW_BYTES)
  const recordsOf = (name: string): readonly OsvRecord[] => {
    const key = hashOf(nameKey(ecosystem, name))
    const found: OsvRecord[] = []
    for (let row = firstRow(index, key); row < meta.names; row++) {
      const at = row * ROW_BYTES
      if (index.compare(key, 0, key.length, at, at + key.length) !== 0) {
        break
      }
      const line = readExactly(file, index.readDoubleBE(at + 8), index.readUInt32BE(at + 16))
      const record = unpackRecord(line.toString('utf8'))
      // Two names may have the same hash, and npm's differ in capitals.
      if (record.affected.some((entry) => namesPackage(ecosystem, entry.name, name))) {
        found.push(record)
      }
    }
    return found
  }
  return {
    about: meta,
    lookUp: (names) => new Map([...new Set(names)].map((name) => [name, recordsOf(name)])),
    close: () => file.close(),
  }
}

/** The first row whose hash is not before `key`. */
function firstRow(index: Buffer, key: Buffer): number {
  let [low, high] = [0, index.length / ROW_BYTES]
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = middle * ROW_BYTES
    if (index.compare(key, 0, key.length, at, at + key.length) < 0) {
      low = middle + 1
    } else {
      high = middle
    }
  }
  return low
}

function hashOf(key: string): Buffer {
  return hashOnce('sha256', key, 'buffer').subarray(0, 8)
}

/** @throws Error if the file ends before */
function readExactly(file: FileHandle, at: number, length: number): Buffer {
  const bytes = readAt(file.fd, at, length)
  if (bytes.length < length) {
    throw new Error('the file is shorter than its index says')
  }
  return bytes
}
