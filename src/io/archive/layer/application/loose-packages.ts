import { hash } from 'node:crypto'
import { posix } from 'node:path'
import {
  type ApplicationFile,
  ancestorsOf,
  compareText,
  type Image,
  startPaths,
} from '../../../../model/index.js'
import type { StoredLayer } from '../context.js'
import { resolvePath } from '../links.js'
import type { NotReadYet, SecondReads } from '../second-reads.js'
import { FILE_READINGS, mayBeLoose } from './forms.js'
import { type FoundFile, type MergedView, readCandidates } from './merged.js'
import type { Extent, ReadAt } from './stored.js'
import { readLoosePackage, tooLarge } from './texts.js'

type LayerPart = Pick<StoredLayer, 'layerFacts' | 'packageLinks' | 'secondReads'>

/** Names next to a project's package.json: somebody develops it, or has installed packages for it. */
const PROJECT_FILES = [
  ...['node_modules', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', '.pnp.cjs', 'pnpm-lock.yaml'],
  ...['bun.lock', 'bun.lockb', 'deno.lock'],
]

/** Folders in which project files are looked up; in others, package.json files count as copied packages. */
const MAX_FOLDERS = 5_000

/** Paths in the merged file system that tell a project's own package.json from a copied package. */
export function projectFilePaths(layers: readonly LayerPart[]): readonly string[] {
  const candidatePaths = layers.flatMap(({ packageLinks }) => [...(packageLinks?.candidates.keys() ?? [])])
  const folders = [...new Set(candidatePaths.filter(mayBeLoose).map(folderOf))]
  // An application is higher up than what somebody has copied into it.
  const byDepth = folders
    .map((folder) => ({ folder, depth: folder.split('/').length }))
    .sort((a, b) => a.depth - b.depth)
  return byDepth.slice(0, MAX_FOLDERS).flatMap(({ folder }) => projectFilesIn(folder))
}

function projectFilesIn(folder: string): readonly string[] {
  return PROJECT_FILES.map((name) => (folder === '.' ? name : `${folder}/${name}`))
}

function folderOf(path: string): string {
  return ancestorsOf(path)[0] ?? '.'
}

/**
 * npm packages outside all folders in which Node.js looks for packages: somebody has copied them, to load
 * them by path. Neither the application's own package.json nor one in another package's folder is such a
 * package.
 * @param layers with all packages that links lead to
 */
export function loosePackages(
  layers: readonly LayerPart[],
  view: MergedView,
  image: Pick<Image, 'config'>,
): readonly FoundFile[] {
  const startFolders = startedFolders(image, view.links)
  const isProjectFolder = (folder: string) =>
    startFolders.has(folder) || projectFilesIn(folder).some(view.has)
  const packageFolders = composerFolders(layers)
  /** Projects' folders -> the statements of their package.json, which a build may copy to a folder below. */
  const projectPackages = new Map<string, string>()
  const loosePackages: FoundFile[] = []
  for (const candidate of readAll(layers, view)) {
    const ancestors = ancestorsOf(candidate.path)
    const [folder = '.'] = ancestors
    const key = JSON.stringify(candidate.file.says)
    if (ancestors.slice(1).some((ancestor) => packageFolders.has(ancestor))) {
      continue
    }
    if (isProjectFolder(folder)) {
      projectPackages.set(folder, key)
    } else if (isKnownPackage(layers[candidate.layer], candidate.path)) {
      packageFolders.add(folder)
    } else if (
      candidate.file.says.length > 0 &&
      !ancestors.some((ancestor) => projectPackages.get(ancestor) === key)
    ) {
      packageFolders.add(folder)
      loosePackages.push(candidate)
    }
  }
  return loosePackages
}

function isKnownPackage(layer: LayerPart | undefined, path: string): boolean {
  return Object.hasOwn(layer?.layerFacts.applications?.files ?? {}, path)
}

/** The folders of started programs, the working directory, and their ancestors; also with links resolved. */
function startedFolders(
  image: Pick<Image, 'config'>,
  links: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const { folder, named: commandPaths } = startPaths(image)
  const paths = [folder, ...commandPaths].map((path) => posix.normalize(`/${path}`).replace(/^\/|\/$/g, ''))
  const resolvedPaths = [...paths, ...paths.flatMap((path) => resolvePath(links, path) ?? [])]
  return new Set(resolvedPaths.flatMap((path) => (path === '' ? ['.'] : [path, ...ancestorsOf(path)])))
}

/** Folders of Composer's packages, which may contain JavaScript. */
function composerFolders(layers: readonly LayerPart[]): Set<string> {
  const lists = layers.flatMap(({ layerFacts }) =>
    Object.entries(layerFacts.applications?.files ?? {}).filter(([path]) =>
      path.endsWith('composer/installed.json'),
    ),
  )
  return new Set(
    lists.flatMap(([path, { says }]) =>
      says.map(({ name }) => `${path.slice(0, -'composer/installed.json'.length)}${name}`),
    ),
  )
}

/** The candidates in the merged file system, each folder before the folders in it. */
function readAll(layers: readonly LayerPart[], { candidates }: MergedView): readonly FoundFile[] {
  const loosePaths = [...candidates].filter(([path]) => mayBeLoose(path))
  const files = readCandidates(layers, loosePaths, readOne)
  return files.toSorted((a, b) => compareText(folderOf(a.path), folderOf(b.path)))
}

function readOne(secondReads: SecondReads, extent: Extent): ApplicationFile | NotReadYet {
  const { size } = extent
  const { maxBytes } = FILE_READINGS.npm
  if (size > maxBytes) {
    return { md5: null, says: [tooLarge(size, maxBytes)] }
  }
  const read = (readFile: ReadAt) => {
    const bytes = readFile(0, size)
    return { md5: hash('md5', bytes), says: readLoosePackage(bytes.toString('utf8')) }
  }
  return secondReads.valueOf('loose package', extent, { kind: 'places', read })
}
