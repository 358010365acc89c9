import { join } from 'node:path'
import * as core from '@actions/core'
import { newRunId } from '../io/engine/leftovers.js'
import { listFolder, readInside } from '../io/files/files.js'
import { readFinishedRun } from '../io/github/workflow-run.js'
import { problemOf, readOrNull, SeaworthyError } from '../model/index.js'
import { publishUntrusted } from '../publish/untrusted.js'
import { escapeTerminal } from '../reports/escape.js'
import { MAX_CHARACTERS, readUntrustedReport } from '../reports/json/untrusted.js'

const REPORT = 'report.json'
/** Limit for the reports of one run: the matrix of one image has fewer jobs. */
const MAX_REPORTS = 20

/**
 * The action in publish/: publishes from a `workflow_run` what a fork's run could not publish. It judges
 * nothing.
 */
async function main(): Promise<void> {
  const token = core.getInput('github-token')
  if (token !== '') {
    core.setSecret(token)
  }
  const finished = readFinishedRun()
  if (finished === null || token === '') {
    throw wrongEvent()
  }
  if (finished.own) {
    core.info('the run was not from a fork, so it has already published its own results')
    return
  }
  const folder = core.getInput('report-dir')
  const texts = reportsIn(folder)
  const verdicts = texts.map(({ text, path }) => readUntrustedReport(text, path))
  const notes = await publishUntrusted(verdicts, finished, {
    token,
    checkName: core.getInput('check-name') || 'Seaworthy: report of a fork',
    runId: newRunId(),
    comment: core.getInput('comment') !== 'never',
  })
  for (const note of notes) {
    core.warning(escapeTerminal(note, 1000))
  }
}

/**
 * Reports in the folder, or in one folder per artifact. A stranger chose the folders' names, so they are only
 * used to look files up.
 */
function reportsIn(folder: string): { readonly path: string; readonly text: string }[] {
  const paths = [REPORT, ...listFolder(folder).map((name) => join(name, REPORT))]
  const found = paths.slice(0, 200).flatMap((path) => {
    // Only a plain file of reasonable size counts as a report.
    const text = readOrNull(() => readInside(join(folder, path), folder, MAX_CHARACTERS))
    return text === null ? [] : [{ path, text }]
  })
  if (found.length > 0 && found.length <= MAX_REPORTS) {
    return found
  }
  const none = "the run's artifact contains no usable report.json (a plain file smaller than 25 MB)"
  const what = found.length === 0 ? none : 'there are too many reports'
  const todo =
    'upload the artifact "seaworthy-report" in the first workflow, and download that artifact to report-dir in this workflow'
  throw new SeaworthyError({ code: 'untrusted-report', what, where: folder, todo })
}

function wrongEvent(): SeaworthyError {
  const what =
    'this action needs github-token, and must run on the event "workflow_run" after a "pull_request" run'
  const todo = 'use it as examples/workflows/publish.yml does'
  return new SeaworthyError({ code: 'bad-input', what, where: 'on', todo })
}

await main().catch((error: unknown) => {
  const { what, where, todo } = problemOf(error, 'publish')
  core.setFailed([what, where, todo].map((text) => escapeTerminal(text, 1000)).join(' · '))
})
