import type { ApplicationStatement } from '../../../../model/index.js'
import { NotZip, storedEntry, unpackEntry, type ZipEntry, ZipError, zipEntries } from '../../formats/zip.js'
import { bufferSource, hasZipRecords, JAR_START_BYTES, type ZipSource } from '../../formats/zip-records.js'
import { isJar, isRar } from '../../store/format.js'
import { isVersionEntry, readVersionEntry } from '../versions/texts.js'
import { type Form, formOf, isCodeArchive } from './forms.js'
import { archiveName, POM_PATH, readPomProperties } from './jar.js'
import { asUnreadable, readGemspec, readMetadata, readPackageFileName, statement } from './texts.js'

/** Bytes that may still be unpacked from the archives of one image. */
export interface UnpackBudget {
  remainingBytes: number
}

/** Limit for archives within archives: ears contain wars, wars jars, and a shaded jar perhaps one more. */
const MAX_NESTING = 5
/** Limit for one text: manifests with a digest of each class and Python's READMEs have some megabytes. */
const MAX_TEXT_BYTES = 4 * 2 ** 20
/** pom.properties has three lines. */
const MAX_POM_BYTES = 64 * 2 ** 10
/** Limit for a compressed archive in an archive: it is unpacked in memory. A stored one is read in place. */
const MAX_INNER_BYTES = 128 * 2 ** 20
/** Cost of one entry in addition to its bytes, in the same unit. */
const ENTRY_COST = 100
/** Statements per file: a server with all of its parts has some thousand. */
const MAX_STATEMENTS = 5000

const MANIFEST_PATH = 'META-INF/MANIFEST.MF'

/** Texts read in archives as in folders. JRuby loads gems from wars and jars (Warbler, jar-dependencies). */
const METADATA_READERS: Readonly<Partial<Record<Form, typeof readMetadata>>> = {
  python: readMetadata,
  gem: readGemspec,
}

interface Archive {
  readonly source: ZipSource
  readonly fileName: string
  /** Names of the archives that contain it, and its own; empty for the outermost archive. */
  readonly archivePath: readonly string[]
  readonly budget: UnpackBudget
  /** All statements about the outermost archive and those in it. */
  readonly statements: ApplicationStatement[]
}

/**
 * The packages in a code archive and in the archives inside it: by pom.properties, Python's metadata and
 * gemspecs (all of them: a shaded jar has several), and by the manifest or the file name, unless one of these
 * is about the archive itself. What cannot be read becomes a statement too. Nothing is executed.
 * @param fileName of the archive, which may also be a script or a jar of any name; then it may turn out not
 * to be an archive
 */
export function readCodeArchive(
  source: ZipSource,
  fileName: string,
  budget: UnpackBudget,
): readonly ApplicationStatement[] {
  const statements: ApplicationStatement[] = []
  readArchive({ source, fileName, archivePath: [], budget, statements })
  return statements
}

/** Bytes at the end of a zip that are searched for names of files if its central directory cannot be read. */
const NAMES_TAIL_BYTES = 4 * 2 ** 20

/**
 * A `.zip` is a code archive if Python finds packages in it (`zipimport`, `importlib.metadata`). All others
 * are data, and nothing is reported about them, however broken they are.
 */
export function readPythonZip(
  source: ZipSource,
  fileName: string,
  budget: UnpackBudget,
): readonly ApplicationStatement[] {
  return containsForm(source, ['python']) ? readCodeArchive(source, fileName, budget) : []
}

function containsForm(source: ZipSource, forms: readonly Form[]): boolean {
  try {
    return zipEntries(source).some(({ name }) => forms.some((form) => form === formOf(name)))
  } catch (error) {
    if (!(error instanceof ZipError)) {
      throw error
    }
    const tail = source.read(Math.max(0, source.size - NAMES_TAIL_BYTES), NAMES_TAIL_BYTES).toString('latin1')
    return !(error instanceof NotZip) && /\.dist-info\/METADATA|\.egg-info|EGG-INFO\/PKG-INFO/.test(tail)
  }
}

function readArchive(archive: Archive): void {
  const { source, fileName, archivePath, budget, statements: allStatements } = archive
  let entries: readonly ZipEntry[]
  try {
    entries = zipEntries(source)
    pay(budget, entries.length * ENTRY_COST)
  } catch (error) {
    if (error instanceof NotZip && !hasZipRecords(source)) {
      allStatements.push(...placeholderStatement(archive))
    } else if (!(error instanceof NotZip) || isCodeArchiveFile(archive)) {
      addUnreadable(archive, error)
    }
    return
  }
  const ownTexts = readTexts(archive, entries)
  allStatements.push(...ownTexts.statements)
  if (allStatements.length >= MAX_STATEMENTS) {
    allStatements.push(asUnreadable(`it contains more than ${MAX_STATEMENTS} packages`, nestedPath(archive)))
    return
  }
  if (formOf(fileName) !== 'zip' || ownTexts.manifest !== '') {
    allStatements.push(...archiveName({ source, fileName, nestedIn: nestedPath(archive), ...ownTexts }))
  }
  for (const entry of entries) {
    const form = formOf(entry.name)
    const entryPath = [...archivePath, entry.name]
    if (form === 'package-file') {
      allStatements.push(...readPackageFileName(entry.name, entryPath.join(':')))
    } else if (form === 'archive' || form === 'zip') {
      readNestedArchive(archive, entry, entryPath, form)
    }
    if (allStatements.length > MAX_STATEMENTS) {
      return
    }
  }
}

