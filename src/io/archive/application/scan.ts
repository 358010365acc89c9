import type { ApplicationFile, ApplicationStatement } from '../../../model/application.js'
import type { Content } from '../content.js'
import type { Limits, Usage } from '../limits.js'
import { relativePath, symlinkTarget } from '../path.js'
import type { TarEntry } from '../tar-header.js'
import { allOf, type Body } from '../tar-reader.js'
import { namedVersions } from '../versions/search.js'
import { formOf } from './forms.js'
import { type Linked, misleadingLinks, resolveLinks } from './links.js'
import { type PassedProgram, programBody, programStatements } from './program.js'
import { add, byName, type Files, keepFile, keepVersions, noFiles, payForLink } from './scan-files.js'
import { type Extent, piecesOf, type ReadAt, within } from './stored.js'
import * as texts from './texts.js'

/** A layer's application content, found as its bytes pass. */
export interface ApplicationScan {
  /** Returns what takes the body of an entry that is not a directory; `null`: nobody wants it. */
  entry(path: string, current: TarEntry): Body | null
  /** Returns what takes an ELF file's bytes; `null`: nobody wants them. */
  program(path: string, current: TarEntry): Body | null
  /** Called with what a file is by its content, once it has passed. */
  content(path: string, current: TarEntry, content: Content): void
  /** Called for a directory, or a path that a later entry of the layer replaces. */
  forget(path: string, isDirectory: boolean): void
  /**
   * What the bytes that passed only point to is read now: files behind hard links, and places in programs.
   * @param read the stored layer, by positions in its tar; `null`: it was not stored
   */
  finish(read: ReadAt | null): {
    readonly files: ReadonlyMap<string, ApplicationFile>
    /** Of files whose MD5 sum is not computed here. */
    readonly places: ReadonlyMap<string, Extent>
    readonly cut: string | null
    /** The first path that was not read. */
    readonly cutAt: string | null
    /** Symbolic links whose names say what they are, to files that this layer does not read, by their paths. */
    readonly symlinks: ReadonlyMap<string, string>
  }
}

export function createApplicationScan(limits: Limits, usage: Usage): ApplicationScan {
  const scan = noFiles(limits, usage)
  return {
    entry: (path, current) => entry(scan, path, current),
    program: (path, current) => program(scan, path, current),
    content: (path, current, found) => content(scan, path, current, found),
    forget: scan.known.forget,
    finish: (read) => finish(scan, read),
  }
}

function readLater(scan: Files, read: ReadAt | null): void {
  const handled = new Set<number>()
  for (const [path, place] of scan.later) {
    const { at, size } = place
    if (read === null) {
      add(scan, path, [texts.asUnreadable('the layer is not stored')], place)
    } else if (!handled.has(at) || payForLink(scan, path, size)) {
      add(scan, path, scan.readArchive(path, { size, read: within(read, place) }, at), place)
    }
    handled.add(at)
  }
}

/** A program is one under each of its names. What a name says is read again for another kind of name. */
function hardLink(scan: Files, path: string, current: TarEntry): void {
  const target = relativePath(current.linkPath) ?? ''
  const program = scan.programs.get(target)
  if (program !== undefined) {
    scan.known.note(scan.programs, path, program)
  }
  const script = scan.later.get(target)
  if (script !== undefined) {
    scan.known.note(scan.later, path, script)
    return
  }
  const form = formOf(path)
  const file = form === null || form === formOf(target) ? scan.files.get(target) : undefined
  if (file !== undefined) {
    keepFile(scan, path, file, scan.places.get(target))
  } else if (form !== null && scan.links.size < scan.limits.applicationStatements) {
    scan.known.note(scan.links, path, current)
  } else if (form !== null) {
    scan.cut = `more than ${scan.limits.applicationStatements} hard links to application packages in a layer`
    scan.cutAt ??= path
  }
}

/** The file behind a hard link, as if it were at the link's path: only now is it known where its content is. */
function readLinked(
  scan: Files,
  path: string,
  link: TarEntry,
  target: Linked | undefined,
  read: ReadAt | null,
): void {
  if (target === undefined || typeof target === 'string' || read === null) {
    const why = typeof target === 'string' ? target : 'a file that was not stored'
    // A zip may be data alone.
    const statements = formOf(path) === 'zip' ? [] : [texts.asUnreadable(`a hard link to ${why}`)]
    keepFile(scan, path, { md5: null, says: statements })
    return
  }
  if (!payForLink(scan, path, target.size)) {
    return
  }
  const body = byName(scan, path, formOf(path), { ...link, type: 'file', ...target })
  if (body !== null) {
    for (const piece of piecesOf(read, target)) {
      body.write(piece)
    }
    body.end()
  }
}

