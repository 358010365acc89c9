import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasCode, type Reference } from '../../model/index.js'
import { isFull, noSpace } from '../files/full-disk.js'
import { pauseBefore } from '../http/backoff.js'
import { openRepository, type RegistryOptions, type RegistryRequest } from './http.js'
import { malformedAnswer } from './registry.js'

const MAX_CONCURRENT = 4
/** Limit for consecutive attempts that receive no bytes. */
const MAX_FRUITLESS_ATTEMPTS = 5
const BACKOFF_MS = 500
const CHUNK_BYTES = 256 * 1024

interface Blob {
  readonly digest: string
  readonly size: number
  /** An image that has it: its registry and repository. */
  readonly reference: Reference
}

interface Downloads {
  /** In the order of the request. */
  readonly blobs: readonly (Blob & DownloadedFile)[]
  /** Stops running downloads, and removes all files. */
  end(): Promise<void>
}

interface DownloadedFile {
  /** Can be read, once, while the blob is still being downloaded. A piece is overwritten by the next one. */
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * Downloads four at a time into files. After a connection breaks, the next attempt continues from there.
 * @param directory exists; files in it are removed when they have been read
 */
export function downloadAll(blobs: readonly Blob[], directory: string, options: RegistryOptions): Downloads {
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const requests = new Map<string, RegistryRequest>()
  const requestFor = (where: string, reference: Reference) => {
    const request = requests.get(where) ?? openRepository(reference, { ...options, signal })
    requests.set(where, request)
    return request
  }
  const files = blobs.map((blob, at) => ({
    blob,
    file: createGrowingFile(join(directory, `blob-${at}`), blob.size),
  }))
  const queue = [...files]
  const downloadQueued = async () => {
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) {
      const { blob, file } = next
      const where = `${blob.reference.registry}/${blob.reference.repository}`
      await file.fill(downloadBlob(requestFor(where, blob.reference), blob, where, signal))
    }
  }
  const workers = Array.from({ length: Math.min(MAX_CONCURRENT, files.length) }, downloadQueued)
  return {
    blobs: files.map(({ blob, file }) => ({ ...blob, body: file.read(signal) })),
    async end() {
      stop.abort()
      await Promise.all(workers)
      await Promise.all(files.map(({ file }) => file.close()))
    },
  }
}

/** Downloads one blob, which must have the size that the manifest states. */
async function* downloadBlob(
  request: RegistryRequest,
  { digest, size }: Blob,
  where: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let received = 0
  for (let fruitlessAttempts = 0; ; ) {
    const offset = received
    try {
      for await (const chunk of blobFrom(request, digest, offset, where)) {
        received += chunk.length
        if (received > size) {
          const what = `the layer ${digest} is larger than the ${size} bytes stated in the manifest`
          throw malformedAnswer(what, where)
        }
        yield chunk
      }
      if (received < size) {
        throw malformedAnswer(`the layer ${digest} ends after ${received} of ${size} bytes`, where)
      }
      return
    } catch (error) {
      fruitlessAttempts = received > offset ? 0 : fruitlessAttempts + 1
      if (!hasCode(error, 'http-cut') || fruitlessAttempts === MAX_FRUITLESS_ATTEMPTS) {
        throw error
      }
      if (fruitlessAttempts > 0) {
        await sleep(pauseBefore(fruitlessAttempts - 1, BACKOFF_MS, null), undefined, { signal })
      }
    }
  }
}

/** A server without support for ranges sends the whole blob, whose beginning is skipped. */
async function* blobFrom(
  request: RegistryRequest,
  digest: string,
  offset: number,
  where: string,
): AsyncGenerator<Uint8Array> {
  const { status, headers, body } = await request('GET', `blobs/${digest}`, '*/*', offset)
  if (status === 206 && !headers['content-range']?.startsWith(`bytes ${offset}-`)) {
    throw malformedAnswer(`the registry sent another part of ${digest} than was requested`, where)
  }
  let bytesToSkip = status === 206 ? 0 : offset
  for await (const chunk of body) {
    const newBytes = chunk.subarray(Math.min(bytesToSkip, chunk.length))
    bytesToSkip -= chunk.length - newBytes.length
    if (newBytes.length > 0) {
      yield newBytes
    }
  }
}

/** A file that is read while it is written. */
function createGrowingFile(path: string, expectedSize: number) {
  let handle: FileHandle | null = null
  let size = 0
  let ending: { readonly error: unknown } | null = null
  let growth = Promise.withResolvers<void>()
  const notifyReader = () => {
    growth.resolve()
    growth = Promise.withResolvers()
  }
  /** Removes the file as well. */
  const close = async (): Promise<void> => {
    const openHandle = handle
    handle = null
    await openHandle?.close()
    await rm(path, { force: true })
  }
  return {
    /** Writes the file; errors are thrown to the reader. */
    async fill(bytes: AsyncIterable<Uint8Array>): Promise<void> {
      try {
        handle = await open(path, 'w+', 0o600)
        for await (const chunk of bytes) {
          for (let bytesDone = 0; bytesDone < chunk.length; ) {
            const { bytesWritten } = await handle.write(chunk, bytesDone, chunk.length - bytesDone, size)
            bytesDone += bytesWritten
            size += bytesWritten
          }
          notifyReader()
        }
        ending = { error: null }
      } catch (error) {
        ending = { error: isFull(error) ? noSpace(path, 'no space left for a layer', error) : error }
      }
      notifyReader()
    },
    async *read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
      // One buffer for the whole blob: a new one for each piece would fill the memory before they are collected.
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, expectedSize))
      for (let at = 0; ; ) {
        if (at < size && handle !== null) {
          const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), at)
          at += bytesRead
          yield buffer.subarray(0, bytesRead)
        } else if (ending === null) {
          signal.throwIfAborted()
          await growth.promise
        } else if (ending.error === null) {
          break
        } else {
          throw ending.error
        }
      }
      await close()
    },
    close,
  }
}
