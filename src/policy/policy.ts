import type { CheckId } from '../model/evidence.js'
import type { Justification } from '../model/justification.js'
import type { Place } from '../model/place.js'
import type { ReleaseKind } from '../model/release-tag.js'
import type { Severity } from '../model/severity.js'
import type { Baseline } from './baseline/read.js'
import type { Dictionary } from './dictionary/read.js'
import type { VexDocument } from './vex/document.js'

/** How old the data of a run may be where nobody says otherwise, in hours: Debian's tracker changes several times a day. */
export const DEFAULT_MAX_DATA_AGE = 48

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

export const UPDATES_WORDS = ['any-update', 'security'] as const
export type UpdatesWord = (typeof UPDATES_WORDS)[number]

/** Thresholds and which checks run: policies/gate.yml and the inputs of the same names. */
export interface GatePolicy {
  readonly checks: readonly CheckId[]
  readonly failOn: Severity
  /** `null`: an unfixed finding never blocks. */
  readonly failOnUnfixed: Severity | null
  /** A vulnerability with a fix that nobody has rated: it acts, it is noted, or it counts as rated so. */
  readonly unknownSeverity: 'act' | 'noted' | Severity
  /** From this probability by EPSS on, 0 to 1, one with a fix acts however it is rated; `null`: EPSS decides nothing. */
  readonly epssAtLeast: number | null
  readonly strictWhitelist: boolean
  /** Which releases may be built on: the current stable one, or any that Debian still supports (LTS too). */
  readonly requireRelease: 'stable' | 'supported'
  /** Which updates of Debian a release waits for, by its kind: its security updates, or any that apt would bring. */
  readonly releases: Readonly<Record<ReleaseKind, UpdatesWord>>
  /** What is to be released; `null` where no version is named: security updates count then. */
  readonly release: ReleaseKind | null
  /** Hours; data that is older makes no answer (judge/data-age.ts). */
  readonly maxDataAge: number
  /** Days that a whitelist entry may hold at most. */
  readonly maxSpan: number
  /** Patterns of names of bases; `null`: none was given, and a base never blocks. */
  readonly allowedBases: readonly string[] | null
  /** What was to act on in the baseline already does not block. */
  readonly failOnNewOnly: boolean
  /** Files of OpenVEX documents. */
  readonly vex: readonly string[]
  /** Who makes the statements of our own OpenVEX document; `null`: the tool. */
  readonly vexAuthor: string | null
  /** The file that was read; `null`: there was none at the default path. */
  readonly file: string | null
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

/** What holds where neither policies/gate.yml nor an input says otherwise. */
export const DEFAULT_GATE: GatePolicy = {
  checks: ['security-updates', 'clair', 'docker-bench'],
  failOn: 'high',
  failOnUnfixed: null,
  unknownSeverity: 'act',
  epssAtLeast: null,
  strictWhitelist: false,
  requireRelease: 'stable',
  releases: { major: 'any-update', minor: 'security', patch: 'security' },
  release: null,
  maxDataAge: DEFAULT_MAX_DATA_AGE,
  maxSpan: 365,
  allowedBases: null,
  failOnNewOnly: false,
  vex: [],
  vexAuthor: null,
  file: null,
}
