import type { HistoryLine, Image, LayerFacts, LayerToc } from '../../../model/image/image.js'
import { ancestorsOf } from '../../../model/image/interest.js'
import { applyLayer, eachBelow, emptyRoot, isKnown, type RootState } from '../../../model/image/layers.js'
import type { LayerFile } from '../../../model/image/opening.js'
import { type ProgramFile, programRecords, programsIn } from '../../../model/packages/programs.js'
import { SeaworthyError } from '../../../model/problem.js'
import { archiveError } from '../formats/problems.js'
import { type LateContext, withLatePackages } from '../layer/application/late-packages.js'
import { withSymlinks } from '../layer/application/links.js'
import { withOwners } from '../layer/application/owners.js'
import type { ArchiveContext, Blob, StoredLayer } from '../layer/context.js'
import { withCredentials } from '../layer/credentials/owners.js'
import { keyOfPath, MARKS, type Mark } from '../layer/marks.js'
import { withOutdated } from '../layer/outdated-lists.js'
import { withProgramOwners } from '../layer/programs/owners.js'
import { withRenamedPrograms } from '../layer/versions/again.js'
import type { Config } from './documents.js'
import type { CompleteCandidate } from './select.js'
import { refuseOtherToc } from './toc-claims.js'

/** Verifies the layers of the chosen image against the diff_ids of its config, and assembles the image. */
export function assembleImage(
  context: ArchiveContext,
  chosen: CompleteCandidate,
): { readonly image: Image; readonly layers: readonly LayerFile[] } {
  const where = context.reference
  const { diffIds, digest, platform, document } = chosen.config
  if (diffIds.length !== chosen.layers.length) {
    const what = `the manifest lists ${chosen.layers.length} layers, but the config lists ${diffIds.length}`
    throw archiveError('archive-digest', where, what)
  }
  if (diffIds.length > MAX_LAYERS) {
    const what = `it has ${diffIds.length} layers, but the kernel can mount at most ${MAX_LAYERS}`
    throw archiveError('archive-too-large', where, what)
  }
  const stored = chosen.layers.map((name, index) => provenLayer(context, name, diffIds[index] ?? ''))
  for (const { layer, claims } of chosen.tocClaims) {
    const blob = blobNamed(context, layer)
    if (blob?.kind === 'layer' && blob.layer instanceof SeaworthyError) {
      throw blob.layer
    }
    // A second manifest of the same image may name layers that are not in the archive.
    if (blob !== undefined) {
      refuseOtherToc(tocOf(blob), claims, `${where}: ${layer}`)
    }
  }
  checkTotals(context, stored)
  const image: Image = {
    reference: context.reference,
    digest,
    platform,
    config: document,
    history: historyOf(document),
    layers: settle(stored, { ...context, image: { config: document } }).map((layerFacts, index) => {
      const toc = tocOf(blobNamed(context, chosen.layers[index] ?? ''))
      return toc === null ? layerFacts : { ...layerFacts, toc }
    }),
  }
  return { image, layers: stored.map((layer) => layer.file) }
}

const DPKG_STATUS = 'var/lib/dpkg/status'
/** Limit for the files of interest in all layers, as a multiple of the limit for one layer. */
const MAX_FULL_LAYERS = 8
/**
 * The kernel's limit for the layers of an overlay (OVL_MAX_STACK in fs/overlayfs); the engine's own limit is
 * 125.
 */
const MAX_LAYERS = 500

/**
 * Checks the totals of all layers. The content of a single layer was limited while it was read. A layer that
 * the manifest lists twice is stored once but applied twice, and the package database is read after each
 * layer that changes it, so each occurrence counts.
 */
function checkTotals({ limits, reference }: ArchiveContext, layers: readonly StoredLayer[]): void {
  const databaseSizes = new Map<string, number>()
  let [entries, files, characters, databaseSize, databases] = [0, 0, 0, 0, 0]
  for (const { paths, layerFacts } of layers) {
    const sizeBefore = databaseSize
    let hasDatabase = false
    entries += paths.size
    for (const [path, text] of Object.entries(layerFacts.files)) {
      files++
      characters += text.length
      if (path.startsWith(DPKG_STATUS)) {
        databaseSize += text.length - (databaseSizes.get(path) ?? 0)
        databaseSizes.set(path, text.length)
        hasDatabase = true
      }
    }
    databases += hasDatabase ? Math.max(sizeBefore, databaseSize) : 0
  }
  const isTooMuch =
    entries > limits.layerEntries ||
    files > MAX_FULL_LAYERS * limits.filesOfInterest ||
    characters > limits.allTextBytes ||
    databases > limits.databaseCharacters
  if (isTooMuch) {
    const what = `its layers contain ${entries} files, of which ${files} (${characters} characters) are relevant. The package databases in all layers total ${databases} characters. A layer that is repeated counts each time`
    throw archiveError('archive-too-large', reference, what)
  }
}

