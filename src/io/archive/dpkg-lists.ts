import type { ApplicationRecords } from '../../model/application.js'
import { mergedPath } from '../../model/interest.js'
import { type PackageList, packageList } from '../../model/package-lists.js'
import type { StoredLayer } from './context.js'
import { DIVERSIONS } from './layer-records.js'

type Scanned = Pick<StoredLayer, 'about' | 'lists'>

type Grown = Record<string, { readonly count: number; readonly lines: readonly string[] }>

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
  const lists = new Map<string, PackageList & { readonly text: string }>()
  const grown = layers.map(({ about, lists: texts }, layer) => {
    const more: Grown = {}
    for (const name of about.records?.holds ?? []) {
      const text = texts.get(name) ?? ''
      const before = lists.get(name)
      if (before !== undefined) {
        const known = new Set(before.text.split('\n'))
        const added = text.split('\n').filter((line) => !known.has(line))
        if (added.length > 0) {
          more[name] = { count: added.length, lines: added.slice(0, SHOWN).map(shown) }
        }
      }
      lists.set(name, { ...packageList(layer, linesOf(name, text, wanted), before), text })
    }
    return more
  })
  return { lists, grown }
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
