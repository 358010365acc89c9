import type { ProgramForm } from '../../../model/account.js'
import { createKnownPaths } from '../../../model/known-paths.js'
import { isCodeArchive } from '../application/forms.js'
import type { Extent } from '../application/stored.js'
import type { PathIndex } from '../layer-marks.js'
import type { Limits, Usage } from '../limits.js'
import { relativePath } from '../path.js'
import type { TarEntry } from '../tar-header.js'
import type { Body } from '../tar-reader.js'

/** A layer's programs, found by their first bytes or their names as the layer passes. */
export interface ProgramScan {
  /** Returns what takes the body of an entry that is not a directory; `null`: nobody wants it. */
  entry(path: string, current: TarEntry): Body | null
  /** Called for a directory, or a path that a later entry of the layer replaces. */
  forget(path: string, isDirectory: boolean): void
  /** @param paths all paths of the layer */
  finish(paths: PathIndex): ScannedPrograms
}

export interface ScannedProgram extends Extent {
  readonly form: ProgramForm
  readonly isExecutable: boolean
}

export interface ScannedPrograms {
  readonly files: ReadonlyMap<string, ScannedProgram>
  /** Hard links to files of lower layers: path -> path of the target. */
  readonly links: ReadonlyMap<string, string>
  /** Folder of a Python package -> its RECORD. */
  readonly records: ReadonlyMap<string, string>
  readonly cut: string | null
}

/** A Portable Executable's header is behind a program for MS-DOS, which says where (PE Format, "MS-DOS Stub"). */
const PE_POINTER = 0x3c
const LAST_PE_HEADER = 4096
const ELF = '\x7fELF'
const TEXT_BYTES = 64
const RECORD = /^(.+\.dist-info)\/RECORD$/
/** APPNOTE 4.3.16: the end record, which may be followed by a comment. */
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1')
const ZIP_END_BYTES = 22 + 0xffff

export function createProgramScan(limits: Limits, usage: Usage): ProgramScan {
  const files = new Map<string, ScannedProgram>()
  const links = new Map<string, string>()
  const records = new Map<string, string>()
  const known = createKnownPaths([files, links])
  let cut: string | null = null

  function put<Value>(into: Map<string, Value>, path: string, value: Value): void {
    usage.programs++
    if (usage.programs > limits.programs) {
      cut = `more than ${limits.programs} programs`
    } else {
      known.note(into, path, value)
    }
  }

  function hardLink(path: string, { linkPath }: TarEntry): void {
    const target = relativePath(linkPath)
    const file = target === null ? undefined : files.get(target)
    if (file !== undefined) {
      put(files, path, file)
    } else if (target !== null) {
      put(links, path, target)
    }
  }

  function record(folder: string, size: number): Body | null {
    usage.listBytes += size
    if (size > limits.recordBytes || usage.listBytes > limits.listBytes) {
      return null
    }
    const parts: Buffer[] = []
    return {
      write: (bytes) => void parts.push(Buffer.from(bytes)),
      end: () => void records.set(folder, Buffer.concat(parts).toString('utf8')),
    }
  }

  return {
    entry(path, current) {
      if (current.type === 'hardlink') {
        hardLink(path, current)
        return null
      }
      if (current.type !== 'file' || current.size === 0) {
        return null
      }
      const [, folder] = path.endsWith('/RECORD') ? (RECORD.exec(path) ?? []) : []
      if (folder !== undefined) {
        return record(folder, current.size)
      }
      const { at, size, mode } = current
      const isExecutable = (mode & 0o111) !== 0
      return formBody(path, size, (form) => put(files, path, { form, isExecutable, at, size }))
    },
    forget: known.forget,
    finish(paths) {
      // In its own layer, a target that is not a program now never was one.
      const below = [...links].filter(([, target]) => !paths.has('other', target))
      return { files, links: new Map(below), records, cut }
    },
  }
}

/** Finds out what a file is: an ELF or PE file, an archive of code, or a script. */
function formBody(path: string, size: number, put: (form: ProgramForm) => void): Body | null {
  let head: Buffer | null = Buffer.alloc(0)
  let form: ProgramForm | null = null
  /** Only the end of the file shows whether there is a zip in it. */
  let isOpen = false
  const zipEnd = endSearch(size)
  const decide = (bytes: Buffer, isWhole: boolean): void => {
    const found = formOfHead(bytes, isWhole)
    if (found !== undefined) {
      form = found === 'elf' || found === 'assembly' ? found : isArchive(path, bytes) ? 'archive' : found
      isOpen = found === 'script' ? form === 'script' : form === 'archive' && isText(bytes)
      head = null
    }
  }
  return {
    write(bytes) {
      const isDecided = head === null
      const piece = head === null || head.length === 0 ? bytes : Buffer.concat([head, bytes])
      if (!isDecided) {
        head = Buffer.from(piece.subarray(0, LAST_PE_HEADER))
        decide(head, false)
      }
      if (isOpen) {
        zipEnd.write(isDecided ? bytes : piece)
      }
    },
    end() {
      if (head !== null) {
        decide(head, true)
      }
      const found = !isOpen ? form : zipEnd.isFound() ? 'archive' : form === 'script' ? form : null
      if (found !== null) {
        put(found)
      }
    },
  }
}

/** `undefined`: more of the file is needed to say. */
function formOfHead(head: Buffer, isWhole: boolean): ProgramForm | null | undefined {
  const start = head.toString('latin1', 0, ELF.length)
  if (start === ELF) {
    return 'elf'
  }
  if (start.startsWith('#!')) {
    return 'script'
  }
  if (start.startsWith('MZ')) {
    const at = head.length < PE_POINTER + 4 ? null : head.readUInt32LE(PE_POINTER)
    const needed = at === null ? PE_POINTER + 4 : at + 4
    if (head.length < needed && !isWhole && needed <= LAST_PE_HEADER) {
      return undefined
    }
    return at !== null && head.toString('latin1', at, at + 4) === 'PE\0\0' ? 'assembly' : null
  }
  const isOpen = head.length < ELF.length && [ELF, '#!', 'MZ'].some((one) => one.startsWith(start))
  return isOpen && !isWhole ? undefined : null
}

/** update-alternatives(1), for one, has a text about each program, under the program's name: `phar.phar`. */
function isText(head: Buffer): boolean {
  const start = head.toString('latin1', 0, TEXT_BYTES)
  return /^[\t\n\r\x20-\x7e]*$/.test(start) && !start.startsWith('<?php')
}

function isArchive(path: string, head: Buffer): boolean {
  return isCodeArchive(path) && !(/\.rar$/i.test(path) && head.toString('latin1', 0, 4) === 'Rar!')
}

/**
 * Whether a zip ends in the file: what is in front of its entries does not count, so `python app` and `java -jar app`
 * run a script with a zip behind it.
 */
function endSearch(size: number) {
  let passed = 0
  let last = -1
  let tail = Buffer.alloc(0)
  return {
    write(bytes: Buffer) {
      const piece = Buffer.concat([tail, bytes])
      const at = piece.lastIndexOf(ZIP_END)
      last = at < 0 ? last : passed - tail.length + at
      passed += bytes.length
      tail = Buffer.from(piece.subarray(-(ZIP_END.length - 1)))
    },
    isFound: () => last >= 0 && size - last <= ZIP_END_BYTES,
  }
}
