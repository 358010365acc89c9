import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { lackingImage } from '../live/act/subjects.js'
import { anyPlace, removePlaces } from '../live/docker-bench/places.js'
import { removeImages } from '../live/images.js'
import { docker, newFolder } from '../live/support.js'
import type { GitHubStub } from '../support/github-stub/stub.js'
import { gitHub, MERGE, runPullRequest } from './pull-request.js'

/** A workflow keeps a copy of Docker Bench in the repository, and a pull request changes it: it is a shell script. */

const SCRIPT = 'vendor/docker-bench/docker-bench-security.sh'

let image: string
let github: GitHubStub
beforeAll(async () => {
  image = lackingImage()
  const gate = 'version: 1\nchecks: [docker-bench]\nbench-engine: both-required\n'
  github = await gitHub({ 'policies/gate.yml': gate, [SCRIPT]: 'echo the true one\n' })
})
afterAll(async () => {
  removeImages()
  removePlaces()
  await github.close()
  expect(github.errors).toEqual([])
})

test('when a pull request brings its own Docker Bench, then nothing of it is run', async () => {
  const [work, made] = [newFolder(), `seaworthy-test-of-the-change-${process.pid}`]
  // Its container would have the engine's socket.
  const script = `docker volume create ${made}\n`
  mkdirSync(join(work, SCRIPT, '..'), { recursive: true })
  writeFileSync(join(work, SCRIPT), script)
  github.files.set(`${MERGE}:${SCRIPT}`, script)
  const bench = { 'bench-source': 'vendor/docker-bench', 'bench-image': anyPlace() }
  const step = await runPullRequest(github, { image, ...bench }, { work })
  expect(docker('volume', 'ls', '-q')).not.toContain(made)
  expect(step.outputs.verdict).toBe('incomplete')
  expect(step.stdout).toContain('bench-not-genuine')
})
