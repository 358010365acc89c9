import { join } from 'node:path'
import { type ReadImage, type ReadImageOptions, readImagesBlobs } from '../archive/image/image-archive.js'
import { answerEach, createWaitingList } from '../archive/image/together.js'
import { makeFolder } from '../files/temporary.js'
import { dockerLogins } from '../registry/login.js'
import { type ImageInRegistry, registryBlobs } from '../registry/platforms.js'

/** Limit for reading one layer, in milliseconds; for all of them, the run's limit applies. */
export const LAYER_MS = 15 * 60_000
/** How often a request is repeated if the registry is busy. */
export const RETRIES = 3

/** An image of a registry that may share layers with others. */
interface SharedDownload {
  /** As the user named it. */
  readonly name: string
  readonly image: ImageInRegistry
  readonly onLayer: NonNullable<ReadImageOptions['onLayer']>
  readonly readAlone: () => Promise<ReadImage>
}

/**
 * Reads several images of registries as one set of blobs: a shared layer is fetched, stored, hashed and searched once.
 * The result for each is the same as if it were read alone: if not all of it arrives, it is read again separately, and
 * then reports its own error (as in `SharedStream`).
 */
export interface SharedDownloads {
  read(request: SharedDownload): Promise<ReadImage>
  /** Called after the last `read`: the downloads may begin. */
  close(): void
}

export function createSharedDownloads(options: {
  /** Where layers are written, in their own folder. */
  readonly directory: string
  readonly signal: AbortSignal
}): SharedDownloads {
  return createWaitingList<SharedDownload>(async (waiting) =>
    answerEach(waiting, waiting.length < 2 ? [] : await readTogether(waiting, options)),
  )
}

async function readTogether(
  waiting: readonly SharedDownload[],
  { directory, signal }: Parameters<typeof createSharedDownloads>[0],
): Promise<readonly (ReadImage | null)[]> {
  try {
    const folder = join(directory, 'downloads')
    makeFolder(folder)
    const images = waiting.map(({ image }) => image)
    const repositories = { logins: dockerLogins(), signal, retries: RETRIES, timeoutMs: LAYER_MS }
    const blobs = registryBlobs(images, folder, repositories)
    const requests = waiting.map(({ name, image }) => ({ reference: name, select: { name: image.digest } }))
    return await readImagesBlobs(blobs, requests, {
      reference: `${waiting.length} images in registries`,
      directory: folder,
      onLayer: (file) => {
        for (const { image, onLayer } of waiting) {
          if (image.diffIds.includes(file.diffId)) {
            onLayer(file)
          }
        }
      },
      signal,
    })
  } catch {
    // Whatever the error is (a missing blob, a full disk, an aborted run): images that are read alone report their own.
    return []
  }
}
