import { createHash, hash } from 'node:crypto'
import { SeaworthyError } from '../../../model/index.js'
import { type Compression, compressionOf, createDecompressor } from '../formats/decompress.js'
import { shownName } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'
import { BLOCK_BYTES, hasValidChecksum, isZeroBlock } from '../formats/tar-header.js'
import type { Body } from '../formats/tar-reader.js'
import { createLayerWriter, type LayerWriter } from '../store/layer-writer.js'
import { tarBytesOf } from '../store/stored.js'
import { createTail, type Tail } from '../store/tail.js'
import { compareToc } from '../store/toc.js'
import { findToc } from '../store/toc-finder.js'
import type { ArchiveContext, Blob } from './context.js'

/** Receives a blob whose kind is known; `end` passes on the finished blob, possibly asynchronously. */
interface ContentWriter {
  write(bytes: Buffer): void
  end(settle: (blob: Blob) => void): void
}

/**
 * Receives one file of the archive. Its kind is determined by its first bytes only: its name, position and
 * media type do not show it (docker save orders blobs by digest, and both indexes come last).
 * @param size bytes, according to the archive
 */
export function createBlobWriter(context: ArchiveContext, name: string, size: number): Body {
  const headBytes = Math.min(BLOCK_BYTES, size)
  let head: Buffer | null = Buffer.alloc(0)
  let content: ContentWriter | null = null

  function start(firstBytes: Buffer): ContentWriter {
    content = writerFor(context, `${context.reference}: ${shownName(name)}`, firstBytes, size)
    content.write(firstBytes)
    head = null
    return content
  }

  return {
    write(bytes) {
      if (head === null) {
        return content?.write(bytes)
      }
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes])
      if (head.length >= headBytes) {
        start(head)
      } else if (head === bytes) {
        head = Buffer.from(bytes)
      }
    },
    end() {
      const endedWriter = content ?? start(head ?? Buffer.alloc(0))
      endedWriter.end((blob) => {
        checkDigestInName(context, name, blob.sha256)
        storeBlob(context, name, blob)
      })
    },
  }
}

