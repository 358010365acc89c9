import type { ApplicationFile } from '../../../model/application.js'
import { ancestorsOf } from '../../../model/interest.js'
import { createKnownPaths } from '../../../model/known-paths.js'
import type { StoredLayer } from '../context.js'
import { keyOfPath } from '../layer-marks.js'
import type { Extent } from './stored.js'

/** A file that is a package by what is around it, and the layer that it comes from, by its number. */
export interface FoundFile {
  readonly layer: number
  readonly path: string
  readonly file: ApplicationFile
}

/** What the merged file system shows of what the layers noted, and of the paths that somebody asked for. */
export interface MergedView {
  /** Symbolic links, with the paths that they lead to. */
  readonly links: ReadonlyMap<string, string>
  /** Files that may be packages by what is around them, each with the number of the layer that it comes from. */
  readonly candidates: ReadonlyMap<string, { readonly layer: number; readonly place: Extent }>
  /** Asked for, and there. */
  has(path: string): boolean
}

/** @param asked paths of files and folders */
export function mergedView(
  layers: readonly Pick<StoredLayer, 'paths' | 'packageLinks'>[],
  asked: ReadonlySet<string>,
): MergedView {
  const links = new Map<string, string>()
  const candidates = new Map<string, { layer: number; place: Extent }>()
  const there = new Map<string, true>()
  const known = createKnownPaths([links, candidates, there])
  const byKey = namesOf([
    asked,
    ...layers.flatMap(({ packageLinks }) => [
      packageLinks?.symlinks.keys() ?? [],
      packageLinks?.candidates.keys() ?? [],
    ]),
  ])
  for (const [layer, { paths, packageLinks }] of layers.entries()) {
    const here: string[] = []
    paths.each((mark, key) => {
      const path = byKey.get(key)
      if (path === undefined) {
        return
      }
      known.forget(path, mark === 'directory')
      if (asked.has(path) && (mark === 'directory' || mark === 'other')) {
        here.push(path)
      }
    })
    // What a layer hides is only that of the layers below it.
    for (const path of here) {
      known.note(there, path, true)
    }
    for (const [path, target] of packageLinks?.symlinks ?? []) {
      known.note(links, path, target)
    }
    for (const [path, place] of packageLinks?.candidates ?? []) {
      known.note(candidates, path, { layer, place })
    }
  }
  return { links, candidates, has: (path) => there.has(path) }
}

/** Paths and the folders above them by their keys in the layers' indexes. */
function namesOf(all: readonly Iterable<string>[]): ReadonlyMap<bigint, string> {
  const byKey = new Map<bigint, string>()
  const named = new Set<string>()
  const add = (path: string) => {
    if (!named.has(path)) {
      named.add(path)
      byKey.set(keyOfPath(path), path)
    }
  }
  for (const some of all) {
    for (const path of some) {
      for (const one of named.has(path) ? [] : [path, ...ancestorsOf(path)]) {
        add(one)
      }
    }
  }
  return byKey
}
