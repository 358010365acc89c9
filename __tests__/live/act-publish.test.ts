import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { type ActOptions, type ActRun, isGate, runAct } from './act/act.js'
import { LACKING_CVE, lackingImage, whitelist } from './act/subjects.js'
import { removeImages } from './images.js'
import { CLAIR_INPUTS } from './shared-clair.js'

const TOKEN = 'ghs_a-token-that-nobody-may-see'
const HEADS = ['a', 'b', 'c'].map((letter) => letter.repeat(40))
const CLAIR_ONLY = 'version: 1\nchecks: [clair]\n'
const POLICY = 'policies/whitelist.yml'

let image: string
beforeAll(async () => {
  image = lackingImage()
})
afterAll(async () => {
  removeImages()
})

let stub: GitHubStub
let runs = 0
beforeEach(async () => {
  stub = await githubStub()
})
afterEach(async () => {
  expect(stub.errors).toEqual([])
  await stub.close()
})

const entry = (expires: string) =>
  whitelist({
    id: LACKING_CVE,
    package: 'apt',
    reason: 'not reachable',
    owner: 'platform',
    expires,
    'max-severity': 'critical',
  })

const BASE = 'd'.repeat(40)

/** The run's commit is a merge with a base that has these policies; the base's checks are those of the input. */
function baseHas(files: Readonly<Record<string, string>> = {}): void {
  stub.commits.set('*', [BASE, HEADS[0] ?? ''])
  for (const [path, text] of Object.entries({ 'policies/gate.yml': CLAIR_ONLY, ...files })) {
    stub.files.set(`${BASE}:${path}`, text)
  }
}

async function gate(options: Partial<ActOptions> & Pick<ActOptions, 'event' | 'payload'>): Promise<ActRun> {
  const api = { url: stub.url, token: TOKEN, runNumber: ++runs }
  const today = new Date().toISOString().slice(0, 10)
  const inputs = { image, today, ...CLAIR_INPUTS, ...options.inputs }
  const run = await runAct({ ...options, inputs, api })
  const events = run.events.filter(({ command }) => command !== 'add-mask')
  const all = JSON.stringify([events, run.summary, run.reports, run.outputs, run.stderr])
  // Not `not.toContain`: it would print all of it.
  expect(all.includes(TOKEN)).toBe(false)
  return run
}

const pull = (head: string | undefined, from = 'acme/shop') => ({
  event: 'pull_request' as const,
  payload: {
    number: 7,
    pull_request: {
      number: 7,
      head: { sha: head, ref: 'new', repo: { full_name: from } },
      base: { ref: 'main', repo: { full_name: 'acme/shop' } },
    },
  },
})

const annotationsOf = ({ events }: ActRun, ...names: string[]) =>
  events.filter((event) => isGate(event) && names.includes(event.command ?? '')).map(({ arg = '' }) => arg)
const writes = () =>
  stub.log
    .filter(({ method, path }) => method !== 'GET' && path !== '/graphql')
    .map(({ method, path, status }) => `${method} ${path.replace(/\/\d+$/, '/N')} ${status}`)
const visibleComments = () => stub.comments.map(({ body }) => body.replace(/<!--[\s\S]*?-->\n?/g, ''))

describe('when a pull request is pushed to three times', () => {
  test('then its check runs and its one comment say fail, fail, and green', async () => {
    const expired = { [POLICY]: entry('2026-01-31') }
    stub.files.set(`${HEADS[0]}:${POLICY}`, expired[POLICY] ?? '')
    stub.files.set(`${HEADS[1]}:${POLICY}`, '# another one\n')

    baseHas(expired)
    const first = await gate({ ...pull(HEADS[0]), files: expired })
    expect([first.jobResult, first.outputs.verdict]).toEqual(['failure', 'fail'])
    // The check run has the annotations: the log has the failure only.
    expect(annotationsOf(first, 'error', 'warning', 'notice')).toEqual([first.outputs.summary])
    const comments = '/repos/acme/shop/issues/7/comments'
    expect(writes().sort()).toEqual([`POST ${comments} 201`, 'POST /repos/acme/shop/check-runs 201'].sort())
    expect(visibleComments()[0]).toMatch(
      /^### ⛔ seaworthy-test\/act-lacking-\d+:1 .*may not be released: 1 task\n/,
    )
    expect(visibleComments()[0]).toContain('--only-upgrade')

    const second = await gate({ ...pull(HEADS[1]), files: expired })
    expect(second.jobResult).toBe('failure')
    baseHas({ [POLICY]: entry('2026-12-31') })
    const onCommit = (merge: string) => {
      for (const [name, text] of [...stub.files]) {
        stub.files.set(name.replace(BASE, merge), text)
      }
    }
    const third = await gate({ ...pull(HEADS[2]), files: { [POLICY]: entry('2026-12-31') }, onCommit })
    expect([third.jobResult, third.outputs.verdict]).toEqual(['success', 'pass'])
    expect(visibleComments()).toEqual([
      expect.stringMatching(
        /^### ✅ seaworthy-test\/act-lacking-\d+:1 .*may be released\n\n.*clair: .*KEV not checked\.\n\n<details><summary>What limits this verdict \(\d+\)<\/summary>\n\n(?:- .*\n)+\n<\/details>\n\n<sub>.*ccccccc.*<\/sub>\n\n$/,
      ),
    ])
    expect(writes().filter((line) => line.includes('comments'))).toEqual([
      ...[`POST ${comments} 201`, 'PATCH /repos/acme/shop/issues/comments/N 200'],
      'PATCH /repos/acme/shop/issues/comments/N 200',
    ])
    expect(stub.checkRuns.map(({ head_sha, conclusion, status }) => [head_sha, conclusion, status])).toEqual([
      [HEADS[0], 'failure', 'completed'],
      [HEADS[1], 'failure', 'completed'],
      [HEADS[2], 'success', 'completed'],
    ])
    // The package and the expired entry: at its line where the head has the same file, else at the file's first.
    const lines = stub.checkRuns.map(({ annotations }) =>
      annotations.map(({ path, start_line }) => `${path}:${start_line}`),
    )
    expect(lines).toEqual([[`${POLICY}:3`, `${POLICY}:3`], [`${POLICY}:1`, `${POLICY}:1`], []])
  })
})

