import { Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { setImmediate as turn } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { archiveProblem } from './problems.js'

/** How an index is packed: the end of its name. */
export const PACKINGS = ['.xz', '.gz', ''] as const
export type Packing = (typeof PACKINGS)[number]

/** Unpacks as it is read, so that whoever reads can stop at any size. Any error of a decoder is thrown. */
export async function* decode(bytes: Buffer, packing: Packing): AsyncGenerator<Buffer> {
  if (packing === '') yield bytes
  else if (packing === '.gz') yield* Readable.from([bytes]).pipe(createGunzip()) as AsyncIterable<Buffer>
  else yield* unxz(bytes)
}

/** The same up to `most` bytes. @param where the file, for messages @throws SeaworthyError `archive-oversize` */
export async function* decodeUpTo(
  most: number,
  bytes: Buffer,
  packing: Packing,
  where: string,
): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of decode(bytes, packing)) {
    size += chunk.length
    if (size > most) throw archiveProblem('archive-oversize', `it unpacks to more than ${most} bytes`, where)
    yield chunk
  }
}

const TURN_BYTES = 1 << 20

async function* unxz(bytes: Buffer): AsyncGenerator<Buffer> {
  // CommonJS without named exports. WebAssembly, with one memory: a second stream waits for the first to end.
  const { XzReadableStream } = (await import('xz-decompress')).default
  const input = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
  let since = 0
  for await (const chunk of new XzReadableStream(input)) {
    since += chunk.length
    if (since > TURN_BYTES) {
      // All of it happens on this thread, a second for a large index: others have requests to answer meanwhile.
      await turn()
      since = 0
    }
    if (chunk.length > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
  }
}
