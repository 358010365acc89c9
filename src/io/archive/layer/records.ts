import { createHash } from 'node:crypto'
import { constants, gunzipSync } from 'node:zlib'
import { ancestorsOf, mergedPath, type PackageRecords } from '../../../model/index.js'
import type { Limits, Usage } from '../formats/limits.js'
import { archiveError } from '../formats/problems.js'
import type { TarEntry } from '../formats/tar-header.js'
import { type Body, collectBody } from '../formats/tar-reader.js'
import type { PathIndex, Whiteout } from './marks.js'
import { isPackageDocument } from './programs/documents.js'

/** Collects a layer's dpkg lists, and facts about the files of packages, while the layer is read. */
export interface LayerRecords {
  /** Returns the receiver of an entry's body; `null`: not needed. */
  entry(path: string, tarEntry: TarEntry): Body | null
  hide(whiteout: Whiteout): void
  /** @param paths all paths of the layer */
  finish(paths: PathIndex): ScannedRecords
}

export interface ScannedRecords {
  readonly records: PackageRecords
  /** Name of a path list (in status.d: of md5sums) -> a sample of its paths, spread over the whole list. */
  readonly sampledPaths: ReadonlyMap<string, readonly string[]>
  /** Name of a list -> its text, within the limit; also contains dpkg's own file `diversions`. */
  readonly listTexts: ReadonlyMap<string, string>
  /** MD5 sums of programs and shared libraries, by their offsets in the layer's tar. */
  readonly sampledSums: ReadonlyMap<number, string>
}

