import { access } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Apart,
  type Image,
  type ImageSource,
  type LayerFile,
  type OpeningImage,
  type OtherPlatforms,
  SeaworthyError,
  type StoredLayers,
} from '../../../model/index.js'
import { type ImageState, images, unlessStatus } from '../../engine/docker.js'
import { compareApi, type Engine } from '../../engine/engine.js'
import { pullImage } from '../../engine/transfer.js'
import { noSpace } from '../../files/full-disk.js'
import { makeFolder } from '../../files/temporary.js'
import {
  freeBytesAt,
  openImageFile,
  type ReadImage,
  readImageArchive,
  readImageBlobs,
} from './image-archive.js'
import { sourceOf } from './image-name.js'
import type { ImageBlob } from './listing.js'
import type { ReadTogether, SharedStream } from './together.js'

export interface OpenOptions {
  /** The engine, connected once and only if an image needs it. */
  readonly engine: () => Promise<Engine>
  /** Where layers are written; each image gets a folder in it. */
  readonly directory: string
  /** `os/architecture[/variant]`, or `null` for the only one or the host's. */
  readonly platform: string | null
  /** True if the engine is known to have the image: then it is not pulled, which might move the tag. */
  readonly isInEngine?: boolean
  /**
   * The stream in which several images of the engine are read together, if this one comes from the engine
   * unchanged; `null`: it is read separately.
   */
  readonly sharedStream?: SharedStream | null
  readonly signal: AbortSignal
}

type Selector = { name?: string; platform?: string }

/**
 * Starts to read an image. A name that begins with `/`, `./` or `../`, or ends in .tar, .tar.gz, .tgz or .tar.zst, is
 * the path of an archive (or of a folder with an OCI layout), anything else a reference in the Docker engine. Returns
 * at once; errors arrive through the promises.
 */
export function openImage(reference: string, index: number, options: OpenOptions): OpenedImage {
  const { source } = sourceOf(reference)
  return startOpening(reference, index, { ...options, source, apart: null }, (readOptions) =>
    source === 'archive'
      ? { whenFound: access(reference), announcedDiffIds: null, image: openImageFile(reference, readOptions) }
      : openFromEngine(reference, options, readOptions),
  )
}

/**
 * Like `openImage`, for the blobs of an OCI image-layout.
 * @param blobs gets the folder for downloads
 * @param knownDiffIds its diff_ids, if its config was read before
 */
export function openBlobs(
  reference: string,
  index: number,
  options: OpenOptions & ImageOrigin,
  blobs: (directory: string) => AsyncIterable<ImageBlob>,
  knownDiffIds: readonly string[] | null = null,
  readTogether: ReadTogether = (_, readAlone) => readAlone(),
): OpenedImage {
  return startOpening(reference, index, options, (readOptions) => {
    const image = readTogether(readOptions.onLayer ?? (() => undefined), () =>
      readImageBlobs(blobs(readOptions.directory), readOptions),
    )
    const whenFound = knownDiffIds === null ? image.then(() => undefined) : Promise.resolve()
    const announcedDiffIds = knownDiffIds === null ? null : Promise.resolve(knownDiffIds)
    return { whenFound, announcedDiffIds, image }
  })
}

/** An image that is being read, and the other images at its source. */
export interface OpenedImage {
  readonly opening: OpeningImage
  /** The image's other platforms in the archive; neither the engine nor a registry is asked for more. */
  readonly others: Promise<OtherPlatforms>
}

interface ImageOrigin {
  readonly source: ImageSource
  readonly apart: Apart | null
  readonly stored?: StoredLayers
}

type Reading = {
  readonly whenFound: Promise<unknown>
  readonly announcedDiffIds: Promise<readonly string[] | null> | null
  readonly image: Promise<ReadImage>
}

function startOpening(
  reference: string,
  index: number,
  options: OpenOptions & ImageOrigin,
  startReading: (readOptions: { select: Selector } & Parameters<typeof readImageArchive>[1]) => Reading,
): OpenedImage {
  const directory = join(options.directory, `image-${index}`)
  try {
    makeFolder(directory)
  } catch (error) {
    return neverOpened(reference, options.source, error)
  }
  const arrivals = createLayerArrivals()
  const select: Selector = options.platform === null ? {} : { platform: options.platform }
  const { signal, source, apart, stored } = options
  const reading = startReading({ reference, select, directory, onLayer: arrivals.put, signal })
  const image = reading.image
    .then((readImage) => readImage.image)
    .then(checkAnnounced(reading.announcedDiffIds))
  image.then(arrivals.close, arrivals.fail)
  const readDiffIds = image.then(({ layers }) => layers.map(({ diffId }) => diffId))
  const diffIds = reading.announcedDiffIds
    ? reading.announcedDiffIds.then((announced) => announced ?? readDiffIds)
    : readDiffIds
  // If the image was not found, the error of reading it says why.
  const found = reading.whenFound.catch(() => image).then(() => undefined)
  const others = reading.image.then((readImage) => readImage.others)
  for (const promise of [image, readDiffIds, diffIds, found, others]) {
    promise.catch(() => undefined) // each waiter gets the error itself
  }
  const more = stored === undefined ? {} : { stored }
  const opening = { reference, source, found, diffIds, layer: arrivals.get, apart, image, ...more }
  return { opening, others }
}

/** An image that could not be opened: its promises reject, as those of an image that cannot be read. */
export function neverOpened(reference: string, source: ImageSource, error: unknown): OpenedImage {
  const rejected = Promise.reject(error)
  rejected.catch(() => undefined)
  const layer = () => Promise.reject(error)
  return {
    opening: { reference, source, found: rejected, diffIds: rejected, layer, apart: null, image: rejected },
    others: rejected,
  }
}

