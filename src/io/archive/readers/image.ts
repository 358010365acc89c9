import {
  ancestorsOf,
  applyLayer,
  emptyRoot,
  type Image,
  type LayerFacts,
  type ProgramFile,
  programRecords,
  programsIn,
  type RootState,
} from '../../../model/index.js'
import type { Limits, Usage } from '../formats/limits.js'
import type { LayerIndex } from '../store/layer-index.js'
import type { StoredLayer } from '../store/layer-writer.js'
import { mergedTree } from '../tree/image-tree.js'
import { openLayer } from '../tree/layer-tree.js'
import { withLatePackages, withSymlinks } from './application/late-packages.js'
import { withOwners, withSums } from './application/owners.js'
import { withCredentials } from './credentials/owners.js'
import { readLayer, type ScannedLayer } from './layer.js'
import { withOutdated } from './outdated-lists.js'
import { withProgramOwners } from './programs/owners.js'
import { withRenamedPrograms } from './versions/renamed.js'

export interface ReadContext {
  /** The image's name, for error messages. */
  readonly reference: string
  readonly limits: Limits
  readonly usage: Usage
  /** diff_id -> what the layer shows: it is read once for all images that have it. */
  readonly scanned: Map<string, ScannedLayer>
  readonly signal: AbortSignal | null
}

/**
 * Reads the files of an image.
 * @param layers in the order of the image
 * @throws SeaworthyError archive-too-large
 */
export async function readImage(
  layers: readonly StoredLayer[],
  image: Pick<Image, 'config'>,
  context: ReadContext,
): Promise<readonly LayerFacts[]> {
  const { reference, limits, usage, scanned, signal } = context
  const trees = layers.map((layer) => openLayer(layer, signal))
  try {
    const read: ScannedLayer[] = []
    for (const tree of trees) {
      const known = scanned.get(tree.diffId)
      const layer = known ?? (await readLayer(tree, `${reference}: ${tree.diffId}`, limits, usage))
      scanned.set(tree.diffId, layer)
      read.push(layer)
    }
    return await completeFacts(read, image, context)
  } finally {
    for (const { tree } of scanned.values()) {
      tree.close()
    }
  }
}

/**
 * Completes the facts of each layer with what only the order of the layers shows: packages that the files around them
 * make packages; what became of the files in outdated path lists; which files dpkg's lists own; and, in `removed`, the
 * paths at which an entry of the layer hides something of the layers below.
 * @param layers in the order of the image
 */
async function completeFacts(
  layers: readonly ScannedLayer[],
  image: Pick<Image, 'config'>,
  context: ReadContext,
): Promise<readonly LayerFacts[]> {
  const root = emptyRoot()
  const knownNames = new Set<string>()
  const tree = mergedTree(layers.map((layer) => layer.tree))
  const withPackages = withSymlinks(withLatePackages(layers, tree, image, context))
  const withOwnedFiles = withCredentials(await withSums(withOwners(withOutdated(withPackages))))
  const settledLayers = withOwnedFiles.map(({ layerFacts, tree: { index }, programs }) => {
    const removed = [...new Set([...layerFacts.removed, ...hiddenPaths(root, knownNames, index)])]
    const settled = withLinkedPrograms({ ...layerFacts, removed }, programs.links, root)
    applyLayer(root, settled)
    for (const path of pathsOf(settled)) {
      addWithAncestors(knownNames, path)
    }
    return settled
  })
  const withPrograms = await withProgramOwners(settledLayers, layers, root, context.limits.hashedBytes)
  return withRenamedPrograms(withPrograms, layers, root)
}

function addWithAncestors(names: Set<string>, path: string): void {
  if (!names.has(path)) {
    names.add(path)
    for (const directory of ancestorsOf(path)) {
      names.add(directory)
    }
  }
}

/** Adds hard links to programs of lower layers: engines unpack a layer on top of these, so they work. */
function withLinkedPrograms(
  layer: LayerFacts,
  links: ReadonlyMap<string, string>,
  root: RootState,
): LayerFacts {
  const linkedPrograms = [...links].flatMap(([path, target]): [string, ProgramFile][] => {
    const file = root.programs.get(target)?.file
    return file === undefined ? [] : [[path, { ...file, listings: [], record: null, sha256: null }]]
  })
  const { programs } = layer
  return programs === undefined || linkedPrograms.length === 0
    ? layer
    : { ...layer, programs: programRecords([...programsIn(programs), ...linkedPrograms], programs.cut) }
}

function pathsOf({ files, unreadable, setuid, applications, programs, credentials }: LayerFacts) {
  const records = [files, unreadable, applications?.files, credentials?.files, credentials?.accounts]
  return [
    ...records.flatMap((record) => Object.keys(record ?? {})),
    ...(programs?.groups ?? []).flatMap(({ paths }) => paths),
    ...setuid.map(({ path }) => path),
  ]
}

/** Cost of one lookup in a layer's index, relative to visiting one of its paths. */
const LOOKUP_STEPS = 4

/**
 * The known paths that the layer hides or replaces. Either the known paths are looked up in the layer, or the
 * layer's paths among the known ones, whichever is cheaper. So neither many layers above many paths nor one
 * large layer costs more than its own entries.
 */
function hiddenPaths({ known }: RootState, names: ReadonlySet<string>, index: LayerIndex): readonly string[] {
  const marked = (mark: Parameters<LayerIndex['has']>[1] & string): Iterable<string> =>
    names.size * LOOKUP_STEPS < index.size
      ? [...names].filter((path) => index.has(path, mark))
      : [...index.marked(mark)].filter((path) => names.has(path))
  // A file at a directory's path replaces the directory and everything below it.
  const removed = new Set([
    ...[...marked('other'), ...marked('whiteout')].filter(
      (path) => known.has(path) || known.isDirectory(path),
    ),
    ...[...marked('directory')].filter((path) => known.has(path)),
  ])
  const emptiedDirectories = new Set<string>()
  for (const directory of [...marked('opaque')].sort()) {
    if (
      !removed.has(directory) &&
      !ancestorsOf(directory).some((ancestor) => emptiedDirectories.has(ancestor))
    ) {
      emptiedDirectories.add(directory)
      known.eachBelow(directory, (path) => {
        if (known.has(path)) {
          removed.add(path)
        }
      })
    }
  }
  return [...removed].sort()
}
