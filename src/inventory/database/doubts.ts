import {
  compareText,
  type Image,
  type InstalledPackage,
  type LayerFacts,
  mergeLayers,
} from '../../model/index.js'
import type { Listing } from '../listing.js'
import { hasRecords, type OlderByChangelog, olderByChangelog, otherContents, packageOf } from './contents.js'
import { replacedPrograms, type UnprovenFile, unlistedPackages } from './files.js'
import { growthOf } from './growth.js'
import { type Change, type History, historyOf, isInstalled } from './history.js'

/**
 * What about a package does not match:
 * - `left-behind`: dpkg's own files about it exist, but dpkg's status file does not call it installed.
 * - `no-list`: the status file calls it installed, but dpkg never had a list of its files.
 * - `status-alone`: a layer changes its version, but not the list of its files.
 * - `files-alone`: a layer changes its version or removes it, but leaves its files as they were.
 * - `other-contents`: most of its programs differ from its list of MD5 sums.
 * - `grown-list`: a layer adds lines to its lists, but leaves its version as it was.
 * - `other-build`: such lines state other MD5 sums for its files.
 * - `replaced-program`: a layer replaces one of its programs with another one.
 * - `not-listed`: the image has files of it, but the status file does not list it.
 */
export type DoubtKind =
  | 'left-behind'
  | 'no-list'
  | 'status-alone'
  | 'files-alone'
  | 'other-contents'
  | 'grown-list'
  | 'other-build'
  | 'replaced-program'
  | 'not-listed'

export interface DatabaseDoubt {
  readonly kind: DoubtKind
  /** Names, sorted. */
  readonly packages: readonly string[]
  /** diff_id of the layer that caused it; `null` if no layer is known to have. */
  readonly layer: string | null
  /** Some of the lines that were added to lists, or of the files that no list explains. */
  readonly lines?: readonly string[]
}

/** What dpkg's status is worth, compared with everything else in the image about its packages. */
export interface DatabaseFindings {
  readonly doubts: readonly DatabaseDoubt[]
  /** Packages that are older by their changelog; only the archive knows whether the changelog is Debian's. */
  readonly older: readonly OlderByChangelog[]
  /** Installed packages that have a list of their files, or had one when they were added. `null`: not checked. */
  readonly listed: number | null
}

const NOT_EXAMINED: DatabaseFindings = { doubts: [], older: [], listed: null }
/** Fewer prove too little: a file may be unchanged by chance. */
const MIN_FILES = 2
/** How many files are named for each package. */
const MAX_FILES = 10

/** Compares the image's own database with its files. Of other databases inside the image only the status is read. */
export function examineDatabase({ layers }: Image, { main }: Pick<Listing, 'main'>): DatabaseFindings {
  const layersWithRecords = layers.filter(hasRecords)
  if (layersWithRecords.length < layers.length) {
    return NOT_EXAMINED
  }
  const history = historyOf(layersWithRecords)
  const root = mergeLayers(layersWithRecords)
  const replaced = replacedPrograms(layersWithRecords, root, main, history.changedIn)
  const doubts = [
    ...doubtsOfChanges(history, layersWithRecords),
    ...doubtsOfFinalFiles(history, layersWithRecords),
    ...withoutList(history, layersWithRecords),
    ...doubtUnlessEmpty('other-contents', otherContents(layersWithRecords), null),
    ...doubtsOfExtendedLists(layers),
    ...doubtsOfFiles('replaced-program', replaced, layersWithRecords),
    ...doubtsOfFiles('not-listed', unlistedPackages(layersWithRecords, root, main), layersWithRecords),
  ]
  const since = ({ name, architecture }: InstalledPackage) =>
    history.changes.get(`${name}:${architecture}`)?.layer ?? null
  return {
    doubts: joined(doubts),
    older: olderByChangelog(layersWithRecords, main, since),
    listed: [...history.changes.values()].filter((change) => isListed(change, history)).length,
  }
}

function doubtsOfExtendedLists(layers: Image['layers']): DatabaseDoubt[] {
  return growthOf(layers).grown.map(({ package: name, layer, lines, isOtherBuild }) => ({
    kind: isOtherBuild ? 'other-build' : 'grown-list',
    packages: [name],
    layer: layers[layer]?.diffId ?? null,
    lines,
  }))
}

function doubtsOfFiles(
  kind: DoubtKind,
  all: readonly UnprovenFile[],
  layers: readonly LayerFacts[],
): DatabaseDoubt[] {
  return all.map(({ package: name, layer, files }) => ({
    kind,
    packages: [name],
    layer: layers[layer]?.diffId ?? null,
    lines: files.slice(0, MAX_FILES).map((path) => `/${path}`),
  }))
}

