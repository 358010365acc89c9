/** The first bytes, at least so many if they are there, and the whole again. */
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
