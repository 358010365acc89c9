import type { Collected } from '../gate/collected.js'
import { decide } from '../gate/decide.js'
import { loadEvidence } from '../gate/evidence/folder.js'
import { type Judging, readJudging } from '../inputs/policies.js'
import type { ReadInput } from '../inputs/row.js'
import { REPLAYED_INPUTS } from '../inputs/thresholds.js'
import type { Verdict } from '../model/index.js'

export interface Replayed {
  readonly judging: Judging
  readonly collected: readonly Collected[]
}

/**
 * Saved evidence, and what it is judged by: the policies that are here, for the day of the run that saved it. That
 * run's inputs still apply, unless an input overrides them.
 * @throws SeaworthyError `evidence-unreadable`, and like `readJudging`
 */
export function readReplayed(folder: string, inputs: ReadInput): Replayed {
  const { today, inputs: saved, collected } = loadEvidence(folder)
  const savedInput = (name: string) => (REPLAYED_INPUTS.includes(name) ? (saved.get(name) ?? '') : '')
  return { judging: readJudging((name) => inputs(name) || savedInput(name), today), collected }
}

export function verdictOf({ judging, collected }: Replayed): Verdict {
  return decide(collected, judging.policy, judging.today)
}
