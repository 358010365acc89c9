import { readRelease } from '../../../debian/os-release.js'
import { SUPPORT_ROWS } from '../../../debian/support-rows.js'
import { chooseDockerfile, type DockerfileDocument } from '../../../dockerfile/choose.js'
import type { DockerfileMatch } from '../../../dockerfile/match.js'
import {
  type BaseImage,
  dockerHubName,
  type FromImage,
  type Image,
  type IntermediateImage,
  isOfficialName,
  linesOfLayers,
  mergeLayers,
  type OtherRelease,
  parseReference,
  readOrNull,
  referenceName,
} from '../../../model/index.js'
import { type BasePolicy, isAllowedBase, officialImageBelow } from './allowed.js'

/** The base, with details from the image's Dockerfile. No ruling depends on them: anyone can write a Dockerfile. */
export function withDockerfile(
  found: BaseImage,
  image: Image,
  documents: readonly DockerfileDocument[],
  gate: BasePolicy,
): BaseImage {
  const { match, use } = chooseDockerfile(documents, image)
  const base = chooseAtHand(found, image, match, gate.officialMirrors)
  const from = match?.proven === true && use.file !== null ? fromImageOf(match, use.file, image) : null
  const intermediate = intermediateIn(base, from, gate)
  const otherRelease = otherReleaseIn(base.claimed, from, image, gate)
  return {
    ...base,
    ...(from === null ? {} : { from }),
    ...(intermediate === null ? {} : { intermediate }),
    ...(otherRelease === null ? {} : { otherRelease }),
  }
}

/** The label (or else FROM) if it names an official image of another release than that of the image. */
function otherReleaseIn(
  label: string | null,
  from: FromImage | null,
  image: Image,
  { officialMirrors }: BasePolicy,
): OtherRelease | null {
  const codename = readOrNull(() => readRelease(mergeLayers(image.layers).files).codename)
  if (codename === null) {
    return null
  }
  const isOther = (name: string) => (releaseNamedBy(name, officialMirrors) ?? codename) !== codename
  if (label !== null && isOther(label)) {
    return { statedBy: 'label', name: label, codename }
  }
  return from !== null && isOther(from.name) ? { statedBy: 'FROM', name: from.name, codename } : null
}

/**
 * The codename in an official image's tag (`bookworm-slim`, `3.13-slim-bookworm`), or that of a version of Debian
 * (`12.5-slim`); `null` if it has none. `sid` is none: os-release has testing's name there.
 */
function releaseNamedBy(name: string, mirrors: readonly string[]): string | null {
  if (!isOfficialName(name, mirrors)) {
    return null
  }
  const { repository, tag } = parseReference(dockerHubName(name, mirrors)) ?? {}
  const parts = tag?.split('-') ?? []
  const [version = ''] = repository === 'library/debian' ? parts : []
  const row = SUPPORT_ROWS.find((one) => {
    return one.version !== null && (parts.includes(one.codename) || isOfVersion(version, one.version))
  })
  return row?.codename ?? null
}

/** Debian's point releases: since 7, only the first number is the release's. */
function isOfVersion(text: string, release: string): boolean {
  return text === release || (/^\d+\.\d+$/.test(text) && text.split('.')[0] === release)
}

/**
 * The image that FROM names; `null` for scratch, and for a name with a build argument, whose default the build may have
 * replaced. So it reads the instruction's own text, without replaced arguments.
 */
function fromImageOf(match: DockerfileMatch, file: string, image: Image): FromImage | null {
  const [name = ''] = match.from.text.split(/\s+/).filter((part) => !part.startsWith('--'))
  const reference = name === 'scratch' ? null : parseReference(name)
  return reference === null
    ? null
    : { name: referenceName(reference), file, line: match.from.line, layers: layersBelow(match, image) }
}

/**
 * The image that FROM (or else the label) names and that is itself built on an official image, unless gate.yml lists it
 * as an allowed base. The makers of the official image have not made its additional layers.
 */
function intermediateIn(
  base: BaseImage,
  from: FromImage | null,
  { allowedBases, officialMirrors }: BasePolicy,
): IntermediateImage | null {
  const official = officialImageBelow(base, officialMirrors)
  const name = from?.name ?? (base.contradicted ? null : base.claimed)
  if (official === null || name === null || isOfficialName(name, officialMirrors)) {
    return null
  }
  const isListed = typeof allowedBases !== 'string' && isAllowedBase(name, allowedBases, officialMirrors)
  const layers = from?.layers ?? base.beginnings.find((one) => one.name === name)?.layers ?? null
  // An image with no more layers than the official image is a copy of it under another name.
  return isListed || (layers !== null && layers <= official.layers)
    ? null
    : { name, layers, official: official.layers }
}

/**
 * Chooses the base if only the engine shows it. An earlier build of the same application may share more layers with
 * the image than the base does. If the image was built from one of the Dockerfiles, the base is the image with as
 * many layers as the image in the FROM line contributed. The choice is made only among images in the engine, so that
 * no base becomes unknown, and an unofficial one still blocks. Without a match, official images are not preferred: a
 * custom base is itself built on one.
 * @param mirrors name prefixes under which images are treated as official ones
 */
function chooseAtHand(
  base: BaseImage,
  image: Image,
  match: DockerfileMatch | null,
  mirrors: readonly string[],
): BaseImage {
  if (base.restsOn !== 'at-hand') {
    return base
  }
  const count = layersBelow(match, image)
  const fitting = base.beginnings.filter(({ grade, layers }) => grade === 'at-hand' && layers === count)
  const chosen = fitting.find(({ name }) => isOfficialName(name, mirrors)) ?? fitting[0]
  return chosen === undefined ? base : { ...base, name: chosen.name, layers: chosen.layers }
}

/** How many layers the image in the FROM line contributed, by the history (OCI image-spec); `null`: not known. */
function layersBelow(match: DockerfileMatch | null, image: Image): number | null {
  if (match === null || !match.proven) {
    return null
  }
  return linesOfLayers(image)?.filter((line) => line < match.baseLines).length ?? null
}
