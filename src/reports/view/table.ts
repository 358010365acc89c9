import type { Line } from '../../model/place.js'
import type { Severity } from '../../model/severity.js'

/**
 * A table as all reports have it. Nothing in it is escaped: whoever paints a cell does that, and may make more of it
 * than its words, by its kind.
 */
export interface TableView {
  readonly title: string
  /** What is said before the rows; `null`: nothing is ever said of such a table. */
  readonly intro: string | null
  readonly heads: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** What its title counts; not given: its rows. */
  readonly count?: number
}

export type Cell =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  /** `page`: our own about it; `null` where it is a vulnerability. */
  | { readonly kind: 'finding'; readonly text: string; readonly page: string | null }
  | { readonly kind: 'severity'; readonly text: string; readonly severity: Severity }
  /** `text` only where the line is one of the image's Dockerfile. */
  | { readonly kind: 'line'; readonly text: string; readonly line: Line | null }
  /** What is to be known beside it, each as our words and those from outside. */
  | { readonly kind: 'reason'; readonly text: string; readonly notes: readonly (readonly [string, string])[] }

export interface Column<Subject> {
  readonly head: string
  readonly cell: (subject: Subject) => Cell
  /** Characters that the comment keeps of it; not given: as many as of any word from outside. */
  readonly most?: number
}

export function textCell(text: string): Cell {
  return { kind: 'text', text }
}

/** The table of what there is; `null` where that is nothing. */
export function tableOf<Subject>(
  title: string,
  columns: readonly Column<Subject>[],
  subjects: readonly Subject[],
  intro: string | null = null,
): TableView | null {
  if (subjects.length === 0) {
    return null
  }
  const rows = subjects.map((one) => columns.map(({ cell }) => cell(one)))
  return { title, intro, heads: columns.map(({ head }) => head), rows }
}
