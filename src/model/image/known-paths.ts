import { ancestorsOf } from './interest.js'

/** What is known by path. */
export interface KnownPaths {
  note<Value>(known: Map<string, Value>, path: string, value: Value): void
  /** Removes what is known of this path, and of everything below it unless the path stays a directory. */
  forget(path: string, isDirectory: boolean): void
}

/** Later entries of one path win: what they replace is no more, in any of the maps. */
export function createKnownPaths(maps: readonly Pick<Map<string, unknown>, 'delete'>[]): KnownPaths {
  /** Directory -> what is known right below it: its content can be removed without searching all other paths. */
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
