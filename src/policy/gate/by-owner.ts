import * as z from 'zod'
import { LAYER_OWNERS, type LayerOwner } from '../../model/provenance/layer-owner.js'
import { compareSeverity, RATED_SEVERITIES, type Severity } from '../../model/severity.js'
import {
  fileKey,
  isRefusal,
  keywordSchema,
  oneOf,
  type Refusal,
  refuse,
  type ThresholdInput,
  threshold,
} from './threshold.js'

function severityOrNever(about: string, input: Pick<ThresholdInput<unknown>, 'help' | 'description'> | null) {
  const readSeverity = (text: string) => (text === 'never' ? null : oneOf(text, RATED_SEVERITIES))
  return threshold<ByOwner>({
    fallback: null,
    laxer: isHigherForAny,
    file: ownersInFile([...RATED_SEVERITIES, 'never'], about, (one) => (one === 'never' ? null : one)),
    input:
      input === null ? null : { ...input, value: 'SEVERITY', read: (text) => ownersFrom(text, readSeverity) },
  })
}

export const SEVERITY_ROWS = {
  'fail-on': threshold<ByOwner<Severity>>({
    fallback: 'high',
    laxer: isHigherForAny,
    file: ownersInFile(
      RATED_SEVERITIES,
      'Lowest severity at which a vulnerability blocks the release if a fix for it can be installed',
      (severity): Severity => severity,
    ),
    input: {
      value: 'SEVERITY',
      help: 'lowest severity that blocks the release if a fix can be installed (default: high)',
      description:
        'Lowest severity that blocks if a fix can be installed: negligible, low, medium, high or critical; or one each for the layers of the base image and your own: base=critical,own=high. Default: the value in gate.yml, else high.',
      read: (text) =>
        ownersFrom(text, (severity) =>
          severity === 'never'
            ? refuse('"never" is not allowed, because a gate that never fails decides nothing')
            : oneOf(severity, RATED_SEVERITIES),
        ),
    },
  }),
  /** `null`: an unfixed finding never blocks. */
  'fail-on-unfixed': severityOrNever(
    'Lowest severity at which a vulnerability blocks the release if it has no fix; "never" turns this rule off',
    {
      help: 'lowest severity that blocks the release if there is no fix (default: never)',
      description:
        'Lowest severity that blocks if there is no fix, or "never". Default: the value in gate.yml, else never.',
    },
  ),
  /** `null`: a finding that Debian defers never blocks. */
  'fail-on-deferred': severityOrNever(
    'Lowest severity at which a vulnerability blocks the release if Debian has deferred its fix (no-dsa, postponed, ignored); "never" turns this rule off',
    null,
  ),
} as const

/** The lowest severity that blocks; `null`: never. */
type Limit = Severity | null

/** One threshold for all layers, or one each for those of the base image and the Dockerfile's own. */
export type ByOwner<T extends Limit = Limit> = T | Readonly<Record<LayerOwner, T>>

/** The threshold in force, and its owner if each has one. */
export interface LimitInForce<T extends Limit = Limit> {
  readonly limit: T
  /** `null`: there is one for all. */
  readonly of: LayerOwner | null
}

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
export function ownersInFile<const Keyword extends string, T extends Limit>(
  keywords: readonly Keyword[],
  about: string,
  read: (keyword: Keyword) => T,
) {
  const oneKeyword = keywordSchema(keywords, `is not one of ${keywords.join(', ')}`)
  const ownerLimitsSchema = z.strictObject({ base: oneKeyword, own: oneKeyword })
  const error = `is neither one of ${keywords.join(', ')} nor one value for each owner, such as {base: critical, own: high}`
  return fileKey(
    z.union([oneKeyword, ownerLimitsSchema], { error }),
    `${about}. One severity, or one each for base and own layers: {base: critical, own: high}`,
    (value): ByOwner<T> =>
      typeof value === 'string' ? read(value) : { base: read(value.base), own: read(value.own) },
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
