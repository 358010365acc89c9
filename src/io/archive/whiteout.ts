import { ROOT } from '../../model/interest.js'
import { shortName } from './path.js'
import { archiveError } from './problems.js'

/** What of the layers below a whiteout hides: a path, or all that a directory held. OCI image-spec, layer.md. */
export interface Whiteout {
  readonly kind: 'whiteout' | 'opaque'
  readonly target: string
}

/**
 * @param name the last part of the path
 * @returns `null` where the entry is no whiteout; `bookkeeping` where it is one of the builder's own
 * @throws `archive-hostile` for a whiteout that names no file
 */
export function whiteoutOf(path: string, name: string, where: string): Whiteout | 'bookkeeping' | null {
  if (!name.startsWith('.wh.')) return null
  const directory = path.slice(0, Math.max(0, path.length - name.length - 1)) || ROOT
  if (name === '.wh..wh..opq') return { kind: 'opaque', target: directory }
  // AUFS' own, such as .wh..wh.plnk: says nothing about the layers below.
  if (name.startsWith('.wh..wh.')) return 'bookkeeping'
  const hidden = name.slice('.wh.'.length)
  if (hidden === '' || hidden === '.' || hidden === '..') {
    throw archiveError('archive-hostile', where, `a whiteout that names no file: ${shortName(path)}`)
  }
  return { kind: 'whiteout', target: directory === ROOT ? hidden : `${directory}/${hidden}` }
}
