import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { compareText } from '../../../model/order.js'

interface TreeFile {
  /** Relative to the folder. */
  readonly path: string
  readonly isExecutable: boolean
  /** Target of a symbolic link; `null` for a file. */
  readonly link: string | null
}

/**
 * SHA-256 over a folder of files, so that it can be named: over the lines `mode path sha256\n` in the order of the
 * paths, where mode is `x` for a file that may be executed and `-` for another, and `l` with the target's hash for a
 * link. Nothing of `.git` and of logs counts. Folders have no line.
 */
export function treeHash(folder: string): string {
  const lines = filesOf(folder).map(({ path, isExecutable, link }) => {
    const bytes = link === null ? readFileSync(join(folder, path)) : Buffer.from(link)
    const mode = link !== null ? 'l' : isExecutable ? 'x' : '-'
    return `${mode} ${path} ${createHash('sha256').update(bytes).digest('hex')}\n`
  })
  return `sha256:${createHash('sha256').update(lines.join('')).digest('hex')}`
}

/** All that counts, in the order of the UTF-16 code units of the paths. */
export function filesOf(folder: string): TreeFile[] {
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
