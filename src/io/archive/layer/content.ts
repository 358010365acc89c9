import { type Body, broadcast } from '../formats/tar-reader.js'
import { createEndSearch, JAR_START_BYTES, startsAsJar } from '../formats/zip-records.js'

/**
 * A file's format by its first bytes; `jar`: a zip that begins with a manifest; `text`: printable ASCII, but
 * not PHP.
 */
export type FileFormat = 'elf' | 'pe' | 'script' | 'rar' | 'jar' | 'text' | 'other'

/** What a file's content shows, whatever its name and mode are. */
export interface Content {
  readonly format: FileFormat
  /**
   * The archive that is appended to a script, a text or a RAR archive, recognized by the end of the file
   * alone.
   */
  readonly appendedArchive: 'zip' | 'phar' | null
}

const ELF = '\x7fELF'
const RAR = 'Rar!'
/** Signatures by the System V ABI, chapter 4; execve(2); PE Format, "MS-DOS Stub"; the marker block of RAR. */
const SIGNATURES = [
  [ELF, 'elf'],
  ['#!', 'script'],
  ['MZ', 'pe'],
  [RAR, 'rar'],
  ['PK\x03\x04', 'jar'],
] as const satisfies readonly (readonly [string, FileFormat])[]

/** Files of these formats run as archives in Python, Java or PHP if an archive is appended to them. */
const MAY_PRECEDE_ARCHIVE: ReadonlySet<FileFormat> = new Set(['script', 'text', 'rar'])

/** Enough for the header of an ELF file, and for the pointer to the header of a PE file. */
const HEAD_BYTES = 64
/** A Portable Executable begins with a program for MS-DOS, which has the offset of the PE header here. */
const PE_HEADER_POINTER = 0x3c
const PE_SIGNATURE = 'PE\0\0'
const MAX_PE_HEADER_END = 4096
/** The last bytes of a phar (PHP manual, Phar Signature format). */
const PHAR_SIGNATURE = 'GBMB'

/** Receives the format of a file, and the bytes of programs. */
export interface ContentReaders {
  /**
   * Returns the receiver of an ELF file's bytes, the first of which include its header; `null`: not needed.
   */
  elf(): Body | null
  /** Returns another receiver of all bytes, for files for which `end` will be called; `null`: not needed. */
  any(format: FileFormat): Body | null
  /**
   * Called at the end of the file, unless its format is unknown and its name is not that of a code archive.
   */
  end(content: Content): void
}

/**
 * Determines the format of a file while it is read, once for all scans.
 * @param size more than 0
 * @param isNamedArchive whether its name is that of a code archive: only then a text is examined further
 */
export function classifyContent(
  size: number,
  isNamedArchive: boolean,
  { elf, any, end }: ContentReaders,
): Body {
  let head: Buffer | null = Buffer.alloc(0)
  let format: FileFormat = 'other'
  let search: ReturnType<typeof searchAppendedArchive> | null = null
  let remainingBytesReader: Body | null = null
  return {
    write(bytes) {
      if (head === null) {
        remainingBytesReader?.write(bytes)
        return
      }
      const received = head.length === 0 ? bytes : Buffer.concat([head, bytes])
      const detected = firstBytesOf(received, size, isNamedArchive)
      if (detected === null) {
        head = Buffer.from(received)
        return
      }
      head = null
      format = detected
      search = MAY_PRECEDE_ARCHIVE.has(format) ? searchAppendedArchive(size) : null
      remainingBytesReader = broadcast([
        search,
        format === 'elf' ? elf() : null,
        format !== 'other' || isNamedArchive ? any(format) : null,
      ])
      remainingBytesReader?.write(received)
    },
    end() {
      remainingBytesReader?.end()
      if (format !== 'other' || isNamedArchive) {
        end({ format, appendedArchive: search?.result() ?? null })
      }
    },
  }
}

/** `null`: more bytes are needed. */
function firstBytesOf(head: Buffer, size: number, isNamedArchive: boolean): FileFormat | null {
  if (head.length < Math.min(size, HEAD_BYTES)) {
    return null
  }
  const [, signatureKind = 'other'] = SIGNATURES.find(([signature]) => startsWith(head, signature)) ?? []
  const format =
    signatureKind === 'pe'
      ? peOf(head.subarray(0, MAX_PE_HEADER_END), size)
      : signatureKind === 'jar'
        ? jarOf(head, size)
        : signatureKind
  return format === 'other' && isNamedArchive && isText(head) ? 'text' : format
}

/** @param head at least its first four bytes */
export function isElf(head: Buffer): boolean {
  return startsWith(head, ELF)
}

function startsWith(head: Buffer, signature: string): boolean {
  return head[0] === signature.charCodeAt(0) && head.toString('latin1', 0, signature.length) === signature
}

function peOf(head: Buffer, size: number): 'pe' | 'other' | null {
  if (head.length < HEAD_BYTES) {
    return 'other'
  }
  const headerOffset = head.readUInt32LE(PE_HEADER_POINTER)
  const headerEnd = headerOffset + PE_SIGNATURE.length
  if (head.length < Math.min(headerEnd, size) && headerEnd <= MAX_PE_HEADER_END) {
    return null
  }
  return head.toString('latin1', headerOffset, headerEnd) === PE_SIGNATURE ? 'pe' : 'other'
}

function jarOf(head: Buffer, size: number): 'jar' | 'other' | null {
  if (head.length < Math.min(size, JAR_START_BYTES)) {
    return null
  }
  return isJar(head) ? 'jar' : 'other'
}

/**
 * PHP files are excluded. Text files with an archive's name exist: update-alternatives(1) keeps one for each
 * program, named after it, such as `phar.phar`.
 */
function isText(head: Buffer): boolean {
  const start = head.toString('latin1', 0, HEAD_BYTES)
  return /^[\t\n\r\x20-\x7e]*$/.test(start) && !start.startsWith('<?php')
}

/** True for a jar, which Java runs and loads under any name. */
export function isJar(head: Buffer): boolean {
  return startsAsJar(head.subarray(0, JAR_START_BYTES))
}

/** True for a RAR archive: these have the same file extension as Java's resource adapters. */
export function isRar(head: Buffer): boolean {
  return startsWith(head, RAR)
}

/**
 * Looks for an archive at the end of a file: a zipapp, a PEX file, an executable jar or a phar begins as a
 * script does.
 */
function searchAppendedArchive(size: number) {
  const zip = createEndSearch(size)
  let lastBytes = ''
  return {
    write(bytes: Buffer) {
      zip.write(bytes)
      lastBytes = (
        lastBytes + bytes.toString('latin1', Math.max(0, bytes.length - PHAR_SIGNATURE.length))
      ).slice(-PHAR_SIGNATURE.length)
    },
    end: () => undefined,
    result: (): Content['appendedArchive'] =>
      zip.isFound() ? 'zip' : lastBytes === PHAR_SIGNATURE ? 'phar' : null,
  }
}
