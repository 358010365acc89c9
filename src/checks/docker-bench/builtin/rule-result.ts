import type { BenchResultState, BenchWord, HistoryPlace } from '../../../model/finding/bench.js'
import type { Improvement } from './improvements.js'

/** The result of a strict rule. */
export interface RuleResult {
  readonly state: BenchResultState
  readonly word: BenchWord | null
  readonly items: readonly string[]
  readonly why: string
  readonly improvement: Improvement | null
  readonly places: readonly HistoryPlace[]
}

export function says(
  word: BenchWord,
  items: readonly string[],
  why: string,
  improvement: Improvement | null = null,
  places: readonly HistoryPlace[] = [],
): RuleResult {
  return { state: 'evaluated', word, items, why, improvement, places }
}

export function notEvaluated(why: string, improvement: Improvement): RuleResult {
  return { state: 'not-evaluated', word: null, items: [], why, improvement, places: [] }
}

export function doesNotApply(why: string, improvement: Improvement | null): RuleResult {
  return { state: 'not-applicable', word: null, items: [], why, improvement, places: [] }
}
