import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { messageOf } from '../../../model/index.js'
import { withHead } from '../../files/with-head.js'
import type { Limits } from './limits.js'
import { archiveError, nodeCode } from './problems.js'
import { createFrameSplitter, isZstdMagic } from './zstd-frames.js'

export type Compression = 'gzip' | 'zstd'

/** Bytes that `compressionOf` needs. */
export const MAGIC_BYTES = 4

/** Detected by the magic bytes: media types and names can be wrong. */
export function compressionOf(head: Buffer): Compression | null {
  if (head.length >= 2 && head.readUInt16BE() === 0x1f8b) {
    return 'gzip'
  }
  return head.length >= MAGIC_BYTES && isZstdMagic(head.readUInt32LE()) ? 'zstd' : null
}

const OUTPUT_BYTES = 128 * 1024

function createTransform(compression: Compression): Transform {
  const options = { chunkSize: OUTPUT_BYTES }
  return compression === 'gzip' ? createGunzip(options) : createZstdDecompress(options)
}

/**
 * Frees the memory of decompressed bytes that nobody reads any more. There are gigabytes of them, and V8 would collect
 * them by tens of megabytes, or all the time. zlib writes on into memory that is not full yet.
 */
export function release({ buffer, byteOffset, length }: Buffer): void {
  if (buffer.byteLength === OUTPUT_BYTES && byteOffset + length === OUTPUT_BYTES) {
    ;(buffer as ArrayBuffer).transfer(0)
  }
}

/** Throws if the output is so much larger than the input that it is a bomb. */
function createRatioGuard(
  where: string,
  limits: Limits,
): (compressedBytes: number, plainBytes: number) => void {
  return (compressed, plain) => {
    if (plain > limits.ratioFromBytes && plain > compressed * limits.compressionRatio) {
      const what = `${compressed} compressed bytes unpacked to more than ${plain}: a decompression bomb`
      throw archiveError('archive-hostile', where, what)
    }
  }
}

/**
 * Decompresses bytes as they arrive: write, then wait for `drained` before writing more. What comes out is gone after
 * the call that passes it on.
 */
export interface Decompressor {
  write(bytes: Buffer): void
  end(): void
  /** True if everything written came out, and that was the end; rejects with errors, also of `onPlain`. */
  drained(): Promise<boolean>
  destroy(): void
}

/** Reads all gzip members or Zstandard frames to the last byte: a diff_id covers data after a tar's end marker. */
export function createDecompressor(
  compression: Compression,
  where: string,
  limits: Limits,
  onPlain: (bytes: Buffer) => void,
  onEnd: () => void,
): Decompressor {
  const stream = createTransform(compression)
  const splitter = compression === 'zstd' ? createFrameSplitter() : null
  const checkRatio = createRatioGuard(where, limits)
  let compressed = 0
  let plain = 0
  let failure: unknown = null
  let pending: Promise<void> = Promise.resolve()

  function guarded(action: () => void): void {
    if (failure !== null) {
      return
    }
    try {
      action()
    } catch (error) {
      failure = error
      stream.destroy()
    }
  }

  stream.on('data', (bytes: Buffer) =>
    guarded(() => {
      plain += bytes.length
      checkRatio(compressed, plain)
      onPlain(bytes)
      release(bytes)
    }),
  )
  stream.on('error', (error) => {
    failure ??= decompressionError(where, error)
  })

  return {
    write(bytes) {
      compressed += bytes.length
      guarded(() => {
        const parts = splitter === null ? [bytes] : split(splitter, bytes, where)
        const lastPart = parts.pop()
        if (lastPart === undefined) {
          return
        }
        for (const part of parts) {
          stream.write(part)
        }
        pending = new Promise((resolve) => {
          stream.once('close', resolve)
          stream.write(lastPart, () => {
            stream.off('close', resolve)
            resolve()
          })
        })
      })
    },
    end() {
      if (failure !== null) {
        return
      }
      pending = new Promise((resolve) => {
        stream.once('close', resolve)
        stream.once('end', () => guarded(onEnd))
      })
      stream.end()
    },
    async drained() {
      await pending
      if (failure !== null) {
        throw failure
      }
      return stream.readableEnded
    },
    destroy: () => void stream.destroy(),
  }
}

/** The plain bytes of a source, whether it is compressed as a whole or not. */
export async function* unpacked(
  source: AsyncIterable<Uint8Array>,
  where: string,
  limits: Limits,
): AsyncGenerator<Buffer> {
  const { head, body } = await withHead(source, MAGIC_BYTES)
  const compression = compressionOf(head)
  yield* compression === null ? body : decompressAll(body, compression, where, limits)
}

/** The plain bytes of a source that is compressed as a whole. */
export async function* decompressAll(
  source: AsyncIterable<Buffer>,
  compression: Compression,
  where: string,
  limits: Limits,
): AsyncGenerator<Buffer> {
  const checkRatio = createRatioGuard(where, limits)
  let compressed = 0
  let plain = 0
  let sourceFailure: unknown = null

  async function* parts(): AsyncGenerator<Buffer> {
    const splitter = compression === 'zstd' ? createFrameSplitter() : null
    try {
      for await (const bytes of source) {
        compressed += bytes.length
        yield* splitter === null ? [bytes] : split(splitter, bytes, where)
      }
    } catch (error) {
      sourceFailure = error
      throw error
    }
  }

  const stream = createTransform(compression)
  const pipelineEnd = pipeline(Readable.from(parts()), stream)
  // The iteration below ends with the same error.
  pipelineEnd.catch(() => undefined)
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      plain += bytes.length
      checkRatio(compressed, plain)
      yield bytes
    }
  } catch (error) {
    throw sourceFailure ?? (isZlibError(error) ? decompressionError(where, error) : error)
  } finally {
    stream.destroy()
  }
}

function split(splitter: ReturnType<typeof createFrameSplitter>, bytes: Buffer, where: string): Buffer[] {
  try {
    return splitter.split(bytes)
  } catch (error) {
    throw decompressionError(where, error)
  }
}

function isZlibError(error: unknown): boolean {
  return /^(Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(nodeCode(error) ?? '')
}

/** Both of zlib's decompressors report truncated data as Z_BUF_ERROR. */
function decompressionError(where: string, error: unknown): Error {
  if (nodeCode(error) === 'Z_BUF_ERROR') {
    return archiveError('archive-truncated', where, 'the compressed data ends too early', error)
  }
  const why = messageOf(error)
  return archiveError('archive-unreadable', where, `the compressed data is damaged: ${why}`, error)
}
