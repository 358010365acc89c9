import type { ApplicationStatement } from '../../../model/application.js'
import { isJar, isRar } from '../content.js'
import { isVersionEntry, readVersionEntry } from '../versions/texts.js'
import { type Form, formOf, isCodeArchive } from './forms.js'
import { archiveName, readPom } from './jar.js'
import { asUnreadable, readGemspec, readMetadata, readPackageFileName, statement } from './texts.js'
import { NotZip, storedEntry, unpackEntry, type ZipEntry, ZipError, zipEntries } from './zip.js'
import { bufferSource, hasZipRecords, JAR_START_BYTES, type ZipSource } from './zip-records.js'

/** The remaining budget for unpacking: bytes of one image's nested archives, with their manifests. */
export interface UnpackBudget {
  remainingBytes: number
}

/** An ear contains wars, wars contain jars, and a shaded jar may contain one more. */
const MAX_NESTING = 5
/** Manifests with a digest of each class have some megabytes, and so has a README in Python's metadata. */
const MAX_TEXT_BYTES = 4 * 2 ** 20
/** pom.properties has three lines. */
const MAX_POM_BYTES = 64 * 2 ** 10
/** An archive in an archive, unpacked in memory. A stored one is read in place. */
const MAX_INNER_BYTES = 128 * 2 ** 20
/** The cost of one entry in addition to its bytes. */
const ENTRY_COST = 100
/** Statements per file: a server with all of its parts has some thousand. */
const MAX_STATEMENTS = 5000

const POM_PATH = /(?:^|\/)META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/
const MANIFEST_PATH = 'META-INF/MANIFEST.MF'

/** What is read in an archive as it is in a folder. JRuby loads gems from wars and jars (Warbler, jar-dependencies). */
const METADATA_READERS: Readonly<Partial<Record<Form, typeof readMetadata>>> = {
  python: readMetadata,
  gem: readGemspec,
}

interface Archive {
  readonly source: ZipSource
  readonly fileName: string
  /** The archives that it is in, and itself; empty: it is the file. */
  readonly archivePath: readonly string[]
  readonly budget: UnpackBudget
  /** All statements of the file. */
  readonly statements: ApplicationStatement[]
}

/**
 * The packages in an archive of code, and in those inside it: by pom.properties, Python's metadata and gemspecs (all of
 * them: a shaded jar has several), and by the manifest or the file name, unless one of these is about the archive itself. What
 * cannot be read becomes a statement too. Nothing is executed.
 * @param fileName of a script or a jar, if it has no ending of such archives: then a script need not be one
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

/** Where the names of a zip's files are, if its directory can't be read. */
const NAMES_TAIL_BYTES = 4 * 2 ** 20

/**
 * A `.zip` is an archive of code if Python finds packages in it (`zipimport`, `importlib.metadata`). All others are data,
 * of which nothing is said, however broken.
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
    allStatements.push(...archiveName({ source, fileName, where: nestedPath(archive), ...ownTexts }))
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

/** An empty file or a text with such a name (a placeholder, a pointer of Git LFS): nothing can be loaded from it. */
function placeholderStatement(archive: Archive): readonly ApplicationStatement[] {
  return isCodeArchiveFile(archive) ? [statement('jar', archive.fileName, null, nestedPath(archive))] : []
}

/** Not so a RAR archive, or a script that only looked as if there was a zip behind it. */
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
  const where = nestedPath(archive)
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
        statements.push(...readPom(unpacked(archive, entry, MAX_POM_BYTES).toString('utf8'), where))
      } else if (entry.name === MANIFEST_PATH) {
        manifest = unpacked(archive, entry, MAX_TEXT_BYTES).toString('utf8')
      } else if (form !== null && Object.hasOwn(METADATA_READERS, form)) {
        const text = unpacked(archive, entry, MAX_TEXT_BYTES).toString('utf8')
        statements.push(...(METADATA_READERS[form]?.(text, `${fileName}/${entry.name}`, where) ?? []))
      }
      if (where === null && isVersionEntry(fileName, entry.name)) {
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

/** A `.zip` in an archive may bring its jars (a launcher unpacks them), and else is data. */
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
    // What is read in place costs what its own directory and files do.
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

/** `null`: it is the file itself. */
function nestedPath({ archivePath }: Archive): string | null {
  return archivePath.length === 0 ? null : archivePath.join(':')
}

/**
 * Reading costs the bytes that are read, packed or not, plus something per entry, since one may be named again and
 * again.
 */
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
