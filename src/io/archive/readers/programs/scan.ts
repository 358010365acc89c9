import type { ProgramForm } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import { relativePath } from '../../formats/path.js'
import type { Extent } from '../../store/stored.js'
import type { LayerEntry, LayerTree } from '../../tree/layer-tree.js'
import { isCodeArchive } from '../application/forms.js'
import { type Content, readContent } from '../content.js'

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

/** Finds programs in a layer, by their first bytes or their names, and the RECORDs of Python packages. */
export function readPrograms(tree: LayerTree, limits: Limits, usage: Usage): ScannedPrograms {
  const files = new Map<string, ScannedProgram>()
  const links = new Map<string, string>()
  const records = new Map<string, string>()
  let cut: string | null = null

  function noteProgram<Value>(target: Map<string, Value>, path: string, value: Value): void {
    usage.programs++
    if (usage.programs > limits.programs) {
      cut = `more than ${limits.programs} programs`
    } else {
      target.set(path, value)
    }
  }

  function readRecord(folder: string, file: LayerEntry): void {
    usage.packageListCharacters += file.size
    if (file.size <= limits.packageListBytes && usage.packageListCharacters <= limits.packageListCharacters) {
      records.set(folder, tree.bytesOf(file).toString('utf8'))
    }
  }

  for (const entry of tree.entries()) {
    const { path, type, linkPath } = entry
    const file = tree.fileOf(entry)
    if (typeof file === 'string') {
      const target = type === 'hardlink' && entry.target === null ? relativePath(linkPath) : null
      // What comes later in the same layer is not what it leads to.
      if (target !== null && !tree.index.has(target, 'other')) {
        noteProgram(links, path, target)
      }
      continue
    }
    if (path.endsWith(RECORD_SUFFIX) && file.size > 0) {
      readRecord(path.slice(0, -RECORD_SUFFIX.length), file)
    }
    const form = formAt(path, file) ?? (file === entry ? null : formAt(file.path, file))
    if (form !== null) {
      const { offset, size, mode } = file
      noteProgram(files, path, { form, isExecutable: (mode & 0o111) !== 0, offset, size })
    }
  }
  return { files, links, records, cut }

  function formAt(path: string, file: LayerEntry): ProgramForm | null {
    const content = readContent({ ...file, path }, tree.read(file))
    return content === null ? null : formOf(path, content)
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
