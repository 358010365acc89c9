import type { Baseline } from './baseline/read.js'
import type { Dictionary } from './dictionary/dictionary.js'
import type { GatePolicy } from './gate/thresholds.js'
import type { VexDocument } from './vex/read.js'
import type { Whitelist } from './whitelist/schema.js'

export interface Policy {
  readonly gate: GatePolicy
  readonly whitelist: Whitelist
  /** What is expected of Docker Bench. */
  readonly dictionary: Dictionary
  /** Documents whose statements count (`vex`). */
  readonly vex: readonly VexDocument[]
  /** An earlier report to compare with; `null` where none was named. */
  readonly baseline: Baseline | null
}