const DPKG_FOLDER = 'var/lib/dpkg/'
/** dpkg-divert(1): three lines each, from, to, by. */
export const DIVERSIONS = 'diversions'
const LIST_FOLDERS = ['info', 'status.d'] as const
/** `info/libc6:amd64.list`, `status.d/libc6.md5sums`: as dpkg (infodb) and distroless name them. */
const LIST_PATH =
  /^(?:info\/[a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?\.(?:list|md5sums)|status\.d\/[A-Za-z0-9+.:_-]+\.md5sums)$/
const CHANGELOG_PATH = /^usr\/share\/doc\/([a-z0-9][a-z0-9+.-]*)\/changelog(\.Debian)?\.gz$/
/** deb-changelog(5): the first line of an entry. */
const CHANGELOG_ENTRY = /^([a-z0-9][a-z0-9+.-]*) \(([^\s()]+)\) /
/** Bytes of a compressed changelog: enough for the first entry's first line. */
const CHANGELOG_HEAD_BYTES = 512
/** Programs and shared libraries, most of which change with every build of their package. */
const PROGRAM_PATH =
  /^(?:usr\/)?(?:s?bin\/[^/]+|lib\/(?:[a-z0-9_]+-linux-gnu[a-z0-9_]*\/)?[^/]+(\.so[.0-9]*))$/
/** How many paths of a list are looked up in the other layers. */
const SAMPLE_SIZE = 5
/** Not sampled: conffiles stay when a package is removed; slim images lack documents and translations. */
const UNSAMPLED_PATH = /^(?:etc|var|run|usr\/share\/(?:doc|man|info|locale|lintian|doc-base|bug))(?:\/|$)/

/** Key in the lists that shows that some are missing because of a limit; no list has this name. */
export const LISTS_CUT = '*'

export function createLayerRecords(where: string, limits: Limits, usage: Usage): LayerRecords {
  const layer = newRecords(where, limits, usage)
  return {
    entry: (path, tarEntry) => onEntry(layer, path, tarEntry),
    hide: (whiteout) => noteWhiteout(layer, whiteout),
    finish: (paths) => finish(layer, paths),
  }
}

type Records = ReturnType<typeof newRecords>

function newRecords(where: string, limits: Limits, usage: Usage) {
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

/** An error, since saying nothing about lists beyond the limit would look like approval. */
function countList(layer: Records): void {
  layer.usage.packageLists++
  if (layer.usage.packageLists > layer.limits.packageLists) {
    const what = `more than ${layer.limits.packageLists} package file lists`
    throw archiveError('archive-too-large', layer.where, what)
  }
}

function collectList(layer: Records, name: string, tarEntry: TarEntry): Body | null {
  countList(layer)
  layer.holds.add(name)
  layer.lists.delete(name)
  const storeText = (text: string): void => {
    keepList(layer, name, text)
    if (name.endsWith('.list')) {
      layer.samples.set(name, sampleOf(text.split('\n')))
      return
    }
    const lines = [...text.matchAll(/^([0-9a-f]{32}) [ *](.+)$/gm)]
    const sums = lines.map(([, sum = '', path = '']) => [path, sum] as const)
    const programs = sums.filter(([path]) => PROGRAM_PATH.test(path))
    layer.sums.set(name, Object.fromEntries(programs.map(([path, sum]) => [mergedPath(path), sum])))
    if (name.startsWith('status.d/')) {
      layer.samples.set(name, sampleOf(sums.map(([path]) => path)))
    }
  }
  storeText('')
  if (tarEntry.type === 'file' && tarEntry.size > layer.limits.packageListBytes) {
    layer.lists.set(LISTS_CUT, '')
    return null
  }
  return tarEntry.type === 'file' ? collectText(storeText) : null
}

/** Owners of files are determined when all layers are known. If lists are missing, they are unknown. */
function keepList(layer: Records, name: string, text: string): void {
  layer.usage.packageListCharacters += text.length
  if (layer.usage.packageListCharacters > layer.limits.packageListCharacters) {
    layer.lists.set(LISTS_CUT, '')
  } else if (text !== '') {
    layer.lists.set(name, text)
  }
}

function sumProgram(
  layer: Records,
  path: string,
  maxBytes: number,
  { type, size, offset: at }: TarEntry,
): Body | null {
  const key = mergedPath(path)
  if (type === 'symlink') {
    return null
  }
  if (type !== 'file' || size > maxBytes || layer.usage.sampledBytes + size > layer.limits.sampledBytes) {
    // `null` records that the file of a lower layer at this path is replaced.
    if (layer.programs.size < layer.limits.listedPaths) {
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

function collectChangelog(
  layer: Records,
  name: string,
  isDebianChangelog: boolean,
  { type }: TarEntry,
): Body | null {
  const changelogs = isDebianChangelog ? layer.changelogs : layer.native
  changelogs.delete(name)
  if (type !== 'file') {
    return null
  }
  let head: Buffer = Buffer.alloc(0)
  return {
    write(bytes) {
      if (head.length < CHANGELOG_HEAD_BYTES) {
        head = Buffer.concat([head, bytes.subarray(0, CHANGELOG_HEAD_BYTES - head.length)])
      }
    },
    end() {
      const version = firstEntry(head)
      if (version !== null && changelogs.size < layer.limits.listedPaths) {
        changelogs.set(name, version)
      }
    },
  }
}

function onEntry(layer: Records, path: string, tarEntry: TarEntry): Body | null {
  if (path.startsWith(DPKG_FOLDER)) {
    const name = path.slice(DPKG_FOLDER.length)
    if (name === DIVERSIONS) {
      layer.lists.set(name, '')
      const isRead = tarEntry.type === 'file' && tarEntry.size <= layer.limits.packageListBytes
      return isRead ? collectText((text) => keepList(layer, name, text)) : null
    }
    return LIST_PATH.test(name) ? collectList(layer, name, tarEntry) : null
  }
  if (
    isPackageDocument(path) &&
    tarEntry.type === 'file' &&
    layer.documents.size < layer.limits.listedPaths
  ) {
    layer.documents.add(path)
  }
  const [, name, debianSuffix] = CHANGELOG_PATH.exec(path) ?? []
  if (name !== undefined) {
    return collectChangelog(layer, name, debianSuffix !== undefined, tarEntry)
  }
  const [isProgram, isLibrary] = PROGRAM_PATH.exec(path) ?? []
  const maxBytes = isLibrary === undefined ? layer.limits.summedProgramBytes : layer.limits.summedLibraryBytes
  return isProgram === undefined ? null : sumProgram(layer, path, maxBytes, tarEntry)
}

function noteWhiteout(layer: Records, { kind, target }: Whiteout): void {
  const name = target.startsWith(DPKG_FOLDER) ? target.slice(DPKG_FOLDER.length) : ''
  if (kind === 'whiteout' && LIST_PATH.test(name)) {
    countList(layer)
    layer.hides.add(name)
  }
}

function finish(layer: Records, paths: PathIndex): ScannedRecords {
  for (const folder of LIST_FOLDERS.filter((folder) => isHidden(paths, `${DPKG_FOLDER}${folder}`))) {
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
  return { records, sampledPaths: layer.samples, listTexts: layer.lists, sampledSums: layer.sampledSums }
}

/** Whether the layer hides everything that lower layers have in this directory. */
function isHidden(paths: PathIndex, directory: string): boolean {
  return [directory, ...ancestorsOf(directory)].some((path) =>
    (['other', 'whiteout', 'opaque'] as const).some((mark) => paths.has(mark, path)),
  )
}

function collectText(onText: (text: string) => void): Body {
  return collectBody((bytes) => onText(bytes.toString('utf8')))
}

/** Samples the files in a list. A line that is a prefix of the next one's path is a directory. */
function sampleOf(lines: readonly string[]): string[] {
  const files = lines.flatMap((line, at) => {
    const path = line.replace(/^\/+/, '')
    const isDirectory = lines[at + 1]?.startsWith(`${line}/`) ?? false
    return path === '' || path === '.' || isDirectory || UNSAMPLED_PATH.test(path) ? [] : [path]
  })
  const step = Math.max(1, files.length / SAMPLE_SIZE)
  return Array.from(
    { length: Math.min(SAMPLE_SIZE, files.length) },
    (_, at) => files[Math.floor(at * step)] ?? '',
  )
}

/** Source package and version of the first entry of a compressed changelog; `null` if it is not Debian's format. */
function firstEntry(head: Buffer): string | null {
  try {
    const text = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8')
    const [, source, version] = CHANGELOG_ENTRY.exec(text) ?? []
    return source === undefined ? null : `${source} ${version}`
  } catch {
    return null
  }
}
