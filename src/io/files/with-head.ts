/** The first bytes, at least this many if there are, and the whole stream again. */
export async function withHead(
  source: AsyncIterable<Uint8Array>,
  least: number,
): Promise<{ head: Buffer; body: AsyncIterable<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (head.length < least) {
    const next = await iterator.next()
    if (next.done === true) {
      break
    }
    head = Buffer.concat([head, next.value])
  }
  const body = (async function* () {
    if (head.length > 0) {
      yield head
    }
    for await (const chunk of { [Symbol.asyncIterator]: () => iterator }) {
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    }
  })()
  return { head, body }
}
