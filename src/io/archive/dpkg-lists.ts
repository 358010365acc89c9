import type { ApplicationRecords } from '../../model/application.js'
import type { AddedLines } from '../../model/image.js'
import { mergedPath } from '../../model/interest.js'
import { type PackageList, packageList } from '../../model/package-lists.js'
import type { StoredLayer } from './context.js'
import { DIVERSIONS } from './layer-records.js'

type Scanned = Pick<StoredLayer, 'about' | 'lists'>

type Grown = Record<string, AddedLines>

/** A list as layers have written it so far. */
interface Written extends PackageList {
  readonly text: string
  /** Line -> index of the last layer whose list had it; for the last layer's lines only once a layer adds to them. */
  readonly had: Map<string, number>
}

/** How many lines that a layer adds to a list are kept, and of how many characters. */
const SHOWN = 3
const LONGEST = 200

/**
 * dpkg's lists in the end, and what layers add to lists that a layer below has. A list that is gone still counts:
 * dpkg removes it only with its package, so if the package is installed, somebody else has removed the list.
 * @param wanted paths with a merged usr
 */
export function listLines(
  layers: readonly Scanned[],
  wanted: ReadonlySet<string>,
): { readonly lists: ReadonlyMap<string, PackageList>; readonly grown: readonly Grown[] } {
  const lists = new Map<string, Written>()
  const grown = layers.map(({ about, lists: texts }, layer) => {
    const written = (about.records?.holds ?? []).map((name) => ({ name, text: texts.get(name) ?? '' }))
    const more = written.flatMap(({ name, text }): [string, AddedLines][] => {
      const before = lists.get(name)
      const added = before === undefined ? firstSums(name, text, lists) : addedTo(before, name, text)
      return added === null ? [] : [[name, added]]
    })
    for (const { name, text } of written) {
      const before = lists.get(name)
      const had = before?.had ?? new Map<string, number>()
      lists.set(name, { ...packageList(layer, linesOf(name, text, wanted), before), text, had })
    }
    return Object.fromEntries(more)
  })
  return { lists, grown }
}

/** What the last layer's list does not have; `null`: nothing. */
function addedTo({ layer, text: before, had }: Written, name: string, text: string): AddedLines | null {
  if (text === before) {
    return null
  }
  const known = before.split('\n')
  for (const line of known) {
    had.set(line, layer)
  }
  const now = new Set(known)
  const more = text.split('\n').filter((line) => !now.has(line))
  // A folder that was deleted and comes back with one package, dpkg takes out of the lists of all others.
  const folders = new Set(name.endsWith('.list') && more.length > 0 ? known.flatMap(foldersOf) : [])
  const added = more.filter((line) => !folders.has(line))
  if (added.length === 0) {
    return null
  }
  const again: Record<string, number> = {}
  for (const line of added) {
    const last = had.get(line)
    if (last !== undefined) {
      again[last] = (again[last] ?? 0) + 1
    }
  }
  const paths = new Set(name.endsWith('.md5sums') ? known.flatMap((line) => summedPath(line) ?? []) : [])
  const changed = added.filter((line) => paths.has(summedPath(line) ?? '')).length
  const lines = added.toSorted((one, two) => (had.get(one) ?? -1) - (had.get(two) ?? -1))
  return {
    ...addedLines(lines),
    ...(Object.keys(again).length > 0 && { again }),
    ...(changed > 0 && { changed }),
  }
}

/**
 * A list of MD5 sums that no layer below has: the sums of files that the package does not list there. `null`: these
 * have no list of its files either.
 */
function firstSums(name: string, text: string, lists: ReadonlyMap<string, Written>): AddedLines | null {
  const listed = name.endsWith('.md5sums') ? lists.get(name.replace(/md5sums$/, 'list')) : undefined
  if (listed === undefined) {
    return null
  }
  const known = new Set(listed.text.split('\n'))
  return addedLines(text.split('\n').filter((line) => line !== '' && !known.has(`/${summedPath(line)}`)))
}

function addedLines(lines: readonly string[]): AddedLines {
  return { count: lines.length, lines: lines.slice(0, SHOWN).map(shown) }
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
  return layers.findLast(({ lists }) => lists.has(DIVERSIONS))?.lists.get(DIVERSIONS)
}

function shown(line: string): string {
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`.toWellFormed()
}

/**
 * The lines of one of dpkg's lists about these paths, each with its sum: `/path` in a list of files, which has none,
 * `md5  path` in one of sums.
 */
export function linesOf(
  name: string,
  text: string,
  wanted: ReadonlySet<string>,
): readonly (readonly [path: string, sum: string | null])[] {
  const isPlain = name.endsWith('.list')
  const from = isPlain ? 1 : 34
  const found: (readonly [string, string | null])[] = []
  for (const line of text.split('\n')) {
    const path = mergedPath(line.slice(from))
    if (wanted.has(path)) {
      found.push([path, isPlain ? null : line.slice(0, 32)])
    }
  }
  return found
}

/**
 * dpkg-divert(1) keeps three lines each: from, to, by. There no two are about the same file. Here the
 * first counts; otherwise one file could stand for all others. `null`: the layer has no such file.
 */
export function divertedIn(
  text: string | undefined,
  wanted: ReadonlySet<string>,
): ApplicationRecords['diverted'] {
  if (text === undefined) {
    return null
  }
  const lines = text.split('\n').map((line) => mergedPath(line.replace(/^\/+/, '')))
  const found: [string, string][] = []
  const known = new Set<string>()
  for (let at = 0; at + 2 < lines.length; at += 3) {
    const [from = '', to = ''] = lines.slice(at, at + 2)
    if (wanted.has(to) && !known.has(from)) {
      known.add(from)
      found.push([to, from])
    }
  }
  return Object.fromEntries(found)
}
