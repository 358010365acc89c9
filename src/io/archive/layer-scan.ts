import type { SetuidFile } from '../../model/image.js'
import { interestIn, isParentOfInterest, ROOT } from '../../model/interest.js'
import { createKnownPaths } from '../../model/known-paths.js'
import { isCodeArchive } from './application/forms.js'
import { createLinkedPackages } from './application/package-links.js'
import { createApplicationScan } from './application/scan.js'
import type { ReadAt } from './application/stored.js'
import { contentBody } from './content.js'
import { createLayerLinks, notAFile } from './layer-links.js'
import { createPathIndex, type Whiteout, whiteoutOf } from './layer-marks.js'
import { createLayerRecords } from './layer-records.js'
import { cannotRead, readFile } from './layer-texts.js'
import type { Limits, Usage } from './limits.js'
import { isOverlong, relativePath, shownName } from './path.js'
import { archiveError } from './problems.js'
import { createProgramScan } from './programs/scan.js'
import { setuidOf } from './setuid.js'
import type { TarEntry } from './tar-header.js'
import { allOf, type Body, createTarReader } from './tar-reader.js'

/** The facts of a layer's entries, without its name and size. */
export type ScannedLayer = ReturnType<typeof finish>

export interface LayerScan {
  write(bytes: Buffer): void
  /** @param read the stored layer; `null`: it was not stored */
  finish(read: ReadAt | null): ScannedLayer
}

/**
 * Reads a layer's entries as its bytes pass (OCI image-spec, layer.md). Later entries of one path win, as when an
 * engine unpacks them; whiteouts concern only lower layers and touch nothing here.
 */
export function createLayerScan(where: string, limits: Limits, usage: Usage): LayerScan {
  const scan = begun(where, limits, usage)
  const reader = createTarReader((current) => entry(scan, current), where, limits)
  return {
    write: (bytes) => reader.write(bytes),
    finish(read) {
      // Some builders leave out the end marker; the layer's digest proves that nothing is missing.
      if (reader.state() === 'inside') {
        throw archiveError('archive-truncated', where, 'the layer ends in the middle of a file')
      }
      return finish(scan, read)
    },
  }
}

function finish(scan: Scan, read: ReadAt | null) {
  const { files, unreadable, setuid, removed, opaque, paths } = scan
  return {
    files,
    unreadable,
    setuid,
    removed,
    opaque,
    paths,
    ...scan.records.finish(paths),
    applications: scan.applications.finish(read),
    programs: scan.programs.finish(paths),
    packageLinks: scan.packageLinks.finish(),
  }
}

type Scan = ReturnType<typeof begun>

function begun(where: string, limits: Limits, usage: Usage) {
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
    textBytes: 0,
    interesting: 0,
  }
}

function entry(scan: Scan, current: TarEntry): Body | null {
  scan.usage.layerEntries++
  if (scan.usage.layerEntries > scan.limits.layerEntries) {
    const what = `more than ${scan.limits.layerEntries} files in the layers`
    throw archiveError('archive-too-large', scan.where, what)
  }
  const path = relativePath(current.path)
  if (path === null) {
    throw archiveError('archive-hostile', scan.where, `a file name contains '..': ${shownName(current.path)}`)
  }
  if (isOverlong(path)) {
    throw archiveError('archive-hostile', scan.where, `a file name is too long: ${shownName(path)}`)
  }
  if (path === ROOT) {
    return null
  }
  const through = scan.links.through(path)
  if (through !== null) {
    scan.unreadable.set(ROOT, through)
  }
  if (current.type === 'symlink') {
    scan.links.add(path, current.linkPath)
  }
  const name = path.slice(path.lastIndexOf('/') + 1)
  const whiteout = whiteoutOf(path, name, scan.where)
  if (whiteout !== null) {
    if (whiteout !== 'bookkeeping') {
      hide(scan, whiteout)
    }
    return null
  }
  const isDirectory = current.type === 'directory'
  scan.paths.add(isDirectory ? 'directory' : 'other', path)
  for (const one of [scan.known, scan.applications, scan.programs, scan.packageLinks]) {
    one.forget(path, isDirectory)
  }
  if (isDirectory) {
    return null
  }
  special(scan, path, current)
  scan.packageLinks.entry(path, current)
  const kind = interestIn(path)
  if (kind === null || kind === 'possible-status') {
    if (current.type === 'symlink' && isParentOfInterest(path)) {
      cannotRead(scan, path, notAFile(current))
    }
  }
  // What is read by its name may be a program as well: anybody may call one `status`.
  const others = [
    scan.records.entry(path, current),
    scan.applications.entry(path, current),
    scan.programs.entry(path, current),
    content(scan, path, current),
  ]
  return allOf([kind === null ? null : readFile(scan, path, kind, current), ...others])
}

/** What the file is by its content: both scans are asked and told at once. */
function content(scan: Scan, path: string, current: TarEntry): Body | null {
  if (current.type !== 'file' || current.size === 0) {
    return null
  }
  return contentBody(current.size, isCodeArchive(path), {
    elf: () => scan.applications.program(path, current),
    end(found) {
      scan.applications.content(path, current, found)
      scan.programs.content(path, current, found)
    },
  })
}

function hide(scan: Scan, whiteout: Whiteout): void {
  const { kind, target } = whiteout
  scan.paths.add(kind, target)
  scan.records.hide(whiteout)
  const listed = kind === 'opaque' ? scan.opaque : scan.removed
  if (listed.length < scan.limits.listed) {
    listed.push(target)
  }
}

function special(scan: Scan, path: string, current: TarEntry): void {
  const found = setuidOf(path, current, scan.setuid)
  if (found === null) {
    return
  }
  if (scan.setuid.size < scan.limits.listed) {
    scan.known.note(scan.setuid, path, found)
  } else {
    scan.unreadable.set(ROOT, `more than ${scan.limits.listed} setuid files in a layer`)
  }
}
