/**
 * The chunks of a source as Buffers, until it ends or `signal` fires: that ends a wait for the next chunk too, with the
 * signal's reason. The source is told to stop, but not waited for: one that hangs could not hear it.
 */
export async function* withSignal(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const iterator = source[Symbol.asyncIterator]()
  let stop: (reason: unknown) => void = () => undefined
  const onAbort = (): void => stop(signal?.reason)
  const next = (): Promise<IteratorResult<Uint8Array>> =>
    new Promise((resolve, reject) => {
      stop = reject
      iterator.next().then(resolve, reject)
    })
  signal?.addEventListener('abort', onAbort)
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await next()
      if (done === true) return
      yield Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    const stopped = iterator.return?.()
    if (signal?.aborted === true) stopped?.catch(() => undefined)
    else await stopped
  }
}
