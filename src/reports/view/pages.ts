import { ownPageOf } from '../../model/finding/kinds.js'
import type { Attestable } from '../../model/in-registry.js'
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

/** Of a result of Docker Bench, which has a page of its own; `null` of anything else to do. */
export function pageOfThing({ findings }: Pick<Action, 'findings'>): string | null {
  const [only] = findings.length === 1 ? findings : []
  return only === undefined ? null : ownPageOf(only)
}
