import { hash } from 'node:crypto'
import { posix } from 'node:path'
import type { ApplicationFile } from '../../../model/application.js'
import { startPaths } from '../../../model/command.js'
import type { Image } from '../../../model/image.js'
import { ancestorsOf } from '../../../model/interest.js'
import { compareText } from '../../../model/text.js'
import type { StoredLayer } from '../context.js'
import { follow } from '../layer-links.js'
import { mayBeLoose, READINGS } from './forms.js'
import { type FoundFile, type MergedView, readCandidates } from './merged.js'
import type { Extent, ReadAt } from './stored.js'
import { readLoosePackage, tooLarge } from './texts.js'

type Scanned = Pick<StoredLayer, 'about' | 'packageLinks'>

/** Beside the package.json of an application that somebody develops, or has installed packages for. */
const LIST_NAMES = [
  ...['node_modules', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', '.pnp.cjs', 'pnpm-lock.yaml'],
  ...['bun.lock', 'bun.lockb', 'deno.lock'],
]

/** Folders of an image in which they are looked for; what is in others counts as copied. */
const MOST_FOLDERS = 5_000

/** Paths that say which package.json are the application's own, to look for in the merged file system. */
export function listPaths(layers: readonly Scanned[]): readonly string[] {
  const all = layers.flatMap(({ packageLinks }) => [...(packageLinks?.candidates.keys() ?? [])])
  const folders = [...new Set(all.filter(mayBeLoose).map(folderOf))]
  // An application is higher up than what somebody has copied into it.
  const byDepth = folders
    .map((folder) => ({ folder, depth: folder.split('/').length }))
    .sort((a, b) => a.depth - b.depth)
  return byDepth.slice(0, MOST_FOLDERS).flatMap(({ folder }) => listsIn(folder))
}

function listsIn(folder: string): readonly string[] {
  return LIST_NAMES.map((name) => (folder === '.' ? name : `${folder}/${name}`))
}

function folderOf(path: string): string {
  return ancestorsOf(path)[0] ?? '.'
}

/**
 * npm packages outside all folders in which Node.js looks for them: somebody has copied them, to load them by their path.
 * The application's own package.json is none, and neither is one in the folder of another package.
 * @param layers with all packages that links lead to
 */
export function loosePackages(
  layers: readonly Scanned[],
  view: MergedView,
  image: Pick<Image, 'config'>,
): readonly FoundFile[] {
  const started = foldersOfStart(image, view.links)
  const isOwn = (folder: string) => started.has(folder) || listsIn(folder).some(view.has)
  const packages = composerFolders(layers)
  /** Of the application: its folder -> what it says. A build may put a copy below. */
  const own = new Map<string, string>()
  const found: FoundFile[] = []
  for (const one of readAll(layers, view)) {
    const above = ancestorsOf(one.path)
    const [folder = '.'] = above
    const key = JSON.stringify(one.file.says)
    if (above.slice(1).some((higher) => packages.has(higher))) {
      continue
    }
    if (isOwn(folder)) {
      own.set(folder, key)
    } else if (isKnown(layers[one.layer], one.path)) {
      packages.add(folder)
    } else if (one.file.says.length > 0 && !above.some((higher) => own.get(higher) === key)) {
      packages.add(folder)
      found.push(one)
    }
  }
  return found
}

function isKnown(layer: Scanned | undefined, path: string): boolean {
  return Object.hasOwn(layer?.about.applications?.files ?? {}, path)
}

/** The folders of what the image starts, and those that they are in: with its working directory, and behind links. */
function foldersOfStart(
  image: Pick<Image, 'config'>,
  links: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const { folder, named } = startPaths(image)
  const paths = [folder, ...named].map((path) => posix.normalize(`/${path}`).replace(/^\/|\/$/g, ''))
  const all = [...paths, ...paths.flatMap((path) => follow(links, path) ?? [])]
  return new Set(all.flatMap((path) => (path === '' ? ['.'] : [path, ...ancestorsOf(path)])))
}

/** Packages of Composer may have JavaScript in them. */
function composerFolders(layers: readonly Scanned[]): Set<string> {
  const lists = layers.flatMap(({ about }) =>
    Object.entries(about.applications?.files ?? {}).filter(([path]) =>
      path.endsWith('composer/installed.json'),
    ),
  )
  return new Set(
    lists.flatMap(([path, { says }]) =>
      says.map(({ name }) => `${path.slice(0, -'composer/installed.json'.length)}${name}`),
    ),
  )
}

/** Those that the merged file system shows, each folder before what is in it. */
function readAll(layers: readonly Scanned[], { candidates }: MergedView): readonly FoundFile[] {
  const loose = [...candidates].filter(([path]) => mayBeLoose(path))
  const found = readCandidates(layers, loose, readOne)
  return found.toSorted((a, b) => compareText(folderOf(a.path), folderOf(b.path)))
}

function readOne(read: ReadAt, { at, size }: Extent): ApplicationFile {
  const { most } = READINGS.npm
  if (size > most) {
    return { md5: null, says: [tooLarge(size, most)] }
  }
  const bytes = read(at, size)
  return { md5: hash('md5', bytes), says: readLoosePackage(bytes.toString('utf8')) }
}
