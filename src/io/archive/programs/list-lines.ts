import type { AddedLines } from '../../../model/image.js'
import { linesOf } from '../application/owners.js'
import type { StoredLayer } from '../context.js'
import { DIVERSIONS, LISTS_CUT } from '../layer-records.js'

type Scanned = Pick<StoredLayer, 'about' | 'lists'>

/** A line of a list about a path that matters. */
interface ListedLine {
  /** MD5 sum; `null` in a list of files. */
  readonly sum: string | null
  /** Index of the layer since which the list has this line. */
  readonly since: number
}

/** One of dpkg's lists, as the last layer that has it leaves it. */
interface LastList {
  /** Index of that layer. */
  readonly layer: number
  /** By path with a merged usr. */
  readonly lines: ReadonlyMap<string, ListedLine>
}

type Grown = Record<string, AddedLines>

/** A list as layers have written it so far. */
interface Written extends LastList {
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
): { readonly lists: ReadonlyMap<string, LastList>; readonly grown: readonly Grown[] } {
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
      const lines = linesOf(name, text, wanted).map(([path, sum]): [string, ListedLine] => {
        const old = before?.lines.get(path)
        return [path, { sum, since: old?.sum === sum ? old.since : layer }]
      })
      lists.set(name, { layer, lines: new Map(lines), text, had: before?.had ?? new Map() })
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
    ...said(lines),
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
  return said(text.split('\n').filter((line) => line !== '' && !known.has(`/${summedPath(line)}`)))
}

function said(lines: readonly string[]): AddedLines {
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

export function areListsCut(layers: readonly Scanned[]): boolean {
  return layers.some(({ lists }) => lists.has(LISTS_CUT))
}

function shown(line: string): string {
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`.toWellFormed()
}
