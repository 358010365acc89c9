import type { BenchResultState, BenchWord, HistoryPlace } from '../../model/finding/bench.js'

/** What a check is about: what the image holds, how it is run, the machine, or its Docker daemon. */
export type BenchAbout = 'image' | 'run-options' | 'host' | 'daemon'

/** What one check of sections 4 and 5 says, whoever was asked: Docker Bench or the built-in engine. */
export interface BenchResult {
  /** Numbered as Docker Bench v1.6.1 and later do (5.1 is swarm mode). */
  readonly id: string
  /** `null` unless `state` is `evaluated`. */
  readonly word: BenchWord | null
  /** Name of the image or container that was judged; `null` where there was none, or several. */
  readonly subject: string | null
  /**
   * What the word is owed to, in the order found: container names, `name:port`, `name:address`, `name:/path`,
   * image names; and from the strict rules paths (4.8), names of secrets (4.10), instructions (4.7, 4.9).
   * Never the value of a secret.
   */
  readonly items: readonly string[]
  /** One sentence of ours: what was seen. Never the value of a secret. */
  readonly why: string
  readonly state: BenchResultState
  /** Id of the strict rule that made this answer differ from Docker Bench's; `null` where it does not differ. */
  readonly improvement: string | null
  /** What Docker Bench's own rule says of the same subject; `null` where it says nothing. */
  readonly compatWord: BenchWord | null
  /** History lines to blame, as far as they are known. */
  readonly places: readonly HistoryPlace[]
}

/** What we say about a check, whatever its result. Our own words. */
export interface BenchCheck {
  readonly title: string
  readonly section: '4' | '5'
  readonly about: BenchAbout
  /** What to do, in the imperative. */
  readonly advice: string
  /** Words that can be the answer, of Docker Bench's rules and of the strict ones. */
  readonly words: readonly BenchWord[]
}
