import { createEndSearch, JAR_START_BYTES, startsAsJar } from './application/zip-records.js'
import type { Body } from './tar-reader.js'

/** What a file's first bytes say that it is; `jar`: a zip that begins with a manifest; `text`: printable ASCII, and not PHP. */
export type FileFormat = 'elf' | 'pe' | 'script' | 'rar' | 'jar' | 'text' | 'other'

/** What a file is by its content, whatever its name and its mode are. */
export interface Content {
  readonly format: FileFormat
  /** An archive that a script, a text or a RAR archive has at its end, by its end alone. */
  readonly appendedArchive: 'zip' | 'phar' | null
}

/** System V ABI, chapter 4; execve(2); PE Format, "MS-DOS Stub"; the marker block of RAR. */
const RAR = 'Rar!'
const SIGNATURES = [
  ['\x7fELF', 'elf'],
  ['#!', 'script'],
  ['MZ', 'pe'],
  [RAR, 'rar'],
  ['PK\x03\x04', 'jar'],
] as const satisfies readonly (readonly [string, FileFormat])[]

/** What Python, Java or PHP still run as an archive if there is one at its end. */
const MAY_PRECEDE_ARCHIVE: ReadonlySet<FileFormat> = new Set(['script', 'text', 'rar'])

/** Enough for the header of an ELF file, and for the place of a PE file's header. */
const HEAD_BYTES = 64
/** A Portable Executable's header is behind a program for MS-DOS, which says where. */
const PE_HEADER_POINTER = 0x3c
const PE_SIGNATURE = 'PE\0\0'
const MAX_PE_HEADER_END = 4096
/** The end of a phar (PHP manual, Phar Signature format). */
const PHAR_SIGNATURE = 'GBMB'

/** Those who ask what a file is. */
export interface ContentReaders {
  /** Returns what takes all bytes of an ELF file: at least its header at first. `null`: nobody wants them. */
  elf(): Body | null
  /** Called when all of the file has passed, unless nothing is known of it. */
  end(content: Content): void
}

/**
 * Finds out what a file is as it passes, once for all who ask.
 * @param size more than 0
 * @param isNamedArchive whether it is named as archives of code are: only then it matters what is in a text
 */
export function classifyContent(size: number, isNamedArchive: boolean, { elf, end }: ContentReaders): Body {
  let head: Buffer | null = Buffer.alloc(0)
  let format: FileFormat = 'other'
  let search: ReturnType<typeof searchAppendedArchive> | null = null
  let remainingBytesReader: Body | Pick<Body, 'write'> | null = null
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
      remainingBytesReader = search ?? (format === 'elf' ? elf() : null)
      remainingBytesReader?.write(received)
    },
    end() {
      if (remainingBytesReader !== null && 'end' in remainingBytesReader) {
        remainingBytesReader.end()
      }
      if (format !== 'other' || isNamedArchive) {
        end({ format, appendedArchive: search?.result() ?? null })
      }
    },
  }
}

/** `null`: more of the file is needed to say. */
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

/** update-alternatives(1), for one, has a text about each program, under the program's name: `phar.phar`. */
function isText(head: Buffer): boolean {
  const start = head.toString('latin1', 0, HEAD_BYTES)
  return /^[\t\n\r\x20-\x7e]*$/.test(start) && !start.startsWith('<?php')
}

/** Java runs and loads a jar under any name. */
export function isJar(head: Buffer): boolean {
  return startsAsJar(head.subarray(0, JAR_START_BYTES))
}

/** RAR archives share their ending with Java's resource adapters. */
export function isRar(head: Buffer): boolean {
  return startsWith(head, RAR)
}

/** A zipapp, a PEX file, an executable jar or a phar begins as a script does; its archive is found from the end. */
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
    result: (): Content['appendedArchive'] =>
      zip.isFound() ? 'zip' : lastBytes === PHAR_SIGNATURE ? 'phar' : null,
  }
}
