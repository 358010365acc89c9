import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { shownName } from '../formats/path.js'
import type { IndexedEntry } from '../store/layer-index.js'
import type { StoredLayer } from '../store/layer-writer.js'
import { chunksIn, type Extent, openStored, type ReadAt, readWithin } from '../store/stored.js'

/** An entry of a layer, as its readers see it. */
export type LayerEntry = IndexedEntry

export type SumAlgorithm = 'md5' | 'sha256'

/** One layer as a tree of files whose contents are read when they are wanted. */
export interface LayerTree extends Pick<StoredLayer, 'index' | 'removed' | 'opaque' | 'redirection'> {
  readonly diffId: string
  /** Bytes of its tar. */
  readonly size: number
  /** What is there when the layer is unpacked on its own, in the order of its tar. */
  entries(): Iterable<LayerEntry>
  /** The regular file that an entry is, or is a hard link to; otherwise what it is or leads to instead, as text. */
  fileOf(entry: LayerEntry): LayerEntry | string
  /** Reads any part of a file: offsets count from its beginning. */
  read(file: Extent): ReadAt
  /** @param buffer where they are put, instead of into new memory */
  bytesOf(file: Extent, buffer?: Buffer<ArrayBuffer>): Buffer
  chunksOf(file: Extent): Iterable<Buffer>
  /** Hexadecimal. Computed once for each place, so once for all hard links. */
  sumOf(file: Extent, algorithm: SumAlgorithm): Promise<string>
  /** To be awaited between files: lets others run after some work. @throws the reason, if reading is aborted */
  turn(): Promise<void>
  /** Closes the layer's file until something is read again. */
  close(): void
}

/** Work after which others may run, in bytes that were read: some hundredths of a second. */
const TURN_BYTES = 8 * 2 ** 20

/** Files of a layer. A layer whose tar is not read has entries only. */
export function openLayer(
  { file, index, removed, opaque, redirection }: Omit<StoredLayer, 'remove'>,
  signal: AbortSignal | null = null,
): LayerTree {
  const stored = openStored(file.path)
  const sums = new Map<string, string>()
  let bytesSinceTurn = 0
  const readTar: ReadAt = (offset, length, buffer) => {
    const bytes = stored.read(offset, length, buffer)
    bytesSinceTurn += bytes.length
    return bytes
  }
  const turn = async (): Promise<void> => {
    if (bytesSinceTurn >= TURN_BYTES) {
      bytesSinceTurn = 0
      await setImmediate()
      signal?.throwIfAborted()
    }
  }
  return {
    diffId: file.diffId,
    size: file.size,
    index,
    removed,
    opaque,
    redirection,
    entries: index.shownEntries,
    fileOf(entry) {
      if (entry.type === 'hardlink' && entry.target === null) {
        return `${shownName(entry.linkPath)}, which does not come before it in the same layer`
      }
      const file = entry.target === null ? entry : index.entry(entry.target)
      return file.type === 'file' ? file : (IRREGULAR[file.type] ?? 'what is not a regular file')
    },
    read: (file) => readWithin(readTar, file),
    bytesOf: ({ offset, size }, buffer) => readTar(offset, size, buffer),
    chunksOf: (file) => chunksIn(readTar, file),
    async sumOf(file, algorithm) {
      const key = `${file.offset} ${algorithm}`
      const known = sums.get(key)
      if (known !== undefined) {
        return known
      }
      const digest = createHash(algorithm)
      for (const piece of chunksIn(readTar, file)) {
        digest.update(piece)
        await turn()
      }
      const sum = digest.digest('hex')
      sums.set(key, sum)
      return sum
    },
    turn,
    close: stored.close,
  }
}

const IRREGULAR: Readonly<Partial<Record<LayerEntry['type'], string>>> = {
  sparse: 'a sparse file',
  symlink: 'a symbolic link',
}