/** An archive's name, but no zip (empty, a Git LFS pointer): nothing can be loaded from the file. */
function placeholderStatement(archive: Archive): readonly ApplicationStatement[] {
  return isCodeArchiveFile(archive) ? [statement('jar', archive.fileName, null, nestedPath(archive))] : []
}

/** False for a RAR archive, and for a script that merely looked as if a zip was appended to it. */
function isCodeArchiveFile({ source, fileName }: Archive): boolean {
  const head = source.read(0, JAR_START_BYTES)
  return isJar(head) || (isCodeArchive(fileName) && !isRar(head))
}

function readTexts(
  archive: Archive,
  entries: readonly ZipEntry[],
): {
  readonly statements: readonly ApplicationStatement[]
  readonly manifest: string
  readonly isBroken: boolean
} {
  const { fileName, statements: allStatements } = archive
  const nestedIn = nestedPath(archive)
  const statements: ApplicationStatement[] = []
  let manifest = ''
  let isBroken = false
  for (const entry of entries) {
    if (allStatements.length + statements.length >= MAX_STATEMENTS) {
      break
    }
    const form = formOf(entry.name)
    try {
      if (POM_PATH.test(entry.name)) {
        statements.push(
          ...readPomProperties(unpacked(archive, entry, MAX_POM_BYTES).toString('utf8'), nestedIn),
        )
      } else if (entry.name === MANIFEST_PATH) {
        manifest = unpacked(archive, entry, MAX_TEXT_BYTES).toString('utf8')
      } else if (form !== null && Object.hasOwn(METADATA_READERS, form)) {
        const text = unpacked(archive, entry, MAX_TEXT_BYTES).toString('utf8')
        statements.push(...(METADATA_READERS[form]?.(text, `${fileName}/${entry.name}`, nestedIn) ?? []))
      }
      if (nestedIn === null && isVersionEntry(fileName, entry.name)) {
        allStatements.push(
          ...readVersionEntry(fileName, unpacked(archive, entry, MAX_TEXT_BYTES).toString('utf8')),
        )
      }
    } catch (error) {
      isBroken = true
      addUnreadable(archive, error)
    }
  }
  return { statements, manifest, isBroken }
}

/** A `.zip` in an archive may contain jars (which a launcher unpacks) or Python packages; others are data. */
function readNestedArchive(
  archive: Archive,
  entry: ZipEntry,
  archivePath: readonly string[],
  form: 'archive' | 'zip',
): void {
  try {
    if (archivePath.length > MAX_NESTING || archive.statements.length >= MAX_STATEMENTS) {
      throw new ZipError(
        `its archives are nested more than ${MAX_NESTING} levels deep, or it contains more than ${MAX_STATEMENTS} packages`,
      )
    }
    // An archive that is read in place costs only its directory and the files that are read.
    const source =
      storedEntry(archive.source, entry) ?? bufferSource(unpacked(archive, entry, MAX_INNER_BYTES))
    pay(archive.budget, ENTRY_COST)
    if (form === 'zip' && !containsForm(source, ['archive', 'python'])) {
      return
    }
    readArchive({
      ...archive,
      source,
      fileName: entry.name.slice(entry.name.lastIndexOf('/') + 1),
      archivePath,
    })
  } catch (error) {
    addUnreadable(archive, error)
  }
}

function addUnreadable(archive: Archive, error: unknown): void {
  if (!(error instanceof ZipError)) {
    throw error
  }
  archive.statements.push(asUnreadable(error.message, nestedPath(archive)))
}

/** Path of an archive within the outermost one; `null` for the outermost one. */
function nestedPath({ archivePath }: Archive): string | null {
  return archivePath.length === 0 ? null : archivePath.join(':')
}

/** Unpacking costs an entry's bytes, packed or unpacked, and a fixed sum: directories may repeat entries. */
function unpacked({ source, budget }: Archive, entry: ZipEntry, maxBytes: number): Buffer {
  if (Math.max(entry.size, entry.packed) <= maxBytes) {
    pay(budget, Math.max(entry.size, entry.packed) + ENTRY_COST)
  }
  return unpackEntry(source, entry, maxBytes)
}

function pay(budget: UnpackBudget, cost: number): void {
  if (cost > budget.remainingBytes) {
    throw new ZipError('the archives in this image unpack to more than the limit')
  }
  budget.remainingBytes -= cost
}
