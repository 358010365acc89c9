import { readRelease } from '../../core/debian/os-release.js'
import { readPackages } from '../../core/debian/packages.js'
import { judgedAs } from '../../core/debian/signed.js'
import type { Image } from '../../core/image.js'
import { mergeLayers } from '../../core/layers.js'
import type { OpeningImage } from '../../core/opening.js'

/** What Clair has to be told of an image before it can match. */
export interface Listing {
  /** Source packages of all its dpkg databases, with those that some of them are signed from. */
  readonly names: ReadonlySet<string>
  readonly codename: string
  /** VERSION_ID of os-release; testing and unstable have none. */
  readonly versionId: string | null
}

export interface Subject {
  readonly opening: OpeningImage
  readonly listing: Promise<Listing>
}

export function subjectOf(opening: OpeningImage): Subject {
  const listing = opening.image.then(listingOf)
  listing.catch(() => undefined)
  return { opening, listing }
}

export function listingOf(image: Image): Listing {
  const root = mergeLayers(image.layers)
  const { codename, versionId } = readRelease(root.files)
  const judged = readPackages(root).flatMap(judgedAs)
  return { names: new Set(judged.map(({ source }) => source)), codename, versionId }
}

/** The listings of all images that could be read; throws the first error if there is none. */
export async function listingsOf(subjects: readonly Subject[]): Promise<readonly Listing[]> {
  const settled = await Promise.allSettled(subjects.map(({ listing }) => listing))
  const read = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  if (read.length > 0) return read
  throw settled.find((one) => one.status === 'rejected')?.reason ?? new Error('no image was given')
}
