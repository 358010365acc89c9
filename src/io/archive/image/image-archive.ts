import { createReadStream, statfsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Image, LayerFacts } from '../../../model/image/image.js'
import type { LayerFile } from '../../../model/image/opening.js'
import { type NamedPlatform, type OtherPlatforms, othersOf } from '../../../model/image/platforms.js'
import { SeaworthyError } from '../../../model/problem.js'
import { DEFAULT_LIMITS, type Limits, newUsage } from '../formats/limits.js'
import { archiveError } from '../formats/problems.js'
import { createTarReader } from '../formats/tar-reader.js'
import type { ArchiveContext } from '../layer/context.js'
import { createSpool, type Spool } from '../layer/spool.js'
import { assembleImage } from './assemble.js'
import { createBlobWriter } from './blob-writer.js'
import { findCandidates } from './candidates.js'
import type { ArchiveListing } from './found.js'
import { createArchiveEntries } from './outer.js'
import { namedPlatforms, type Selection, selectImage } from './select.js'
import { filesOfLayout, openedFile, plainBytes, READ_BYTES, withSignal } from './source.js'

export type { Limits } from '../formats/limits.js'
export { isImageConfig } from './documents.js'
export type { Selection } from './select.js'

const MAX_FEED_BYTES = 256 * 1024

export interface ReadImageOptions {
  /** What the user named: becomes `Image.reference` and is used in error messages. */
  readonly reference: string
  readonly select: Selection
  /** Where layers are stored; it exists and nobody else uses it. */
  readonly directory: string
  /**
   * Called as soon as a layer is complete, once per content, in the order of the stream. The archive may
   * contain layers that the image does not have; their files are removed at the end. Here, `removed` contains
   * only the layer's whiteouts: what else the layer hides is known only when the order of the layers is.
   */
  readonly onLayer?: (file: LayerFile, facts: LayerFacts) => void
  /** Bytes that may be written; default: the free space in `directory`. */
  readonly freeBytes?: number
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
}

/** An image, fully verified by its digests, with its layers on disk in RootFS order. */
export interface ReadImage {
  readonly image: Image
  readonly layers: readonly LayerFile[]
  /** The image's other platforms in the archive. */
  readonly others: OtherPlatforms
}

