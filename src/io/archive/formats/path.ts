import { posix } from 'node:path'

/**
 * A tar entry's name as a path relative to the root: no leading `/` or `./`, no empty or `.` parts, no trailing
 * slash, `.` for the root itself. `null` if a part is `..`: no honest tool writes one.
 */
export function relativePath(name: string): string | null {
  // Nearly all names are clean already, except for the slash after a directory.
  if (name !== '' && !/(^|\/)(\.{0,2})(\/|$)/.test(name)) {
    return name
  }
  const parts: string[] = []
  for (const part of name.split('/')) {
    if (part === '..') {
      return null
    }
    if (part !== '' && part !== '.') {
      parts.push(part)
    }
  }
  return parts.length === 0 ? '.' : parts.join('/')
}

/** Where a link at `path` points to, relative to the archive's root; `null` if that is outside. */
export function linkTarget(path: string, target: string): string | null {
  if (target.startsWith('/')) {
    return null
  }
  const parts = path.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) {
        return null
      }
    } else if (part !== '' && part !== '.') {
      parts.push(part)
    }
  }
  return parts.join('/')
}

/** Linux' PATH_MAX: no engine can unpack a longer path; and a depth that no honest image has. */
const MAX_PATH_LENGTH = 4096
const MAX_PATH_DEPTH = 255

export function isOverlong(path: string): boolean {
  // Each part of a path takes at least two characters, so nearly all paths are too short to be too deep.
  const mayBeDeep = path.length >= 2 * MAX_PATH_DEPTH
  return (
    path.length > MAX_PATH_LENGTH ||
    (mayBeDeep && path.split('/', MAX_PATH_DEPTH + 1).length > MAX_PATH_DEPTH)
  )
}

/** A name from the archive for an error message: at most one line long. */
export function shownName(name: string): string {
  return name.length <= 200 ? name : `${name.slice(0, 200)}...`
}

/** The path in the image that a symbolic link leads to. */
export function symlinkTarget(path: string, target: string): string {
  const folder = target.startsWith('/') ? '' : path.slice(0, path.lastIndexOf('/') + 1)
  return posix.normalize(`/${folder}${target}`).slice(1)
}

/** Linux follows at most 40 links (path_resolution(7)). */
const MAX_LINK_HOPS = 40
/** Limit for a path's components, with those of links in it. */
const MAX_PATH_PARTS = 255

/**
 * A path with all links resolved; `null` if there are too many.
 * @param targetOf the target of the link at a path whose directories have no links; `undefined`: there is no link
 */
export function resolvePath(targetOf: (path: string) => string | undefined, path: string): string | null {
  const remainingParts = path.split('/').reverse()
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
    const next = resolved === '' ? part : `${resolved}/${part}`
    const target = targetOf(next)
    if (target === undefined) {
      resolved = next
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
