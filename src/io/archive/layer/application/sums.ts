import { createHash } from 'node:crypto'
import { NOT_READ_YET, type NotReadYet, type SecondReads, type StreamReading } from '../second-reads.js'
import type { Extent } from './stored.js'

/** The sum of a file in a stored layer; `null`: the file was summed while it was read, or needs no sum. */
export type SumOf = (path: string) => string | null | NotReadYet

export type SumAlgorithm = 'md5' | 'sha256'

export function sumReading(algorithm: SumAlgorithm): StreamReading<string> {
  const start = () => {
    const digest = createHash(algorithm)
    return { write: (bytes: Buffer) => void digest.update(bytes), end: () => digest.digest('hex') }
  }
  return { kind: 'stream', start }
}

/** Sums of the files of one layer, by their offsets in it. */
export type KnownSums = Map<number, string>

/**
 * Computes sums of large files on request: they are needed only for the few that dpkg lists, and its lists
 * are known last. MD5 takes longer than all searches in a program together, so no file is summed twice.
 * @param sumByOffset shared by all users of this layer's sums: several images may have the layer, and hard
 * links share their content
 * @param algorithm `md5`, or `sha256` for programs that no list contains
 */
export function createSums(
  secondReads: SecondReads,
  extents: ReadonlyMap<string, Extent>,
  sumByOffset: KnownSums,
  algorithm: SumAlgorithm = 'md5',
): SumOf {
  const reading = sumReading(algorithm)
  return (path) => {
    const extent = extents.get(path)
    if (extent === undefined) {
      return null
    }
    const sum = sumByOffset.get(extent.offset) ?? secondReads.valueOf(algorithm, extent, reading)
    if (sum !== NOT_READ_YET) {
      sumByOffset.set(extent.offset, sum)
    }
    return sum
  }
}
