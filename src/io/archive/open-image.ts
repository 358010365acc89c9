import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Image } from '../../model/image.js'
import type { Apart, ImageSource, LayerFile, OpeningImage } from '../../model/opening.js'
import type { OtherPlatforms } from '../../model/platforms.js'
import { SeaworthyError } from '../../model/problem.js'
import { type ImageState, images, unlessStatus } from '../engine/docker.js'
import { compareApi, type Engine } from '../engine/engine.js'
import { pullImage } from '../engine/transfer.js'
import { noSpace } from '../files/full-disk.js'
import { makeFolder } from '../files/temporary.js'
import {
  freeBytesAt,
  type ImageBlob,
  openImageFile,
  type ReadImage,
  readImageArchive,
  readImageBlobs,
} from './image-archive.js'
import { sourceOf } from './image-name.js'
import type { Together } from './together.js'

export interface OpenOptions {
  /** The engine, connected once and only if an image needs it. */
  readonly engine: () => Promise<Engine>
  /** Where layers are written; each image gets a folder in it. */
  readonly directory: string
  /** `os/architecture[/variant]`, or `null` for the only one or the host's. */
  readonly platform: string | null
  /** True if the engine is known to have it: it is not pulled, which might move the tag. */
  readonly isInEngine?: boolean
  /**
   * Images that are read in one stream with it, if it comes from the engine unchanged; `null`: it is read separately.
   */
  readonly together?: Together | null
  readonly signal: AbortSignal
}

type Select = { name?: string; platform?: string }

/**
 * Starts to read an image. A name that begins with `/`, `./` or `../`, or ends in .tar, .tar.gz, .tgz or .tar.zst, is
 * the path of an archive (or of a folder with an OCI layout), anything else a reference in the Docker engine. Returns
 * at once; errors arrive through the promises.
 */
export function openImage(reference: string, index: number, options: OpenOptions): OpenedImage {
  const { source } = sourceOf(reference)
  return opening(reference, index, { ...options, source, apart: null }, (read) =>
    source === 'archive'
      ? { found: access(reference), early: null, read: openImageFile(reference, read) }
      : openFromEngine(reference, options, read),
  )
}

/**
 * Starts to read an image from the blobs of an OCI image-layout; otherwise the same.
 * @param early its diff_ids, if its config was read before; the folder is for what is downloaded
 */
export function openBlobs(
  reference: string,
  index: number,
  options: OpenOptions & Origin,
  blobs: (directory: string) => AsyncIterable<ImageBlob>,
  early: readonly string[] | null = null,
): OpenedImage {
  return opening(reference, index, options, (read) => {
    const image = readImageBlobs(blobs(read.directory), read)
    const found = early === null ? image.then(() => undefined) : Promise.resolve()
    return { found, early: early === null ? null : Promise.resolve(early), read: image }
  })
}

/** An image while it is being read, and what comes next to it at its source. */
export interface OpenedImage {
  readonly opening: OpeningImage
  /** The archive's other platforms; neither engine nor registry is asked here. */
  readonly others: Promise<OtherPlatforms>
}

interface Origin {
  readonly source: ImageSource
  readonly apart: Apart | null
}

type Reading = {
  readonly found: Promise<unknown>
  readonly early: Promise<readonly string[] | null> | null
  readonly read: Promise<ReadImage>
}

function opening(
  reference: string,
  index: number,
  options: OpenOptions & Origin,
  start: (read: { select: Select } & Parameters<typeof readImageArchive>[1]) => Reading,
): OpenedImage {
  const directory = join(options.directory, `image-${index}`)
  try {
    makeFolder(directory)
  } catch (error) {
    return neverOpened(reference, options.source, error)
  }
  const shelf = layerShelf()
  const select: Select = options.platform === null ? {} : { platform: options.platform }
  const { signal, source, apart } = options
  const opened = start({ reference, select, directory, onLayer: shelf.put, signal })
  const image = opened.read.then((it) => it.image).then(proven(opened.early))
  image.then(shelf.close, shelf.fail)
  const late = image.then(({ layers }) => layers.map(({ diffId }) => diffId))
  const diffIds = opened.early ? opened.early.then((early) => early ?? late) : late
  // Whatever went wrong, the image's own error describes it.
  const found = opened.found.catch(() => image).then(() => undefined)
  const others = opened.read.then((it) => it.others)
  for (const promise of [image, late, diffIds, found, others]) {
    promise.catch(() => undefined) // each waiter gets the error itself
  }
  return { opening: { reference, source, found, diffIds, layer: shelf.get, apart, image }, others }
}

