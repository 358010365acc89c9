/** The bytes of an archive, in memory or in a stored layer. */
export interface ZipSource {
  readonly size: number
  /** The bytes from `at` on: fewer than `length` only at the end. */
  read(at: number, length: number): Buffer
}

export function bufferSource(bytes: Buffer): ZipSource {
  const read: ZipSource['read'] = (at, length) => bytes.subarray(Math.max(0, at), Math.max(0, at + length))
  return { size: bytes.length, read }
}

/** The signatures of a zip's records (APPNOTE.TXT 4.3). */
export const ZIP_RECORD = {
  local: 0x04034b50,
  header: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator: 0x07064b50,
} as const

/** Sizes of the records without names and extra fields (4.3.7, 4.3.12). */
export const HEADER_BYTES = 46
export const LOCAL_BYTES = 30
/** ZIP64's end record, and its locator, which directly precedes the other end record (4.3.14, 4.3.15). */
export const END64_BYTES = 56
export const LOCATOR_BYTES = 20
/** The end record, and the longest comment after it (4.3.16). */
export const END_BYTES = 22
const MAX_COMMENT_BYTES = 65_535
/** Java reads in blocks of 128 bytes, the last of which may begin before the longest comment does. */
const JAVA_BLOCK = 128
/** Bytes at the end of a file in which Java and Python look for an end record. */
const TAIL_BYTES = END_BYTES + MAX_COMMENT_BYTES + JAVA_BLOCK
export const END_SIGNATURE = signatureOf(ZIP_RECORD.end)

/**
 * Where Java and Python look for an end record. They ignore the bytes before a zip, so `python app` and `java -jar app`
 * run a script with a zip appended. Whether it is a valid zip is checked by its reader.
 */
export function tailStart(size: number): number {
  return Math.max(0, size - TAIL_BYTES)
}

/** Enough for two local headers: the first one's extra field is short, and a folder has next to no content. */
export const JAR_START_BYTES = 256
const LOCAL_SIGNATURE = signatureOf(ZIP_RECORD.local)
const MANIFEST = 'META-INF/MANIFEST.MF'

/**
 * Whether a file begins as java.util.jar.JarInputStream requires of a jar, and as all tools that make jars
 * write it: with the manifest, or with its folder and then the manifest. Documents (OpenDocument, EPUB) may
 * have such a folder, but no manifest in it.
 */
export function startsAsJar(head: Buffer): boolean {
  const name = localHeaderName(head, 0)
  return (
    name === MANIFEST ||
    (name === 'META-INF/' && localHeaderName(head, head.indexOf(LOCAL_SIGNATURE, LOCAL_BYTES)) === MANIFEST)
  )
}

/** The name in a local header; `null`: there is no header, or its name is cut off. */
function localHeaderName(bytes: Buffer, at: number): string | null {
  const isHeader = at >= 0 && bytes.length >= at + LOCAL_BYTES && bytes.readUInt32LE(at) === ZIP_RECORD.local
  const from = at + LOCAL_BYTES
  const to = isHeader ? from + bytes.readUInt16LE(at + 26) : 0
  return isHeader && to <= bytes.length ? bytes.toString('latin1', from, to) : null
}

const RECORD_SIGNATURES = [ZIP_RECORD.header, ZIP_RECORD.local, ZIP_RECORD.end].map(signatureOf)
const CHUNK_BYTES = 2 ** 20

/** Whether a file contains any record of a zip: if not, neither Java nor Python can load anything from it. */
export function hasZipRecords(source: ZipSource): boolean {
  for (let at = 0; at < source.size; at += CHUNK_BYTES) {
    const chunk = source.read(at, CHUNK_BYTES + 3)
    if (RECORD_SIGNATURES.some((record) => chunk.includes(record))) {
      return true
    }
  }
  return false
}

export function signatureOf(record: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(record)
  return bytes
}
