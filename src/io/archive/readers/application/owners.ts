import { type ApplicationRecords, mergedPath } from '../../../../model/index.js'
import { divertedIn, linesOf } from '../dpkg-lists.js'
import { type ScannedLayer, withApplicationRecords } from '../layer.js'
import { DIVERSIONS, LISTS_CUT } from '../records.js'

type LayerPart = Pick<ScannedLayer, 'layerFacts' | 'listTexts'>

/**
 * Adds what dpkg's lists in each layer say about application files in any layer.
 */
export function withOwners<Layer extends LayerPart>(layers: readonly Layer[]): readonly Layer[] {
  const filePaths = new Set<string>()
  for (const { layerFacts } of layers) {
    for (const path of Object.keys(layerFacts.applications?.files ?? {})) {
      filePaths.add(mergedPath(path))
    }
  }
  const layersWithDiversions = layers.map((layer) => {
    if (layer.listTexts.size === 0) {
      return layer
    }
    const diverted = divertedIn(layer.listTexts.get(DIVERSIONS), filePaths)
    const areListsCut = layer.listTexts.has(LISTS_CUT)
    return withApplicationRecords(layer, () => ({ diverted, ...(areListsCut && { areListsCut }) }))
  })
  const listedPaths = withDiverted(layersWithDiversions, filePaths)
  return layersWithDiversions.map((layer) => withOwned(layer, listedPaths))
}

/** Adds the original paths of diverted files, under which their packages' lists contain them. */
function withDiverted(layers: readonly LayerPart[], filePaths: ReadonlySet<string>): ReadonlySet<string> {
  const originalPaths = layers.flatMap(({ layerFacts }) =>
    Object.values(layerFacts.applications?.diverted ?? {}),
  )
  return originalPaths.length === 0 ? filePaths : new Set([...filePaths, ...originalPaths])
}

function withOwned<Layer extends LayerPart>(layer: Layer, listedPaths: ReadonlySet<string>): Layer {
  if (listedPaths.size === 0) {
    return layer
  }
  const owned: Record<string, ApplicationRecords['owned'][string]> = {}
  for (const [name, text] of layer.listTexts) {
    const lines = name === DIVERSIONS || name === LISTS_CUT ? [] : linesOf(name, text, listedPaths)
    if (lines.length > 0) {
      owned[name] = Object.fromEntries(lines)
    }
  }
  return withApplicationRecords(layer, () => ({ owned }))
}

/**
 * Adds the MD5 sums of the files for which lists have one, under the file's path or its original path before a
 * diversion.
 * @param layers with owners
 */
export async function withSums(layers: readonly ScannedLayer[]): Promise<readonly ScannedLayer[]> {
  const applicationsByLayer = layers.map(({ layerFacts }) => layerFacts.applications)
  const summedPaths = new Set(
    applicationsByLayer.flatMap((applications) =>
      Object.values(applications?.owned ?? {}).flatMap((paths) =>
        Object.keys(paths).filter((path) => paths[path] !== null),
      ),
    ),
  )
  for (const [divertedTo, from] of applicationsByLayer.flatMap((applications) =>
    Object.entries(applications?.diverted ?? {}),
  )) {
    if (summedPaths.has(from)) {
      summedPaths.add(divertedTo)
    }
  }
  if (summedPaths.size === 0) {
    return layers
  }
  const summed: ScannedLayer[] = []
  for (const layer of layers) {
    summed.push(await withSumsOf(layer, summedPaths))
  }
  return summed
}

async function withSumsOf(layer: ScannedLayer, summedPaths: ReadonlySet<string>): Promise<ScannedLayer> {
  const sums = new Map<string, string>()
  for (const [path, extent] of layer.extents) {
    if (summedPaths.has(mergedPath(path))) {
      sums.set(path, await layer.tree.sumOf(extent, 'md5'))
    }
  }
  return withApplicationRecords(layer, ({ files }) => {
    const filesWithSums = Object.entries(files).map(
      ([path, file]) => [path, { ...file, md5: file.md5 ?? sums.get(path) ?? null }] as const,
    )
    return { files: Object.fromEntries(filesWithSums) }
  })
}
