import { hash } from 'node:crypto'
import type { ApplicationFile, ApplicationStatement } from '../../../model/application.js'
import { createKnownPaths } from '../../../model/known-paths.js'
import type { Content } from '../content.js'
import type { Limits, Usage } from '../limits.js'
import { relativePath, symlinkTarget } from '../path.js'
import type { TarEntry } from '../tar-header.js'
import type { Body } from '../tar-reader.js'
import { createArchiveReader, isScript } from './archives.js'
import { type FileReading, type Form, formOf, READINGS } from './forms.js'
import { type Linked, misleadingLinks, resolveLinks } from './links.js'
import { type PassedProgram, programBody, programSays } from './program.js'
import { type Extent, piecesOf, type ReadAt, within } from './stored.js'
import * as texts from './texts.js'
import { bytesOf } from './zip-records.js'

/** A layer's application content, found as its bytes pass. */
export interface ApplicationScan {
  /** Returns what takes the body of an entry that is not a directory; `null`: nobody wants it. */
  entry(path: string, current: TarEntry): Body | null
  /** Returns what takes an ELF file's bytes; `null`: nobody wants them. */
  program(path: string, current: TarEntry): Body | null
  /** Called with what a file is by its content, once it has passed. */
  content(path: string, current: TarEntry, content: Content): void
  /** Called for a directory, or a path that a later entry of the layer replaces. */
  forget(path: string, isDirectory: boolean): void
  /**
   * What the bytes that passed only point to is read now: files behind hard links, and places in programs.
   * @param read the stored layer, by positions in its tar; `null`: it was not stored
   */
  finish(read: ReadAt | null): {
    readonly files: ReadonlyMap<string, ApplicationFile>
    /** Of files whose MD5 sum is not computed here. */
    readonly places: ReadonlyMap<string, Extent>
    readonly cut: string | null
    /** The first path that was not read. */
    readonly cutAt: string | null
    /** Symbolic links whose names say what they are, to files that this layer does not read, by their paths. */
    readonly symlinks: ReadonlyMap<string, string>
  }
}

/** Most archives are smaller; the buffer stays until the layer is read. */
const SPARE_BYTES = 8 * 2 ** 20

