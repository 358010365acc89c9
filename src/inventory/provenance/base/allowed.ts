import {
  type AllowedBases,
  type BaseDetails,
  type BaseImage,
  type Beginning,
  baseSentence,
  dockerHubName,
  familiarName,
  globMatches,
  isObstacle,
  isOfficialBeginning,
  isOfficialName,
  nameAgainstLabel,
  type ObstacleFinding,
  obstacle,
  parseReference,
  plural,
  type Reference,
  referenceName,
  splitRegistry,
} from '../../../model/index.js'

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

/** The names that patterns are matched with. A digest alone has no tag, which no pattern may match by chance. */
function namesOf(reference: Reference): string[] {
  return [
    referenceName(reference),
    referenceName({ ...reference, digest: null }),
    referenceName({ ...reference, tag: null, digest: null }),
  ]
}

/** The pattern, completed as Docker completes a name; a pattern that begins with a wildcard is not completed. */
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
 * Whether the name of the base is that of an official image, or of one that the policy lists, whatever the image below
 * it is. `null`: not known, because nothing names the base, or the layers contradict its label.
 */
export function isBaseAllowed(base: BaseImage, gate: BasePolicy): boolean | null {
  const { allowedBases, officialMirrors } = gate
  if (base.contradicted || base.name === null) {
    return null
  }
  if (typeof allowedBases === 'string') {
    const isShown = base.beginnings.some(
      (one) => one.name === base.name && isOfficialBeginning(one, officialMirrors),
    )
    return isShown || isOfficialName(base.name, officialMirrors)
  }
  const isAllowed = isAllowedBase(base.name, allowedBases, officialMirrors)
  // The image's history shows the repository, but not the tag, which a pattern may require.
  return base.restsOn === 'history' && !isAllowed ? null : isAllowed
}

/** The official image whose layers are the image's lowest, proven or at hand; `null` if there is none. */
export function officialImageBelow({ beginnings }: BaseImage, mirrors: readonly string[]): Beginning | null {
  return beginnings.find((one) => isOfficialBeginning(one, mirrors)) ?? null
}

/**
 * Findings about the base: at most one about whether it may be used, and one if its tag now names another image. A name
 * that is not allowed is believed without proof; one that a list allows is believed only if the layers prove it.
 */
export function baseFindings(base: BaseImage, gate: BasePolicy): ObstacleFinding[] {
  const { allowedBases, officialMirrors } = gate
  const obstacles =
    allowedBases === 'any'
      ? []
      : allowedBases === 'official'
        ? findingsIfOfficialOnly(base, officialMirrors)
        : findingsIfListed(base, allowedBases, officialMirrors)
  return [
    ...obstacles,
    ...(obstacles.some((one) => isObstacle(one, 'unofficial-base'))
      ? []
      : intermediateFindings(base, officialMirrors)),
    ...(base.movedOn === true
      ? [obstacle('base-moved-on', `${baseSentence(base)}: rebuild with --pull`, detailsOf(base))]
      : []),
  ]
}

/** Notes a third party's image between the official base and the image: neither Docker nor the user made its layers. */
function intermediateFindings(base: BaseImage, mirrors: readonly string[]): ObstacleFinding[] {
  const { intermediate } = base
  const official = officialImageBelow(base, mirrors)
  if (intermediate === undefined || official === null) {
    return []
  }
  const { name, layers } = intermediate
  const count = layers === null ? 'layers' : plural(layers - intermediate.official, 'layer')
  const why = `built on ${familiarName(name)}, which adds ${count} to ${familiarName(official.name)}: neither Docker's nor yours`
  return [obstacle('intermediate-base', why, { ...detailsOf(base), base: name })]
}

/**
 * Findings for `allowed-bases: official`. An unofficial name needs no proof; an unknown or contradicted name is noted
 * and does not block (finding/obstacle.ts).
 */
function findingsIfOfficialOnly(base: BaseImage, mirrors: readonly string[]): ObstacleFinding[] {
  const contradicted = base.contradicted
    ? [obstacle('base-label-contradicted', baseSentence(base), detailsOf(base))]
    : []
  if (officialImageBelow(base, mirrors) !== null) {
    return contradicted.length > 0 ? contradicted : labelAgainstFrom(base, mirrors)
  }
  const names = [
    base.claimed,
    ...base.beginnings.map(({ name }) => name).reverse(),
    base.name,
    base.osRelease ?? null,
  ]
  const unofficialName = names.find((name) => name !== null && !isOfficialName(name, mirrors))
  if (typeof unofficialName === 'string') {
    const reason = "is not one of Docker's official images, and nothing shows that it is built on one"
    return [unofficialBaseFinding(unofficialName, reason, base)]
  }
  return contradicted.length > 0 ? contradicted : [unknownBaseFinding('official', base)]
}

/** Notes a label that names an unofficial image, although FROM names an official one and nothing shows the label's. */
function labelAgainstFrom(base: BaseImage, mirrors: readonly string[]): ObstacleFinding[] {
  const { claimed, from } = base
  const otherName = nameAgainstLabel(base)
  if (claimed === null || from === undefined || otherName === null) {
    return []
  }
  if (isOfficialName(claimed, mirrors) || !isOfficialName(otherName, mirrors)) {
    return []
  }
  const why = `its label names the base ${familiarName(claimed)}, but FROM names ${familiarName(otherName)} (${from.file}:${from.line})`
  return [obstacle('base-label-contradicted', why, detailsOf(base))]
}

function findingsIfListed(
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
    return [unofficialBaseFinding(claimed, 'is not in allowed-bases', base)]
  }
  if (claimed === null && proven[0] !== undefined && !proven.some(isAllowed)) {
    return [unofficialBaseFinding(proven[0], 'is not in allowed-bases', base)]
  }
  return proven.some(isAllowed) ? [] : [unknownBaseFinding(allowed, base)]
}

function unofficialBaseFinding(name: string, reason: string, base: BaseImage): ObstacleFinding {
  const why = `${familiarName(name)} ${reason}; ${baseSentence(base)}`
  // Whether listing the name would be enough: a registry must also prove a listed name, which may be impossible.
  const isEnough = findingsIfListed(base, [name], []).length === 0
  const allowing = isEnough ? 'enough' : 'unproven'
  return obstacle('unofficial-base', why, { ...detailsOf(base), base: name, allowing })
}

function unknownBaseFinding(allowedBases: AllowedBases, base: BaseImage): ObstacleFinding {
  const missing =
    allowedBases === 'official'
      ? "nothing shows that the image is built on one of Docker's official images"
      : 'the layers do not prove that the image is built on an allowed base'
  const { stranger } = base
  return obstacle('base-not-known', `${missing}: ${baseSentence(base)}`, {
    ...detailsOf(base),
    ...(stranger === undefined ? {} : { stranger }),
  })
}

function detailsOf({ name, restsOn, tag }: BaseImage): BaseDetails {
  return { restsOn, base: name, tag }
}
