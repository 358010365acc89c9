import * as z from 'zod'
import { LAYER_OWNERS, type LayerOwner } from '../../model/layer-owner.js'
import { compareSeverity, type Severity } from '../../model/severity.js'
import { inFile, isRefusal, type Refusal, refuse, wordSchema } from './threshold.js'

/** The lowest severity that blocks; `null`: never. */
type Limit = Severity | null

/** One threshold for all layers, or one each for those of the base image and the Dockerfile's own. */
export type ByOwner<T extends Limit = Limit> = T | Readonly<Record<LayerOwner, T>>

/** The threshold in force, and its owner if each has one. */
export interface HeldLimit<T extends Limit = Limit> {
  readonly limit: T
  /** `null`: there is one for all. */
  readonly of: LayerOwner | null
}

/** The strictest of the thresholds for these owners. */
export function limitFor<T extends Limit>(said: ByOwner<T>, owners: readonly LayerOwner[]): HeldLimit<T> {
  if (!isByOwner(said)) {
    return { limit: said, of: null }
  }
  const [first, ...more] = (owners.length === 0 ? LAYER_OWNERS : owners).map((of) => ({
    limit: said[of],
    of,
  }))
  return more.reduce(
    (so, one) => (isHigher(so.limit, one.limit) ? one : so),
    first ?? { limit: said.own, of: 'own' },
  )
}

/** `null`, never, is above every severity. */
function isHigher(asked: Limit, holds: Limit): boolean {
  return holds !== null && (asked === null || compareSeverity(asked, holds) > 0)
}

/** True if the requested threshold is laxer than the one in force for one of the owners. */
export function isHigherForAny(asked: ByOwner, holds: ByOwner): boolean {
  return LAYER_OWNERS.some((owner) =>
    isHigher(limitFor(asked, [owner]).limit, limitFor(holds, [owner]).limit),
  )
}

/** The key of gate.yml: a severity, or `{base: critical, own: high}`. */
export function ownersInFile<const Word extends string, T extends Limit>(
  words: readonly Word[],
  about: string,
  read: (word: Word) => T,
) {
  const word = wordSchema(words, `is not one of ${words.join(', ')}`)
  const each = z.strictObject({ base: word, own: word })
  const error = `is neither one of ${words.join(', ')} nor one value for each owner, such as {base: critical, own: high}`
  return inFile(
    z.union([word, each], { error }),
    `${about}. One severity, or one each for base and own layers: {base: critical, own: high}`,
    (said): ByOwner<T> =>
      typeof said === 'string' ? read(said) : { base: read(said.base), own: read(said.own) },
  )
}

/** The input: a severity, or `base=critical,own=high`. @param read a severity, or why it is invalid */
export function ownersFrom<T extends Limit>(
  text: string,
  read: (word: string) => T | Refusal,
): ByOwner<T> | Refusal {
  if (!text.includes('=')) {
    return read(text)
  }
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  const pairs = parts.map((part) => /^(base|own)=([^=]+)$/.exec(part))
  const [base, ...moreBases] = pairs.flatMap((pair) => (pair?.[1] === 'base' ? [pair[2] ?? ''] : []))
  const [own, ...moreOwns] = pairs.flatMap((pair) => (pair?.[1] === 'own' ? [pair[2] ?? ''] : []))
  if (
    pairs.includes(null) ||
    base === undefined ||
    own === undefined ||
    moreBases.length + moreOwns.length > 0
  ) {
    return refuse(
      `${JSON.stringify(text)} is neither a single severity nor one for each owner, such as base=critical,own=high`,
    )
  }
  const [ofBase, ofOwn] = [read(base), read(own)]
  if (isRefusal(ofBase) || isRefusal(ofOwn)) {
    return refuse(...[ofBase, ofOwn].flatMap((one) => (isRefusal(one) ? one.refused : [])))
  }
  return { base: ofBase, own: ofOwn }
}

export function isByOwner(value: unknown): value is Exclude<ByOwner, Limit> {
  return (
    typeof value === 'object' && value !== null && LAYER_OWNERS.every((owner) => Object.hasOwn(value, owner))
  )
}

/** "high", "never", "base=critical,own=high". */
export function ownersText(said: ByOwner): string {
  const word = (limit: Limit) => limit ?? 'never'
  return isByOwner(said) ? LAYER_OWNERS.map((owner) => `${owner}=${word(said[owner])}`).join(',') : word(said)
}