export function createApplicationScan(limits: Limits, usage: Usage): ApplicationScan {
  const files = new Map<string, ApplicationFile>()
  const places = new Map<string, Extent>()
  /** Archives of code that are read once the layer is stored. */
  const later = new Map<string, Extent>()
  /** Programs, by each of their names. */
  const programs = new Map<string, PassedProgram & Extent>()
  /** Hard links whose names say what they are, to files whose names do not. */
  const links = new Map<string, TarEntry>()
  /** Symbolic links, with the paths that they lead to. */
  const symlinks = new Map<string, string>()
  const known = createKnownPaths([files, places, later, programs, links, symlinks])
  const readArchive = createArchiveReader(limits, usage)
  let cut: string | null = null
  let cutAt: string | null = null
  let spare = Buffer.alloc(0)

  function put(path: string, file: ApplicationFile, place?: Extent): void {
    if (file.says.length === 0) {
      return
    }
    usage.applicationStatements += file.says.length
    if (usage.applicationStatements > limits.applicationStatements) {
      cut = `more than ${limits.applicationStatements} application packages in the image`
      cutAt ??= path
    } else {
      known.note(files, path, file)
      if (place !== undefined) {
        known.note(places, path, place)
      }
    }
  }

  function read(path: string, { most, kept, says }: FileReading, { size, at }: TarEntry): Body | null {
    if (size > most) {
      put(path, { md5: null, says: [texts.tooLarge(size, most)] })
      return null
    }
    const head = Buffer.allocUnsafe(Math.min(kept, size))
    let filled = 0
    return {
      write(bytes) {
        filled += bytes.copy(head, filled, 0, head.length - filled)
      },
      end() {
        // To sum a small file now costs less than to open the layer for it.
        const isWhole = size <= kept
        const file = { md5: isWhole ? hash('md5', head) : null, says: says(head.toString('utf8'), path) }
        put(path, file, isWhole ? undefined : { at, size })
      },
    }
  }

  /** Anybody may give a program a name that says something else: all that is said about a file counts. */
  function add(path: string, says: readonly ApplicationStatement[], place: Extent): void {
    const before = files.get(path) ?? { md5: null, says: [] }
    put(path, { ...before, says: [...before.says, ...says] }, place)
  }

  /** Only one file is read at a time, and nothing of it is kept: a new buffer for each takes longer than its reading. */
  function archiveBuffer(size: number): Buffer {
    if (size > SPARE_BYTES) {
      return Buffer.allocUnsafe(size)
    }
    if (spare.length < size) {
      spare = Buffer.allocUnsafe(size)
    }
    return spare.subarray(0, size)
  }

  /** Its directory is at its end, so all of it has to be in memory, or stored. */
  function archive(path: string, form: 'archive' | 'zip', { size, at }: TarEntry): Body | null {
    if (size > limits.storedJarBytes) {
      // Nothing shows that a zip of this size is more than data.
      put(path, { md5: null, says: form === 'zip' ? [] : [texts.tooLarge(size, limits.storedJarBytes)] })
      return null
    }
    if (size > limits.jarBytes) {
      known.note(later, path, { at, size })
      return null
    }
    const bytes = archiveBuffer(size)
    let filled = 0
    return {
      write(part) {
        filled += part.copy(bytes, filled)
      },
      end() {
        const source = bytesOf(bytes)
        if (form === 'archive' || !isScript(source)) {
          add(path, readArchive(path, source, at), { at, size })
        }
      },
    }
  }

  function readLater(read: ReadAt | null): void {
    const seen = new Set<number>()
    for (const [path, place] of later) {
      const { at, size } = place
      if (read === null) {
        add(path, [texts.asUnreadable('the layer is not stored')], place)
      } else if (!seen.has(at) || payForLink(path, size)) {
        add(path, readArchive(path, { size, read: within(read, place) }, at), place)
      }
      seen.add(at)
    }
  }

  /** Each further name of a file costs its bytes. */
  function payForLink(path: string, size: number): boolean {
    usage.linkedBytes += size
    const isWithin = usage.linkedBytes <= limits.linkedBytes
    if (!isWithin) {
      const what = `the files behind hard links add up to more than ${limits.linkedBytes} bytes`
      put(path, { md5: null, says: [texts.asUnreadable(what)] })
    }
    return isWithin
  }

  /** What its name says about a file; `null`: nothing that is read. */
  function byName(path: string, form: Form | null, current: TarEntry): Body | null {
    if (form === null) {
      return null
    }
    return form === 'archive' || form === 'zip'
      ? archive(path, form, current)
      : read(path, READINGS[form], current)
  }

  /** A program is one under each of its names. What a name says is read again for another kind of name. */
  function hardLink(path: string, current: TarEntry): void {
    const target = relativePath(current.linkPath) ?? ''
    const program = programs.get(target)
    if (program !== undefined) {
      known.note(programs, path, program)
    }
    const script = later.get(target)
    if (script !== undefined) {
      known.note(later, path, script)
      return
    }
    const form = formOf(path)
    const file = form === null || form === formOf(target) ? files.get(target) : undefined
    if (file !== undefined) {
      put(path, file, places.get(target))
    } else if (form !== null && links.size < limits.applicationStatements) {
      known.note(links, path, current)
    } else if (form !== null) {
      cut = `more than ${limits.applicationStatements} hard links to application packages in a layer`
      cutAt ??= path
    }
  }

  /** The file behind a hard link, as if it were at the link's path: only now is it known where its content is. */
  function readLinked(path: string, link: TarEntry, target: Linked | undefined, read: ReadAt | null): void {
    if (target === undefined || typeof target === 'string' || read === null) {
      const why = typeof target === 'string' ? target : 'a file that was not stored'
      // A zip may be data alone.
      const says = formOf(path) === 'zip' ? [] : [texts.asUnreadable(`a hard link to ${why}`)]
      put(path, { md5: null, says })
      return
    }
    if (!payForLink(path, target.size)) {
      return
    }
    const body = byName(path, formOf(path), { ...link, type: 'file', ...target })
    if (body !== null) {
      for (const piece of piecesOf(read, target)) {
        body.write(piece)
      }
      body.end()
    }
  }

  function readLinks(read: ReadAt | null): void {
    const targets = read === null ? new Map() : resolveLinks(links, read, limits)
    for (const [path, link] of links) {
      readLinked(path, link, targets.get(path), read)
    }
  }

  function noteSymlink(path: string, linkPath: string): void {
    if (symlinks.size < limits.applicationStatements || formOf(path) !== null) {
      known.note(symlinks, path, symlinkTarget(path, linkPath))
    }
  }

  function readPrograms(read: ReadAt | null): void {
    const budget = { left: limits.unpackedBytes - usage.unpackedBytes }
    const said = new Map<PassedProgram, readonly ApplicationStatement[]>()
    for (const [path, program] of programs) {
      const says = said.get(program) ?? programSays(program, read ?? NOT_STORED, program, budget)
      said.set(program, says)
      add(path, says, program)
    }
    usage.unpackedBytes = limits.unpackedBytes - budget.left
  }

  return {
    entry(path, current) {
      if (current.type === 'hardlink') {
        hardLink(path, current)
        return null
      }
      const form = formOf(path)
      // No builder writes one into a layer, and it may be a program whatever its name and mode are.
      if (current.type === 'sparse') {
        put(path, { md5: null, says: [texts.asUnreadable('a sparse file')] })
        return null
      }
      if (current.type === 'symlink') {
        noteSymlink(path, current.linkPath)
        return null
      }
      if (current.type !== 'file') {
        return null
      }
      return byName(path, form, current)
    },
    program(path, { at, size }) {
      // Shared libraries are loaded, and programs run through ld.so, whatever their mode.
      return size < SMALLEST_PROGRAM
        ? null
        : programBody((found) => known.note(programs, path, { ...found, at, size }))
    },
    /** A script may be the beginning of an archive that Python, Java or PHP runs, under any name. */
    content(path, { size, at }, { first, behind }) {
      if (first !== 'script' || behind === null || formOf(path) === 'archive') {
        return
      }
      if (behind === 'phar') {
        add(path, texts.readPharName(path), { at, size })
      } else if (size > limits.storedJarBytes) {
        add(path, [texts.tooLarge(size, limits.storedJarBytes)], { at, size })
      } else {
        known.note(later, path, { at, size })
      }
    },
    forget: known.forget,
    finish(read) {
      readLinks(read)
      readLater(read)
      readPrograms(read)
      const isNamed = (path: string) => ![null, 'zip'].includes(formOf(path))
      const misleading = misleadingLinks(symlinks, isNamed, (path) => isNamed(path) || files.has(path))
      return { files, places, cut, cutAt, symlinks: misleading }
    },
  }
}

const NOT_STORED: ReadAt = () => Buffer.alloc(0)

/** Bytes of an ELF header with one program header (System V ABI). */
const SMALLEST_PROGRAM = 120
