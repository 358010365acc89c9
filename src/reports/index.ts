import type { Verdict } from '../core/verdict.js'
import { renderHtml } from './html/page.js'
import { renderJson, type Tool } from './json.js'
import { renderMarkdown } from './markdown.js'
import { renderSarif } from './sarif.js'

export type ReportName = 'report.json' | 'report.md' | 'report.html' | 'report.sarif'

/** A report is text made of a verdict, and who made it. Whoever calls writes it down. */
export type Renderer = (verdict: Verdict, tool: Tool) => string

/** Reports that are written as files, by file name. A new one: one file here, one line below. */
export const REPORTS = {
  'report.json': renderJson,
  'report.html': renderHtml,
  'report.md': (verdict) => renderMarkdown(verdict, { limit: Number.POSITIVE_INFINITY }),
  'report.sarif': renderSarif,
} as const satisfies Record<ReportName, Renderer>
