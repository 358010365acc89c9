import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { unpacked } from '../formats/decompress.js'
import { archiveError } from '../formats/problems.js'
import type { ArchiveContext } from './context.js'
import { isDocument } from './outer.js'

/** How many bytes are read at a time from an archive or a file of a layout. */
export const READ_BYTES = 1024 * 1024

/**
 * The chunks of a source as Buffers, until it ends or `signal` fires, which also ends a wait for the next chunk, with
 * the signal's reason. The source is told to stop, but not waited for: one that hangs could not react.
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
      if (done === true) {
        return
      }
      yield Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    const stopped = iterator.return?.()
    if (signal?.aborted === true) {
      stopped?.catch(() => undefined)
    } else {
      await stopped
    }
  }
}

/** The file's bytes; `null` for a directory. A pipe or a device may never send anything, nor end. */
export async function openedFile(path: string): Promise<AsyncIterable<Buffer> | null> {
  const kind = await stat(path).catch((error: unknown) => {
    throw archiveError('no-such-archive', path, 'no such file, or it cannot be read', error)
  })
  if (kind.isDirectory()) {
    const layout = await stat(join(path, 'oci-layout')).catch(() => null)
    if (layout?.isFile()) {
      return null
    }
    throw archiveError('archive-unreadable', path, 'the folder has no oci-layout file, so it is not an image')
  }
  if (!kind.isFile()) {
    throw archiveError('archive-unreadable', path, 'it is a pipe, socket or device, not an archive')
  }
  try {
    return (await open(path)).createReadStream({ highWaterMark: READ_BYTES })
  } catch (error) {
    throw archiveError('no-such-archive', path, 'no such file, or it cannot be read', error)
  }
}

/** The archive's bytes, decompressed if it is compressed as a whole. */
export async function* plainBytes(
  source: AsyncIterable<Uint8Array>,
  context: ArchiveContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const chunks = withSignal(source, signal)
  try {
    yield* unpacked(chunks, context.reference, context.limits)
  } finally {
    // If the consumer stops early, `unpacked` may not have started to read `chunks`.
    await chunks.return(undefined)
  }
}

/** Files of an OCI image-layout (image-layout.md), by their names in it; links are not followed. */
export async function filesOfLayout(path: string): Promise<readonly string[]> {
  const names: string[] = []
  for (const directory of ['', 'blobs/sha256/']) {
    const entries = await readdir(join(path, directory), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (entry.isFile()) {
        names.push(directory + entry.name)
      } else if (isDocument(directory + entry.name)) {
        throw archiveError('archive-hostile', path, `${entry.name} is not a plain file`)
      }
    }
  }
  return names.sort()
}
