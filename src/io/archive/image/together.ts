import { join } from 'node:path'
import { type ImageState, images } from '../../engine/docker.js'
import type { Engine } from '../../engine/engine.js'
import { makeFolder } from '../../files/temporary.js'
import { type ReadImage, type ReadImageOptions, readImagesArchive } from './image-archive.js'

export interface SharedRead {
  readonly reference: string
  readonly state: Promise<ImageState>
  readonly onLayer: NonNullable<ReadImageOptions['onLayer']>
  readonly readAlone: () => Promise<ReadImage>
}

/**
 * Reads several images of one engine in one stream: a shared layer is sent, stored, hashed and searched once.
 * The result for each is the same as if it were read alone: an image that the stream does not deliver
 * completely is read again separately, and then reports its own error. So no image affects another, and none
 * can use up the limits of all. Layers are not kept for other runs: what is known about one would have to be
 * trusted (decision 32).
 */
export interface SharedStream {
  read(request: SharedRead): Promise<ReadImage>
  /** Called after the last `read`: the stream may begin. */
  close(): void
}

/** How an image is read, alone or together with others. */
export type ReadTogether = (
  onLayer: SharedRead['onLayer'],
  readAlone: SharedRead['readAlone'],
) => Promise<ReadImage>

/** A request with the promise that answers it. */
type Waiting<Request> = Request & { readonly result: PromiseWithResolvers<ReadImage> }

/** Requests that wait for each other. @param readAll answers all of them, after the last one */
export function createWaitingList<Request>(
  readAll: (waiting: readonly Waiting<Request>[]) => Promise<void>,
): { read(request: Request): Promise<ReadImage>; close(): void } {
  const waiting: Waiting<Request>[] = []
  return {
    read(request) {
      const result = Promise.withResolvers<ReadImage>()
      waiting.push({ ...request, result })
      return result.promise
    },
    close: () => void readAll(waiting),
  }
}

/** Answers each with its image; one without an image is read alone. One after the other, since each may be large. */
export async function answerEach(
  waiting: readonly Waiting<Pick<SharedRead, 'readAlone'>>[],
  images: readonly (ReadImage | null)[],
): Promise<void> {
  for (const [at, { result, readAlone }] of waiting.entries()) {
    const image = images[at] ?? null
    if (image !== null) {
      result.resolve(image)
    } else {
      await readAlone().then(result.resolve, result.reject)
    }
  }
}

export function createSharedStream(options: {
  readonly engine: () => Promise<Engine>
  /** Where layers are written, in their own folder. */
  readonly directory: string
  readonly signal: AbortSignal
}): SharedStream {
  return createWaitingList<SharedRead>((waiting) => readAll(waiting, options))
}

async function readAll(
  waiting: readonly Waiting<SharedRead>[],
  options: Parameters<typeof createSharedStream>[0],
): Promise<void> {
  const states = await Promise.allSettled(waiting.map(({ state }) => state))
  const inspected = waiting.flatMap((request, at) => {
    const state = states[at]
    if (state?.status === 'fulfilled') {
      return [{ ...request, state: state.value }]
    }
    request.result.reject(state?.reason)
    return []
  })
  const results = inspected.length < 2 ? [] : await readInOneStream(inspected, options)
  await answerEach(inspected, results)
}

async function readInOneStream(
  inspected: readonly (Omit<Waiting<SharedRead>, 'state'> & { readonly state: ImageState })[],
  { engine, directory, signal }: Parameters<typeof createSharedStream>[0],
): Promise<readonly (ReadImage | null)[]> {
  try {
    // Saved by the ids that were inspected, since a tag may be moved between the two calls.
    const ids = [...new Set(inspected.map(({ state }) => state.Id))]
    const folder = join(directory, 'images')
    makeFolder(folder)
    const requests = inspected.map(({ reference, state }) => ({ reference, select: { name: state.Id } }))
    const source = await images.saveAll(await engine(), ids, signal)
    return await readImagesArchive(source, requests, {
      reference: `${ids.length} images in the engine`,
      directory: folder,
      onLayer: (file) => {
        for (const { state, onLayer } of inspected) {
          if (state.RootFS?.Layers?.includes(file.diffId) ?? true) {
            onLayer(file)
          }
        }
      },
      signal,
    })
  } catch {
    // Whatever the error is (a full disk, an aborted run, a refusal): reading alone reports it.
    return []
  }
}
