import type {
  BenchResultState,
  BenchStatus,
  HealthRequest,
  HistoryPlace,
  Json,
} from '../../../model/index.js'
import type { Improvement } from './improvements.js'
import type { BenchId } from './table.js'

export interface RuleResult {
  readonly state: BenchResultState
  /** `null` unless `state` is `evaluated`. */
  readonly word: BenchStatus | null
  /**
   * The items that caused the result, in the order found: container names, `name:port`, `name:address`, `name:/path`,
   * image names, paths (4.8), names of secrets (4.10), instructions (4.7, 4.9). Never the value of a secret.
   */
  readonly items: readonly string[]
  /** One sentence about what was found, in Seaworthy's words. Never contains the value of a secret. */
  readonly why: string
  /** How the rule that gave this result looks more closely than Docker Bench; `null` if it does not. */
  readonly improvement: Improvement | null
  /** History lines that cause it, as far as they are known. */
  readonly places: readonly HistoryPlace[]
  /** 4.1: the uid of an unprivileged user that the image already has. */
  readonly uid?: number
  /** 4.1: the run options set the user that is root; the image's own user is not. */
  readonly userOfOptions?: true
  /** 4.6: the request that a health check could make. */
  readonly health?: HealthRequest
  /** 5.9, 5.14: options that would bind the ports to a local address instead of all addresses. */
  readonly bindings?: readonly string[]
  /** What to do, if that depends on what was found. */
  readonly advice?: string
}

/** The result of one check of sections 4 and 5. */
export interface BenchResult extends RuleResult {
  readonly id: BenchId
  /** Name of the image or container that was judged; `null` if there was none. */
  readonly subject: string | null
}

export function resultOf(
  status: BenchStatus,
  items: readonly string[],
  why: string,
  improvement: Improvement | null = null,
  places: readonly HistoryPlace[] = [],
): RuleResult {
  return { state: 'evaluated', word: status, items, why, improvement, places }
}

export function passed(why: string, improvement: Improvement | null = null): RuleResult {
  return resultOf('PASS', [], why, improvement)
}

export function notEvaluated(why: string, improvement: Improvement): RuleResult {
  return { state: 'not-evaluated', word: null, items: [], why, improvement, places: [] }
}

export function doesNotApply(why: string, improvement: Improvement | null): RuleResult {
  return { state: 'not-applicable', word: null, items: [], why, improvement, places: [] }
}

/** The container to judge, and what the rules need to know about the engine. */
export interface RunSubject {
  /** The container's name in items. */
  readonly name: string
  /** GET /containers/{id}/json. */
  readonly inspect: Json
  /** GET /containers/{id}/top?ps_args=-el; `null` if there is none (not running). */
  readonly top: Json | null
  readonly info: Json | null
  /** The cgroup namespace that its options ask for; `null` if they name none. */
  readonly cgroupns: string | null
  /** True while it is running or paused. */
  readonly running: boolean
}

export interface RequestedRun extends Pick<RunSubject, 'name' | 'top' | 'cgroupns'> {
  /** `null` if it could not be inspected. */
  readonly inspect: Json | null
}

/** WARN for the container if the condition holds, else PASS. */
export function warnIf(holds: boolean, { name }: RunSubject, why: string): RuleResult {
  return holds ? resultOf('WARN', [name], why) : passed('The run options satisfy this rule.')
}
