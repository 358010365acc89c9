import { createHash } from 'node:crypto'
import { constants, gunzipSync } from 'node:zlib'
import type { PackageRecords } from '../../model/image.js'
import { ancestorsOf, mergedPath } from '../../model/interest.js'
import type { PathIndex, Whiteout } from './layer-marks.js'
import type { Limits, Usage } from './limits.js'
import { archiveError } from './problems.js'
import { isPackageDocument } from './programs/documents.js'
import type { TarEntry } from './tar-header.js'
import { type Body, collected } from './tar-reader.js'

/** A layer's dpkg files about packages, and facts about the packages' files, read as its bytes pass. */
export interface LayerRecords {
  /** Returns what takes the body of an entry that is of no other interest; `null`: nobody wants it. */
  entry(path: string, current: TarEntry): Body | null
  hide(whiteout: Whiteout): void
  /** @param paths all paths of the layer */
  finish(paths: PathIndex): ScannedRecords
}

export interface ScannedRecords {
  readonly records: PackageRecords
  /** Name of a list (of files; in status.d, of sums) -> some of the paths in it, spread over all of it. */
  readonly samples: ReadonlyMap<string, readonly string[]>
  /** Name of a list -> its text, as far as these are kept; `diversions` is dpkg's own file. */
  readonly lists: ReadonlyMap<string, string>
  /** MD5 sums of programs and shared libraries, by where they are in the layer. */
  readonly sampledSums: ReadonlyMap<number, string>
}

