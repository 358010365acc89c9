import { closeSync, openSync, readSync } from 'node:fs'
import type { ZipSource } from './zip.js'

/** Where a file's content is in its layer's tar, in bytes. */
export interface Extent {
  readonly at: number
  readonly size: number
}

/** Fills a buffer with a stored layer's bytes from `at` on. */
export type ReadLayer = (at: number, into: Buffer) => void

/** Opens a stored layer as long as something is read from it, in any order: while it passed, that was not possible. */
export function readingLayer<Result>(tar: string, action: (read: ReadLayer) => Result): Result {
  const descriptor = openSync(tar, 'r')
  try {
    return action((at, into) => {
      for (let done = 0; done < into.length; ) {
        const read = readSync(descriptor, into, done, into.length - done, at + done)
        if (read === 0) {
          throw new Error(`${tar} has become shorter since it was written`)
        }
        done += read
      }
    })
  } finally {
    closeSync(descriptor)
  }
}

/** A file in a stored layer, of which only the parts that are asked for are in memory. */
export function storedFile(read: ReadLayer, { at, size }: Extent): ZipSource {
  return {
    size,
    read(from, length) {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - from)))
      read(at + from, bytes)
      return bytes
    },
  }
}
