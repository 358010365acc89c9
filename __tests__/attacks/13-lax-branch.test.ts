import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { reportOfStep, runStep } from '../live/act/dist.js'
import { NO_BENCH, newFolder } from '../live/support.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { anImageWith } from './bundle.js'

/**
 * Whoever may push a branch makes one with lax policies and opens a pull request into it. The check run stands at a
 * commit, and the same commit is the head of another pull request, into main: it is green there too.
 */

const [LAX, HEAD, MERGE, MAIN] = ['1', '2', '3', '4'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
  string,
]
const GATE = 'policies/gate.yml'

let stub: GitHubStub
beforeAll(async () => {
  stub = await githubStub()
  stub.commits.set(MERGE, [LAX, HEAD])
  stub.git.branches.set('main', MAIN)
  stub.git.branches.set('lax', LAX)
  stub.files.set(`${LAX}:${GATE}`, 'version: 1\nchecks: [docker-bench]\n')
  stub.files.set(`${MERGE}:${GATE}`, 'version: 1\nchecks: [docker-bench]\n')
  stub.files.set(`${MAIN}:${GATE}`, 'version: 1\nchecks: [docker-bench, security-updates]\n')
})
afterAll(async () => {
  await stub.close()
  expect(stub.errors).toEqual([])
})

const image = anImageWith({
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
  'var/lib/dpkg/status': 'Package: bash\nStatus: install ok installed\nVersion: 5.3\nArchitecture: amd64\n',
})

/** A run of the pull request into `lax`; what it published, and which checks it ran. */
async function gate(more: Readonly<Record<string, string>> = {}) {
  const path = join(newFolder(), 'event.json')
  const side = (ref: string, sha: string) => ({ ref, sha, repo: { full_name: 'acme/shop' } })
  const pull_request = { number: 7, head: side('new', HEAD), base: side('lax', LAX) }
  writeFileSync(path, JSON.stringify({ number: 7, pull_request, repository: { default_branch: 'main' } }))
  const step = await runStep(
    'action',
    { image, 'bench-source': NO_BENCH, 'github-token': 'ghs_x', comment: 'always', ...more },
    {
      env: {
        GITHUB_API_URL: stub.url,
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_EVENT_PATH: path,
        GITHUB_SHA: MERGE,
        GITHUB_RUN_ID: '901',
        GITHUB_RUN_NUMBER: String(stub.checkRuns.length + 1),
        http_proxy: 'http://127.0.0.1:9',
        https_proxy: 'http://127.0.0.1:9',
      },
    },
  )
  const { title, summary } = stub.checkRuns.at(-1) ?? {}
  return {
    checks: reportOfStep(step).images[0]?.checks.map(({ check }) => check),
    published: { title, summary, comment: stub.comments.at(-1)?.body },
  }
}

test('when a pull request goes into a lax branch, then check run, summary and comment say whose policies held', async () => {
  const { checks, published } = await gate()
  const title = 'policies from lax at 111111111111, which is not the default branch (main)'
  process.stdout.write(`  attack 13: ran ${checks?.join(', ')}; the check run says: ${published.title}\n`)
  expect(checks).toEqual(['docker-bench', 'credentials'])
  expect(published.title).toContain(title)
  // Markdown escapes brackets.
  expect(published.summary?.replaceAll('\\', '')).toContain(title)
  expect(published.comment?.replaceAll('\\', '')).toContain(title)
})

test('when a workflow asks for the default branch’s policies, then the lax ones count for nothing', async () => {
  const { checks, published } = await gate({ 'policies-from': 'default-branch' })
  expect(checks).toEqual(expect.arrayContaining(['docker-bench', 'security-updates']))
  expect(published.title).toContain('policies from main at 444444444444, not from lax')
})
