import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { pullRequest } from './publish-setting.js'
import {
  aChange,
  anOutcome,
  anUpdateSetting,
  BEFORE,
  FILE,
  NOTHING,
  PERL,
  type UpdateSetting,
  updatedOn,
} from './update-setting.js'

let setting: UpdateSetting
beforeEach(async () => {
  setting = await anUpdateSetting()
})
afterEach(async () => {
  expect(setting.stub.errors).toEqual([])
  await setting.stub.close()
})

const theBranch = () => {
  const [name, ...others] = [...setting.git.branches.keys()].filter((one) => one.startsWith('seaworthy/'))
  if (name === undefined || others.length > 0) {
    throw new Error(`${others.length} branches too many, or none`)
  }
  return name
}
const headOf = (branch: string) => setting.git.commits.get(setting.git.branches.get(branch) ?? '')
const pull = (index = 0) => {
  const one = setting.git.pulls[index]
  if (one === undefined) {
    throw new Error('no such pull request')
  }
  return one
}
const TREE_TO_PULL = ['POST /git/trees', 'POST /git/commits', 'POST /git/refs', 'POST /pulls']

describe('the first run', () => {
  test('when an update was proven then it is one commit on top of the base, and a pull request with the evidence', async () => {
    const published = await setting.give()
    expect(published).toEqual({
      state: 'opened',
      number: 21,
      note: null,
      url: 'https://github.example.org/acme/shop/pull/21',
    })
    const branch = theBranch()
    expect(branch).toMatch(/^seaworthy\/update-acme-app-[0-9a-f]{8}$/)
    expect(setting.git.at(branch, FILE)).toBe(updatedOn('2026-11-24'))
    expect(setting.git.at(branch, 'app/main.py')).toBe('print(1)\n')
    expect(setting.git.at('main', FILE)).toBe(BEFORE)
    expect(headOf(branch)?.parents).toEqual([setting.git.branches.get('main')])
    expect(headOf(branch)?.message).toMatch(
      /^Update 1 package in acme\/app \(linux\/amd64\)\n\n- perl-base 5\.36\.0-7 to 5\.36\.0-7\+deb12u4\n\nSeaworthy-Update: [0-9a-f]{16} [0-9a-f]{40}\n$/,
    )
    expect(pull()).toMatchObject({
      title: 'Update 1 package in acme/app (linux/amd64)',
      head: branch,
      base: 'main',
    })
    for (const text of ['CVE-2026-1', 'passes (exit 0, 1.2 s)', '+RUN apt-get', '/actions/runs/901']) {
      expect(pull().body).toContain(text)
    }
    expect(setting.written()).toEqual(TREE_TO_PULL)
  })

  test('when git itself makes the blob then the stub and the trailer give it the same name', async () => {
    await setting.give()
    const folder = mkdtempSync(join(tmpdir(), 'sw-blob-'))
    try {
      writeFileSync(join(folder, 'Dockerfile'), updatedOn('2026-11-24'))
      const name = execFileSync('git', ['hash-object', join(folder, 'Dockerfile')], { encoding: 'utf8' })
      expect(headOf(theBranch())?.message).toContain(name.trim())
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('when the Dockerfile may be executed then it stays so', async () => {
    setting.git.commit('main', { [FILE]: { mode: '100755', content: BEFORE } }, 'mode')
    expect((await setting.give()).state).toBe('opened')
    expect(setting.git.filesOf(setting.git.branches.get(theBranch()) ?? '').get(FILE)?.mode).toBe('100755')
  })

  test('when two images or two bases have updates then each has its own branch', async () => {
    setting.git.commit('stable', { [FILE]: BEFORE }, 'all')
    const stable = { GITHUB_REF_NAME: 'stable', GITHUB_SHA: setting.git.branches.get('stable') }
    await setting.give()
    await setting.give(aChange({ image: 'acme/app-b' }))
    await setting.give(aChange(), anOutcome(), stable)
    expect(setting.git.pulls.map(({ base }) => base)).toEqual(['main', 'main', 'stable'])
    expect(new Set(setting.git.pulls.map(({ head }) => head)).size).toBe(3)
  })
})

describe('jobs of one workflow', () => {
  const otherFile = 'app/slim.Dockerfile'
  const jobs = [
    ['another platform', { image: 'acme/app', platform: 'linux/arm64' }, FILE],
    ['a variant by tag with a Dockerfile of its own', { image: 'acme/app:1.4.0-slim' }, otherFile],
  ] as const
  test.each(jobs)(
    'when one is of %s then it has its own pull request, and neither takes the other’s away',
    async (_, part, file) => {
      setting.git.commit('main', { [otherFile]: BEFORE }, 'slim')
      await setting.give()
      const change = aChange({ file, image: part.image })
      expect(await setting.give(change, anOutcome(part), {}, file)).toMatchObject({
        state: 'opened',
        number: 22,
      })
      const titles = setting.git.pulls.map(({ title }) => title)
      expect(new Set(titles).size).toBe(2)
      for (const nothing of [anOutcome({ ...NOTHING, ...part }), NOTHING]) {
        const of = nothing === NOTHING ? FILE : file
        expect((await setting.give(null, nothing, {}, of)).state).toBe('closed')
        expect((await setting.give(null, nothing, {}, of)).state).toBe('none')
      }
      expect(setting.git.pulls.map(({ state }) => state)).toEqual(['closed', 'closed'])
    },
  )

  test.each(jobs)(
    'when the one of %s needs nothing then the pull request of the other stays',
    async (_, part, file) => {
      await setting.give()
      setting.written()
      const published = await setting.give(null, anOutcome({ ...NOTHING, ...part }), {}, file)
      expect(published).toMatchObject({ state: 'none', number: null })
      expect([setting.written(), pull().state]).toEqual([[], 'open'])
    },
  )
})

describe('a later run', () => {
  const more = () =>
    [
      aChange({ after: updatedOn('2026-11-25', 'perl-base tar') }),
      anOutcome({ packages: [PERL, { ...PERL, name: 'tar' }] }),
    ] as const

  test('when the update is another one then branch and pull request are renewed in place', async () => {
    await setting.give()
    setting.written()
    expect(await setting.give(...more())).toMatchObject({ state: 'updated', number: 21, note: null })
    expect(setting.git.at(theBranch(), FILE)).toBe(updatedOn('2026-11-25', 'perl-base tar'))
    expect(headOf(theBranch())?.parents).toEqual([setting.git.branches.get('main')])
    expect(setting.git.pulls).toHaveLength(1)
    expect(pull().title).toBe('Update 2 packages in acme/app (linux/amd64)')
    expect(setting.written()).toEqual([
      ...['POST /git/trees', 'POST /git/commits'],
      ...[`PATCH /git/refs/heads/${theBranch()}`, 'PATCH /pulls/21'],
    ])
  })

  test('when it is the same one, be it of another day, then nothing is written', async () => {
    await setting.give()
    setting.written()
    for (const day of ['2026-11-24', '2026-11-25']) {
      expect(await setting.give(aChange({ after: updatedOn(day) }))).toMatchObject({
        state: 'unchanged',
        number: 21,
      })
    }
    expect(setting.written()).toEqual([])
  })

  test('when only the version of a package is newer then the update is another one', async () => {
    await setting.give()
    const newer = anOutcome({ packages: [{ ...PERL, to: '5.36.0-7+deb12u5' }] })
    expect(await setting.give(aChange({ after: updatedOn('2026-11-25') }), newer)).toMatchObject({
      state: 'updated',
    })
    expect(pull().body).toContain('deb12u5')
  })

  test('when the base has moved on with the same Dockerfile then the commit is made on its new head', async () => {
    await setting.give()
    setting.git.commit('main', { 'app/main.py': 'print(2)\n' }, 'new')
    expect((await setting.give()).state).toBe('updated')
    expect(headOf(theBranch())?.parents).toEqual([setting.git.branches.get('main')])
    expect(setting.git.at(theBranch(), 'app/main.py')).toBe('print(2)\n')
  })

  test('when the pull request could not be opened before then it is opened now', async () => {
    setting.stub.fail({
      method: 'POST',
      path: /\/pulls$/,
      times: 1,
      status: 403,
      message: 'GitHub Actions is not permitted to create or approve pull requests.',
    })
    const refused = await setting.give()
    expect(refused.state).toBe('none')
    expect(refused.note).toContain("in the repository's settings")
    expect((await setting.give()).state).toBe('opened')
  })

  test('when the text of the pull request could not be renewed before then it is now', async () => {
    await setting.give()
    setting.stub.fail({ method: 'PATCH', path: /\/pulls\//, times: 1, status: 422 })
    expect((await setting.give(...more())).state).toBe('none')
    expect((await setting.give(...more())).state).toBe('updated')
    expect(pull().title).toBe('Update 2 packages in acme/app (linux/amd64)')
    expect((await setting.give(...more())).state).toBe('unchanged')
  })

  test('when the pull request was merged and its branch stayed then a new update gets a new pull request', async () => {
    await setting.give()
    setting.git.commit('main', { [FILE]: updatedOn('2026-11-24') }, 'squashed')
    Object.assign(pull(), { state: 'closed', mergedAt: '2026-11-24T10:00:00Z' })
    const change = aChange({
      before: updatedOn('2026-11-24'),
      after: updatedOn('2026-12-01', 'perl-base tar'),
    })
    expect(await setting.give(change)).toMatchObject({ state: 'opened', number: 22 })
  })

  test('when somebody closed it unmerged then it is not offered again before it is another one', async () => {
    await setting.give()
    pull().headSha = setting.git.branches.get(theBranch()) ?? ''
    pull().state = 'closed'
    setting.git.commit('main', { 'app/main.py': 'print(2)\n' }, 'new')
    setting.written()
    const declined = await setting.give()
    expect(declined).toMatchObject({ state: 'none', number: 21 })
    expect(declined.note).toContain('closed without being merged')
    expect(setting.written()).toEqual([])
    expect(await setting.give(...more())).toMatchObject({ state: 'opened', number: 22 })
  })
})

describe('a branch that a person changed', () => {
  const changes: readonly (readonly [string, () => unknown])[] = [
    ['has a commit more', () => setting.git.commit(theBranch(), { 'app/main.py': 'x' }, 'mine')],
    [
      'has our commit amended, trailer and all',
      () => {
        const message = headOf(theBranch())?.message ?? ''
        setting.git.branches.set(theBranch(), setting.git.branches.get('main') ?? '')
        setting.git.commit(theBranch(), { [FILE]: `${updatedOn('2026-11-24')}USER 1\n` }, message)
      },
    ],
    [
      'has another file in our commit',
      () => {
        const message = headOf(theBranch())?.message ?? ''
        setting.git.branches.set(theBranch(), setting.git.branches.get('main') ?? '')
        setting.git.commit(theBranch(), { [FILE]: updatedOn('2026-11-24'), new: 'x' }, message)
      },
    ],
    [
      'has more commits than GitHub lists',
      () => {
        const message = headOf(theBranch())?.message ?? ''
        for (let count = 0; count < 101; count++) {
          setting.git.commit(theBranch(), {}, message)
        }
      },
    ],
    [
      'has a commit below ours that changes nothing',
      () => {
        const message = headOf(theBranch())?.message ?? ''
        setting.git.branches.set(theBranch(), setting.git.branches.get('main') ?? '')
        setting.git.commit(theBranch(), {}, 'mine')
        setting.git.commit(theBranch(), { [FILE]: updatedOn('2026-11-24') }, message)
      },
    ],
  ]
  test.each(changes)('when it %s then it stays as it is, and that is said', async (_, act) => {
    await setting.give()
    act()
    const before = setting.git.branches.get(theBranch())
    setting.written()
    const outcome = anOutcome({ packages: [{ ...PERL, to: '6' }] })
    for (const published of [await setting.give(aChange(), outcome), await setting.give(null)]) {
      expect(published).toMatchObject({ state: 'none', number: 21 })
      expect(published.note).toContain('has changes by someone else, so it was left alone')
    }
    expect(setting.written()).toEqual([])
    expect(setting.git.branches.get(theBranch())).toBe(before)
    expect(pull().state).toBe('open')
  })

  test.each([
    ['renewed', 'POST', /\/git\/commits$/, () => setting.give(aChange(), anOutcome({ packages: [] }))],
    ['closed', 'POST', /\/comments$/, () => setting.give(null)],
  ] as const)(
    'when they push just while it is %s then their commit is kept',
    async (_, method, path, act) => {
      await setting.give()
      let theirs = ''
      const push = () => {
        theirs = setting.git.commit(theBranch(), { new: 'x' }, 'mine')
      }
      setting.stub.fail({ method, path, times: 1, first: push })
      expect((await act()).note).toMatch(/left alone|was not deleted/)
      expect(setting.git.branches.get(theBranch())).toBe(theirs)
    },
  )
})

describe('an update that is no longer needed', () => {
  test('when nothing is to be done then the pull request is closed with the reason, and the branch goes', async () => {
    await setting.give()
    setting.written()
    expect(await setting.give(null)).toMatchObject({ state: 'closed', number: 21, note: null })
    expect(pull().state).toBe('closed')
    expect([...setting.git.branches.keys()]).toEqual(['main'])
    expect(setting.stub.comments.map(({ issue }) => issue)).toEqual([21])
    expect(setting.stub.comments[0]?.body).toContain('missing package updates no longer block its release')
    expect(setting.written().map((one) => one.split(' ')[0])).toEqual(['PATCH', 'POST', 'DELETE'])
    expect(await setting.give(null)).toEqual({ state: 'none', number: null, url: null, note: null })
    expect(await setting.give()).toMatchObject({ state: 'opened', number: 22 })
  })

  test('when a rebuild alone is enough then it is closed with that reason', async () => {
    await setting.give()
    const rebuilt = anOutcome({ outcome: 'rebuild' })
    expect(await setting.give(null, rebuilt)).toMatchObject({ state: 'closed', number: 21 })
    expect(setting.stub.comments[0]?.body).toContain("a rebuild on today's base is enough")
  })

  test('when it was merged before then only the branch goes', async () => {
    await setting.give()
    setting.git.branches.set('main', setting.git.branches.get(theBranch()) ?? '')
    Object.assign(pull(), { state: 'closed', mergedAt: '2026-11-24T10:00:00Z' })
    expect(await setting.give(null)).toMatchObject({ state: 'none', note: null })
    expect([...setting.git.branches.keys()]).toEqual(['main'])
  })

  test.each([
    ['could not be judged', { ...NOTHING, before: 'incomplete' }],
    ['breaks by it', { ...NOTHING, outcome: 'breaks' }],
    ['was broken before', { ...NOTHING, outcome: 'broken-before' }],
    ['is worse with it', { ...NOTHING, outcome: 'worse' }],
    ['was updated by a layer', anOutcome()],
  ] as const)('when the image %s then the pull request stays', async (_, outcome) => {
    await setting.give()
    const published = await setting.give(null, outcome)
    expect(published.state).toBe('none')
    expect(published.note).toContain('is left open')
    expect(pull().state).toBe('open')
  })
})

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
        await setting.stub.close()
        setting = await anUpdateSetting()
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
