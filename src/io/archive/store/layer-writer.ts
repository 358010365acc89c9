import { createHash } from 'node:crypto'
import { type LayerFile, ROOT, SeaworthyError } from '../../../model/index.js'
import type { Limits, Usage } from '../formats/limits.js'
import { isOverlong, relativePath, shownName } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'
import type { TarEntry } from '../formats/tar-header.js'
import { type Body, createTarReader } from '../formats/tar-reader.js'
import { readFormat } from './format.js'
import { createLayerIndex, type LayerIndex, whiteoutOf } from './layer-index.js'
import { createLayerLinks } from './redirections.js'
import type { Spool } from './spool.js'

/** A layer that was read completely: its tar is on disk. */
export interface StoredLayer {
  readonly file: LayerFile
  readonly index: LayerIndex
  /** Its whiteouts and opaque directories, at most `limits.listedPaths` of each; `index` has all of them. */
  readonly removed: readonly string[]
  readonly opaque: readonly string[]
  /** Why entries may end up where the gate reads, at other paths than their own; `null`: none does. */
  readonly redirection: string | null
  remove(): void
}

/** Receives the bytes of a layer's tar. */
export interface LayerWriter {
  write(plainBytes: Buffer): void
  finish(): WrittenLayer
}

/**
 * The layer, or the error in its tar, which only matters if the image has this layer; and the SHA-256 of
 * its uncompressed bytes.
 */
interface WrittenLayer {
  readonly layer: StoredLayer | SeaworthyError
  readonly sha256: string
}

/** Stores a layer's tar, hashes it, and makes an index of its entries, all in one pass. */
export function createLayerWriter(
  { limits, usage, spool }: { readonly limits: Limits; readonly usage: Usage; readonly spool: Spool },
  where: string,
): LayerWriter {
  const file = spool.create()
  const digest = createHash('sha256')
  const entries = createEntries(where, limits, usage)
  let size = 0
  let firstError: SeaworthyError | null = null

  // An archive may contain blobs that are not layers of this image, or of any image.
  function unlessFailed(action: () => void): void {
    if (firstError !== null) {
      return
    }
    try {
      action()
    } catch (error) {
      if (!(error instanceof SeaworthyError)) {
        throw error
      }
      firstError = error
    }
  }

  return {
    write(plainBytes) {
      size += plainBytes.length
      usage.layerBytes += plainBytes.length
      if (size > limits.layerBytes) {
        throw archiveError('archive-too-large', where, `a layer is larger than ${limits.layerBytes} bytes`)
      }
      if (usage.layerBytes > limits.allLayerBytes) {
        const what = `the layers add up to more than ${limits.allLayerBytes} bytes`
        throw archiveError('archive-too-large', where, what)
      }
      file.write(plainBytes)
      digest.update(plainBytes)
      unlessFailed(() => entries.write(plainBytes))
    },
    finish() {
      file.close()
      unlessFailed(entries.refuseTruncated)
      const sha256 = digest.digest('hex')
      if (firstError !== null) {
        file.remove()
        return { layer: firstError, sha256 }
      }
      const layerFile = { diffId: `sha256:${sha256}`, path: file.path, size }
      return { layer: { file: layerFile, ...entries.read(), remove: () => file.remove() }, sha256 }
    },
  }
}

/**
 * Reads a layer's entries as its bytes pass (OCI image-spec, layer.md). Whiteouts concern only lower layers and touch
 * nothing here.
 */
function createEntries(where: string, limits: Limits, usage: Usage) {
  const index = createLayerIndex()
  const links = createLayerLinks()
  const whiteouts = { removed: [] as string[], opaque: [] as string[] }
  let redirection: string | null = null

  function onEntry(tarEntry: TarEntry): Body | null {
    const path = checkedPath(tarEntry)
    if (path === ROOT) {
      return null
    }
    redirection = links.redirection(path) ?? redirection
    if (tarEntry.type === 'symlink') {
      links.add(path, tarEntry.linkPath)
    }
    const whiteout = whiteoutOf(path, where)
    if (whiteout === 'bookkeeping') {
      return null
    }
    if (whiteout !== null) {
      index.hide(whiteout)
      const listed = whiteout.kind === 'opaque' ? whiteouts.opaque : whiteouts.removed
      if (listed.length < limits.listedPaths) {
        listed.push(whiteout.target)
      }
      return null
    }
    const id = index.add(path, tarEntry)
    const hasFormat = tarEntry.type === 'file' && tarEntry.size > 0
    return hasFormat ? readFormat(tarEntry.size, (format) => index.setFormat(id, format)) : null
  }

  function checkedPath(tarEntry: TarEntry): string {
    usage.layerEntries++
    if (usage.layerEntries > limits.layerEntries) {
      const what = `more than ${limits.layerEntries} files in the layers`
      throw archiveError('archive-too-large', where, what)
    }
    const path = relativePath(tarEntry.path)
    if (path === null) {
      const what = `a file name contains '..': ${shownName(tarEntry.path)}`
      throw archiveError('archive-hostile', where, what)
    }
    if (isOverlong(path)) {
      throw archiveError('archive-hostile', where, `a file name is too long: ${shownName(path)}`)
    }
    return path
  }

  const reader = createTarReader(onEntry, where, limits)
  return {
    write: reader.write,
    refuseTruncated(): void {
      // Some builders leave out the end marker; the layer's digest proves that nothing is missing.
      if (reader.state() === 'inside') {
        throw archiveError('archive-truncated', where, 'the layer ends in the middle of a file')
      }
    },
    read: () => ({ index, redirection, ...whiteouts }),
  }
}
