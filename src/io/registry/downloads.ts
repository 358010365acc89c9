import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasCode } from '../../model/problem.js'
import type { Reference } from '../../model/reference.js'
import { isFull, noSpace } from '../files/full-disk.js'
import { pauseBefore } from '../http/backoff.js'
import { type Ask, openRepository, type RegistryOptions } from './http.js'
import { malformedAnswer } from './registry.js'

/** Of one image. */
const AT_ONCE = 4
/** Attempts in a row that bring nothing. */
const MOST_VAIN = 5
const BACKOFF_MS = 500
const PIECE_BYTES = 256 * 1024

interface Blob {
  readonly digest: string
  /** Bytes. */
  readonly size: number
}

interface Downloads {
  /** In the order of the list. A body can be read while its blob still arrives, and only once. */
  readonly blobs: readonly (Blob & { readonly body: AsyncIterable<Uint8Array> })[]
  /** Ends what is still under way, and removes its files. */
  end(): Promise<void>
}

/**
 * Downloads blobs into files, four at a time. Where a connection breaks, the next one goes on.
 * @param directory exists; files in it are removed as they are read
 */
export function downloadAll(
  reference: Reference,
  list: readonly Blob[],
  directory: string,
  options: RegistryOptions,
): Downloads {
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const ask = openRepository(reference, { ...options, signal })
  const where = `${reference.registry}/${reference.repository}`
  const files = list.map((blob, at) => ({ blob, file: growingFile(join(directory, `blob-${at}`)) }))
  const waiting = [...files]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
      const { blob, file } = next
      await file.fill(wholeBlob(ask, blob, where, signal))
    }
  }
  const workers = Array.from({ length: Math.min(AT_ONCE, files.length) }, work)
  return {
    blobs: files.map(({ blob, file }) => ({ ...blob, body: file.read(signal) })),
    async end() {
      stop.abort()
      await Promise.all(workers)
      await Promise.all(files.map(({ file }) => file.remove()))
    },
  }
}

/** A blob that is shorter or longer is not the one that the manifest names. */
async function* wholeBlob(
  ask: Ask,
  { digest, size }: Blob,
  where: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let received = 0
  for (let vain = 0; ; ) {
    const from = received
    try {
      for await (const chunk of blobFrom(ask, digest, from, where)) {
        received += chunk.length
        if (received > size) {
          throw malformedAnswer(
            `the layer ${digest} is larger than the ${size} bytes stated in the manifest`,
            where,
          )
        }
        yield chunk
      }
      if (received < size) {
        throw malformedAnswer(`the layer ${digest} ends after ${received} of ${size} bytes`, where)
      }
      return
    } catch (error) {
      vain = received > from ? 0 : vain + 1
      if (!hasCode(error, 'http-cut') || vain === MOST_VAIN) {
        throw error
      }
      if (vain > 0) {
        await sleep(pauseBefore(vain - 1, BACKOFF_MS, null), undefined, { signal })
      }
    }
  }
}

/** A server that does not know ranges sends all of it again. */
async function* blobFrom(ask: Ask, digest: string, from: number, where: string): AsyncGenerator<Uint8Array> {
  const { status, headers, body } = await ask('GET', `blobs/${digest}`, '*/*', from)
  if (status === 206 && !headers['content-range']?.startsWith(`bytes ${from}-`)) {
    throw malformedAnswer(`the registry sent another part of ${digest} than was requested`, where)
  }
  let skip = status === 206 ? 0 : from
  for await (const chunk of body) {
    const rest = chunk.subarray(Math.min(skip, chunk.length))
    skip -= chunk.length - rest.length
    if (rest.length > 0) {
      yield rest
    }
  }
}

/** A file that is read while it is written. */
function growingFile(path: string) {
  let handle: FileHandle | null = null
  let size = 0
  let end: { readonly error: unknown } | null = null
  let grown = Promise.withResolvers<void>()
  const wake = () => {
    grown.resolve()
    grown = Promise.withResolvers()
  }
  const remove = async (): Promise<void> => {
    await handle?.close()
    handle = null
    await rm(path, { force: true })
  }
  return {
    /** Errors are the reader's. */
    async fill(bytes: AsyncIterable<Uint8Array>): Promise<void> {
      try {
        handle = await open(path, 'w+')
        for await (const chunk of bytes) {
          for (let done = 0; done < chunk.length; ) {
            const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, size)
            done += bytesWritten
            size += bytesWritten
          }
          wake()
        }
        end = { error: null }
      } catch (error) {
        end = { error: isFull(error) ? noSpace(path, 'no space left for a layer', error) : error }
      }
      wake()
    },
    async *read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
      for (let at = 0; ; ) {
        if (at < size && handle !== null) {
          const bytes = Buffer.allocUnsafe(Math.min(PIECE_BYTES, size - at))
          const { bytesRead } = await handle.read(bytes, 0, bytes.length, at)
          at += bytesRead
          yield bytes.subarray(0, bytesRead)
        } else if (end === null) {
          signal.throwIfAborted()
          await grown.promise
        } else if (end.error === null) {
          break
        } else {
          throw end.error
        }
      }
      await remove()
    },
    remove,
  }
}
