import type { Image } from './image.js'

/** A layer on disk, as it arrived: a tar, or a compressed one. The SHA-256 of the tar is its diff_id. */
export interface LayerFile {
  readonly diffId: string
  readonly path: string
  /** Bytes of the tar. */
  readonly size: number
  /** `null`: the file is the tar itself. */
  readonly compression: 'gzip' | 'zstd' | null
  /** Bytes of the file. */
  readonly storedSize: number
}

/** Which place an image's name is about: the engine, a file or folder, or a registry alone. */
export type ImageSource = 'engine' | 'archive' | 'registry'

/** An image that was read from a registry, because the engine has it for another platform. */
export interface Apart {
  /** The engine's, `linux/amd64`. */
  readonly engine: string
  /** True if the run judges the engine's own too. */
  readonly isJudgedInEngine: boolean
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
  /** Resolves when that layer is whole; rejects if the image turns out not to have it. */
  layer(diffId: string): Promise<LayerFile>
  /** Set if the image was not read from the engine, although the engine has another platform of it; else `null`. */
  readonly apart: Apart | null
  /** The whole image, once all of it was read and every digest proven. */
  readonly image: Promise<Image>
}
