import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, readdir, rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { isFolderOrNew, readPlain, writeText } from '../../../io/files/files.js'
import { isOnlyOurs } from '../../../io/files/kept-place.js'
import { makeFolders } from '../../../io/files/make-folders.js'
import type { KeptFiles } from '../../../model/index.js'

/** An InRelease file in the cache, from an earlier run. Its text is verified again. */
export interface KeptRelease {
  /** Empty: Debian's mirror had no such suite. */
  readonly text: string
  /** When a server last sent or confirmed the file, ISO 8601 UTC; `null` if the cache does not prove it. */
  readonly readAt: string | null
  /** URL -> validators that the server sent for this text (RFC 9110, 8.8). */
  readonly validators: Readonly<Record<string, { readonly etag?: string; readonly lastModified?: string }>>
}

/** Receives the bytes of an index while they are checked. */
export interface CacheWriter {
  write(chunk: Uint8Array): Promise<void>
  /** To be called once the bytes have been verified. */
  keep(): Promise<void>
  drop(): Promise<void>
}

/**
 * Indexes by the SHA-256 of their plain text, which the signed Release names, so a file from a hostile cache
 * cannot pass. They are compressed with zstd, which unpacks ten times as fast as xz.
 */
export interface IndexCache {
  /** The unpacked bytes; `null` if the index is not cached. Reading may throw: the file may have any content. */
  index(sha256: string): Promise<AsyncIterable<Buffer> | null>
  /** Starts to cache an index; `null` if it cannot be cached. */
  startWriting(sha256: string): Promise<CacheWriter | null>
  remove(sha256: string): Promise<void>
  release(suite: string): KeptRelease | null
  keepRelease(suite: string, kept: KeptRelease): void
  /** Removes files that were not used for 30 days. */
  prune(now: Date): Promise<void>
}

/** About 10 MB per release; twice what a job of three releases and two architectures needs. */
export const KEPT_INDEXES: KeptFiles = {
  folder: 'indexes',
  names: /^[0-9a-f]{64}\.zst$/,
  maxEntries: 200,
  mostBytes: 256 * 2 ** 20,
}

/** Below the cache directory: what was read of each suite's InRelease. */
export const RELEASES_FOLDER = 'releases'

const KEEP_MS = 30 * 86_400_000
/** For 50 MB, level 1 gives 12 MB in 0.2 s and level 3 11.5 MB in 0.7 s. */
const PACK_OPTIONS = {
  params: { [constants.ZSTD_c_compressionLevel]: 1 },
  // zstd's thread works while ours unpacks xz; with small buffers, each would wait for the other every 64 kB.
  writableHighWaterMark: 1 << 22,
  chunkSize: 1 << 18,
}
const UNPACK_OPTIONS = { chunkSize: 1 << 18, readableHighWaterMark: 1 << 22 }

/**
 * @param folder `null`: nothing is kept
 * @param counts whether the cache proves when an InRelease was read, and which ETag the server gave it. If it did not,
 * someone could store an old InRelease with today's ETag, and the server would confirm that nothing has changed.
 */
export function openIndexCache(folder: string | null, counts: boolean): IndexCache {
  return folder === null
    ? NO_CACHE
    : folderCache(join(folder, KEPT_INDEXES.folder), join(folder, RELEASES_FOLDER), counts)
}

const NO_CACHE: IndexCache = {
  index: async () => null,
  startWriting: async () => null,
  remove: async () => {},
  release: () => null,
  keepRelease: () => {},
  prune: async () => {},
}

function folderCache(indexes: string, releases: string, counts: boolean): IndexCache {
  const indexPath = (sha256: string) => join(indexes, `${sha256}.zst`)
  const releasePath = (suite: string) => join(releases, `${suite.replaceAll('/', '_')}.json`)
  return {
    async index(sha256) {
      const path = indexPath(sha256)
      const now = new Date()
      try {
        if (!isFolderOrNew(indexes) || !(await lstat(path)).isFile()) {
          return null
        }
        // The time of the last use, so that `prune` does not remove the file.
        await utimes(path, now, now)
      } catch {
        return null
      }
      const packed = createReadStream(path, { highWaterMark: 1 << 20 })
      const unpacker = createZstdDecompress(UNPACK_OPTIONS)
      packed.on('error', (error) => unpacker.destroy(error))
      return packed.pipe(unpacker)
    },
    async startWriting(sha256) {
      const path = indexPath(sha256)
      try {
        makeFolders(indexes)
        return isFolderOrNew(indexes) ? cacheWriterAt(path) : null
      } catch {
        return null
      }
    },
    remove: (sha256) => rm(indexPath(sha256), { force: true }).catch(() => undefined),
    release(suite) {
      const path = releasePath(suite)
      const kept = readKeptRelease(path)
      const isOurs = counts && isOnlyOurs(releases) && isOnlyOurs(path)
      return kept === null || isOurs ? kept : { ...kept, readAt: null, validators: {} }
    },
    keepRelease(suite, kept) {
      try {
        makeFolders(releases, 0o700)
        if (!isFolderOrNew(releases)) {
          return
        }
        writeText(releasePath(suite), JSON.stringify(kept), 0o600)
      } catch {
        // An unwritable cache makes the next run slower, nothing else.
      }
    },
    async prune(now) {
      // In the folder only entries that were created here: others may be somebody's, under another name of the folder
      // or through a link.
      const isOurs = (folder: string, name: string) =>
        folder === indexes ? /^[0-9a-f]{64}\.zst/.test(name) : readKeptRelease(join(folder, name)) !== null
      for (const folder of [indexes, releases].filter(isFolderOrNew)) {
        for (const name of await readdir(folder).catch(() => [])) {
          const path = join(folder, name)
          const changed = await lstat(path).then(
            ({ mtimeMs }) => mtimeMs,
            () => now.getTime(),
          )
          if (now.getTime() - changed > KEEP_MS && isOurs(folder, name)) {
            await rm(path, { force: true }).catch(() => undefined)
          }
        }
      }
    },
  }
}

function cacheWriterAt(path: string): CacheWriter {
  // The name is random and the file must be new, so that nothing is written through a link that somebody has put there.
  const temporary = `${path}.${randomUUID()}.tmp`
  const pack = createZstdCompress(PACK_OPTIONS)
  const file = createWriteStream(temporary, { flags: 'wx' })
  let broken = false
  const ended = finished(pack.pipe(file)).catch(() => {
    broken = true
  })
  pack.on('error', () => file.destroy())
  file.on('error', () => pack.destroy())
  const drop = async () => {
    pack.destroy()
    file.destroy()
    await ended
    await rm(temporary, { force: true }).catch(() => undefined)
  }
  return {
    async write(chunk) {
      if (broken || pack.destroyed || pack.write(chunk)) {
        return
      }
      await Promise.race([new Promise((resolve) => pack.once('drain', resolve)), ended])
    },
    async keep() {
      if (!pack.destroyed) {
        pack.end()
      }
      await ended
      if (broken) {
        await drop()
      } else {
        await rename(temporary, path).catch(drop)
      }
    },
    drop,
  }
}

/** `null` if there is none. */
export function readKeptRelease(path: string): KeptRelease | null {
  try {
    const kept = JSON.parse(readPlain(path) ?? 'null') as KeptRelease | null
    if (typeof kept?.text !== 'string' || typeof kept.validators !== 'object' || kept.validators === null) {
      return null
    }
    const time = Date.parse(String(kept.readAt))
    return { ...kept, readAt: Number.isNaN(time) ? null : new Date(time).toISOString() }
  } catch {
    return null
  }
}
