import { chooseDockerfile, type DockerfileDocument } from '../dockerfile/choose.js'
import type { DockerfileMatch } from '../dockerfile/match.js'
import {
  type AllowedBases,
  atDocker,
  type BaseImage,
  type Beginning,
  baseSentence,
  isOfficialBeginning,
  isOfficialName,
} from '../model/base-image.js'
import { type BaseDetails, type ObstacleFinding, obstacle } from '../model/finding/obstacle.js'
import type { Image } from '../model/image.js'
import { linesOfLayers } from '../model/layers.js'
import {
  familiarName,
  parseReference,
  type Reference,
  referenceName,
  splitRegistry,
} from '../model/reference.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import { globMatches } from '../policy/glob.js'

/**
 * True if one of the patterns matches the name. `debian:*` is docker.io/library/debian:*; a pattern without a tag
 * matches every tag.
 */
export function isAllowedBase(
  name: string,
  allowed: readonly string[],
  mirrors: readonly string[] = [],
): boolean {
  const parsed = parseReference(name)
  const official = parseReference(atDocker(name, mirrors))
  if (parsed === null || official === null) {
    return false
  }
  const texts = new Set([parsed, official].flatMap(namesOf))
  return allowed.some((pattern) => {
    const whole = wholePattern(pattern)
    return [...texts].some((text) => globMatches(whole, text))
  })
}

/** A digest alone has no tag, so a pattern for tags must not match it by chance. */
function namesOf(reference: Reference): string[] {
  return [
    referenceName(reference),
    referenceName({ ...reference, digest: null }),
    referenceName({ ...reference, tag: null, digest: null }),
  ]
}

/** As Docker would complete a name; one that begins with a wildcard stays as it is. */
function wholePattern(pattern: string): string {
  if ((pattern.split('/')[0] ?? '').includes('*') && pattern.includes('/')) {
    return pattern
  }
  if (pattern === '*') {
    return pattern
  }
  const { registry, rest } = splitRegistry(pattern)
  return `${registry}/${rest}`
}

type BasePolicy = Pick<GatePolicy, 'allowedBases' | 'officialMirrors'>

/** Whether the image's base is allowed by its name, however well that name is known; `null`: not known. */
export function isOfficial(base: BaseImage, gate: BasePolicy): boolean | null {
  const { allowedBases, officialMirrors } = gate
  if (base.contradicted) {
    return null
  }
  if (typeof allowedBases === 'string' && shownOfficial(base, officialMirrors) !== null) {
    return true
  }
  if (base.name === null) {
    return null
  }
  if (typeof allowedBases === 'string') {
    return isOfficialName(base.name, officialMirrors)
  }
  const is = isAllowedBase(base.name, allowedBases, officialMirrors)
  // History shows the repository, not the tag, which a pattern may be about.
  return base.restsOn === 'history' && !is ? null : is
}

/** The official image whose layers are the lowest of this one, proven or at hand; `null` if none is shown. */
export function shownOfficial({ beginnings }: BaseImage, mirrors: readonly string[]): Beginning | null {
  return beginnings.find((one) => isOfficialBeginning(one, mirrors)) ?? null
}

/**
 * Findings about the base: at most one about whether it may be used, and one if its tag has moved on. A name that is
 * not allowed is believed as it is; one that a list allows is believed only if the layers prove it.
 */
export function baseFindings(base: BaseImage | null, gate: BasePolicy): ObstacleFinding[] {
  if (base === null) {
    return gate.allowedBases === 'any'
      ? []
      : [unknown(gate.allowedBases, 'the evidence contains no information about the base')]
  }
  return [...obstaclesOf(base, gate), ...(base.movedOn === true ? [movedOn(base)] : [])]
}

function obstaclesOf(base: BaseImage, { allowedBases, officialMirrors }: BasePolicy): ObstacleFinding[] {
  if (allowedBases === 'any') {
    return []
  }
  return allowedBases === 'official'
    ? againstOfficial(base, officialMirrors)
    : againstList(base, allowedBases, officialMirrors)
}

