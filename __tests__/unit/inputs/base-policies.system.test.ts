import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readBasePolicies } from '../../../src/inputs/base-policies.js'
import { readScan } from '../../../src/inputs/request.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { readUpdateRequest } from '../../../src/inputs/update.js'
import { type GitHubStub, githubStub } from '../../support/github-stub/stub.js'
import { gateYml } from '../../support/policies.js'
import { problemThrownBy } from '../../support/problems.js'
import { problemOfRejected } from '../../support/rejections.js'
import { NEVER } from '../../support/waiting.js'

const [BASE, HEAD, MERGE] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string]
const TODAY = '2026-11-24'
const WHITELIST = 'policies/whitelist.yml'
const GATE = 'policies/gate.yml'

let stub: GitHubStub
let folder: string
beforeEach(async () => {
  stub = await githubStub()
  stub.commits.set(MERGE, [BASE, HEAD])
  folder = mkdtempSync(join(tmpdir(), 'sw-base-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await stub.close()
  expect(stub.errors).toEqual([])
})

type Values = Readonly<Record<string, string>>

const inputs = (values: Values) => (name: string) =>
  values[name] ??
  (name === 'github-token' ? 'ghs_x' : (INPUTS.find((input) => input.name === name)?.default ?? ''))

const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SHA: MERGE,
  GITHUB_API_URL: stub.url,
  GITHUB_WORKSPACE: folder,
  ...more,
})

const policies = (values: Values = {}, env: NodeJS.ProcessEnv = {}) =>
  readBasePolicies(inputs(values), { env: environment(env), backoffMs: 1, timeoutMs: NEVER })

/** Without the notice of whose policies hold, which has tests of its own. */
async function scan(values: Values = {}, env: NodeJS.ProcessEnv = {}) {
  const { request, judging } = readScan(['app:1'], inputs(values), TODAY, await policies(values, env))
  return { request, judging: { ...judging, notices: judging.notices.filter(({ kind }) => kind !== 'base') } }
}

async function judging(values: Values = {}, env: NodeJS.ProcessEnv = {}) {
  return (await scan(values, env)).judging
}

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

