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
