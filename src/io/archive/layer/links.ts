import { interestIn, isParentOfInterest } from '../../../model/index.js'
import { shownName } from '../formats/path.js'
import type { TarEntry } from '../formats/tar-header.js'

/** The symbolic links of a layer that redirect the layer's other entries when an engine unpacks it. */
export interface LayerLinks {
  add(path: string, target: string): void
  /** Why an entry may end up at another path; `null` if it stays, or ends up where the gate does not read. */
  redirection(path: string): string | null
}

/** Linux follows at most 40 links (path_resolution(7)). */
const MAX_LINK_HOPS = 40
/** Limits for a path's components, with those of links in it, and for its characters (PATH_MAX). */
const MAX_PATH_PARTS = 255
const MAX_PATH_LENGTH = 4096
/** Limit for the characters of all paths and targets: enough for a few hundred thousand links. */
const MAX_LINK_CHARACTERS = 2 ** 25

/**
 * An engine that unpacks a layer follows the links that the layer itself has created (observed with 20.10):
 * with `a -> etc`, the entry `a/passwd` becomes /etc/passwd. That is harmless, and occurs if packages from
 * before and after usrmerge share a layer, unless the entry ends up where the gate reads. Links are stored by
 * their own resolved path, so that no other path to them is missed.
 */
export function createLayerLinks(): LayerLinks {
  const targets = new Map<string, string>()
  let characters = 0
  const root: { readonly directory: string; readonly resolved: string | null } = {
    directory: '',
    resolved: '',
  }
  let lastResolved = root

  /** The directory with all links resolved, `''` for the root; `null` if there are too many links. */
  function resolvedDirectory(directory: string): string | null {
    if (targets.size === 0) {
      return directory
    }
    if (lastResolved.directory !== directory) {
      lastResolved = { directory, resolved: resolvePath(targets, directory) }
    }
    return lastResolved.resolved
  }

  return {
    add(path, target) {
      const { directory, name } = splitPath(path)
      const resolved = resolvedDirectory(directory)
      characters += path.length + target.length
      if (resolved !== null && characters <= MAX_LINK_CHARACTERS) {
        targets.set(joinPath(resolved, name), target)
      }
      lastResolved = root
    },
    redirection(path) {
      const { directory, name } = splitPath(path)
      const resolved = resolvedDirectory(directory)
      if (characters > MAX_LINK_CHARACTERS) {
        return 'it exceeds the limit for symbolic links'
      }
      if (resolved === directory) {
        return null
      }
      if (resolved === null) {
        return `too many symbolic links in the path to ${shownName(path)}`
      }
      const target = name === '.wh..wh..opq' ? resolved : joinPath(resolved, name.replace(/^\.wh\./, ''))
      return isReadByGate(target, path)
        ? `a symbolic link in this layer redirects ${shownName(path)} to a place from which the gate reads packages, users or apt sources`
        : null
    },
  }
}

/**
 * A path with all links resolved; `null` if there are too many.
 * @param targets links by their own paths
 */
export function resolvePath(targets: ReadonlyMap<string, string>, directory: string): string | null {
  const remainingParts = directory.split('/').reverse()
  let resolved = ''
  let hops = 0
  for (let count = 0; remainingParts.length > 0; count++) {
    if (count > MAX_PATH_PARTS || resolved.length > MAX_PATH_LENGTH) {
      return null
    }
    const part = remainingParts.pop() ?? ''
    if (part === '' || part === '.') {
      continue
    }
    if (part === '..') {
      // The root is its own parent.
      resolved = resolved.slice(0, Math.max(0, resolved.lastIndexOf('/')))
      continue
    }
    const path = joinPath(resolved, part)
    const target = targets.get(path)
    if (target === undefined) {
      resolved = path
    } else {
      if (++hops > MAX_LINK_HOPS || target.length > MAX_PATH_LENGTH) {
        return null
      }
      if (target.startsWith('/')) {
        resolved = ''
      }
      remainingParts.push(...target.split('/').reverse())
    }
  }
  return resolved
}

/** Of `/usr`, the gate reads only os-release, which counts only if the packages agree with it. */
function isReadByGate(place: string, path: string): boolean {
  const kind = interestIn(place)
  if (kind === 'possible-status') {
    return interestIn(path) !== kind
  }
  if (kind === 'nested-release') {
    return false
  }
  return !/^usr(?:\/|$)/.test(place) && (place === '' || kind !== null || isParentOfInterest(place))
}

function splitPath(path: string): { readonly directory: string; readonly name: string } {
  const slash = path.lastIndexOf('/')
  return { directory: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) }
}

function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`
}

/** Why the content of an entry that is no regular file was not read. */
export function notRegularReason(entry: TarEntry): string {
  switch (entry.type) {
    case 'symlink':
      return `a symbolic link to ${shownName(entry.linkPath)}: links are not followed`
    case 'hardlink':
      return `a hard link to ${shownName(entry.linkPath)}: links are not followed`
    case 'sparse':
      return 'stored as a sparse file, which the gate does not read'
    default:
      return 'not a regular file'
  }
}
