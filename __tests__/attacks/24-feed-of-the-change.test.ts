import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { LACKING_CVE, lackingImage } from '../live/act/subjects.js'
import { removeImages } from '../live/images.js'
import { newFolder, TRACKER } from '../live/support.js'
import type { GitHubStub } from '../support/github-stub/stub.js'
import { gitHub, MERGE, runPullRequest } from './pull-request.js'

/** A workflow keeps the tracker in the repository, and a pull request brings one that has never heard of an update. */

const PATH = 'data/tracker.json'

let image: string
let github: GitHubStub
beforeAll(async () => {
  image = lackingImage()
  github = await gitHub({ 'policies/gate.yml': 'version: 1\nchecks: [clair]\n', [PATH]: '{}' })
})
afterAll(async () => {
  removeImages()
  await github.close()
  expect(github.errors).toEqual([])
})

test('when a pull request brings the feed that it is judged by, then nothing is judged by it', async () => {
  const whole = JSON.parse(readFileSync(TRACKER, 'utf8')) as Record<string, Record<string, unknown>>
  const forged = JSON.stringify({ ...whole, apt: { ...whole.apt, [LACKING_CVE]: undefined } })
  const work = newFolder()
  mkdirSync(join(work, 'data'))
  writeFileSync(join(work, PATH), forged)
  github.files.set(`${MERGE}:${PATH}`, forged)
  const step = await runPullRequest(github, { image, tracker: PATH }, { work })
  expect(step.outputs.verdict).not.toBe('pass')
  expect(step.stdout).toContain('data-of-change')
})
