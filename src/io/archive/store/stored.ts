import { closeSync, createReadStream, openSync, statSync } from 'node:fs'
import type { LayerFile } from '../../../model/index.js'
import { readAt } from '../../files/read-at.js'

/** Where a file's content is in its layer's tar, in bytes. */
export interface Extent {
  readonly offset: number
  readonly size: number
}

/**
 * Reads bytes from an offset; fewer, or none, at the end of the file.
 * @param buffer where they are put, instead of into new memory
 */
export type ReadAt = (offset: number, length: number, buffer?: Buffer<ArrayBuffer>) => Buffer

/** A layer on disk that can be read at any offset. It is opened at the first read. */
export interface StoredTar {
  readonly read: ReadAt
  close(): void
}

export function openStored(path: string): StoredTar {
  let descriptor: number | null = null
  return {
    read(offset, length, buffer) {
      descriptor ??= openSync(path, 'r')
      return readAt(descriptor, offset, length, buffer)
    },
    close() {
      if (descriptor !== null) {
        closeSync(descriptor)
      }
      descriptor = null
    },
  }
}

/** Reads within one file of the layer: offsets count from the file's beginning, and reads stop at its end. */
export function readWithin(read: ReadAt, { offset, size }: Extent): ReadAt {
  return (from, length) =>
    from >= 0 && from < size ? read(offset + from, Math.min(length, size - from)) : Buffer.alloc(0)
}

const PIECE_BYTES = 256 * 1024
/** Memory for pieces that nobody uses now: new memory for each would be freed late. */
const freeBuffers: Buffer<ArrayBuffer>[] = []

/** The content of a file of the layer, piece by piece. Each piece is gone when the next one is asked for. */
export function* chunksIn(read: ReadAt, { offset, size }: Extent): Generator<Buffer> {
  const buffer = freeBuffers.pop() ?? Buffer.allocUnsafe(PIECE_BYTES)
  try {
    for (let position = 0; position < size; ) {
      const chunk = read(offset + position, Math.min(PIECE_BYTES, size - position), buffer)
      if (chunk.length === 0) {
        throw new Error('a stored layer has become shorter since it was written')
      }
      yield chunk
      position += chunk.length
    }
  } finally {
    freeBuffers.push(buffer)
  }
}

/**
 * All bytes of a stored layer's tar. They were verified when the layer arrived. The file is ours, but what has become
 * another one is not read: neither more nor fewer bytes than at first.
 */
export async function* tarBytesOf(
  { path, size }: Pick<LayerFile, 'path' | 'size'>,
  signal: AbortSignal | null = null,
): AsyncGenerator<Buffer> {
  if (statSync(path).size !== size) {
    throw new Error(`a stored layer has changed since it was written: ${path}`)
  }
  const options = { highWaterMark: PIECE_BYTES, end: size - 1, ...(signal ? { signal } : {}) }
  yield* createReadStream(path, options) as AsyncIterable<Buffer>
}
