import * as core from '@actions/core'
import { writeUpdate } from '../gate/write-reports.js'
import type { InRegistry, Verdict } from '../model/index.js'
import { outputsOf } from '../reports/github/outputs.js'
import { renderMarkdown } from '../reports/markdown/markdown.js'
import { isUploadable, sarifCategories } from '../reports/sarif/sarif.js'
import type { Pages } from '../reports/view/pages.js'
import type { UpdateStep } from './update.js'

/** GitHub takes 1 MiB of summary per step; we stay below that (bytes). */
const SUMMARY_LIMIT = 1_000_000

export function setOutputs(
  verdict: Verdict,
  paths: readonly string[],
  inRegistry: readonly InRegistry[],
  job: string | null,
): void {
  for (const [name, value] of Object.entries(outputsOf(verdict, inRegistry))) {
    core.setOutput(name, value)
  }
  const pathOf = (name: string) => paths.find((path) => path.endsWith(name)) ?? ''
  core.setOutput('report', pathOf('report.json'))
  core.setOutput('reports', paths.join('\n'))
  core.setOutput('vsa', pathOf('report.vsa.json'))
  core.setOutput('sarif', isUploadable(verdict) ? pathOf('report.sarif') : '')
  core.setOutput('sarif-category', sarifCategories(verdict, job).join('\n'))
}

export function setUpdateOutputs({ outcome, pull }: UpdateStep, reportDir: string): void {
  core.setOutput('update', outcome?.outcome ?? 'none')
  core.setOutput('pull-request', pull?.url ?? '')
  core.setOutput('patched-image', outcome?.patched?.name ?? '')
  if (outcome !== null) {
    writeUpdate(reportDir, outcome)
  }
}

/** Writes the page of the run's job. @param notes what could not be done */
export async function writeSummary(
  verdict: Verdict,
  update: UpdateStep,
  pages: Pages,
  notes: readonly string[],
): Promise<void> {
  if (!process.env.GITHUB_STEP_SUMMARY) {
    return
  }
  core.summary.addRaw(renderMarkdown(verdict, { limit: SUMMARY_LIMIT, notes, pages }), true)
  // Text from outside is escaped and put on one line each, so it cannot end an indented block.
  if (update.text !== '') {
    core.summary.addRaw(`\n#### Update\n\n${update.text.replace(/^/gm, '    ')}`, true)
  }
  await core.summary.write()
}
