import {
  type InterestKind,
  interestIn,
  isExpectedLink,
  isParentOfInterest,
  looksLikeStatus,
  ROOT,
  STATUS_HEAD_BYTES,
} from '../../../model/index.js'
import type { Limits, Usage } from '../formats/limits.js'
import { shownName } from '../formats/path.js'
import type { LayerEntry, LayerTree } from '../tree/layer-tree.js'

/** The files of interest in a layer. */
export interface LayerTexts {
  /** Path -> text. */
  readonly files: Readonly<Record<string, string>>
  /** Path -> why it could not be read; `.` for the whole layer. */
  readonly unreadable: Readonly<Record<string, string>>
}

/** Reads dpkg's databases, the release, apt's configuration and accounts (`interestIn`). */
export function readTexts(tree: LayerTree, limits: Limits, usage: Usage): LayerTexts {
  const files = new Map<string, string>()
  const unreadable = new Map<string, string>()
  let textBytes = 0
  if (tree.redirection !== null) {
    unreadable.set(ROOT, tree.redirection)
  }

  /** Beyond the limit, one entry for the root stands for all further files. */
  function noteUnreadable(path: string, reason: string): void {
    if (unreadable.size < limits.filesOfInterest) {
      unreadable.set(path, reason)
    } else {
      const what = `a layer contains more than ${limits.filesOfInterest} relevant files that cannot be read`
      unreadable.set(ROOT, what)
    }
  }

  function limitExceeded(size: number, limit: number): string | null {
    if (size > limit) {
      return `${size} bytes, over the limit of ${limit}`
    }
    if (files.size >= limits.filesOfInterest) {
      return `more than ${limits.filesOfInterest} relevant files in this layer`
    }
    if (textBytes + size > limits.layerTextBytes) {
      return `with this file, the relevant files in this layer would exceed the limit of ${limits.layerTextBytes} bytes`
    }
    if (usage.textBytes + size > limits.allTextBytes) {
      return `with this file, the relevant files in all layers would exceed the limit of ${limits.allTextBytes} bytes`
    }
    return null
  }

  function read(entry: LayerEntry, kind: InterestKind): void {
    const { path, type, linkPath } = entry
    if (type === 'symlink' && isExpectedLink(path, linkPath)) {
      return
    }
    // A link to /dev/null is how a configuration file is disabled: it counts as an empty file.
    if (type === 'symlink' && linkPath === '/dev/null' && kind === 'text') {
      files.set(path, '')
      return
    }
    const file = tree.fileOf(entry)
    if (typeof file === 'string') {
      if (kind !== 'possible-status' && kind !== 'nested-release') {
        noteUnreadable(path, notRegularReason(entry))
      }
      return
    }
    if (kind === 'possible-status' && !isStatus(tree, file)) {
      return
    }
    const isShort = kind === 'text' || kind === 'nested-release'
    const excess = limitExceeded(file.size, isShort ? limits.textBytes : limits.statusBytes)
    if (excess !== null) {
      noteUnreadable(path, excess)
      return
    }
    textBytes += file.size
    usage.textBytes += file.size
    files.set(path, withoutPasswords(path, tree.bytesOf(file).toString('utf8')))
  }

  for (const entry of tree.entries()) {
    const kind = interestIn(entry.path)
    const mayHideTexts = kind === null || kind === 'possible-status'
    if (mayHideTexts && entry.type === 'symlink' && isParentOfInterest(entry.path)) {
      noteUnreadable(entry.path, notRegularReason(entry))
    }
    if (kind !== null && entry.type !== 'directory') {
      read(entry, kind)
    }
  }
  return { files: Object.fromEntries(files), unreadable: Object.fromEntries(unreadable) }
}

/** Whether a file named `status` begins as a dpkg status file does: other programs have such files, too. */
function isStatus(tree: LayerTree, file: LayerEntry): boolean {
  return (
    file.size >= STATUS_HEAD_BYTES &&
    looksLikeStatus(tree.read(file)(0, STATUS_HEAD_BYTES).toString('latin1'))
  )
}

/** In the addresses of apt's sources and proxies, and hashes in passwd(5): evidence never has the value of a credential. */
function withoutPasswords(path: string, text: string): string {
  if (path === 'etc/passwd') {
    return text.replaceAll(/^([^:\n]*:)[^:\n]{2,}(?=:)/gm, '$1***')
  }
  return path.startsWith('etc/apt/')
    ? text.replaceAll(/(:\/\/[^\s/:@'"]{0,200}:)[^\s/@'"]{1,500}(?=@)/g, '$1***')
    : text
}

/** Why the content of an entry that is no regular file was not read. */
function notRegularReason(entry: LayerEntry): string {
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
