import { createBlobWriter } from './blob-writer.js'
import type { ArchiveContext } from './context.js'
import { isOverlong, linkTarget, relativePath, shortName } from './path.js'
import { archiveError } from './problems.js'
import type { TarEntry } from './tar-header.js'
import type { Body } from './tar-reader.js'

/**
 * Where builders put documents and layers: `blobs/<algorithm>/<hex>` (OCI), `<id>/layer.tar` (docker save before 25),
 * and the archive's root (manifest.json, index.json; podman's, kaniko's and crane's layers).
 */
export function mayBePartOfImage(path: string): boolean {
  return /^(?:[^/]+|blobs\/[^/]+\/[^/]+|[^/]+\/layer\.tar)$/.test(path)
}

/** Entries of the archive around the layers. Nothing of it is unpacked: its names are only keys. */
export function createOuterEntries(context: ArchiveContext): {
  onEntry(entry: TarEntry): Body | null
  /** Throws what is only wrong in an image archive: root file systems have links of all kinds. */
  checkLinks(): void
} {
  const { reference, usage, limits } = context
  let hostileLink: string | null = null

  function onEntry(entry: TarEntry): Body | null {
    usage.archiveEntries++
    if (usage.archiveEntries > limits.archiveEntries) {
      throw archiveError(
        'archive-too-large',
        reference,
        `more than ${limits.archiveEntries} files in the archive`,
      )
    }
    const path = relativePath(entry.path)
    if (path === null || entry.path.startsWith('/')) {
      const what = `a file name that leaves the archive: ${shortName(entry.path)}`
      throw archiveError('archive-hostile', reference, what)
    }
    if (isOverlong(path))
      throw archiveError('archive-hostile', reference, `a file name is too long: ${shortName(path)}`)
    if (entry.type === 'symlink' || entry.type === 'hardlink') {
      // A symbolic link is relative to its directory, a hard link to the archive's root.
      const target = linkTarget(entry.type === 'symlink' ? path : '', entry.linkPath)
      if (target === null) hostileLink ??= `${path} -> ${entry.linkPath}`
      else if (mayBePartOfImage(path) && mayBePartOfImage(target)) keepLink(path, target)
      return null
    }
    if (entry.type !== 'file' || !mayBePartOfImage(path)) return null
    return createBlobWriter(context, path, entry.size)
  }

  function keepLink(path: string, target: string): void {
    const before = context.links.get(path)
    if (before !== undefined && before !== target) {
      throw archiveError(
        'archive-hostile',
        reference,
        `the archive has two links ${shortName(path)}, which differ`,
      )
    }
    context.links.set(path, target)
  }

  function checkLinks(): void {
    if (hostileLink !== null) {
      throw archiveError('archive-hostile', reference, `a link leaves the archive: ${shortName(hostileLink)}`)
    }
    for (const path of context.links.keys()) {
      if (!context.blobs.has(path)) continue
      throw archiveError(
        'archive-hostile',
        reference,
        `the archive has both a file and a link ${shortName(path)}`,
      )
    }
  }

  return { onEntry, checkLinks }
}
