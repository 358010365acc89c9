import { type ApplicationFile, createKnownPaths } from '../../../../model/index.js'
import type { StoredLayer } from '../context.js'
import { createPathNames } from '../marks.js'
import { NOT_READ_YET, type NotReadYet, type SecondReads } from '../second-reads.js'
import type { Extent } from './stored.js'

/** A file that is a package because of the files around it, with the index of its layer. */
export interface FoundFile {
  readonly layer: number
  readonly path: string
  readonly file: ApplicationFile
}

interface Candidate {
  readonly layer: number
  readonly extent: Extent
}

/** The merged file system, limited to recorded links and candidates, and to requested paths. */
export interface MergedView {
  /** Symbolic links, with the paths that they lead to. */
  readonly links: ReadonlyMap<string, string>
  /** Files that may be packages because of the files around them. */
  readonly candidates: ReadonlyMap<string, Candidate>
  /** Whether a requested path exists. */
  has(path: string): boolean
}

/** @param requested paths of files and folders */
export function mergedView(
  layers: readonly Pick<StoredLayer, 'paths' | 'packageLinks'>[],
  requested: ReadonlySet<string>,
): MergedView {
  const links = new Map<string, string>()
  const candidates = new Map<string, Candidate>()
  const present = new Map<string, true>()
  const knownPaths = createKnownPaths([links, candidates, present])
  const names = createPathNames()
  requested.forEach(names.add)
  for (const { packageLinks } of layers) {
    packageLinks?.symlinks.keys().forEach(names.add)
    packageLinks?.candidates.keys().forEach(names.add)
  }
  for (const [layer, { paths, packageLinks }] of layers.entries()) {
    const presentInLayer: string[] = []
    paths.each((mark, key) => {
      const path = names.byKey.get(key)
      if (path === undefined) {
        return
      }
      knownPaths.forget(path, mark === 'directory')
      if (requested.has(path) && (mark === 'directory' || mark === 'other')) {
        presentInLayer.push(path)
      }
    })
    // Added after all marks of the layer, which hide only files of lower layers.
    for (const path of presentInLayer) {
      knownPaths.note(present, path, true)
    }
    for (const [path, target] of packageLinks?.symlinks ?? []) {
      knownPaths.note(links, path, target)
    }
    for (const [path, extent] of packageLinks?.candidates ?? []) {
      knownPaths.note(candidates, path, { layer, extent })
    }
  }
  return { links, candidates, has: (path) => present.has(path) }
}

/** The candidates for which `readCandidate` returns a file. Hard links' shared content is read once. */
export function readCandidates(
  layers: readonly Pick<StoredLayer, 'secondReads'>[],
  candidates: readonly (readonly [path: string, Candidate])[],
  readCandidate: (
    secondReads: SecondReads,
    extent: Extent,
    path: string,
  ) => ApplicationFile | null | NotReadYet,
): readonly FoundFile[] {
  return [...Map.groupBy(candidates, ([, { layer }]) => layer)].flatMap(([layer, candidatesOfLayer]) => {
    const { secondReads } = layers[layer] ?? {}
    if (secondReads === undefined) {
      return []
    }
    const fileByOffset = new Map<number, ApplicationFile | null | NotReadYet>()
    return candidatesOfLayer.flatMap(([path, { extent }]): FoundFile[] => {
      const readBefore = fileByOffset.get(extent.offset)
      const file = readBefore === undefined ? readCandidate(secondReads, extent, path) : readBefore
      fileByOffset.set(extent.offset, file)
      return file === null || file === NOT_READ_YET ? [] : [{ layer, path, file }]
    })
  })
}
