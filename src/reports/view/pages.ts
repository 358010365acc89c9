import { type Action, type Attestable, type ProblemCode, pageOf } from '../../model/index.js'

/**
 * Our own pages about findings, by their path in our repository. `pages` is the prefix that makes them an address,
 * with a trailing slash; `null` if it is not known: then only the path is shown, which is also that in the installed
 * folder.
 */
export type Pages = string | null

/** The tool that made a report. */
export interface Tool {
  readonly name: string
  readonly version: string
  /** Where its own pages can be read; absent if that is not known. */
  readonly pages?: Pages
  /** What makes the verdict attestable; absent if it is not. */
  readonly attestable?: Attestable | null
  /** The job of a workflow, by which report.sarif distinguishes its results from those of other jobs; absent elsewhere. */
  readonly job?: string | null
}

/** The address of one of our pages; `null` if there is no page, or its address is not known. */
export function addressOfPage(page: string | null, pages: Pages): string | null {
  return page === null || pages === null ? null : `${pages}${page}`
}

const PAGE_NAME = /\b(docs\/[a-z0-9/-]+\.md(?:#[a-z0-9-]+)?)/

/**
 * A text in which our own pages are links, if their addresses are known.
 * @param esc of a format, for the rest
 */
export function withLinks(
  text: string,
  pages: Pages,
  esc: (text: string) => string,
  link: (page: string, address: string) => string,
): string {
  if (pages === null || pages === '') {
    return esc(text)
  }
  // Every other part is what the pattern's group has found.
  const parts = text.split(PAGE_NAME)
  return parts
    .map((part, at) => (at % 2 === 0 ? spaced(part, esc) : link(part, `${pages}${part}`)))
    .join('')
    .trim()
}

/** Some escapes trim what they get, but the parts of a text are words next to each other. */
function spaced(part: string, esc: (text: string) => string): string {
  return `${/^\s/.test(part) ? ' ' : ''}${esc(part.trim())}${/\s$/.test(part) ? ' ' : ''}`
}

export function pageOfProblem(code: ProblemCode): string {
  return `docs/troubleshooting.md#${code}`
}

/** The one page about everything that a task settles, else the task's own; `null` if there is none. */
export function pageOfThing({ findings, page }: Pick<Action, 'findings' | 'page'>): string | null {
  const pages = new Set(findings.map(pageOf))
  const [only = null] = pages
  return pages.size === 1 ? only : (page ?? null)
}
