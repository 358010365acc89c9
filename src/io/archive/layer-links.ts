import { interestIn, isParentOfInterest } from '../../model/interest.js'
import { shownName } from './path.js'
import type { TarEntry } from './tar-header.js'

/** The symbolic links of a layer that an engine would write through. */
export interface LayerLinks {
  add(path: string, target: string): void
  /** Why it is not known where this entry ends up; `null` if it is at its own path, as far as the gate reads. */
  through(path: string): string | null
}

/** path_resolution(7): Linux follows no more. */
const MOST_HOPS = 40
/**
 * Limits on the parts of one path, including those of its links, and its characters (PATH_MAX): no honest image has
 * more.
 */
const MOST_PARTS = 255
const LONGEST = 4096
/** Limit on the characters of paths and targets: a few hundred thousand links. */
const MOST_CHARACTERS = 2 ** 25

/**
 * An engine that unpacks a layer follows the links that the layer itself has made (20.10 was seen to): with `a ->
 * etc` the entry `a/passwd` becomes /etc/passwd. That is harmless, and occurs if packages from before and after
 * usrmerge share a layer, unless the entry ends up where the gate reads. Links are stored by their own resolved
 * location, so that no other path to them is missed.
 */
export function createLayerLinks(): LayerLinks {
  const targets = new Map<string, string>()
  let characters = 0
  let last: { readonly directory: string; readonly real: string | null } = { directory: '', real: '' }

  /** The location of a directory once links are followed, `''` for the root; `null` if there are too many. */
  function realOf(directory: string): string | null {
    if (targets.size === 0) {
      return directory
    }
    if (last.directory !== directory) {
      last = { directory, real: follow(targets, directory) }
    }
    return last.real
  }

  return {
    add(path, target) {
      const { directory, name } = splitPath(path)
      const real = realOf(directory)
      characters += path.length + target.length
      if (real !== null && characters <= MOST_CHARACTERS) {
        targets.set(joined(real, name), target)
      }
      last = { directory: '', real: '' }
    },
    through(path) {
      const { directory, name } = splitPath(path)
      const real = realOf(directory)
      if (characters > MOST_CHARACTERS) {
        return 'it exceeds the limit for symbolic links'
      }
      if (real === directory) {
        return null
      }
      if (real === null) {
        return `too many symbolic links in the path to ${shownName(path)}`
      }
      const place = name === '.wh..wh..opq' ? real : joined(real, name.replace(/^\.wh\./, ''))
      if (!isOurs(place, path)) {
        return null
      }
      return `a symbolic link in this layer redirects ${shownName(path)} to a place from which the gate reads packages, users or apt sources`
    },
  }
}

/** The path at the end of all links in a path; `null` if there are too many. @param targets links by their own paths */
export function follow(targets: ReadonlyMap<string, string>, directory: string): string | null {
  const ahead = directory.split('/').reverse()
  let real = ''
  let hops = 0
  for (let count = 0; ahead.length > 0; count++) {
    if (count > MOST_PARTS || real.length > LONGEST) {
      return null
    }
    const part = ahead.pop() ?? ''
    if (part === '' || part === '.') {
      continue
    }
    if (part === '..') {
      // The root is its own parent.
      real = real.slice(0, Math.max(0, real.lastIndexOf('/')))
      continue
    }
    const next = joined(real, part)
    const target = targets.get(next)
    if (target === undefined) {
      real = next
    } else {
      if (++hops > MOST_HOPS || target.length > LONGEST) {
        return null
      }
      if (target.startsWith('/')) {
        real = ''
      }
      for (const one of target.split('/').reverse()) {
        ahead.push(one)
      }
    }
  }
  return real
}

/** `/usr` has only os-release, which is believed only if the packages agree with it. */
function isOurs(place: string, path: string): boolean {
  const kind = interestIn(place)
  if (kind === 'possible-status') {
    return interestIn(path) !== kind
  }
  if (/^usr(?:\/|$)/.test(place)) {
    return false
  }
  return place === '' || kind !== null || isParentOfInterest(place)
}

function splitPath(path: string): { readonly directory: string; readonly name: string } {
  const slash = path.lastIndexOf('/')
  return { directory: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) }
}

function joined(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`
}

/** Why the content of an entry that is no regular file was not read. */
export function notAFile(entry: TarEntry): string {
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
