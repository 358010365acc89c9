import type { Limits } from '../../formats/limits.js'
import type { TarEntry } from '../../formats/tar-header.js'
import type { Body } from '../../formats/tar-reader.js'
import type { Spool, SpoolFile } from '../spool.js'
import { readExtents, type StoredFile, tarBytesOf } from '../tar-bytes.js'
import { createLinkSearch, type LinkTarget, resolveHardLinks } from './links.js'
import { type Extent, openStored, type ReadAt, type StoredTar } from './stored.js'

/** What a scan needs of its layer when all of it has arrived. */
export interface WantedFiles {
  readonly extents: readonly Extent[]
  /** Hard links whose files are to be read, by their paths in the image. */
  readonly links: ReadonlyMap<string, TarEntry>
}

/** The layer as a scan reads it then. */
export interface StoredFiles {
  /** By offsets in the layer's tar. */
  readonly read: ReadAt
  linkTargets(links: ReadonlyMap<string, TarEntry>): ReadonlyMap<string, LinkTarget>
  close(): void
}

/** All files of a layer that is stored as a tar. */
export function filesOfTar(path: string, limits: Limits): StoredFiles {
  const { read, close } = openStored(path)
  return { read, linkTargets: (links) => resolveHardLinks(links, read, limits), close }
}

/**
 * The wanted files of a compressed layer, in a file until they are closed. The layer is decompressed once, up
 * to the last of them; links to links take another pass.
 */
export async function captureFiles(
  layer: StoredFile,
  { extents, links }: WantedFiles,
  spool: Spool,
  limits: Limits,
  signal: AbortSignal | null,
): Promise<StoredFiles> {
  const captured = createCaptured(spool)
  const search = createLinkSearch(links, limits)
  const tar = () => tarBytesOf(layer, limits, signal)
  try {
    if (!search.isOpen()) {
      await readExtents(
        tar(),
        unique(extents).map((extent) => ({ extent, ...captured.bodyFor(extent) })),
      )
    }
    const offsets = new Set(extents.map(({ offset }) => offset))
    // A larger file is read for no link.
    const maxBytes = Math.min(limits.storedJarBytes, limits.linkedBytes)
    const isWanted = ({ offset, size }: Extent, isTarget: boolean) =>
      (offsets.has(offset) || (isTarget && size <= maxBytes)) && !captured.has(offset)
    while (search.isOpen()) {
      const headers = search.begin((file, isTarget) =>
        isWanted(file, isTarget) ? captured.bodyFor(file) : null,
      )
      for await (const bytes of tar()) {
        headers.write(bytes)
      }
    }
  } catch (error) {
    captured.close()
    throw error
  }
  return { read: captured.read, linkTargets: () => search.targets(), close: captured.close }
}

/** Hard links share their content. */
function unique(extents: readonly Extent[]): readonly Extent[] {
  return [...new Map(extents.map((extent) => [extent.offset, extent])).values()]
}

interface Place extends Extent {
  /** Offset in the file of the captured. */
  readonly at: number
}

/** Files of a layer, each of which is written as a whole, one after the other. */
function createCaptured(spool: Spool) {
  const places = new Map<number, Place>()
  let sorted: readonly Place[] | null = null
  let file: SpoolFile | null = null
  let stored: StoredTar | null = null
  let end = 0
  return {
    has: (offset: number) => places.has(offset),
    bodyFor({ offset, size }: Extent): Body {
      const add = () => {
        if (!places.has(offset)) {
          places.set(offset, { offset, size, at: end })
          end += size
        }
      }
      return {
        write(bytes) {
          add()
          file ??= spool.create()
          file.write(bytes)
        },
        end: add,
      }
    },
    read(offset: number, length: number): Buffer {
      if (length <= 0) {
        return Buffer.alloc(0)
      }
      sorted ??= [...places.values()].sort((a, b) => a.offset - b.offset)
      const place = placeOf(sorted, offset)
      if (file === null || place === null || offset + length > place.offset + place.size) {
        throw new Error('a file of a compressed layer is read that was not captured')
      }
      file.close()
      stored ??= openStored(file.path)
      return stored.read(place.at + offset - place.offset, length)
    },
    close(): void {
      stored?.close()
      file?.remove()
    },
  }
}

/** The last place that begins at or before an offset. */
function placeOf(sorted: readonly Place[], offset: number): Place | null {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle]?.offset ?? 0) <= offset) {
      from = middle + 1
    } else {
      to = middle
    }
  }
  return sorted[from - 1] ?? null
}
