import type { ApplicationStatement } from '../../../model/application.js'
import { isJar, isRar } from '../content.js'
import { isVersionEntry, readVersionEntry } from '../versions/texts.js'
import { type Form, formOf, isCodeArchive } from './forms.js'
import { archiveName, readPom } from './jar.js'
import { asUnreadable, readGemspec, readMetadata, readPackageFileName, statement } from './texts.js'
import { NotZip, storedEntry, unpackEntry, type ZipEntry, ZipError, zipEntries } from './zip.js'
import { bytesOf, hasZipRecords, JAR_START_BYTES, type ZipSource } from './zip-records.js'

/** The remaining budget for unpacking: bytes of one image's nested archives, with their manifests. */
export interface UnpackBudget {
  left: number
}

/** An ear contains wars, wars contain jars, and a shaded jar may contain one more. */
const DEEPEST = 5
/** Manifests with a digest of each class have some megabytes, and so has a README in Python's metadata. */
const TEXT_BYTES = 4 * 2 ** 20
/** pom.properties has three lines. */
const POM_BYTES = 64 * 2 ** 10
/** An archive in an archive, unpacked in memory. A stored one is read in place. */
const INNER_BYTES = 128 * 2 ** 20
/** The cost of one entry in addition to its bytes. */
const ENTRY_COST = 100
/** Statements per file: a server with all of its parts has some thousand. */
const MOST_STATEMENTS = 5000

const POM = /(?:^|\/)META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/
const MANIFEST = 'META-INF/MANIFEST.MF'

/** What is read in an archive as it is in a folder. JRuby loads gems from wars and jars (Warbler, jar-dependencies). */
const TEXTS: Readonly<Partial<Record<Form, typeof readMetadata>>> = { python: readMetadata, gem: readGemspec }

interface Archive {
  readonly source: ZipSource
  readonly fileName: string
  /** The archives that it is in, and itself; empty: it is the file. */
  readonly inside: readonly string[]
  readonly budget: UnpackBudget
  /** All statements of the file. */
  readonly found: ApplicationStatement[]
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
  const found: ApplicationStatement[] = []
  read({ source, fileName, inside: [], budget, found })
  return found
}

/** Where the names of a zip's files are, if its directory can't be read. */
const TAIL_BYTES = 4 * 2 ** 20

/**
 * A `.zip` is an archive of code if Python finds packages in it (`zipimport`, `importlib.metadata`). All others are data,
 * of which nothing is said, however broken.
 */
export function readPythonZip(
  source: ZipSource,
  fileName: string,
  budget: UnpackBudget,
): readonly ApplicationStatement[] {
  return holds(source, ['python']) ? readCodeArchive(source, fileName, budget) : []
}

function holds(source: ZipSource, forms: readonly Form[]): boolean {
  try {
    return zipEntries(source).some(({ name }) => forms.some((form) => form === formOf(name)))
  } catch (error) {
    if (!(error instanceof ZipError)) {
      throw error
    }
    const tail = source.read(Math.max(0, source.size - TAIL_BYTES), TAIL_BYTES).toString('latin1')
    return !(error instanceof NotZip) && /\.dist-info\/METADATA|\.egg-info|EGG-INFO\/PKG-INFO/.test(tail)
  }
}

function read(archive: Archive): void {
  const { source, fileName, inside, budget, found } = archive
  let entries: readonly ZipEntry[]
  try {
    entries = zipEntries(source)
    pay(budget, entries.length * ENTRY_COST)
  } catch (error) {
    if (error instanceof NotZip && !hasZipRecords(source)) {
      found.push(...nothingIn(archive))
    } else if (!(error instanceof NotZip) || isArchiveOfCode(archive)) {
      failed(archive, error)
    }
    return
  }
  const own = readTexts(archive, entries)
  found.push(...own.statements)
  if (found.length >= MOST_STATEMENTS) {
    found.push(asUnreadable(`it contains more than ${MOST_STATEMENTS} packages`, placeOf(archive)))
    return
  }
  if (formOf(fileName) !== 'zip' || own.manifest !== '') {
    found.push(...archiveName({ source, fileName, where: placeOf(archive), ...own }))
  }
  for (const entry of entries) {
    const form = formOf(entry.name)
    const path = [...inside, entry.name]
    if (form === 'package-file') {
      found.push(...readPackageFileName(entry.name, path.join(':')))
    } else if (form === 'archive' || form === 'zip') {
      readInner(archive, entry, path, form)
    }
    if (found.length > MOST_STATEMENTS) {
      return
    }
  }
}

