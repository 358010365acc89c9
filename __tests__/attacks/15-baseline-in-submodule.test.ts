import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { reportOfStep, runStep } from '../live/act/dist.js'
import { LACKING_CVE, lackingImage } from '../live/act/subjects.js'
import { removeImages } from '../live/images.js'
import { CLAIR_INPUTS } from '../live/shared-clair.js'
import { newFolder } from '../live/support.js'
import type { GitHubStub } from '../support/github-stub/stub.js'
import { gitHub, MERGE, runPullRequest } from './pull-request.js'

let image: string
/** A report that knows the finding already. */
let report: string
let github: GitHubStub
beforeAll(async () => {
  image = lackingImage()
  github = await gitHub({ 'policies/gate.yml': 'version: 1\nchecks: [clair]\nfail-on-new-only: true\n' })
  const step = await runStep('action', { image, ...CLAIR_INPUTS })
  report = readFileSync(join(step.folder, step.outputs.report ?? ''), 'utf8')
  expect(report).toContain(LACKING_CVE)
})
afterAll(async () => {
  removeImages()
  await github.close()
  expect(github.errors).toEqual([])
})

async function gate(path: string) {
  const work = newFolder()
  mkdirSync(join(work, path, '..'), { recursive: true })
  writeFileSync(join(work, path), report)
  const inputs = { image, baseline: path, ...CLAIR_INPUTS }
  const step = await runPullRequest(github, inputs, { work })
  return { verdict: step.outputs.verdict, since: reportOfStep(step).images[0]?.findings[0]?.since }
}

test('when a pull request brings the baseline in a submodule, then nothing of it is known already', async () => {
  github.submodules.add(`${MERGE}:vendor/reports`)
  expect(await gate('vendor/reports/last/report.json')).toEqual({ verdict: 'fail', since: null })
})

test('when the job has put it there, then it is', async () => {
  expect(await gate('previous/report.json')).toEqual({ verdict: 'pass', since: 'unchanged' })
  // The folder is the repository's, and what lies in it is not.
  github.files.set(`${MERGE}:reports/README.md`, 'Here go reports.')
  expect(await gate('reports/report.json')).toEqual({ verdict: 'pass', since: 'unchanged' })
})
