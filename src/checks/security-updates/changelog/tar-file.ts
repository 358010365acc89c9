import { type Body, createTarReader } from '../../../io/archive/tar-reader.js'
import { type Packing, unpackUpTo } from '../archive/unpack.js'

const MOST_PLAIN_BYTES = 512 * 1024 * 1024

interface Limits {
  readonly packing: Packing
  /** Limit for the file, in bytes. */
  readonly most: number
  /** The archive, for messages. */
  readonly where: string
}

/**
 * One file of a packed tar; `null` if there is none. Unpacks only up to its end.
 * @param is called with each path, without a leading `./`
 * @throws SeaworthyError `archive-oversize`, and those of the tar reader
 */
export async function fileInTar(
  bytes: Buffer,
  is: (path: string) => boolean,
  { packing, most, where }: Limits,
): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let done = false
  const body: Body = {
    write: (chunk) => {
      parts.push(Buffer.from(chunk))
    },
    end: () => {
      done = true
    },
  }
  const reader = createTarReader(
    ({ path, type, size }) =>
      !done && type === 'file' && size <= most && is(path.replace(/^\.\//, '')) ? body : null,
    where,
    { extendedHeaderBytes: 65536 },
  )
  for await (const chunk of unpackUpTo(MOST_PLAIN_BYTES, bytes, packing, where)) {
    reader.write(chunk)
    if (done) {
      break
    }
  }
  return done ? Buffer.concat(parts) : null
}
