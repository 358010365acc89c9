import { ancestorsOf, mergedPath } from '../../model/interest.js'
import type { StoredLayer } from './context.js'
import type { Mark } from './layer-marks.js'

type Scanned = Pick<StoredLayer, 'about' | 'paths' | 'samples'>

/** Lookups in the layers' paths, each of which computes a hash: limits what an image may make us do. */
const MOST_QUESTIONS = 300_000

/**
 * Layers with what became of the files in lists that a layer above replaces or hides. An updated or removed package
 * has its files written or hidden; whether that happened is known only now, when the order of the layers is.
 */
export function withOutdated<Layer extends Scanned>(layers: readonly Layer[]): readonly Layer[] {
  const questions = questionsTo(layers)
  const outdated = layers.map((): Record<string, { files: number; untouched: number }> => ({}))
  for (const { name, at } of outdatedLists(layers)) {
    const sample = layers[at]?.samples.get(name) ?? []
    const files = sample.flatMap((path) => questions.lying(path, at) ?? [])
    const untouched = files.filter((path) => !questions.isTouched(path, at))
    const into = outdated[at]
    if (questions.left() <= 0) {
      break
    }
    if (into !== undefined) {
      into[name] = { files: files.length, untouched: untouched.length }
    }
  }
  return layers.map((layer, at) => {
    const { about } = layer
    const { records } = about
    return records === undefined
      ? layer
      : { ...layer, about: { ...about, records: { ...records, outdated: outdated[at] ?? {} } } }
  })
}

/** Lists with the layer that wrote them, if one above writes or hides them; replaced ones come first. */
function outdatedLists(
  layers: readonly Scanned[],
): readonly { readonly name: string; readonly at: number }[] {
  const current = new Map<string, number>()
  const folders = new Map<string, Set<string>>()
  const replaced: { name: string; at: number }[] = []
  const cleared: { name: string; at: number }[] = []
  for (const [index, { about }] of layers.entries()) {
    const { holds = [], hides = [] } = about.records ?? {}
    for (const name of [...holds, ...hides]) {
      take(name, replaced)
    }
    for (const folder of hides) {
      for (const name of folders.get(folder) ?? []) {
        take(name, cleared)
      }
      folders.delete(folder)
    }
    for (const name of holds) {
      current.set(name, index)
      const folder = name.split('/', 1)[0] ?? ''
      folders.set(folder, (folders.get(folder) ?? new Set()).add(name))
    }
  }
  return [...replaced, ...cleared]

  function take(name: string, into: { name: string; at: number }[]): void {
    const at = current.get(name)
    if (at !== undefined && (layers[at]?.samples.has(name) ?? false)) {
      into.push({ name, at })
    }
    current.delete(name)
  }
}

function questionsTo(layers: readonly Scanned[]) {
  let left = MOST_QUESTIONS
  const replaced = layers.map(() => new Map<string, boolean>())
  const has = (at: number, mark: Mark, path: string): boolean => {
    left--
    return layers[at]?.paths.has(mark, path) ?? false
  }
  const isGone = (at: number, directory: string): boolean => {
    const known = replaced[at]?.get(directory)
    if (known !== undefined) {
      return known
    }
    const found = (['other', 'whiteout', 'opaque'] as const).some((mark) => has(at, mark, directory))
    replaced[at]?.set(directory, found)
    return found
  }
  return {
    left: () => left,
    /** The path as stored in a layer, up to this one; `null` if none has such a file. */
    lying(path: string, upTo: number): string | null {
      const found = [...new Set([path, mergedPath(path)])].find((one) =>
        layers.some((_, at) => at <= upTo && has(at, 'other', one)),
      )
      return found ?? null
    },
    isTouched: (path: string, after: number): boolean =>
      layers.some(
        (_, at) =>
          at > after &&
          ((['other', 'whiteout', 'directory'] as const).some((mark) => has(at, mark, path)) ||
            ancestorsOf(path).some((directory) => isGone(at, directory))),
      ),
  }
}