function readLinks(scan: Files, read: ReadAt | null): void {
  const targets = read === null ? new Map() : resolveLinks(scan.links, read, scan.limits)
  for (const [path, link] of scan.links) {
    readLinked(scan, path, link, targets.get(path), read)
  }
}

function noteSymlink(scan: Files, path: string, linkPath: string): void {
  if (scan.symlinks.size < scan.limits.applicationStatements || formOf(path) !== null) {
    scan.known.note(scan.symlinks, path, symlinkTarget(path, linkPath))
  }
}

function readPrograms(scan: Files, read: ReadAt | null): void {
  const budget = { left: scan.limits.unpackedBytes - scan.usage.unpackedBytes }
  const statementsByProgram = new Map<PassedProgram, readonly ApplicationStatement[]>()
  for (const [path, program] of scan.programs) {
    const statements =
      statementsByProgram.get(program) ?? programStatements(program, read ?? NOT_STORED, program, budget)
    statementsByProgram.set(program, statements)
    add(scan, path, statements, program)
  }
  scan.usage.unpackedBytes = scan.limits.unpackedBytes - budget.left
}

function entry(scan: Files, path: string, current: TarEntry): Body | null {
  if (current.type === 'hardlink') {
    hardLink(scan, path, current)
    return null
  }
  const form = formOf(path)
  // No builder writes one into a layer, and it may be a program whatever its name and mode are.
  if (current.type === 'sparse') {
    keepFile(scan, path, { md5: null, says: [texts.asUnreadable('a sparse file')] })
    return null
  }
  if (current.type === 'symlink') {
    noteSymlink(scan, path, current.linkPath)
    return null
  }
  if (current.type !== 'file') {
    return null
  }
  return byName(scan, path, form, current)
}

function program(scan: Files, path: string, { at, size }: TarEntry): Body | null {
  // Shared libraries are loaded, and programs run through ld.so, whatever their mode.
  return size < SMALLEST_PROGRAM
    ? null
    : allOf([
        programBody((found) => scan.known.note(scan.programs, path, { ...found, at, size })),
        namedVersions(path, (statements) => keepVersions(scan, path, statements, { at, size })),
      ])
}

/** Under any name: a jar, or a script that is the beginning of an archive that Python, Java or PHP runs. */
function content(scan: Files, path: string, { size, at }: TarEntry, { first, behind }: Content): void {
  const isArchive = first === 'jar' || (first === 'script' && behind !== null)
  if (!isArchive || formOf(path) === 'archive') {
    return
  }
  if (behind === 'phar') {
    add(scan, path, texts.readPharName(path), { at, size })
  } else if (size > scan.limits.storedJarBytes) {
    add(scan, path, [texts.tooLarge(size, scan.limits.storedJarBytes)], { at, size })
  } else {
    scan.known.note(scan.later, path, { at, size })
  }
}

function finish(scan: Files, read: ReadAt | null): ReturnType<ApplicationScan['finish']> {
  readLinks(scan, read)
  readLater(scan, read)
  readPrograms(scan, read)
  const isNamed = (path: string) => {
    const form = formOf(path)
    return form === 'version' ? VERSION_LINKS.test(path) : form !== null && form !== 'zip'
  }
  const misleading = misleadingLinks(scan.symlinks, isNamed, (path) => isNamed(path) || scan.files.has(path))
  return {
    files: scan.files,
    places: scan.places,
    cut: scan.cut,
    cutAt: scan.cutAt,
    symlinks: misleading,
  }
}

/** Of the texts that state versions: other names (`VERSION`) are those of many links. */
const VERSION_LINKS = /\/(?:node_version\.h|patchlevel\.h|rbconfig\.rb|php_version\.h|release)$/

const NOT_STORED: ReadAt = () => Buffer.alloc(0)

/** Bytes of an ELF header with one program header (System V ABI). */
const SMALLEST_PROGRAM = 120
