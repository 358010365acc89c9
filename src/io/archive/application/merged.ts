import type { ApplicationFile } from '../../../model/application.js'
import { ancestorsOf } from '../../../model/interest.js'
import { createKnownPaths } from '../../../model/known-paths.js'
import type { StoredLayer } from '../context.js'
import { keyOfPath } from '../layer-marks.js'
import { type Extent, openStored, type ReadAt } from './stored.js'

/** A file that is a package by what is around it, and the layer that it comes from, by its number. */
export interface FoundFile {
  readonly layer: number
  readonly path: string
  readonly file: ApplicationFile
}

interface Candidate {
  /** Its number. */
  readonly layer: number
  readonly extent: Extent
}

/** What the merged file system shows of what the layers noted, and of the paths that somebody asked for. */
export interface MergedView {
  /** Symbolic links, with the paths that they lead to. */
  readonly links: ReadonlyMap<string, string>
  /** Files that may be packages by what is around them, each with the layer that it comes from. */
  readonly candidates: ReadonlyMap<string, Candidate>
  /** Asked for, and there. */
  has(path: string): boolean
}

/** @param asked paths of files and folders */
export function mergedView(
  layers: readonly Pick<StoredLayer, 'paths' | 'packageLinks'>[],
  requested: ReadonlySet<string>,
): MergedView {
  const links = new Map<string, string>()
  const candidates = new Map<string, Candidate>()
  const present = new Map<string, true>()
  const known = createKnownPaths([links, candidates, present])
  const byKey = pathsByKey([
    requested,
    ...layers.flatMap(({ packageLinks }) => [
      packageLinks?.symlinks.keys() ?? [],
      packageLinks?.candidates.keys() ?? [],
    ]),
  ])
  for (const [layer, { paths, packageLinks }] of layers.entries()) {
    const presentInLayer: string[] = []
    paths.each((mark, key) => {
      const path = byKey.get(key)
      if (path === undefined) {
        return
      }
      known.forget(path, mark === 'directory')
      if (requested.has(path) && (mark === 'directory' || mark === 'other')) {
        presentInLayer.push(path)
      }
    })
    // What a layer hides is only that of the layers below it.
    for (const path of presentInLayer) {
      known.note(present, path, true)
    }
    for (const [path, target] of packageLinks?.symlinks ?? []) {
      known.note(links, path, target)
    }
    for (const [path, extent] of packageLinks?.candidates ?? []) {
      known.note(candidates, path, { layer, extent })
    }
  }
  return { links, candidates, has: (path) => present.has(path) }
}

/** The files among these that `readOne` makes something of. Hard links share their content, which is read once. */
export function readCandidates(
  layers: readonly Pick<StoredLayer, 'packageLinks'>[],
  candidates: readonly (readonly [path: string, Candidate])[],
  readCandidate: (read: ReadAt, extent: Extent, path: string) => ApplicationFile | null,
): readonly FoundFile[] {
  return [...Map.groupBy(candidates, ([, { layer }]) => layer)].flatMap(([layer, candidatesOfLayer]) => {
    const stored = openStored(layers[layer]?.packageLinks?.tar ?? '')
    const fileByOffset = new Map<number, ApplicationFile | null>()
    try {
      return candidatesOfLayer.flatMap(([path, { extent }]): FoundFile[] => {
        const readBefore = fileByOffset.get(extent.offset)
        const file = readBefore === undefined ? readCandidate(stored.read, extent, path) : readBefore
        fileByOffset.set(extent.offset, file)
        return file === null ? [] : [{ layer, path, file }]
      })
    } finally {
      stored.close()
    }
  })
}

/** Paths and the folders above them by their keys in the layers' indexes. */
function pathsByKey(pathLists: readonly Iterable<string>[]): ReadonlyMap<bigint, string> {
  const byKey = new Map<bigint, string>()
  const addedPaths = new Set<string>()
  const add = (path: string) => {
    if (!addedPaths.has(path)) {
      addedPaths.add(path)
      byKey.set(keyOfPath(path), path)
    }
  }
  for (const paths of pathLists) {
    for (const path of paths) {
      for (const ancestorOrSelf of addedPaths.has(path) ? [] : [path, ...ancestorsOf(path)]) {
        add(ancestorOrSelf)
      }
    }
  }
  return byKey
}
