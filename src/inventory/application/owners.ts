import {
  createKnownPaths,
  type ForeignPackage,
  type InstalledPackage,
  type LayerFacts,
  type Listed,
  listedByPath,
  mayLackSum,
  mergedPath,
  type PackageList,
  packageList,
} from '../../model/index.js'
import { packageOf } from '../database/contents.js'
import { growthOf } from '../database/growth.js'
import { isFolderOf } from './debian-folders.js'

/**
 * Who is responsible for a file: a Debian package, which the security tracker judges; a package that is not Debian's;
 * or nobody in dpkg, so it is the application's own. `unknown`: dpkg's lists of files are gone.
 */
export type Owner =
  | { readonly by: 'debian' | 'third-party'; readonly package: string }
  | {
      readonly by: 'nobody' | 'unknown'
      /** In a folder of Debian's packages, in an image without their lists: it may be Debian's. */
      readonly mayBeDebian?: true
    }

export interface OwnerQuestion {
  readonly path: string
  readonly md5: string | null
  /** Index of the layer that it comes from. */
  readonly layer: number
}

export interface DpkgPackages {
  readonly installed: ReadonlySet<string>
  /** Names of packages that Debian is not responsible for (model/provenance/origin.ts: third-party, unknown). */
  readonly foreign: ReadonlySet<string>
}

export interface KnownPackages {
  /** Of the image's own root. */
  readonly installed: readonly InstalledPackage[]
  readonly foreign: readonly ForeignPackage[]
}

/**
 * Versions of vendors that publish packages under Debian's names. One below Debian's own version looks like an old
 * version of Debian's to its indexes: `16.20.2-1nodesource1`, `15.4-1.pgdg120+1`, `24.0.7-1~debian.12~bookworm`.
 */
const VENDOR_VERSION =
  /nodesource|pgdg|ubuntu|\+maria~|-\d+debian\d|\drl\d+~|~(?:debian|deb|(?:buster|bullseye|bookworm|trixie|forky)\d*)(?:[.~+]|$)|\+0~\d{8}\./

export function dpkgPackages({ installed, foreign }: KnownPackages): DpkgPackages {
  return {
    installed: new Set(installed.map(({ name }) => name)),
    foreign: new Set([
      ...foreign
        .filter(({ origin }) => origin === 'third-party' || origin === 'unknown')
        .map(({ name }) => name),
      ...installed.filter(({ version }) => VENDOR_VERSION.test(version)).map(({ name }) => name),
    ]),
  }
}

/** Where Debian's own packages install packages of Python, Java, Node.js, PHP and Ruby, and nobody else should. */
const DEBIAN_FOLDERS =
  /^usr\/(?:lib\/(?:python3\/dist-packages|ruby|(?:[^/]+-linux-gnu[^/]*\/)?nodejs)|share\/(?:java|javascript|maven-repo|nodejs|php|rubygems-integration|python-wheels))\//

/**
 * Answers who owns a file, by dpkg's final lists. A file is owned if an installed package lists it and it still has
 * the package's content: a file that pip or npm overwrote is no longer Debian's. Without a sum to compare, the file
 * must not come from a later layer than the list. Lines that were added without the package own nothing.
 */
export function ownersIn(
  layers: readonly LayerFacts[],
  { installed, foreign }: DpkgPackages,
): (question: OwnerQuestion) => Owner {
  const { byPath, diverted, isEmpty } = listsOf(layers)
  const areListsIncomplete = layers.some(({ applications }) => applications?.areListsCut)
  const hasNoLists = (isEmpty || areListsIncomplete) && installed.size > 0
  return ({ path, md5, layer }) => {
    const merged = mergedPath(path)
    const owner = (byPath.get(diverted.get(merged) ?? merged) ?? []).find((one) => {
      const name = packageOf(`${one.list}.list`)
      return (
        installed.has(name) && isFolderOf(merged, foreign.has(name)) && isUntouched(one, merged, md5, layer)
      )
    })
    if (owner !== undefined) {
      const name = packageOf(`${owner.list}.list`)
      return { by: foreign.has(name) ? 'third-party' : 'debian', package: name }
    }
    if (!hasNoLists || !isFolderOf(merged, false)) {
      return { by: 'nobody' }
    }
    return { by: DEBIAN_FOLDERS.test(merged) ? 'unknown' : 'nobody', mayBeDebian: true }
  }
}

function isUntouched(listed: Listed, path: string, md5: string | null, layer: number): boolean {
  if (listed.sum !== null && md5 !== null) {
    return listed.sum === md5
  }
  const isPlausible = listed.sum !== null || mayLackSum(listed, path)
  return isPlausible && layer <= listed.layer
}

/** dpkg's lists as the last layer leaves them; `diverted`: path of a file -> the path in its package's list. */
function listsOf(layers: readonly LayerFacts[]) {
  const lists = new Map<string, PackageList>()
  const knownPaths = createKnownPaths([lists])
  /** The last content of each list, even if a layer has hidden it: a list that comes back is compared with this. */
  const last = new Map<string, PackageList>()
  let diverted: Readonly<Record<string, string>> = {}
  for (const [layer, { records, applications }] of layers.entries()) {
    for (const name of records?.hides ?? []) {
      knownPaths.forget(name, false)
    }
    for (const name of records?.holds ?? []) {
      const owned = applications?.owned ?? {}
      const lines = Object.hasOwn(owned, name) ? Object.entries(owned[name] ?? {}) : []
      const list = packageList(layer, lines, last.get(name))
      knownPaths.note(lists, name, list)
      last.set(name, list)
    }
    diverted = applications?.diverted ?? diverted
  }
  const { isWithoutPackage: isUnfounded, areSumsLate } = growthOf(layers)
  const counted = [...lists].filter(
    ([name]) => !areSumsLate(name.replace(/\.md5sums$/, '')) || name.endsWith('.list'),
  )
  const byPath = listedByPath(new Map(counted), (list, since) => !isUnfounded(list, since))
  return { byPath, diverted: new Map(Object.entries(diverted)), isEmpty: lists.size === 0 }
}
