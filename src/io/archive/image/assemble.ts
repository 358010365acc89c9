import {
  type HistoryLine,
  type Image,
  isRecord,
  type LayerFacts,
  type LayerFile,
  type LayerToc,
  SeaworthyError,
} from '../../../model/index.js'
import { archiveError } from '../formats/problems.js'
import { readImage } from '../readers/image.js'
import type { StoredLayer } from '../store/layer-writer.js'
import type { ArchiveContext, Blob } from './context.js'
import type { Config } from './documents.js'
import type { CompleteCandidate } from './select.js'
import { refuseOtherToc } from './toc-claims.js'

/** Verifies the layers of the chosen image against the diff_ids of its config, and assembles the image. */
export async function assembleImage(
  context: ArchiveContext,
  chosen: CompleteCandidate,
): Promise<{ readonly image: Image; readonly layers: readonly LayerFile[] }> {
  const where = context.reference
  const { diffIds, digest, platform, document } = chosen.config
  for (const { length } of [chosen.layers, ...chosen.otherLayers]) {
    if (diffIds.length !== length) {
      const what = `the manifest lists ${length} layers, but the config lists ${diffIds.length}`
      throw archiveError('archive-digest', where, what)
    }
  }
  if (diffIds.length > MAX_LAYERS) {
    const what = `it has ${diffIds.length} layers, but the kernel can mount at most ${MAX_LAYERS}`
    throw archiveError('archive-too-large', where, what)
  }
  const stored = chosen.layers.map((name, index) => provenLayer(context, name, diffIds[index] ?? ''))
  for (const names of chosen.otherLayers) {
    for (const [index, name] of names.entries()) {
      // A second manifest of the same image may name layers that are not in the archive.
      if (blobNamed(context, name) !== undefined) {
        provenLayer(context, name, diffIds[index] ?? '')
      }
    }
  }
  for (const { layer, claims } of chosen.tocClaims) {
    const blob = blobNamed(context, layer)
    if (blob?.kind === 'layer' && blob.layer instanceof SeaworthyError) {
      throw blob.layer
    }
    if (blob !== undefined) {
      refuseOtherToc(tocOf(blob), claims, `${where}: ${layer}`)
    }
  }
  const entries = stored.reduce((sum, { index }) => sum + index.size, 0)
  checkTotals(context, entries, [])
  const facts = await readImage(stored, { config: document }, context)
  checkTotals(context, entries, facts)
  const image: Image = {
    reference: context.reference,
    digest,
    platform,
    config: document,
    history: historyOf(document),
    layers: facts.map((layerFacts, index) => {
      const toc = tocOf(blobNamed(context, chosen.layers[index] ?? ''))
      return toc === null ? layerFacts : { ...layerFacts, toc }
    }),
  }
  return { image, layers: stored.map((layer) => layer.file) }
}

const DPKG_STATUS = 'var/lib/dpkg/status'
/** Limit for the files of interest in all layers, as a multiple of the limit for one layer. */
const MAX_FULL_LAYERS = 8
/** The kernel's limit for an overlay's layers (OVL_MAX_STACK in fs/overlayfs); the engine's own is 125. */
const MAX_LAYERS = 500

/**
 * Checks the totals of all layers. The content of a single layer was limited while it was read. A layer that
 * the manifest lists twice is stored once but applied twice, and the package database is read after each
 * layer that changes it, so each occurrence counts.
 */
function checkTotals(
  { limits, reference }: ArchiveContext,
  entries: number,
  layers: readonly LayerFacts[],
): void {
  const databaseSizes = new Map<string, number>()
  let [files, characters, databaseSize, databases] = [0, 0, 0, 0]
  for (const layer of layers) {
    const sizeBefore = databaseSize
    let hasDatabase = false
    for (const [path, text] of Object.entries(layer.files)) {
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

/** History is for people: missing or malformed parts are left out, and nothing else depends on it. */
function historyOf(config: Config['document']): readonly HistoryLine[] {
  const lines: unknown = config.history
  if (!Array.isArray(lines)) {
    return []
  }
  return lines.map((line: unknown) => {
    const fields = isRecord(line) ? line : {}
    const text = (key: string): string | null => (typeof fields[key] === 'string' ? fields[key] : null)
    return {
      createdBy: text('created_by'),
      comment: text('comment'),
      created: text('created'),
      emptyLayer: fields.empty_layer === true,
    }
  })
}
