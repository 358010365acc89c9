import { closeSync, openSync, readSync } from 'node:fs'

/** Where a file's content is in its layer's tar, in bytes. */
export interface Extent {
  readonly at: number
  readonly size: number
}

/** Bytes from a position; fewer, or none, where they end before. */
export type ReadAt = (at: number, length: number) => Buffer

/** A layer on disk, to be read again at any position. It is opened when something is read from it. */
export interface StoredTar {
  readonly read: ReadAt
  close(): void
}

export function openStored(path: string): StoredTar {
  let descriptor: number | null = null
  return {
    read(at, length) {
      descriptor ??= openSync(path, 'r')
      const bytes = Buffer.allocUnsafe(length)
      let filled = 0
      while (filled < length) {
        const read = readSync(descriptor, bytes, filled, length - filled, at + filled)
        if (read === 0) {
          break
        }
        filled += read
      }
      return bytes.subarray(0, filled)
    },
    close() {
      if (descriptor !== null) {
        closeSync(descriptor)
      }
      descriptor = null
    },
  }
}

/** Reads within a file of the layer: positions count from its beginning, and nothing is read behind its end. */
export function within(read: ReadAt, { at, size }: Extent): ReadAt {
  return (from, length) =>
    from >= 0 && from < size ? read(at + from, Math.min(length, size - from)) : Buffer.alloc(0)
}

const PIECE_BYTES = 256 * 1024

/** The content of a file of the layer, piece by piece. */
export function* piecesOf(read: ReadAt, { at, size }: Extent): Generator<Buffer> {
  for (let done = 0; done < size; ) {
    const piece = read(at + done, Math.min(PIECE_BYTES, size - done))
    if (piece.length === 0) {
      throw new Error('a stored layer has become shorter since it was written')
    }
    yield piece
    done += piece.length
  }
}
