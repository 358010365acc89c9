import type { Json } from './json.js'
import { type RuleResult, says } from './rule-result.js'

/** The container to judge, and what matters about the engine. */
export interface RunSubject {
  /** Its name in items. */
  readonly name: string
  readonly inspect: Json
  readonly top: Json | null
  readonly info: Json | null
  readonly networks: readonly Json[] | null
  /** The cgroup namespace that its options ask for; `null` if they name none. */
  readonly cgroupns: string | null
  /** True while it is running or paused. */
  readonly running: boolean
}

/** WARN for the container if something is true of it, else PASS. */
export function unless(holds: boolean, { name }: RunSubject, why: string): RuleResult {
  return holds ? says('WARN', [name], why) : says('PASS', [], 'The run options satisfy this rule.')
}
