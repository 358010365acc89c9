import type { Compression } from '../../formats/decompress.js'
import type { Limits } from '../../formats/limits.js'
import type { TarEntry } from '../../formats/tar-header.js'
import { type Body, broadcast } from '../../formats/tar-reader.js'
import { sumReading } from '../application/sums.js'
import type { FileFormat } from '../content.js'
import { type EarlyValues, readEarly } from '../second-reads.js'
import type { Spool } from '../spool.js'
import { MIN_RUNTIME_BYTES, VERSIONS, versionsReading } from '../versions/again.js'
import { PACKAGE_FOLDER } from './owners.js'

/** Returns the receiver of a program's bytes; `null`: nobody is expected to ask about it. */
export type ExpectedReads = (path: string, tarEntry: TarEntry, format: FileFormat) => Body | null

/**
 * Where Debian's packages have their programs (FHS 3.0): dpkg's lists have MD5 sums of them. Elsewhere programs rarely
 * belong to a package.
 */
const DEBIAN_FOLDER = /^(?:usr\/(?!local\/)|s?bin\/|lib)/
/** What is beyond is read again if it is needed. */
const MAX_VALUES = 20_000

/**
 * Computes, while a layer arrives, what `withProgramOwners` and `withRenamedPrograms` will probably ask about
 * its programs. A wrong guess changes no result: it costs the time of a sum, or of another pass.
 * @param compression `null` for a tar: the few places in it that tell versions are read later
 */
export function createExpectedReads(
  values: EarlyValues,
  spool: Spool,
  limits: Limits,
  compression: Compression | null,
): ExpectedReads {
  let remainingBytes = limits.hashedBytes
  return (path, { offset, size }, format) => {
    if (
      format === 'text' ||
      PACKAGE_FOLDER.test(path) ||
      values.size >= MAX_VALUES ||
      size > remainingBytes
    ) {
      return null
    }
    remainingBytes -= size
    const extent = { offset, size }
    const sum = (algorithm: 'md5' | 'sha256') =>
      readEarly(values, algorithm, extent, sumReading(algorithm), spool)
    if (DEBIAN_FOLDER.test(path)) {
      return sum('md5')
    }
    const isSearched = compression !== null && format === 'elf' && size >= MIN_RUNTIME_BYTES
    const versions = isSearched && readEarly(values, VERSIONS, extent, versionsReading(size), spool)
    return broadcast([sum('sha256'), versions || null])
  }
}
