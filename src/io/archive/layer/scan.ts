import {
  createKnownPaths,
  interestIn,
  isParentOfInterest,
  ROOT,
  type SetuidFile,
} from '../../../model/index.js'
import type { Limits, Usage } from '../formats/limits.js'
import { isOverlong, relativePath, shownName } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'
import type { TarEntry } from '../formats/tar-header.js'
import { type Body, broadcast, createTarReader } from '../formats/tar-reader.js'
import { isCodeArchive } from './application/forms.js'
import { createLinkedPackages } from './application/package-links.js'
import { createApplicationScan } from './application/scan.js'
import type { StoredFiles, WantedFiles } from './application/stored-files.js'
import { classifyContent } from './content.js'
import { createCredentialScan } from './credentials/scan.js'
import { createLayerLinks, notRegularReason } from './links.js'
import { createPathIndex, type Whiteout, whiteoutOf } from './marks.js'
import type { ExpectedReads } from './programs/expected-reads.js'
import { createProgramScan } from './programs/scan.js'
import { createLayerRecords } from './records.js'
import { setuidOf } from './setuid.js'
import { noteUnreadable, readFile } from './texts.js'

/** What a scan found in a layer, without the layer's digest and size. */
export type ScannedLayer = ReturnType<typeof finish>

export interface LayerScan {
  write(bytes: Buffer): void
  /** What `finish` reads of the stored layer. */
  wanted(): WantedFiles
  /** @param stored `null`: the layer was not stored */
  finish(stored: StoredFiles | null): ScannedLayer
}

/**
 * Reads a layer's entries as its bytes pass (OCI image-spec, layer.md). Later entries of one path win, as when an
 * engine unpacks them; whiteouts concern only lower layers and touch nothing here.
 * @param expected reads what later steps are expected to ask about programs; omitted: they read the stored layer
 */
export function createLayerScan(
  where: string,
  limits: Limits,
  usage: Usage,
  expected: ExpectedReads | null = null,
): LayerScan {
  const scan = newScan(where, limits, usage, expected)
  const reader = createTarReader((tarEntry) => onEntry(scan, tarEntry), where, limits)
  const refuseTruncated = () => {
    // Some builders leave out the end marker; the layer's digest proves that nothing is missing.
    if (reader.state() === 'inside') {
      throw archiveError('archive-truncated', where, 'the layer ends in the middle of a file')
    }
  }
  return {
    write: (bytes) => reader.write(bytes),
    wanted() {
      refuseTruncated()
      return scan.applications.wanted()
    },
    finish(stored) {
      refuseTruncated()
      return finish(scan, stored)
    },
  }
}

function finish(scan: Scan, stored: StoredFiles | null) {
  const { files, unreadable, setuid, removed, opaque, paths } = scan
  return {
    files,
    unreadable,
    setuid,
    removed,
    opaque,
    paths,
    ...scan.records.finish(paths),
    applications: scan.applications.finish(stored),
    programs: scan.programs.finish(paths),
    packageLinks: scan.packageLinks.finish(),
    credentials: scan.credentials.finish(),
  }
}

type Scan = ReturnType<typeof newScan>

function newScan(where: string, limits: Limits, usage: Usage, expected: ExpectedReads | null) {
  const files = new Map<string, string>()
  const unreadable = new Map<string, string>()
  const setuid = new Map<string, SetuidFile>()
  return {
    where,
    limits,
    usage,
    files,
    unreadable,
    setuid,
    /** Whiteouts and opaque directories, at most `limits.listed` of each; `paths` has all of them. */
    removed: [] as string[],
    opaque: [] as string[],

    paths: createPathIndex(),
    known: createKnownPaths([files, unreadable, setuid]),
    links: createLayerLinks(),
    records: createLayerRecords(where, limits, usage),
    applications: createApplicationScan(limits, usage),
    programs: createProgramScan(limits, usage),
    packageLinks: createLinkedPackages(limits, usage),
    credentials: createCredentialScan(limits, usage),
    expected,
    textBytes: 0,
    filesRead: 0,
  }
}

