import { ancestorsOf } from './interest.js'

/** Maps with paths as keys, updated as layers add and remove files. */
export interface KnownPaths {
  note<Value>(known: Map<string, Value>, path: string, value: Value): void
  /** Removes this path from all maps, and everything below it unless the path stays a directory. */
  forget(path: string, isDirectory: boolean): void
}

/** Sets the value of a path in one map, and removes the path from all other maps: a later entry replaces it. */
export function createKnownPaths(maps: readonly Pick<Map<string, unknown>, 'delete'>[]): KnownPaths {
  /** Directory -> known paths directly below it, so that its content can be removed without searching all paths. */
  const below = new Map<string, Set<string>>()
  const drop = (path: string) => {
    for (const map of maps) {
      map.delete(path)
    }
  }
  return {
    note(known, path, value) {
      known.set(path, value)
      let at = path
      for (const above of ancestorsOf(path)) {
        const names = below.get(above) ?? new Set()
        if (names.has(at)) {
          return
        }
        below.set(above, names.add(at))
        at = above
      }
    },
    forget(path, isDirectory) {
      drop(path)
      const removedPaths = isDirectory ? [] : [path]
      for (const directory of removedPaths) {
        for (const one of below.get(directory) ?? []) {
          drop(one)
          removedPaths.push(one)
        }
        below.delete(directory)
      }
    },
  }
}