function writerFor(context: ArchiveContext, where: string, firstBytes: Buffer, size: number): ContentWriter {
  const compression = compressionOf(firstBytes)
  const isLayer = compression !== null || isTar(firstBytes)
  if (context.isDocumentsOnly && isLayer) {
    return otherWriter('it is a layer, but layers were not requested')
  }
  if (isLayer) {
    context.spool.reserve(size)
  }
  if (compression !== null) {
    return compressedWriter(context, where, compression)
  }
  if (isLayer) {
    const writer = createLayerWriter(context, where)
    return {
      write: writer.write,
      // An uncompressed layer: its diff_id is its digest, so it is hashed once.
      end: (settle) => settle({ kind: 'layer', ...writer.finish(), toc: null }),
    }
  }
  const isJson = /^\s*[{[]/.test(firstBytes.toString('latin1', 0, BLOCK_BYTES))
  return isJson ? jsonWriter(context, size) : otherWriter('it is not a tar, gzip, zstd or JSON file')
}

function compressedWriter(context: ArchiveContext, where: string, compression: Compression): ContentWriter {
  const writer = createLayerWriter(context, where)
  const tail = createTail(context.limits.packedTocBytes)
  const digest = createHash('sha256')
  let reportBlob: (blob: Blob) => void = () => undefined
  let tocCheck: Promise<void> = Promise.resolve()
  const decompressor = createDecompressor(
    compression,
    where,
    context.limits,
    (plainBytes) => writer.write(plainBytes),
    () => {
      const sha256 = digest.digest('hex')
      tocCheck = finishWithToc(context, where, writer, tail, compression).then((layerAndToc) =>
        reportBlob({ kind: 'layer', sha256, ...layerAndToc }),
      )
      tocCheck.catch(() => undefined) // `drained` reports it
    },
  )
  context.decompressors.add({
    ...decompressor,
    async drained() {
      const isAtEnd = await decompressor.drained()
      await tocCheck
      return isAtEnd
    },
  })
  return {
    write(bytes) {
      tail.add(bytes)
      digest.update(bytes)
      decompressor.write(bytes)
    },
    end(settle) {
      reportBlob = settle
      decompressor.end()
    },
  }
}

/**
 * The layer with its table of contents (TOC), or the error in either; it only counts if the image has this
 * layer.
 */
async function finishWithToc(
  context: ArchiveContext,
  where: string,
  writer: LayerWriter,
  tail: Tail,
  compression: Compression,
): Promise<Pick<Blob & { readonly kind: 'layer' }, 'layer' | 'toc'>> {
  const { layer } = writer.finish()
  if (layer instanceof SeaworthyError) {
    return { layer, toc: null }
  }
  try {
    const stored = findToc(tail, compression, where, context.limits)
    if (stored === null) {
      return { layer, toc: null }
    }
    const { limits, usage, signal } = context
    usage.tocBytes += stored.json.length
    if (usage.tocBytes > limits.allTocBytes) {
      const what = `the layers' tables of contents add up to more than ${limits.allTocBytes} bytes`
      throw archiveError('archive-too-large', where, what)
    }
    await compareToc(stored, tarBytesOf(layer.file, signal), where, limits)
    const { json: _, ...toc } = stored
    return { layer, toc }
  } catch (error) {
    layer.remove()
    context.signal?.throwIfAborted()
    if (error instanceof SeaworthyError) {
      return { layer: error, toc: null }
    }
    throw error
  }
}

/** A layer without content can be two zero blocks, or no bytes at all. */
function isTar(firstBytes: Buffer): boolean {
  return (
    firstBytes.length === 0 ||
    (firstBytes.length >= BLOCK_BYTES && (isZeroBlock(firstBytes) || hasValidChecksum(firstBytes)))
  )
}

function jsonWriter({ limits, usage }: ArchiveContext, size: number): ContentWriter {
  if (size > limits.jsonBytes) {
    return otherWriter(`it is a JSON file of ${size} bytes, over the limit of ${limits.jsonBytes}`)
  }
  if (usage.jsonBytes + size > limits.allJsonBytes) {
    return otherWriter(
      `it is a JSON file of ${size} bytes, which takes the total for JSON files over the limit of ${limits.allJsonBytes}`,
    )
  }
  usage.jsonBytes += size
  const chunks: Buffer[] = []
  return {
    write: (chunk) => void chunks.push(Buffer.from(chunk)),
    end(settle) {
      const bytes = Buffer.concat(chunks)
      settle({ kind: 'json', sha256: hash('sha256', bytes), bytes })
    },
  }
}

function otherWriter(why: string): ContentWriter {
  const digest = createHash('sha256')
  return {
    write: (bytes) => void digest.update(bytes),
    end: (settle) => settle({ kind: 'other', sha256: digest.digest('hex'), why }),
  }
}

/** If a file's name contains a digest, its content has to match it. */
function checkDigestInName(context: ArchiveContext, name: string, sha256: string): void {
  const match = /^(?:blobs\/sha256\/([^/]+)|([0-9a-f]{64})\.json)$/.exec(name)
  const expected = match?.[1] ?? match?.[2]
  if (expected !== undefined && expected !== sha256) {
    const what = `${shownName(name)} does not match its name: its SHA-256 is ${sha256}`
    throw archiveError('archive-digest', context.reference, what)
  }
}

function storeBlob(context: ArchiveContext, name: string, blob: Blob): void {
  const previous = context.blobs.get(name)
  if (previous !== undefined && previous.sha256 !== blob.sha256) {
    const what = `the archive has two different files named ${shownName(name)}`
    throw archiveError('archive-hostile', context.reference, what)
  }
  if (blob.kind !== 'layer' || blob.layer instanceof SeaworthyError) {
    context.blobs.set(name, blob)
    return
  }
  const knownLayer = context.layers.get(blob.layer.file.diffId)
  if (knownLayer !== undefined) {
    blob.layer.remove()
    context.blobs.set(name, { ...blob, layer: knownLayer })
    return
  }
  context.blobs.set(name, blob)
  context.layers.set(blob.layer.file.diffId, blob.layer)
  context.onLayer(blob.layer.file)
}
