import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ROOT } from '../live/support.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { runScript, workflowSteps } from './workflows.js'

/**
 * Whoever may push tags, which no rule of a branch keeps them from, tags a commit that nobody has reviewed, and it is
 * built, judged by its own policies, and published.
 */

let stub: GitHubStub
const commits: Record<string, string> = {}
beforeAll(async () => {
  stub = await githubStub()
  const { git } = stub
  commits.merged = git.commit('main', { a: '1' }, 'one')
  git.branches.set('feature', commits.merged)
  git.branches.set('release/1.x', commits.merged)
  git.branches.set('release/x', commits.merged)
  git.branches.set('protected/1.x', commits.merged)
  commits.tip = git.commit('main', { a: '2' }, 'two')
  commits.unreviewed = git.commit('feature', { a: 'evil' }, 'three')
  commits.fixed = git.commit('release/1.x', { a: '1.1' }, 'four')
  commits.own = git.commit('release/x', { a: 'evil, on a branch of the same kind' }, 'five')
  commits.other = git.commit('protected/1.x', { a: 'of no release' }, 'six')
  git.protectedBranches.add('release/1.x').add('protected/1.x')
  // Others come first, more than GitHub puts on a page.
  for (let each = 0; each < 120; each++) {
    git.branches.set(`a-${each}`, commits.merged)
    git.protectedBranches.add(`a-${each}`)
  }
  git.branches.delete('release/1.x')
  git.branches.set('release/1.x', commits.fixed)
  commits.unknown = 'f'.repeat(40)
})
afterAll(async () => {
  await stub.close()
  expect(stub.errors).toEqual([])
})

const check = (path: string, sha: string, more: Readonly<Record<string, string>> = {}) => {
  const step = workflowSteps(path).find(({ name }) => /^Check that the commit is on /.test(name ?? ''))
  if (step?.run === undefined) {
    throw new Error(`${path} does not look where the tagged commit is`)
  }
  return runScript(step.run, {
    ...{ TOKEN: 'ghs_x', BRANCH: 'main', DEFAULT: 'main', BRANCHES: '' },
    ...{ GITHUB_API_URL: stub.url, GITHUB_REPOSITORY: 'acme/shop', GITHUB_SHA: sha },
    ...more,
  })
}

describe.each([
  '.github/workflows/gate-release.yml',
  'examples/workflows/release.yml',
  'examples/workflows/attested-release.yml',
])('%s', (path) => {
  test('then only a commit of the default branch or of a protected release branch is released, before anything is built', async () => {
    const ends = Object.entries(commits).map(async ([name, sha]) => [name, await check(path, sha)] as const)
    const all = await Promise.all(ends)
    expect(Object.fromEntries(all.map(([name, { code }]) => [name, code === 0]))).toEqual({
      ...{ merged: true, tip: true, fixed: true },
      ...{ unreviewed: false, own: false, other: false, unknown: false },
    })
    for (const [name, { code, output }] of all.filter(([, one]) => one.code !== 0)) {
      expect([name, code, output]).toEqual([
        name,
        1,
        expect.stringMatching(/^::error::The tagged commit is .*\bmain\b.*protected release\/\* branch/m),
      ])
    }
    const steps = workflowSteps(path)
    const looks = steps.findIndex(({ name }) => /^Check that the commit is on /.test(name ?? ''))
    expect(looks).toBeLessThan(steps.findIndex(({ uses }) => uses?.startsWith('actions/checkout@')))
  })
})

test('when a team releases from other branches too, then a commit of one of them is released', async () => {
  const path = '.github/workflows/gate-release.yml'
  const BRANCHES = 'main\nrelease/1.x\n'
  const ends = ['fixed', 'tip', 'unreviewed', 'unknown'].map(
    async (name) => (await check(path, commits[name] ?? '', { BRANCHES })).code,
  )
  expect(await Promise.all(ends)).toEqual([0, 0, 1, 1])
})

test('when the threat model is read, then it says that this is no protection without a ruleset for tags', () => {
  const model = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8')
  expect(model).toMatch(/ruleset[\s\S]{0,300}`v\*`/)
  expect(model).toMatch(/workflow comes from the tagged commit/)
})
