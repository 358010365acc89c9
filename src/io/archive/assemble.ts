import type { HistoryLine, Image, LayerFacts } from '../../model/image.js'
import { ancestorsOf } from '../../model/interest.js'
import { applyLayer, emptyRoot, type RootState } from '../../model/layers.js'
import type { LayerFile } from '../../model/opening.js'
import { SeaworthyError } from '../../model/problem.js'
import { withOwners } from './application/owners.js'
import type { ArchiveContext, StoredLayer } from './context.js'
import type { Config } from './documents.js'
import { withOutdated } from './outdated-lists.js'
import { archiveError } from './problems.js'
import type { Whole } from './select.js'

/** Proves the layers of the chosen image by its config's diff_ids, and puts the image together. */
export function assembleImage(
  context: ArchiveContext,
  chosen: Whole,
): { readonly image: Image; readonly layers: readonly LayerFile[] } {
  const where = context.reference
  const { diffIds, digest, platform, document } = chosen.config
  if (diffIds.length !== chosen.layers.length) {
    const what = `the manifest names ${chosen.layers.length} layers, the config ${diffIds.length}`
    throw archiveError('archive-digest', where, what)
  }
  const stored = chosen.layers.map((name, at) => provenLayer(context, name, diffIds[at] ?? ''))
  const image: Image = {
    reference: context.reference,
    digest,
    platform,
    config: document,
    history: historyOf(document),
    layers: settle(stored),
  }
  return { image, layers: stored.map((layer) => layer.file) }
}

function provenLayer(context: ArchiveContext, name: string, diffId: string): StoredLayer {
  const blob = context.blobs.get(context.links.get(name) ?? name)
  const where = `${context.reference}: ${name}`
  if (blob === undefined) {
    throw archiveError('archive-truncated', where, 'the archive does not hold this layer')
  }
  if (blob.kind !== 'layer') {
    const why = blob.kind === 'other' ? blob.why : 'it is JSON'
    throw archiveError('archive-unreadable', where, `this is no layer: ${why}`)
  }
  if (blob.layer instanceof SeaworthyError) {
    throw blob.layer
  }
  const found = blob.layer.file.diffId
  if (found !== diffId) {
    throw archiveError('archive-digest', where, `expected a layer ${diffId}, found ${found}`)
  }
  return blob.layer
}

/**
 * Adds to each layer what became of the files in lists that are outdated, what its lists of dpkg own of the files of
 * applications, and to its `removed` the paths at which it
 * hides something of the layers below by an entry of its own. Only now is the order of the layers known, and only these
 * few paths matter to anybody.
 */
export function settle(
  layers: readonly Pick<StoredLayer, 'about' | 'paths' | 'samples' | 'lists'>[],
): readonly LayerFacts[] {
  const below = emptyRoot()
  return withOwners(withOutdated(layers)).map(({ about, paths }) => {
    const removed = [...new Set([...about.removed, ...hidden(below, paths)])]
    const settled = { ...about, removed }
    applyLayer(below, settled)
    return settled
  })
}

function hidden(below: RootState, paths: StoredLayer['paths']): ReadonlySet<string> {
  const removed = new Set<string>()
  const looked = new Map<string, { readonly replaced: boolean; readonly opaque: boolean }>()
  const look = (path: string): { readonly replaced: boolean; readonly opaque: boolean } => {
    const known = looked.get(path)
    if (known !== undefined) {
      return known
    }
    const replaced = paths.has('other', path) || paths.has('whiteout', path)
    const found = { replaced, opaque: paths.has('opaque', path) }
    looked.set(path, found)
    return found
  }
  for (const known of [below.files, below.unreadable, below.setuid, below.applications]) {
    for (const path of known.keys()) {
      // What is known of is never a directory below: one at its path takes its place.
      if (look(path).replaced || paths.has('directory', path)) {
        removed.add(path)
      }
      for (const above of ancestorsOf(path)) {
        if (look(above).replaced) {
          removed.add(above)
        } else if (look(above).opaque) {
          removed.add(path)
        }
      }
    }
  }
  return removed
}

/** History is for people: what of it is missing or malformed is left out, and nothing else depends on it. */
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