function openFromEngine(
  reference: string,
  options: OpenOptions,
  readOptions: { select: Selector } & Parameters<typeof readImageArchive>[1],
) {
  const engine = options.engine()
  const platform = options.platform
  const inspected = engine
    .then((connected) => inspectOrPull(connected, reference, options))
    .then((state) => withFiles(state, reference))
  const announcedDiffIds = inspected.then(async (state) => {
    const isCertain = platform === null || samePlatform(state, platform)
    return isCertain && state.RootFS?.Layers?.length ? state.RootFS.Layers : null
  })
  const readAlone = async (): Promise<ReadImage> => {
    const state = await inspected
    const source = await saveFromEngine(await engine, reference, state, options)
    const freeBytes = freeBytesAt(readOptions.directory)
    const size = state.Size ?? 0
    if (freeBytes < size) {
      throw notEnoughSpace(readOptions.directory, size, freeBytes)
    }
    return readImageArchive(source, { ...readOptions, freeBytes })
  }
  // An engine cannot send several images for a chosen platform in one stream.
  const sharedStream = platform === null ? options.sharedStream : null
  const { onLayer = () => undefined } = readOptions
  const image = sharedStream?.read({ reference, state: inspected, onLayer, readAlone }) ?? readAlone()
  announcedDiffIds.catch(() => undefined)
  return { whenFound: inspected, announcedDiffIds, image }
}

async function saveFromEngine(engine: Engine, reference: string, state: ImageState, options: OpenOptions) {
  // Saved by the id that was inspected, since a tag may be moved between the two calls. Older engines
  // silently ignore `platform`, so it is not sent to them, and the archive's config decides.
  const takesPlatform = compareApi(engine.apiVersion, '1.48') >= 0
  const platform = options.platform !== null && takesPlatform ? platformJson(options.platform) : undefined
  const name = state.Id.startsWith('sha256:') ? state.Id : reference
  return images.save(engine, name, platform, options.signal)
}

async function inspectOrPull(
  engine: Engine,
  reference: string,
  { platform, isInEngine = false, signal }: OpenOptions,
): Promise<ImageState> {
  const platformParameter =
    platform !== null && compareApi(engine.apiVersion, '1.49') >= 0 ? platformJson(platform) : undefined
  const inspect = () => images.inspect(engine, reference, platformParameter, signal)
  if (isInEngine) {
    return inspect()
  }
  const state = await inspect().catch(unlessStatus(404))
  if (state && (platform === null || platformParameter !== undefined || samePlatform(state, platform))) {
    return state
  }
  await pullImage(engine, reference, platform, signal)
  return inspect()
}

/** Throws `no-files` for an image of no layers (`FROM scratch` and nothing else), which an engine cannot save. */
function withFiles(state: ImageState, reference: string): ImageState {
  const isEmpty = state.RootFS?.Type === 'layers' && !state.RootFS.Layers?.length
  if (isEmpty) {
    const what = 'the image has no layers, and so no files'
    throw new SeaworthyError({ code: 'no-files', what, where: reference })
  }
  return state
}

/** The platform as the Engine API's `platform` parameter wants it (API 1.48). */
function platformJson(platform: string): string {
  const [os, architecture, variant] = platform.split('/')
  return JSON.stringify({ os, architecture, ...(variant ? { variant } : {}) })
}

function samePlatform(state: ImageState, platform: string): boolean {
  const [os, architecture, variant] = platform.split('/')
  return state.Os === os && state.Architecture === architecture && (!variant || state.Variant === variant)
}

/** Checks that the image that was read has the layers that were announced before. */
function checkAnnounced(announcement: Promise<readonly string[] | null> | null) {
  return async (image: Image): Promise<Image> => {
    const announcedDiffIds = await announcement
    const diffIdsRead = image.layers.map(({ diffId }) => diffId)
    if (!announcedDiffIds || announcedDiffIds.join() === diffIdsRead.join()) {
      return image
    }
    throw new SeaworthyError({
      code: 'image-changed',
      what: 'the image that was read is not the one that was inspected: their layers differ',
      where: image.reference,
    })
  }
}

function notEnoughSpace(directory: string, needed: number, free: number): SeaworthyError {
  const mib = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`
  return noSpace(directory, `the image needs ${mib(needed)}, but only ${mib(free)} is free`)
}

/** Passes on layers as they arrive to those who wait for one by its diff_id. */
function createLayerArrivals() {
  const arrivalByDiffId = new Map<string, PromiseWithResolvers<LayerFile>>()
  let ending: { error: unknown } | null = null
  const arrivalOf = (diffId: string) => {
    const existing = arrivalByDiffId.get(diffId)
    if (existing) {
      return existing
    }
    const arrival = Promise.withResolvers<LayerFile>()
    arrival.promise.catch(() => undefined)
    arrivalByDiffId.set(diffId, arrival)
    if (ending) {
      arrival.reject(ending.error)
    }
    return arrival
  }
  const rejectAll = (error: unknown) => {
    ending ??= { error }
    for (const { reject } of arrivalByDiffId.values()) {
      reject(error)
    }
  }
  return {
    put: (layer: LayerFile) => arrivalOf(layer.diffId).resolve(layer),
    get: (diffId: string) => arrivalOf(diffId).promise,
    close() {
      const what = 'the image has no such layer'
      rejectAll(new SeaworthyError({ code: 'no-such-layer', what, where: 'image' }))
    },
    /** Called if reading fails: the image's files are removed, including layers that had arrived. */
    fail(error: unknown) {
      rejectAll(error)
      arrivalByDiffId.clear()
    },
  }
}
