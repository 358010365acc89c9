import { hash, randomBytes } from 'node:crypto'
import { ancestorsOf, ROOT } from '../../../model/index.js'
import { shownName } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'

/** What a layer does at a path, as far as it can hide a lower layer's file. */
export type Mark = 'directory' | 'other' | 'whiteout' | 'opaque'

/** A layer's paths, in 8 bytes each. */
export interface PathIndex {
  add(mark: Mark, path: string): void
  has(mark: Mark, path: string): boolean
  readonly size: number
  /** Calls `onMark` with each mark and its path's key (`keyOfPath`). */
  each(onMark: (mark: Mark, key: bigint) => void): void
}

export const MARKS: readonly Mark[] = ['directory', 'other', 'whiteout', 'opaque']

/** Generated in each run, so that nobody can build an image with colliding paths. */
const SALT = randomBytes(16).toString('hex')

/** A path's key in all indexes: a hash whose two lowest bits are zero, where the indexes store the mark. */
export function keyOfPath(path: string): bigint {
  const bytes = hash('sha256', SALT + path, 'buffer')
  return bytes.readBigUInt64LE() & ~3n
}

/**
 * A set of paths that stores only a 64-bit hash of each: a layer can have millions of entries, and which of them
 * hides a file of a lower layer is known only when the order of the layers is, after the last byte.
 */
export function createPathIndex(): PathIndex {
  const markedKey = (mark: Mark, path: string): bigint => keyOfPath(path) | BigInt(MARKS.indexOf(mark))
  let hashes = new BigUint64Array(64)
  let count = 0
  let isSorted = true

  return {
    add(mark, path) {
      if (count === hashes.length) {
        const doubled = new BigUint64Array(count * 2)
        doubled.set(hashes)
        hashes = doubled
      }
      hashes[count] = markedKey(mark, path)
      count++
      isSorted = false
    },
    has(mark, path) {
      if (!isSorted) {
        hashes.subarray(0, count).sort()
      }
      isSorted = true
      const wantedKey = markedKey(mark, path)
      let lowerBound = 0
      let upperBound = count
      while (lowerBound < upperBound) {
        const middle = (lowerBound + upperBound) >>> 1
        if ((hashes[middle] ?? 0n) < wantedKey) {
          lowerBound = middle + 1
        } else {
          upperBound = middle
        }
      }
      return lowerBound < count && hashes[lowerBound] === wantedKey
    },
    each(onMark) {
      for (const hash of hashes.subarray(0, count)) {
        onMark(MARKS[Number(hash & 3n)] ?? 'other', hash & ~3n)
      }
    },
    get size() {
      return count
    },
  }
}

/** Paths that were added and the folders above them, by their keys in the indexes. */
export function createPathNames() {
  const addedPaths = new Set<string>()
  const byKey = new Map<bigint, string>()
  return {
    byKey: byKey as ReadonlyMap<bigint, string>,
    add(path: string): void {
      for (const name of addedPaths.has(path) ? [] : [path, ...ancestorsOf(path)]) {
        if (!addedPaths.has(name)) {
          addedPaths.add(name)
          byKey.set(keyOfPath(name), name)
        }
      }
    },
  }
}

/** Hides a path of the lower layers, or the whole content of a directory (OCI image-spec, layer.md). */
export interface Whiteout {
  readonly kind: 'whiteout' | 'opaque'
  readonly target: string
}

/**
 * @param name the last part of the path
 * @returns `null` if the entry is not a whiteout; `bookkeeping` if it is one of the builder's own
 * @throws `archive-hostile` for a whiteout that names no file
 */
export function whiteoutOf(path: string, name: string, where: string): Whiteout | 'bookkeeping' | null {
  if (!name.startsWith('.wh.')) {
    return null
  }
  const directory = path.slice(0, Math.max(0, path.length - name.length - 1)) || ROOT
  if (name === '.wh..wh..opq') {
    return { kind: 'opaque', target: directory }
  }
  // AUFS' own, such as .wh..wh.plnk: says nothing about the layers below.
  if (name.startsWith('.wh..wh.')) {
    return 'bookkeeping'
  }
  const hiddenName = name.slice('.wh.'.length)
  if (hiddenName === '' || hiddenName === '.' || hiddenName === '..') {
    throw archiveError('archive-hostile', where, `a whiteout does not name a file: ${shownName(path)}`)
  }
  return { kind: 'whiteout', target: directory === ROOT ? hiddenName : `${directory}/${hiddenName}` }
}
