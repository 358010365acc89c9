import type { ApplicationFile, ApplicationStatement } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import { relativePath, symlinkTarget } from '../../formats/path.js'
import type { TarEntry } from '../../formats/tar-header.js'
import { type Body, broadcast } from '../../formats/tar-reader.js'
import { type Content, isElf } from '../content.js'
import { namedProgram } from '../versions/patterns.js'
import { namedVersions } from '../versions/search.js'
import { formOf } from './forms.js'
import { type LinkTarget, misleadingLinks } from './links.js'
import { type FoundProgram, needsFile, programBody, programStatements } from './program.js'
import {
  addStatements,
  type Files,
  keepFile,
  keepVersions,
  newFiles,
  payForLink,
  readByName,
} from './scan-files.js'
import { chunksIn, type Extent, type ReadAt, readWithin } from './stored.js'
import type { StoredFiles, WantedFiles } from './stored-files.js'
import * as texts from './texts.js'

/** Finds application packages while a layer is read. */
export interface ApplicationScan {
  /** Returns the receiver of the body of an entry that is not a directory; `null`: not needed. */
  entry(path: string, tarEntry: TarEntry): Body | null
  /** Returns the receiver of an ELF file's bytes; `null`: not needed. */
  program(path: string, tarEntry: TarEntry): Body | null
  /** Called after a file has been read, with its format. */
  content(path: string, tarEntry: TarEntry, content: Content): void
  /** Called for a directory, or a path that a later entry of the layer replaces. */
  forget(path: string, isDirectory: boolean): void
  /** What `finish` reads of the stored layer. */
  wanted(): WantedFiles
  /**
   * Reads what is known to be needed only now: files behind hard links, and parts of programs.
   * @param stored `null`: the layer was not stored
   */
  finish(stored: StoredFiles | null): {
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
}

export function createApplicationScan(limits: Limits, usage: Usage): ApplicationScan {
  const scan = newFiles(limits, usage)
  return {
    entry: (path, tarEntry) => onEntry(scan, path, tarEntry),
    program: (path, tarEntry) => searchProgram(scan, path, tarEntry),
    content: (path, tarEntry, found) => onContent(scan, path, tarEntry, found),
    forget: scan.known.forget,
    wanted: () => wantedFiles(scan),
    finish: (stored) => finish(scan, stored),
  }
}

function wantedFiles({ deferredArchives, programs, hardLinks }: Files): WantedFiles {
  const readPrograms = [...programs.values()].filter(needsFile)
  return { extents: [...deferredArchives.values(), ...readPrograms], links: hardLinks }
}

function readDeferred(scan: Files, read: ReadAt | null): void {
  const readOffsets = new Set<number>()
  for (const [path, extent] of scan.deferredArchives) {
    const { offset, size } = extent
    if (read === null) {
      addStatements(scan, path, [texts.asUnreadable('the layer is not stored')], extent)
    } else if (!readOffsets.has(offset) || payForLink(scan, path, size)) {
      const source = { size, read: readWithin(read, extent) }
      addStatements(scan, path, scan.readArchive(path, source, offset), extent)
    }
    readOffsets.add(offset)
  }
}

/** A link that has the name of another form of package is read again under that name. */
function onHardLink(scan: Files, path: string, tarEntry: TarEntry): void {
  const target = relativePath(tarEntry.linkPath) ?? ''
  const program = scan.programs.get(target)
  if (program !== undefined) {
    scan.known.note(scan.programs, path, program)
  }
  const script = scan.deferredArchives.get(target)
  if (script !== undefined) {
    scan.known.note(scan.deferredArchives, path, script)
    return
  }
  const form = formOf(path)
  const file = form === null || form === formOf(target) ? scan.files.get(target) : undefined
  if (file !== undefined) {
    keepFile(scan, path, file, scan.extents.get(target))
  } else if (form !== null || namedProgram(path) !== null) {
    noteHardLink(scan, path, tarEntry)
  }
}

function noteHardLink(scan: Files, path: string, tarEntry: TarEntry): void {
  if (scan.hardLinks.size < scan.limits.applicationStatements) {
    scan.known.note(scan.hardLinks, path, tarEntry)
  } else {
    scan.cut = `more than ${scan.limits.applicationStatements} hard links to application packages in a layer`
    scan.cutAt ??= path
  }
}

/** Reads the file behind a hard link as if it were at the link's path: only now is known where it is. */
function readLinked(
  scan: Files,
  path: string,
  link: TarEntry,
  target: LinkTarget | undefined,
  read: ReadAt | null,
): void {
  const form = formOf(path)
  if (target === undefined || typeof target === 'string' || read === null) {
    const why = typeof target === 'string' ? target : 'a file that was not stored'
    // Unlike other packages, an unread zip is not reported: it may contain only data. So may what is named as a program.
    const isReported = form !== null && form !== 'zip'
    const statements = isReported ? [texts.asUnreadable(`a hard link to ${why}`)] : []
    keepFile(scan, path, { md5: null, says: statements })
    return
  }
  if ((form === null && !isProgram(read, target, scan.limits)) || !payForLink(scan, path, target.size)) {
    return
  }
  const body =
    form === null
      ? namedVersions(path, (statements) => keepVersions(scan, path, statements, target))
      : readByName(scan, path, form, { ...link, type: 'file', ...target })
  if (body !== null) {
    for (const piece of chunksIn(read, target)) {
      body.write(piece)
    }
    body.end()
  }
}

function isProgram(read: ReadAt, { offset, size }: Extent, { storedJarBytes, linkedBytes }: Limits): boolean {
  const isReadable = size >= MIN_PROGRAM_BYTES && size <= Math.min(storedJarBytes, linkedBytes)
  return isReadable && isElf(read(offset, MIN_PROGRAM_BYTES))
}

function readLinks(scan: Files, stored: StoredFiles | null): void {
  const targets = stored?.linkTargets(scan.hardLinks) ?? new Map()
  for (const [path, link] of scan.hardLinks) {
    readLinked(scan, path, link, targets.get(path), stored?.read ?? null)
  }
}

function noteSymlink(scan: Files, path: string, linkPath: string): void {
  if (scan.symlinks.size < scan.limits.applicationStatements || formOf(path) !== null) {
    scan.known.note(scan.symlinks, path, symlinkTarget(path, linkPath))
  }
}

function readPrograms(scan: Files, read: ReadAt | null): void {
  const budget = { remainingBytes: scan.limits.unpackedBytes - scan.usage.unpackedBytes }
  const statementsByProgram = new Map<FoundProgram, readonly ApplicationStatement[]>()
  for (const [path, program] of scan.programs) {
    const statements =
      statementsByProgram.get(program) ?? programStatements(program, read ?? NOT_STORED, program, budget)
    statementsByProgram.set(program, statements)
    addStatements(scan, path, statements, program)
  }
  scan.usage.unpackedBytes = scan.limits.unpackedBytes - budget.remainingBytes
}

function onEntry(scan: Files, path: string, tarEntry: TarEntry): Body | null {
  if (tarEntry.type === 'hardlink') {
    onHardLink(scan, path, tarEntry)
    return null
  }
  // No builder writes a sparse file into a layer, and it may be a program whatever its name and mode are.
  if (tarEntry.type === 'sparse') {
    keepFile(scan, path, { md5: null, says: [texts.asUnreadable('a sparse file')] })
    return null
  }
  if (tarEntry.type === 'symlink') {
    noteSymlink(scan, path, tarEntry.linkPath)
    return null
  }
  return tarEntry.type === 'file' ? readByName(scan, path, formOf(path), tarEntry) : null
}

function searchProgram(scan: Files, path: string, { offset, size }: TarEntry): Body | null {
  // Shared libraries are loaded, and programs run through ld.so, whatever their mode.
  return size < MIN_PROGRAM_BYTES
    ? null
    : broadcast([
        programBody((found) => scan.known.note(scan.programs, path, { ...found, offset, size })),
        namedVersions(path, (statements) => keepVersions(scan, path, statements, { offset, size })),
      ])
}

/**
 * Files of any name that are code archives by their content: a jar, or a script with an archive at its end
 * that Python, Java or PHP runs.
 */
function onContent(
  scan: Files,
  path: string,
  { size, offset }: TarEntry,
  { format, appendedArchive }: Content,
): void {
  const isArchive = format === 'jar' || (format === 'script' && appendedArchive !== null)
  if (!isArchive || formOf(path) === 'archive') {
    return
  }
  if (appendedArchive === 'phar') {
    addStatements(scan, path, texts.readPharName(path), { offset, size })
  } else if (size > scan.limits.storedJarBytes) {
    addStatements(scan, path, [texts.tooLarge(size, scan.limits.storedJarBytes)], { offset, size })
  } else {
    scan.known.note(scan.deferredArchives, path, { offset, size })
  }
}

function finish(scan: Files, stored: StoredFiles | null): ReturnType<ApplicationScan['finish']> {
  const read = stored?.read ?? null
  readLinks(scan, stored)
  readDeferred(scan, read)
  readPrograms(scan, read)
  const hasPackageName = (path: string) => {
    const form = formOf(path)
    return form === 'version' ? VERSION_LINK_PATH.test(path) : form !== null && form !== 'zip'
  }
  const isRead = (path: string) => hasPackageName(path) || scan.files.has(path)
  const { files, extents, cut, cutAt } = scan
  return { files, extents, cut, cutAt, symlinks: misleadingLinks(scan.symlinks, hasPackageName, isRead) }
}

/**
 * Links with these names are reported if they lead to no file that was read; links called `VERSION` are
 * common.
 */
const VERSION_LINK_PATH = /\/(?:node_version\.h|patchlevel\.h|rbconfig\.rb|php_version\.h|release)$/

const NOT_STORED: ReadAt = () => Buffer.alloc(0)

/** The smallest possible program: an ELF header with one program header (System V ABI). */
const MIN_PROGRAM_BYTES = 120
