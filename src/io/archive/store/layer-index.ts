import { ROOT } from '../../../model/index.js'
import { relativePath, shownName } from '../formats/path.js'
import { archiveError } from '../formats/problems.js'
import type { EntryType, TarEntry } from '../formats/tar-header.js'
import { type FileFormat, FORMATS } from './format.js'
import { byteColumn, createPathTable, createTexts, doubleColumn, integerColumn } from './path-table.js'

/** What a layer does at a path, as far as it can hide a lower layer's file. */
export type Mark = 'directory' | 'other' | 'whiteout' | 'opaque'

/** Hides a path of the lower layers, or the whole content of a directory (OCI image-spec, layer.md). */
export interface Whiteout {
  readonly kind: 'whiteout' | 'opaque'
  readonly target: string
}

/** An entry of a layer's tar. */
export interface IndexedEntry {
  /** Its number in the order of the tar. */
  readonly id: number
  readonly path: string
  readonly type: EntryType
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly capability: string | null
  readonly linkPath: string
  /** Where its content is in the tar, in bytes. */
  readonly offset: number
  readonly size: number
  /** By the first bytes; `other` if it is not a regular file. */
  readonly format: FileFormat
  /** Of a hard link: the entry at the path that it named when it came, through other links; `null`: the layer has none. */
  readonly target: number | null
}

/** The entries of one layer, without their content. Later entries of one path win, as when an engine unpacks them. */
export interface LayerIndex {
  add(path: string, tarEntry: TarEntry): number
  hide(whiteout: Whiteout): void
  setFormat(id: number, format: FileFormat): void
  /** Of entries and whiteouts. */
  readonly size: number
  entry(id: number): IndexedEntry
  /** All entries, in the order of the tar. */
  entries(): Iterable<IndexedEntry>
  /** Those that no later entry of the layer replaces. */
  shownEntries(): Iterable<IndexedEntry>
  /** The last entry at this path; `null`: none. */
  lastAt(path: string): number | null
  /** Whether a later entry of the layer is at its path, or replaces a directory above it. */
  isReplaced(id: number): boolean
  /** Whether the layer does one of these at this path. */
  has(path: string, ...marks: readonly Mark[]): boolean
  /** The paths at which the layer does this, in the order in which they came first. */
  marked(mark: Mark): Iterable<string>
}

const MARKS: Readonly<Record<Mark, number>> = { directory: 1, other: 2, whiteout: 4, opaque: 8 }
const TYPES: readonly EntryType[] = ['other', 'file', 'directory', 'symlink', 'hardlink', 'device', 'sparse']
const [TYPE_SHIFT, FORMAT_SHIFT] = [16, 20]

/** The entries themselves, in columns. */
function createEntries(pathOf: (number: number) => string) {
  const [pathNumbers, kinds, targets] = [integerColumn(), integerColumn(), integerColumn()]
  const [offsets, sizes, uids, gids] = [doubleColumn(), doubleColumn(), doubleColumn(), doubleColumn()]
  const linkTexts = createTexts()
  const [linkStarts, linkEnds] = [integerColumn(), integerColumn()]
  const capabilities = new Map<number, string>()
  let count = 0
  return {
    count: () => count,
    pathNumber: pathNumbers.get,
    isHardLink: (id: number): boolean => TYPES[(kinds.get(id) >>> TYPE_SHIFT) & 0xf] === 'hardlink',
    target: (id: number): number | null => (targets.get(id) === 0 ? null : targets.get(id) - 1),
    add(pathNumber: number, entry: TarEntry, target: number | null): number {
      const { type, mode, uid, gid, capability, linkPath, offset, size } = entry
      const id = count++
      pathNumbers.set(id, pathNumber)
      kinds.set(id, (mode & 0xffff) | (TYPES.indexOf(type) << TYPE_SHIFT))
      targets.set(id, target === null ? 0 : target + 1)
      offsets.set(id, offset)
      sizes.set(id, size)
      uids.set(id, uid)
      gids.set(id, gid)
      const isLink = type === 'symlink' || type === 'hardlink'
      linkStarts.set(id, isLink ? linkTexts.add(linkPath) : linkTexts.end())
      linkEnds.set(id, linkTexts.end())
      if (capability !== null) {
        capabilities.set(id, capability)
      }
      return id
    },
    setFormat(id: number, format: FileFormat): void {
      kinds.set(id, kinds.get(id) | (FORMATS.indexOf(format) << FORMAT_SHIFT))
    },
    at(id: number): IndexedEntry {
      const kind = kinds.get(id)
      return {
        id,
        path: pathOf(pathNumbers.get(id)),
        type: TYPES[(kind >>> TYPE_SHIFT) & 0xf] ?? 'other',
        mode: kind & 0xffff,
        uid: uids.get(id),
        gid: gids.get(id),
        capability: capabilities.size === 0 ? null : (capabilities.get(id) ?? null),
        linkPath: linkTexts.at(linkStarts.get(id), linkEnds.get(id)),
        offset: offsets.get(id),
        size: sizes.get(id),
        format: FORMATS[kind >>> FORMAT_SHIFT] ?? 'other',
        target: targets.get(id) === 0 ? null : targets.get(id) - 1,
      }
    },
  }
}