/** A file of an OCI image-layout, by its name in it. */
export interface ImageBlob {
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * Reads an image archive (docker save of any age, OCI image-layout in a tar; also compressed as a whole with gzip or
 * zstd) in one pass, with constant memory: each layer is written to a file, hashed and searched as it passes.
 * @throws SeaworthyError archive-unreadable, archive-truncated, archive-hostile, archive-digest, archive-too-large,
 * no-image, image-not-found, image-ambiguous, platform-missing, no-space. No file is left then.
 */
export function readImageArchive(
  source: AsyncIterable<Uint8Array>,
  options: ReadImageOptions,
): Promise<ReadImage> {
  return readOneImage(options, (context) => findInTar(source, context, options.signal))
}

/** One of several images of an archive: its name in messages, and what selects it in the archive. */
export type ImageRequest = Pick<ReadImageOptions, 'reference' | 'select'>

/**
 * Reads several images of one archive in one pass: a shared layer is stored, hashed and searched once.
 * @param options `reference` names all of them
 * @returns one per image, in the same order; `null` for one that could not be read: read alone, it reports why
 * @throws SeaworthyError like `readImageArchive`, if the archive as a whole cannot be read. Whole layers stay: each
 * is verified by its own digest, and may be in use.
 */
export function readImagesArchive(
  source: AsyncIterable<Uint8Array>,
  requests: readonly ImageRequest[],
  options: Omit<ReadImageOptions, 'select'>,
): Promise<readonly (ReadImage | null)[]> {
  return readImages(
    options,
    (context) => findInTar(source, context, options.signal),
    (listing, context) =>
      requests.map(({ reference, select }) => {
        try {
          return imageOf(listing, { ...context, reference }, select)
        } catch (error) {
          if (error instanceof SeaworthyError) {
            return null
          }
          throw error
        }
      }),
  )
}

/** Like `readImageArchive`, for an archive on disk or a directory with an OCI image-layout. */
export async function openImageFile(path: string, options: ReadImageOptions): Promise<ReadImage> {
  const readListing = await openSource(path)
  return readOneImage(options, (context) => readListing(context, options.signal))
}

/** Like `readImageArchive`, for the blobs of an OCI image-layout from another source. */
export function readImageBlobs(
  blobs: AsyncIterable<ImageBlob>,
  options: ReadImageOptions,
): Promise<ReadImage> {
  return readOneImage(options, (context) => findInBlobs(blobs, context, options.signal))
}

/**
 * The platforms of the only image of an archive, in the archive's order. Reads the whole archive, and stores
 * nothing.
 * @throws SeaworthyError archive-*, image-not-found, no-image
 */
export async function readFilePlatforms(
  path: string,
  options: Pick<ReadImageOptions, 'reference' | 'directory' | 'signal'>,
): Promise<readonly NamedPlatform[]> {
  const context = contextOf(options, createSpool(options.directory, 0), true)
  const listing = await (await openSource(path))(context, options.signal)
  return namedPlatforms(listing ?? noImage(context), {}, context.reference)
}

type ReadListing = (
  context: ArchiveContext,
  signal: AbortSignal | undefined,
) => Promise<ArchiveListing | null>

async function openSource(path: string): Promise<ReadListing> {
  const file = await openedFile(path)
  if (file !== null) {
    return (context, signal) => findInTar(file, context, signal)
  }
  return async (context, signal) => {
    const names = await filesOfLayout(path)
    return names.includes('index.json') ? findInBlobs(blobsIn(path, names), context, signal) : null
  }
}

async function* blobsIn(path: string, names: readonly string[]): AsyncGenerator<ImageBlob> {
  for (const name of names) {
    const { size } = await stat(join(path, name))
    yield { name, size, body: createReadStream(join(path, name), { highWaterMark: READ_BYTES }) }
  }
}

async function findInTar(
  source: AsyncIterable<Uint8Array>,
  context: ArchiveContext,
  signal: AbortSignal | undefined,
): Promise<ArchiveListing | null> {
  const where = context.reference
  const outerEntries = createArchiveEntries(context)
  const reader = createTarReader(outerEntries.onEntry, where, context.limits)
  for await (const bytes of plainBytes(source, context, signal)) {
    try {
      await feed(context, bytes, (part) => reader.write(part))
    } catch (error) {
      // Not even the first header could be read, so this is not a tar.
      throw reader.state() === 'start' ? archiveError('archive-unreadable', where, 'not a tar', error) : error
    }
  }
  if (reader.state() === 'start') {
    throw archiveError('archive-unreadable', where, 'not a tar: it ends before the first header')
  }
  if (reader.state() !== 'ended') {
    throw archiveError('archive-truncated', where, 'the archive ends before its end marker')
  }
  const listing = findCandidates(context)
  if (listing !== null) {
    outerEntries.checkLinks()
  }
  return listing
}

async function findInBlobs(
  blobs: AsyncIterable<ImageBlob>,
  context: ArchiveContext,
  signal: AbortSignal | undefined,
): Promise<ArchiveListing | null> {
  for await (const { name, size, body } of blobs) {
    const blob = createBlobWriter(context, name, size)
    for await (const bytes of withSignal(body, signal)) {
      await feed(context, bytes, (part) => blob.write(part))
    }
    blob.end()
    await drained(context)
  }
  return findCandidates(context)
}

/** Reads one image from a source of any kind, and removes all files if that fails. */
function readOneImage(
  options: ReadImageOptions,
  readAll: (context: ArchiveContext) => Promise<ArchiveListing | null>,
): Promise<ReadImage> {
  const readSelected = (listing: ArchiveListing, context: ArchiveContext) => {
    const readImage = imageOf(listing, context, options.select)
    const usedDiffIds = new Set(readImage.layers.map((layer) => layer.diffId))
    for (const [diffId, layer] of context.layers) {
      if (!usedDiffIds.has(diffId)) {
        layer.remove()
      }
    }
    return readImage
  }
  return readImages(options, readAll, readSelected, (spool) => spool.removeAll())
}

async function readImages<T>(
  options: Omit<ReadImageOptions, 'select'>,
  readListing: (context: ArchiveContext) => Promise<ArchiveListing | null>,
  readSelected: (listing: ArchiveListing, context: ArchiveContext) => T,
  cleanUp: (spool: Spool) => void = () => undefined,
): Promise<T> {
  const spool = createSpool(options.directory, options.freeBytes ?? freeBytesAt(options.directory))
  const context = contextOf(options, spool, false)
  try {
    return readSelected((await readListing(context)) ?? noImage(context), context)
  } catch (error) {
    for (const decompressor of context.decompressors) {
      decompressor.destroy()
    }
    cleanUp(spool)
    throw error
  }
}

function imageOf(listing: ArchiveListing, context: ArchiveContext, select: Selection): ReadImage {
  const chosen = selectImage(listing, select, context.reference)
  const platforms = namedPlatforms(listing, select, context.reference)
  return { ...assembleImage(context, chosen), others: othersOf(platforms, new Set([chosen.configDigest])) }
}

function contextOf(
  options: Omit<ReadImageOptions, 'select'>,
  spool: Spool,
  isDocumentsOnly: boolean,
): ArchiveContext {
  return {
    reference: options.reference,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    usage: newUsage(),
    spool,
    isDocumentsOnly,
    blobs: new Map(),
    links: new Map(),
    layers: new Map(),
    decompressors: new Set(),
    onLayer: options.onLayer ?? (() => undefined),
    signal: options.signal ?? null,
  }
}

function noImage({ reference }: ArchiveContext): never {
  const what =
    'no image metadata: it has neither manifest.json nor index.json, and may be a tar of a root file system'
  throw archiveError('no-image', reference, what)
}

/** Feeds a chunk in pieces: one chunk can begin many compressed blobs, each with an open file and a decompressor. */
async function feed(context: ArchiveContext, bytes: Buffer, write: (part: Buffer) => void): Promise<void> {
  for (let at = 0; at < bytes.length; at += MAX_FEED_BYTES) {
    write(bytes.subarray(at, at + MAX_FEED_BYTES))
    if (context.decompressors.size > 0) {
      await drained(context)
    }
  }
}

/** Waits for the decompressors, so that memory holds only one chunk and its output. */
async function drained(context: ArchiveContext): Promise<void> {
  for (const decompressor of [...context.decompressors]) {
    if (await decompressor.drained()) {
      context.decompressors.delete(decompressor)
    }
  }
}

export function freeBytesAt(directory: string): number {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize
}
