import { hash } from 'node:crypto'
import type { ApplicationStatement } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import { broadcast } from '../../formats/tar-reader.js'
import { bufferSource, type ZipSource } from '../../formats/zip-records.js'
import type { LayerEntry, LayerTree } from '../../tree/layer-tree.js'
import { readContent } from '../content.js'
import { namedVersions } from '../versions/search.js'
import { createArchiveReader, isKnownByContent } from './archives.js'
import { FILE_READINGS, type Form, formOf } from './forms.js'
import { type FoundProgram, programBody, programStatements } from './program.js'
import * as texts from './texts.js'

type Statements = readonly ApplicationStatement[]

/** What a file says by its name, and its MD5 sum if it was computed. */
export interface NamedReading {
  readonly md5: string | null
  readonly statements: Statements
}

/** What a file says by its content: as a well-known program, a code archive, and a program of Go or Rust. */
interface ContentReading {
  readonly versions: Statements
  readonly archive: Statements
  readonly program: Statements
}

export interface ApplicationReading {
  readonly named: NamedReading
  readonly content: ContentReading
}

export const NO_NAME: NamedReading = { md5: null, statements: [] }
const NO_CONTENT: ContentReading = { versions: [], archive: [], program: [] }

export function allStatements({ named, content }: ApplicationReading): Statements {
  return [named.statements, content.versions, content.archive, content.program].flat()
}

/** The smallest possible program: an ELF header with one program header (System V ABI). */
const MIN_PROGRAM_BYTES = 120

/** Shared libraries are loaded, and programs run through ld.so, whatever their mode. */
export function isProgram({ format, size }: LayerEntry): boolean {
  return format === 'elf' && size >= MIN_PROGRAM_BYTES
}

/**
 * Reads what files of a layer say about applications.
 * @param onCut called with what is left out because of a limit, and the path
 */
export function createFileReader(
  tree: LayerTree,
  limits: Limits,
  usage: Usage,
  onCut: (what: string, path: string) => void,
) {
  const readArchive = createArchiveReader(limits, usage)
  /** By the number of the file's entry: hard links share what it says. */
  const readings = new Map<number, ApplicationReading>()

  function sourceOf(file: LayerEntry): ZipSource {
    return file.size <= limits.jarBytes
      ? bufferSource(tree.bytesOf(file))
      : { size: file.size, read: tree.read(file) }
  }

  /** @param path of the file, or of a hard link to it */
  function readByName(path: string, file: LayerEntry, form: Form): NamedReading {
    const { size, offset } = file
    if (form === 'archive' || form === 'zip') {
      if (size > limits.storedJarBytes) {
        // Nothing shows that a zip of this size is more than data.
        return form === 'zip' ? NO_NAME : unread(size, limits.storedJarBytes)
      }
      const source = sourceOf(file)
      const isRead = form === 'archive' || !isKnownByContent(source)
      return isRead ? { md5: null, statements: readArchive(path, source, offset) } : NO_NAME
    }
    const { maxBytes, headBytes, statements } = FILE_READINGS[form]
    if (size > maxBytes) {
      return unread(size, maxBytes)
    }
    const head = tree.read(file)(0, Math.min(headBytes, size))
    // Hashing a small file now costs less than reading it again.
    const md5 = size <= headBytes ? hash('md5', head) : null
    return { md5, statements: statements(head.toString('utf8'), path) }
  }

  /** The statements about a well-known program count within a limit, since each is kept in memory. */
  function countVersions(path: string, versions: Statements): Statements {
    usage.namedPrograms += versions.length === 0 ? 0 : 1
    if (usage.namedPrograms <= limits.namedPrograms) {
      return versions
    }
    onCut(`more than ${limits.namedPrograms} files named as well-known programs in the image`, path)
    return []
  }

  /** @param path of the file, or of a hard link to it */
  async function readProgram(path: string, file: LayerEntry): Promise<ContentReading> {
    const { found, versions: foundVersions } = await searchProgram(tree, path, file)
    const versions = countVersions(path, foundVersions)
    if (found === null) {
      return { ...NO_CONTENT, versions }
    }
    const budget = { remainingBytes: limits.unpackedBytes - usage.unpackedBytes }
    const program = programStatements(found, tree.read(file), budget)
    usage.unpackedBytes = limits.unpackedBytes - budget.remainingBytes
    return { ...NO_CONTENT, versions, program }
  }

  /**
   * Code archives of any name by their content: a jar, or a script with an archive at its end that Python, Java or PHP
   * runs.
   */
  function readArchiveIn(file: LayerEntry): Statements {
    const { path, size, offset, format } = file
    const appended = format === 'script' ? readContent(file, tree.read(file))?.appendedArchive : null
    const isArchive = format === 'jar' || (format === 'script' && appended !== null)
    if (!isArchive || formOf(path) === 'archive') {
      return []
    }
    if (appended === 'phar') {
      return texts.readPharName(path)
    }
    return size > limits.storedJarBytes
      ? unread(size, limits.storedJarBytes).statements
      : readArchive(path, sourceOf(file), offset)
  }

  async function read(file: LayerEntry): Promise<ApplicationReading> {
    const { path } = file
    const form = formOf(path)
    const named = form === null ? NO_NAME : readByName(path, file, form)
    const content = isProgram(file)
      ? await readProgram(path, file)
      : { ...NO_CONTENT, archive: readArchiveIn(file) }
    return { named, content }
  }

  return {
    readByName,
    readProgram,
    /** What a file says by its own name and its content. */
    async read(file: LayerEntry): Promise<ApplicationReading> {
      const reading = readings.get(file.id) ?? (await read(file))
      if (allStatements(reading).length > 0) {
        readings.set(file.id, reading)
      }
      return reading
    },
  }
}

function unread(size: number, limit: number): NamedReading {
  return { md5: null, statements: [texts.tooLarge(size, limit)] }
}

/** @param path whose name may be that of a well-known program */
async function searchProgram(
  tree: LayerTree,
  path: string,
  file: LayerEntry,
): Promise<{ readonly found: FoundProgram | null; readonly versions: Statements }> {
  const result = { found: null as FoundProgram | null, versions: [] as Statements }
  const body = broadcast([
    programBody((found) => {
      result.found = found
    }),
    namedVersions(path, (versions) => {
      result.versions = versions
    }),
  ])
  for (const piece of tree.chunksOf(file)) {
    body?.write(piece)
    await tree.turn()
  }
  body?.end()
  return result
}
