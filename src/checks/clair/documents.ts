import type { OpenTracker } from '../../feeds/tracker/open.js'
import type { Evidence } from '../../model/evidence.js'
import type { Each } from '../collecting.js'
import type { ClairManifest } from './api/api.js'
import type { ImageForClair } from './image.js'
import type { Canary } from './matches/canary.js'

export interface CollectOptions {
  /** Limit of each wait, in ms. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
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

/** The documents that say what was asked. */
export function askedDocuments(manifest: ClairManifest, canary: Canary): Record<string, string> {
  const asked = { hash: manifest.hash, layers: manifest.layers.map(({ hash }) => hash) }
  return { 'manifest.json': JSON.stringify(asked), 'canary.json': JSON.stringify(canary) }
}
