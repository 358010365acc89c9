import { interestIn, isParentOfInterest } from '../../../model/index.js'
import { resolvePath, shownName } from '../formats/path.js'

/** The symbolic links of a layer that redirect the layer's other entries when an engine unpacks it. */
export interface LayerLinks {
  add(path: string, target: string): void
  /** Why an entry may end up at another path; `null` if it stays, or ends up where the gate does not read. */
  redirection(path: string): string | null
}

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
      lastResolved = { directory, resolved: resolvePath((link) => targets.get(link), directory) }
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
