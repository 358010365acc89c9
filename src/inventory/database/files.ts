import {
  compareText,
  type InstalledPackage,
  isOwnFileOfPackage,
  type PlacedProgram,
  type RootView,
} from '../../model/index.js'
import { merged, packageOf, type RecordedLayer } from './contents.js'
import type { History } from './history.js'

type Layers = readonly RecordedLayer[]

/** A package that dpkg's version says nothing about, with the files that show it. */
export interface UnprovenFile {
  readonly package: string
  readonly layer: number
  readonly files: readonly string[]
}

/**
 * Programs of installed packages that a layer replaces with another program, which nothing else explains. dpkg replaces
 * a program only together with its package's version, and the new lists then contain it, unless they are removed in the
 * layer that installs it.
 *
 * @param changedIn the layers that change what is installed, by the names of lists
 */
export function replacedPrograms(
  layers: Layers,
  { programs, applications }: Pick<RootView, 'programs' | 'applications'>,
  installed: readonly InstalledPackage[],
  changedIn: History['changedIn'],
): UnprovenFile[] {
  const indexes = indexesOf(layers)
  const names = new Set(installed.map(({ name }) => name))
  const isChangedIn = (list: string, layer: number) =>
    ['list', 'md5sums'].some((ending) => changedIn.get(`${list}.${ending}`)?.includes(layer))
  return [...programs].flatMap(([path, { file, diffId }]) => {
    const layer = indexes.get(diffId) ?? 0
    const listings = file.listings.map((one) => ({ ...one, name: packageOf(`${one.list}.list`) }))
    const replaced = listings.find(
      ({ name, list, content }) => content === 'replaced' && names.has(name) && !isChangedIn(list, layer),
    )
    const isExplained =
      listings.some((one) => isOwnFileOfPackage(one) && names.has(one.name)) || file.record !== null
    const isJudged = (applications.get(path)?.file.says ?? []).length > 0
    return replaced === undefined || isExplained || isJudged
      ? []
      : [{ package: replaced.name, layer, files: [path] }]
  })
}

/**
 * Packages whose documents the image has, but which the main database does not list as installed: somebody has
 * unpacked them without dpkg, into another root, or with another database. With the programs that came with them.
 * @param root the layers' merged file system
 */
export function unlistedPackages(
  layers: Layers,
  root: Pick<RootView, 'programs'>,
  installed: readonly InstalledPackage[],
): UnprovenFile[] {
  const names = new Set(installed.map(({ name }) => name))
  const documents = merged(layers, ({ documents: all = [] }) =>
    all.map((path): [string, null] => [path, null]),
  )
  const found = [...documents].flatMap(([path, { layer }]) => {
    const [, top = '', name = ''] = /^(.*?)usr\/share\/doc\/([^/]+)\/[^/]+$/.exec(path) ?? []
    return name === '' || (top === '' && names.has(name)) ? [] : [{ path, layer, top, name }]
  })
  if (found.length === 0) {
    return []
  }
  const unowned = Map.groupBy(unownedPrograms(layers, root), ({ layer }) => layer)
  return [...Map.groupBy(found, ({ name }) => name)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, all]) => {
      const programs = all.flatMap(({ layer, top }) =>
        (unowned.get(layer) ?? []).filter(({ path }) => path.startsWith(`${top}usr/`)),
      )
      const files = [...all, ...programs].map(({ path }) => path)
      return { package: name, layer: all[0]?.layer ?? 0, files: [...new Set(files)] }
    })
}

/** ELF programs that neither a list of dpkg's nor a Python package has. */
function unownedPrograms(
  layers: Layers,
  { programs }: Pick<RootView, 'programs'>,
): readonly { readonly path: string; readonly layer: number }[] {
  const indexes = indexesOf(layers)
  const isUnowned = ({ file }: PlacedProgram) =>
    file.form === 'elf' && file.record === null && !file.listings.some(isOwnFileOfPackage)
  return [...programs]
    .filter(([, program]) => isUnowned(program))
    .map(([path, { diffId }]) => ({ path, layer: indexes.get(diffId) ?? 0 }))
    .sort((a, b) => compareText(a.path, b.path))
}

function indexesOf(layers: Layers): ReadonlyMap<string, number> {
  return new Map(layers.map(({ diffId }, index) => [diffId, index]))
}
