import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { compareText } from '../../../model/index.js'

/**
 * SHA-256 over a folder of files, to identify it: over the lines `mode path sha256\n` in path order. Mode is
 * `x` for an executable file, `-` for another, and `l` with the target's hash for a link. `.git` and logs do
 * not count. Folders have no line.
 */
export function treeHash(folder: string): string {
  const lines = filesOf(folder).map(({ path, isExecutable, link }) => {
    const bytes = link === null ? readFileSync(join(folder, path)) : Buffer.from(link)
    const mode = link !== null ? 'l' : isExecutable ? 'x' : '-'
    return `${mode} ${path} ${createHash('sha256').update(bytes).digest('hex')}\n`
  })
  return `sha256:${createHash('sha256').update(lines.join('')).digest('hex')}`
}

/**
 * All files and links that the hash covers, in the order of the paths' UTF-16 code units. `path` is relative to the
 * folder; `link` is the target of a symbolic link, and `null` for a file.
 */
export function filesOf(folder: string) {
  return pathsOf(folder, '').map((path) => {
    const full = join(folder, path)
    const state = lstatSync(full)
    const link = state.isSymbolicLink() ? readlinkSync(full) : null
    return { path, isExecutable: (state.mode & 0o100) !== 0, link }
  })
}

function pathsOf(folder: string, below: string): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (path === '.git' || path === 'log') {
        return []
      }
      return entry.isDirectory() ? pathsOf(folder, path) : [path]
    })
    .sort((a, b) => compareText(a, b))
}
