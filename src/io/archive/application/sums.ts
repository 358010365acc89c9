import { createHash } from 'node:crypto'
import { type Extent, openStored, piecesOf } from './stored.js'

/** The MD5 sum of a file in a stored layer; `null`: it was computed with the others, or it never is. */
export type SumOf = (path: string) => string | null

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

function sumAt(tar: string, place: Extent, algorithm: string): string {
  const digest = createHash(algorithm)
  const stored = openStored(tar)
  try {
    for (const piece of piecesOf(stored.read, place)) {
      digest.update(piece)
    }
  } finally {
    stored.close()
  }
  return digest.digest('hex')
}
