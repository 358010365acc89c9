import type { Compression } from '../../formats/decompress.js'
import type { TarEntry } from '../../formats/tar-header.js'
import { type Body, broadcast } from '../../formats/tar-reader.js'
import { type SumAlgorithm, sumReading } from '../application/sums.js'
import type { FileFormat } from '../content.js'
import type { ArchiveContext } from '../context.js'
import { type EarlyValues, type EitherReading, readEarly, type StreamReading } from '../second-reads.js'
import { MIN_RUNTIME_BYTES, VERSIONS, versionsReading } from '../versions/again.js'
import { PACKAGE_FOLDER } from './owners.js'

/** Returns the receiver of a program's bytes; `null`: nobody is expected to ask about it. */
export type ExpectedReads = (path: string, tarEntry: TarEntry, format: FileFormat) => Body | null

/** Where Debian's packages have their programs (FHS 3.0): dpkg's lists have MD5 sums of them. */
const DEBIAN_FOLDER = /^(?:usr\/(?!local\/)|s?bin\/|lib)/

/**
 * Computes, while a layer arrives, what `withProgramOwners` and `withRenamedPrograms` will probably ask about
 * its programs. A wrong guess changes no result: it costs the time of a sum, or of another pass.
 * @param compression `null` for a tar: the few places in it that tell versions are read later
 */
export function createExpectedReads(
  values: EarlyValues,
  { limits, usage }: Pick<ArchiveContext, 'limits' | 'usage'>,
  compression: Compression | null,
): ExpectedReads {
  return (path, { offset, size }, format) => {
    if (format === 'text') {
      return null
    }
    const extent = { offset, size }
    const read = (purpose: string, reading: StreamReading<string> | EitherReading<unknown>) => {
      const isBeyond =
        usage.expectedValues === limits.expectedValues || usage.expectedBytes + size > limits.expectedBytes
      if (isBeyond) {
        return null
      }
      usage.expectedValues++
      usage.expectedBytes += size
      return readEarly(values, purpose, extent, reading)
    }
    const sum = (algorithm: SumAlgorithm) => read(algorithm, sumReading(algorithm))
    if (DEBIAN_FOLDER.test(path)) {
      return sum('md5')
    }
    if (PACKAGE_FOLDER.test(path)) {
      return null
    }
    const isSearched = compression !== null && format === 'elf' && size >= MIN_RUNTIME_BYTES
    return broadcast([sum('sha256'), isSearched ? read(VERSIONS, versionsReading(size)) : null])
  }
}
