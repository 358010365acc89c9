import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { pullRequest } from './publish-setting.js'
import { newSetting, pull, setting, theBranch } from './update-branch.js'
import { aChange, anOutcome, anUpdateSetting, BEFORE, FILE, updatedOn } from './update-setting.js'

describe('what is not given', () => {
  test.each([
    ['of a tag', { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1' }],
    ['of a pull request', { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF_NAME: '7/merge' }],
    ['of a pull request with a token that writes', { GITHUB_EVENT_NAME: 'pull_request_target' }],
    ['of a merge queue', { GITHUB_EVENT_NAME: 'merge_group' }],
    ['of an update’s own branch', { GITHUB_REF_NAME: 'seaworthy/update-acme-app-01234567' }],
    ['that does not tell its ref', { GITHUB_REF_NAME: undefined }],
  ])('when the run is one %s then nothing is asked of GitHub', async (_, env) => {
    const folder = mkdtempSync(join(tmpdir(), 'sw-event-'))
    const { GITHUB_EVENT_PATH } = pullRequest(setting.stub.url, folder)
    const published = await setting.give(aChange(), anOutcome(), { GITHUB_EVENT_PATH, ...env })
    rmSync(folder, { recursive: true })
    expect(published).toMatchObject({ state: 'none', number: null })
    expect(published.note).toMatch(/only in runs on a branch|itself contains an update/)
    expect(setting.stub.log).toEqual([])
  })

  test.each(['nothing-to-do', 'broken-before', 'breaks', 'worse'] as const)(
    'when the outcome is %s then no change is given',
    async (outcome) => {
      const published = await setting.give(aChange(), anOutcome({ outcome }))
      expect(published.note).toContain('not been proven')
      expect(setting.stub.log).toEqual([])
    },
  )

  const files: readonly (readonly [string, () => unknown, RegExp])[] = [
    [
      'is another one',
      () => setting.git.commit('main', { [FILE]: `${BEFORE}\n` }, 'x'),
      /differs from the version/,
    ],
    ['is not there', () => setting.git.commit('main', { [FILE]: null }, 'x'), /differs from the version/],
    [
      'is in no folder',
      () => setting.git.commit('main', { [FILE]: null, 'app/main.py': null, app: 'x' }, 'x'),
      /differs from the version/,
    ],
    [
      'is a symbolic link to the same text',
      () => setting.git.commit('main', { [FILE]: { mode: '120000', content: BEFORE } }, 'x'),
      /not a plain file/,
    ],
  ]
  test.each(files)(
    'when the Dockerfile of the repository %s then nothing is written',
    async (_, act, text) => {
      act()
      expect((await setting.give()).note).toMatch(text)
      expect(setting.written()).toEqual([])
    },
  )

  test('when the path is absolute then it is that in the work tree; outside of it nothing is given', async () => {
    const env = { GITHUB_WORKSPACE: '/work/tree' }
    const outside = await setting.give(aChange(), anOutcome(), env, '/work/Dockerfile')
    expect(outside.note).toContain('/work/Dockerfile is not in the repository')
    expect((await setting.give(aChange(), anOutcome(), env, `/work/tree/./${FILE}`)).state).toBe('opened')
    expect(setting.git.at(theBranch(), FILE)).toBe(updatedOn('2026-11-24'))
  })

  test('when the Dockerfile was changed on the base since the run began then nothing is written', async () => {
    const sha = setting.git.branches.get('main')
    setting.git.commit('main', { [FILE]: `${BEFORE}USER 1\n` }, 'new')
    const published = await setting.give(aChange(), anOutcome(), { GITHUB_SHA: sha })
    expect(published.note).toContain('has changed in the repository since')
    expect(setting.written()).toEqual([])
  })

  test('when the run is of an older Dockerfile that came back then it is told by the run’s commit too', async () => {
    const sha = setting.git.commit('main', { [FILE]: `${BEFORE}USER 1\n` }, 'new')
    setting.git.commit('main', { [FILE]: BEFORE }, 'back')
    const published = await setting.give(aChange(), anOutcome(), { GITHUB_SHA: sha })
    expect(published.note).toContain("differs from the version in the repository at this run's commit")
  })
})

describe('a GitHub that refuses or fails', () => {
  test('when the token can only read then the note names both permissions, and nothing is thrown', async () => {
    setting.stub.readOnly = true
    const published = await setting.give()
    expect(published.state).toBe('none')
    expect(published.note).toContain('GitHub returned 403: Resource not accessible by integration')
    expect(published.note).toContain('grant the job contents: write and pull-requests: write')
    expect([...setting.git.branches.keys()]).toEqual(['main'])
  })

  test('when another run opens the pull request just before (422) then that one is brought up to date', async () => {
    const first = () => {
      setting.git.pulls.push({
        number: 21,
        title: 'old',
        body: 'old',
        state: 'open',
        mergedAt: null,
        headSha: '',
        head: theBranch(),
        base: 'main',
        from: 'acme/shop',
      })
    }
    setting.stub.fail({ method: 'POST', path: /\/pulls$/, times: 1, first })
    expect(await setting.give()).toMatchObject({ state: 'updated', number: 21 })
    expect(pull()).toMatchObject({ title: 'Update 1 package in acme/app (linux/amd64)' })
    expect(setting.git.pulls).toHaveLength(1)
  })

  test('when another run makes the branch just before (422) then it is read again', async () => {
    const other = await anUpdateSetting()
    await other.give()
    const [, sha = ''] = [...other.git.branches].find(([name]) => name !== 'main') ?? []
    const [name = ''] = [...other.git.branches.keys()].filter((one) => one !== 'main')
    await other.stub.close()
    const first = () => {
      setting.git.commits.set(sha, other.git.commits.get(sha) ?? { tree: '', parents: [], message: '' })
      for (const [key, tree] of other.git.trees) {
        setting.git.trees.set(key, tree)
      }
      setting.git.branches.set(name, sha)
    }
    setting.stub.fail({ method: 'POST', path: /\/git\/refs$/, times: 1, first })
    expect(await setting.give(aChange(), anOutcome({ packages: [] }))).toMatchObject({ state: 'opened' })
    expect(theBranch()).toBe(name)
    expect(setting.git.branches.get(name)).not.toBe(sha)
  })

  test.each(['/git/trees', '/git/commits', '/git/refs', '/pulls'])(
    'when the answer to POST %s is cut, obeyed or not, then there is one branch and one pull request',
    async (path) => {
      for (const cut of ['before', 'after'] as const) {
        await newSetting()
        setting.stub.fail({ method: 'POST', path: new RegExp(`${path}$`), times: 1, cut })
        expect(await setting.give()).toMatchObject({ number: 21, note: null })
        expect(theBranch()).toContain('seaworthy/')
        expect(setting.git.pulls).toHaveLength(1)
      }
    },
  )

  test('when there is no answer at all then the note says so', async () => {
    setting.stub.fail({ cut: 'before' })
    const published = await setting.give()
    expect(published.state).toBe('none')
    expect(published.note).toContain('no response from GitHub')
  })
})
