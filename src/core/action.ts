import type { CheckId } from './evidence.js'
import type { Place } from './place.js'
import type { RuledFinding } from './verdict.js'

/** One thing that a person can do so that the image may be released. */
export interface Action {
  readonly kind: 'answer' | 'update' | 'decide'
  /** What to do, as an order: "Update 9 packages". */
  readonly title: string
  /** What it is good for, in one line: "fixes 15 CVEs: 1 critical, 14 high". */
  readonly why: string
  /** A shell command to copy, in one line, built from checked names only; `null` where there is none. */
  readonly command: string | null
  readonly where: Place | null
  /** The checks concerned. */
  readonly checks: readonly CheckId[]
  /** The blocking findings that go away with it, worst first. */
  readonly findings: readonly RuledFinding[]
}
