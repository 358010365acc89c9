import { pageOf } from '../../model/finding/kinds.js'
import type { Attestable } from '../../model/in-registry.js'
import type { ProblemCode } from '../../model/problem-codes.js'
import type { Action } from '../../model/task.js'

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
  /** What makes the verdict one that may be attested; not given where it is none. */
  readonly attestable?: Attestable | null
}

/** The address of one of our pages; `null` where there is no page, or nobody knows where it can be read. */
export function addressOfPage(page: string | null, pages: Pages): string | null {
  return page === null || pages === null ? null : `${pages}${page}`
}

/** The page of what a problem's code means. */
export function pageOfProblem(code: ProblemCode): string {
  return `docs/troubleshooting.md#${code}`
}

/** The one page about all that a task settles; `null` where there is none, or there are several. */
export function pageOfThing({ findings }: Pick<Action, 'findings'>): string | null {
  const pages = new Set(findings.map(pageOf))
  const [only = null] = pages
  return pages.size === 1 ? only : null
}
