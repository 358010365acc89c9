import { createEndSearch, JAR_START_BYTES, startsAsJar } from './application/zip-records.js'
import type { Body } from './tar-reader.js'

/** What a file's first bytes say that it is; `jar`: a zip that begins with a manifest; `text`: printable ASCII, and not PHP. */
export type FirstBytes = 'elf' | 'pe' | 'script' | 'rar' | 'jar' | 'text' | 'other'

/** What a file is by its content, whatever its name and its mode are. */
export interface Content {
  readonly first: FirstBytes
  /** An archive that a script, a text or a RAR archive has at its end, by its end alone. */
  readonly behind: 'zip' | 'phar' | null
}

/** System V ABI, chapter 4; execve(2); PE Format, "MS-DOS Stub"; the marker block of RAR. */
const RAR = 'Rar!'
const SIGNATURES = [
  ['\x7fELF', 'elf'],
  ['#!', 'script'],
  ['MZ', 'pe'],
  [RAR, 'rar'],
  ['PK\x03\x04', 'jar'],
] as const satisfies readonly (readonly [string, FirstBytes])[]

/** What Python, Java or PHP still run as an archive if there is one at its end. */
const SEARCHED: ReadonlySet<FirstBytes> = new Set(['script', 'text', 'rar'])

/** Enough for the header of an ELF file, and for the place of a PE file's header. */
const HEAD_BYTES = 64
/** A Portable Executable's header is behind a program for MS-DOS, which says where. */
const PE_POINTER = 0x3c
const PE_SIGNATURE = 'PE\0\0'
const LAST_PE_HEADER = 4096
/** The end of a phar (PHP manual, Phar Signature format). */
const PHAR_END = 'GBMB'

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
export function contentBody(size: number, isNamedArchive: boolean, { elf, end }: ContentReaders): Body {
  let head: Buffer | null = Buffer.alloc(0)
  let first: FirstBytes = 'other'
  let search: ReturnType<typeof archiveSearch> | null = null
  let rest: Body | Pick<Body, 'write'> | null = null
  return {
    write(bytes) {
      if (head === null) {
        rest?.write(bytes)
        return
      }
      const all = head.length === 0 ? bytes : Buffer.concat([head, bytes])
      const found = firstBytesOf(all, size, isNamedArchive)
      if (found === null) {
        head = Buffer.from(all)
        return
      }
      head = null
      first = found
      search = SEARCHED.has(first) ? archiveSearch(size) : null
      rest = search ?? (first === 'elf' ? elf() : null)
      rest?.write(all)
    },
    end() {
      if (rest !== null && 'end' in rest) {
        rest.end()
      }
      if (first !== 'other' || isNamedArchive) {
        end({ first, behind: search?.found() ?? null })
      }
    },
  }
}

/** `null`: more of the file is needed to say. */
function firstBytesOf(head: Buffer, size: number, isNamedArchive: boolean): FirstBytes | null {
  if (head.length < Math.min(size, HEAD_BYTES)) {
    return null
  }
  const [, found = 'other'] = SIGNATURES.find(([signature]) => startsWith(head, signature)) ?? []
  const first =
    found === 'pe'
      ? peOf(head.subarray(0, LAST_PE_HEADER), size)
      : found === 'jar'
        ? jarOf(head, size)
        : found
  return first === 'other' && isNamedArchive && isText(head) ? 'text' : first
}

function startsWith(head: Buffer, signature: string): boolean {
  return head[0] === signature.charCodeAt(0) && head.toString('latin1', 0, signature.length) === signature
}

function peOf(head: Buffer, size: number): 'pe' | 'other' | null {
  if (head.length < HEAD_BYTES) {
    return 'other'
  }
  const at = head.readUInt32LE(PE_POINTER)
  const needed = at + PE_SIGNATURE.length
  if (head.length < Math.min(needed, size) && needed <= LAST_PE_HEADER) {
    return null
  }
  return head.toString('latin1', at, needed) === PE_SIGNATURE ? 'pe' : 'other'
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
function archiveSearch(size: number) {
  const zip = createEndSearch(size)
  let last = ''
  return {
    write(bytes: Buffer) {
      zip.write(bytes)
      last = (last + bytes.toString('latin1', Math.max(0, bytes.length - PHAR_END.length))).slice(
        -PHAR_END.length,
      )
    },
    found: (): Content['behind'] => (zip.isFound() ? 'zip' : last === PHAR_END ? 'phar' : null),
  }
}