function doubtUnlessEmpty(
  kind: DoubtKind,
  packages: readonly string[],
  layer: string | null,
): DatabaseDoubt[] {
  return packages.length === 0 ? [] : [{ kind, packages, layer }]
}

/** Changes of the database that leave its files as they were. Only the last change of a package counts. */
function doubtsOfChanges(history: History, layers: readonly LayerFacts[]): DatabaseDoubt[] {
  const installed = new Set(history.entries.filter(isInstalled).flatMap(({ records }) => records.slice(0, 1)))
  return [...history.changes.values()].flatMap((change) => {
    const { kind, entry, layer } = change
    // If the package is installed for another architecture now, the list belongs to that one.
    const isReplaced = kind === 'dropped' && entry.records.slice(0, 1).some((name) => installed.has(name))
    const doubt = isReplaced ? null : doubtAboutChange(change, history)
    return doubt === null ? [] : doubtUnlessEmpty(doubt, [entry.name], layers[layer]?.diffId ?? null)
  })
}

function doubtAboutChange(change: Change, history: History): DoubtKind | null {
  const { kind, list } = change
  const outdatedRecord = kind === 'added' ? null : history.outdated(change)
  const files = outdatedRecord !== null && outdatedRecord.files >= MIN_FILES ? outdatedRecord : null
  switch (kind) {
    case 'added':
      return null
    case 'other-version':
      if (list.before && list.after && !list.written) {
        return 'status-alone'
      }
      return files !== null && files.untouched === files.files ? 'files-alone' : null
    case 'dropped':
      if (list.after && !list.written) {
        return 'left-behind'
      }
      // Another package may own some of them now.
      return files !== null && files.untouched * 2 > files.files ? 'files-alone' : null
  }
}

/** Final lists of packages that are not installed; of a removed one dpkg keeps its conffiles' list, and no sums. */
function doubtsOfFinalFiles(
  { entries, lastListed }: History,
  layers: readonly LayerFacts[],
): DatabaseDoubt[] {
  const listedInLastLayer = [...lastListed].flatMap(([name, layer]) =>
    layer === layers.length - 1 ? [name] : [],
  )
  const installed = new Set(entries.filter(isInstalled).flatMap(({ records }) => records))
  const removed = new Set(
    entries.filter(({ state }) => state === 'config-files').flatMap(({ records }) => records),
  )
  const unlistedNames = listedInLastLayer.filter((name) => {
    const list = name.startsWith('info/') ? name.replace(/\.md5sums$/, '.list') : name
    return !installed.has(list) && (name.endsWith('.md5sums') || !removed.has(list))
  })
  return doubtUnlessEmpty('left-behind', unlistedNames.map(packageOf), null)
}

/**
 * Installed packages that never had a list, in layers that added lists of others: if somebody removes these files in
 * the layer that adds them, nothing can be said.
 */
function withoutList(history: History, layers: readonly LayerFacts[]): DatabaseDoubt[] {
  const knownChanges = [...history.changes.values()].filter(
    ({ entry, kind }) => kind !== 'dropped' && entry.records.some((name) => name.startsWith('info/')),
  )
  return [...Map.groupBy(knownChanges, ({ layer }) => layer)].flatMap(([layer, changes]) => {
    const missing = changes.filter((change) => !isListed(change, history))
    const isUsual = missing.length * 2 > changes.length
    const names = missing.map(({ entry }) => entry.name)
    return isUsual ? [] : doubtUnlessEmpty('no-list', names, layers[layer]?.diffId ?? null)
  })
}

function isListed({ kind, entry, layer }: Change, { lastListed }: History): boolean {
  return kind !== 'dropped' && entry.records.some((name) => (lastListed.get(name) ?? -1) >= layer)
}

/** One doubt for each kind, with all of its packages, and the first known layer. Each package is reported once. */
function joined(doubts: readonly DatabaseDoubt[]): DatabaseDoubt[] {
  const reported = new Set<string>()
  return [...Map.groupBy(doubts, ({ kind }) => kind)].flatMap(([kind, all]) => {
    const names = [...new Set(all.flatMap(({ packages }) => packages))].filter((name) => !reported.has(name))
    for (const name of names) {
      reported.add(name)
    }
    const layer = all.find((doubt) => doubt.layer !== null)?.layer ?? null
    const lines = all.flatMap((doubt) => doubt.lines ?? [])
    const found = doubtUnlessEmpty(kind, names.sort(compareText), layer)
    return lines.length === 0 ? found : found.map((doubt) => ({ ...doubt, lines }))
  })
}
