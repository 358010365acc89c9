import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { GitHubStub } from '../support/github-stub/stub.js'
import { gateYml } from '../support/policies.js'
import { anImageWith } from './bundle.js'
import { gitHub, runPullRequest } from './pull-request.js'

/**
 * Two jobs judge one image, by policies of their own, under one check-name. One fails, and the other is repeated alone,
 * which GitHub allows anyone who may write: its success is the newest of that name, in another attempt than the failure.
 * Before it was renamed, even within one attempt, it was completed: a pull request that merges itself needs no more.
 */

const GATE = gateYml({ checks: ['docker-bench'], 'bench-engine': 'builtin' })
const LAX = 'version: 1\nnumbering: dbs-1.6.1\ndefaults: {unlisted: report}\n'

const POLICIES = { 'policies/gate.yml': GATE, 'lax/gate.yml': GATE, 'lax/dictionary.yml': LAX }

let github: GitHubStub
beforeAll(async () => {
  github = await gitHub(POLICIES)
})
afterAll(async () => {
  await github.close()
  expect(github.errors).toEqual([])
})

test('when a job that passes is repeated alone, then the failure of another one has their name at all times', async () => {
  const image = anImageWith({ 'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' })
  const inputs = {
    ...{ image, checks: 'docker-bench', 'check-name': 'gate' },
    ...{ 'github-token': 'ghs_x', 'check-run': 'true', comment: 'never' },
  }
  const runJob = (policies: string, attempt: number) =>
    runPullRequest(
      github,
      { ...inputs, policies },
      {
        files: POLICIES,
        env: {
          GITHUB_RUN_ID: '901',
          GITHUB_RUN_ATTEMPT: String(attempt),
          GITHUB_JOB: policies,
          GITHUB_ACTION: 'gate',
        },
      },
    )
  const strict = await runJob('policies', 1)
  const newest = () => github.checkRuns.filter(({ name }) => name === 'gate').at(-1)?.conclusion ?? 'open'
  const conclusions = new Set<string>()
  github.fail({ path: /check-runs/, first: () => conclusions.add(newest()) })
  const lax = [await runJob('lax', 1), await runJob('lax', 2)]
  process.stdout.write(`  attack 63: "gate" was ${[...conclusions, newest()].join(', ')}\n`)
  expect([strict, ...lax].map(({ outputs }) => outputs.verdict)).toEqual(['fail', 'pass', 'pass'])
  expect([...conclusions, newest()]).not.toContain('success')
  expect(newest()).toBe('failure')
  expect(github.checkRuns.map(({ name }) => name)).toEqual(['gate', 'gate (2)', 'gate (2)'])
})
