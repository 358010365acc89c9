import { cached, type LayerFacts, type PackageRecords } from '../../model/index.js'
import { hasRecords, packageOf, type RecordedLayer } from './contents.js'
import { type History, historyOf } from './history.js'

/** Lines that a layer adds to dpkg's lists of a package whose version it leaves as it was. */
export interface ExtendedList {
  readonly package: string
  /** Index of the layer. */
  readonly layer: number
  readonly count: number
  /** The first of them. */
  readonly lines: readonly string[]
  /** Whether files have other MD5 sums now: it is another build of the package. */
  readonly isOtherBuild: boolean
}

export interface ListGrowth {
  readonly grown: readonly ExtendedList[]
  /**
   * Whether lines that a list has since this layer own nothing. @param list a package's lists, by their name without
   * its ending
   */
  isWithoutPackage(list: string, since: number): boolean
  /**
   * Whether a package's MD5 sums came later than the package, which proves no content: they may have been computed from
   * files that somebody had replaced. @param list as above
   */
  areSumsLate(list: string): boolean
}

const NONE: ListGrowth = { grown: [], isWithoutPackage: () => false, areSumsLate: () => false }

/**
 * dpkg writes the lists of a package when it unpacks it (dpkg(1), `info/`): they grow only together with the package's
 * version. Installing the same version again writes the same lines; what dpkg takes out of a list, because another
 * package replaces the file, is no growth, and neither is a line that comes back.
 */
export const growthOf = cached((layers: readonly LayerFacts[]): ListGrowth => {
  // Cached, because both the owners of files and the doubts about the database depend on it.
  return layers.every(hasRecords) ? growthIn(layers, historyOf(layers)) : NONE
})

function growthIn(layers: readonly RecordedLayer[], { changedIn }: History): ListGrowth {
  const lastIn = new Map<string, number>()
  const names = new Set<string>()
  /** By list: the last layer that wrote it with its package, the first since then to add lines, the last with sums. */
  const firstLayerOfList = new Map<string, number>()
  const grownIn = new Map<string, number>()
  const sumsIn = new Map<string, number>()
  const listsWithLateSums = new Set<string>()
  const grown: ExtendedList[] = []
  for (const [layer, { records, programs }] of layers.entries()) {
    const listsOfLayer = Map.groupBy(records.holds, (name) => name.replace(/\.(?:list|md5sums)$/, ''))
    for (const [list, all] of listsOfLayer) {
      const hasSums = all.includes(`${list}.md5sums`)
      if (isUnchanged(changedIn.get(nameOfList(list)) ?? [], lastIn.get(list) ?? null, layer)) {
        const firstLayer = firstLayerOfList.get(list) ?? -1
        const more = all.map((name) => addedTo(name, records, names.has(name), firstLayer))
        const count = more.reduce((sum, one) => sum + one.count, 0)
        if (count > 0) {
          const lines = more.flatMap((one) => one.lines)
          const isOtherBuild = more.some(({ changed }) => changed > 0)
          grown.push({ package: packageOf(`${list}.list`), layer, count, lines, isOtherBuild })
        }
        // Where the programs are not known, added lines are not either: then growth is assumed.
        if (count > 0 || programs === undefined) {
          grownIn.set(list, grownIn.get(list) ?? layer)
        }
        if (hasSums && (sumsIn.get(list) ?? -1) < firstLayer) {
          listsWithLateSums.add(list)
        }
      } else {
        firstLayerOfList.set(list, layer)
        grownIn.delete(list)
        if (hasSums) {
          sumsIn.set(list, layer)
          listsWithLateSums.delete(list)
        }
      }
      lastIn.set(list, layer)
    }
    for (const name of records.holds) {
      names.add(name)
    }
  }
  return {
    grown,
    // If a layer from `since` on wrote the list with its package, that version may have the line. If no layer added
    // lines, those of the list are only lines that it had before.
    isWithoutPackage: (list, since) =>
      (firstLayerOfList.get(list) ?? -1) < since && (grownIn.get(list) ?? Number.POSITIVE_INFINITY) <= since,
    areSumsLate: (list) => listsWithLateSums.has(list),
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

const UNGROWN = { count: 0, lines: [], changed: 0 }

/** @param founded index of the layer that wrote the list with its package: what it has had since then is not new */
function addedTo(name: string, { grown = {} }: PackageRecords, isKnown: boolean, founded: number) {
  const more = Object.hasOwn(grown, name) ? grown[name] : undefined
  if (more === undefined) {
    return isKnown ? UNGROWN : { count: 1, lines: [`all of ${name}`], changed: 0 }
  }
  const repeatedLines = Object.entries(more.again ?? {})
    .filter(([last]) => Number(last) >= founded)
    .reduce((sum, [, count]) => sum + count, 0)
  const count = more.count - repeatedLines
  return {
    count,
    lines: more.lines.slice(0, Math.max(0, count)),
    changed: Math.min(count, more.changed ?? 0),
  }
}

/**
 * The name of the file by which history.ts names a package: its list of files, or in status.d, where there is none, its
 * list of sums.
 */
function nameOfList(list: string): string {
  return list.startsWith('status.d/') ? `${list}.md5sums` : `${list}.list`
}
