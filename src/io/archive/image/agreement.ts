import { archiveError } from '../formats/problems.js'
import { type ArchiveListing, type Candidate, DOCUMENTS, type DocumentName } from './found.js'
import { fitsPlatform, platformText } from './reference.js'

/**
 * Makes sure that an engine which reads only one of the documents loads the chosen image. Only one kind of image may
 * be named in index.json alone: another platform of the image in manifest.json, as the containerd store saves it.
 * Since `docker load` may take the platform in manifest.json, that is allowed only if the user named the other
 * platform.
 * @param platform as the user named it
 * @throws SeaworthyError archive-hostile, image-ambiguous
 */
export function checkAgreement(
  listing: ArchiveListing,
  chosen: Candidate,
  platform: string | undefined,
  where: string,
): void {
  for (const document of DOCUMENTS) {
    const tags = listing.tags[document]
    if (tags === null) {
      continue
    }
    for (const name of chosen.names) {
      // An engine that loads the archive assigns the name to the last of these images.
      if ((tags.get(name)?.size ?? 0) > 1) {
        const what = `${document} assigns the name ${name.slice(0, 300)} to several images`
        throw archiveError('image-ambiguous', where, what)
      }
    }
    const conflictingImages = listing.images.filter((image) => isConflicting(image, chosen, document))
    if (chosen.namedBy[document] !== null && conflictingImages.length === 0) {
      continue
    }
    const otherPlatformImages = document === 'manifest.json' ? otherPlatforms(listing.images, chosen) : []
    const [otherPlatform] = otherPlatformImages
    const isExplained = conflictingImages.every((image) => otherPlatformImages.includes(image))
    if (otherPlatform === undefined || !isExplained) {
      const what = `${document} does not list the image that the rest of the archive lists: ${chosen.configDigest}`
      throw archiveError('archive-hostile', where, what)
    }
    const isOtherRequested = (requested: string) =>
      otherPlatformImages.some((image) => fitsPlatform(image.platform, requested))
    if (platform === undefined || isOtherRequested(platform)) {
      const [otherName, chosenName] = [platformText(otherPlatform.platform), platformText(chosen.platform)]
      const what = `manifest.json lists only the image for ${otherName}; the image for ${chosenName} is only in index.json; set the platform`
      throw archiveError('image-ambiguous', where, what)
    }
  }
}

/** True if the document assigns a name of the chosen image to this image, but not to the chosen one. */
function isConflicting(image: Candidate, chosen: Candidate, document: DocumentName): boolean {
  const conflictingNames = chosen.names.difference(chosen.namedBy[document] ?? new Set())
  return image !== chosen && !conflictingNames.isDisjointFrom(image.namedBy[document] ?? new Set())
}

/** The images in manifest.json that are in the same index as the chosen one. */
function otherPlatforms(images: readonly Candidate[], chosen: Candidate): readonly Candidate[] {
  const others = images.filter((image) => image !== chosen && image.namedBy['manifest.json'] !== null)
  return others.filter((image) => !image.indexes.isDisjointFrom(chosen.indexes))
}
