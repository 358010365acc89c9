import type { PackageRecords, SetuidFile } from '../../model/image.js'
import {
  type InterestKind,
  interestIn,
  isExpectedLink,
  isParentOfInterest,
  looksLikeStatus,
  ROOT,
  STATUS_HEAD_BYTES,
} from '../../model/interest.js'
import { createKnownPaths } from '../../model/known-paths.js'
import { isCodeArchive } from './application/forms.js'
import { createLinkedPackages, type PackageLinks } from './application/package-links.js'
import { type ApplicationScan, createApplicationScan } from './application/scan.js'
import type { ReadAt } from './application/stored.js'
import { contentBody } from './content.js'
import { createLayerLinks, notAFile } from './layer-links.js'
import { createPathIndex, type PathIndex, type Whiteout, whiteoutOf } from './layer-marks.js'
import { createLayerRecords, type ScannedRecords } from './layer-records.js'
import type { Limits, Usage } from './limits.js'
import { isOverlong, relativePath, shownName } from './path.js'
import { archiveError } from './problems.js'
import { createProgramScan, type ScannedPrograms } from './programs/scan.js'
import { setuidOf } from './setuid.js'
import type { TarEntry } from './tar-header.js'
import { allOf, type Body, createTarReader } from './tar-reader.js'

