import type { DictionaryPlace, Reason } from './because/reasons.js'
import type { BenchRun, Counts, EngineResult, Outcome } from './finding/bench.js'

/** One id: both results, and the outcome of comparing the one that counts with the dictionary. */
export interface BenchRow {
  readonly id: string
  /** How it should be, in Seaworthy's words; `null` if there is no result. */
  readonly title: string | null
  /** The expected results, such as "PASS or INFO"; empty if there are none. */
  readonly expected: string
  /** The rule for the result's items, such as "at most 2 items"; `null` if there is none. */
  readonly allowed: string | null
  /** `null` where Docker Bench has no result of its own; `whyNoDbs` says why where it was asked and the id is judged. */
  readonly dbs: EngineResult | null
  readonly whyNoDbs: string | null
  readonly builtin: EngineResult | null
  readonly counts: Counts | null
  readonly outcome: Outcome
  readonly because: readonly Reason[]
  /** The dictionary's line; `null` if it has none for this id. */
  readonly place: DictionaryPlace | null
}

/**
 * What every report shows about the check docker-bench: who judged, and all ids, including those as expected. These are no
 * findings: they would be counted, filtered and exported as such.
 */
export interface BenchTable {
  readonly run: BenchRun
  /** Sorted by id. */
  readonly rows: readonly BenchRow[]
}
