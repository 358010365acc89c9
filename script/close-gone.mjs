#!/usr/bin/env node
// Closes the issues of lines that are no longer judged, and the code scanning alerts of images that are no longer built,
// and says so. Run by gate-scheduled.yml, with its environment: MATRIX, BUILT, BRANCH, ISSUES and a token.
// Exit 1 if something could not be looked up or closed, which is said; what could be closed is.
import { appendFileSync } from 'node:fs'
import { closeGone } from './lib/close-gone.mjs'

const {
  MATRIX,
  BUILT = '',
  BRANCH,
  ISSUES,
  GITHUB_TOKEN,
  GITHUB_API_URL,
  GITHUB_REPOSITORY,
  GITHUB_SHA,
} = process.env
// As src/io/github/run.ts reads it.
const { GITHUB_WORKFLOW_REF = '', GITHUB_WORKFLOW = '', GITHUB_STEP_SUMMARY } = process.env
const workflow = GITHUB_WORKFLOW_REF.replace(/@.*$/, '').split('/').slice(2).join('/') || GITHUB_WORKFLOW
const { said, faults } = await closeGone({
  ...{ api: GITHUB_API_URL, repository: GITHUB_REPOSITORY, token: GITHUB_TOKEN, sha: GITHUB_SHA },
  ...{ workflow, branch: BRANCH, built: BUILT.split('\n').filter((line) => line.trim() !== '') },
  lines: ISSUES === 'issue' ? JSON.parse(MATRIX).include : null,
})
const lines = [...said, ...faults.map((fault) => `Not done: ${fault}`)]
console.log(lines.join('\n'))
if (GITHUB_STEP_SUMMARY) {
  appendFileSync(GITHUB_STEP_SUMMARY, lines.map((line) => `- ${line}\n`).join(''))
}
process.exitCode = faults.length > 0 ? 1 : 0
