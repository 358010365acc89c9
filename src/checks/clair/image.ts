import { listingOf, nestedRows, sourceNames } from '../../inventory/listing.js'
import type { OpeningImage, RowRequest } from '../../model/index.js'

/** What Clair needs to know about an image before it can match. */
export interface ClairListing {
  /** Source packages of all its dpkg databases, including those that signed packages are made from. */
  readonly names: ReadonlySet<string>
  readonly codename: string
  /** VERSION_ID of os-release; testing and unstable have none. */
  readonly versionId: string | null
  /** What is needed for systems of other releases in the image. */
  readonly nested: readonly RowRequest[]
}

export interface ImageForClair {
  readonly opening: OpeningImage
  readonly listing: Promise<ClairListing>
}

/** The image with its listing, available once the image has been read. */
export function imageForClair(opening: OpeningImage): ImageForClair {
  const listing = opening.image.then((image): ClairListing => {
    const all = listingOf(image)
    const { codename, versionId } = all.release
    return { names: sourceNames(all.packages), codename, versionId, nested: nestedRows(all) }
  })
  listing.catch(() => undefined)
  return { opening, listing }
}

/** The listings of all images that could be read; throws the first error if none could. */
export async function listingsOf(subjects: readonly ImageForClair[]): Promise<readonly ClairListing[]> {
  const settled = await Promise.allSettled(subjects.map(({ listing }) => listing))
  const read = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  if (read.length > 0) {
    return read
  }
  throw settled.find((one) => one.status === 'rejected')?.reason ?? new Error('no image was passed')
}
