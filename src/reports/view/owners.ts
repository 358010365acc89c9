import {
  capitalised,
  FINDING_OWNERS,
  type FindingOwner,
  type ImageVerdict,
  plural,
} from '../../model/index.js'
import { kevCount } from './counts.js'

export const OWNER_NAMES = {
  base: 'base',
  intermediate: 'intermediate image',
  own: 'own layers',
} as const satisfies Record<FindingOwner, string>

/**
 * Findings by who has to act on them; own layers first, because they are the reader's. Those whose owner is not known
 * are in no count: the tables list them. `act`: how many of these to act on.
 */
export function ownerCounts({ findings }: Pick<ImageVerdict, 'findings'>) {
  const counts = FINDING_OWNERS.toReversed().map((owner) => {
    const of = findings.filter((finding) => finding.owner === owner)
    return { owner, total: of.length, act: of.filter(({ ruling }) => ruling === 'act').length }
  })
  return counts.filter(({ owner, total }) => owner !== 'intermediate' || total > 0)
}

/** Whether reports have to name owners: if none is known, such a column says nothing. */
export function hasOwners({ findings }: Pick<ImageVerdict, 'findings'>): boolean {
  return findings.some(({ owner }) => owner !== null)
}

/**
 * "Own layers: 12 findings, 4 to act on. Base: 6, 2 to act on. A rebuild alone resolves 5 findings.", for the head of every
 * report; `null` if there is nothing to say. What is not known is left out, because it changes nothing to do.
 */
export function ownersLine(image: ImageVerdict): string | null {
  if (image.findings.length === 0) {
    return null
  }
  const counts = hasOwners(image) ? ownerCounts(image) : []
  const parts = counts.map(({ owner, total, act }) => {
    return `${capitalised(OWNER_NAMES[owner])}: ${plural(total, 'finding')}${act === 0 ? '' : `, ${act} to act on`}.`
  })
  const texts = [...parts, ...stricterText(image), ...rebuildText(image)]
  return texts.length === 0 ? null : texts.join(' ')
}

/** A note that thresholds of another owner decided; only if a finding was judged by one that is not its own owner's. */
function stricterText({ findings }: ImageVerdict): string[] {
  const isStricter = findings.some(({ because, owner }) =>
    because.some((one) => 'of' in one && one.of && one.of !== owner),
  )
  return isStricter
    ? ['If no registry proves that a finding comes from the base, the stricter threshold applies.']
    : []
}

/** As `ownersLine`, and whether any finding is known to be exploited, which a terminal shows among its counts. */
export function ownersAndKev(image: ImageVerdict): string | null {
  const kev = kevCount(image).map((text) => `${capitalised(text)}.`)
  const parts = [ownersLine(image) ?? [], ...kev].flat()
  return parts.length === 0 ? null : parts.join(' ')
}

/** What a rebuild alone resolves; only if something blocks, and that is known. */
function rebuildText({ rebuild, findings }: ImageVerdict): string[] {
  if (!findings.some(({ blocks }) => blocks) || rebuild.needed === null) {
    return []
  }
  return rebuild.needed
    ? [`A rebuild alone resolves ${plural(rebuild.settles.length, 'finding')}.`]
    : ['A rebuild alone resolves nothing.']
}