const DPKG = 'var/lib/dpkg/'
/** dpkg-divert(1): three lines each, from, to, by. */
export const DIVERSIONS = 'diversions'
const FOLDERS = ['info', 'status.d'] as const
/** `info/libc6:amd64.list`, `status.d/libc6.md5sums`: as dpkg (infodb) and distroless name them. */
const RECORD =
  /^(?:info\/[a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?\.(?:list|md5sums)|status\.d\/[A-Za-z0-9+.:_-]+\.md5sums)$/
const CHANGELOG = /^usr\/share\/doc\/([a-z0-9][a-z0-9+.-]*)\/changelog(\.Debian)?\.gz$/
/** deb-changelog(5): the first line of an entry. */
const ENTRY = /^([a-z0-9][a-z0-9+.-]*) \(([^\s()]+)\) /
/** Bytes of a compressed changelog: enough for the first entry's first line. */
const CHANGELOG_HEAD = 512
/** Programs and shared libraries, most of which change with every build of their package. */
const PROGRAM = /^(?:usr\/)?(?:s?bin\/[^/]+|lib\/(?:[a-z0-9_]+-linux-gnu[a-z0-9_]*\/)?[^/]+(\.so[.0-9]*))$/
/** How many paths of a list are looked for. */
const SAMPLE = 5
/** Conffiles stay when a package is removed; slim images leave out documents and translations. */
const NO_SAMPLE = /^(?:etc|var|run|usr\/share\/(?:doc|man|info|locale|lintian|doc-base|bug))(?:\/|$)/

/** Added to the lists if some were left out; no list has this name. */
export const LISTS_CUT = '*'

export function createLayerRecords(where: string, limits: Limits, usage: Usage): LayerRecords {
  const layer = begun(where, limits, usage)
  return {
    entry: (path, current) => entry(layer, path, current),
    hide: (whiteout) => hide(layer, whiteout),
    finish: (paths) => finish(layer, paths),
  }
}

type Records = ReturnType<typeof begun>

function begun(where: string, limits: Limits, usage: Usage) {
  return {
    where,
    limits,
    usage,
    holds: new Set<string>(),
    hides: new Set<string>(),
    sums: new Map<string, Readonly<Record<string, string>>>(),
    programs: new Map<string, string | null>(),
    changelogs: new Map<string, string>(),
    native: new Map<string, string>(),
    samples: new Map<string, readonly string[]>(),
    lists: new Map<string, string>(),
    sampledSums: new Map<number, string>(),
    documents: new Set<string>(),
  }
}

/** Beyond the limit nothing could be said about what is left out, and silence would look like approval. */
function count(layer: Records): void {
  layer.usage.records++
  if (layer.usage.records > layer.limits.records) {
    const what = `more than ${layer.limits.records} package file lists`
    throw archiveError('archive-too-large', layer.where, what)
  }
}

function record(layer: Records, name: string, current: TarEntry): Body | null {
  count(layer)
  layer.holds.add(name)
  layer.lists.delete(name)
  const put = (text: string): void => {
    keepList(layer, name, text)
    if (name.endsWith('.list')) {
      layer.samples.set(name, sampleOf(text.split('\n')))
      return
    }
    const all = [...text.matchAll(/^([0-9a-f]{32}) [ *](.+)$/gm)].map(([, sum = '', path = '']) => ({
      path,
      sum,
    }))
    layer.sums.set(name, programSums(all))
    if (name.startsWith('status.d/')) {
      layer.samples.set(name, sampleOf(all.map(({ path }) => path)))
    }
  }
  put('')
  if (current.type === 'file' && current.size > layer.limits.recordBytes) {
    layer.lists.set(LISTS_CUT, '')
    return null
  }
  return current.type === 'file' ? collect(put) : null
}

/** Who owns these files is determined when all layers are known. For those left out, the owner is not known. */
function keepList(layer: Records, name: string, text: string): void {
  layer.usage.listBytes += text.length
  if (layer.usage.listBytes > layer.limits.listBytes) {
    layer.lists.set(LISTS_CUT, '')
  } else if (text !== '') {
    layer.lists.set(name, text)
  }
}

function program(layer: Records, path: string, most: number, { type, size, at }: TarEntry): Body | null {
  const key = mergedPath(path)
  if (type === 'symlink') {
    return null
  }
  if (type !== 'file' || size > most || layer.usage.sampledBytes + size > layer.limits.sampledBytes) {
    // Whatever a layer below has there is gone.
    if (layer.programs.size < layer.limits.listed) {
      layer.programs.set(key, null)
    }
    return null
  }
  layer.usage.sampledBytes += size
  const digest = createHash('md5')
  return {
    write: (bytes) => void digest.update(bytes),
    end() {
      const sum = digest.digest('hex')
      layer.programs.set(key, sum)
      layer.sampledSums.set(at, sum)
    },
  }
}

function changelog(layer: Records, name: string, isDebians: boolean, { type }: TarEntry): Body | null {
  const known = isDebians ? layer.changelogs : layer.native
  known.delete(name)
  if (type !== 'file') {
    return null
  }
  let head: Buffer = Buffer.alloc(0)
  return {
    write(bytes) {
      if (head.length < CHANGELOG_HEAD) {
        head = Buffer.concat([head, bytes.subarray(0, CHANGELOG_HEAD - head.length)])
      }
    },
    end() {
      const entry = firstEntry(head)
      if (entry !== null && known.size < layer.limits.listed) {
        known.set(name, entry)
      }
    },
  }
}

function entry(layer: Records, path: string, current: TarEntry): Body | null {
  if (path.startsWith(DPKG)) {
    const name = path.slice(DPKG.length)
    if (name === DIVERSIONS) {
      layer.lists.set(name, '')
      const isRead = current.type === 'file' && current.size <= layer.limits.recordBytes
      return isRead ? collect((text) => keepList(layer, name, text)) : null
    }
    return RECORD.test(name) ? record(layer, name, current) : null
  }
  if (isPackageDocument(path) && current.type === 'file' && layer.documents.size < layer.limits.listed) {
    layer.documents.add(path)
  }
  const [, name, debian] = CHANGELOG.exec(path) ?? []
  if (name !== undefined) {
    return changelog(layer, name, debian !== undefined, current)
  }
  const [isProgram, isLibrary] = PROGRAM.exec(path) ?? []
  const most = isLibrary === undefined ? layer.limits.programBytes : layer.limits.libraryBytes
  return isProgram === undefined ? null : program(layer, path, most, current)
}

function hide(layer: Records, { kind, target }: Whiteout): void {
  const name = target.startsWith(DPKG) ? target.slice(DPKG.length) : ''
  if (kind === 'whiteout' && RECORD.test(name)) {
    count(layer)
    layer.hides.add(name)
  }
}

function finish(layer: Records, paths: PathIndex): ScannedRecords {
  for (const folder of FOLDERS.filter((one) => isHidden(paths, `${DPKG}${one}`))) {
    layer.hides.add(folder)
  }
  const records = {
    holds: [...layer.holds],
    hides: [...layer.hides],
    sums: Object.fromEntries(layer.sums),
    programs: Object.fromEntries(layer.programs),
    changelogs: { ...Object.fromEntries(layer.native), ...Object.fromEntries(layer.changelogs) },
    outdated: {},
    ...(layer.documents.size > 0 && { documents: [...layer.documents] }),
  }
  return { records, samples: layer.samples, lists: layer.lists, sampledSums: layer.sampledSums }
}

/** Whatever layers below have in this directory is gone. */
function isHidden(paths: PathIndex, directory: string): boolean {
  return [directory, ...ancestorsOf(directory)].some((path) =>
    (['other', 'whiteout', 'opaque'] as const).some((mark) => paths.has(mark, path)),
  )
}

function collect(put: (text: string) => void): Body {
  return collected((bytes) => put(bytes.toString('utf8')))
}

/** A line that is a prefix of the next one's path is a directory; the rest are files, links and empty directories. */
function sampleOf(lines: readonly string[]): string[] {
  const files = lines.flatMap((line, at) => {
    const path = line.replace(/^\/+/, '')
    const isDirectory = lines[at + 1]?.startsWith(`${line}/`) ?? false
    return path === '' || path === '.' || isDirectory || NO_SAMPLE.test(path) ? [] : [path]
  })
  const step = Math.max(1, files.length / SAMPLE)
  return Array.from({ length: Math.min(SAMPLE, files.length) }, (_, at) => files[Math.floor(at * step)] ?? '')
}

function programSums(
  all: readonly { readonly path: string; readonly sum: string }[],
): Readonly<Record<string, string>> {
  const found = all.filter(({ path }) => PROGRAM.test(path))
  return Object.fromEntries(found.map(({ path, sum }) => [mergedPath(path), sum]))
}

/** Source package and version of the first entry of a compressed changelog; `null` if it is not Debian's format. */
function firstEntry(head: Buffer): string | null {
  try {
    const text = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8')
    const [, source, version] = ENTRY.exec(text) ?? []
    return source === undefined ? null : `${source} ${version}`
  } catch {
    return null
  }
}
