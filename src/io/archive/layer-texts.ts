import {
  type InterestKind,
  isExpectedLink,
  looksLikeStatus,
  ROOT,
  STATUS_HEAD_BYTES,
} from '../../model/interest.js'
import type { createKnownPaths } from '../../model/known-paths.js'
import { notAFile } from './layer-links.js'
import type { Limits, Usage } from './limits.js'
import { relativePath } from './path.js'
import type { TarEntry } from './tar-header.js'
import { type Body, collected } from './tar-reader.js'

/** A layer's files that are read as text, by their names, and those that should have been. */
export interface LayerTexts {
  readonly files: Map<string, string>
  readonly unreadable: Map<string, string>
  readonly known: ReturnType<typeof createKnownPaths>
  readonly limits: Limits
  readonly usage: Usage
  /** Bytes and number of the files that were read. */
  textBytes: number
  interesting: number
}

/** A path that should be read and is not; beyond the limit, one line stands for the rest. */
export function cannotRead(layer: LayerTexts, path: string, reason: string): void {
  if (layer.unreadable.size < layer.limits.filesOfInterest) {
    layer.known.note(layer.unreadable, path, reason)
  } else {
    layer.unreadable.set(
      ROOT,
      `a layer contains more than ${layer.limits.filesOfInterest} relevant files that cannot be read`,
    )
  }
}

export function readFile(
  layer: LayerTexts,
  path: string,
  kind: InterestKind,
  current: TarEntry,
): Body | null {
  if (current.type === 'symlink' && isExpectedLink(path, current.linkPath)) {
    return null
  }
  // A file that is masked by a device hides nothing: there is nothing behind it.
  if (current.type === 'symlink' && current.linkPath === '/dev/null' && kind === 'text') {
    copyText(layer, path, '')
    return null
  }
  if (current.type === 'hardlink') {
    const target = relativePath(current.linkPath)
    const text = target === null ? undefined : layer.files.get(target)
    if (text !== undefined) {
      copyText(layer, path, text)
    } else if (kind !== 'possible-status') {
      cannotRead(layer, path, notAFile(current))
    }
    return null
  }
  if (current.type !== 'file') {
    if (kind !== 'possible-status') {
      cannotRead(layer, path, notAFile(current))
    }
    return null
  }
  return kind === 'possible-status'
    ? readIfStatus(layer, path, current)
    : readText(layer, path, kind, current)
}

function readText(layer: LayerTexts, path: string, kind: InterestKind, { size }: TarEntry): Body | null {
  const limit = kind === 'text' ? layer.limits.textBytes : layer.limits.statusBytes
  const over = overLimit(layer, size, limit)
  if (over !== null) {
    cannotRead(layer, path, over)
    return null
  }
  // Counted before the body arrives, so that nothing is buffered in vain.
  count(layer, size)
  return collected((bytes) => layer.known.note(layer.files, path, bytes.toString('utf8')))
}

/** A hard link is the same file as its target. */
function copyText(layer: LayerTexts, path: string, text: string): void {
  const over = overLimit(layer, text.length, layer.limits.statusBytes)
  if (over === null) {
    count(layer, text.length)
    layer.known.note(layer.files, path, text)
  } else {
    cannotRead(layer, path, over)
  }
}

function count(layer: LayerTexts, size: number): void {
  layer.interesting++
  layer.textBytes += size
  layer.usage.textBytes += size
}

/** A file that merely has the name `status`: its beginning decides. */
function readIfStatus(layer: LayerTexts, path: string, current: TarEntry): Body | null {
  if (current.size < STATUS_HEAD_BYTES) {
    return null
  }
  let head: Buffer | null = Buffer.alloc(0)
  let body: Body | null = null
  return {
    write(bytes) {
      if (head === null) {
        return body?.write(bytes)
      }
      head = Buffer.concat([head, bytes])
      if (head.length < STATUS_HEAD_BYTES) {
        return
      }
      if (looksLikeStatus(head.toString('latin1', 0, STATUS_HEAD_BYTES))) {
        body = readText(layer, path, 'status', current)
        body?.write(head)
      }
      head = null
    },
    end: () => body?.end(),
  }
}

function overLimit(layer: LayerTexts, size: number, limit: number): string | null {
  if (size > limit) {
    return `${size} bytes, over the limit of ${limit}`
  }
  if (layer.interesting >= layer.limits.filesOfInterest) {
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
