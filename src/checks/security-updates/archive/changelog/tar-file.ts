import { collectBody, createTarReader } from '../../../../io/archive/formats/tar-reader.js'
import { type Packing, unpackUpTo } from '../unpack.js'

const MAX_UNPACKED_BYTES = 512 * 1024 * 1024

interface TarOptions {
  readonly packing: Packing
  readonly maxBytes: number
  /** The archive, for messages. */
  readonly where: string
}

/**
 * One file of a packed tar; `null` if there is none. Unpacks only up to its end.
 * @param isWanted called with each path, without a leading `./`
 * @throws SeaworthyError `archive-oversize`, and those of the tar reader
 */
export async function fileInTar(
  bytes: Buffer,
  isWanted: (path: string) => boolean,
  { packing, maxBytes: most, where }: TarOptions,
): Promise<Buffer | null> {
  let found: Buffer | null = null
  const body = collectBody((all) => {
    found = all
  })
  const reader = createTarReader(
    ({ path, type, size }) =>
      found === null && type === 'file' && size <= most && isWanted(path.replace(/^\.\//, '')) ? body : null,
    where,
    { extendedHeaderBytes: 65536 },
  )
  for await (const chunk of unpackUpTo(MAX_UNPACKED_BYTES, bytes, packing, where)) {
    reader.write(chunk)
    if (found !== null) {
      break
    }
  }
  return found
}
