import {
  authorsBaseName,
  familiarName,
  type ImageVerdict,
  nameAgainstLabel,
  platformName,
  plural,
  withOtherRelease,
} from '../../model/index.js'

/** What is known about an image in addition to its name; `null` means not known. Contains text from outside. */
export function imageFacts(image: ImageVerdict) {
  const { distribution, platform, digest } = image
  return {
    /** "Debian 12 bookworm". */
    distribution,
    platform: platform === null ? null : platformName(platform),
    /** "on debian:bookworm-slim, which has moved on". */
    base: baseText(image),
    /** "142 packages, 3 from other origins". */
    packages: packageText(image),
    digest,
    /** `sha256:17068e8751`: enough to compare by eye. */
    shortDigest: digest === null ? null : digest.slice(0, 'sha256:'.length + 10),
  }
}

function packageText({ packageCount, foreignCount }: ImageVerdict): string | null {
  if (packageCount === null) {
    return null
  }
  const count = plural(packageCount, 'package')
  return foreignCount === null || foreignCount === 0 ? count : `${count}, ${foreignCount} from other origins`
}

function baseText({ base }: ImageVerdict): string | null {
  if (base === null || base.name === null) {
    return base && withOtherRelease(null, base)
  }
  const evidence = base.restsOn === 'at-hand' ? ' (not proven)' : `, per its ${base.restsOn}`
  const ground = base.restsOn === 'layers' ? '' : evidence
  const name = `${familiarName(base.name)}${ground}${base.movedOn === true ? ', which has moved on' : ''}`
  const from = authorsBaseName(base)
  if (from !== null && from === nameAgainstLabel(base)) {
    const text = `on ${familiarName(from)}, per its Dockerfile`
    return base.otherRelease?.statedBy === 'label'
      ? `${text}; ${withOtherRelease(null, base)}`
      : withOtherRelease(`${text}, although its label names ${familiarName(base.name)}`, base)
  }
  const text =
    from === null || from === base.name
      ? `on ${name}`
      : `on ${familiarName(from)}, which ${base.intermediate ? 'builds on' : 'has the layers of'} ${name}`
  return withOtherRelease(text, base)
}
