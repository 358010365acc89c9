import type { OpenTracker } from '../../feeds/tracker/open.js'
import type { Evidence, Source } from '../../model/evidence.js'
import { type Problem, problemOf } from '../../model/problem.js'
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
  took: () => number,
) => Promise<readonly Evidence[]>

/** Evidence of an image that Clair was not asked about, and why. */
export function failed(problem: Problem, tookMs: number): Evidence {
  return { check: 'clair', documents: {}, sources: [], problem, tookMs: Math.round(tookMs) }
}

/** The documents that say what was asked. */
export function askedDocuments(manifest: ClairManifest, canary: Canary): Record<string, string> {
  const asked = { hash: manifest.hash, layers: manifest.layers.map(({ hash }) => hash) }
  return { 'manifest.json': JSON.stringify(asked), 'canary.json': JSON.stringify(canary) }
}

/** Evidence of one image: one that fails does not spoil the others. */
export async function clairEvidence(
  documents: () => Promise<Record<string, string>>,
  sources: readonly Source[],
  { signal }: CollectOptions,
  took: () => number,
): Promise<Evidence> {
  try {
    const read = await documents()
    return { check: 'clair', documents: read, sources, problem: null, tookMs: Math.round(took()) }
  } catch (error) {
    signal.throwIfAborted()
    return failed(problemOf(error, 'clair'), took())
  }
}
