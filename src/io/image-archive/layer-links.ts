import { isParentOfInterest, ROOT } from '../../core/interest.js'
import { shortName } from './path.js'

/** The symbolic links of a layer, as far as an engine would write through them. */
export interface LayerLinks {
  add(path: string, target: string): void
  /** Why nobody knows where this entry comes to lie; `null` where it is what it says. */
  through(path: string): string | null
}

/**
 * An engine that unpacks a layer follows the links that the layer itself has made (20.10 was seen to): with
 * `a -> etc` the entry `a/passwd` is /etc/passwd. That is harmless, and met where packages of before and after
 * usrmerge are one layer, unless a link leads to where the gate reads. Such links are few in honest layers, and only
 * then entries are looked at. Of all others a number is kept: by a chain of links they may lead there too.
 */
export function createLayerLinks(): LayerLinks {
  const all = new Set<number>()
  let leadsToUs = false

  /** The first directory on the way that is a link. */
  function linkAbove(path: string): string | null {
    const at = all.size === 0 ? -1 : findSlash(path, (number) => all.has(number))
    return at < 0 ? null : path.slice(0, at)
  }

  return {
    add(path, target) {
      // Below a link only `..` leads on to where nobody knows: the rest stays below a place that is known not to be ours.
      const isLexical = !climbsBack(target) && (linkAbove(path) === null || !target.split('/').includes('..'))
      if (!isLexical || isWatched(inRoot(path, target))) leadsToUs = true
      findSlash(`${path}/`, (number, isLast) => isLast && all.add(number) !== null)
    },
    through(path) {
      const link = leadsToUs ? linkAbove(path) : null
      if (link === null) return null
      return `an entry lies below the symbolic link ${shortName(link)}, and a link of this layer leads to where packages, users or sources are`
    },
  }
}

/**
 * Index of the first slash for which the number of what is before it fits, or -1. Two paths that have one number (of
 * 53 bits) make somebody look once more, and nothing else: no need for a slow hash (FNV-1a, two of other primes).
 */
function findSlash(path: string, fits: (number: number, isLast: boolean) => boolean): number {
  let [high, low] = [0x811c9dc5, 0x01000193]
  for (let at = 0; at < path.length; at++) {
    const code = path.charCodeAt(at)
    if (code === 0x2f && fits((high >>> 0) * 2 ** 21 + (low >>> 11), at === path.length - 1)) return at
    high = Math.imul(high ^ code, 16777619)
    low = Math.imul(low ^ code, 0x5bd1e995)
  }
  return -1
}

/** `/usr` has only os-release, which is believed wherever it says what the packages are. */
function isWatched(directory: string): boolean {
  return directory === ROOT || (isParentOfInterest(directory) && !/^usr(?:\/|$)/.test(directory))
}

/** `a/..` is not where it looks to be if `a` is a link. */
function climbsBack(target: string): boolean {
  const parts = target.split('/').filter((part) => part !== '' && part !== '.')
  const down = parts.findIndex((part) => part !== '..')
  return down >= 0 && parts.includes('..', down)
}

/** Where a link leads without other links; the root is its own parent. */
function inRoot(path: string, target: string): string {
  const parts = target.startsWith('/') ? [] : path.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.length === 0 ? ROOT : parts.join('/')
}
