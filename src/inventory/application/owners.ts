import type { LayerFacts } from '../../model/image.js'
import { mergedPath } from '../../model/interest.js'
import { createKnownPaths } from '../../model/known-paths.js'
import type { ForeignPackage } from '../../model/origin.js'
import type { InstalledPackage } from '../../model/package.js'
import { packageOf } from '../database/contents.js'
import { type Growth, growthOf } from '../database/growth.js'
import { isFolderOf } from './debian-folders.js'

/**
 * Who is responsible for a file: a Debian package, which the security tracker judges; a package that is not Debian's;
 * or nobody in dpkg, so it is the application's own. `unknown`: dpkg's lists of files are gone.
 */
export type Owner =
  | { readonly by: 'debian' | 'third-party'; readonly package: string }
  | { readonly by: 'nobody' | 'unknown' }

export interface OwnerQuestion {
  readonly path: string
  readonly md5: string | null
  /** Index of the layer that it comes from. */
  readonly layer: number
}

/** What is known about the packages that dpkg lists. */
export interface DpkgPackages {
  readonly installed: ReadonlySet<string>
  /** Names of packages that Debian is not responsible for (model/origin.ts: third-party, unknown). */
  readonly foreign: ReadonlySet<string>
}

/** dpkg's data about packages, as far as it is known. */
export interface KnownPackages {
  /** Of the image's own root. */
  readonly installed: readonly InstalledPackage[]
  /** Those that are not from the image's release. */
  readonly foreign: readonly ForeignPackage[]
}

/**
 * Versions of vendors that publish packages under Debian's names. One below Debian's own version looks like an old
 * version of Debian's to its indexes: `16.20.2-1nodesource1`, `15.4-1.pgdg120+1`, `24.0.7-1~debian.12~bookworm`.
 */
const VENDORS =
  /nodesource|pgdg|ubuntu|~(?:debian|deb|buster|bullseye|bookworm|trixie|forky)(?:[.~+]|$)|\+0~\d{8}\./

export function dpkgPackages({ installed, foreign }: KnownPackages): DpkgPackages {
  return {
    installed: new Set(installed.map(({ name }) => name)),
    foreign: new Set([
      ...foreign
        .filter(({ origin }) => origin === 'third-party' || origin === 'unknown')
        .map(({ name }) => name),
      ...installed.filter(({ version }) => VENDORS.test(version)).map(({ name }) => name),
    ]),
  }
}

/** What a list says about a path. */
interface Listed {
  readonly package: string
  /** From its list of MD5 sums; `null`: it has none for this path. */
  readonly sum: string | null
  /** Whether the package has a list of MD5 sums at all. */
  readonly hasSums: boolean
  /** Index of the layer that wrote the list. */
  readonly layer: number
}

/** Where Debian's own packages put theirs, and nobody else should. */
const DEBIAN_FOLDERS =
  /^usr\/(?:lib\/(?:python3\/dist-packages|ruby|(?:[^/]+-linux-gnu[^/]*\/)?nodejs)|share\/(?:java|maven-repo|nodejs|php|rubygems-integration|python-wheels))\//

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
  const areCut = layers.some(({ applications }) => applications?.areListsCut)
  const hasNoLists = (isEmpty || areCut) && installed.size > 0
  return ({ path, md5, layer }) => {
    const merged = mergedPath(path)
    const owner = (byPath.get(diverted.get(merged) ?? merged) ?? []).find(
      (one) =>
        installed.has(one.package) &&
        isFolderOf(merged, foreign.has(one.package)) &&
        isUntouched(one, merged, md5, layer),
    )
    if (owner !== undefined) {
      return { by: foreign.has(owner.package) ? 'third-party' : 'debian', package: owner.package }
    }
    return { by: hasNoLists && DEBIAN_FOLDERS.test(merged) ? 'unknown' : 'nobody' }
  }
}

function isUntouched(listed: Listed, path: string, md5: string | null, layer: number): boolean {
  if (listed.sum !== null && md5 !== null) {
    return listed.sum === md5
  }
  // Lists of MD5 sums leave out only conffiles (deb-md5sums(5)).
  const isPlausible = listed.sum !== null || !listed.hasSums || path.startsWith('etc/')
  return isPlausible && layer <= listed.layer
}

interface Lists {
  readonly byPath: ReadonlyMap<string, readonly Listed[]>
  /** Path of a file -> the path in its package's list. */
  readonly diverted: ReadonlyMap<string, string>
  readonly isEmpty: boolean
}

/** dpkg's lists as the last layer leaves them. */
function listsOf(layers: readonly LayerFacts[]): Lists {
  const held = new Map<string, HeldList>()
  const known = createKnownPaths([held])
  /** Also those that a layer has hidden: without its package, a list comes back with nothing new. */
  const last = new Map<string, HeldList>()
  let diverted: Readonly<Record<string, string>> = {}
  for (const [layer, { records, applications }] of layers.entries()) {
    for (const name of records?.hides ?? []) {
      known.forget(name, false)
    }
    for (const name of records?.holds ?? []) {
      const owned = applications?.owned ?? {}
      const before = last.get(name)?.lines
      const lines = Object.entries(Object.hasOwn(owned, name) ? (owned[name] ?? {}) : {}).map(
        ([path, sum]): [string, ListLine] => {
          const old = before?.get(path)
          return [path, { sum, since: old?.sum === sum ? old.since : layer }]
        },
      )
      const list = { layer, lines: new Map(lines) }
      known.note(held, name, list)
      last.set(name, list)
    }
    diverted = applications?.diverted ?? diverted
  }
  const byPath = byPathOf(held, growthOf(layers))
  return { byPath, diverted: new Map(Object.entries(diverted)), isEmpty: held.size === 0 }
}

interface ListLine {
  readonly sum: string | null
  /** Index of the layer since which the list has it. */
  readonly since: number
}

/** A list of a package, as the last layer that has it says it. */
interface HeldList {
  readonly layer: number
  readonly lines: ReadonlyMap<string, ListLine>
}

function byPathOf(
  held: ReadonlyMap<string, HeldList>,
  { isUnfounded, areSumsLate }: Growth,
): ReadonlyMap<string, readonly Listed[]> {
  const found = new Map<string, Map<string, Listed>>()
  for (const [name, { layer, lines }] of held) {
    const sumsName = name.replace(/\.list$/, '.md5sums')
    const key = name.replace(/\.(?:list|md5sums)$/, '')
    const isLate = areSumsLate(key)
    if (isLate && name === sumsName) {
      continue
    }
    for (const [path, { sum, since }] of lines) {
      if (isUnfounded(key, since)) {
        continue
      }
      const there = found.get(path) ?? new Map<string, Listed>()
      const known = there.get(key)
      const listed = {
        package: packageOf(name),
        sum: sum ?? known?.sum ?? null,
        hasSums: held.has(sumsName) && !isLate,
        layer: Math.max(layer, known?.layer ?? 0),
      }
      found.set(path, there.set(key, listed))
    }
  }
  return new Map([...found].map(([path, byKey]) => [path, [...byKey.values()]]))
}
