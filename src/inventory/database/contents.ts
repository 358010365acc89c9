import { compareVersions, isValidVersion } from '../../debian/version.js'
import {
  createKnownPaths,
  type InstalledPackage,
  type LayerFacts,
  mergedPath,
  type PackageRecords,
} from '../../model/index.js'

/** A layer whose changes to dpkg's own files are known. */
export type RecordedLayer = LayerFacts & { readonly records: PackageRecords }
type Layers = readonly RecordedLayer[]

export function hasRecords(layer: LayerFacts): layer is RecordedLayer {
  return layer.records !== undefined
}

/** The final content of the image, with the index of the layer that each file comes from. */
type ValueByPath<Value> = Map<string, { readonly value: Value; readonly layer: number }>

/** How many packages must have other files than dpkg unpacked: in one or two, people may have replaced files. */
const MIN_REPLACED = 3

/**
 * Packages for which at least half of the sample differs from their list of MD5 sums, although no later layer
 * replaced a file: the list does not belong to these files (scripts may be the same in two versions). Empty if these
 * packages are few.
 */
export function otherContents(layers: Layers): readonly string[] {
  const programs = merged(layers, ({ programs: all }) => Object.entries(all))
  const lists: ValueByPath<Readonly<Record<string, string>>> = new Map()
  const knownPaths = createKnownPaths([lists])
  for (const [layer, { records }] of layers.entries()) {
    for (const name of records.hides) {
      knownPaths.forget(name, false)
    }
    for (const [name, value] of Object.entries(records.sums)) {
      knownPaths.note(lists, name, { value, layer })
    }
  }
  const packagesWithOtherFiles = [...lists].flatMap(([name, { value: sums, layer }]) => {
    const compared = Object.entries(sums).flatMap(([path, sum]) => {
      const found = programs.get(path)
      return found === undefined || found.value === null || found.layer > layer ? [] : [found.value === sum]
    })
    const differing = compared.filter((isSame) => !isSame)
    return differing.length > 0 && differing.length * 2 >= compared.length ? [packageOf(name)] : []
  })
  return packagesWithOtherFiles.length < MIN_REPLACED ? [] : packagesWithOtherFiles.sort()
}

/** A package whose changelog is older than the version that dpkg states. */
export interface OlderByChangelog {
  readonly package: InstalledPackage
  /** Of the source package. */
  readonly changelog: string
}

/**
 * Packages whose changelog in the image ends before the version of their source package. A changelog from before the
 * package came in this version says nothing.
 * @param since index of the layer that added the package; `null`: not known
 */
export function olderByChangelog(
  layers: Layers,
  installed: readonly InstalledPackage[],
  since: (one: InstalledPackage) => number | null,
): readonly OlderByChangelog[] {
  const changelogs = merged(layers, ({ changelogs: all }) =>
    Object.entries(all).map(([name, entry]): [string, string] => [`usr/share/doc/${name}`, entry]),
  )
  return installed.flatMap((one) => {
    const found = changelogs.get(`usr/share/doc/${one.name}`)
    const layer = since(one)
    if (found === undefined || layer === null || found.layer < layer) {
      return []
    }
    const [source, version = ''] = found.value.split(' ')
    const isOther = source !== one.source || version === one.version || !isValidVersion(version)
    return isOther || compareVersions(version, one.sourceVersion) >= 0
      ? []
      : [{ package: one, changelog: version }]
  })
}

/** The values by path that the merged layers still have in the end. Only whiteouts that layers list are applied. */
export function merged<Value>(
  layers: Layers,
  of: (records: PackageRecords) => readonly (readonly [string, Value])[],
): ValueByPath<Value> {
  const all: ValueByPath<Value> = new Map()
  const known = createKnownPaths([all])
  for (const [layer, { records, removed, opaque }] of layers.entries()) {
    for (const path of [...removed, ...opaque]) {
      // `lib` is `usr/lib`, whether or not usr is merged: program paths are in that form.
      known.forget(mergedPath(`${path}/`).slice(0, -1), false)
    }
    for (const [path, value] of of(records)) {
      known.note(all, path, { value, layer })
    }
  }
  return all
}

/** `info/libc6:amd64.md5sums` -> `libc6`. */
export function packageOf(name: string): string {
  return name.replace(/^[^/]*\//, '').replace(/(?::[a-z0-9-]+)?\.(?:list|md5sums)$/, '')
}
