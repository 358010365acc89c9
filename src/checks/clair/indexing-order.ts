import type { LayerFile } from '../../model/index.js'
import type { ImageForClair } from './image.js'

/** A smaller layer is scanned faster than it is asked for. */
const EARLY_BYTES = 4 * 1024 * 1024

/**
 * Clair scans nothing before it has fetched all the layers of a manifest. So each layer that arrives while others are
 * missing is first indexed as an image of its own, one after the other: Clair keeps what it found in a layer, and
 * neither fetches nor scans it again. Resolves once nothing is being indexed; never rejects, since whatever failed is
 * tried again with the image.
 * @param layers diff_ids
 * @param scanned the layers of a run that were indexed in this way, shared by its images
 */
export async function scanEarly(
  layers: readonly string[],
  arrived: (layer: string) => Promise<Pick<LayerFile, 'size'>>,
  index: (layer: string) => Promise<unknown>,
  scanned: Set<string>,
): Promise<void> {
  let missing = new Set(layers).size
  let last: Promise<unknown> = Promise.resolve()
  const scan = async (layer: string): Promise<void> => {
    if (missing > 0 && !scanned.has(layer)) {
      scanned.add(layer)
      await index(layer).catch(() => undefined)
    }
  }
  const arrivals = [...new Set(layers)].map(async (layer) => {
    const { size } = await arrived(layer)
    missing--
    if (size >= EARLY_BYTES) {
      last = last.then(() => scan(layer))
    }
  })
  await Promise.allSettled(arrivals)
  await last
}

/**
 * Indexes the first of several images with the same bottom layer before the others. Clair never scans a layer twice,
 * but until it has finished the first scan, it starts another scan for each request.
 */
export function indexBaseFirst<T>(
  subjects: readonly ImageForClair[],
  index: (subject: ImageForClair) => Promise<T>,
): readonly Promise<T>[] {
  const firstByBottomLayer = new Map<string, Promise<unknown>>()
  return subjects.map(async (subject) => {
    const [bottom = ''] = await subject.opening.diffIds
    const before = firstByBottomLayer.get(bottom)
    if (before !== undefined) {
      await before
      return index(subject)
    }
    const first = index(subject)
    // The others are requested even if this one fails.
    firstByBottomLayer.set(
      bottom,
      first.catch(() => undefined),
    )
    return first
  })
}
