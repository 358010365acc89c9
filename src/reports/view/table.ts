import type { Line, Severity } from '../../model/index.js'

/**
 * A table for all reports. Nothing in it is escaped: the renderer of a cell does that, and may format it by its kind.
 */
export interface TableView {
  readonly title: string
  /** Text before the rows; `null`: such a table never has any. */
  readonly intro: string | null
  readonly heads: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** The count in its title; default: its rows. */
  readonly count?: number
}

export type Cell =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  /** `page`: our own about it; `null` for a vulnerability. `address`: its page at Debian's tracker, or at OSV. */
  | {
      readonly kind: 'finding'
      readonly text: string
      readonly page: string | null
      readonly address: string | null
    }
  | { readonly kind: 'severity'; readonly text: string; readonly severity: Severity }
  /** `text` only if the line is one of the image's Dockerfile. */
  | { readonly kind: 'line'; readonly text: string; readonly line: Line | null }
  /** Additional information, each as our text and text from outside. */
  | { readonly kind: 'reason'; readonly text: string; readonly notes: readonly (readonly [string, string])[] }

export interface Column<Subject> {
  readonly head: string
  readonly cell: (subject: Subject) => Cell
  /** Characters that the comment keeps of it; default: as many as of any text from outside. */
  readonly maxWidth?: number
}

export function textCell(text: string): Cell {
  return { kind: 'text', text }
}

/** The table, or `null` if it would be empty. */
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