/**
 * `allowed-bases: official`. An unofficial name is believed from anybody; an unknown or contradicted one is noted and
 * does not block (finding/obstacle.ts).
 */
function againstOfficial(base: BaseImage, mirrors: readonly string[]): ObstacleFinding[] {
  const contradicted = base.contradicted
    ? [obstacle('base-label-contradicted', baseSentence(base), detailsOf(base))]
    : []
  if (shownOfficial(base, mirrors) !== null) {
    return contradicted
  }
  const names = [base.claimed, ...base.beginnings.map(({ name }) => name).reverse(), base.name]
  const other = names.find((name) => name !== null && !isOfficialName(name, mirrors))
  if (typeof other === 'string') {
    return [
      unofficial(
        other,
        "is not one of Docker's official images, and nothing shows that it is built on one",
        base,
      ),
    ]
  }
  return contradicted.length > 0 ? contradicted : [unknown('official', baseSentence(base), detailsOf(base))]
}

function againstList(
  base: BaseImage,
  allowed: readonly string[],
  mirrors: readonly string[],
): ObstacleFinding[] {
  const { claimed, proven, contradicted } = base
  const isAllowed = (name: string) => isAllowedBase(name, allowed, mirrors)
  if (contradicted) {
    return [obstacle('base-label-contradicted', baseSentence(base), detailsOf(base))]
  }
  if (claimed !== null && !isAllowed(claimed)) {
    return [unofficial(claimed, 'is not in allowed-bases', base)]
  }
  if (claimed === null && proven[0] !== undefined && !proven.some(isAllowed)) {
    return [unofficial(proven[0], 'is not in allowed-bases', base)]
  }
  return proven.some(isAllowed) ? [] : [unknown(allowed, baseSentence(base), detailsOf(base))]
}

function unofficial(name: string, reason: string, base: BaseImage): ObstacleFinding {
  const why = `${familiarName(name)} ${reason}; ${baseSentence(base)}`
  return obstacle('unofficial-base', why, { ...detailsOf(base), base: name })
}

const NO_DETAILS: BaseDetails = { restsOn: null, base: null, tag: null }

function unknown(allowedBases: AllowedBases, why: string, details = NO_DETAILS): ObstacleFinding {
  const missing =
    allowedBases === 'official'
      ? "nothing shows that the image is built on one of Docker's official images"
      : 'the layers do not prove that the image is built on an allowed base'
  return obstacle('base-not-known', `${missing}: ${why}`, details)
}

function movedOn(base: BaseImage): ObstacleFinding {
  return obstacle('base-moved-on', `${baseSentence(base)}: rebuild with --pull`, detailsOf(base))
}

function detailsOf({ name, restsOn, tag }: BaseImage): BaseDetails {
  return { restsOn, base: name, tag }
}

/**
 * Chooses the base if only the engine shows it. An earlier build of the same application may share more layers with the
 * image than the base does. If the image was built from one of the Dockerfiles, the base is the image with as many
 * layers as the image in the FROM line contributed. The choice is made only among images in the engine, so that no base
 * becomes unknown, and an unofficial one still blocks. Without a match, official images are not preferred: a custom base
 * is itself built on one.
 * @param mirrors name prefixes under which images are treated as official ones
 */
export function chooseAtHand(
  base: BaseImage,
  image: Image,
  documents: readonly DockerfileDocument[],
  mirrors: readonly string[],
): BaseImage {
  if (base.restsOn !== 'at-hand') {
    return base
  }
  const count = layersBelow(chooseDockerfile(documents, image).match, image)
  const fitting = base.beginnings.filter(({ grade, layers }) => grade === 'at-hand' && layers === count)
  const chosen = fitting.find(({ name }) => isOfficialName(name, mirrors)) ?? fitting[0]
  return chosen === undefined ? base : { ...base, name: chosen.name, layers: chosen.layers }
}

/** The number of layers that the image in the FROM line contributed, by the history (OCI image-spec); `null`: not known. */
function layersBelow(match: DockerfileMatch | null, image: Image): number | null {
  if (match === null || !match.proven) {
    return null
  }
  return linesOfLayers(image)?.filter((line) => line < match.baseLines).length ?? null
}
