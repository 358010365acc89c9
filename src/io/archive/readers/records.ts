import { constants, gunzipSync } from 'node:zlib'
import { ancestorsOf, mergedPath, type PackageRecords } from '../../../model/index.js'
import type { Limits, Usage } from '../formats/limits.js'
import { archiveError } from '../formats/problems.js'
import type { LayerEntry, LayerTree } from '../tree/layer-tree.js'
import { isPackageDocument } from './programs/documents.js'

export interface ScannedRecords {
  readonly records: PackageRecords
  /** Name of a path list (in status.d: of md5sums) -> a sample of its paths, spread over the whole list. */
  readonly sampledPaths: ReadonlyMap<string, readonly string[]>
  /** Name of a list -> its text, within the limit; also contains dpkg's own file `diversions`. */
  readonly listTexts: ReadonlyMap<string, string>
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

/**
 * Reads a layer's dpkg lists, and facts about the files of packages.
 * @param where for error messages
 * @throws SeaworthyError archive-too-large: saying nothing about lists beyond the limit would look like approval
 */
export async function readRecords(
  tree: LayerTree,
  where: string,
  limits: Limits,
  usage: Usage,
): Promise<ScannedRecords> {
  const { holds, hides, sums, samples, lists } = readLists(tree, where, limits, usage)
  const programs = new Map<string, string | null>()
  const changelogs = new Map<string, string>()
  const nativeChangelogs = new Map<string, string>()
  const documents: string[] = []

  async function sumProgram(entry: LayerEntry, maxBytes: number): Promise<void> {
    const { path, type, size } = entry
    const isSummed = type === 'file' && size <= maxBytes && usage.sampledBytes + size <= limits.sampledBytes
    if (isSummed) {
      usage.sampledBytes += size
      programs.set(mergedPath(path), await tree.sumOf(entry, 'md5'))
    } else if (type !== 'symlink' && programs.size < limits.listedPaths) {
      // `null` records that the file of a lower layer at this path is replaced.
      programs.set(mergedPath(path), null)
    }
  }

  function readChangelog(entry: LayerEntry, versions: Map<string, string>, name: string): void {
    const head = entry.type === 'file' ? tree.read(entry)(0, CHANGELOG_HEAD_BYTES) : null
    const version = head === null ? null : firstEntry(head)
    if (version !== null && versions.size < limits.listedPaths) {
      versions.set(name, version)
    }
  }

  for (const entry of tree.entries()) {
    const { path, type } = entry
    if (type === 'directory' || path.startsWith(DPKG_FOLDER)) {
      continue
    }
    if (isPackageDocument(path) && type === 'file' && documents.length < limits.listedPaths) {
      documents.push(path)
    }
    const [, name, debianSuffix] = CHANGELOG_PATH.exec(path) ?? []
    const [isProgram, isLibrary] = PROGRAM_PATH.exec(path) ?? []
    if (name !== undefined) {
      readChangelog(entry, debianSuffix === undefined ? nativeChangelogs : changelogs, name)
    } else if (isProgram !== undefined) {
      const isSmall = isLibrary === undefined
      await sumProgram(entry, isSmall ? limits.summedProgramBytes : limits.summedLibraryBytes)
    }
  }
  const records = {
    holds,
    hides,
    sums,
    programs: Object.fromEntries(programs),
    changelogs: { ...Object.fromEntries(nativeChangelogs), ...Object.fromEntries(changelogs) },
    outdated: {},
    ...(documents.length > 0 && { documents }),
  }
  return { records, sampledPaths: samples, listTexts: lists }
}

function readLists(tree: LayerTree, where: string, limits: Limits, usage: Usage) {
  const holds: string[] = []
  const sums: Record<string, Readonly<Record<string, string>>> = {}
  const samples = new Map<string, readonly string[]>()
  const lists = new Map<string, string>()

  function countList(): void {
    usage.packageLists++
    if (usage.packageLists > limits.packageLists) {
      const what = `more than ${limits.packageLists} package file lists`
      throw archiveError('archive-too-large', where, what)
    }
  }

  /** Owners of files are determined when all layers are known. If lists are missing, they are unknown. */
  function textOf(entry: LayerEntry): string {
    const file = tree.fileOf(entry)
    if (typeof file === 'string') {
      return ''
    }
    const text = file.size > limits.packageListBytes ? null : tree.bytesOf(file).toString('utf8')
    usage.packageListCharacters += text?.length ?? 0
    if (text === null || usage.packageListCharacters > limits.packageListCharacters) {
      lists.set(LISTS_CUT, '')
    }
    return text ?? ''
  }

  function readList(name: string, entry: LayerEntry): void {
    countList()
    holds.push(name)
    const text = textOf(entry)
    if (text !== '' && usage.packageListCharacters <= limits.packageListCharacters) {
      lists.set(name, text)
    }
    if (name.endsWith('.list')) {
      samples.set(name, sampleOf(text.split('\n')))
      return
    }
    const lines = [...text.matchAll(/^([0-9a-f]{32}) [ *](.+)$/gm)]
    const sumLines = lines.map(([, sum = '', path = '']) => [path, sum] as const)
    const programLines = sumLines.filter(([path]) => PROGRAM_PATH.test(path))
    sums[name] = Object.fromEntries(programLines.map(([path, sum]) => [mergedPath(path), sum]))
    if (name.startsWith('status.d/')) {
      samples.set(name, sampleOf(sumLines.map(([path]) => path)))
    }
  }

  for (const entry of tree.entries()) {
    const name = entry.path.startsWith(DPKG_FOLDER) ? entry.path.slice(DPKG_FOLDER.length) : ''
    if (name === DIVERSIONS) {
      lists.set(name, textOf(entry))
    } else if (LIST_PATH.test(name) && entry.type !== 'directory') {
      readList(name, entry)
    }
  }
  const hiddenNames = hiddenLists(tree)
  hiddenNames.forEach(countList)
  const hiddenFolders = LIST_FOLDERS.filter((folder) => isHidden(tree, `${DPKG_FOLDER}${folder}`))
  return { holds, hides: [...hiddenNames, ...hiddenFolders], sums, samples, lists }
}

/** The lists of lower layers that whiteouts remove one by one. */
function hiddenLists({ index }: LayerTree): readonly string[] {
  return [...index.marked('whiteout')].flatMap((path) => {
    const name = path.startsWith(DPKG_FOLDER) ? path.slice(DPKG_FOLDER.length) : ''
    return LIST_PATH.test(name) ? [name] : []
  })
}

/** Whether the layer hides everything that lower layers have in this directory. */
function isHidden({ index }: LayerTree, directory: string): boolean {
  return [directory, ...ancestorsOf(directory)].some((path) => index.has(path, 'other', 'whiteout', 'opaque'))
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
