import { type Tracker, type Wanted, writeTracker } from '../../debian/tracker.js'
import { selectRows } from '../../debian/tracker-rows.js'
import type { OpenTracker } from '../../feeds/tracker/open.js'
import type { Evidence } from '../../model/evidence.js'
import type { Each, RowsBoard } from '../collecting.js'
import type { ClairManifest } from './api/api.js'
import type { AdvisedImage } from './applications/documents.js'
import type { ClairListing, ImageForClair } from './image.js'
import type { Canary } from './matches/canary.js'
import { RELEASES_DOCUMENT } from './matches/releases.js'

export interface CollectOptions {
  /** Limit of each wait, in ms. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Knows whose rows of the tracker the packages of an image ask for. */
  readonly rows: Pick<RowsBoard, 'of'>
  /** What was looked up of each image's application packages, in their order; `null`: nobody judges these. */
  readonly advised: Promise<readonly AdvisedImage[]> | null
  /** Says in one line what is being waited for. */
  readonly progress: (text: string) => void
}

/** Has one Clair, ours or that of others, look at all images: one evidence for each, in the same order. */
export type CollectAll = (
  subjects: readonly ImageForClair[],
  tracker: Promise<OpenTracker>,
  options: CollectOptions,
  each: Each,
) => Promise<readonly Evidence[]>

/**
 * The rows of the tracker that an image's packages are judged by. Clair itself is served those of the image's release
 * only, which it takes all packages for: what is from another is matched here (decision 33).
 * @param narrowed with the rows of the image's release
 * @param more whose rows are wanted beside them
 */
export async function rowsDocuments(
  { names: packages, codename }: ClairListing,
  narrowed: Tracker,
  more: readonly Wanted[],
  tracker: Promise<OpenTracker>,
): Promise<Record<string, string>> {
  const own = { packages, codename }
  if (more.length === 0) {
    return { 'tracker.json': writeTracker(selectRows(narrowed, [own])) }
  }
  const wanted = [own, ...more]
  const { tracker: rows } = await (await tracker).narrow(wanted)
  const releases = more.map((one) => ({ release: one.codename, sources: [...one.packages].sort() }))
  return {
    'tracker.json': writeTracker(selectRows(rows, wanted)),
    [RELEASES_DOCUMENT]: JSON.stringify(releases),
  }
}

/** The documents that say what was asked. */
export function askedDocuments(manifest: ClairManifest, canary: Canary): Record<string, string> {
  const asked = { hash: manifest.hash, layers: manifest.layers.map(({ hash }) => hash) }
  return { 'manifest.json': JSON.stringify(asked), 'canary.json': JSON.stringify(canary) }
}
