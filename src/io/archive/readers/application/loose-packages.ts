import { hash } from 'node:crypto'
import { posix } from 'node:path'
import { ancestorsOf, compareText, type Image, startPaths } from '../../../../model/index.js'
import type { ImageTree } from '../../tree/image-tree.js'
import type { ScannedLayer } from '../layer.js'
import {
  type FoundFile,
  type PackageCandidate,
  type PackageCandidates,
  readCandidates,
} from './candidates.js'
import { FILE_READINGS, mayBeLoose } from './forms.js'
import { readLoosePackage, tooLarge } from './texts.js'

/** Names next to a project's package.json: somebody develops it, or has installed packages for it. */
const PROJECT_FILES = [
  ...['node_modules', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', '.pnp.cjs', 'pnpm-lock.yaml'],
  ...['bun.lock', 'bun.lockb', 'deno.lock'],
]

const MAX_BYTES = FILE_READINGS.npm.maxBytes

/** Folders in which project files are looked up; in others, package.json files count as copied packages. */
const MAX_FOLDERS = 5_000

/**
 * The folders with package.json files that are looked up. An application is higher up than what somebody has copied
 * into it.
 */
function candidateFolders(candidates: readonly PackageCandidate[]): ReadonlySet<string> {
  const folders = new Set(
    candidates
      .map(({ path }) => path)
      .filter(mayBeLoose)
      .map(folderOf),
  )
  const byDepth = [...folders]
    .map((folder) => ({ folder, depth: folder.split('/').length }))
    .sort((a, b) => a.depth - b.depth)
  return new Set(byDepth.slice(0, MAX_FOLDERS).map(({ folder }) => folder))
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
  layers: readonly ScannedLayer[],
  tree: ImageTree,
  candidates: PackageCandidates,
  image: Pick<Image, 'config'>,
): readonly FoundFile[] {
  const startFolders = startedFolders(image, tree)
  const folders = candidateFolders(candidates.files)
  const isProjectFolder = (folder: string) =>
    startFolders.has(folder) ||
    (folders.has(folder) && projectFilesIn(folder).some((path) => tree.at(path) !== null))
  const packageFolders = composerFolders(layers)
  /** Projects' folders -> the statements of their package.json, which a build may copy to a folder below. */
  const projectPackages = new Map<string, string>()
  const loosePackages: FoundFile[] = []
  for (const candidate of readAll(layers, candidates)) {
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

function isKnownPackage(layer: ScannedLayer | undefined, path: string): boolean {
  return Object.hasOwn(layer?.layerFacts.applications?.files ?? {}, path)
}

/** The folders of started programs, the working directory, and their ancestors; also with links resolved. */
function startedFolders(image: Pick<Image, 'config'>, tree: ImageTree): ReadonlySet<string> {
  const { folder, named: commandPaths } = startPaths(image)
  const paths = [folder, ...commandPaths].map((path) => posix.normalize(`/${path}`).replace(/^\/|\/$/g, ''))
  const resolvedPaths = [...paths, ...paths.flatMap((path) => tree.resolve(path) ?? [])]
  return new Set(resolvedPaths.flatMap((path) => (path === '' ? ['.'] : [path, ...ancestorsOf(path)])))
}

/** Folders of Composer's packages, which may contain JavaScript. */
function composerFolders(layers: readonly ScannedLayer[]): Set<string> {
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

/** The candidates that a container sees, each folder before the folders in it. */
function readAll(layers: readonly ScannedLayer[], { files }: PackageCandidates): readonly FoundFile[] {
  const shown = files.filter(({ path, isShown }) => isShown && mayBeLoose(path))
  const found = readCandidates(shown, ({ layer, file }) => {
    const bytes = layers[layer]?.tree.bytesOf({ ...file, size: Math.min(file.size, MAX_BYTES) }) ?? null
    return bytes === null
      ? null
      : file.size > MAX_BYTES
        ? { md5: null, says: [tooLarge(file.size, MAX_BYTES)] }
        : { md5: hash('md5', bytes), says: readLoosePackage(bytes.toString('utf8')) }
  })
  return found.toSorted((a, b) => compareText(folderOf(a.path), folderOf(b.path)))
}
