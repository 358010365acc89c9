import type { Image } from './image.js'
import type { Reference } from './reference.js'

/** A layer on disk, as it arrived: a tar, or a compressed one. The SHA-256 of the tar is its diff_id. */
export interface LayerFile {
  readonly diffId: string
  readonly path: string
  /** In bytes. */
  readonly size: number
}

/** Where an image was found: in the engine, in a file or folder, or only in a registry. */
export type ImageSource = 'engine' | 'archive' | 'registry'

/** An image that was read from a registry, because the engine has it for another platform. */
export interface Apart {
  /** The engine's platform, such as `linux/amd64`. */
  readonly engine: string
  /** True if the run also judges the image for the engine's own platform. */
  readonly isJudgedInEngine: boolean
}

/** The layers of an image as its registry stores them, for somebody else who fetches them there. */
export interface StoredLayers {
  readonly reference: Reference
  /** Digests of their blobs, in the order of `diffIds`. */
  readonly blobs: readonly string[]
}

/**
 * An image while it is being read. Checks start before the first byte has arrived and wait for what they need:
 * nothing is read twice and nothing polls.
 */
export interface OpeningImage {
  readonly reference: string
  readonly source: ImageSource
  /** Resolves once the image is known to exist: in the engine (pulled, if necessary), in a registry, or as a file. */
  readonly found: Promise<void>
  /** diff_ids in RootFS order. For an engine they are known before any byte of the image is read. */
  readonly diffIds: Promise<readonly string[]>
  /** Resolves when the layer has been read completely; rejects if the image does not have it. */
  layer(diffId: string): Promise<LayerFile>
  /** Set if the image was not read from the engine, although the engine has another platform of it; else `null`. */
  readonly apart: Apart | null
  /** Set if `source` is `registry`. */
  readonly stored?: StoredLayers
  /** The whole image, once all of it was read and every digest proven. */
  readonly image: Promise<Image>
}
