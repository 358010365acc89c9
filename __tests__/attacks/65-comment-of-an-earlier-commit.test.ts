import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { GitHubStub } from '../support/github-stub/stub.js'
import { gateYml } from '../support/policies.js'
import { anImageWith } from './bundle.js'
import { gitHub, HEAD, runPullRequest } from './pull-request.js'

/**
 * A pull request's first commit passes. The next one makes the gate end before a verdict: the comment went on to show
 * the pass.
 */

const LAX = 'version: 1\nnumbering: dbs-1.6.1\ndefaults: {unlisted: report}\n'

let github: GitHubStub
beforeAll(async () => {
  const gate = gateYml({ checks: ['docker-bench'], 'bench-engine': 'builtin' })
  github = await gitHub({ 'policies/gate.yml': gate, 'policies/dictionary.yml': LAX })
})
afterAll(async () => {
  await github.close()
  expect(github.errors).toEqual([])
})

test('when the gate ends without a verdict, then the comment is no pass any more', async () => {
  const image = anImageWith({ 'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' })
  const inputs = { checks: 'docker-bench', 'github-token': 'ghs_x', comment: 'always' }
  const heading = () => /^### .*/m.exec(github.comments.map(({ body }) => body).join('\n'))?.[0]
  const run = (number: number, of: string) =>
    runPullRequest(github, { ...inputs, image: of }, { env: { GITHUB_RUN_NUMBER: String(number) } })
  const first = await run(1, image)
  const before = heading()
  const second = await run(2, './no-such-image.tar')
  process.stdout.write(`  attack 65: ${second.outputs.verdict} at ${HEAD.slice(0, 7)}: ${heading()}\n`)
  expect([first.outputs.verdict, before]).toEqual(['pass', expect.stringContaining('✅')])
  expect([second.outputs.verdict, heading()]).toEqual(['incomplete', expect.stringContaining('⛔')])
  expect(github.comments).toHaveLength(1)
})
