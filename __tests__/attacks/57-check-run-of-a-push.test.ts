import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runStep } from '../live/act/dist.js'
import type { GitHubStub } from '../support/github-stub/stub.js'
import { gateYml } from '../support/policies.js'
import { anImageWith } from './bundle.js'
import { gitHub, HEAD, runPullRequest } from './pull-request.js'

/**
 * One workflow for pushes and pull requests. Whoever may push a branch accepts everything in its policies: the pull
 * request fails by its base's, and the push to its branch passes by its own, later, under the same name at the same
 * commit. GitHub shows the newest of a name, and rules count it.
 */

const GATE = gateYml({ checks: ['docker-bench'], 'bench-engine': 'builtin' })
const LAX = 'version: 1\nnumbering: dbs-1.6.1\ndefaults: {unlisted: report}\n'

let github: GitHubStub
beforeAll(async () => {
  github = await gitHub({ 'policies/gate.yml': GATE })
})
afterAll(async () => {
  await github.close()
  expect(github.errors).toEqual([])
})

test('when the push of a branch passes by its own policies, then the failure of the pull request keeps its name', async () => {
  const image = anImageWith({ 'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' })
  const inputs = {
    image,
    checks: 'docker-bench',
    'github-token': 'ghs_x',
    'check-run': 'true',
    comment: 'never',
  }
  const files = { 'policies/gate.yml': GATE, 'policies/dictionary.yml': LAX }
  const pull = await runPullRequest(github, inputs, { files, env: { GITHUB_RUN_ID: '901' } })
  const env = {
    GITHUB_API_URL: github.url,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_SHA: HEAD,
    GITHUB_RUN_ID: '902',
  }
  const push = await runStep('action', inputs, { files, env })
  const [first, second] = github.checkRuns.map(({ name, conclusion }) => ({ name, conclusion }))
  process.stdout.write(
    `  attack 57: ${first?.conclusion} of ${first?.name}; ${second?.conclusion} of ${second?.name}\n`,
  )
  expect([pull.outputs.verdict, push.outputs.verdict]).toEqual(['fail', 'pass'])
  expect([first?.conclusion, second?.conclusion]).toEqual(['failure', 'success'])
  expect(second?.name).toBe(`${first?.name} (2)`)
})