describe('when inputs ask for less than the base’s gate.yml', () => {
  test('then it is reported, and the base’s holds; what is stricter is obeyed', async () => {
    const text =
      'version: 1\nfail-on: medium\nfail-on-unfixed: critical\nfail-on-unexamined: true\nmax-data-age: 24\nchecks: [clair, docker-bench]\n'
    for (const commit of [BASE, MERGE]) {
      stub.files.set(`${commit}:${GATE}`, text)
    }
    const { policy, notices } = await judging({
      'fail-on': 'critical',
      'fail-on-unfixed': 'never',
      checks: 'clair',
    })
    expect(policy.gate).toMatchObject({
      failOn: 'medium',
      failOnUnfixed: 'critical',
      failOnUnexamined: true,
      requireRelease: 'stable',
      maxDataAge: 24,
      checks: ['clair', 'docker-bench'],
      file: GATE,
    })
    expect(notices.map(({ kind }) => kind)).toEqual(Array(3).fill('laxer'))
    expect(notices.map(({ text }) => text.split(' (')[0])).toEqual(
      ['checks', 'fail-on', 'fail-on-unfixed'].map((it) => `the input "${it}"`),
    )
    expect(notices[1]?.text).toContain('(critical) is laxer than policies/gate.yml on the base branch')
  })

  test.each([
    ['all', 'linux/amd64', 'all'],
    ['[linux/amd64, linux/arm64]', 'linux/arm64', ['linux/amd64', 'linux/arm64']],
    ['[linux/amd64, linux/arm64]', 'linux/s390x', ['linux/amd64', 'linux/arm64']],
  ])(
    'by platforms (%s, and %s is asked for), then the base’s are judged',
    async (current, requested, expected) => {
      stub.files.set(
        `${BASE}:${GATE}`,
        `version: 1\nplatform: ${current}\nreleases: { patch: { updates: any-update, test: required } }\n`,
      )
      // Nor does the gate.yml of the change itself leave one out, or let a release wait for less.
      stub.files.set(
        `${MERGE}:${GATE}`,
        `version: 1\nplatform: [${requested}]\nreleases: { patch: { updates: security, docker-bench: optional } }\n`,
      )
      const { policy, notices } = await judging({ platform: requested, release: 'v1.2.3' })
      expect(policy.gate).toMatchObject({ platform: expected, release: 'patch' })
      expect(policy.gate.releases.patch).toEqual({
        ...{ updates: 'any-update', test: 'required', requireRelease: null },
        ...{ dockerBench: 'required', unexamined: 'noted' },
      })
      expect(notices.map(({ kind, text }) => [kind, text.split(' (')[0]])).toContainEqual([
        'laxer',
        'the input "platform"',
      ])
      const unsaid = await judging({})
      expect(unsaid.policy.gate.platform).toEqual(expected)
    },
  )

  test('by naming no folder at all, then the one at the default path holds', async () => {
    const text = readFileSync('policies/dictionary.yml', 'utf8')
    for (const commit of [BASE, MERGE]) {
      stub.files.set(`${commit}:${GATE}`, 'version: 1\nfail-on: medium\n')
      stub.files.set(`${commit}:policies/dictionary.yml`, text)
    }
    const { policy } = await judging({ policies: ' ' })
    expect([policy.gate.failOn, policy.gate.file]).toEqual(['medium', GATE])
    expect(policy.dictionary.file).toBe('policies/dictionary.yml')
    expect(policy.whitelist.file).toBeNull()
  })

  test('by saying that nobody wants advisories, then the base’s word on applications holds, and OSV is asked', async () => {
    const { judging: judgingFromBase, request } = await scan({ osv: 'none' })
    expect([judgingFromBase.policy.gate.application, request.feeds.osv.length]).toEqual(['act', 1])
    expect(judgingFromBase.notices.map(({ kind, text }) => `${kind} ${text.split(' is ')[0]}`)).toEqual([
      'laxer the input "osv" (none)',
    ])
    for (const commit of [BASE, MERGE]) {
      stub.files.set(`${commit}:${GATE}`, 'version: 1\napplication: off\n')
    }
    const off = await scan({ osv: 'none' })
    expect([off.judging.policy.gate.application, off.request.feeds.osv]).toEqual(['off', []])
  })

  test('by the mode audit, then the base enforces; where the base audits, nothing is to be said', async () => {
    const requested = await judging({ mode: 'audit' })
    expect([requested.policy.gate.mode, requested.notices.map(({ kind }) => kind)]).toEqual([
      'enforce',
      ['laxer'],
    ])
    // Saved with the evidence are only inputs that hold.
    expect((await judging({ mode: 'audit', 'fail-on': 'low' })).inputs).toEqual({ 'fail-on': 'low' })
    expect(requested.notices[0]?.text).toContain('the input "mode" (audit) is laxer than the default')
    stub.files.set(`${MERGE}:${GATE}`, 'version: 1\nmode: audit\n')
    expect((await judging({ mode: 'audit' })).policy.gate.mode).toBe('enforce')
    stub.files.set(`${BASE}:${GATE}`, 'version: 1\nmode: audit\n')
    const judgingFromBase = await judging({})
    expect([judgingFromBase.policy.gate.mode, judgingFromBase.notices]).toEqual(['audit', []])
  })

  test('by keys that no input sets, then those of the base hold, and an input of such a name is an error', async () => {
    const lax = {
      'fail-on-deferred': 'never',
      'act-within': { low: '30d' },
      'unknown-severity': 'noted',
      'epss-at-least': 1,
      'fail-on-unexamined': false,
      application: 'off',
      'require-release': 'supported',
      'max-data-age': 9000,
      'allowed-bases': 'any',
      'fail-on-new-only': true,
      'bench-engine': 'builtin',
      timeouts: { start: 3600, test: 9000 },
    }
    const strict = {
      failOnDeferred: 'low',
      actWithin: { critical: 0, high: 0, medium: 0, low: 1, negligible: 0 },
      unknownSeverity: 'act',
      epssAtLeast: 0.5,
      failOnUnexamined: true,
      application: 'act',
      requireRelease: 'stable',
      maxDataAge: 24,
      allowedBases: 'official',
      failOnNewOnly: false,
      benchEngine: 'both-required',
      timeouts: { download: 120, clair: 120, start: 60, test: 300, update: 3600 },
    }
    stub.files.set(
      `${BASE}:${GATE}`,
      'version: 1\nfail-on-deferred: low\nact-within: {low: 1d}\nepss-at-least: 0.5\nfail-on-unexamined: true\nmax-data-age: 24\nbench-engine: both-required\n',
    )
    stub.files.set(`${MERGE}:${GATE}`, gateYml(lax))
    const { policy, proposed } = await judging()
    expect(policy.gate).toMatchObject(strict)
    expect(proposed?.gate).toMatchObject({ application: 'off', allowedBases: 'any', maxDataAge: 9000 })
    for (const [name, value] of Object.entries(lax)) {
      const old = await policies()
      const faulty = inputs({ [name]: JSON.stringify(value) })
      expect(problemThrownBy(() => readScan(['app:1'], faulty, TODAY, old)).what).toContain(
        `${name}: this is not an input: set the key ${name}`,
      )
    }
  })

  test('by a day of the past, then today holds, for an entry that has expired stays so; a later day is stricter', async () => {
    const past = await judging({ today: '2026-11-23' })
    expect([past.today, past.notices.map(({ kind }) => kind)]).toEqual([TODAY, ['laxer']])
    expect(past.notices[0]?.text).toContain(
      'the input "today" specifies a date (2026-11-23) before 2026-11-24 and is ignored',
    )
    expect(past.isDaySet).toBe(true)
    for (const today of [TODAY, '2026-12-01']) {
      expect(await judging({ today })).toMatchObject({ today, notices: [] })
    }
  })

  test('and the base has none, then the defaults hold', async () => {
    const { policy, notices } = await judging({ 'fail-on': 'critical' })
    expect([policy.gate.failOn, notices[0]?.kind]).toEqual(['high', 'laxer'])
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
      expect((await unreadable()).what).toContain(`it has ${parents.length} parent`)
    },
  )

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

describe('when gate.yml says how the image is run', () => {
  const scanned = scan
  const at = (commit: string, path: string, text: string) => stub.files.set(`${commit}:${path}`, text)
  const compose = (service: string) => `services: {app: {${service}}}`
  const both = (lines: string) => {
    for (const commit of [BASE, MERGE]) {
      at(commit, GATE, `version: 1\n${lines}\n`)
    }
  }
  // Paths are resolved by the working directory, which is the workspace in a run.
  const back = process.cwd()
  beforeEach(() => process.chdir(folder))
  afterEach(() => process.chdir(back))

  test('then the base’s says it, not the pull request’s', async () => {
    at(BASE, GATE, 'version: 1\nrun-options: --privileged\nbench-engine: both-required\n')
    at(MERGE, GATE, 'version: 1\nrun-options: --read-only\nbench-engine: builtin\nstart: true\n')
    const { request, judging } = await scanned()
    // Started because the base says how it is run, not because the change says start: true.
    expect(request.bench).toMatchObject({ benchEngine: 'both-required', start: true, isStartOptional: true })
    const sourceOf = async (source: string) => (await scan({ 'bench-source': source })).request.bench.source
    expect(await sourceOf('vendor/bench')).toEqual({
      kind: 'folder',
      folder: 'vendor/bench',
      mustBePinned: true,
    })
    expect(await sourceOf('/usr/share/bench')).toEqual({ kind: 'folder', folder: '/usr/share/bench' })
    expect(await sourceOf('download')).toEqual({ kind: 'download', url: null })
    expect(request.bench.spec?.hostConfig).toEqual({ Privileged: true })
    expect(judging.proposed?.gate.benchEngine).toBe('builtin')
  })

  test('then inputs do not loosen it, and their words, which may be secret, are not told', async () => {
    both('run-options: --privileged -e TOKEN=theirs\nbench-engine: both-required\nstart: false')
    const { request, judging } = await scanned({
      ...{ 'run-options': '-e TOKEN=mine', 'compose-file': 'x.yml', start: 'false' },
    })
    expect(request.bench).toMatchObject({
      benchEngine: 'both-required',
      spec: { hostConfig: { Privileged: true } },
    })
    expect(judging.notices.map(({ kind, text }) => [kind, text.replace(/ and is ignored.*/, '')])).toEqual([
      ['laxer', 'the input "run-options" differs from policies/gate.yml on the base branch'],
      ['laxer', 'the input "compose-file" differs from policies/gate.yml on the base branch'],
    ])
    expect(JSON.stringify(judging.notices)).not.toContain('TOKEN')
  })

  test.each([
    ['', 'none', []],
    ['auto', 'none', []],
    ['true', 'none', ['the input "start" has no effect, because only an input sets the run options']],
    ['given', 'none', ['the input "start" has no effect, because only an input sets the run options']],
    // Its options are ours.
    ['hardened', 'hardened', []],
  ])(
    'and the base says nothing of it, then inputs do, and start nothing (start: %j)',
    async (start, startTest, notices) => {
      const { request, judging } = await scanned({ 'run-options': '--read-only', start })
      const spec = { hostConfig: { ReadonlyRootfs: true } }
      expect(request.bench).toMatchObject({ start: false, startTest, spec })
      expect(judging.notices.map(({ text }) => text.split(', and a pull')[0])).toEqual(notices)
    },
  )

  test.each(['false', 'auto'])(
    'and it starts the image, then an input start: %s does not change that',
    async (start) => {
      both('run-options: --read-only\nstart: true')
      const { request, judging } = await scanned({ start })
      expect(request.bench).toMatchObject({ start: true, isStartOptional: false })
      expect(judging.notices.map(({ kind }) => kind)).toEqual(['laxer'])
    },
  )

  test('and it says only how the image is run, then that is started, and an input does not stop it', async () => {
    both('run-options: --read-only')
    for (const start of ['', 'false']) {
      const { request, judging } = await scanned({ start })
      expect(request.bench).toMatchObject({ start: true, isStartOptional: true })
      expect(judging.notices.map(({ kind }) => kind)).toEqual(start === '' ? [] : ['laxer'])
    }
  })

  test('and only the change’s gate.yml sets run options, then nothing is started', async () => {
    at(MERGE, GATE, 'version: 1\nrun-options: --read-only\nstart: true\n')
    const { request } = await scanned()
    expect(request.bench).toMatchObject({ start: false, spec: null, startTest: 'none' })
  })

  test('by a compose file, then that is the base’s too, and no policy has changed', async () => {
    both('compose-file: deploy/compose.yml')
    at(BASE, 'deploy/compose.yml', compose('privileged: true'))
    at(MERGE, 'deploy/compose.yml', compose('read_only: true'))
    mkdirSync(join(folder, 'deploy'))
    writeFileSync(join(folder, 'deploy/compose.yml'), compose('read_only: true'))
    for (const values of [{}, { 'compose-file': 'deploy/compose.yml' }]) {
      const { request, judging } = await scanned(values)
      expect(request.bench.spec?.hostConfig).toEqual({ Privileged: true, NetworkMode: 'project_default' })
      expect([judging.proposed, judging.notices]).toEqual([null, []])
    }
  })

  test('by a compose file that the base does not have, then the pull request’s does not stand in', async () => {
    both('compose-file: compose.yml')
    at(MERGE, 'compose.yml', compose('read_only: true'))
    writeFileSync(join(folder, 'compose.yml'), compose('read_only: true'))
    const base = await policies()
    const { what } = problemThrownBy(() => readScan(['app:1'], inputs({}), TODAY, base))
    expect(what).toBe(
      'compose-file: "compose.yml" from policies/gate.yml is not a plain file in the repository',
    )
  })

  test.each([
    ['run-options: --security-opt seccomp=deploy/profile.json', ''],
    ['compose-file: deploy/compose.yml', compose('security_opt: ["seccomp:profile.json"]')],
  ])('with a seccomp profile (%s), then that is the base’s too', async (lines, text) => {
    both(lines)
    for (const commit of [BASE, MERGE]) {
      at(commit, 'deploy/compose.yml', text)
    }
    at(BASE, 'deploy/profile.json', '{"defaultAction": "BASE"}')
    mkdirSync(join(folder, 'deploy'))
    writeFileSync(join(folder, 'deploy/profile.json'), '{"defaultAction": "WORK"}')
    const { request } = await scanned()
    expect(request.bench.spec?.hostConfig.SecurityOpt).toEqual(['seccomp={"defaultAction":"BASE"}'])
  })
})

describe('when an input names a compose file', () => {
  const compose = (service: string) => `services: {app: {${service}}}`
  const at = (commit: string, path: string, text: string) => stub.files.set(`${commit}:${path}`, text)
  const here = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const scanned = async (values: Values) => readScan(['app:1'], inputs(values), TODAY, await policies(values))
  const back = process.cwd()
  beforeEach(() => process.chdir(folder))
  afterEach(() => process.chdir(back))

  test('then the base’s is judged, whatever lies in the work tree', async () => {
    at(BASE, 'deploy/c.yml', compose('privileged: true, security_opt: ["seccomp=p.json"]'))
    at(BASE, 'deploy/p.json', '{"defaultAction": "BASE"}')
    here('deploy/c.yml', compose('read_only: true'))
    here('deploy/p.json', '{"defaultAction": "WORK"}')
    for (const name of ['deploy/c.yml', './deploy/c.yml']) {
      const { request, judging } = await scanned({ 'compose-file': name, start: 'true' })
      expect(request.bench).toMatchObject({
        start: true,
        spec: { hostConfig: { Privileged: true, SecurityOpt: ['seccomp={"defaultAction":"BASE"}'] } },
      })
      expect(judging.notices).toMatchObject([{ kind: 'base' }])
      // What no policy names is not started without being asked to.
      expect((await scanned({ 'compose-file': name })).request.bench).toMatchObject({ start: false })
    }
  })

  test('that only the pull request has, then nothing is started, and section 5 is not judged', async () => {
    at(MERGE, 'c.yml', compose('read_only: true'))
    here('c.yml', compose('read_only: true'))
    const values = { 'compose-file': 'c.yml', 'compose-service': 'app', start: 'given' }
    const { request, judging } = await scanned(values)
    expect(request.bench).toMatchObject({ spec: null, start: false, startTest: 'none' })
    expect(judging.notices.map(({ kind, text }) => `${kind} ${text.split(/[:,]/)[0]}`)).toEqual([
      'base policies from the base at 111111111111',
      'unbound c.yml is not on the base branch yet; until it is merged',
    ])
    // What the base itself starts is started all the same.
    at(BASE, GATE, 'version: 1\nstart: true\n')
    at(MERGE, GATE, 'version: 1\nstart: true\n')
    const started = await scanned({ ...values, start: 'true' })
    expect(started.request.bench).toMatchObject({ spec: null, start: true, startTest: 'none' })
  })

  test.each([
    ['nobody has', 'gone.yml'],
    ['only the job has', 'made.yml'],
    ['lies elsewhere', '/etc/compose.yml'],
  ])('that %s, then that is a mistake', async (_, path) => {
    here('made.yml', compose('read_only: true'))
    const base = await policies({ 'compose-file': path })
    const { what } = problemThrownBy(() => readScan(['app:1'], inputs({ 'compose-file': path }), TODAY, base))
    expect(what).toBe(`compose-file: ${JSON.stringify(path)} does not exist on the base branch`)
  })

  test('or run options with a seccomp profile, then that is the base’s', async () => {
    at(BASE, 'p.json', '{"defaultAction": "BASE"}')
    here('p.json', '{"defaultAction": "WORK"}')
    const { request } = await scanned({ 'run-options': '--security-opt seccomp=p.json' })
    expect(request.bench.spec?.hostConfig.SecurityOpt).toEqual(['seccomp={"defaultAction":"BASE"}'])
  })

  test('to test an update by, then the base’s tests it, and one that only the pull request has does not', async () => {
    at(BASE, 'test.yml', 'services: {test: {image: base}}')
    at(MERGE, 'test.yml', 'services: {test: {image: change}}')
    at(MERGE, 'new.yml', 'services: {test: {image: change}}')
    here('test.yml', 'services: {test: {image: change}}')
    const testOf = async (file: string) => {
      const values = { test: `${file}#test` }
      return readUpdateRequest(['app:1'], inputs(values), (await policies(values))?.base).test
    }
    expect(await testOf('test.yml')).toMatchObject({ document: '{"services":{"test":{"image":"base"}}}' })
    expect(await testOf('new.yml')).toEqual({ kind: 'unbound', file: 'new.yml' })
    // The check of that name goes by the same: what only the pull request has is not run, and that is told.
    const checkOf = async (file: string) => (await scan({ test: `${file}#test` })).request.regressionTest.test
    expect(await checkOf('test.yml')).toMatchObject({ document: '{"services":{"test":{"image":"base"}}}' })
    expect(await checkOf('new.yml')).toBeNull()
    const { notices } = await judging({ test: 'new.yml#test' })
    expect(notices.map(({ text }) => text).join()).toContain('new.yml is not on the base branch yet')
  })
})

describe('when gate.yml names VEX documents, or a baseline is given', () => {
  const vex = (id: string) =>
    JSON.stringify({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://acme.example/vex/1',
      author: 'acme',
      timestamp: '2026-11-01T00:00:00Z',
      version: 1,
      statements: [
        {
          vulnerability: { name: id },
          products: [{ '@id': 'pkg:deb/debian/apt' }],
          status: 'not_affected',
          justification: 'vulnerable_code_not_in_execute_path',
        },
      ],
    })

  test('then the base’s statements count', async () => {
    for (const [commit, id] of [
      [BASE, 'CVE-2026-0001'],
      [MERGE, 'CVE-2026-0002'],
    ] as const) {
      stub.files.set(`${commit}:${GATE}`, 'version: 1\nvex: [vex/a.json]\n')
      stub.files.set(`${commit}:vex/a.json`, vex(id))
    }
    const { policy, notices } = await judging()
    expect(JSON.stringify(policy.vex)).toContain('CVE-2026-0001')
    expect(JSON.stringify(policy.vex)).not.toContain('CVE-2026-0002')
    expect(notices).toEqual([])
  })

  test('then a baseline that the pull request brings itself is none', async () => {
    const path = 'last/report.json'
    stub.files.set(`${MERGE}:${path}`, '{"schemaVersion":1,"images":[]}')
    expect((await judging({ baseline: path })).policy.baseline?.error).toBe('there is no such file')
  })

  test('then one that only a link of the pull request leads to is none', async () => {
    mkdirSync(join(folder, 'mine'))
    writeFileSync(join(folder, 'mine/report.json'), 'not a report')
    symlinkSync('mine', join(folder, 'last'))
    const path = join(folder, 'last/report.json')
    expect((await judging({ baseline: path })).policy.baseline?.error).toBe('there is no such file')
  })

  test('then one that lies in no commit is read where the job has put it', async () => {
    const path = join(folder, 'downloaded.json')
    writeFileSync(path, 'not a report')
    expect((await judging({ baseline: path })).policy.baseline?.error).toContain('not valid JSON')
    const outside = mkdtempSync(join(tmpdir(), 'sw-base-'))
    writeFileSync(join(outside, 'report.json'), 'not a report')
    const { baseline } = (await judging({ baseline: join(outside, 'report.json') })).policy
    rmSync(outside, { recursive: true })
    expect(baseline?.error).toContain('not valid JSON')
  })

  test.each<[string, () => void, string]>([
    ['in a submodule', () => stub.submodules.add(`${MERGE}:vendor/reports`), 'there is no such file'],
    ['below one', () => stub.submodules.add(`${MERGE}:vendor`), 'there is no such file'],
    ['where the commit has a file', () => stub.files.set(`${MERGE}:vendor`, 'x'), 'there is no such file'],
    ['in a folder of the repository', () => stub.files.set(`${MERGE}:vendor/x`, 'x'), 'not valid JSON'],
    ['in a folder of the job', () => undefined, 'not valid JSON'],
    ['where nobody says', () => stub.fail({ path: /vendor$/, status: 500 }), 'there is no such file'],
  ])(
    'then one that lies in no commit, %s, is distinguished from what a pull request brings',
    async (_, make, message) => {
      make()
      mkdirSync(join(folder, 'vendor/reports'), { recursive: true })
      writeFileSync(join(folder, 'vendor/reports/report.json'), 'not a report')
      const { baseline } = (await judging({ baseline: 'vendor/reports/report.json' })).policy
      expect(baseline?.error).toContain(message)
    },
  )

  test('then one that the pull request removes is the base’s still, whatever lies in its place', async () => {
    const path = 'last/report.json'
    stub.files.set(`${BASE}:${path}`, '{}')
    mkdirSync(join(folder, 'last'))
    writeFileSync(join(folder, path), 'not a report')
    expect((await judging({ baseline: path })).policy.baseline?.error).toBe('it is not a report.json')
  })
})
