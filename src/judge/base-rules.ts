import { type BaseImage, baseSentence } from '../model/base-image.js'
import { type BaseDetails, type ObstacleFinding, obstacle } from '../model/finding/obstacle.js'
import { familiarName, parseReference, referenceName, splitRegistry } from '../model/reference.js'
import type { GatePolicy } from '../policy/gate/thresholds.js'
import { globMatches } from '../policy/glob.js'

/** Where nothing else is allowed by name: Docker's official images. */
const OFFICIAL = ['docker.io/library/*']

/**
 * True if one of the patterns fits the name. `debian:*` is docker.io/library/debian:*; a pattern without a tag
 * fits every tag.
 * @param allowed `null`: Docker's official images
 */
export function isAllowedBase(name: string, allowed: readonly string[] | null): boolean {
  const reference = parseReference(name)
  if (reference === null) {
    return false
  }
  const tagged = referenceName({ ...reference, digest: null })
  const bare = referenceName({ ...reference, tag: null, digest: null })
  // A digest alone carries no tag, so a pattern for tags must not fit it by chance.
  const texts = new Set([referenceName(reference), tagged, bare])
  return (allowed ?? OFFICIAL).some((pattern) => {
    const whole = wholePattern(pattern)
    return [...texts].some((text) => globMatches(whole, text))
  })
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

/** Whether what the image is built on is allowed by its name, whatever that name rests on; `null`: not known. */
export function isOfficial(base: BaseImage, gate: GatePolicy): boolean | null {
  if (base.name === null || base.contradicted) {
    return null
  }
  const is = isAllowedBase(base.name, gate.allowedBases)
  // History tells the repository, not the tag, which a pattern may be about.
  return base.restsOn === 'history' && !is ? null : is
}

/**
 * What has to be said about the base: one finding at most about whether it may be used, and one where its tag has
 * moved on. A name that is not allowed is believed as it is, one that is allowed only if the layers prove it.
 */
export function baseFindings(base: BaseImage | null, gate: GatePolicy): ObstacleFinding[] {
  if (base === null) {
    return gate.allowedBases === null ? [] : [unknown('the evidence says nothing of it')]
  }
  return [...obstaclesOf(base, gate), ...(base.movedOn === true ? [movedOn(base)] : [])]
}

function obstaclesOf(base: BaseImage, { allowedBases }: GatePolicy): ObstacleFinding[] {
  const { claimed, proven, name, contradicted } = base
  const isAllowed = (one: string) => isAllowedBase(one, allowedBases)
  const allowed = allowedBases === null ? "Docker's official images" : 'allowed-bases'
  const unofficial = (one: string) => {
    const why = `${familiarName(one)} is not one of ${allowed}; ${baseSentence(base)}`
    return [obstacle('unofficial-base', why, { ...detailsOf(base), base: one })]
  }
  if (contradicted) {
    return [obstacle('base-label-contradicted', baseSentence(base), detailsOf(base))]
  }
  if (claimed !== null && !isAllowed(claimed)) {
    return unofficial(claimed)
  }
  if (claimed === null && proven[0] !== undefined && !proven.some(isAllowed)) {
    return unofficial(proven[0])
  }
  if (allowedBases !== null && !proven.some(isAllowed)) {
    return [unknown(baseSentence(base), detailsOf(base))]
  }
  if (allowedBases === null && name !== null && !isAllowed(name)) {
    return unofficial(name)
  }
  return []
}

const UNTOLD: BaseDetails = { restsOn: null, base: null, tag: null }

function unknown(why: string, details = UNTOLD): ObstacleFinding {
  return obstacle(
    'base-not-known',
    `no layers prove that the image is built on an allowed base: ${why}`,
    details,
  )
}

function movedOn(base: BaseImage): ObstacleFinding {
  return obstacle('base-moved-on', `${baseSentence(base)}: rebuild with --pull`, detailsOf(base))
}

function detailsOf({ name, restsOn, tag }: BaseImage): BaseDetails {
  return { restsOn, base: name, tag }
}
