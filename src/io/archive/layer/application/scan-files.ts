import { hash } from 'node:crypto'
import { type ApplicationFile, type ApplicationStatement, createKnownPaths } from '../../../../model/index.js'
import type { Limits, Usage } from '../../formats/limits.js'
import type { TarEntry } from '../../formats/tar-header.js'
import type { Body } from '../../formats/tar-reader.js'
import { bufferSource } from '../../formats/zip-records.js'
import { createArchiveReader, isKnownByContent } from './archives.js'
import { FILE_READINGS, type FileReading, type Form } from './forms.js'
import type { FoundProgram } from './program.js'
import type { Extent } from './stored.js'
import * as texts from './texts.js'

/** Largest buffer that is reused: most archives are smaller. It is kept until the layer has been read. */
const MAX_REUSED_BYTES = 8 * 2 ** 20

/** The application content that was found in a layer so far. */
export type Files = ReturnType<typeof newFiles>

export function newFiles(limits: Limits, usage: Usage) {
  const files = new Map<string, ApplicationFile>()
  const extents = new Map<string, Extent>()
  /** Code archives that are read after the layer has been stored. */
  const deferredArchives = new Map<string, Extent>()
  /** Programs, under each of their paths. */
  const programs = new Map<string, FoundProgram & Extent>()
  /** Hard links with the name of an application package or a well-known program, to files without one. */
  const hardLinks = new Map<string, TarEntry>()
  /** Symbolic links, with the paths of their targets. */
  const symlinks = new Map<string, string>()
  return {
    limits,
    usage,
    files,
    extents,
    deferredArchives,
    programs,
    hardLinks,
    symlinks,
    known: createKnownPaths([files, extents, deferredArchives, programs, hardLinks, symlinks]),
    readArchive: createArchiveReader(limits, usage),
    cut: null as string | null,
    cutAt: null as string | null,
    reusedBuffer: Buffer.alloc(0) as Buffer,
  }
}

export function keepFile(scan: Files, path: string, file: ApplicationFile, extent?: Extent): void {
  if (file.says.length === 0) {
    return
  }
  scan.usage.applicationStatements += file.says.length
  if (scan.usage.applicationStatements > scan.limits.applicationStatements) {
    scan.cut = `more than ${scan.limits.applicationStatements} application packages in the image`
    scan.cutAt ??= path
  } else {
    scan.known.note(scan.files, path, file)
    if (extent !== undefined) {
      scan.known.note(scan.extents, path, extent)
    }
  }
}

function readHead(
  scan: Files,
  path: string,
  { maxBytes, headBytes, statements }: FileReading,
  { size, offset }: TarEntry,
): Body | null {
  if (size > maxBytes) {
    keepFile(scan, path, { md5: null, says: [texts.tooLarge(size, maxBytes)] })
    return null
  }
  const head = Buffer.allocUnsafe(Math.min(headBytes, size))
  let filled = 0
  return {
    write(bytes) {
      filled += bytes.copy(head, filled, 0, head.length - filled)
    },
    end() {
      // Hashing a small file now costs less than opening the layer for it later.
      const isWhole = size <= headBytes
      const file = { md5: isWhole ? hash('md5', head) : null, says: statements(head.toString('utf8'), path) }
      keepFile(scan, path, file, isWhole ? undefined : { offset, size })
    },
  }
}

/** All statements about a file count, since a program may have a misleading name. */
export function addStatements(
  scan: Files,
  path: string,
  statements: readonly ApplicationStatement[],
  extent: Extent,
): void {
  const known = scan.files.get(path) ?? { md5: null, says: [] }
  keepFile(scan, path, { ...known, says: [...known.says, ...statements] }, extent)
}

/** Adds the statements about a well-known program, within a limit, since each is kept in memory. */
export function keepVersions(
  scan: Files,
  path: string,
  statements: readonly ApplicationStatement[],
  extent: Extent,
): void {
  scan.usage.namedPrograms += statements.length === 0 ? 0 : 1
  if (scan.usage.namedPrograms > scan.limits.namedPrograms) {
    scan.cut = `more than ${scan.limits.namedPrograms} files named as well-known programs in the image`
    scan.cutAt ??= path
  } else {
    addStatements(scan, path, statements, extent)
  }
}

/** Archives are read one at a time, and nothing is kept: a new buffer for each takes longer than reading. */
function archiveBuffer(scan: Files, size: number): Buffer {
  if (size > MAX_REUSED_BYTES) {
    return Buffer.allocUnsafe(size)
  }
  if (scan.reusedBuffer.length < size) {
    scan.reusedBuffer = Buffer.allocUnsafe(size)
  }
  return scan.reusedBuffer.subarray(0, size)
}

/** A zip's directory is at its end, so the whole archive must be in memory, or stored. */
function readArchiveBody(
  scan: Files,
  path: string,
  form: 'archive' | 'zip',
  { size, offset }: TarEntry,
): Body | null {
  if (size > scan.limits.storedJarBytes) {
    // Nothing shows that a zip of this size is more than data.
    keepFile(scan, path, {
      md5: null,
      says: form === 'zip' ? [] : [texts.tooLarge(size, scan.limits.storedJarBytes)],
    })
    return null
  }
  if (size > scan.limits.jarBytes) {
    scan.known.note(scan.deferredArchives, path, { offset, size })
    return null
  }
  const bytes = archiveBuffer(scan, size)
  let filled = 0
  return {
    write(chunk) {
      filled += chunk.copy(bytes, filled)
    },
    end() {
      const source = bufferSource(bytes)
      if (form === 'archive' || !isKnownByContent(source)) {
        addStatements(scan, path, scan.readArchive(path, source, offset), { offset, size })
      }
    },
  }
}

/** Counts a file that is read once more for a hard link; false if that exceeds the limit. */
export function payForLink(scan: Files, path: string, size: number): boolean {
  scan.usage.linkedBytes += size
  const isWithinLimit = scan.usage.linkedBytes <= scan.limits.linkedBytes
  if (!isWithinLimit) {
    const what = `the files behind hard links add up to more than ${scan.limits.linkedBytes} bytes`
    keepFile(scan, path, { md5: null, says: [texts.asUnreadable(what)] })
  }
  return isWithinLimit
}

/** Returns the receiver for a file of this form; `null`: it is not read. */
export function readByName(scan: Files, path: string, form: Form | null, tarEntry: TarEntry): Body | null {
  if (form === null) {
    return null
  }
  return form === 'archive' || form === 'zip'
    ? readArchiveBody(scan, path, form, tarEntry)
    : readHead(scan, path, FILE_READINGS[form], tarEntry)
}