/** Its error arrives in the same way as those of any other image. */
export function neverOpened(reference: string, source: ImageSource, error: unknown): OpenedImage {
  const never = Promise.reject(error)
  never.catch(() => undefined)
  const layer = () => Promise.reject(error)
  return {
    opening: { reference, source, found: never, diffIds: never, layer, apart: null, image: never },
    others: never,
  }
}

function openFromEngine(
  reference: string,
  options: OpenOptions,
  read: { select: Select } & Parameters<typeof readImageArchive>[1],
) {
  const engine = options.engine()
  const platform = options.platform
  const state = engine.then((it) => inspectOrPull(it, reference, options))
  const early = state.then(async (it) => {
    const certain = platform === null || samePlatform(it, platform)
    return certain && it.RootFS?.Layers?.length ? it.RootFS.Layers : null
  })
  const alone = async (): Promise<ReadImage> => {
    const it = await state
    const source = await saved(await engine, reference, it, options)
    const freeBytes = freeBytesAt(read.directory)
    const size = it.Size ?? 0
    if (freeBytes < size) {
      throw tooSmall(read.directory, size, freeBytes)
    }
    return readImageArchive(source, { ...read, freeBytes })
  }
  // For one platform out of several, an engine sends separate streams.
  const together = platform === null ? options.together : null
  const whole = together
    ? together.read({ reference, state, onLayer: read.onLayer ?? (() => undefined), alone })
    : alone()
  early.catch(() => undefined)
  return { found: state, early, read: whole }
}

async function saved(engine: Engine, reference: string, state: ImageState, options: OpenOptions) {
  // By the id that was inspected: a tag may be moved between the two calls. Older engines silently ignore `platform`,
  // so it is not sent to them, and the archive's own config decides.
  const platform = options.platform !== null && compareApi(engine.apiVersion, '1.48') >= 0
  const name = state.Id.startsWith('sha256:') ? state.Id : reference
  return images.save(
    engine,
    name,
    platform ? platformJson(options.platform ?? '') : undefined,
    options.signal,
  )
}

async function inspectOrPull(
  engine: Engine,
  reference: string,
  { platform, isInEngine = false, signal }: OpenOptions,
): Promise<ImageState> {
  const wanted =
    platform !== null && compareApi(engine.apiVersion, '1.49') >= 0 ? platformJson(platform) : undefined
  if (isInEngine) {
    return images.inspect(engine, reference, wanted, signal)
  }
  const found = await images.inspect(engine, reference, wanted, signal).catch(unlessStatus(404))
  if (found && (platform === null || wanted !== undefined || samePlatform(found, platform))) {
    return found
  }
  await pullImage(engine, reference, platform, signal)
  return images.inspect(engine, reference, wanted, signal)
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

/** Checks that the image that was read is the one whose layers were announced earlier. */
function proven(early: Promise<readonly string[] | null> | null) {
  return async (image: Image): Promise<Image> => {
    const announced = await early
    const read = image.layers.map(({ diffId }) => diffId)
    if (!announced || announced.join() === read.join()) {
      return image
    }
    throw new SeaworthyError({
      code: 'image-changed',
      what: 'the image that was read is not the one that was inspected: their layers differ',
      where: image.reference,
    })
  }
}

function tooSmall(directory: string, needed: number, free: number): SeaworthyError {
  const mib = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`
  return noSpace(directory, `the image needs ${mib(needed)}, but only ${mib(free)} is free`)
}

/** Provides layers as they arrive to those who wait for one by its diff_id. */
function layerShelf() {
  const waiting = new Map<string, PromiseWithResolvers<LayerFile>>()
  let end: { error: unknown } | null = null
  const slot = (diffId: string) => {
    const known = waiting.get(diffId)
    if (known) {
      return known
    }
    const made = Promise.withResolvers<LayerFile>()
    made.promise.catch(() => undefined)
    waiting.set(diffId, made)
    if (end) {
      made.reject(end.error)
    }
    return made
  }
  const stop = (error: unknown) => {
    end ??= { error }
    for (const { reject } of waiting.values()) {
      reject(error)
    }
  }
  return {
    put: (layer: LayerFile) => slot(layer.diffId).resolve(layer),
    get: (diffId: string) => slot(diffId).promise,
    close: () =>
      stop(
        new SeaworthyError({
          code: 'no-such-layer',
          what: 'the image has no such layer',
          where: 'image',
        }),
      ),
    /** The files of an image that could not be read whole are removed, including layers that had arrived. */
    fail: (error: unknown) => {
      stop(error)
      waiting.clear()
    },
  }
}
