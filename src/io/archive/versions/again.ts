import type { ApplicationFile, ApplicationStatement } from '../../../model/application.js'
import type { LayerFacts } from '../../../model/image.js'
import type { RootState } from '../../../model/layers.js'
import { isPackages, programsIn } from '../../../model/programs.js'
import { type Extent, openStored, piecesOf } from '../application/stored.js'
import type { StoredLayer } from '../context.js'
import { type SaysOf, versionsInAny } from './search.js'

export function createVersions(tar: string, places: ReadonlyMap<string, Extent>): SaysOf {
  return (path) => {
    const place = places.get(path)
    if (place === undefined) {
      return []
    }
    const stored = openStored(tar)
    let said: readonly ApplicationStatement[] = []
    try {
      const body = versionsInAny((says) => {
        said = says
      })
      for (const piece of piecesOf(stored.read, place)) {
        body.write(piece)
      }
      body.end()
      return said
    } finally {
      stored.close()
    }
  }
}

/** Smaller ones are none of these programs, which come with all that they need. */
const SMALLEST = 2 ** 20
/** Two seconds of work. What is beyond it stays what it is: a program that no package explains. */
const MOST_BYTES = 2 ** 30

/**
 * Reads once more the large programs that the image shows and nothing explains: a renamed Node.js. Only now is it known
 * which these are.
 * @param layers with the owners of their programs
 * @param scanned the same layers as they were read
 */
export function withRenamed(
  layers: readonly LayerFacts[],
  scanned: readonly Pick<StoredLayer, 'programs'>[],
  root: Pick<RootState, 'programs'>,
): readonly LayerFacts[] {
  let left = MOST_BYTES
  return layers.map((layer, index) => {
    const { files, saysOf } = scanned[index]?.programs ?? {}
    const { applications, programs } = layer
    if (saysOf === undefined || applications === undefined || programs === undefined) {
      return layer
    }
    const found: Record<string, ApplicationFile> = {}
    for (const [path, { form, listings, record }] of programsIn(programs)) {
      const size = files?.get(path)?.size ?? 0
      const isSeen = root.programs.get(path)?.diffId === layer.diffId
      const isExplained =
        record !== null || listings.some(isPackages) || Object.hasOwn(applications.files, path)
      if (form === 'elf' && isSeen && !isExplained && size >= SMALLEST && size <= left) {
        left -= size
        const says = saysOf(path)
        if (says.length > 0) {
          found[path] = { md5: null, says }
        }
      }
    }
    return Object.keys(found).length === 0
      ? layer
      : { ...layer, applications: { ...applications, files: { ...applications.files, ...found } } }
  })
}
