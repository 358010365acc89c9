import type { Body } from '../formats/tar-reader.js'
import { JAR_START_BYTES, startsAsJar } from '../formats/zip-records.js'

/** A file's format by its first bytes; `jar`: a zip that begins with a manifest. */
export type FileFormat = 'other' | 'elf' | 'pe' | 'script' | 'rar' | 'jar'

export const FORMATS: readonly FileFormat[] = ['other', 'elf', 'pe', 'script', 'rar', 'jar']

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

/** Enough for the header of an ELF file, and for the pointer to the header of a PE file. */
export const HEAD_BYTES = 64
/** A Portable Executable begins with a program for MS-DOS, which has the offset of the PE header here. */
const PE_HEADER_POINTER = 0x3c
const PE_SIGNATURE = 'PE\0\0'
const MAX_PE_HEADER_END = 4096

/**
 * Determines the format of a file while it passes.
 * @param size more than 0
 * @param onFormat called once, before the end
 */
export function readFormat(size: number, onFormat: (format: FileFormat) => void): Body {
  let head: Buffer | null = Buffer.alloc(0)
  return {
    write(bytes) {
      if (head === null) {
        return
      }
      const received = head.length === 0 ? bytes : Buffer.concat([head, bytes])
      const format = formatOf(received, size)
      head = format === null ? Buffer.from(received) : null
      if (format !== null) {
        onFormat(format)
      }
    },
    end: () => undefined,
  }
}

/** `null`: more bytes are needed. */
function formatOf(head: Buffer, size: number): FileFormat | null {
  if (head.length < Math.min(size, HEAD_BYTES)) {
    return null
  }
  const [, format = 'other'] = SIGNATURES.find(([signature]) => startsWith(head, signature)) ?? []
  switch (format) {
    case 'pe':
      return peOf(head.subarray(0, MAX_PE_HEADER_END), size)
    case 'jar':
      return head.length < Math.min(size, JAR_START_BYTES) ? null : isJar(head) ? 'jar' : 'other'
    default:
      return format
  }
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

/** True for a jar, which Java runs and loads under any name. */
export function isJar(head: Buffer): boolean {
  return startsAsJar(head.subarray(0, JAR_START_BYTES))
}

/** True for a RAR archive: these have the same file extension as Java's resource adapters. */
export function isRar(head: Buffer): boolean {
  return startsWith(head, RAR)
}
