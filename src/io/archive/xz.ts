import { ReadableStream } from 'node:stream/web'
import { setImmediate as turn } from 'node:timers/promises'

const TURN_BYTES = 1 << 20

/** Unpacks xz while reading, so the reader can stop at any size. @throws whatever the decoder throws */
export async function* unxz(bytes: Buffer): AsyncGenerator<Buffer> {
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
      // All of it runs on this thread, a second for a large index, while others have requests to answer.
      await turn()
      since = 0
    }
    if (chunk.length > 0) {
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    }
  }
}
