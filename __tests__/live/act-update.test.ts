import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { UpdateOutcome } from '../../src/update/plan/outcome.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { type ActRun, runAct } from './act/act.js'
import { docker, leftoversOfEnded, newFolder, ROOT, UPDATABLE } from './support.js'

/** An app whose Dockerfile is in the repository, on a base that lacks security updates. */
const APP = 'seaworthy-test/act-update:1.0'
const DOCKERFILE = ['ARG BASE', 'FROM $BASE', 'RUN echo ahoy >/srv/app', 'CMD ["perl", "-v"]', ''].join('\n')
// The base is in this engine only: nothing can be pulled.
const BUILD = `docker build -q --no-cache --build-arg BASE=${UPDATABLE} -t "$IMAGE" -f "$DOCKERFILE" .`

let stub: GitHubStub
beforeAll(async () => {
  stub = await githubStub()
  build(DOCKERFILE)
})
afterAll(async () => {
  docker('rmi', '-f', APP, `${APP}-patched`)
  await stub.close()
})

function build(dockerfile: string): void {
  const context = newFolder()
  writeFileSync(join(context, 'Dockerfile'), dockerfile)
  const args = ['build', '-q', '--build-arg', `BASE=${UPDATABLE}`, '-t', APP, context]
  execFileSync('docker', args, { stdio: 'pipe' })
  rmSync(context, { recursive: true })
}

let runs = 0
/** A scheduled run on main, where the repository holds this Dockerfile. */
function schedule(dockerfile: string): Promise<ActRun> {
  return runAct({
    event: 'schedule',
    payload: {},
    files: { Dockerfile: dockerfile, 'policies/gate.yml': 'version: 1\nrequire-release: supported\n' },
    inputs: {
      image: APP,
      checks: 'security-updates,clair',
      update: 'pull-request',
      'build-command': BUILD,
      test: 'docker run --rm --network none "$IMAGE" perl -e "exit 0"',
      'cache-dir': join(ROOT, '.cache/act-update'),
    },
    api: { url: stub.url, token: 'ghs_a-token-that-nobody-may-see', runNumber: ++runs },
    onCommit: (sha) => {
      const made = stub.git.commits.get(stub.git.commit('main', { Dockerfile: dockerfile }, `run ${runs}`))
      if (made) {
        stub.git.commits.set(sha, made)
      }
      stub.git.branches.set('main', sha)
    },
  })
}

let after: string

test('when a scheduled run finds updates, then they are proven and given as a pull request', async () => {
  const run = await schedule(DOCKERFILE)
  expect(run.outputs.verdict).toBe('fail')
  expect([run.outputs.update, run.summary]).toEqual(['updated', expect.stringContaining('Update')])
  const { dockerfile, after: verdict } = JSON.parse(run.reports['update.json'] ?? '{}') as UpdateOutcome
  expect(verdict).toBe('pass')
  expect([stub.git.pulls.length, run.summary.match(/.*pull request.*/g)]).toEqual([1, null])
  const [pull] = stub.git.pulls
  expect(run.outputs['pull-request']).toBe(`https://github.example.org/acme/shop/pull/${pull?.number}`)
  after = dockerfile?.after ?? ''
  expect(stub.git.at(pull?.head ?? '', 'Dockerfile')).toBe(after)
  expect(after).toMatch(
    /^ARG BASE\nFROM \$BASE\n# seaworthy: security updates as of .*\nRUN .*\n(?: {6}\S+ \\\n){4,}/,
  )
  expect(pull?.body).toMatch(/perl-base/)
  expect(run.summary).toMatch(/#### Update\n\n {4}Updated, and the image still works: \d+ packages/)
  expect(stub.errors).toEqual([])
  expect(await leftoversOfEnded()).toEqual([])
})

test('when it was merged and the image was built from it, then nothing is left to give', async () => {
  const [pull] = stub.git.pulls
  build(after)
  const run = await schedule(after)
  expect(run.outputs.verdict).toBe('pass')
  expect(run.outputs.update).toBe('nothing-to-do')
  expect(pull?.state).toBe('closed')
  expect(stub.errors).toEqual([])
})
