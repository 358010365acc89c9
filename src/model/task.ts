import * as z from 'zod'
import type { CheckId } from './checks.js'
import type { Line } from './place.js'
import { type TypeOf, text, textOrNull, texts } from './schemas.js'
import type { RuledFinding } from './verdict.js'

export const PackageUpdateSchema = z.strictObject({
  name: text.describe(
    "Package name in apt's notation, with the architecture if that is foreign (libc6:i386)",
  ),
  version: textOrNull,
  /** Version that the archive offers; `null` if no index was read. */
  fixedVersion: textOrNull,
  /** Blocking CVEs that it resolves, and those that Debian's update fixes. */
  cves: texts.nullable(),
})
/** What an update does to one binary package. `null` means not known. */
export type PackageUpdate = TypeOf<typeof PackageUpdateSchema>

/** A service of a compose file, or the options of `docker run`. */
export const OPTIONS_FORMS = ['compose', 'docker-run'] as const
export type OptionsForm = (typeof OPTIONS_FORMS)[number]

/** What an action without a command, lines, place or packages has instead. */
export const NOTHING_TO_COPY = { command: null, dockerfile: null, where: null, packages: [] } as const

/** One thing that a person can do so that the image may be released. */
export interface Action {
  readonly kind: 'answer' | 'rebuild' | 'update' | 'decide'
  /** What to do, in the imperative: "Update 9 packages". */
  readonly title: string
  /** Its benefit, in one line: "fixes 15 CVEs: 1 critical, 14 high". */
  readonly why: string
  /** A shell command to copy, in one line, built from checked names only; `null` if there is none. */
  readonly command: string | null
  /** Lines for a Dockerfile: they run the command, or without one are an example; `null` if there are none. */
  readonly dockerfile: string | null
  /** Lines for where the run options are set, of results of Docker Bench that these settle; absent for others. */
  readonly options?: { readonly form: OptionsForm; readonly lines: string }
  readonly where: Line | null
  readonly checks: readonly CheckId[]
  /** Packages that an update contains, each once, sorted by name, with the data of all checks combined. */
  readonly packages: readonly PackageUpdate[]
  /** The blocking findings that it resolves, worst first. */
  readonly findings: readonly RuledFinding[]
  /** Seaworthy's page about the action, if the findings have no page in common. */
  readonly page?: string
}