/** The facts of a layer's entries, without its name and size. */
export interface ScannedLayer {
  readonly files: ReadonlyMap<string, string>
  readonly unreadable: ReadonlyMap<string, string>
  readonly setuid: ReadonlyMap<string, SetuidFile>
  /** Whiteouts and opaque directories, at most `limits.listed` of each; `paths` has all of them. */
  readonly removed: readonly string[]
  readonly opaque: readonly string[]
  readonly paths: PathIndex
  readonly records: PackageRecords
  readonly samples: ScannedRecords['samples']
  readonly lists: ScannedRecords['lists']
  readonly sampledSums: ScannedRecords['sampledSums']
  readonly applications: ReturnType<ApplicationScan['finish']>
  readonly programs: ScannedPrograms
  readonly packageLinks: PackageLinks
}

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
  const files = new Map<string, string>()
  const unreadable = new Map<string, string>()
  const setuid = new Map<string, SetuidFile>()
  const removed: string[] = []
  const opaque: string[] = []
  const paths = createPathIndex()
  const known = createKnownPaths([files, unreadable, setuid])
  const links = createLayerLinks()
  const records = createLayerRecords(where, limits, usage)
  const applications = createApplicationScan(limits, usage)
  const programs = createProgramScan(limits, usage)
  const packageLinks = createLinkedPackages(limits, usage)
  let textBytes = 0
  let interesting = 0

  /** A path that should be read and is not; beyond the limit, one line stands for the rest. */
  function cannotRead(path: string, reason: string): void {
    if (unreadable.size < limits.filesOfInterest) {
      known.note(unreadable, path, reason)
    } else {
      unreadable.set(
        ROOT,
        `a layer contains more than ${limits.filesOfInterest} relevant files that cannot be read`,
      )
    }
  }

  function entry(current: TarEntry): Body | null {
    usage.layerEntries++
    if (usage.layerEntries > limits.layerEntries) {
      throw archiveError('archive-too-large', where, `more than ${limits.layerEntries} files in the layers`)
    }
    const path = relativePath(current.path)
    if (path === null) {
      throw archiveError('archive-hostile', where, `a file name contains '..': ${shownName(current.path)}`)
    }
    if (isOverlong(path)) {
      throw archiveError('archive-hostile', where, `a file name is too long: ${shownName(path)}`)
    }
    if (path === ROOT) {
      return null
    }
    const through = links.through(path)
    if (through !== null) {
      unreadable.set(ROOT, through)
    }
    if (current.type === 'symlink') {
      links.add(path, current.linkPath)
    }
    const name = path.slice(path.lastIndexOf('/') + 1)
    const whiteout = whiteoutOf(path, name, where)
    if (whiteout !== null) {
      if (whiteout !== 'bookkeeping') {
        hide(whiteout)
      }
      return null
    }
    const isDirectory = current.type === 'directory'
    paths.add(isDirectory ? 'directory' : 'other', path)
    for (const one of [known, applications, programs, packageLinks]) {
      one.forget(path, isDirectory)
    }
    if (isDirectory) {
      return null
    }
    special(path, current)
    packageLinks.entry(path, current)
    const kind = interestIn(path)
    if (kind === null || kind === 'possible-status') {
      if (current.type === 'symlink' && isParentOfInterest(path)) {
        cannotRead(path, notAFile(current))
      }
    }
    // What is read by its name may be a program as well: anybody may call one `status`.
    const others = [
      records.entry(path, current),
      applications.entry(path, current),
      programs.entry(path, current),
      content(path, current),
    ]
    return allOf([kind === null ? null : read(path, kind, current), ...others])
  }

  /** What the file is by its content: both scans are asked and told at once. */
  function content(path: string, current: TarEntry): Body | null {
    if (current.type !== 'file' || current.size === 0) {
      return null
    }
    return contentBody(current.size, isCodeArchive(path), {
      elf: () => applications.program(path, current),
      end(found) {
        applications.content(path, current, found)
        programs.content(path, current, found)
      },
    })
  }

  function hide(whiteout: Whiteout): void {
    const { kind, target } = whiteout
    paths.add(kind, target)
    records.hide(whiteout)
    const listed = kind === 'opaque' ? opaque : removed
    if (listed.length < limits.listed) {
      listed.push(target)
    }
  }

  function special(path: string, current: TarEntry): void {
    const found = setuidOf(path, current, setuid)
    if (found === null) {
      return
    }
    if (setuid.size < limits.listed) {
      known.note(setuid, path, found)
    } else {
      unreadable.set(ROOT, `more than ${limits.listed} setuid files in a layer`)
    }
  }

  function read(path: string, kind: InterestKind, current: TarEntry): Body | null {
    if (current.type === 'symlink' && isExpectedLink(path, current.linkPath)) {
      return null
    }
    // A file that is masked by a device hides nothing: there is nothing behind it.
    if (current.type === 'symlink' && current.linkPath === '/dev/null' && kind === 'text') {
      copyText(path, '')
      return null
    }
    if (current.type === 'hardlink') {
      const target = relativePath(current.linkPath)
      const text = target === null ? undefined : files.get(target)
      if (text !== undefined) {
        copyText(path, text)
      } else if (kind !== 'possible-status') {
        cannotRead(path, notAFile(current))
      }
      return null
    }
    if (current.type !== 'file') {
      if (kind !== 'possible-status') {
        cannotRead(path, notAFile(current))
      }
      return null
    }
    return kind === 'possible-status' ? readIfStatus(path, current) : readText(path, kind, current)
  }

  function readText(path: string, kind: InterestKind, { size }: TarEntry): Body | null {
    const limit = kind === 'text' ? limits.textBytes : limits.statusBytes
    const over = overLimit(size, limit)
    if (over !== null) {
      cannotRead(path, over)
      return null
    }
    // Counted before the body arrives, so that nothing is buffered in vain.
    count(size)
    const parts: Buffer[] = []
    return {
      write: (bytes) => void parts.push(Buffer.from(bytes)),
      end: () => known.note(files, path, Buffer.concat(parts).toString('utf8')),
    }
  }

  /** A hard link is the same file as its target. */
  function copyText(path: string, text: string): void {
    const over = overLimit(text.length, limits.statusBytes)
    if (over === null) {
      count(text.length)
      known.note(files, path, text)
    } else {
      cannotRead(path, over)
    }
  }

  function count(size: number): void {
    interesting++
    textBytes += size
    usage.textBytes += size
  }

  /** A file that merely has the name `status`: its beginning decides. */
  function readIfStatus(path: string, current: TarEntry): Body | null {
    if (current.size < STATUS_HEAD_BYTES) {
      return null
    }
    let head: Buffer | null = Buffer.alloc(0)
    let body: Body | null = null
    return {
      write(bytes) {
        if (head === null) {
          return body?.write(bytes)
        }
        head = Buffer.concat([head, bytes])
        if (head.length < STATUS_HEAD_BYTES) {
          return
        }
        if (looksLikeStatus(head.toString('latin1', 0, STATUS_HEAD_BYTES))) {
          body = readText(path, 'status', current)
          body?.write(head)
        }
        head = null
      },
      end: () => body?.end(),
    }
  }

  function overLimit(size: number, limit: number): string | null {
    if (size > limit) {
      return `${size} bytes, over the limit of ${limit}`
    }
    if (interesting >= limits.filesOfInterest) {
      return `more than ${limits.filesOfInterest} relevant files in this layer`
    }
    if (textBytes + size > limits.layerTextBytes) {
      return `with this file, the relevant files in this layer would exceed the limit of ${limits.layerTextBytes} bytes`
    }
    if (usage.textBytes + size > limits.allTextBytes) {
      return `with this file, the relevant files in all layers would exceed the limit of ${limits.allTextBytes} bytes`
    }
    return null
  }

  const reader = createTarReader(entry, where, limits)
  return {
    write: (bytes) => reader.write(bytes),
    finish(read) {
      // Some builders leave out the end marker; the layer's digest proves that nothing is missing.
      if (reader.state() === 'inside') {
        throw archiveError('archive-truncated', where, 'the layer ends in the middle of a file')
      }
      const found = { files, unreadable, setuid, removed, opaque, paths, ...records.finish(paths) }
      return {
        ...found,
        applications: applications.finish(read),
        programs: programs.finish(paths),
        packageLinks: packageLinks.finish(),
      }
    },
  }
}
