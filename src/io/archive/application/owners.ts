import type { ApplicationRecords } from '../../../model/application.js'
import { mergedPath } from '../../../model/interest.js'
import type { StoredLayer } from '../context.js'
import { divertedIn, linesOf } from '../dpkg-lists.js'
import { DIVERSIONS, LISTS_CUT } from '../layer-records.js'

type Scanned = Pick<StoredLayer, 'about' | 'lists' | 'sumOf'>

/**
 * Adds to each layer what its dpkg lists say about application files in any layer. dpkg writes its lists next to the
 * files, and a tar has them in any order, so only now are both known. So are the files whose MD5 sum is needed.
 */
export function withOwners<Layer extends Scanned>(layers: readonly Layer[]): readonly Layer[] {
  const wanted = new Set<string>()
  for (const { about } of layers) {
    for (const path of Object.keys(about.applications?.files ?? {})) {
      wanted.add(mergedPath(path))
    }
  }
  const recorded = layers.map((layer) => {
    const { applications } = layer.about
    if (applications === undefined || layer.lists.size === 0) {
      return layer
    }
    const diverted = divertedIn(layer.lists.get(DIVERSIONS), wanted)
    const areListsCut = layer.lists.has(LISTS_CUT)
    const more = { ...applications, diverted, ...(areListsCut && { areListsCut }) }
    return { ...layer, about: { ...layer.about, applications: more } }
  })
  const listed = withDiverted(recorded, wanted)
  return withSums(recorded.map((layer) => withOwned(layer, listed)))
}

/** A diverted file is in its package's list under its original path. */
function withDiverted(layers: readonly Scanned[], wanted: ReadonlySet<string>): ReadonlySet<string> {
  const from = layers.flatMap(({ about }) => Object.values(about.applications?.diverted ?? {}))
  return from.length === 0 ? wanted : new Set([...wanted, ...from])
}

function withOwned<Layer extends Scanned>(layer: Layer, wanted: ReadonlySet<string>): Layer {
  const { about, lists } = layer
  if (about.applications === undefined || wanted.size === 0) {
    return layer
  }
  const owned: Record<string, ApplicationRecords['owned'][string]> = {}
  for (const [name, text] of lists) {
    const found = name === DIVERSIONS || name === LISTS_CUT ? [] : linesOf(name, text, wanted)
    if (found.length > 0) {
      owned[name] = Object.fromEntries(found)
    }
  }
  return { ...layer, about: { ...about, applications: { ...about.applications, owned } } }
}

/** A sum is compared only with one in a list, under the file's path or the one that it was diverted from. */
function withSums<Layer extends Scanned>(layers: readonly Layer[]): readonly Layer[] {
  const all = layers.map(({ about }) => about.applications)
  const summed = new Set(
    all.flatMap((one) =>
      Object.values(one?.owned ?? {}).flatMap((paths) =>
        Object.keys(paths).filter((path) => paths[path] !== null),
      ),
    ),
  )
  for (const [to, from] of all.flatMap((one) => Object.entries(one?.diverted ?? {}))) {
    if (summed.has(from)) {
      summed.add(to)
    }
  }
  return layers.map((layer) => {
    const { applications } = layer.about
    if (applications === undefined || summed.size === 0) {
      return layer
    }
    const files = Object.entries(applications.files).map(([path, file]) => {
      const md5 = file.md5 ?? (summed.has(mergedPath(path)) ? layer.sumOf(path) : null)
      return [path, md5 === file.md5 ? file : { ...file, md5 }] as const
    })
    const more = { ...applications, files: Object.fromEntries(files) }
    return { ...layer, about: { ...layer.about, applications: more } }
  })
}
