import * as core from '@actions/core'
import { clearEvidence } from '../gate/evidence/folder.js'
import { PROVEN_FILES, runGate } from '../gate/gate.js'
import { publishImages, pushedLines } from '../gate/push.js'
import { attestableOf, removeReports, writeReports } from '../gate/write-reports.js'
import { readBasePolicies } from '../inputs/base-policies.js'
import { jobText } from '../inputs/publish.js'
import { readScan } from '../inputs/request.js'
import type { ReadInput } from '../inputs/row.js'
import { readUpdatePlan } from '../inputs/update.js'
import { sourceOf } from '../io/archive/image/image-name.js'
import { newRunId } from '../io/engine/leftovers.js'
import { documentsAddress } from '../io/files/documents.js'
import { restoreKept, usesRunnerCache } from '../io/github/kept-files.js'
import { abortOnSignals } from '../io/process/signals.js'
import { timed } from '../io/process/terminal.js'
import {
  choiceText,
  exitCode,
  type Problem,
  problemOf,
  readReleaseTag,
  SeaworthyError,
} from '../model/index.js'
import { analysisOf } from '../publish/job-id.js'
import { publish, publishProblem } from '../publish/publish.js'
import { COMMENT_MODES } from '../publish/request.js'
import { escapeTerminal } from '../reports/escape.js'
import {
  renderAnnotations,
  renderProblemAnnotations,
  unshownAnnotations,
} from '../reports/github/annotations.js'
import { renderProblemReport } from '../reports/github/summaries.js'
import {
  problemLine,
  renderDetails,
  renderProblem,
  renderSummaryLine,
  renderTerminal,
} from '../reports/terminal/terminal.js'
import { modeLine } from '../reports/view/headline.js'
import { auditEndOf } from '../reports/view/notices.js'
import { setOutputs, setUpdateOutputs, writeSummary } from './outputs.js'
import { updateStep, warnUntested } from './update.js'

async function main(): Promise<void> {
  const inputs = actionInputs()
  const runId = newRunId()
  core.saveState('run-id', runId)
  for (const name of ['clair-psk', 'github-token']) {
    const secret = core.getInput(name)
    if (secret !== '') {
      core.setSecret(secret)
    }
  }
  // From here on it is known that only our files are in what the next step uploads, however early the run
  // ends.
  const reportDir = inputs('report-dir').trim()
  removeReports(reportDir, { uploaded: true })
  const evidenceDir = inputs('save-evidence').trim()
  if (evidenceDir !== '') {
    clearEvidence(evidenceDir, true)
  }
  core.setOutput('report-dir', reportDir)
  const now = new Date().toISOString().slice(0, 10)
  const policies = await readBasePolicies(inputs)
  const images = core.getMultilineInput('image')
  const { request, judging } = readScan(images, inputs, now, policies, process.env)
  const plan = readUpdatePlan(request.images, inputs, policies?.base)
  const progress = (text: string) => core.info(text)
  const runContext = {
    runId,
    signal: abortOnSignals(),
    progress: judging.debug ? timed(progress) : progress,
    warn: (text: string) => core.warning(text),
  }
  await warnUntested(plan, runContext)
  // A run that builds an update may publish an image or a branch, so it restores nothing from a cache.
  const isCacheUsed = plan === null && usesRunnerCache(process.env)
  const kept = { cacheDir: request.cacheDir, proven: PROVEN_FILES, env: process.env }
  const inform = (text: string) => core.info(escapeTerminal(text, 1000))
  const cacheTransfer = restoreKept(kept, isCacheUsed, inform)
  core.startGroup('Progress')
  const verdict = await runGate(request, judging, runContext)
    .finally(cacheTransfer.end)
    .finally(() => core.endGroup())
  const pages = documentsAddress(process.env)
  const pushed = { ...request.push, isOffline: request.feeds.offline }
  const registry = await publishImages(verdict, pushed, runContext)
  const attestable = attestableOf(judging, registry.inRegistry[0] ?? null)
  const job = analysisOf(request.publish)
  const paths = writeReports(judging.reportDir, verdict, pages, attestable, job)
  const log = { colour: false, width: Number.POSITIVE_INFINITY, pages }
  print(renderTerminal(verdict, { ...log, rest: 'the group "Details" below' }))
  core.startGroup('Details: all findings, checks and data')
  print(renderDetails(verdict, log))
  core.endGroup()
  for (const line of pushedLines(request.push, registry)) {
    core.info(escapeTerminal(line, 1000))
  }
  setOutputs(verdict, paths, registry.inRegistry, job)
  const platform = choiceText(judging.policy.gate.platform)
  const published = await publish(verdict, { ...request.publish, ...runContext, platform })
  const unshown = published.checkRun ? null : unshownAnnotations(verdict)
  if (!published.checkRun) {
    for (const line of renderAnnotations(verdict)) {
      process.stdout.write(`${line}\n`)
    }
  }
  const update = await updateStep(plan, verdict, request, judging, runContext)
  if (update.text !== '') {
    print(update.text)
  }
  for (const note of update.notes) {
    core.warning(note)
  }
  setUpdateOutputs(update, judging.reportDir)
  await writeSummary(verdict, update, pages, [
    ...(registry.problem === null ? [] : [escapeTerminal(problemLine(registry.problem), 1000)]),
    ...published.notes,
    ...update.notes,
    ...(unshown === null ? [] : [`Not shown as annotations: ${unshown}.`]),
  ])
  if (exitCode(verdict) !== 0) {
    core.setFailed(renderSummaryLine(verdict))
  } else if (verdict.verdict !== 'pass') {
    const ending = auditEndOf(verdict)
    core.warning(`${renderSummaryLine(verdict)}. ${modeLine(verdict, ending && escapeTerminal(ending, 200))}`)
  }
  if (registry.problem !== null) {
    print(renderProblem(registry.problem, pages))
    core.setFailed(escapeTerminal(problemLine(registry.problem), 1000))
  }
  await cacheTransfer.save()
}

