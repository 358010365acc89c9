import { crc32 } from 'node:zlib'
import { signatureOf, ZIP_RECORD } from './zip-records.js'

/** Up to this number of files, no 64-bit fields are needed (APPNOTE.TXT, 4.4.1.4). */
const MAX_ZIP_MEMBERS = 65_534

/** A zip in memory with stored members; the same members give the same bytes (PKWARE's APPNOTE.TXT). */
export function zipOf(members: readonly { readonly name: string; readonly text: string }[]): Buffer {
  if (members.length > MAX_ZIP_MEMBERS) {
    throw new Error(`a zip of ${members.length} members needs 64-bit fields`)
  }
  const parts: Buffer[] = []
  const directoryParts: Buffer[] = []
  let offset = 0
  for (const { name, text } of members) {
    const [bytes, path] = [Buffer.from(text, 'utf8'), Buffer.from(name, 'utf8')]
    const commonFields = Buffer.alloc(26)
    commonFields.writeUInt16LE(20, 0) // version needed: 2.0
    commonFields.writeUInt16LE(0x21, 8) // 1980-01-01, the earliest possible day
    commonFields.writeUInt32LE(crc32(bytes), 10)
    commonFields.writeUInt32LE(bytes.length, 14)
    commonFields.writeUInt32LE(bytes.length, 18)
    commonFields.writeUInt16LE(path.length, 22)
    const directoryFields = Buffer.alloc(14)
    directoryFields.writeUInt32LE(offset, 10)
    parts.push(signatureOf(ZIP_RECORD.local), commonFields, path, bytes)
    const versionMadeBy = Buffer.from([20, 0])
    directoryParts.push(signatureOf(ZIP_RECORD.header), versionMadeBy, commonFields, directoryFields, path)
    offset += 30 + path.length + bytes.length
  }
  const directory = Buffer.concat(directoryParts)
  const endRecord = Buffer.alloc(18)
  endRecord.writeUInt16LE(members.length, 4)
  endRecord.writeUInt16LE(members.length, 6)
  endRecord.writeUInt32LE(directory.length, 8)
  endRecord.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, directory, signatureOf(ZIP_RECORD.end), endRecord])
}
