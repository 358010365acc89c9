import { statfsSync } from 'node:fs'
import {
  type Image,
  type LayerFile,
  type NamedPlatform,
  type OtherPlatforms,
  othersOf,
  SeaworthyError,
} from '../../../model/index.js'
import { DEFAULT_LIMITS, type Limits, newUsage } from '../formats/limits.js'
import { archiveError } from '../formats/problems.js'
import { createSpool, type Spool } from '../store/spool.js'
import { assembleImage } from './assemble.js'
import type { ArchiveContext } from './context.js'
import { type ArchiveListing, nameInArchive } from './found.js'
import { findInBlobs, findInTar, type ImageBlob, openSource } from './listing.js'
import { namedPlatforms, type Selection, selectImage } from './select.js'

export type { Limits } from '../formats/limits.js'

export interface ReadImageOptions {
  /** What the user named: becomes `Image.reference` and is used in error messages. */
  readonly reference: string
  readonly select: Selection
  /** Where layers are stored; it exists and nobody else uses it. */
  readonly directory: string
  /**
   * Called as soon as a layer is complete, once per content, in the order of the stream. The archive may
   * contain layers that the image does not have; their files are removed at the end.
   */
  readonly onLayer?: (file: LayerFile) => void
  /** Bytes that may be written; default: the free space in `directory`. */
  readonly freeBytes?: number
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
}

/** An image, fully verified by its digests, with its layers on disk in RootFS order. */
export interface ReadImage {
  readonly image: Image
  readonly layers: readonly LayerFile[]
  readonly others: OtherPlatforms
  /** As in `Image`, wherever the archive comes from. */
  readonly nameInArchive: string | null
}

/**
 * Reads an image archive (docker save of any age, OCI image-layout in a tar; also compressed as a whole with gzip or
 * zstd) in one pass, with constant memory: each layer is written to a file and hashed as it passes, and then searched.
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
  return readImages(options, (context) => findInTar(source, context, options.signal), selectAll(requests))
}

/** Like `readImagesArchive`, for the blobs of an OCI image-layout from another source. */
export function readImagesBlobs(
  blobs: AsyncIterable<ImageBlob>,
  requests: readonly ImageRequest[],
  options: Omit<ReadImageOptions, 'select'>,
): Promise<readonly (ReadImage | null)[]> {
  return readImages(options, (context) => findInBlobs(blobs, context, options.signal), selectAll(requests))
}

function selectAll(requests: readonly ImageRequest[]) {
  return async (listing: ArchiveListing, context: ArchiveContext): Promise<readonly (ReadImage | null)[]> => {
    const images: (ReadImage | null)[] = []
    for (const { reference, select } of requests) {
      images.push(await imageOf(listing, { ...context, reference }, select).catch(nullIfRefused))
    }
    return images
  }
}

function nullIfRefused(error: unknown): null {
  if (error instanceof SeaworthyError) {
    return null
  }
  throw error
}

/** Like `readImageArchive`, for an archive on disk or a directory with an OCI image-layout. */
export async function openImageFile(path: string, options: ReadImageOptions): Promise<ReadImage> {
  const readListing = await openSource(path)
  const opened = await readOneImage(options, (context) => readListing(context, options.signal))
  const { image, nameInArchive } = opened
  return nameInArchive === null ? opened : { ...opened, image: { ...image, nameInArchive } }
}

/** Like `readImageArchive`, for the blobs of an OCI image-layout from another source. */
export function readImageBlobs(
  blobs: AsyncIterable<ImageBlob>,
  options: ReadImageOptions,
): Promise<ReadImage> {
  return readOneImage(options, (context) => findInBlobs(blobs, context, options.signal))
}

/**
 * The platforms of an archive's only image, in the archive's order. Reads all of it, and stores nothing.
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

/** Reads one image from a source of any kind, and removes all files if that fails. */
function readOneImage(
  options: ReadImageOptions,
  readAll: (context: ArchiveContext) => Promise<ArchiveListing | null>,
): Promise<ReadImage> {
  const readSelected = async (listing: ArchiveListing, context: ArchiveContext) => {
    const readImage = await imageOf(listing, context, options.select)
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
  readSelected: (listing: ArchiveListing, context: ArchiveContext) => Promise<T>,
  cleanUp: (spool: Spool) => void = () => undefined,
): Promise<T> {
  const spool = createSpool(options.directory, options.freeBytes ?? freeBytesAt(options.directory))
  const context = contextOf(options, spool, false)
  try {
    return await readSelected((await readListing(context)) ?? noImage(context), context)
  } catch (error) {
    for (const decompressor of context.decompressors) {
      decompressor.destroy()
    }
    // They write no files after that.
    await Promise.allSettled([...context.decompressors].map((decompressor) => decompressor.drained()))
    cleanUp(spool)
    throw error
  }
}

async function imageOf(
  listing: ArchiveListing,
  context: ArchiveContext,
  select: Selection,
): Promise<ReadImage> {
  const chosen = selectImage(listing, select, context.reference)
  const platforms = namedPlatforms(listing, select, context.reference)
  const others = othersOf(platforms, new Set([chosen.configDigest]))
  return { ...(await assembleImage(context, chosen)), others, nameInArchive: nameInArchive(chosen) }
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
    scanned: new Map(),
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

export function freeBytesAt(directory: string): number {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize
}
