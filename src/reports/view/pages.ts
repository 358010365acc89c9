import type { Action } from '../../model/task.js'
import type { RuledFinding } from '../../model/verdict.js'
import { isBenchResult, namedPage } from './finding.js'

/**
 * Our own pages about findings, by their path in our repository. `pages` is what goes before it to make an address,
 * with a slash at its end; `null` where none is known: then the path alone is told, which is that in the installed
 * folder.
 */
export type Pages = string | null

/** Who made a report. */
export interface Tool {
  readonly name: string
  readonly version: string
  /** Where its own pages are to be read; not given where that is not known. */
  readonly pages?: Pages
}

/** `docs/findings/bench-4-1.md`. What evidence names is taken for a path only where it is one. */
export function pageOf(finding: Pick<RuledFinding, 'check' | 'facts'>): string {
  const page = namedPage(finding)
  return /^docs\/findings\/[a-z0-9-]{1,60}\.md$/.test(page) ? page : `docs/findings/${finding.check}.md`
}

/** Of a result of Docker Bench, which has a page of its own; `null` of anything else to do. */
export function pageOfThing({ findings }: Pick<Action, 'findings'>): string | null {
  const [only] = findings.length === 1 ? findings : []
  return only !== undefined && isBenchResult(only) ? pageOf(only) : null
}
