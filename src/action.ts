import * as core from '@actions/core'
import { type Problem, problemOf, SeaworthyError } from './core/problem.js'
import { RULINGS, type Verdict } from './core/verdict.js'
import { runGate } from './gate.js'
import type { Given } from './inputs.js'
import { newRunId } from './io/leftovers.js'
import { abortOnSignals } from './io/signals.js'
import { renderAnnotations } from './reports/annotations.js'
import { renderMarkdown } from './reports/markdown.js'
import { renderProblem, renderTerminal } from './reports/terminal.js'
import { renderSummaryLine } from './reports/words.js'
import { readAsked } from './request.js'
import { removeReports, writeReports } from './write-reports.js'

/** GitHub takes 1 MiB of summary a step; we stay below it (bytes). */
const SUMMARY_LIMIT = 1_000_000

async function main(): Promise<void> {
  const given: Given = (name) => core.getInput(name)
  const runId = newRunId()
  core.saveState('run-id', runId)
  const psk = core.getInput('clair-psk')
  if (psk !== '') core.setSecret(psk)
  removeReports(given('report-dir').trim())
  const { request, judging } = readAsked(
    core.getMultilineInput('image'),
    given,
    new Date().toISOString().slice(0, 10),
  )
  const around = {
    runId,
    signal: abortOnSignals(),
    progress: (text: string) => core.info(text),
    warn: (text: string) => core.warning(text),
  }
  const verdict = await runGate(request, judging, around)
  const paths = writeReports(judging.reportDir, verdict)
  print(renderTerminal(verdict, { colour: false, width: 120, verbose: true }))
  setOutputs(verdict, judging.reportDir, paths)
  for (const line of renderAnnotations(verdict)) process.stdout.write(`${line}\n`)
  if (process.env.GITHUB_STEP_SUMMARY) {
    await core.summary.addRaw(renderMarkdown(verdict, { limit: SUMMARY_LIMIT }), true).write()
  }
  if (verdict.verdict !== 'pass') core.setFailed(renderSummaryLine(verdict))
}

/** Text that holds words from outside: commands in it are not obeyed (actions/runner, "stop-commands"). */
function print(text: string): void {
  const token = `seaworthy-${newRunId()}${newRunId()}`
  process.stdout.write(`::stop-commands::${token}\n${text}\n::${token}::\n`)
}

function setOutputs(verdict: Verdict, reportDir: string, paths: readonly string[]): void {
  const findings = verdict.images.flatMap((image) => image.findings)
  core.setOutput('verdict', verdict.verdict)
  for (const ruling of RULINGS) {
    core.setOutput(ruling, findings.filter((finding) => finding.ruling === ruling).length)
  }
  core.setOutput('findings', findings.length)
  core.setOutput('summary', renderSummaryLine(verdict))
  core.setOutput('digest', verdict.images.map(({ digest }) => digest ?? '').join('\n'))
  core.setOutput('report', paths.find((path) => path.endsWith('report.json')) ?? '')
  core.setOutput('report-dir', reportDir)
}

function fail(error: unknown): void {
  const problem: Problem = problemOf(error, 'seaworthy')
  core.setOutput('verdict', 'incomplete')
  print(renderProblem(problem))
  const debug = core.getInput('debug') === 'true' || !(error instanceof SeaworthyError)
  if (debug && error instanceof Error) print(error.stack ?? '')
  core.setFailed(`${problem.what} · ${problem.where} · ${problem.todo}`)
}

await main().catch(fail)
