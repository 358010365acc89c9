import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { Extent } from './stored.js'

/** The sum of a file in a stored layer; `null`: the file was summed while it was read, or needs no sum. */
export type SumOf = (path: string) => string | null

/** Sums of the files of one layer, by their offsets in it. */
export type KnownSums = Map<number, string>

const BUFFER_BYTES = 256 * 1024
/**
 * Shared buffer: files are read one at a time, and new buffers would fill the memory before they are
 * collected.
 */
const BUFFER = Buffer.alloc(BUFFER_BYTES)

/**
 * Computes sums of large files on request: they are needed only for the few that dpkg lists, and its lists
 * are known last. MD5 takes longer than all searches in a program together, so no file is summed twice.
 * @param tar the stored layer
 * @param sumByOffset shared by all users of this layer's sums: several images may have the layer, and hard
 * links share their content
 * @param algorithm `md5`, or `sha256` for programs that no list contains
 */
export function createSums(
  tar: string,
  extents: ReadonlyMap<string, Extent>,
  sumByOffset: KnownSums,
  algorithm = 'md5',
): SumOf {
  return (path) => {
    const extent = extents.get(path)
    if (extent === undefined) {
      return null
    }
    const sum = sumByOffset.get(extent.offset) ?? computeSum(tar, extent, algorithm)
    sumByOffset.set(extent.offset, sum)
    return sum
  }
}

function computeSum(tar: string, { offset, size }: Extent, algorithm: string): string {
  const digest = createHash(algorithm)
  const descriptor = openSync(tar, 'r')
  try {
    for (let position = 0; position < size; ) {
      const bytesRead = readSync(
        descriptor,
        BUFFER,
        0,
        Math.min(BUFFER_BYTES, size - position),
        offset + position,
      )
      if (bytesRead === 0) {
        throw new Error('a stored layer has become shorter since it was written')
      }
      digest.update(BUFFER.subarray(0, bytesRead))
      position += bytesRead
    }
  } finally {
    closeSync(descriptor)
  }
  return digest.digest('hex')
}
