import type { OpenTracker } from '../feeds/tracker/open.js'
import type { Engine } from '../io/engine/engine.js'
import {
  type AllowedBases,
  type CheckId,
  type Evidence,
  type OpeningImage,
  problemOf,
} from '../model/index.js'
import type { Collecting, Origins, OriginsOf } from './check.js'

export const NO_ORIGINS: Origins = { foreign: [], trackerRows: [] }

/**
 * Collects the evidence of these checks in parallel. One check finds out where packages are from, before its evidence
 * is complete: checks after it in the list wait only for these origins.
 */
export function collectAll<Check>(
  checks: readonly Check[],
  collect: (check: Check, origins: OriginsOf) => Collecting,
): Promise<readonly (readonly Evidence[])[]> {
  let origins: OriginsOf = () => Promise.resolve(NO_ORIGINS)
  const started = checks.map((check) => {
    const one = collect(check, origins)
    origins = one.origins ?? origins
    return one.evidence
  })
  return Promise.all(started)
}

export type OnOrigins = (image: OpeningImage, origins: Origins) => void

/** Starts a check that finds out where packages are from. When it ends, images without an answer get `NO_ORIGINS`. */
export function collectOrigins(
  images: readonly OpeningImage[],
  collect: (onOrigins: OnOrigins) => Promise<readonly Evidence[]>,
): Collecting {
  const found = new Map(images.map((image) => [image, Promise.withResolvers<Origins>()]))
  const evidence = collect((image, origins) => found.get(image)?.resolve(origins)).finally(() => {
    for (const { resolve } of found.values()) {
      resolve(NO_ORIGINS)
    }
  })
  return { evidence, origins: async (image) => (await found.get(image)?.promise) ?? NO_ORIGINS }
}

export interface CheckContext {
  readonly runId: string
  /** Aborted by the time limit or a signal: the reason then explains why there is no evidence. */
  readonly signal: AbortSignal
  /** Prints one line that says what the run is waiting for. */
  readonly progress: (text: string) => void
  /** Connected at first use. */
  readonly engine: () => Promise<Engine>
  /** For temporary files. */
  readonly directory: string
  /** The cache folder, if its content counts although nothing outside proves it (decision 32); else `null`. */
  readonly trustedCacheDir: string | null
  /** For everything created in the engine: leftovers of a killed run are found by these labels. */
  readonly labels: Readonly<Record<string, string>>
  /** Debian's security tracker, read at first use; the run closes it. */
  readonly tracker: () => Promise<OpenTracker>
  /** Waits until the origins of an image's packages are known; `NO_ORIGINS` if no check of the run finds them out. */
  readonly origins: OriginsOf
  readonly allowedBases: AllowedBases
  /** Name prefixes under which the policy treats images as Docker's official ones. */
  readonly officialMirrors: readonly string[]
  /** Layers of the image that the judged one is an update of; empty if it is not an update. */
  readonly unpatched: readonly string[]
}

/** What was collected for one image. If that failed, `problem` may say why, next to documents that explain more. */
export type CollectedEvidence = Pick<Evidence, 'documents' | 'sources'> & Partial<Pick<Evidence, 'problem'>>

/** The evidence of all images, each with more documents and their sources. */
export function withMoreData<One extends CollectedEvidence>(
  evidence: readonly One[],
  more: readonly Pick<Evidence, 'documents' | 'sources'>[],
): readonly One[] {
  return evidence.map((one, at) => {
    const { documents = {}, sources = [] } = more[at] ?? {}
    return { ...one, documents: { ...one.documents, ...documents }, sources: [...one.sources, ...sources] }
  })
}

/** Evidence of one image from the result of `read`. Never throws: an image that fails does not spoil the others. */
export type EvidenceOf = (read: () => Promise<CollectedEvidence>) => Promise<Evidence>

/**
 * Times what a check collects, and turns what it throws into problems: an error in what `evidenceOf` calls is about
 * that image, any other is about all images. If the run was aborted, its reason replaces whatever failed because of
 * that.
 */
export async function collecting(
  check: CheckId,
  images: readonly unknown[],
  signal: AbortSignal,
  work: (evidenceOf: EvidenceOf) => Promise<readonly Evidence[]>,
): Promise<readonly Evidence[]> {
  const started = performance.now()
  const evidence = ({ documents, sources, problem = null }: CollectedEvidence): Evidence => {
    return { check, documents, sources, problem, tookMs: Math.round(performance.now() - started) }
  }
  const failed = (error: unknown) =>
    evidence({
      documents: {},
      sources: [],
      problem: problemOf(signal.aborted ? signal.reason : error, check),
    })
  const evidenceOf: EvidenceOf = (read) => read().then(evidence, failed)
  try {
    return await work(evidenceOf)
  } catch (error) {
    return images.map(() => failed(error))
  }
}
