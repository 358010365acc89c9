import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'

/** Where a file's content is in its layer's tar, in bytes. */
export interface Extent {
  readonly at: number
  readonly size: number
}

/** The MD5 sum of a file in a stored layer; `null`: it was computed with the others, or it never is. */
export type SumOf = (path: string) => string | null

const PIECE_BYTES = 256 * 1024

/**
 * Sums of large files are needed only for the few that dpkg lists, and its lists are known last. These files are then
 * read again: MD5 takes more than all searches in a program together.
 * @param tar the stored layer
 * @param algorithm `md5`, or `sha256` for what no list explains
 */
export function createSums(tar: string, places: ReadonlyMap<string, Extent>, algorithm = 'md5'): SumOf {
  // Several images, or one image several times, may contain the layer, and hard links share their content.
  const known = new Map<number, string>()
  return (path) => {
    const place = places.get(path)
    if (place === undefined) {
      return null
    }
    const sum = known.get(place.at) ?? sumAt(tar, place, algorithm)
    known.set(place.at, sum)
    return sum
  }
}

function sumAt(tar: string, { at, size }: Extent, algorithm: string): string {
  const digest = createHash(algorithm)
  const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, size))
  const descriptor = openSync(tar, 'r')
  try {
    for (let done = 0; done < size; ) {
      const read = readSync(descriptor, piece, 0, Math.min(piece.length, size - done), at + done)
      if (read === 0) {
        throw new Error(`${tar} has become shorter since it was written`)
      }
      digest.update(piece.subarray(0, read))
      done += read
    }
  } finally {
    closeSync(descriptor)
  }
  return digest.digest('hex')
}
