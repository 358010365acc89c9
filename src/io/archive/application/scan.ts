import { hash } from 'node:crypto'
import { posix } from 'node:path'
import type { ApplicationFile, ApplicationStatement } from '../../../model/application.js'
import { createKnownPaths } from '../../../model/known-paths.js'
import type { Limits, Usage } from '../limits.js'
import { relativePath } from '../path.js'
import type { TarEntry } from '../tar-header.js'
import type { Body } from '../tar-reader.js'
import { type Form, formOf } from './forms.js'
import { readJar } from './jar.js'
import { type Linked, resolveLinks } from './links.js'
import { type PassedProgram, programBody, programSays } from './program.js'
import { type Extent, piecesOf, type ReadAt } from './stored.js'
import * as texts from './texts.js'

/** A layer's application content, found as its bytes pass. */
export interface ApplicationScan {
  /** Returns what takes the body of an entry that is not a directory; `null`: nobody wants it. */
  entry(path: string, current: TarEntry): Body | null
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
  }
}

const KiB = 1024
const MiB = 1024 * KiB
/** Bytes of which the beginning is enough: core metadata continues with the project's README. */
const METADATA_HEAD = 64 * KiB

/** Most jars are smaller; the buffer stays until the layer is read. */
const SPARE_BYTES = 8 * MiB

type Says = (text: string, path: string) => readonly ApplicationStatement[]

interface Reading {
  /** A larger file is not read. */
  readonly most: number
  /** Bytes of its beginning that are kept; 0: its name is enough. */
  readonly kept: number
  readonly says: Says
}

const named = (says: (path: string) => readonly ApplicationStatement[]): Reading => {
  return { most: Number.POSITIVE_INFINITY, kept: 0, says: (_, path) => says(path) }
}
const whole = (most: number, says: Says): Reading => ({ most, kept: most, says })

/** Limits are ten times what occurs: npm's largest package.json has 100 KiB, Drupal's installed.json 700 KiB. */
const READINGS: Readonly<Record<Exclude<Form, 'jar'>, Reading>> = {
  python: { most: 64 * MiB, kept: METADATA_HEAD, says: texts.readMetadata },
  npm: whole(MiB, texts.readPackageJson),
  gem: whole(MiB, texts.readGemspec),
  composer: whole(8 * MiB, texts.readComposer),
  node: whole(256 * KiB, texts.readNodeVersion),
  patchlevel: whole(256 * KiB, texts.readPatchlevel),
  libpython: named(texts.readLibpython),
  rbconfig: whole(256 * KiB, texts.readRbconfig),
  php: whole(256 * KiB, texts.readPhpVersion),
  release: { most: Number.POSITIVE_INFINITY, kept: 16 * KiB, says: texts.readJdkRelease },
  dotnet: named(texts.readDotnetName),
  conda: named(texts.readCondaName),
  egg: named(texts.readEggName),
}

