import type { ApplicationRecords } from '../../model/application.js'
import type { AddedLines } from '../../model/image.js'
import { mergedPath } from '../../model/interest.js'
import { type PackageList, packageList } from '../../model/package-lists.js'
import type { StoredLayer } from './context.js'
import { DIVERSIONS } from './layer-records.js'

type Scanned = Pick<StoredLayer, 'layerFacts' | 'listTexts'>

type AddedByList = Record<string, AddedLines>

/** A list as layers have written it so far. */
interface WrittenList extends PackageList {
  readonly text: string
  /** Line -> index of the last layer whose list had it; for the last layer's lines only once a layer adds to them. */
  readonly lastLayerByLine: Map<string, number>
}

/** How many lines that a layer adds to a list are kept, and of how many characters. */
const MAX_SHOWN_LINES = 3
const MAX_LINE_LENGTH = 200

/**
 * dpkg's lists in the end, and what layers add to lists that a layer below has. A list that is gone still counts:
 * dpkg removes it only with its package, so if the package is installed, somebody else has removed the list.
 * @param paths paths with a merged usr
 */
export function listLines(
  layers: readonly Scanned[],
  paths: ReadonlySet<string>,
): { readonly lists: ReadonlyMap<string, PackageList>; readonly added: readonly AddedByList[] } {
  const lists = new Map<string, WrittenList>()
  const addedByLayer = layers.map(({ layerFacts, listTexts: texts }, layer) => {
    const ownLists = (layerFacts.records?.holds ?? []).map((name) => ({ name, text: texts.get(name) ?? '' }))
    const addedByList = ownLists.flatMap(({ name, text }): [string, AddedLines][] => {
      const below = lists.get(name)
      const added = below === undefined ? sumsOfUnlistedFiles(name, text, lists) : addedTo(below, name, text)
      return added === null ? [] : [[name, added]]
    })
    for (const { name, text } of ownLists) {
      const below = lists.get(name)
      const lastLayerByLine = below?.lastLayerByLine ?? new Map<string, number>()
      lists.set(name, { ...packageList(layer, linesOf(name, text, paths), below), text, lastLayerByLine })
    }
    return Object.fromEntries(addedByList)
  })
  return { lists, added: addedByLayer }
}

/** What the last layer's list does not have; `null`: nothing. */
function addedTo(
  { layer, text: before, lastLayerByLine }: WrittenList,
  name: string,
  text: string,
): AddedLines | null {
  if (text === before) {
    return null
  }
  const linesBelow = before.split('\n')
  for (const line of linesBelow) {
    lastLayerByLine.set(line, layer)
  }
  const knownLines = new Set(linesBelow)
  const newLines = text.split('\n').filter((line) => !knownLines.has(line))
  // A folder that was deleted and comes back with one package, dpkg takes out of the lists of all others.
  const folders = new Set(name.endsWith('.list') && newLines.length > 0 ? linesBelow.flatMap(foldersOf) : [])
  const added = newLines.filter((line) => !folders.has(line))
  if (added.length === 0) {
    return null
  }
  const linesByEarlierLayer: Record<string, number> = {}
  for (const line of added) {
    const lastLayer = lastLayerByLine.get(line)
    if (lastLayer !== undefined) {
      linesByEarlierLayer[lastLayer] = (linesByEarlierLayer[lastLayer] ?? 0) + 1
    }
  }
  const summedPathsBelow = new Set(
    name.endsWith('.md5sums') ? linesBelow.flatMap((line) => summedPath(line) ?? []) : [],
  )
  const changed = added.filter((line) => summedPathsBelow.has(summedPath(line) ?? '')).length
  const lines = added.toSorted(
    (one, two) => (lastLayerByLine.get(one) ?? -1) - (lastLayerByLine.get(two) ?? -1),
  )
  return {
    ...addedLines(lines),
    ...(Object.keys(linesByEarlierLayer).length > 0 && { again: linesByEarlierLayer }),
    ...(changed > 0 && { changed }),
  }
}

/**
 * A list of MD5 sums that no layer below has: the sums of files that the package does not list there. `null`: these
 * have no list of its files either.
 */
function sumsOfUnlistedFiles(
  name: string,
  text: string,
  lists: ReadonlyMap<string, WrittenList>,
): AddedLines | null {
  const listed = name.endsWith('.md5sums') ? lists.get(name.replace(/md5sums$/, 'list')) : undefined
  if (listed === undefined) {
    return null
  }
  const listedLines = new Set(listed.text.split('\n'))
  return addedLines(
    text.split('\n').filter((line) => line !== '' && !listedLines.has(`/${summedPath(line)}`)),
  )
}

function addedLines(lines: readonly string[]): AddedLines {
  return { count: lines.length, lines: lines.slice(0, MAX_SHOWN_LINES).map(shortened) }
}

/** `<sum>  usr/bin/tar` -> `usr/bin/tar` (deb-md5sums(5)); `null`: it is no such line. */
function summedPath(line: string): string | null {
  return /^[0-9a-f]{32} {2}(.+)$/.exec(line)?.[1] ?? null
}

/** `/usr/share/doc/tar` -> `/usr`, `/usr/share`, `/usr/share/doc`. */
function foldersOf(line: string): string[] {
  return line.split('/').flatMap((_, at, parts) => (at > 1 ? [parts.slice(0, at).join('/')] : []))
}

/** dpkg's diversions in the end: the last layer's text. */
export function lastDiversions(layers: readonly Scanned[]): string | undefined {
  return layers.findLast(({ listTexts }) => listTexts.has(DIVERSIONS))?.listTexts.get(DIVERSIONS)
}

function shortened(line: string): string {
  return line.length <= MAX_LINE_LENGTH ? line : `${line.slice(0, MAX_LINE_LENGTH)}…`.toWellFormed()
}

/**
 * The lines of one of dpkg's lists about these paths, each with its sum: `/path` in a list of files, which has none,
 * `md5  path` in one of sums.
 */
export function linesOf(
  name: string,
  text: string,
  paths: ReadonlySet<string>,
): readonly (readonly [path: string, sum: string | null])[] {
  const isPathList = name.endsWith('.list')
  const pathColumn = isPathList ? 1 : 34
  const lines: (readonly [string, string | null])[] = []
  for (const line of text.split('\n')) {
    const path = mergedPath(line.slice(pathColumn))
    if (paths.has(path)) {
      lines.push([path, isPathList ? null : line.slice(0, 32)])
    }
  }
  return lines
}

/**
 * dpkg-divert(1) keeps three lines each: from, to, by. There no two are about the same file. Here the
 * first counts; otherwise one file could stand for all others. `null`: the layer has no such file.
 */
export function divertedIn(
  text: string | undefined,
  paths: ReadonlySet<string>,
): ApplicationRecords['diverted'] {
  if (text === undefined) {
    return null
  }
  const lines = text.split('\n').map((line) => mergedPath(line.replace(/^\/+/, '')))
  const diversions: [string, string][] = []
  const divertedPaths = new Set<string>()
  for (let at = 0; at + 2 < lines.length; at += 3) {
    const [from = '', to = ''] = lines.slice(at, at + 2)
    if (paths.has(to) && !divertedPaths.has(from)) {
      divertedPaths.add(from)
      diversions.push([to, from])
    }
  }
  return Object.fromEntries(diversions)
}
