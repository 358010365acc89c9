import { ancestorsOf } from '../../../model/index.js'
import { resolvePath } from '../formats/path.js'
import type { LayerEntry, LayerTree } from './layer-tree.js'

/** An entry, and the number of the layer that has it, from 0. */
export interface PlacedEntry {
  readonly layer: number
  readonly entry: LayerEntry
}

/** The layers of an image, merged by the rules of the OCI image-spec (layer.md, "Applying Changesets"). */
export interface ImageTree {
  /** What a container sees at this path; `null`: nothing, or a directory that no layer has an entry of. */
  at(path: string): PlacedEntry | null
  /** Whether a container sees what this layer has at the path. @param layer has an entry there */
  isShown(layer: number, path: string): boolean
  /** The path with all symbolic links resolved, below the root; `null` if there are too many. */
  resolve(path: string): string | null
}

export function mergedTree(layers: readonly LayerTree[]): ImageTree {
  /** Directory -> how many layers there are up to the last that replaces, hides or empties it or one above it. */
  const hiddenBelow = new Map<string, number>()

  function layersHidden(directory: string): number {
    const known = hiddenBelow.get(directory)
    if (known !== undefined) {
      return known
    }
    const [parent] = ancestorsOf(directory)
    const own = layers.findLastIndex(({ index }) => index.has(directory, 'other', 'whiteout', 'opaque')) + 1
    const count = Math.max(own, parent === undefined ? 0 : layersHidden(parent))
    hiddenBelow.set(directory, count)
    return count
  }

  function isShown(layer: number, path: string): boolean {
    const isBelow = layers
      .slice(layer + 1)
      .some(({ index }) => index.has(path, 'other', 'directory', 'whiteout'))
    return !isBelow && layersHidden(ancestorsOf(path)[0] ?? path) <= layer + 1
  }

  function at(path: string): PlacedEntry | null {
    const layer = layers.findLastIndex(({ index }) => index.lastAt(path) !== null)
    const { index } = layers[layer] ?? {}
    const id = index?.lastAt(path) ?? null
    if (index === undefined || id === null || !isShown(layer, path) || index.isReplaced(id)) {
      return null
    }
    return { layer, entry: index.entry(id) }
  }

  return { at, isShown, resolve: (path) => resolvePath((link) => linkTarget(at(link)), path) }
}

function linkTarget(placed: PlacedEntry | null): string | undefined {
  return placed?.entry.type === 'symlink' ? placed.entry.linkPath : undefined
}
