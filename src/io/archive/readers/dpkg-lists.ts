import {
  type AddedLines,
  type ApplicationRecords,
  mergedPath,
  type PackageList,
  packageList,
} from '../../../model/index.js'
import type { ScannedLayer } from './layer.js'
import { DIVERSIONS } from './records.js'

type LayerPart = Pick<ScannedLayer, 'layerFacts' | 'listTexts'>

type AddedByList = Record<string, AddedLines>

/** One of dpkg's lists (path list or md5sums), as the layers up to now have written it. */
interface WrittenList extends PackageList {
  readonly text: string
  /** Line -> index of the last layer whose list had it, apart from the layer that `text` is of. */
  readonly lastLayerByLine: Map<string, number>
}

/** Of the lines that a layer adds to a list, how many are kept, and how many characters of each. */
const MAX_SHOWN_LINES = 3
const MAX_LINE_LENGTH = 200

/**
 * The final state of dpkg's lists, and the lines that layers add to lists of lower layers. A deleted list
 * still counts: dpkg deletes it only with its package, so if the package is installed, something else has
 * deleted the list.
 * @param paths with a merged usr
 */
export function listLines(
  layers: readonly LayerPart[],
  paths: ReadonlySet<string>,
): { readonly lists: ReadonlyMap<string, PackageList>; readonly added: readonly AddedByList[] } {
  const lists = new Map<string, WrittenList>()
  const addedByLayer = layers.map(({ layerFacts, listTexts }, layer) => {
    const names = layerFacts.records?.holds ?? []
    const ownLists = names.map((name) => ({ name, text: listTexts.get(name) ?? '' }))
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

/** The lines that the list of the layer below does not have; `null`: none. */
function addedTo(
  { layer, text: textBelow, lastLayerByLine }: WrittenList,
  name: string,
  text: string,
): AddedLines | null {
  if (text === textBelow) {
    return null
  }
  const linesBelow = textBelow.split('\n')
  for (const line of linesBelow) {
    lastLayerByLine.set(line, layer)
  }
  const knownLines = new Set(linesBelow)
  const newLines = text.split('\n').filter((line) => !knownLines.has(line))
  // If a folder was deleted and one package installs it again, dpkg removes it from the lists of all other
  // packages. Such lines are not additions.
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
  const lines = added.toSorted((a, b) => (lastLayerByLine.get(a) ?? -1) - (lastLayerByLine.get(b) ?? -1))
  return {
    ...addedLines(lines),
    ...(Object.keys(linesByEarlierLayer).length > 0 && { again: linesByEarlierLayer }),
    ...(changed > 0 && { changed }),
  }
}

/**
 * In md5sums that no lower layer has: the files that are not in the package's path list of lower layers.
 * @returns `null` if these have no path list of the package either
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

/** `<sum>  usr/bin/tar` -> `usr/bin/tar` (deb-md5sums(5)); `null` for other lines. */
function summedPath(line: string): string | null {
  return /^[0-9a-f]{32} {2}(.+)$/.exec(line)?.[1] ?? null
}

/** `/usr/share/doc/tar` -> `/usr`, `/usr/share`, `/usr/share/doc`. */
function foldersOf(line: string): string[] {
  return line.split('/').flatMap((_, at, parts) => (at > 1 ? [parts.slice(0, at).join('/')] : []))
}

/** The final diversions: those of the last layer that has the file. */
export function lastDiversions(layers: readonly LayerPart[]): string | undefined {
  return layers.findLast(({ listTexts }) => listTexts.has(DIVERSIONS))?.listTexts.get(DIVERSIONS)
}

function shortened(line: string): string {
  return line.length <= MAX_LINE_LENGTH ? line : `${line.slice(0, MAX_LINE_LENGTH)}…`.toWellFormed()
}

/** Lines about these paths, with their MD5 sums: `md5  path` in md5sums; `/path`, without, in path lists. */
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
 * Diversions of these paths, as new path -> original path. dpkg-divert(1) writes three lines for each:
 * original path, new path, package, and never two for the same original path. If there are two nevertheless,
 * the first counts, so that one file cannot stand for many. `null`: the layer has no diversions file.
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
