import { crc32 } from 'node:zlib'
import { ZIP_RECORD } from './application/zip-records.js'

export interface ZipMember {
  readonly name: string
  readonly text: string
}

/** Fewer files than this need no 64-bit fields (APPNOTE.TXT, 4.4.1.4). */
export const MOST_ZIP_MEMBERS = 65_534

/** A zip in memory with stored members; the same members give the same bytes (PKWARE's APPNOTE.TXT). */
export function zipOf(members: readonly ZipMember[]): Buffer {
  if (members.length > MOST_ZIP_MEMBERS) {
    throw new Error(`a zip of ${members.length} members needs 64-bit fields`)
  }
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text } of members) {
    const [bytes, path] = [Buffer.from(text, 'utf8'), Buffer.from(name, 'utf8')]
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0) // version needed: 2.0
    about.writeUInt16LE(0x21, 8) // 1980-01-01, the earliest possible day
    about.writeUInt32LE(crc32(bytes), 10)
    about.writeUInt32LE(bytes.length, 14)
    about.writeUInt32LE(bytes.length, 18)
    about.writeUInt16LE(path.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    parts.push(number32(ZIP_RECORD.local), about, path, bytes)
    directory.push(number32(ZIP_RECORD.header), Buffer.from([20, 0]), about, rest, path)
    at += 30 + path.length + bytes.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(members.length, 4)
  end.writeUInt16LE(members.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, list, number32(ZIP_RECORD.end), end])
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