export function createApplicationScan(limits: Limits, usage: Usage): ApplicationScan {
  const files = new Map<string, ApplicationFile>()
  const places = new Map<string, Extent>()
  /** Programs, by each of their names. */
  const programs = new Map<string, PassedProgram & Extent>()
  /** Hard links whose names say what they are, to files whose names do not. */
  const links = new Map<string, TarEntry>()
  const known = createKnownPaths([files, places, programs, links])
  let cut: string | null = null
  let spare = Buffer.alloc(0)

  function put(path: string, file: ApplicationFile, place?: Extent): void {
    if (file.says.length === 0) {
      return
    }
    usage.applicationStatements += file.says.length
    if (usage.applicationStatements > limits.applicationStatements) {
      cut = `more than ${limits.applicationStatements} application packages`
    } else {
      known.note(files, path, file)
      if (place !== undefined) {
        known.note(places, path, place)
      }
    }
  }

  function read(path: string, { most, kept, says }: Reading, { size, at }: TarEntry): Body | null {
    if (size > most) {
      put(path, { md5: null, says: [tooLarge(size, most)] })
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

  /** Only one file is read at a time, and nothing of it is kept: a new buffer for each takes longer than its reading. */
  function jarBuffer(size: number): Buffer {
    if (size > SPARE_BYTES) {
      return Buffer.allocUnsafe(size)
    }
    if (spare.length < size) {
      spare = Buffer.allocUnsafe(size)
    }
    return spare.subarray(0, size)
  }

  /** Its directory is at its end, so all of it has to be in memory. */
  function jar(path: string, { size, at }: TarEntry): Body | null {
    if (size > limits.jarBytes) {
      put(path, { md5: null, says: [tooLarge(size, limits.jarBytes)] })
      return null
    }
    const bytes = jarBuffer(size)
    let filled = 0
    return {
      write(part) {
        filled += part.copy(bytes, filled)
      },
      end() {
        const budget = { left: limits.unpackedBytes - usage.unpackedBytes }
        const says = readJar(bytes, path.slice(path.lastIndexOf('/') + 1), budget)
        usage.unpackedBytes = limits.unpackedBytes - budget.left
        put(path, { md5: null, says }, { at, size })
      },
    }
  }

  /** What its name says about a file; `null`: nothing that is read. */
  function byName(path: string, form: Form | null, current: TarEntry): Body | null {
    return form === null ? null : form === 'jar' ? jar(path, current) : read(path, READINGS[form], current)
  }

  /** A program is one under each of its names. What a name says is read again for another kind of name. */
  function hardLink(path: string, current: TarEntry): void {
    const target = relativePath(current.linkPath) ?? ''
    const program = programs.get(target)
    if (program !== undefined) {
      known.note(programs, path, program)
    }
    const form = formOf(path)
    const file = form === null || form === formOf(target) ? files.get(target) : undefined
    if (file !== undefined) {
      put(path, file, places.get(target))
    } else if (form !== null && links.size < limits.applicationStatements) {
      known.note(links, path, current)
    } else if (form !== null) {
      cut = `more than ${limits.applicationStatements} hard links to application packages`
    }
  }

  /** The file behind a hard link, as if it were at the link's path: only now is it known where its content is. */
  function readLinked(path: string, link: TarEntry, target: Linked | undefined, read: ReadAt | null): void {
    if (target === undefined || typeof target === 'string' || read === null) {
      const why = typeof target === 'string' ? target : 'a file that was not stored'
      put(path, { md5: null, says: [texts.asUnreadable(`a hard link to ${why}`)] })
      return
    }
    usage.linkedBytes += target.size
    if (usage.linkedBytes > limits.linkedBytes) {
      const what = `the files behind hard links add up to more than ${limits.linkedBytes} bytes`
      put(path, { md5: null, says: [texts.asUnreadable(what)] })
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

  /** Anybody may give a program a name that says something else: both count. */
  function addProgram(path: string, says: readonly ApplicationStatement[], { at, size }: Extent): void {
    const before = files.get(path) ?? { md5: null, says: [] }
    put(path, { ...before, says: [...before.says, ...says] }, { at, size })
  }

  return {
    entry(path, current) {
      if (current.type === 'hardlink') {
        hardLink(path, current)
        return null
      }
      const form = formOf(path)
      const isExecutable = (current.mode & 0o111) !== 0
      if (current.type === 'sparse' && (form !== null || isExecutable)) {
        put(path, { md5: null, says: [texts.asUnreadable('a sparse file')] })
        return null
      }
      if (current.type === 'symlink' && form !== null && !leadsToRead(path, current.linkPath)) {
        put(path, { md5: null, says: [texts.asUnreadable('a symbolic link to a file that was not read')] })
        return null
      }
      if (current.type !== 'file') {
        return null
      }
      // Shared libraries are loaded, and programs run through ld.so, whatever their mode.
      const { at, size } = current
      const program =
        size < SMALLEST_PROGRAM
          ? null
          : programBody(size, (found) => known.note(programs, path, { ...found, at, size }))
      const reading = byName(path, form, current)
      return reading === null || program === null ? (reading ?? program) : both(reading, program)
    },
    forget: known.forget,
    finish(read) {
      const targets = read === null ? new Map() : resolveLinks(links, read, limits)
      for (const [path, link] of links) {
        readLinked(path, link, targets.get(path), read)
      }
      const budget = { left: limits.unpackedBytes - usage.unpackedBytes }
      const said = new Map<PassedProgram, readonly ApplicationStatement[]>()
      for (const [path, program] of programs) {
        const says = said.get(program) ?? programSays(program, read ?? NOT_STORED, program, budget)
        said.set(program, says)
        addProgram(path, says, program)
      }
      usage.unpackedBytes = limits.unpackedBytes - budget.left
      return { files, places, cut }
    },
  }
}

const NOT_STORED: ReadAt = () => Buffer.alloc(0)

function both(first: Body, second: Body): Body {
  return {
    write(bytes) {
      first.write(bytes)
      second.write(bytes)
    },
    end() {
      first.end()
      second.end()
    },
  }
}

/** Whether a link leads to a path by which the file is recognized and read anyway. */
function leadsToRead(path: string, target: string): boolean {
  const folder = target.startsWith('/') ? '' : path.slice(0, path.lastIndexOf('/') + 1)
  const real = posix.normalize(`/${folder}${target}`).slice(1)
  return formOf(real) !== null
}

/** Bytes of an ELF header with one program header (System V ABI). */
const SMALLEST_PROGRAM = 120

function tooLarge(size: number, most: number): ApplicationStatement {
  return texts.asUnreadable(`${size} bytes, over the limit of ${most}`)
}
