import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { readScan } from '../../../src/inputs/request.js'
import type { Values } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'
import { problemOfRejected } from '../../support/rejections.js'
import {
  BASE,
  folder,
  GATE,
  HEAD,
  inputs,
  judging,
  MERGE,
  policies,
  scan,
  stub,
  TODAY,
} from './pull-request.js'

const WHITELIST = 'policies/whitelist.yml'

const entry = (id: string) =>
  `  - {id: ${id}, package: apt, reason: r, owner: o, expires: "2026-12-01", max-severity: critical}\n`
const whitelist = (...ids: string[]) => `version: 1\nentries:\n${ids.map(entry).join('')}`
const ids = ({ whitelist: { entries } }: { whitelist: { entries: readonly { id: string }[] } }) =>
  entries.map(({ id }) => id)

describe('when a pull request changes the whitelist', () => {
  test('then the base’s holds, and the changed one is only proposed', async () => {
    stub.files.set(`${BASE}:${WHITELIST}`, whitelist('CVE-2026-0001'))
    stub.files.set(`${MERGE}:${WHITELIST}`, whitelist('CVE-2026-0001', 'CVE-2026-0002'))
    const { policy, proposed } = await judging()
    expect(ids(policy)).toEqual(['CVE-2026-0001'])
    expect(proposed === null ? null : ids(proposed)).toEqual(['CVE-2026-0001', 'CVE-2026-0002'])
  })

  test('then what it includes is the base’s too, named from wherever', async () => {
    for (const [commit, id] of [
      [BASE, 'CVE-2026-0001'],
      [MERGE, 'CVE-2026-0002'],
    ] as const) {
      stub.files.set(`${commit}:${WHITELIST}`, 'version: 1\ninclude: [team/a.yml]\nentries: []\n')
      stub.files.set(`${commit}:policies/team/a.yml`, whitelist(id))
    }
    for (const name of ['policies', './policies/']) {
      const { policy, proposed } = await judging({ policies: name })
      expect(ids(policy)).toEqual(['CVE-2026-0001'])
      expect(proposed === null ? null : ids(proposed)).toEqual(['CVE-2026-0002'])
    }
  })

  test('then its own word on a doubtful package database counts for nothing, in whatever file', async () => {
    const doubtful =
      '{check: security-updates, id: package-database-doubtful, images: [app:1], reason: r, owner: o, expires: "2026-12-01"}'
    stub.files.set(`${BASE}:${WHITELIST}`, 'version: 1\ninclude: [a.yml]\nentries: []\n')
    stub.files.set(`${BASE}:policies/a.yml`, 'version: 1\nentries: []\n')
    for (const path of [WHITELIST, 'policies/a.yml', 'other/whitelist.yml']) {
      stub.files.set(`${MERGE}:${path}`, `version: 1\nentries:\n  - ${doubtful}\n`)
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), `version: 1\nentries:\n  - ${doubtful}\n`)
    }
    for (const name of ['policies', join(folder, 'policies'), 'other']) {
      const { policy, proposed } = await judging({ policies: name })
      expect(ids(policy)).toEqual([])
      expect(proposed === null ? null : ids(proposed)).toEqual(['package-database-doubtful'])
    }
    // A file outside of the repository is nobody's: the job has it, or an earlier step of the pull request's.
    await expect(policies({ policies: '/etc' })).rejects.toMatchObject({
      problem: { code: 'policy-base-unreadable' },
    })
  })

  test('then a work tree with other files is not looked at', async () => {
    const { policy, proposed } = await judging({ policies: 'policies' })
    // Here, in the project’s own folder, there is a policies/gate.yml.
    expect([policy.gate.file, policy.whitelist.file, proposed]).toEqual([null, null, null])
  })

  test('then a changed policy that is not valid is reported at once', async () => {
    stub.files.set(`${MERGE}:${GATE}`, 'version: 1\nfail-on: hihg\n')
    const read = await policies()
    expect(problemThrownBy(() => readScan(['app:1'], inputs({}), TODAY, read)).code).toBe('policy-invalid')
  })
})

describe('layers-from: registry, in a pull request', () => {
  const values = { 'clair-url': 'http://c:6060', 'layers-from': 'registry' }

  test('then the gate hands the layers to Clair, which gets no token, and a notice says so', async () => {
    const { request, judging } = await scan({ ...values, 'layer-url': 'http://runner:8090' })
    expect(request.clair).toMatchObject({ layersFrom: 'gate', layerUrl: 'http://runner:8090' })
    expect(judging.notices).toEqual([
      {
        kind: 'unbound',
        place: null,
        text: expect.stringContaining('the input "layers-from" has no effect'),
      },
    ])
    expect((await scan({ 'layers-from': 'gate' })).judging.notices).toEqual([])
  })

  test('then layer-url is needed as without it, and the error says why', async () => {
    const read = await policies(values)
    const { what } = problemThrownBy(() => readScan(['app:1'], inputs(values), TODAY, read))
    expect(what).toMatch(
      /^layer-url: required with clair-url for a pull request, where layers-from: registry has no effect/,
    )
  })
})

