import { DEFAULT_LENGTH, escapeTerminal as esc } from '../escape.js'
import { columns, type Paint } from '../layout.js'
import type { Pages } from '../view/pages.js'
import type { Table } from '../view/table.js'

export interface TerminalOptions {
  readonly colour: boolean
  /** Characters in a line. */
  readonly width: number
  /** Rows of tables end there, cut with `…` if need be; else they are as long as they are. */
  readonly cuts?: boolean
  readonly pages?: Pages
  /** Also the findings that do not block, with whitelist entries to paste. */
  readonly verbose?: boolean
}

/** A table in columns, without its title. @param length characters of a cell at most */
export function tableLines(
  table: Table | null,
  { width, cuts = true }: TerminalOptions,
  length = DEFAULT_LENGTH,
): string[] {
  const rows = table?.rows.map((cells) => cells.map(({ text }) => esc(text, length))) ?? []
  return columns(rows, cuts ? width : Number.POSITIVE_INFINITY)
}

/** The same with its heads, and no more rows than `most`. */
export function headedLines(table: Table, paint: Paint, options: TerminalOptions, most: number): string[] {
  const heads = table.heads.map((head) => ({ kind: 'text', text: head }) as const)
  const [head = '', ...lines] = tableLines({ ...table, rows: [heads, ...table.rows.slice(0, most)] }, options)
  const more = table.rows.length - lines.length
  return [paint(head, 'dim'), ...lines, ...(more === 0 ? [] : [`and ${more} more in report.json`])]
}