function blobNamed(context: ArchiveContext, name: string): Blob | undefined {
  return context.blobs.get(context.links.get(name) ?? name)
}

function tocOf(blob: Blob | undefined): LayerToc | null {
  return blob?.kind === 'layer' ? blob.toc : null
}

function provenLayer(context: ArchiveContext, name: string, diffId: string): StoredLayer {
  const blob = blobNamed(context, name)
  const where = `${context.reference}: ${name}`
  if (blob === undefined) {
    throw archiveError('archive-truncated', where, 'this layer is missing from the archive')
  }
  if (blob.kind !== 'layer') {
    const why = blob.kind === 'other' ? blob.why : 'it is JSON'
    throw archiveError('archive-unreadable', where, `this is not a layer: ${why}`)
  }
  if (blob.layer instanceof SeaworthyError) {
    throw blob.layer
  }
  const actualDiffId = blob.layer.file.diffId
  if (actualDiffId !== diffId) {
    throw archiveError('archive-digest', where, `expected layer ${diffId}, found ${actualDiffId}`)
  }
  return blob.layer
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
  const knownNames = createNames()
  const layersWithLatePackages = context === null ? layers : withLatePackages(layers, context)
  const settledLayers = withCredentials(withOwners(withOutdated(withSymlinks(layersWithLatePackages)))).map(
    ({ layerFacts, paths, programs }) => {
      const removed = [...new Set([...layerFacts.removed, ...hiddenPaths(root, knownNames, paths)])]
      const settled = withLinkedPrograms({ ...layerFacts, removed }, programs.links, root)
      applyLayer(root, settled)
      knownNames.add(settled)
      return settled
    },
  )
  return withRenamedPrograms(
    withProgramOwners(settledLayers, layers, root, context?.limits.hashedBytes ?? 0),
    layers,
    root,
  )
}

/**
 * Adds the hard links to programs of lower layers: engines unpack a layer on top of these, so such a link
 * works.
 */
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

/**
 * Paths that are known from any layer so far, and their ancestors, by their keys in the layers' path indexes.
 */
interface KnownNames {
  readonly byKey: ReadonlyMap<bigint, string>
  add(layer: LayerFacts): void
}

function createNames(): KnownNames {
  const addedNames = new Set<string>()
  const byKey = new Map<bigint, string>()
  const add = (path: string) => {
    for (const name of addedNames.has(path) ? [] : [path, ...ancestorsOf(path)]) {
      if (!addedNames.has(name)) {
        addedNames.add(name)
        byKey.set(keyOfPath(name), name)
      }
    }
  }
  return {
    byKey,
    add({ files, unreadable, setuid, applications, programs, credentials }) {
      const applicationAndCredentialPaths = [applications?.files, credentials?.files, credentials?.accounts]
      for (const pathRecord of [
        files,
        unreadable,
        ...applicationAndCredentialPaths.map((paths) => paths ?? {}),
      ]) {
        Object.keys(pathRecord).forEach(add)
      }
      for (const { paths } of programs?.groups ?? []) {
        paths.forEach(add)
      }
      for (const { path } of setuid) {
        add(path)
      }
    },
  }
}

/** Cost of one lookup in a path index, relative to visiting one of its entries. */
const LOOKUP_STEPS = 32

/**
 * The known paths that the layer hides or replaces. Either the known paths are looked up in the layer, or the
 * layer's paths among the known ones, whichever is cheaper. So neither many layers above many paths nor one
 * large layer costs more than its own entries.
 */
function hiddenPaths(
  below: RootState,
  { byKey }: KnownNames,
  paths: StoredLayer['paths'],
): readonly string[] {
  const removed = new Set<string>()
  const opaqueDirectories: string[] = []
  const note = (mark: Mark, path: string) => {
    if (mark === 'opaque') {
      opaqueDirectories.push(path)
    } else if (isKnown(below, path) || (mark !== 'directory' && below.below.has(path))) {
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
      eachBelow(below, directory, (path) => {
        if (isKnown(below, path)) {
          removed.add(path)
        }
      })
    }
  }
  return [...removed].sort()
}

/** History is for people: missing or malformed parts are left out, and nothing else depends on it. */
function historyOf(config: Config['document']): readonly HistoryLine[] {
  const lines: unknown = config.history
  if (!Array.isArray(lines)) {
    return []
  }
  return lines.map((line: unknown) => {
    const fields: Readonly<Record<string, unknown>> =
      typeof line === 'object' && line !== null ? { ...line } : {}
    const text = (key: string): string | null => (typeof fields[key] === 'string' ? fields[key] : null)
    return {
      createdBy: text('created_by'),
      comment: text('comment'),
      created: text('created'),
      emptyLayer: fields.empty_layer === true,
    }
  })
}
