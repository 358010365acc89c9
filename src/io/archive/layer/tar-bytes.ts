import { createReadStream, statSync } from 'node:fs'
import type { LayerFile } from '../../../model/index.js'
import { decompressAll, release } from '../formats/decompress.js'
import { DEFAULT_LIMITS, type Limits } from '../formats/limits.js'
import type { Extent } from './application/stored.js'

const READ_BYTES = 256 * 1024

/** The parts of a layer on disk by which it is read again. */
export type StoredFile = Pick<LayerFile, 'path' | 'size' | 'compression' | 'storedSize'>

/**
 * The bytes of a stored layer's tar, which are decompressed as they are read. They were verified when the layer arrived.
 * Each piece is gone when the next one is asked for.
 * The file is ours, but what has become another one is not read: neither more nor fewer bytes than at first.
 * @param limits of the decompression
 */
export async function* tarBytesOf(
  { path, size, compression, storedSize }: StoredFile,
  limits: Pick<Limits, 'compressionRatio' | 'ratioFromBytes'> = DEFAULT_LIMITS,
  signal: AbortSignal | null = null,
): AsyncGenerator<Buffer> {
  if (statSync(path).size !== storedSize) {
    throw changed(path)
  }
  const options = { highWaterMark: READ_BYTES, ...(signal ? { signal } : {}) }
  const stored = createReadStream(path, options) as AsyncIterable<Buffer>
  const tar =
    compression === null ? stored : decompressAll(stored, compression, path, { ...DEFAULT_LIMITS, ...limits })
  let passed = 0
  try {
    for await (const bytes of tar) {
      passed += bytes.length
      if (passed > size) {
        throw changed(path)
      }
      yield bytes
      release(bytes)
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
  if (passed !== size) {
    throw changed(path)
  }
}

function changed(path: string): Error {
  return new Error(`a stored layer has changed since it was written: ${path}`)
}

/** Receives the bytes of one extent, piece by piece; they are overwritten after each call. */
export interface ExtentReader {
  readonly extent: Extent
  write(bytes: Buffer): void
  /** Called after the last piece. */
  end(): void
}

/**
 * Reads extents of a tar in one pass, which ends with the last of them. They may overlap.
 * @throws Error if the tar ends before
 */
export async function readExtents(
  tar: AsyncIterable<Buffer>,
  readers: readonly ExtentReader[],
): Promise<void> {
  const waiting = readers.toSorted((a, b) => b.extent.offset - a.extent.offset)
  let active: readonly ExtentReader[] = []
  let position = 0
  if (waiting.length === 0) {
    return
  }
  for await (const bytes of tar) {
    const end = position + bytes.length
    const started: ExtentReader[] = []
    for (let next = waiting.at(-1); next !== undefined && next.extent.offset < end; next = waiting.at(-1)) {
      started.push(next)
      waiting.pop()
    }
    active = [...active, ...started].filter((reader) => !passTo(reader, bytes, position))
    position = end
    if (active.length === 0 && waiting.length === 0) {
      return
    }
  }
  throw new Error('a stored layer ends before a file in it does')
}

/** @returns whether the extent ends in these bytes, which are at this position of the tar */
function passTo(reader: ExtentReader, bytes: Buffer, position: number): boolean {
  const { offset, size } = reader.extent
  reader.write(bytes.subarray(Math.max(0, offset - position), offset + size - position))
  const isEnd = offset + size <= position + bytes.length
  if (isEnd) {
    reader.end()
  }
  return isEnd
}
