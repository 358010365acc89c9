import type { CheckId } from '../checks.js'

/**
 * When it keeps an image from release, unless an entry accepts it.
 * - `any-update`: where the kind of the release waits for any update (`releases`).
 * - `stable`: where `require-release` is `stable`; `unless-supported`: there, and where Debian has left the release.
 * - `bases`: unless any base is allowed; `listed-bases`: where the policy names the bases.
 * - `unexamined`: where what was not examined fails the gate.
 * - `unless-of-base`: where it did not come with a proven official base, which is for its makers to answer for.
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
  | 'unexamined'

/** What it is about, which says where a person has to look: what brought a package, FROM, a source of apt, … */
export type About = 'package' | 'release' | 'sources' | 'dpkg' | 'base' | 'application' | 'result'

/** What programs and people are told of a kind, whatever the one finding says. Not escaped. */
export interface Description {
  /** Name of its rule in SARIF. */
  readonly name: string
  /** What is wrong, or of a result how it should be. */
  readonly title: string
  readonly help: string
  /** Where others write about just this; `null`: nobody does, and a front page of theirs is no help. */
  readonly helpUri: string | null
  /** Its subject, where it is about no package. */
  readonly subject: string
  /** What to do, as an order. */
  readonly todo: string
}

/** What stands in the table of kinds (kinds.ts) for each of them. */
export interface FindingRow<Blocks extends string> {
  readonly check: CheckId
  readonly blocks: Blocks
  readonly about: About
}

/** The section of a page that has the id of a finding as its heading. */
export function sectionIn(page: string): (finding: { readonly id: string }) => string {
  return ({ id }) => `${page}#${id}`
}

/** What a finding knows beside what all findings have, as report.json has it: text by name. */
export type FactTexts = Readonly<Record<string, string>>

/** Members of a list that were put together with a comma. */
export function membersOf(text = ''): string[] {
  return text.split(', ').filter((one) => one !== '')
}

/** The word, if it is one of these. */
export function wordAmong<Word extends string>(
  words: readonly Word[],
  text: string | undefined,
): Word | null {
  return words.find((word) => word === text) ?? null
}
