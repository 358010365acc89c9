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
import { programBody } from './program.js'
import type { Extent } from './sums.js'
import * as texts from './texts.js'

/** A layer's application content, found as its bytes pass. */
export interface ApplicationScan {
  /** Returns what takes the body of an entry that is not a directory; `null`: nobody wants it. */
  entry(path: string, current: TarEntry): Body | null
  /** Called for a directory, or a path that a later entry of the layer replaces. */
  forget(path: string, isDirectory: boolean): void
  finish(): {
    readonly files: ReadonlyMap<string, ApplicationFile>
    /** Of files whose MD5 sum is not computed here. */
    readonly places: ReadonlyMap<string, Extent>
    readonly cut: string | null
    /** The first path that was not read. */
    readonly cutAt: string | null
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
  const known = createKnownPaths([files, places])
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

  return {
    entry(path, current) {
      if (current.type === 'hardlink') {
        const target = relativePath(current.linkPath)
        const file = target === null ? undefined : files.get(target)
        if (file !== undefined) {
          put(path, file, places.get(target ?? ''))
        } else if (formOf(path) !== null) {
          // Its content came under a meaningless name (the stores of pnpm and Bun).
          put(path, { md5: null, says: [texts.asUnreadable('a hard link to a file that was not read')] })
        }
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
      const isProgram = isExecutable && current.size >= SMALLEST_PROGRAM
      // Anybody may give a program a name that says something else: both count.
      const more = (says: readonly ApplicationStatement[]) => {
        const { at, size } = current
        const before = files.get(path) ?? { md5: null, says: [] }
        put(path, { ...before, says: [...before.says, ...says] }, { at, size })
      }
      const program = isProgram ? programBody(current.size, more) : null
      const reading =
        form === null ? null : form === 'jar' ? jar(path, current) : read(path, READINGS[form], current)
      return reading === null || program === null ? (reading ?? program) : both(reading, program)
    },
    forget: known.forget,
    finish: () => ({ files, places, cut, cutAt }),
  }
}

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