export function createLayerIndex(): LayerIndex {
  const paths = createPathTable()
  const entries = createEntries(paths.pathOf)
  /** By path: its marks; and by how much its last entry, and its last one that is no directory, exceed -1. */
  const [marks, last, lastOther] = [byteColumn(), integerColumn(), integerColumn()]
  let markCount = 0

  function mark(path: string, added: Mark): number {
    const number = paths.findOrAdd(path)
    marks.set(number, marks.get(number) | MARKS[added])
    markCount++
    return number
  }

  function lastAt(path: string): number | null {
    const number = paths.find(path)
    return number < 0 || last.get(number) === 0 ? null : last.get(number) - 1
  }

  /** What a hard link to this path leads to, which is never a hard link itself. */
  function linkedEntry(path: string): number | null {
    const id = lastAt(path)
    return id !== null && entries.isHardLink(id) ? entries.target(id) : id
  }

  /** By path: by how much the last entry that replaced it, or a directory above it, exceeds -1. */
  let replacements = new Uint32Array()
  let replacementsOf = -1
  function replacementAbove(number: number): number {
    if (replacementsOf !== entries.count()) {
      replacementsOf = entries.count()
      replacements = new Uint32Array(paths.size())
      // A directory has a lower number than what is in it.
      for (let at = 0; at < replacements.length; at++) {
        replacements[at] = Math.max(lastOther.get(at), replacements[paths.parentOf(at)] ?? 0)
      }
    }
    return replacements[paths.parentOf(number)] ?? 0
  }

  function isReplaced(id: number): boolean {
    const number = entries.pathNumber(id)
    return last.get(number) !== id + 1 || replacementAbove(number) > id + 1
  }

  function* listed(isListed: (id: number) => boolean): Generator<IndexedEntry> {
    for (let id = 0; id < entries.count(); id++) {
      if (isListed(id)) {
        yield entries.at(id)
      }
    }
  }

  return {
    add(path, tarEntry) {
      const { type, linkPath } = tarEntry
      const target = type === 'hardlink' ? linkedEntry(relativePath(linkPath) ?? '') : null
      const number = mark(path, type === 'directory' ? 'directory' : 'other')
      const id = entries.add(number, tarEntry, target)
      last.set(number, id + 1)
      if (type !== 'directory') {
        lastOther.set(number, id + 1)
      }
      return id
    },
    hide: ({ kind, target }) => void mark(target, kind),
    setFormat: entries.setFormat,
    get size() {
      return markCount
    },
    entry: entries.at,
    entries: () => listed(() => true),
    shownEntries: () => listed((id) => !isReplaced(id)),
    lastAt,
    isReplaced,
    has(path, ...wanted) {
      const number = paths.find(path)
      return number >= 0 && wanted.some((one) => (marks.get(number) & MARKS[one]) !== 0)
    },
    *marked(wanted) {
      for (let number = 0; number < paths.size(); number++) {
        if ((marks.get(number) & MARKS[wanted]) !== 0) {
          yield paths.pathOf(number)
        }
      }
    },
  }
}

/**
 * @returns `null` if the entry is not a whiteout; `bookkeeping` if it is one of the builder's own
 * @throws `archive-hostile` for a whiteout that names no file
 */
export function whiteoutOf(path: string, where: string): Whiteout | 'bookkeeping' | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
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
