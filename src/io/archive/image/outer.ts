import { ancestorsOf } from '../../../model/index.js'
import { isOverlong, linkTarget, relativePath, shownName } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'
import type { TarEntry } from '../formats/tar-header.js'
import type { Body } from '../formats/tar-reader.js'
import { createBlobWriter } from './blob-writer.js'
import type { ArchiveContext } from './context.js'
import { DOCUMENTS } from './found.js'

/**
 * Whether builders put documents or layers at this path: `blobs/<algorithm>/<hex>` (OCI), `<id>/layer.tar`
 * (docker save before 25), and the archive's root (manifest.json, index.json; layers of podman, kaniko and
 * crane).
 */
function mayBePartOfImage(path: string): boolean {
  return /^(?:[^/]+|blobs\/[^/]+\/[^/]+|[^/]+\/layer\.tar)$/.test(path)
}

/** The documents that list the images must be regular files: readers treat anything else differently. */
export function isDocument(path: string): boolean {
  return DOCUMENTS.some((name) => name === path)
}

/** Handles the entries of the archive with the layers. Nothing is unpacked: names serve only as keys. */
export function createArchiveEntries(context: ArchiveContext): {
  onEntry(entry: TarEntry): Body | null
  /** Throws errors that apply only to image archives: a root file system may contain links of all kinds. */
  checkLinks(): void
} {
  const { reference, usage, limits } = context
  const hostileError = (what: string) => archiveError('archive-hostile', reference, what)

  let hostileLink: string | null = null
  /** Symbolic links: a reader that unpacks the archive puts the entries below one somewhere else. */
  const symlinks = new Set<string>()
  /** Possible parts of the image that are neither a regular file nor a link to one: sparse files, devices. */
  const irregular = new Set<string>()

  function onEntry(entry: TarEntry): Body | null {
    usage.archiveEntries++
    if (usage.archiveEntries > limits.archiveEntries) {
      const what = `more than ${limits.archiveEntries} files in the archive`
      throw archiveError('archive-too-large', reference, what)
    }
    const path = relativePath(entry.path)
    if (path === null || entry.path.startsWith('/')) {
      throw hostileError(`a file name points outside the archive: ${shownName(entry.path)}`)
    }
    if (isOverlong(path)) {
      throw hostileError(`a file name is too long: ${shownName(path)}`)
    }
    if (entry.type === 'symlink' || entry.type === 'hardlink') {
      // A symbolic link is relative to its directory, a hard link to the archive's root.
      const target = linkTarget(entry.type === 'symlink' ? path : '', entry.linkPath)
      if (target === null) {
        hostileLink ??= `${path} -> ${entry.linkPath}`
      } else if (mayBePartOfImage(path) && mayBePartOfImage(target)) {
        keepLink(path, target)
      } else if (mayBePartOfImage(path)) {
        irregular.add(path)
      }
      if (isDocument(path)) {
        irregular.add(path)
      }
      if (entry.type === 'symlink') {
        symlinks.add(path)
      }
      return null
    }
    if (!mayBePartOfImage(path)) {
      return null
    }
    if (entry.type !== 'file') {
      if (entry.type !== 'directory' || isDocument(path)) {
        irregular.add(path)
      }
      return null
    }
    return createBlobWriter(context, path, entry.size)
  }

  function keepLink(path: string, target: string): void {
    const previous = context.links.get(path)
    if (previous !== undefined && previous !== target) {
      throw hostileError(`the archive has two different links named ${shownName(path)}`)
    }
    context.links.set(path, target)
  }

  function checkLinks(): void {
    if (hostileLink !== null) {
      throw hostileError(`a link points outside the archive: ${shownName(hostileLink)}`)
    }
    for (const path of irregular) {
      if (isDocument(path) || context.blobs.has(path)) {
        throw hostileError(`${shownName(path)} is not a plain file`)
      }
    }
    for (const path of context.blobs.keys()) {
      const link = ancestorsOf(path).find((ancestor) => symlinks.has(ancestor))
      if (link !== undefined) {
        throw hostileError(`${shownName(link)} is a link, but the archive has files below it`)
      }
    }
    for (const path of context.links.keys()) {
      if (context.blobs.has(path)) {
        throw hostileError(`the archive has both a file and a link named ${shownName(path)}`)
      }
    }
  }

  return { onEntry, checkLinks }
}
