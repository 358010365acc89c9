import { ancestorsOf, mergedPath } from '../../../model/index.js'
import type { Mark } from '../store/layer-index.js'
import type { ScannedLayer } from './layer.js'

type LayerPart = Pick<ScannedLayer, 'layerFacts' | 'tree' | 'sampledPaths'>

/** A list that a higher layer replaces or hides, with the index of the layer that wrote it. */
interface OutdatedList {
  readonly name: string
  readonly layerIndex: number
}

/** Limit for lookups in the layers' path indexes, each of which computes a hash. */
const MAX_LOOKUPS = 300_000

/**
 * Adds what became of the files in lists that a higher layer replaces or hides. If a package is updated or
 * removed, its files are rewritten or hidden too; whether they were is known only when the order of the
 * layers is.
 */
export function withOutdated<Layer extends LayerPart>(layers: readonly Layer[]): readonly Layer[] {
  const lookups = createLookups(layers)
  const outdatedByLayer = layers.map((): Record<string, { files: number; untouched: number }> => ({}))
  for (const { name, layerIndex } of outdatedLists(layers)) {
    const sampledPaths = layers[layerIndex]?.sampledPaths.get(name) ?? []
    const files = sampledPaths.flatMap((path) => lookups.storedPath(path, layerIndex) ?? [])
    const untouched = files.filter((path) => !lookups.isRewritten(path, layerIndex))
    const countsByList = outdatedByLayer[layerIndex]
    if (lookups.remaining() <= 0) {
      break
    }
    if (countsByList !== undefined) {
      countsByList[name] = { files: files.length, untouched: untouched.length }
    }
  }
  return layers.map((layer, layerIndex) => {
    const { layerFacts } = layer
    const outdated = outdatedByLayer[layerIndex] ?? {}
    return layerFacts.records === undefined
      ? layer
      : { ...layer, layerFacts: { ...layerFacts, records: { ...layerFacts.records, outdated } } }
  })
}

/** Replaced lists come first. */
function outdatedLists(layers: readonly LayerPart[]): readonly OutdatedList[] {
  const writerByList = new Map<string, number>()
  const folders = new Map<string, Set<string>>()
  const replaced: OutdatedList[] = []
  const hiddenWithFolder: OutdatedList[] = []
  for (const [index, { layerFacts }] of layers.entries()) {
    const { holds = [], hides = [] } = layerFacts.records ?? {}
    for (const name of [...holds, ...hides]) {
      markOutdated(name, replaced)
    }
    for (const folder of hides) {
      for (const name of folders.get(folder) ?? []) {
        markOutdated(name, hiddenWithFolder)
      }
      folders.delete(folder)
    }
    for (const name of holds) {
      writerByList.set(name, index)
      const folder = name.split('/', 1)[0] ?? ''
      folders.set(folder, (folders.get(folder) ?? new Set()).add(name))
    }
  }
  return [...replaced, ...hiddenWithFolder]

  function markOutdated(name: string, target: OutdatedList[]): void {
    const layerIndex = writerByList.get(name)
    if (layerIndex !== undefined && (layers[layerIndex]?.sampledPaths.has(name) ?? false)) {
      target.push({ name, layerIndex })
    }
    writerByList.delete(name)
  }
}

function createLookups(layers: readonly LayerPart[]) {
  let remaining = MAX_LOOKUPS
  const replacedDirectories = layers.map(() => new Map<string, boolean>())
  const has = (layerIndex: number, path: string, ...marks: readonly Mark[]): boolean => {
    remaining -= marks.length
    return layers[layerIndex]?.tree.index.has(path, ...marks) ?? false
  }
  const isDirectoryReplaced = (layerIndex: number, directory: string): boolean => {
    const known = replacedDirectories[layerIndex]?.get(directory)
    if (known !== undefined) {
      return known
    }
    const isReplaced = has(layerIndex, directory, 'other', 'whiteout', 'opaque')
    replacedDirectories[layerIndex]?.set(directory, isReplaced)
    return isReplaced
  }
  return {
    remaining: () => remaining,
    /** The path under which this layer or a lower one has the file; `null` if none has it. */
    storedPath(path: string, lastLayer: number): string | null {
      const found = [...new Set([path, mergedPath(path)])].find((candidate) =>
        layers.some((_, layerIndex) => layerIndex <= lastLayer && has(layerIndex, candidate, 'other')),
      )
      return found ?? null
    },
    isRewritten: (path: string, writtenIn: number): boolean =>
      layers.some(
        (_, layerIndex) =>
          layerIndex > writtenIn &&
          (has(layerIndex, path, 'other', 'whiteout', 'directory') ||
            ancestorsOf(path).some((directory) => isDirectoryReplaced(layerIndex, directory))),
      ),
  }
}
