#!/usr/bin/env node
// Closes the issues of lines that are no longer judged, and the code scanning alerts of images that are no longer
// built, and says so. It is the action in close-stale/, and reads its inputs as the runner passes them. If something
// could not be looked up or closed, it says what, still closes the rest, and exits with 1.
import { appendFileSync } from 'node:fs'
import { closeStale } from './lib/stale.mjs'

const input = (name) => process.env[`INPUT_${name.toUpperCase()}`] ?? ''
const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_SHA, GITHUB_REF_NAME } = process.env
// The workflow's path, as src/io/github/run.ts reads it.
const { GITHUB_WORKFLOW_REF = '', GITHUB_WORKFLOW = '', GITHUB_STEP_SUMMARY } = process.env
const workflow = GITHUB_WORKFLOW_REF.replace(/@.*$/, '').split('/').slice(2).join('/') || GITHUB_WORKFLOW
/** What the schedule judges; `null`: issues are left alone. */
function judged() {
  if (input('schedule-report') !== 'issue') {
    return null
  }
  try {
    return JSON.parse(input('matrix')).include ?? []
  } catch {
    // A failed lookup never closes anything: without lines there is nothing to close.
    return []
  }
}
const { notes, errors } = await closeStale({
  ...{ api: GITHUB_API_URL, repository: GITHUB_REPOSITORY, token: input('github-token'), sha: GITHUB_SHA },
  // A schedule runs on the default branch, and only that branch's alerts are about current builds.
  ...{ workflow, branch: GITHUB_REF_NAME },
  built: input('built-images')
    .split('\n')
    .filter((line) => line.trim() !== ''),
  lines: judged(),
})
const lines = [...notes, ...errors.map((error) => `Not done: ${error}`)]
console.log(lines.join('\n'))
if (GITHUB_STEP_SUMMARY) {
  appendFileSync(GITHUB_STEP_SUMMARY, lines.map((line) => `- ${line}\n`).join(''))
}
process.exitCode = errors.length > 0 ? 1 : 0
