import type { Json } from './json.js'
import { type RuleResult, says } from './rule-result.js'

/** The container that is judged, and what of the engine bears on it. */
export interface RunSubject {
  /** How it is called in items. */
  readonly name: string
  readonly inspect: Json
  readonly top: Json | null
  readonly info: Json | null
  readonly networks: readonly Json[] | null
  /** True while it runs, or is paused. */
  readonly running: boolean
}

/** WARN for the container where something holds, PASS where it does not. */
export function unless(holds: boolean, { name }: RunSubject, why: string): RuleResult {
  return holds ? says('WARN', [name], why) : says('PASS', [], 'The run options are as they should be.')
}