describe('when the pull request comes from a fork', () => {
  test('then what cannot be published is said, the annotations are commands, and the verdict holds', async () => {
    stub.readOnly = true
    baseHas()
    const run = await gate(pull(HEADS[0], 'mallory/shop'))
    expect([run.jobResult, run.outputs.verdict]).toEqual(['failure', 'fail'])
    expect(annotationsOf(run, 'error')).toEqual([expect.stringContaining(LACKING_CVE), run.outputs.summary])
    expect(annotationsOf(run, 'warning')).toEqual([
      expect.stringMatching(/^the check run was not published: GitHub returned 403.*checks: write/),
      expect.stringMatching(/^the comment was not published: GitHub returned 403.*pull-requests: write/),
    ])
    expect(run.summary).toContain('the check run was not published: GitHub returned 403')
    expect(run.summary).toContain('the comment was not published: GitHub returned 403')
    expect([stub.checkRuns, stub.comments]).toEqual([[], []])
  })
})

describe.each([
  ['a tag is pushed', 'push', { ref: 'refs/tags/v1.2.3', created: true }],
  ['it is time', 'schedule', { schedule: '17 4 * * *' }],
] as const)('when %s', (_, event, payload) => {
  test('then there is a check run at the commit, and no comment', async () => {
    const run = await gate({ event, payload })
    expect([run.jobResult, run.outputs.verdict]).toEqual(['failure', 'fail'])
    expect(writes()).toEqual(['POST /repos/acme/shop/check-runs 201'])
    expect(stub.checkRuns[0]?.head_sha).toMatch(/^[0-9a-f]{40}$/)
    expect(HEADS).not.toContain(stub.checkRuns[0]?.head_sha)
    expect(stub.checkRuns[0]).toMatchObject({ conclusion: 'failure', status: 'completed' })
    const tasks = event === 'push' ? '2 tasks' : '1 task' // A release needs Docker Bench's own results.
    expect(stub.checkRuns[0]?.title).toBe(`${image} may not be released: ${tasks}`)
    expect(run.outputs).toMatchObject({ 'packages-to-update': 'apt' })
    expect(JSON.parse(run.outputs.counts ?? '')).toMatchObject({ act: expect.any(Object) })
    expect(run.outputs.reports?.split('\n')).toContain('seaworthy-report/report.json')
  })
})

describe('when a pull request loosens the policy that judges it', () => {
  test('then the base’s holds, and what the change would do is said', async () => {
    baseHas()
    const loosened = { [POLICY]: entry('2026-12-31') }
    const run = await gate({
      ...pull(HEADS[0]),
      files: loosened,
      inputs: { image, 'fail-on': 'critical' },
      onCommit: (merge) => {
        stub.commits.set(merge, [BASE, HEADS[0] ?? ''])
        stub.files.set(`${merge}:${POLICY}`, loosened[POLICY] ?? '')
      },
    })
    expect([run.jobResult, run.outputs.verdict]).toEqual(['failure', 'fail'])
    expect(run.summary).toContain(
      'the input "fail-on" (critical) is laxer than policies/gate.yml on the base branch',
    )
    expect(run.summary).toContain('would accept more findings (1)')
    expect(run.summary).toContain('would reach the verdict "pass", not "fail"')
    expect(visibleComments()[0]).toMatch(
      /^\*\*Policy:\*\* with this pull request's policies, the gate would accept more findings \(1\): .* not "fail"/m,
    )
    expect(JSON.parse(run.reports['report.json'] ?? '').images[0].findings[0].ruling).toBe('act')
  })

  test('and the base cannot be read, then the job is incomplete, and the work tree does not stand in', async () => {
    const run = await gate({ ...pull(HEADS[0]), files: { [POLICY]: entry('2026-12-31') } })
    expect([run.jobResult, run.outputs.verdict]).toEqual(['failure', 'incomplete'])
    expect(annotationsOf(run, 'error')[0]).toContain('contents: read')
  })
})

describe('when it is time, and a line has an issue', () => {
  test('then it is opened while its image fails, and closed once it passes', async () => {
    const inputs = { image, 'schedule-report': 'issue', line: '4.1', 'check-run': 'false' }
    const time = { event: 'schedule', payload: { schedule: '17 4 * * *' }, inputs } as const
    await gate(time)
    expect(stub.issues.map(({ title, state }) => [state, title])).toEqual([
      ['open', expect.stringMatching(/^Line 4\.1: .* may not be released/)],
    ])
    await gate({ ...time, files: { [POLICY]: entry('2026-12-31') } })
    expect(stub.issues.map(({ state }) => state)).toEqual(['closed'])
  })
})
