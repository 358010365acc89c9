import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { runScript, workflowSteps } from './workflows.js'

/**
 * Whoever may push tags pushes one named like a release branch, at a commit that nobody has reviewed. Where a name may
 * mean either, git takes the tag (gitrevisions(7)): compared with "main", that commit is then on the branch.
 */

const PATHS = [
  '.github/workflows/gate-release.yml',
  '.github/workflows/gate-rebuild.yml',
  'examples/workflows/release.yml',
  'examples/workflows/attested-release.yml',
  'examples/workflows/rebuild.yml',
]

let stub: GitHubStub
const commits: Record<string, string> = {}
beforeAll(async () => {
  stub = await githubStub()
  const { git } = stub
  commits.merged = git.commit('main', { a: '1' }, 'one')
  git.branches.set('release/1.x', commits.merged)
  git.branches.set('mine', commits.merged)
  commits.unreviewed = git.commit('mine', { a: 'evil' }, 'two')
  commits.tip = git.commit('main', { a: '2' }, 'three')
  commits.fixed = git.commit('release/1.x', { a: '1.1' }, 'four')
  for (const branch of ['main', 'release/1.x', 'no-branch']) {
    git.branches.set(`tags/${branch}`, commits.unreviewed)
  }
})
afterAll(async () => {
  await stub.close()
  expect(stub.errors).toEqual([])
})

/** Runs the step that looks where the commit is; the rebuild asks git for the commit that it has checked out. */
function check(path: string, sha: string, more: Readonly<Record<string, string>> = {}) {
  const step = workflowSteps(path).find(({ name }) => /^Check that the commit is on /.test(name ?? ''))
  const bin = mkdtempSync(join(process.env.SEAWORTHY_LIVE_FOLDER ?? tmpdir(), 'bin-'))
  writeFileSync(join(bin, 'git'), `#!/bin/sh\necho ${sha}\n`, { mode: 0o755 })
  return runScript(step?.run ?? 'exit 9', {
    ...{ TOKEN: 'ghs_x', BRANCH: 'main', DEFAULT: 'main', BRANCHES: '', PATH: `${bin}:${process.env.PATH}` },
    ...{ GITHUB_API_URL: stub.url, GITHUB_REPOSITORY: 'acme/shop', GITHUB_SHA: sha },
    ...more,
  })
}

const codeOf = async (name: string, path: string, more?: Readonly<Record<string, string>>) =>
  (await check(path, commits[name] ?? '', more)).code

describe.each(PATHS)('%s', (path) => {
  test('when a tag is named like the branch, then the branch alone says what is merged', async () => {
    expect(await codeOf('unreviewed', path)).not.toBe(0)
    expect([await codeOf('merged', path), await codeOf('tip', path)]).toEqual([0, 0])
  })

  test('when the branch does not exist, then its tag does not stand for it', async () => {
    const more = { BRANCH: 'no-branch', DEFAULT: 'no-branch' }
    for (const name of ['unreviewed', 'merged', 'tip']) {
      expect([name, await codeOf(name, path, more)]).not.toEqual([name, 0])
    }
  })
})

test.each(PATHS.filter((path) => path.startsWith('.github/')))(
  'when %s has a branch with a slash, then that is looked up too, and a tag of its name is not',
  async (path) => {
    const more = { BRANCHES: 'no-branch\nrelease/1.x\n' }
    expect(await Promise.all(['fixed', 'merged', 'tip'].map((name) => codeOf(name, path, more)))).toEqual([
      0, 0, 1,
    ])
    expect(await codeOf('unreviewed', path, more)).toBe(1)
  },
)