/** The inputs. Debug logging of the run (the runner sets RUNNER_DEBUG) switches `debug` on. */
function actionInputs(): ReadInput {
  return (name) => {
    const isDebug = name === 'debug' && core.isDebug()
    return isDebug ? 'true' : core.getInput(name) || (name === 'release' ? releaseTagOf() : '')
  }
}

/** The tag of the run, if it is a version. Anyone who may push a tag chooses its name. */
function releaseTagOf(): string {
  const { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: name = '' } = process.env
  return type === 'tag' && readReleaseTag(name) !== null ? name : ''
}

/** Prints text from outside without obeying workflow commands in it (actions/runner, "stop-commands"). */
function print(text: string): void {
  const token = `seaworthy-${newRunId()}${newRunId()}`
  process.stdout.write(`::stop-commands::${token}\n${text}\n::${token}::\n`)
}

/**
 * Reports that there is no verdict to whoever looks at the pull request, the run or the file: as a check run
 * in place of the verdict's, else as annotations by workflow commands, and in the summary.
 */
async function fail(error: unknown): Promise<void> {
  const problem: Problem = problemOf(error, 'seaworthy')
  const inputs = actionInputs()
  const pages = documentsAddress(process.env)
  core.setOutput('verdict', 'incomplete')
  print(renderProblem(problem, pages))
  const debug = inputs('debug') === 'true' || !(error instanceof SeaworthyError)
  if (debug && error instanceof Error) {
    print(error.stack ?? '')
  }
  const images = core.getMultilineInput('image')
  const options = {
    job: jobText(images, inputs),
    token: inputs('github-token'),
    checkRun: inputs('check-run') !== 'false',
    checkName: inputs('check-name').trim() || null,
    comment: COMMENT_MODES.find((mode) => mode === inputs('comment').trim()) ?? 'changes',
    platform: inputs('platform').trim() || null,
    runId: newRunId(),
    warn: (text: string) => core.warning(text),
  }
  const names = images.map((image) => sourceOf(image).name)
  const isPublished = isPublishable(problem, inputs) && (await publishProblem(problem, names, options))
  if (!isPublished) {
    for (const line of renderProblemAnnotations(problem)) {
      process.stdout.write(`${line}\n`)
    }
  }
  if (process.env.GITHUB_STEP_SUMMARY) {
    await core.summary.addRaw(renderProblemReport(problem, pages).summary, true).write()
  }
  core.setFailed(escapeTerminal(problemLine(problem), 2000))
}

/** On pull_request_target nothing is done with the run's token. */
function isPublishable({ code }: Problem, inputs: ReadInput): boolean {
  const token = inputs('github-token')
  const isUsable = token !== '' && !token.startsWith('${{')
  return code !== 'pull-request-target' && isUsable
}

await main().catch(fail)
