import type { CheckResult, ImageVerdict } from '../../model/index.js'
import { comparisonLine } from './bench.js'
import { type Column, type TableView, tableOf, textCell } from './table.js'

/** "2.1 s". */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

const COLUMNS: readonly Column<CheckResult>[] = [
  { head: 'check', cell: ({ check }) => textCell(check) },
  { head: '', cell: ({ state }) => textCell(state) },
  { head: 'took', cell: ({ tookMs }) => textCell(seconds(tookMs)) },
  { head: '', cell: (result) => textCell(result.problem?.what ?? answerTexts(result).join('; ')) },
]

/** What a check found, a statement each: they contain commas, so reports put semicolons or lines between them. */
export function answerTexts({ bench, notes }: Pick<CheckResult, 'bench' | 'notes'>): string[] {
  return [...(bench === null ? [] : [comparisonLine(bench)]), ...notes]
}

export function checkTable({ checks }: ImageVerdict): TableView | null {
  return tableOf('Checks', COLUMNS, checks)
}
