import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { pull, setting, theBranch } from './update-branch.js'
import { aChange, anOutcome, BEFORE, FILE, NOTHING, PERL, updatedOn } from './update-setting.js'

const headOf = (branch: string) => setting.git.commits.get(setting.git.branches.get(branch) ?? '')
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
