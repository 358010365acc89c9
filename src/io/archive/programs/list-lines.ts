import { type PackageList, packageList } from '../../../model/package-lists.js'
import type { StoredLayer } from '../context.js'
import { linesOf } from '../dpkg-lists.js'
import { DIVERSIONS, LISTS_CUT } from '../layer-records.js'

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

export function areListsCut(layers: readonly Scanned[]): boolean {
  return layers.some(({ lists }) => lists.has(LISTS_CUT))
}

function shown(line: string): string {
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`.toWellFormed()
}
