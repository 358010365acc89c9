import { createReadStream } from 'node:fs'
import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Image, LayerFacts } from '../../model/image.js'
import type { LayerFile } from '../../model/opening.js'
import { assembleImage } from './assemble.js'
import { createBlobWriter } from './blob-writer.js'
import { findCandidates } from './candidates.js'
import type { ArchiveContext } from './context.js'
import type { Found } from './found.js'
import { DEFAULT_LIMITS, type Limits, noUsage } from './limits.js'
import { createOuterEntries } from './outer.js'
import { archiveError } from './problems.js'
import { type Selection, selectImage } from './select.js'
import { filesOfLayout, openedFile, plainBytes, READ_BYTES, withSignal } from './source.js'
import { createSpool } from './spool.js'
import { createTarReader } from './tar-reader.js'

export type { Limits } from './limits.js'
export type { Selection } from './select.js'

const PIECE_BYTES = 256 * 1024

export interface ReadImageOptions {
  /** What the user named: becomes `Image.reference` and stands in error messages. */
  readonly reference: string
  readonly select: Selection
  /** Where layers are stored; it exists and is ours alone. */
  readonly directory: string
  /**
   * Told as soon as a layer is whole, once for each content, in the order of the stream. The archive may hold more
   * layers than the image has; their files are gone when the reading ends. `removed` of these facts has the layer's
   * whiteouts only: what it replaces is known once the order of the layers is.
   */
  readonly onLayer?: (file: LayerFile, facts: LayerFacts) => void
  /** Bytes that may be written; what is free in `directory` if not given. */
  readonly freeBytes?: number
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
}

/** An image, all of it proven by its digests, and its layers on disk in RootFS order. */
export interface ReadImage {
  readonly image: Image
  readonly layers: readonly LayerFile[]
}

/**
 * Reads an image archive (docker save of any age, OCI image-layout in a tar; also gzip'd or zstd'd as a whole) in one
 * pass, with constant memory: each layer goes to a file, is hashed and is searched as it passes.
 *
 * @throws SeaworthyError archive-unreadable, archive-truncated, archive-hostile, archive-digest, archive-too-large,
 *   no-image, image-not-found, image-ambiguous, platform-missing, no-space. No file is left then.
 */
export function readImageArchive(
  source: AsyncIterable<Uint8Array>,
  options: ReadImageOptions,
): Promise<ReadImage> {
  return reading(options, async (context) => {
    const where = context.reference
    const outer = createOuterEntries(context)
    const reader = createTarReader(outer.onEntry, where, context.limits)
    for await (const bytes of plainBytes(source, context, options.signal)) {
      try {
        await feed(context, bytes, (part) => reader.write(part))
      } catch (error) {
        // Not even the first header: this never was a tar.
        throw reader.state() === 'start'
          ? archiveError('archive-unreadable', where, 'not a tar', error)
          : error
      }
    }
    if (reader.state() === 'start') {
      throw archiveError('archive-unreadable', where, 'not a tar: it ends before the first header')
    }
    if (reader.state() !== 'ended') {
      throw archiveError('archive-truncated', where, 'the archive ends before its end marker')
    }
    const found = findCandidates(context)
    if (found !== null) {
      outer.checkLinks()
    }
    return found
  })
}

/** The same for an archive on disk, or an OCI image-layout that is a directory. */
export async function openImageFile(path: string, options: ReadImageOptions): Promise<ReadImage> {
  const file = await openedFile(path)
  if (file !== null) {
    return readImageArchive(file, options)
  }
  return reading(options, async (context) => {
    const names = await filesOfLayout(path)
    if (!names.includes('index.json')) {
      return null
    }
    for (const name of names) {
      const { size } = await stat(join(path, name))
      const blob = createBlobWriter(context, name, size)
      const stream = createReadStream(join(path, name), { highWaterMark: READ_BYTES })
      for await (const bytes of withSignal(stream, options.signal)) {
        await feed(context, bytes, (part) => blob.write(part))
      }
      blob.end()
      await drained(context)
    }
    return findCandidates(context)
  })
}

/** All that is the same for a stream and a directory; `find` reads it all and says which images there are. */
async function reading(
  options: ReadImageOptions,
  find: (context: ArchiveContext) => Promise<Found | null>,
): Promise<ReadImage> {
  const spool = createSpool(options.directory, options.freeBytes ?? (await freeBytes(options.directory)))
  const context: ArchiveContext = {
    reference: options.reference,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    usage: noUsage(),
    spool,
    blobs: new Map(),
    links: new Map(),
    layers: new Map(),
    decompressors: new Set(),
    onLayer: options.onLayer ?? (() => undefined),
  }
  try {
    const found = await find(context)
    if (found === null) {
      const what =
        'no image metadata: neither manifest.json nor index.json, as in a tar of a root file system'
      throw archiveError('no-image', context.reference, what)
    }
    const result = assembleImage(context, selectImage(found, options.select, context.reference))
    const used = new Set(result.layers.map((layer) => layer.diffId))
    for (const [diffId, layer] of context.layers) {
      if (!used.has(diffId)) {
        layer.remove()
      }
    }
    return result
  } catch (error) {
    for (const decompressor of context.decompressors) {
      decompressor.destroy()
    }
    spool.removeAll()
    throw error
  }
}

/** Feeds a chunk in pieces: one can begin many compressed blobs, each of which has an open file and a decompressor. */
async function feed(context: ArchiveContext, bytes: Buffer, write: (part: Buffer) => void): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    write(bytes.subarray(at, at + PIECE_BYTES))
    if (context.decompressors.size > 0) {
      await drained(context)
    }
  }
}

/** Waits for the decompressors, so that no more is in memory than one chunk and what comes out of it. */
async function drained(context: ArchiveContext): Promise<void> {
  for (const decompressor of [...context.decompressors]) {
    if (await decompressor.drained()) {
      context.decompressors.delete(decompressor)
    }
  }
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize
}
