import { platformName } from '../../model/image.js'
import type { ImageVerdict, Verdict, VerdictWord } from '../../model/verdict.js'

/** Of platforms in a line. */
const MOST = 10

/** The image by its name, with its platform where the verdict is on several of it. Not escaped. */
export function imageName({
  reference,
  platform,
  isOneOfSeveral,
}: Pick<ImageVerdict, 'reference' | 'platform' | 'isOneOfSeveral'>): string {
  return isOneOfSeveral ? `${reference} (${platformOf(platform)})` : reference
}

function platformOf(platform: ImageVerdict['platform']): string {
  return platform === null ? 'platform not known' : platformName(platform)
}

/** "app:1: linux/arm64 not examined: …": what of each image nobody has looked at, a line each. Words from outside. */
export function unexaminedOf({ images }: Verdict): string[] {
  return [...new Set(images.flatMap(unexamined))]
}

/** The same of one image. */
export function unexamined({ reference, others, isOneOfSeveral }: ImageVerdict): string[] {
  if (others === null) {
    return []
  }
  const { notExamined, skipped, unknown } = others
  // An image of one platform has its attestations beside it, and nothing follows from that.
  const isTold = isOneOfSeveral || notExamined.length > 0 || skipped.some((one) => one.includes('/'))
  return [
    ...(notExamined.length === 0
      ? []
      : [
          `${reference}: ${some(notExamined)} not examined; to judge more platforms, list them in platform, or set it to all`,
        ]),
    ...(isTold && skipped.length > 0 ? [`${reference}: skipped ${some(skipped)}`] : []),
    ...(unknown === null ? [] : [`${reference}: it is not known whether it has other platforms: ${unknown}`]),
  ]
}

/** "linux/arm64 not examined", for a title; empty where nothing is left. Not escaped. */
export function unexaminedNames({ images }: Verdict): string[] {
  const names = [...new Set(images.flatMap(({ others }) => others?.notExamined ?? []))]
  return names.length === 0 ? [] : [`${some(names)} not examined`]
}

/** "linux/arm64 fail, linux/amd64 pass", worst first, where the verdict is on the platforms of one image; else `null`. */
export function platformsOfOne(images: readonly ImageVerdict[]): string | null {
  const [first] = images
  const isOne = first?.isOneOfSeveral === true && images.every((one) => one.reference === first.reference)
  return isOne
    ? some(worstFirst(images).map(({ platform, verdict }) => `${platformOf(platform)} ${verdict}`))
    : null
}

/** "app:1 (linux/arm64)", of several images the one that counts, where its name says not which platform is meant. */
export function worstPlatform(images: readonly ImageVerdict[]): string | null {
  const [worst] = worstFirst(images)
  return worst?.isOneOfSeveral === true && worst.verdict !== 'pass' ? imageName(worst) : null
}

/** A verdict that does not let it through counts before one that does, and one that is known before one that is not. */
function worstFirst(images: readonly ImageVerdict[]): readonly ImageVerdict[] {
  const order: readonly VerdictWord[] = ['fail', 'incomplete', 'pass']
  return [...images].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
}

function some(names: readonly string[]): string {
  const more = names.length - MOST
  return `${names.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
