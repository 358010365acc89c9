import type { Verdict } from '../model/index.js'
import { renderCycloneDx } from './cyclonedx/cyclonedx.js'
import { renderGitlab } from './gitlab.js'
import { renderHtml } from './html/page.js'
import { renderJson } from './json/json.js'
import { renderJunit } from './junit.js'
import { renderMarkdown } from './markdown/markdown.js'
import { renderOpenVex } from './openvex.js'
import { renderSarif } from './sarif/sarif.js'
import type { Tool } from './view/pages.js'
import { renderVsa, renderVsaStatement } from './vsa.js'

/** A report is text made from a verdict and the tool's name. The caller writes it; `null`: it has nothing to say. */
export type Renderer = (verdict: Verdict, tool: Tool) => string | null

/** Reports that are written as files, by file name. To add one: a file here, and a line below. */
export const REPORTS = {
  'report.json': renderJson,
  'report.html': renderHtml,
  'report.md': (verdict, { pages = null }) =>
    renderMarkdown(verdict, { limit: Number.POSITIVE_INFINITY, pages }),
  'report.sarif': renderSarif,
  'report.openvex.json': renderOpenVex,
  'report.cdx.json': renderCycloneDx,
  'report.vsa.json': renderVsa,
  'report.vsa.intoto.json': renderVsaStatement,
} as const satisfies Readonly<Record<string, Renderer>>

/** Formats that the command writes to its standard output on request. */
export const FORMATS = {
  json: REPORTS['report.json'],
  sarif: REPORTS['report.sarif'],
  markdown: REPORTS['report.md'],
  junit: renderJunit,
  gitlab: renderGitlab,
} as const satisfies Readonly<Record<string, (verdict: Verdict, tool: Tool) => string>>
export type FormatName = keyof typeof FORMATS
