import type { CheckId } from '../model/evidence.js'
import type { Justification } from '../model/justification.js'
import type { Place } from '../model/place.js'
import type { Severity } from '../model/severity.js'
import type { Baseline } from './baseline/read.js'
import type { Dictionary } from './dictionary/read.js'
import type { GatePolicy } from './gate/thresholds.js'
import type { VexDocument } from './vex/document.js'

/** An entry of policies/whitelist.yml. Dates are YYYY-MM-DD, UTC; that day still counts. */
export interface WhitelistEntry {
  readonly id: string
  /**
   * A source package, or a pattern of them (`linux-*`, `*` only); `null` where the entry says `package: "*"` with
   * `any-package: true`.
   */
  readonly package: string | null
  /** Which check's findings it is about: `clair` if not given. */
  readonly check: CheckId
  readonly releases: readonly string[] | null
  readonly images: readonly string[] | null
  readonly reason: string
  readonly owner: string
  /** Day on which it was written; its span is counted from there. `null`: not said. */
  readonly added: string | null
  readonly expires: string
  readonly maxSeverity: Severity
  /** `despite: kev`: accepted although the CVE is in CISA's KEV. */
  readonly despiteKev: boolean
  /** Why it is no vulnerability here, in VEX's words; `null`: a risk is accepted. */
  readonly justification: Justification | null
  readonly place: Place
}

export interface Whitelist {
  /** `null`: there was no file at the default path. */
  readonly file: string | null
  /** Those of the file and then of the files that it includes; each knows its own file. */
  readonly entries: readonly WhitelistEntry[]
}

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