function onEntry(scan: Scan, tarEntry: TarEntry): Body | null {
  scan.usage.layerEntries++
  if (scan.usage.layerEntries > scan.limits.layerEntries) {
    const what = `more than ${scan.limits.layerEntries} files in the layers`
    throw archiveError('archive-too-large', scan.where, what)
  }
  const path = relativePath(tarEntry.path)
  if (path === null) {
    throw archiveError(
      'archive-hostile',
      scan.where,
      `a file name contains '..': ${shownName(tarEntry.path)}`,
    )
  }
  if (isOverlong(path)) {
    throw archiveError('archive-hostile', scan.where, `a file name is too long: ${shownName(path)}`)
  }
  if (path === ROOT) {
    return null
  }
  const redirection = scan.links.redirection(path)
  if (redirection !== null) {
    scan.unreadable.set(ROOT, redirection)
  }
  if (tarEntry.type === 'symlink') {
    scan.links.add(path, tarEntry.linkPath)
  }
  const name = path.slice(path.lastIndexOf('/') + 1)
  const whiteout = whiteoutOf(path, name, scan.where)
  if (whiteout !== null) {
    if (whiteout !== 'bookkeeping') {
      noteWhiteout(scan, whiteout)
    }
    return null
  }
  const isDirectory = tarEntry.type === 'directory'
  scan.paths.add(isDirectory ? 'directory' : 'other', path)
  for (const pathStore of [
    scan.known,
    scan.applications,
    scan.programs,
    scan.packageLinks,
    scan.credentials,
  ]) {
    pathStore.forget(path, isDirectory)
  }
  if (isDirectory) {
    return null
  }
  noteSetuid(scan, path, tarEntry)
  scan.packageLinks.entry(path, tarEntry)
  const kind = interestIn(path)
  if (kind === null || kind === 'possible-status') {
    if (tarEntry.type === 'symlink' && isParentOfInterest(path)) {
      noteUnreadable(scan, path, notRegularReason(tarEntry))
    }
  }
  // A file that is read because of its name may also be a program: anybody may name one `status`.
  // It sums the programs that it reads.
  const recordReader = scan.records.entry(path, tarEntry)
  const otherReaders = [
    recordReader,
    scan.applications.entry(path, tarEntry),
    scan.programs.entry(path, tarEntry),
    scan.credentials.entry(path, tarEntry),
    classify(scan, path, tarEntry, recordReader === null ? scan.expected : null),
  ]
  return broadcast([kind === null ? null : readFile(scan, path, kind, tarEntry), ...otherReaders])
}

/** Determines the format of the file once, for both scans. */
function classify(scan: Scan, path: string, tarEntry: TarEntry, expected: ExpectedReads | null): Body | null {
  if (tarEntry.type !== 'file' || tarEntry.size === 0) {
    return null
  }
  return classifyContent(tarEntry.size, isCodeArchive(path), {
    elf: () => scan.applications.program(path, tarEntry),
    any: (format) => expected?.(path, tarEntry, format) ?? null,
    end(content) {
      scan.applications.content(path, tarEntry, content)
      scan.programs.content(path, tarEntry, content)
    },
  })
}

function noteWhiteout(scan: Scan, whiteout: Whiteout): void {
  const { kind, target } = whiteout
  scan.paths.add(kind, target)
  scan.records.hide(whiteout)
  const listedWhiteouts = kind === 'opaque' ? scan.opaque : scan.removed
  if (listedWhiteouts.length < scan.limits.listedPaths) {
    listedWhiteouts.push(target)
  }
}

function noteSetuid(scan: Scan, path: string, tarEntry: TarEntry): void {
  const setuidFile = setuidOf(path, tarEntry, scan.setuid)
  if (setuidFile === null) {
    return
  }
  if (scan.setuid.size < scan.limits.listedPaths) {
    scan.known.note(scan.setuid, path, setuidFile)
  } else {
    scan.unreadable.set(ROOT, `more than ${scan.limits.listedPaths} setuid files in a layer`)
  }
}