describe('whose policies hold', () => {
  const event = (payload: object) => {
    writeFileSync(join(folder, 'event.json'), JSON.stringify(payload))
    return { GITHUB_EVENT_PATH: join(folder, 'event.json') }
  }
  const into = (ref: string) =>
    event({ pull_request: { base: { ref } }, repository: { default_branch: 'main' } })
  const MAIN = '4'.repeat(40)
  const noticesOf = async (values: Values, env: NodeJS.ProcessEnv) =>
    readScan(['app:1'], inputs(values), TODAY, await policies(values, env)).judging
  const noticeTexts = ({ notices }: { readonly notices: readonly { kind: string; text: string }[] }) =>
    notices.filter(({ kind }) => kind === 'base').map(({ text }) => text)

  beforeEach(() => {
    stub.git.branches.set('main', MAIN)
    stub.git.branches.set('lax', BASE)
    stub.files.set(`${BASE}:${GATE}`, 'version: 1\nfail-on: critical\n')
    stub.files.set(`${MERGE}:${GATE}`, 'version: 1\nfail-on: critical\n')
    stub.files.set(`${MAIN}:${GATE}`, 'version: 1\nfail-on: low\n')
  })

  test('when nothing is said, then those of the branch that it goes into, and reports name it with its commit', async () => {
    const judged = await noticesOf({}, into('main'))
    expect(noticeTexts(judged)).toEqual(['policies from main at 111111111111'])
  })

  test('when that is not the default branch, then reports say so', async () => {
    const judged = await noticesOf({}, into('lax'))
    expect(judged.policy.gate.failOn).toBe('critical')
    expect(noticeTexts(judged)).toEqual([
      'policies from lax at 111111111111, which is not the default branch (main)',
    ])
  })

  test('when the default branch’s are asked for, then those of a lax one count for nothing', async () => {
    const judged = await noticesOf({ 'policies-from': 'default-branch' }, into('lax'))
    expect(judged.policy.gate.failOn).toBe('low')
    expect(judged.proposed).toBeNull()
    expect(noticeTexts(judged)).toEqual(['policies from main at 444444444444, not from lax'])
    // What the pull request would change is said where it goes into that branch.
    const own = await noticesOf({ 'policies-from': 'default-branch' }, into('main'))
    expect(noticeTexts(own)).toEqual(['policies from main at 111111111111'])
  })

  test('when it waits in a merge queue, then the same holds of the branch of the queue', async () => {
    const queue = (base_ref: string) => ({
      GITHUB_EVENT_NAME: 'merge_group',
      ...event({ merge_group: { base_sha: BASE, base_ref }, repository: { default_branch: 'main' } }),
    })
    stub.commits.set(BASE, [])
    expect(noticeTexts(await noticesOf({}, queue('refs/heads/main')))).toEqual([
      'policies from main at 111111111111',
    ])
    const judged = await noticesOf({ 'policies-from': 'default-branch' }, queue('refs/heads/lax'))
    expect([judged.policy.gate.failOn, noticeTexts(judged)]).toEqual([
      'low',
      ['policies from main at 444444444444, not from lax'],
    ])
  })

  test.each([
    ['there is no such branch', 'gone'],
    ['the event does not name it', undefined],
  ])('when the default branch’s are asked for and %s, then nothing is judged', async (_, default_branch) => {
    const env = event({ pull_request: { base: { ref: 'lax' } }, repository: { default_branch } })
    const problem = await problemOfRejected(policies({ 'policies-from': 'default-branch' }, env))
    expect(problem.code).toBe('policy-base-unreadable')
  })

  test('when a branch is named, then that is refused: a change must not choose among all of them', async () => {
    const problem = await problemOfRejected(policies({ 'policies-from': 'lax' }, into('main')))
    expect(problem).toMatchObject({ code: 'bad-input', what: expect.stringContaining('policies-from') })
  })
})

describe('when the base lacks a file', () => {
  test('and the pull request brings it, then an empty policy holds, and it is reported', async () => {
    stub.files.set(`${MERGE}:team/whitelist.yml`, whitelist('CVE-2026-0001'))
    const { policy, proposed, notices } = await judging({ policies: 'team' })
    expect([ids(policy), proposed && ids(proposed)]).toEqual([[], ['CVE-2026-0001']])
    expect(notices).toEqual([
      {
        kind: 'unbound',
        place: null,
        text: expect.stringContaining('team/whitelist.yml is not on the base branch yet'),
      },
    ])
  })

  test('and nobody has it, then a name that was given is a mistake', async () => {
    const problem = await problemOfRejected(policies({ policies: 'nowhere' }))
    expect(problem).toMatchObject({ code: 'policy-missing', where: 'nowhere' })
    stub.files.set(`${BASE}:nowhere/dictionary.yml`, 'version: 1\n')
    expect((await policies({ policies: 'nowhere' }))?.base.notices).toMatchObject([{ kind: 'base' }])
  })
})

