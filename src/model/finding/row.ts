import type * as z from 'zod'
import type { CheckId } from '../checks.js'
import type { TypeOf } from '../schemas.js'

/**
 * When a finding keeps an image from release, unless an entry accepts it.
 * - `any-update`: if this kind of release waits for any update (`releases`).
 * - `stable`: if `require-release` is `stable`.
 * - `unless-supported`: as `stable`, and also if Debian no longer supports the release.
 * - `bases`: unless any base is allowed.
 * - `listed-bases`: if the policy lists the bases.
 * - `unexamined`: if unexamined content fails the gate.
 * - `unread`: as `unexamined`, and also if content that could not be read fails it (`unread`).
 * - `unless-of-base`: unless the package came with a proven official base, whose makers are responsible for it.
 * - `ended`: if the end is past, and the policy blocks for that (`end-of-life`).
 * - `if-newer`: as `unless-of-base`, and only if the image's release has a newer version.
 */
export type BlocksByPolicy =
  | 'always'
  | 'never'
  | 'any-update'
  | 'stable'
  | 'unless-supported'
  | 'bases'
  | 'listed-bases'
  | 'unless-of-base'
  | 'if-newer'
  | 'unexamined'
  | 'unread'
  | 'ended'

/** What a finding is about, which decides where a person has to look: what added a package, FROM, a source of apt, … */
export type About = 'package' | 'release' | 'sources' | 'dpkg' | 'base' | 'application' | 'result'

/** What programs and people learn about a kind, whatever the individual finding says. Not escaped. */
export interface Description {
  /** Name of its rule in SARIF. */
  readonly name: string
  /** What is wrong, or for a result how it should be. */
  readonly title: string
  readonly help: string
  /** Where others describe exactly this; `null`: nowhere, since a general front page is no help. */
  readonly helpUri: string | null
  /** The subject in words, if the finding is not about a package. */
  readonly subject: string
  /** What to do, in the imperative. */
  readonly todo: string
}

/** A kind's row in the table of kinds (kinds.ts). */
export interface FindingRow<Blocks extends string> {
  readonly check: CheckId
  readonly blocks: Blocks
  readonly about: About
}

/** A kind of finding about the image as a whole, with one sentence and its own details. */
export interface ObstacleRow<Details extends z.ZodObject>
  extends Omit<FindingRow<BlocksByPolicy>, 'check'>,
    Pick<Description, 'name' | 'help' | 'helpUri'> {
  /** Seaworthy's page about the kind, as a path in its repository with a section. */
  readonly page: (finding: { readonly id: string }) => string
  /** The schema of the finding's details, which are also in report.json. */
  readonly details: Details
  readonly todo: string | ((details: TypeOf<Details>) => string)
}

/** The section of a page that has the id of a finding as its heading. */
export function sectionIn(page: string): (finding: { readonly id: string }) => string {
  return ({ id }) => `${page}#${id}`
}

/** A text from outside as a member of a list that people write with commas, in entries of a whitelist. */
export function asMember(text: string): string {
  return text.replaceAll(', ', ',%20')
}

export function describing<Details extends z.ZodObject>(row: ObstacleRow<Details>) {
  const { name, help, helpUri, todo } = row
  const describe = (finding: { id: string; why: string; details: TypeOf<Details> }): Description => ({
    name,
    title: finding.why,
    help,
    helpUri,
    subject: `${finding.why}: ${finding.id}`,
    todo: typeof todo === 'function' ? todo(finding.details) : todo,
  })
  return { ...row, describe }
}

export function kindsOf<Check extends CheckId, Rows extends Readonly<Record<string, object>>>(
  check: Check,
  rows: Rows,
): { readonly [Id in keyof Rows]: Rows[Id] & { readonly check: Check } } {
  // The compiler cannot see that these entries are those of `rows`.
  return Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, { ...row, check }])) as never
}
