import type { CheckId } from './checks.js'
import type { Line } from './place.js'
import type { RuledFinding } from './verdict.js'

/** What an update does to one binary package. `null` is "not known". */
export interface PackageUpdate {
  /** As apt takes it: `libc6`, or `libc6:i386` where the architecture is foreign. */
  readonly name: string
  readonly version: string | null
  /** Version that the archive offers; `null` where no index was read. */
  readonly fixedVersion: string | null
  /** CVEs that block and go away with it, and those that Debian's update fixes. */
  readonly cves: readonly string[] | null
}

/** One thing that a person can do so that the image may be released. */
export interface Action {
  readonly kind: 'answer' | 'rebuild' | 'update' | 'decide'
  /** What to do, as an order: "Update 9 packages". */
  readonly title: string
  /** What it is good for, in one line: "fixes 15 CVEs: 1 critical, 14 high". */
  readonly why: string
  /** A shell command to copy, in one line, built from checked names only; `null` where there is none. */
  readonly command: string | null
  /** Lines for a Dockerfile: they run the command, or without one are an example; `null` where there are none. */
  readonly dockerfile: string | null
  readonly where: Line | null
  /** The checks concerned. */
  readonly checks: readonly CheckId[]
  /** Packages that an update brings, each once, sorted by name: what all checks say of it, joined. */
  readonly packages: readonly PackageUpdate[]
  /** The blocking findings that go away with it, worst first. */
  readonly findings: readonly RuledFinding[]
}
