import {
  type createKnownPaths,
  type InterestKind,
  isExpectedLink,
  looksLikeStatus,
  ROOT,
  STATUS_HEAD_BYTES,
} from '../../../model/index.js'
import type { Limits, Usage } from '../formats/limits.js'
import { relativePath } from '../formats/path.js'
import type { TarEntry } from '../formats/tar-header.js'
import { type Body, collectBody } from '../formats/tar-reader.js'
import { notRegularReason } from './links.js'

/** The files of interest in a layer: those that were read as text, and those that could not be read. */
export interface LayerTexts {
  readonly files: Map<string, string>
  readonly unreadable: Map<string, string>
  readonly known: ReturnType<typeof createKnownPaths>
  readonly limits: Limits
  readonly usage: Usage
  textBytes: number
  filesRead: number
}

/** Beyond the limit, one entry for the root stands for all further files. */
export function noteUnreadable(layer: LayerTexts, path: string, reason: string): void {
  if (layer.unreadable.size < layer.limits.filesOfInterest) {
    layer.known.note(layer.unreadable, path, reason)
  } else {
    const what = `a layer contains more than ${layer.limits.filesOfInterest} relevant files that cannot be read`
    layer.unreadable.set(ROOT, what)
  }
}

export function readFile(
  layer: LayerTexts,
  path: string,
  kind: InterestKind,
  tarEntry: TarEntry,
): Body | null {
  if (tarEntry.type === 'symlink' && isExpectedLink(path, tarEntry.linkPath)) {
    return null
  }
  // A link to /dev/null is how a configuration file is disabled: it counts as an empty file.
  if (tarEntry.type === 'symlink' && tarEntry.linkPath === '/dev/null' && kind === 'text') {
    copyText(layer, path, '')
    return null
  }
  if (tarEntry.type !== 'file') {
    const target = tarEntry.type === 'hardlink' ? relativePath(tarEntry.linkPath) : null
    const text = target === null ? undefined : layer.files.get(target)
    if (text !== undefined) {
      copyText(layer, path, text)
    } else if (kind !== 'possible-status' && kind !== 'nested-release') {
      noteUnreadable(layer, path, notRegularReason(tarEntry))
    }
    return null
  }
  return kind === 'possible-status'
    ? readIfStatus(layer, path, tarEntry)
    : readText(layer, path, kind, tarEntry)
}

function readText(layer: LayerTexts, path: string, kind: InterestKind, { size }: TarEntry): Body | null {
  const limit =
    kind === 'text' || kind === 'nested-release' ? layer.limits.textBytes : layer.limits.statusBytes
  const excess = limitExceeded(layer, size, limit)
  if (excess !== null) {
    noteUnreadable(layer, path, excess)
    return null
  }
  // Counted before the body arrives, so that nothing beyond the limit is buffered.
  countFile(layer, size)
  return collectBody((bytes) => {
    layer.known.note(layer.files, path, withoutPasswords(path, bytes.toString('utf8')))
  })
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

/** Stores the text of a hard link's target under the link's path. */
function copyText(layer: LayerTexts, path: string, text: string): void {
  const excess = limitExceeded(layer, text.length, layer.limits.statusBytes)
  if (excess === null) {
    countFile(layer, text.length)
    layer.known.note(layer.files, path, text)
  } else {
    noteUnreadable(layer, path, excess)
  }
}

function countFile(layer: LayerTexts, size: number): void {
  layer.filesRead++
  layer.textBytes += size
  layer.usage.textBytes += size
}

/** Reads a file named `status` only if it begins as a dpkg status file does. */
function readIfStatus(layer: LayerTexts, path: string, tarEntry: TarEntry): Body | null {
  if (tarEntry.size < STATUS_HEAD_BYTES) {
    return null
  }
  let head: Buffer | null = Buffer.alloc(0)
  let textReader: Body | null = null
  return {
    write(bytes) {
      if (head === null) {
        return textReader?.write(bytes)
      }
      head = Buffer.concat([head, bytes])
      if (head.length < STATUS_HEAD_BYTES) {
        return
      }
      if (looksLikeStatus(head.toString('latin1', 0, STATUS_HEAD_BYTES))) {
        textReader = readText(layer, path, 'status', tarEntry)
        textReader?.write(head)
      }
      head = null
    },
    end: () => textReader?.end(),
  }
}

function limitExceeded(layer: LayerTexts, size: number, limit: number): string | null {
  if (size > limit) {
    return `${size} bytes, over the limit of ${limit}`
  }
  if (layer.filesRead >= layer.limits.filesOfInterest) {
    return `more than ${layer.limits.filesOfInterest} relevant files in this layer`
  }
  if (layer.textBytes + size > layer.limits.layerTextBytes) {
    return `with this file, the relevant files in this layer would exceed the limit of ${layer.limits.layerTextBytes} bytes`
  }
  if (layer.usage.textBytes + size > layer.limits.allTextBytes) {
    return `with this file, the relevant files in all layers would exceed the limit of ${layer.limits.allTextBytes} bytes`
  }
  return null
}
