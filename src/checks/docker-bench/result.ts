import type { BenchResultState, BenchWord, HistoryPlace } from '../../model/finding/bench.js'
import type { Improvement } from './builtin/improvements.js'

/** What a check is about: the image's content, how it is run, the machine, or its Docker daemon. */
export type BenchAbout = 'image' | 'run-options' | 'host' | 'daemon'

/** The result of one check of sections 4 and 5, from Docker Bench or from the built-in rules. */
export interface BenchResult {
  /** Numbered as in Docker Bench v1.6.1 and later (5.1 is swarm mode). */
  readonly id: string
  /** `null` unless `state` is `evaluated`. */
  readonly word: BenchWord | null
  /** Name of the image or container that was judged; `null` if there was none, or several. */
  readonly subject: string | null
  /**
   * The items that caused the result, in the order found: container names, `name:port`, `name:address`,
   * `name:/path`, image names; and from the strict rules paths (4.8), names of secrets (4.10), instructions
   * (4.7, 4.9). Never the value of a secret.
   */
  readonly items: readonly string[]
  /** One sentence of ours on what was seen. Never the value of a secret. */
  readonly why: string
  readonly state: BenchResultState
  /** How the rule that gave this result looks more closely than Docker Bench; `null` if it does not. */
  readonly improvement: Improvement | null
  /** History lines that cause it, as far as they are known. */
  readonly places: readonly HistoryPlace[]
}

/** What we say about a check, whatever its result, in our own words. */
export interface BenchCheck {
  readonly title: string
  readonly section: '4' | '5'
  readonly about: BenchAbout
  /** What to do, in the imperative. */
  readonly advice: string
  /** Results that the check can have, in Docker Bench and in the strict rules. */
  readonly words: readonly BenchWord[]
}