describe('when the base cannot be read', () => {
  const unreadable = async (values: Values = {}, env: NodeJS.ProcessEnv = {}) => {
    const problem = await problemOfRejected(policies(values, env))
    expect(problem.code).toBe('policy-base-unreadable')
    return problem
  }

  test.each([
    ['the commit is refused', { path: /git\/commits/, status: 403 }, 'contents: read'],
    ['the commit is not seen', { path: /git\/commits/, status: 404 }, 'contents: read'],
    ['a file is refused', { path: /contents/, status: 403 }, 'contents: read'],
    ['a file is too large', { path: /contents/, status: 422 }, 'contents: read'],
    ['GitHub has a fault', { path: /contents/, status: 500 }, 'check the network'],
    ['the connection is cut', { path: /contents/, cut: 'before' as const }, 'check the network'],
  ])('because %s, then nothing is read instead', async (_, message, todo) => {
    stub.files.set(`${MERGE}:${WHITELIST}`, whitelist('CVE-2026-0002'))
    stub.fail(message)
    expect((await unreadable()).todo).toContain(todo)
  })

  test('because only the base’s file is refused, then the head’s does not stand in', async () => {
    stub.files.set(`${MERGE}:${WHITELIST}`, whitelist('CVE-2026-0002'))
    stub.fail({ path: /whitelist/, status: 403, times: 1 })
    await unreadable()
  })

  test('because there is no token, then it is reported', async () => {
    expect((await unreadable({ 'github-token': '' })).where).toBe('github-token')
  })

  test.each([['/etc'], ['../other'], ['a/../../b']])(
    'because %s lies outside of the repository, then it is said',
    async (path) => {
      expect((await unreadable({ policies: path })).where).toBe(path)
      expect(stub.log).toEqual([])
    },
  )

  test.each([[[BASE]], [[]], [[BASE, HEAD, MERGE]]])(
    'because the commit is no merge, then it is said',
    async (parents) => {
      stub.commits.set(MERGE, parents)
      const { what, todo } = await unreadable()
      expect(what).toContain(`it has ${parents.length} parent`)
      // A token and permissions are not the reason.
      expect(todo).toMatch(
        /^run the job .* on its merge commit \(refs\/pull\/NUMBER\/merge\)(?!.*(?:token|permission))/,
      )
    },
  )

  test('because a file is named instead of its folder, then that is the only error', async () => {
    mkdirSync(join(folder, 'team'))
    writeFileSync(join(folder, 'team/gate.yml'), 'version: 1\n')
    const problem = await problemOfRejected(policies({ policies: join(folder, 'team/gate.yml') }))
    expect(problem).toMatchObject({
      code: 'policy-missing',
      todo: `specify its folder: ${join(folder, 'team')}`,
    })
    expect(stub.log).toEqual([])
  })

  test('because the runner names no commit, then it is reported', async () => {
    await unreadable({}, { GITHUB_SHA: '' })
  })

  test('then what the pull request would change may be unknown, and the base still holds', async () => {
    stub.files.set(`${BASE}:${WHITELIST}`, whitelist('CVE-2026-0001'))
    stub.files.set(`${MERGE}:${WHITELIST}`, whitelist('CVE-2026-0002'))
    stub.fail({ path: /contents/, status: 403, ref: MERGE })
    const { policy, proposed } = await judging()
    expect([ids(policy), proposed]).toEqual([['CVE-2026-0001'], null])
  })
})

describe('when the run is about something else', () => {
  test.each(['push', 'schedule', 'workflow_dispatch'])(
    '%s, then nothing is asked of GitHub',
    async (name) => {
      expect(await policies({}, { GITHUB_EVENT_NAME: name })).toBeNull()
      expect(stub.log).toEqual([])
    },
  )

  test('a merge queue, then its base is that of the event', async () => {
    const event = join(folder, 'event.json')
    writeFileSync(event, JSON.stringify({ merge_group: { base_sha: BASE } }))
    stub.commits.set(BASE, [])
    stub.files.set(`${BASE}:${WHITELIST}`, whitelist('CVE-2026-0001'))
    stub.files.set(`${MERGE}:${WHITELIST}`, whitelist('CVE-2026-0002'))
    const { policy } = await judging({}, { GITHUB_EVENT_NAME: 'merge_group', GITHUB_EVENT_PATH: event })
    expect(ids(policy)).toEqual(['CVE-2026-0001'])
    const problem = await problemOfRejected(policies({}, { GITHUB_EVENT_NAME: 'merge_group' }))
    expect(problem.code).toBe('policy-base-unreadable')
  })

  test('pull_request_target, then it is refused before anything is asked', async () => {
    const problem = await problemOfRejected(policies({}, { GITHUB_EVENT_NAME: 'pull_request_target' }))
    expect(problem.code).toBe('pull-request-target')
    expect(stub.log).toEqual([])
  })
})
