import { Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { setImmediate as turn } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { archiveProblem } from './problems.js'

/**
 * How an index is packed: its file extension. In the order in which they are asked for: gzip is a third larger than xz,
 * and unpacks in a seventh of the time, because Node has it (docs/decisions/0010-openpgp-and-xz.md).
 */
export const PACKINGS = ['.gz', '.xz', ''] as const
export type Packing = (typeof PACKINGS)[number]

/** Bytes of plain text at a time: with 16 kB, Node's default, a main index takes 0.4 s more. */
const CHUNK_BYTES = 256 * 1024

/** Unpacks while reading, so the reader can stop at any size. Any decoder error is thrown. */
export async function* unpack(bytes: Buffer, packing: Packing): AsyncGenerator<Buffer> {
  if (packing === '') {
    yield bytes
  } else if (packing === '.gz') {
    yield* Readable.from([bytes]).pipe(createGunzip({ chunkSize: CHUNK_BYTES })) as AsyncIterable<Buffer>
  } else {
    yield* unxz(bytes)
  }
}

const BYTES_PER_TURN = 1 << 20

async function* unxz(bytes: Buffer): AsyncGenerator<Buffer> {
  // CommonJS without named exports. WebAssembly, with one memory: a second stream waits for the first to end.
  const { XzReadableStream } = (await import('xz-decompress')).default
  const input = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
  let bytesSinceTurn = 0
  for await (const chunk of new XzReadableStream(input)) {
    bytesSinceTurn += chunk.length
    if (bytesSinceTurn > BYTES_PER_TURN) {
      // Unpacking runs on this thread, for a second if the index is large, so it lets other work run in between.
      await turn()
      bytesSinceTurn = 0
    }
    if (chunk.length > 0) {
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    }
  }
}

/**
 * Unpacks up to `most` bytes.
 * @param where the file, for messages
 * @throws SeaworthyError `archive-oversize`
 */
export async function* unpackUpTo(
  most: number,
  bytes: Buffer,
  packing: Packing,
  where: string,
): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of unpack(bytes, packing)) {
    size += chunk.length
    if (size > most) {
      throw archiveProblem('archive-oversize', `it unpacks to more than ${most} bytes`, where)
    }
    yield chunk
  }
}
