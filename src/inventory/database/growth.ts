import type { LayerFacts, PackageRecords } from '../../model/image.js'
import { packageOf } from './contents.js'
import { type History, historyOf } from './history.js'

type Layers = readonly (LayerFacts & { readonly records: PackageRecords })[]

/** Lines that a layer adds to dpkg's lists of a package whose version it leaves as it was. */
export interface GrownList {
  readonly package: string
  /** Index of the layer. */
  readonly layer: number
  readonly count: number
  /** The first of them. */
  readonly lines: readonly string[]
}

export interface Growth {
  readonly grown: readonly GrownList[]
  /**
   * Whether lines that a list has since this layer own nothing. @param list a package's lists, by their name without
   * its ending
   */
  isUnfounded(list: string, since: number): boolean
}

const NONE: Growth = { grown: [], isUnfounded: () => false }

/** Images are values: owners of files and the database are both asked for. */
const KNOWN = new WeakMap<readonly LayerFacts[], Growth>()

/**
 * dpkg writes the lists of a package when it unpacks it (dpkg(1), `info/`): they grow only together with the package's
 * version. Installing the same version again writes the same lines; what dpkg takes out of a list, because another
 * package replaces the file, is no growth.
 */
export function growthOf(layers: readonly LayerFacts[]): Growth {
  const known = KNOWN.get(layers)
  if (known !== undefined) {
    return known
  }
  const growth = layers.every(hasRecords) ? growthIn(layers, historyOf(layers)) : NONE
  KNOWN.set(layers, growth)
  return growth
}

function hasRecords(layer: LayerFacts): layer is LayerFacts & { readonly records: PackageRecords } {
  return layer.records !== undefined
}

function growthIn(layers: Layers, { changedIn }: History): Growth {
  const lastIn = new Map<string, number>()
  const names = new Set<string>()
  const foundedIn = new Map<string, number>()
  const grown: GrownList[] = []
  for (const [layer, { records }] of layers.entries()) {
    const written = Map.groupBy(records.holds, withoutEnding)
    for (const [list, all] of written) {
      if (isUnchanged(changedIn.get(nameOfList(list)) ?? [], lastIn.get(list) ?? null, layer)) {
        const more = all.flatMap((name) => addedTo(name, records, names.has(name)))
        const lines = more.flatMap((one) => one.lines)
        const count = more.reduce((sum, one) => sum + one.count, 0)
        grown.push(...(count === 0 ? [] : [{ package: packageOf(`${list}.list`), layer, count, lines }]))
      } else {
        foundedIn.set(list, layer)
      }
      lastIn.set(list, layer)
    }
    for (const name of records.holds) {
      names.add(name)
    }
  }
  return {
    grown,
    // A later version of the package may have had the line too.
    isUnfounded: (list, since) => lastIn.has(list) && (foundedIn.get(list) ?? -1) < since,
  }
}

/**
 * Whether the package is installed, and as it was when its list was written last; for a list that no layer has had,
 * as a layer below left it.
 */
function isUnchanged(changes: readonly number[], before: number | null, layer: number): boolean {
  return before === null
    ? changes.some((one) => one < layer) && !changes.includes(layer)
    : changes.length > 0 && !changes.some((one) => one > before && one <= layer)
}

function addedTo(name: string, { grown = {} }: PackageRecords, isKnown: boolean) {
  const more = Object.hasOwn(grown, name) ? grown[name] : undefined
  return more === undefined ? (isKnown ? [] : [{ count: 1, lines: [`all of ${name}`] }]) : [more]
}

function withoutEnding(name: string): string {
  return name.replace(/\.(?:list|md5sums)$/, '')
}

/** As in history.ts: a package without a list of files is named by its sums. */
function nameOfList(list: string): string {
  return list.startsWith('status.d/') ? `${list}.md5sums` : `${list}.list`
}
