import { createHash } from 'node:crypto'
import { type Extent, readingLayer } from './stored-layer.js'

/** The MD5 sum of a file in a stored layer; `null`: it was computed with the others, or it never is. */
export type SumOf = (path: string) => string | null

const PIECE_BYTES = 256 * 1024

/**
 * Sums of large files are needed only for the few that dpkg lists, and its lists are known last. These files are then
 * read again: MD5 takes more than all searches in a program together.
 * @param tar the stored layer
 */
export function createSums(tar: string, places: ReadonlyMap<string, Extent>): SumOf {
  // Several images, or one image several times, may contain the layer.
  const known = new Map<string, string>()
  return (path) => {
    const place = places.get(path)
    if (place === undefined) {
      return null
    }
    const sum = known.get(path) ?? sumAt(tar, place)
    known.set(path, sum)
    return sum
  }
}

function sumAt(tar: string, { at, size }: Extent): string {
  const digest = createHash('md5')
  const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, size))
  readingLayer(tar, (read) => {
    for (let done = 0; done < size; done += piece.length) {
      const part = piece.subarray(0, size - done)
      read(at + done, part)
      digest.update(part)
    }
  })
  return digest.digest('hex')
}
