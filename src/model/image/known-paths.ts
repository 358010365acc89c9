import { ancestorsOf } from './interest.js'

/** Maps with paths as keys, updated as layers add and remove files. */
export interface KnownPaths {
  note<Value>(known: Map<string, Value>, path: string, value: Value): void
  has(path: string): boolean
  /** Whether it is a directory of noted paths, which may be gone by now. */
  isDirectory(path: string): boolean
  /** Removes this path from all maps, and everything below it unless the path stays a directory. */
  forget(path: string, isDirectory: boolean): void
  /** Removes everything below a directory from all maps. */
  empty(directory: string): void
  /** Calls with all paths below a directory, which may be gone by now, and with the directories above them. */
  eachBelow(directory: string, call: (path: string) => void): void
}

/** Maps that share their directories: `note` sets a path in one of them; `forget` and `empty` remove it from all. */
export function createKnownPaths(maps: readonly Pick<Map<string, unknown>, 'delete' | 'has'>[]): KnownPaths {
  /** Directory -> known paths directly below it, so that its content can be removed without searching all paths. */
  const below = new Map<string, Set<string>>()
  const drop = (path: string) => {
    for (const map of maps) {
      map.delete(path)
    }
  }
  const eachBelow: KnownPaths['eachBelow'] = (directory, call) => {
    const pathsToVisit = [...(below.get(directory) ?? [])]
    for (let path = pathsToVisit.pop(); path !== undefined; path = pathsToVisit.pop()) {
      call(path)
      for (const one of below.get(path) ?? []) {
        pathsToVisit.push(one)
      }
    }
  }
  /** Each path is removed once, whatever the number of layers is. */
  const empty = (directory: string) => {
    const gone: string[] = []
    eachBelow(directory, (path) => gone.push(path))
    below.delete(directory)
    for (const path of gone) {
      drop(path)
      below.delete(path)
    }
  }
  return {
    eachBelow,
    empty,
    has: (path) => maps.some((map) => map.has(path)),
    isDirectory: (path) => below.has(path),
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
      if (!isDirectory) {
        empty(path)
      }
    },
  }
}
