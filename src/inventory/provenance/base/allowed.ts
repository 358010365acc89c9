import { isObstacle } from '../../../model/finding/index.js'
import { type BaseDetails, type ObstacleFinding, obstacle } from '../../../model/finding/obstacle.js'
import { globMatches } from '../../../model/glob.js'
import {
  familiarName,
  parseReference,
  type Reference,
  referenceName,
  splitRegistry,
} from '../../../model/image/reference.js'
import {
  type AllowedBases,
  type BaseImage,
  type Beginning,
  baseSentence,
  dockerHubName,
  isOfficialBeginning,
  isOfficialName,
} from '../../../model/provenance/base-image.js'
import { plural } from '../../../model/text.js'

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
  const official = parseReference(dockerHubName(name, mirrors))
  if (parsed === null || official === null) {
    return false
  }
  const texts = new Set([parsed, official].flatMap(namesOf))
  return allowed.some((pattern) => {
    const fullPattern = wholePattern(pattern)
    return [...texts].some((text) => globMatches(fullPattern, text))
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
  if (pattern === '*' || /^[^/]*\*[^/]*\//.test(pattern)) {
    return pattern
  }
  const { registry, rest } = splitRegistry(pattern)
  return `${registry}/${rest}`
}

/** The part of gate.yml that is about bases. */
export interface BasePolicy {
  readonly allowedBases: AllowedBases
  readonly officialMirrors: readonly string[]
}

/**
 * Whether the base may be used: if no list is set, by the layers that it is shown to have, else by its name. `null`: not
 * known, because nothing names it, or its label is contradicted.
 */
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
  const isAllowed = isAllowedBase(base.name, allowedBases, officialMirrors)
  // History shows the repository, not the tag, which a pattern may be about.
  return base.restsOn === 'history' && !isAllowed ? null : isAllowed
}

/** The official image whose layers are the lowest of this one, proven or at hand; `null` if none is shown. */
export function shownOfficial({ beginnings }: BaseImage, mirrors: readonly string[]): Beginning | null {
  return beginnings.find((one) => isOfficialBeginning(one, mirrors)) ?? null
}

/**
 * Findings about the base: at most one about whether it may be used, and one if its tag has moved on. A name that is
 * not allowed is believed as it is; one that a list allows is believed only if the layers prove it.
 */
export function baseFindings(base: BaseImage, gate: BasePolicy): ObstacleFinding[] {
  const obstacles = obstaclesOf(base, gate)
  return [
    ...obstacles,
    ...(obstacles.some((one) => isObstacle(one, 'unofficial-base'))
      ? []
      : intermediateFindings(base, gate.officialMirrors)),
    ...(base.movedOn === true ? [movedOn(base)] : []),
  ]
}

/** A third party's image is noted by its name: neither Docker nor the reader has made its layers. */
function intermediateFindings(base: BaseImage, mirrors: readonly string[]): ObstacleFinding[] {
  const { intermediate } = base
  const official = shownOfficial(base, mirrors)
  if (intermediate === undefined || official === null) {
    return []
  }
  const { name, layers } = intermediate
  const count = layers === null ? 'layers' : plural(layers - intermediate.official, 'layer')
  const why = `built on ${familiarName(name)}, which adds ${count} to ${familiarName(official.name)}: neither Docker's nor yours`
  return [obstacle('intermediate-base', why, { ...detailsOf(base), base: name })]
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
  const unofficialName = names.find((name) => name !== null && !isOfficialName(name, mirrors))
  if (typeof unofficialName === 'string') {
    return [
      unofficial(
        unofficialName,
        "is not one of Docker's official images, and nothing shows that it is built on one",
        base,
      ),
    ]
  }
  return contradicted.length > 0 ? contradicted : [unknown('official', base)]
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
  return proven.some(isAllowed) ? [] : [unknown(allowed, base)]
}

function unofficial(name: string, reason: string, base: BaseImage): ObstacleFinding {
  const why = `${familiarName(name)} ${reason}; ${baseSentence(base)}`
  // Whether listing the name would be enough: a listed name also has to be proven by a registry, and it may not be.
  const isEnough = againstList(base, [name], []).length === 0
  return obstacle('unofficial-base', why, {
    ...detailsOf(base),
    base: name,
    allowing: isEnough ? 'enough' : 'unproven',
  })
}

function unknown(allowedBases: AllowedBases, base: BaseImage): ObstacleFinding {
  const missing =
    allowedBases === 'official'
      ? "nothing shows that the image is built on one of Docker's official images"
      : 'the layers do not prove that the image is built on an allowed base'
  return obstacle('base-not-known', `${missing}: ${baseSentence(base)}`, detailsOf(base))
}

function movedOn(base: BaseImage): ObstacleFinding {
  return obstacle('base-moved-on', `${baseSentence(base)}: rebuild with --pull`, detailsOf(base))
}

function detailsOf({ name, restsOn, tag }: BaseImage): BaseDetails {
  return { restsOn, base: name, tag }
}
