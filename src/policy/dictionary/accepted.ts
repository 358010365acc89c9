import type { AcceptedResult, ComparedResult } from '../../model/finding/bench.js'
import { BUILTIN_FILE } from './builtins.js'
import { type Comparison, type ComparisonContext, compareResults } from './compare.js'
import { DEFAULT_DICTIONARY } from './default.js'
import type { Dictionary } from './dictionary.js'
import { notApplicableTo } from './match.js'

/** Outcomes that pass, including a check that nobody needs to examine. */
const ACCEPTING: ReadonlySet<string> = new Set(['match', 'not-applicable'])

/** Results that the built-in dictionary would not accept, and the entry that did: every report names it. */
export function acceptedOf(
  { id, outcome, entry, result }: Comparison,
  dictionary: Dictionary,
  context: ComparisonContext,
): AcceptedResult | null {
  const line = notApplicableTo(dictionary, id, context.today) ?? entry
  if (!ACCEPTING.has(outcome) || result === null || line === null || line.place.file === BUILTIN_FILE) {
    return null
  }
  const { owner, expires, reason, place } = line
  if (owner === null || expires === null || !isWorse(result, dictionary, context)) {
    return null
  }
  return { place, owner, expires, reason: reason ?? '' }
}

/**
 * True if the built-in dictionary, which the file extends or which would hold without it, expects a better result.
 */
export function isWorse(
  result: ComparedResult,
  { extended }: Dictionary,
  context: ComparisonContext,
): boolean {
  const builtin = extended ?? DEFAULT_DICTIONARY
  const told = compareResults([result], builtin, context).find(({ id }) => id === result.id)
  return told?.blocks === true && told.outcome !== 'better'
}
