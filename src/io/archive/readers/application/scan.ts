import type { ApplicationFile } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import { symlinkTarget } from '../../formats/path.js'
import type { Extent } from '../../store/stored.js'
import type { LayerEntry, LayerTree } from '../../tree/layer-tree.js'
import { namedProgram } from '../versions/patterns.js'
import { allStatements, createFileReader, isProgram, type NamedReading, NO_NAME } from './file-reader.js'
import { formOf } from './forms.js'
import * as texts from './texts.js'

/** The files of a layer that say something about applications. */
export interface ScannedApplications {
  readonly files: ReadonlyMap<string, ApplicationFile>
  /** Where the files are for which no MD5 sum was computed. */
  readonly extents: ReadonlyMap<string, Extent>
  /** Which limit was exceeded, as text; `null`: nothing was left out. */
  readonly cut: string | null
  /** The first path that was left out because of a limit. */
  readonly cutAt: string | null
  /** Links named as application packages, to files that this layer does not read -> their targets. */
  readonly symlinks: ReadonlyMap<string, string>
}

/** Finds application packages by the names of files, and in programs and code archives of any name. */
export async function readApplications(
  tree: LayerTree,
  limits: Limits,
  usage: Usage,
): Promise<ScannedApplications> {
  const files = new Map<string, ApplicationFile>()
  const extents = new Map<string, Extent>()
  const symlinks = new Map<string, string>()
  let cut: string | null = null
  let cutAt: string | null = null
  const reader = createFileReader(tree, limits, usage, cutOff)

  function cutOff(what: string, path: string): void {
    cut = what
    cutAt ??= path
  }

  function keep(path: string, { md5, statements }: NamedReading, extent: Extent | null): void {
    if (statements.length === 0) {
      return
    }
    usage.applicationStatements += statements.length
    if (usage.applicationStatements > limits.applicationStatements) {
      cutOff(`more than ${limits.applicationStatements} application packages in the image`, path)
      return
    }
    files.set(path, { md5, says: statements })
    if (extent !== null && md5 === null) {
      extents.set(path, extent)
    }
  }

  function keepUnreadable(path: string, why: string): void {
    keep(path, { md5: null, statements: [texts.asUnreadable(why)] }, null)
  }

  /** A link that has the name of another form of package, or of a program, is read again under that name. */
  async function readHardLink(path: string, file: LayerEntry): Promise<void> {
    const reading = await reader.read(file)
    const statements = allStatements(reading)
    const form = formOf(path)
    const isAlike = form === null || form === formOf(file.path)
    const isNamed = form !== null || (namedProgram(path) !== null && isProgram(file))
    if (!isNamed || (isAlike && statements.length > 0)) {
      return keep(path, { md5: reading.named.md5, statements }, file)
    }
    usage.linkedBytes += file.size
    if (usage.linkedBytes > limits.linkedBytes) {
      const what = `the files behind hard links add up to more than ${limits.linkedBytes} bytes`
      return keepUnreadable(path, what)
    }
    const named = form === null ? NO_NAME : reader.readByName(path, file, form)
    const { versions } = isProgram(file) ? await reader.readProgram(path, file) : reading.content
    const archive = form === 'archive' ? [] : reading.content.archive
    const content = { versions, archive, program: reading.content.program }
    keep(path, { md5: named.md5, statements: allStatements({ named, content }) }, file)
  }

  async function readEntry(entry: LayerEntry): Promise<void> {
    const { path, type, linkPath } = entry
    if (type === 'symlink') {
      if (symlinks.size < limits.applicationStatements || formOf(path) !== null) {
        symlinks.set(path, symlinkTarget(path, linkPath))
      }
      return
    }
    // No builder writes a sparse file into a layer, and it may be a program whatever its name and mode are.
    if (type === 'sparse') {
      return keepUnreadable(path, 'a sparse file')
    }
    const file = tree.fileOf(entry)
    if (typeof file === 'string') {
      const form = formOf(path)
      // Unlike other packages, an unread zip is not reported: it may contain only data.
      if (type === 'hardlink' && form !== null && form !== 'zip') {
        keepUnreadable(path, `a hard link to ${file}`)
      }
    } else if (type === 'hardlink') {
      await readHardLink(path, file)
    } else {
      const reading = await reader.read(file)
      keep(path, { md5: reading.named.md5, statements: allStatements(reading) }, file)
    }
  }

  for (const entry of tree.entries()) {
    await readEntry(entry)
    await tree.turn()
  }
  const hasPackageName = (path: string) => {
    const form = formOf(path)
    return form === 'version' ? VERSION_LINK_PATH.test(path) : form !== null && form !== 'zip'
  }
  const isRead = (path: string) => hasPackageName(path) || files.has(path)
  return { files, extents, cut, cutAt, symlinks: misleadingLinks(symlinks, hasPackageName, isRead) }
}

/**
 * Links with these names are reported if they lead to no file that was read; links called `VERSION` are
 * common.
 */
const VERSION_LINK_PATH = /\/(?:node_version\.h|patchlevel\.h|rbconfig\.rb|php_version\.h|release)$/

/** Linux follows 40 (path_resolution(7)). */
const MAX_SYMLINK_HOPS = 40

/**
 * Symbolic links with the name of an application package, to files that were read neither under their own
 * names nor for their content. Debian's alternatives are links to links.
 * @param symlinks those of a layer, with the paths that they lead to
 * @returns each with the path at the end of its links, or with its own path if the links form a circle
 */
function misleadingLinks(
  symlinks: ReadonlyMap<string, string>,
  isNamed: (path: string) => boolean,
  isRead: (path: string) => boolean,
): ReadonlyMap<string, string> {
  const misleading = [...symlinks.keys()].filter(isNamed).flatMap((path) => {
    let target = path
    for (let hop = 0; hop < MAX_SYMLINK_HOPS && symlinks.has(target); hop++) {
      target = symlinks.get(target) ?? target
    }
    return symlinks.has(target) ? [[path, path] as const] : isRead(target) ? [] : [[path, target] as const]
  })
  return new Map(misleading)
}
