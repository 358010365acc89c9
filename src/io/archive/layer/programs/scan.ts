import { createKnownPaths, type ProgramForm } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import { relativePath } from '../../formats/path.js'
import type { TarEntry } from '../../formats/tar-header.js'
import type { Body } from '../../formats/tar-reader.js'
import { isCodeArchive } from '../application/forms.js'
import type { Extent } from '../application/stored.js'
import type { Content } from '../content.js'
import type { PathIndex } from '../marks.js'

/** Finds programs while a layer is read, by their first bytes or their names. */
export interface ProgramScan {
  /** Returns the receiver of the body of an entry that is not a directory; `null`: not needed. */
  entry(path: string, tarEntry: TarEntry): Body | null
  /** Called after a file has been read, with its format. */
  content(path: string, tarEntry: TarEntry, content: Content): void
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
  /** Metadata folder of a Python package, whatever its name -> the text of its RECORD. */
  readonly records: ReadonlyMap<string, string>
  /** Which limit was exceeded, as text; `null`: nothing was left out. */
  readonly cut: string | null
}

const RECORD_SUFFIX = '/RECORD'

export function createProgramScan(limits: Limits, usage: Usage): ProgramScan {
  const files = new Map<string, ScannedProgram>()
  const links = new Map<string, string>()
  const records = new Map<string, string>()
  const knownPaths = createKnownPaths([files, links])
  let cut: string | null = null

  function noteProgram<Value>(target: Map<string, Value>, path: string, value: Value): void {
    usage.programs++
    if (usage.programs > limits.programs) {
      cut = `more than ${limits.programs} programs`
    } else {
      knownPaths.note(target, path, value)
    }
  }

  function onHardLink(path: string, { linkPath }: TarEntry): void {
    const target = relativePath(linkPath)
    const file = target === null ? undefined : files.get(target)
    if (file !== undefined) {
      noteProgram(files, path, file)
    } else if (target !== null) {
      noteProgram(links, path, target)
    }
  }

  function collectRecord(folder: string, size: number): Body | null {
    usage.packageListCharacters += size
    if (size > limits.packageListBytes || usage.packageListCharacters > limits.packageListCharacters) {
      return null
    }
    const parts: Buffer[] = []
    return {
      write: (bytes) => void parts.push(Buffer.from(bytes)),
      end: () => void records.set(folder, Buffer.concat(parts).toString('utf8')),
    }
  }

  return {
    entry(path, tarEntry) {
      if (tarEntry.type === 'hardlink') {
        onHardLink(path, tarEntry)
        return null
      }
      const isRecord = tarEntry.type === 'file' && tarEntry.size > 0 && path.endsWith(RECORD_SUFFIX)
      return isRecord ? collectRecord(path.slice(0, -RECORD_SUFFIX.length), tarEntry.size) : null
    },
    content(path, { offset, size, mode }, content) {
      const form = formOf(path, content)
      if (form !== null) {
        noteProgram(files, path, { form, isExecutable: (mode & 0o111) !== 0, offset, size })
      }
    },
    forget: knownPaths.forget,
    finish(paths) {
      // A target in the same layer that is not a program by now is none: only links to lower layers stay.
      const linksToLowerLayers = [...links].filter(([, target]) => !paths.has('other', target))
      return { files, links: new Map(linksToLowerLayers), records, cut }
    },
  }
}

function formOf(path: string, { format, appendedArchive }: Content): ProgramForm | null {
  if (format === 'elf') {
    return 'elf'
  }
  if (format === 'pe') {
    return 'assembly'
  }
  const isArchive = isCodeArchive(path) && !(format === 'rar' && /\.rar$/i.test(path))
  if (appendedArchive === 'zip' || format === 'jar' || (isArchive && format !== 'text')) {
    return 'archive'
  }
  return format === 'script' ? 'script' : null
}
