import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { compareText } from '../../../model/order.js'

/**
 * SHA-256 over a folder of files, so that it can be named: over the lines `mode path sha256\n` in the order of the
 * paths, where mode is `x` for a file that may be executed and `-` for another, and `l` with the target's hash for a
 * link. Nothing of `.git` and of logs counts. Folders have no line.
 */
export function treeHash(folder: string): string {
  const lines = filesOf(folder, '').map((path) => {
    const full = join(folder, path)
    const state = lstatSync(full)
    const isLink = state.isSymbolicLink()
    const bytes = isLink ? Buffer.from(readlinkSync(full)) : readFileSync(full)
    const mode = isLink ? 'l' : state.mode & 0o100 ? 'x' : '-'
    return `${mode} ${path} ${createHash('sha256').update(bytes).digest('hex')}\n`
  })
  return `sha256:${createHash('sha256').update(lines.join('')).digest('hex')}`
}

/** Paths relative to the folder, in the order of their UTF-16 code units. */
function filesOf(folder: string, below: string): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (path === '.git' || path === 'log') return []
      return entry.isDirectory() ? filesOf(folder, path) : [path]
    })
    .sort((a, b) => compareText(a, b))
}
