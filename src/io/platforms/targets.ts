import {
  isPlatform,
  isSamePlatform,
  listText,
  mayBeDebian,
  type NamedPlatform,
  type OpeningImage,
  type OtherPlatforms,
  type PlatformChoice,
  SeaworthyError,
} from '../../model/index.js'
import type { OpenOptions } from '../archive/image/open-image.js'

/** One platform of one image, while it is being read. */
export interface OpenedPlatform {
  readonly opening: OpeningImage
  /** The requested platform; `null` if that was the engine's own, or is not known. */
  readonly platform: string | null
  /** The rest of its index; never rejects. */
  readonly others: Promise<OtherPlatforms>
}

export type PlatformOptions = Omit<OpenOptions, 'platform' | 'sharedStream'>
export interface ChosenPlatform {
  /** As requested, or as in the index. */
  readonly platform: string
  readonly target: NamedPlatform | null
  readonly error: SeaworthyError | null
}

export function targetsOf(
  named: readonly NamedPlatform[],
  choice: Exclude<PlatformChoice, null>,
  reference: string,
  unknown: string | null,
): readonly ChosenPlatform[] {
  const images = named.filter(({ isImage }) => isImage)
  if (choice === 'all') {
    const all = images.filter(mayBeDebian)
    if (all.length === 0) {
      throw noSuchPlatform('a Linux platform', images, reference, unknown)
    }
    return all.map((target) => ({ platform: target.platform, target, error: null }))
  }
  const targets = choice.map((platform): ChosenPlatform => {
    const fitting = images.filter((one) => isPlatform(one.platform, platform))
    // Which of several with the same platform an engine pulls does not depend on how they are written.
    const same = images.filter((one) => isSamePlatform(one.platform, platform))
    const [target = null, ...more] = same.length > 0 ? same : fitting
    if (target === null) {
      return { platform, target, error: noSuchPlatform(platform, images, reference, unknown) }
    }
    const several = `${platform} matches several platforms: ${listed(fitting)}`
    const addVariant = 'add the variant to the value of "platform"'
    return more.length === 0 || same.length > 0
      ? { platform, target, error: null }
      : { platform, target: null, error: platformMissing(several, reference, addVariant) }
  })
  // linux/arm64 and linux/arm64/v8 may be one.
  return targets.filter(
    ({ target }, at) => target === null || targets.findIndex((one) => one.target === target) === at,
  )
}

export function oneImage(platform: string): NamedPlatform {
  return { platform, digest: '', isImage: true, isWhole: true }
}

function listed(images: readonly NamedPlatform[]): string {
  const names = images.map(({ platform }) => platform)
  return listText(names, 20) || 'none'
}

function noSuchPlatform(
  platform: string,
  images: readonly NamedPlatform[],
  reference: string,
  unknown: string | null,
): SeaworthyError {
  const doubt = unknown === null ? '' : `; it may have others: ${unknown}`
  return platformMissing(
    `the image does not have ${platform}; it has ${listed(images)}${doubt}`,
    reference,
    'set "platform" to one that the image has, or build the image for the requested platform',
  )
}

export function platformMissing(what: string, where: string, todo: string): SeaworthyError {
  return new SeaworthyError({ code: 'platform-missing', what, where, todo })
}
