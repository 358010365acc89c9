import type { Body } from '../formats/tar-reader.js'
import { chunksIn, type Extent, openStored, type ReadAt, readWithin } from './application/stored.js'
import type { Spool } from './spool.js'
import { type ExtentReader, readExtents, type StoredFile, tarBytesOf } from './tar-bytes.js'

/** Instead of a value: the layer is compressed, and the file that the value is computed from is yet to be read. */
export const NOT_READ_YET: unique symbol = Symbol('not read yet')
export type NotReadYet = typeof NOT_READ_YET

/** How a value is computed from a file of a layer: from its bytes as they pass, or from any places in it. */
export type Rereading<T> = StreamReading<T> | ({ readonly kind: 'places' } & FromPlaces<T>) | EitherReading<T>
export type StreamReading<T> = { readonly kind: 'stream' } & FromStream<T>
/** Has the same result from both. */
export type EitherReading<T> = { readonly kind: 'either' } & FromStream<T> & FromPlaces<T>
interface FromStream<T> {
  readonly start: () => Pick<Body, 'write'> & { end(): T }
}
interface FromPlaces<T> {
  readonly read: (readFile: ReadAt) => T
}

/**
 * Reads files of a stored layer again. A tar is read at once. A compressed layer has no offsets: what is wanted is
 * noted, and `readNoted` reads all of it in one pass, so that its users run twice (`settleStored`).
 */
export interface SecondReads {
  /** @param purpose names the reading, with everything on which its value depends besides the file */
  valueOf<T>(purpose: string, extent: Extent, reading: Rereading<T>): T | NotReadYet
  /** Reads what was noted. @returns false if nothing was */
  readNoted(signal: AbortSignal | null): Promise<boolean>
}

/** Values of files that are read while the layer arrives, by `keyOf`: so nobody has to read them again. */
export type EarlyValues = Map<string, unknown>

/** Returns the receiver of a file's bytes, for a value that `valueOf` then returns at once. */
export function readEarly<T>(
  values: EarlyValues,
  purpose: string,
  extent: Extent,
  reading: FromStream<T>,
): Body {
  return streamReader(extent, reading, (value) => values.set(keyOf(purpose, extent), value))
}

function keyOf(purpose: string, { offset, size }: Extent): string {
  return `${offset} ${size} ${purpose}`
}

/** @param early what was read while the layer arrived */
export function createSecondReads(
  layer: StoredFile,
  spool: Spool,
  early: EarlyValues = new Map(),
): SecondReads {
  return layer.compression === null ? readsOfTar(layer.path, early) : readsOfCompressed(layer, spool, early)
}

function readsOfTar(path: string, early: EarlyValues): SecondReads {
  return {
    valueOf<T>(purpose: string, extent: Extent, reading: Rereading<T>) {
      const key = keyOf(purpose, extent)
      if (early.has(key)) {
        return early.get(key) as T
      }
      const stored = openStored(path)
      try {
        return valueIn(stored.read, extent, reading)
      } finally {
        stored.close()
      }
    },
    readNoted: () => Promise.resolve(false),
  }
}

function valueIn<T>(read: ReadAt, extent: Extent, reading: Rereading<T>): T {
  if (reading.kind !== 'stream') {
    return reading.read(readWithin(read, extent))
  }
  const body = reading.start()
  for (const piece of chunksIn(read, extent)) {
    body.write(piece)
  }
  return body.end()
}

function readsOfCompressed(layer: StoredFile, spool: Spool, values: EarlyValues): SecondReads {
  const noted = new Map<string, ExtentReader>()
  return {
    valueOf<T>(purpose: string, extent: Extent, reading: Rereading<T>) {
      const key = keyOf(purpose, extent)
      if (!values.has(key)) {
        if (extent.size > 0) {
          noted.set(
            key,
            readerOf(extent, reading, spool, (value) => values.set(key, value)),
          )
          return NOT_READ_YET
        }
        values.set(
          key,
          valueIn(() => Buffer.alloc(0), extent, reading),
        )
      }
      // The purpose names the reading, and so its type.
      return values.get(key) as T
    },
    async readNoted(signal) {
      const readers = [...noted.values()]
      noted.clear()
      await readExtents(tarBytesOf(layer, undefined, signal), readers)
      return readers.length > 0
    },
  }
}

function readerOf<T>(
  extent: Extent,
  reading: Rereading<T>,
  spool: Spool,
  onValue: (value: T) => void,
): ExtentReader {
  if (reading.kind !== 'places') {
    return streamReader(extent, reading, onValue)
  }
  const part = createPart(extent, spool)
  return {
    extent,
    write: part.write,
    end() {
      try {
        onValue(reading.read(readWithin(part.read(), { offset: 0, size: extent.size })))
      } finally {
        part.remove()
      }
    },
  }
}

function streamReader<T>(
  extent: Extent,
  { start }: FromStream<T>,
  onValue: (value: T) => void,
): ExtentReader {
  let body: ReturnType<typeof start> | null = null
  const started = () => {
    body ??= start()
    return body
  }
  return { extent, write: (bytes) => started().write(bytes), end: () => onValue(started().end()) }
}

/** A file up to this size is kept in memory while it is read. */
const MAX_MEMORY_BYTES = 2 ** 20

/** One file of a layer, to be read at any place: in memory, or on disk if it is large. */
function createPart({ size }: Extent, spool: Spool) {
  let kept: ReturnType<typeof inMemory> | null = null
  const part = () => {
    kept ??= size > MAX_MEMORY_BYTES ? onDisk(spool) : inMemory(size)
    return kept
  }
  return {
    write: (bytes: Buffer) => part().write(bytes),
    read: () => part().read(),
    remove: () => part().remove(),
  }
}

function inMemory(size: number) {
  const bytes = Buffer.allocUnsafe(size)
  let filled = 0
  return {
    write(piece: Buffer): void {
      filled += piece.copy(bytes, filled)
    },
    read: (): ReadAt => (at, length) => bytes.subarray(at, at + length),
    remove: () => undefined as void,
  }
}

function onDisk(spool: Spool) {
  const file = spool.create()
  const stored = openStored(file.path)
  return {
    write: file.write,
    read(): ReadAt {
      file.close()
      return stored.read
    },
    remove(): void {
      stored.close()
      file.remove()
    },
  }
}
