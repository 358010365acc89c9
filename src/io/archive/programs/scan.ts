import type { ProgramForm } from '../../../model/account.js'
import { createKnownPaths } from '../../../model/known-paths.js'
import { isCodeArchive } from '../application/forms.js'
import type { Extent } from '../application/stored.js'
import type { Content } from '../content.js'
import type { PathIndex } from '../layer-marks.js'
import type { Limits, Usage } from '../limits.js'
import { relativePath } from '../path.js'
import type { TarEntry } from '../tar-header.js'
import type { Body } from '../tar-reader.js'

/** A layer's programs, found by their first bytes or their names as the layer passes. */
export interface ProgramScan {
  /** Returns what takes the body of an entry that is not a directory; `null`: nobody wants it. */
  entry(path: string, current: TarEntry): Body | null
  /** Called with what a file is by its content, once it has passed. */
  content(path: string, current: TarEntry, content: Content): void
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
  /** Folder of a Python package, under any name -> its RECORD. */
  readonly records: ReadonlyMap<string, string>
  readonly cut: string | null
}

const RECORD = '/RECORD'

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
      const isRecord = current.type === 'file' && current.size > 0 && path.endsWith(RECORD)
      return isRecord ? record(path.slice(0, -RECORD.length), current.size) : null
    },
    content(path, { at, size, mode }, content) {
      const form = formOf(path, content)
      if (form !== null) {
        put(files, path, { form, isExecutable: (mode & 0o111) !== 0, at, size })
      }
    },
    forget: known.forget,
    finish(paths) {
      // In its own layer, a target that is not a program now never was one.
      const below = [...links].filter(([, target]) => !paths.has('other', target))
      return { files, links: new Map(below), records, cut }
    },
  }
}

function formOf(path: string, { first, behind }: Content): ProgramForm | null {
  if (first === 'elf') {
    return 'elf'
  }
  if (first === 'pe') {
    return 'assembly'
  }
  const isArchive = isCodeArchive(path) && !(first === 'rar' && /\.rar$/i.test(path))
  if (behind === 'zip' || first === 'jar' || (isArchive && first !== 'text')) {
    return 'archive'
  }
  return first === 'script' ? 'script' : null
}
