import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { Extent } from './stored.js'

/** The sum of a file in a stored layer; `null`: it was computed with the others, or it never is. */
export type SumOf = (path: string) => string | null

/** Sums of files of one layer, by where they are in it. */
export type KnownSums = Map<number, string>

const BUFFER_BYTES = 256 * 1024
/** One file is read at a time, and new buffers for all pieces would fill the memory before they are collected. */
const BUFFER = Buffer.alloc(BUFFER_BYTES)

/**
 * Sums of large files are needed only for the few that dpkg lists, and its lists are known last. These files are then
 * read again: MD5 takes more than all searches in a program together, so no file is summed twice.
 * @param tar the stored layer
 * @param sumByOffset shared by all who ask for sums of this layer: images may have it in common, hard links their content
 * @param algorithm `md5`, or `sha256` for what no list explains
 */
export function createSums(
  tar: string,
  places: ReadonlyMap<string, Extent>,
  sumByOffset: KnownSums,
  algorithm = 'md5',
): SumOf {
  return (path) => {
    const extent = places.get(path)
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
      const read = readSync(descriptor, BUFFER, 0, Math.min(BUFFER_BYTES, size - position), offset + position)
      if (read === 0) {
        throw new Error('a stored layer has become shorter since it was written')
      }
      digest.update(BUFFER.subarray(0, read))
      position += read
    }
  } finally {
    closeSync(descriptor)
  }
  return digest.digest('hex')
}
