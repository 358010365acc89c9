import {
  ancestorsOf,
  applyLayer,
  emptyRoot,
  type LayerFacts,
  type ProgramFile,
  programRecords,
  programsIn,
  type RootState,
} from '../../../model/index.js'
import { type LateContext, withLatePackages } from '../layer/application/late-packages.js'
import { withSymlinks } from '../layer/application/links.js'
import { withOwners } from '../layer/application/owners.js'
import type { StoredLayer } from '../layer/context.js'
import { withCredentials } from '../layer/credentials/owners.js'
import { createPathNames, MARKS, type Mark } from '../layer/marks.js'
import { withOutdated } from '../layer/outdated-lists.js'
import { withProgramOwners } from '../layer/programs/owners.js'
import { withRenamedPrograms } from '../layer/versions/again.js'

/** Layers that are decompressed at the same time to read files again. */
const MAX_CONCURRENT = 2

/**
 * Like `settle`, for stored layers. Files of compressed layers are not at hand: what is wanted of them is noted, all of it
 * is read in one pass of each layer, and the layers are settled again, until nothing is wanted. The last time, everything
 * is known, so the result is that of layers stored as tars. Only a program that differs from its list's sum takes a
 * second pass.
 */
export async function settleStored(
  layers: readonly StoredLayer[],
  context: LateContext,
  signal: AbortSignal | null,
): Promise<readonly LayerFacts[]> {
  for (;;) {
    const usage = { ...context.usage }
    const settled = settle(layers, { ...context, usage })
    if (!(await readNoted(layers, signal))) {
      Object.assign(context.usage, usage)
      return settled
    }
  }
}

/** @returns whether anything was read */
async function readNoted(layers: readonly StoredLayer[], signal: AbortSignal | null): Promise<boolean> {
  const queue = [...new Set(layers)]
  let isAnyRead = false
  const readQueued = async () => {
    for (let layer = queue.shift(); layer !== undefined; layer = queue.shift()) {
      const isRead = await layer.secondReads?.readNoted(signal)
      isAnyRead ||= isRead === true
    }
  }
  await Promise.all(Array.from({ length: MAX_CONCURRENT }, readQueued))
  return isAnyRead
}

/**
 * Completes the facts of each layer with what only the order of the layers shows: what became of the files in
 * outdated path lists; which application files dpkg's lists own; and, in `removed`, the paths at which an
 * entry of the layer hides something of the layers below. The owners of programs come last, because they need
 * the merged file system.
 * @param context `null` if the layers were not stored, so that nothing can be read again
 */
export function settle(
  layers: readonly Omit<StoredLayer, 'file' | 'remove'>[],
  context: LateContext | null = null,
): readonly LayerFacts[] {
  const root = emptyRoot()
  const knownNames = createPathNames()
  const layersWithLatePackages = context === null ? layers : withLatePackages(layers, context)
  const settledLayers = withCredentials(withOwners(withOutdated(withSymlinks(layersWithLatePackages)))).map(
    ({ layerFacts, paths, programs }) => {
      const removed = [...new Set([...layerFacts.removed, ...hiddenPaths(root, knownNames.byKey, paths)])]
      const settled = withLinkedPrograms({ ...layerFacts, removed }, programs.links, root)
      applyLayer(root, settled)
      pathsOf(settled).forEach(knownNames.add)
      return settled
    },
  )
  const withPrograms = withProgramOwners(settledLayers, layers, root, context?.limits.hashedBytes ?? 0)
  return withRenamedPrograms(withPrograms, layers, root)
}

/** Adds hard links to programs of lower layers: engines unpack a layer on top of these, so they work. */
function withLinkedPrograms(
  layer: LayerFacts,
  links: StoredLayer['programs']['links'],
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

/** Cost of one lookup in a path index, relative to visiting one of its entries. */
const LOOKUP_STEPS = 32

/**
 * The known paths that the layer hides or replaces. Either the known paths are looked up in the layer, or the
 * layer's paths among the known ones, whichever is cheaper. So neither many layers above many paths nor one
 * large layer costs more than its own entries.
 */
function hiddenPaths(
  { known }: RootState,
  byKey: ReadonlyMap<bigint, string>,
  paths: StoredLayer['paths'],
): readonly string[] {
  const removed = new Set<string>()
  const opaqueDirectories: string[] = []
  const note = (mark: Mark, path: string) => {
    if (mark === 'opaque') {
      opaqueDirectories.push(path)
    } else if (known.has(path) || (mark !== 'directory' && known.isDirectory(path))) {
      // A file at a directory's path replaces the directory and everything below it.
      removed.add(path)
    }
  }
  if (byKey.size * LOOKUP_STEPS < paths.size) {
    for (const path of byKey.values()) {
      for (const mark of MARKS) {
        if (paths.has(mark, path)) {
          note(mark, path)
        }
      }
    }
  } else {
    paths.each((mark, key) => {
      const path = byKey.get(key)
      if (path !== undefined) {
        note(mark, path)
      }
    })
  }
  const emptiedDirectories = new Set<string>()
  for (const directory of opaqueDirectories.sort()) {
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
