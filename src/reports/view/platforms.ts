import {
  compareVerdicts,
  type ImageVerdict,
  listText,
  platformName,
  type Verdict,
} from '../../model/index.js'

/** How many platforms are on a line. */
const MAX_PLATFORMS_SHOWN = 10

/** The image's name, with its platform if the verdict covers several. Not escaped. */
export function imageName(image: Pick<ImageVerdict, 'reference' | 'platform' | 'isOneOfSeveral'>): string {
  const { reference, platform, isOneOfSeveral } = image
  return isOneOfSeveral ? `${reference} (${platformOf(platform)})` : reference
}

function platformOf(platform: ImageVerdict['platform']): string {
  return platform === null ? 'platform not known' : platformName(platform)
}

/** "app:1: linux/arm64 not examined: …": for each image what was not examined, one line each. Text from outside. */
export function unexaminedOf({ images }: Verdict): string[] {
  return [...new Set(images.flatMap(unexamined))]
}

/** As `unexaminedOf`, for one image. */
export function unexamined({ reference, others, isOneOfSeveral }: ImageVerdict): string[] {
  if (others === null) {
    return []
  }
  const { notExamined, skipped, unknown } = others
  // An image with one platform has its attestations next to it, which means nothing.
  const isShown = isOneOfSeveral || notExamined.length > 0 || skipped.some((one) => one.includes('/'))
  const more = `${listText(notExamined, MAX_PLATFORMS_SHOWN)} not examined; to judge more platforms, list them in the platform input, or set platform: all`
  const skippedText = `skipped ${listText(skipped, MAX_PLATFORMS_SHOWN)}`
  const unlisted = `${reference} may have other platforms, which could not be listed: ${unknown}`
  return [
    ...(notExamined.length === 0 ? [] : [`${reference}: ${more}`]),
    ...(isShown && skipped.length > 0 ? [`${reference}: ${skippedText}`] : []),
    ...(unknown === null ? [] : [unlisted]),
  ]
}

/** "linux/arm64 not examined", for a title; empty if everything was. Not escaped. */
export function unexaminedNames({ images }: Verdict): string[] {
  const names = [...new Set(images.flatMap(({ others }) => others?.notExamined ?? []))]
  return names.length === 0 ? [] : [`${listText(names, MAX_PLATFORMS_SHOWN)} not examined`]
}

/**
 * "linux/arm64 fail, linux/amd64 pass", worst first, if the verdict covers several platforms of one image; else
 * `null`.
 */
export function platformsOfOne(images: readonly ImageVerdict[]): string | null {
  const [first] = images
  const isOne = first?.isOneOfSeveral === true && images.every((one) => one.reference === first.reference)
  const textOf = ({ platform, verdict }: ImageVerdict) => `${platformOf(platform)} ${verdict}`
  return isOne ? listText(images.toSorted(compareVerdicts).map(textOf), MAX_PLATFORMS_SHOWN) : null
}

/** "app:1 (linux/arm64)": of several images the one that counts, with its platform if the name does not identify it. */
export function worstPlatform(images: readonly ImageVerdict[]): string | null {
  const [worst] = images.toSorted(compareVerdicts)
  return worst?.isOneOfSeveral === true && worst.verdict !== 'pass' ? imageName(worst) : null
}
