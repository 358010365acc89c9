import { type Tracker, writeTracker } from '../../feeds/formats/tracker.js'
import { selectRows } from '../../feeds/formats/tracker-rows.js'
import type { NarrowedTracker, OpenTracker } from '../../feeds/tracker/open.js'
import type { Evidence, RowRequest } from '../../model/index.js'
import type { Origins } from '../check.js'
import type { CheckContext, EvidenceOf } from '../collecting.js'
import type { ClairManifest } from './api/api.js'
import type { Lookup } from './applications/documents.js'
import type { ClairListing, ImageForClair } from './image.js'
import type { Canary, CanaryPair } from './matches/proof.js'
import { RELEASES_DOCUMENT } from './matches/releases.js'

export interface CollectOptions extends Pick<CheckContext, 'signal' | 'progress' | 'origins'> {
  /** Limit for each wait, in ms. */
  readonly timeoutMs: number
  /** The lookup of advisories for the images' application packages; `null`: they are not judged. */
  readonly lookup: Lookup | null
}

/**
 * Makes one Clair, started or external, judge all images: one evidence per image, in the same order.
 * @param evidenceOf makes an image's evidence from what is read for it, or from the error
 */
export type CollectFromClair = (
  subjects: readonly ImageForClair[],
  tracker: Promise<OpenTracker>,
  options: CollectOptions,
  evidenceOf: EvidenceOf,
) => Promise<readonly Evidence[]>

/**
 * The tracker's rows of all images: one whose release the tracker does not know stays without an answer, and the others
 * have theirs.
 * @param moreSources source packages that are wanted of each release
 * @throws SeaworthyError `tracker-wrong-release` if it knows no image's release
 */
export async function narrowedTracker(
  tracker: OpenTracker,
  listings: readonly ClairListing[],
  moreSources: readonly string[] = [],
): Promise<NarrowedTracker> {
  const knownListings = tracker.known(listings)
  for (const { codename } of knownListings.length === 0 ? listings : []) {
    tracker.requireRelease(codename)
  }
  return tracker.narrow(
    knownListings.map(({ names, codename }) => ({ packages: new Set([...names, ...moreSources]), codename })),
  )
}

/** @throws SeaworthyError `tracker-wrong-release` if the tracker does not know the image's release */
export async function knownListing(
  listing: Promise<ClairListing>,
  tracker: Promise<OpenTracker>,
): Promise<ClairListing> {
  const one = await listing
  const { requireRelease } = await tracker
  requireRelease(one.codename)
  return one
}

/**
 * The tracker rows for judging an image's packages. Clair itself gets only those of the image's release, to which it
 * attributes all packages; packages from other releases are matched here (decision 33).
 * @param narrowed with the rows of the image's release
 */
export async function rowsDocuments(
  { names: packages, codename, nested }: ClairListing,
  narrowed: Tracker,
  origins: Promise<Origins>,
  tracker: Promise<OpenTracker>,
): Promise<Record<string, string>> {
  const otherRows = byRelease([...(await origins).trackerRows, ...nested])
  const mainListing = { packages, codename }
  if (otherRows.length === 0) {
    return { 'tracker.json': writeTracker(selectRows(narrowed, [mainListing])) }
  }
  const canaries = [mainListing, ...otherRows]
  const { tracker: rows } = await (await tracker).narrow(canaries)
  const releases = otherRows.map((one) => ({ release: one.codename, sources: [...one.packages].sort() }))
  return {
    'tracker.json': writeTracker(selectRows(rows, canaries)),
    [RELEASES_DOCUMENT]: JSON.stringify(releases),
  }
}

/** One request for each release. */
function byRelease(requests: readonly RowRequest[]): RowRequest[] {
  return [...Map.groupBy(requests, ({ codename }) => codename)].map(([codename, all]) => {
    return { codename, packages: new Set(all.flatMap(({ packages }) => [...packages])) }
  })
}

/**
 * The documents that record what was asked.
 * @param diffIds of each layer, if Clair knows layers by the digests of their blobs
 */
export function requestDocuments(
  manifest: ClairManifest,
  canary: Canary | CanaryPair,
  diffIds?: Readonly<Record<string, string>>,
): Record<string, string> {
  const layers = manifest.layers.map(({ hash }) => hash)
  const request = { hash: manifest.hash, layers, ...(diffIds && { diffIds }) }
  return { 'manifest.json': JSON.stringify(request), 'canary.json': JSON.stringify(canary) }
}
