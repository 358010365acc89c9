import * as z from 'zod'
import {
  compareSeverity,
  LAYER_OWNERS,
  type LayerOwner,
  RATED_SEVERITIES,
  type Severity,
} from '../../model/index.js'
import { keywordSchema } from './kinds.js'
import { fileKey, isRefusal, oneOf, type Refusal, refuse, threshold } from './threshold.js'

/** `never` turns the rule off, if it is one of the keywords. */
function severityThreshold<Keyword extends string, T extends Limit>(
  keywords: readonly Keyword[],
  limitOf: (keyword: Keyword) => T,
  { isInput, ...row }: { readonly text: string; readonly fallback: T; readonly isInput: boolean },
) {
  const readOne = (text: string) => {
    if (text === 'never' && !keywords.some((keyword) => keyword === text)) {
      return refuse('"never" is not allowed, because a gate that never fails decides nothing')
    }
    const keyword = oneOf(text, keywords)
    return isRefusal(keyword) ? keyword : limitOf(keyword)
  }
  return threshold<ByOwner<T>>({
    ...row,
    unset: row.fallback ?? 'never',
    laxer: isHigherForAny,
    file: ownersInFile(keywords, limitOf),
    ...(isInput && { input: { value: 'SEVERITY', read: (text: string) => ownersFrom(text, readOne) } }),
  })
}

const orNever = [...RATED_SEVERITIES, 'never'] as const
const limitOrNever = (keyword: (typeof orNever)[number]): Limit => (keyword === 'never' ? null : keyword)

export const SEVERITY_ROWS = {
  'fail-on': severityThreshold(RATED_SEVERITIES, (severity): Severity => severity, {
    text: 'Lowest severity that blocks the release if a fix can be installed. Values: negligible, low, medium, high or critical, or one each for base and own layers: {base: critical, own: high}, as an input base=critical,own=high',
    fallback: 'high',
    isInput: true,
  }),
  'fail-on-unfixed': severityThreshold(orNever, limitOrNever, {
    text: 'Lowest severity that blocks the release if there is no fix. Takes the values of fail-on, and "never"',
    fallback: null,
    isInput: true,
  }),
  'fail-on-deferred': severityThreshold(orNever, limitOrNever, {
    text: 'Lowest severity that blocks the release if Debian has deferred the fix (no-dsa, postponed, ignored). Takes the values of fail-on, and "never"',
    fallback: null,
    isInput: false,
  }),
} as const

/** The lowest severity that blocks; `null`: never. */
type Limit = Severity | null

/** One threshold for all layers, or one each for those of the base image and the Dockerfile's own. */
export type ByOwner<T extends Limit = Limit> = T | Readonly<Record<LayerOwner, T>>

/** The threshold in force, and its owner; `null`: there is one for all. */
export type LimitInForce<T extends Limit = Limit> = { readonly limit: T; readonly of: LayerOwner | null }

/** The strictest of the thresholds for these owners. */
export function limitFor<T extends Limit>(
  limits: ByOwner<T>,
  owners: readonly LayerOwner[],
): LimitInForce<T> {
  if (!isByOwner(limits)) {
    return { limit: limits, of: null }
  }
  const [first, ...more] = (owners.length === 0 ? LAYER_OWNERS : owners).map((of) => ({
    limit: limits[of],
    of,
  }))
  return more.reduce(
    (so, one) => (isHigher(so.limit, one.limit) ? one : so),
    first ?? { limit: limits.own, of: 'own' },
  )
}

/** `null`, never, is above every severity. */
function isHigher(requested: Limit, current: Limit): boolean {
  return current !== null && (requested === null || compareSeverity(requested, current) > 0)
}

/** True if the requested threshold is laxer than the one in force for one of the owners. */
export function isHigherForAny(requested: ByOwner, current: ByOwner): boolean {
  return LAYER_OWNERS.some((owner) =>
    isHigher(limitFor(requested, [owner]).limit, limitFor(current, [owner]).limit),
  )
}

/** The key of gate.yml: a severity, or `{base: critical, own: high}`. */
function ownersInFile<Keyword extends string, T extends Limit>(
  keywords: readonly Keyword[],
  limitOf: (keyword: Keyword) => T,
) {
  const oneKeyword = keywordSchema(keywords)
  const each = z.strictObject({ base: oneKeyword, own: oneKeyword })
  const error = `is neither one of ${keywords.join(', ')} nor one value for each owner, such as {base: critical, own: high}`
  return fileKey(
    z.union([oneKeyword, each], { error }),
    (value): ByOwner<T> =>
      typeof value === 'object' ? { base: limitOf(value.base), own: limitOf(value.own) } : limitOf(value),
  )
}

/** The input: a severity, or `base=critical,own=high`. @param read a severity, or why it is invalid */
export function ownersFrom<T extends Limit>(
  text: string,
  read: (text: string) => T | Refusal,
): ByOwner<T> | Refusal {
  if (!text.includes('=')) {
    return read(text)
  }
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  const pairs = parts.map((part) => /^(base|own)=([^=]+)$/.exec(part))
  const [base, ...moreBases] = pairs.flatMap((pair) => (pair?.[1] === 'base' ? [pair[2] ?? ''] : []))
  const [own, ...moreOwn] = pairs.flatMap((pair) => (pair?.[1] === 'own' ? [pair[2] ?? ''] : []))
  if (
    pairs.includes(null) ||
    base === undefined ||
    own === undefined ||
    moreBases.length + moreOwn.length > 0
  ) {
    return refuse(
      `${JSON.stringify(text)} is neither a single severity nor one for each owner, such as base=critical,own=high`,
    )
  }
  const [baseLimit, ownLimit] = [read(base), read(own)]
  if (isRefusal(baseLimit) || isRefusal(ownLimit)) {
    return refuse(...[baseLimit, ownLimit].flatMap((one) => (isRefusal(one) ? one.refused : [])))
  }
  return { base: baseLimit, own: ownLimit }
}

export function isByOwner(value: unknown): value is Exclude<ByOwner, Limit> {
  return (
    typeof value === 'object' && value !== null && LAYER_OWNERS.every((owner) => Object.hasOwn(value, owner))
  )
}

/** "high", "never", "base=critical,own=high". */
export function ownersText(limits: ByOwner): string {
  const textOf = (limit: Limit) => limit ?? 'never'
  return isByOwner(limits)
    ? LAYER_OWNERS.map((owner) => `${owner}=${textOf(limits[owner])}`).join(',')
    : textOf(limits)
}