/** An empty file or a text with such a name (a placeholder, a pointer of Git LFS): nothing can be loaded from it. */
function nothingIn(archive: Archive): readonly ApplicationStatement[] {
  return isArchiveOfCode(archive) ? [statement('jar', archive.fileName, null, placeOf(archive))] : []
}

/** Not so a RAR archive, or a script that only looked as if there was a zip behind it. */
function isArchiveOfCode({ source, fileName }: Archive): boolean {
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
  const { fileName, found } = archive
  const where = placeOf(archive)
  const statements: ApplicationStatement[] = []
  let manifest = ''
  let isBroken = false
  for (const entry of entries) {
    if (found.length + statements.length >= MOST_STATEMENTS) {
      break
    }
    const form = formOf(entry.name)
    try {
      if (POM.test(entry.name)) {
        statements.push(...readPom(unpacked(archive, entry, POM_BYTES).toString('utf8'), where))
      } else if (entry.name === MANIFEST) {
        manifest = unpacked(archive, entry, TEXT_BYTES).toString('utf8')
      } else if (form !== null && Object.hasOwn(TEXTS, form)) {
        const text = unpacked(archive, entry, TEXT_BYTES).toString('utf8')
        statements.push(...(TEXTS[form]?.(text, `${fileName}/${entry.name}`, where) ?? []))
      }
      if (where === null && isVersionEntry(fileName, entry.name)) {
        found.push(...readVersionEntry(fileName, unpacked(archive, entry, TEXT_BYTES).toString('utf8')))
      }
    } catch (error) {
      isBroken = true
      failed(archive, error)
    }
  }
  return { statements, manifest, isBroken }
}

/** A `.zip` in an archive may bring its jars (a launcher unpacks them), and else is data. */
function readInner(
  archive: Archive,
  entry: ZipEntry,
  inside: readonly string[],
  form: 'archive' | 'zip',
): void {
  try {
    if (inside.length > DEEPEST || archive.found.length >= MOST_STATEMENTS) {
      throw new ZipError(
        `its archives are nested more than ${DEEPEST} levels deep, or it contains more than ${MOST_STATEMENTS} packages`,
      )
    }
    // What is read in place costs what its own directory and files do.
    const source = storedEntry(archive.source, entry) ?? bytesOf(unpacked(archive, entry, INNER_BYTES))
    pay(archive.budget, ENTRY_COST)
    if (form === 'zip' && !holds(source, ['archive', 'python'])) {
      return
    }
    read({ ...archive, source, fileName: entry.name.slice(entry.name.lastIndexOf('/') + 1), inside })
  } catch (error) {
    failed(archive, error)
  }
}

function failed(archive: Archive, error: unknown): void {
  if (!(error instanceof ZipError)) {
    throw error
  }
  archive.found.push(asUnreadable(error.message, placeOf(archive)))
}

/** `null`: it is the file itself. */
function placeOf({ inside }: Archive): string | null {
  return inside.length === 0 ? null : inside.join(':')
}

/**
 * Reading costs the bytes that are read, packed or not, plus something per entry, since one may be named again and
 * again.
 */
function unpacked({ source, budget }: Archive, entry: ZipEntry, most: number): Buffer {
  if (Math.max(entry.size, entry.packed) <= most) {
    pay(budget, Math.max(entry.size, entry.packed) + ENTRY_COST)
  }
  return unpackEntry(source, entry, most)
}

function pay(budget: UnpackBudget, cost: number): void {
  if (cost > budget.left) {
    throw new ZipError('the archives in this image unpack to more than the limit')
  }
  budget.left -= cost
}
