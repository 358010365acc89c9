import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { renderIssue } from '../../../src/reports/github/summaries.js'
import { sarifCategories } from '../../../src/reports/sarif/sarif.js'
import { anImageVerdict, aVerdict } from '../../support/builders.js'
import { type FakeServer, fakeServer, json } from '../../support/fake-server.js'
import { githubStub } from '../../support/github-stub/stub.js'

// GitHub is a fake here: it hands out issues and analyses, and writes down what it is asked to change.

const WORKFLOW = '.github/workflows/scheduled.yml'
const servers: FakeServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.close()
  }
})

const verdict = (reference: string) => aVerdict({ images: [anImageVerdict({ reference })] })
const issue = (
  number: number,
  line: string | null,
  image: string,
  more: object = {},
  workflow = WORKFLOW,
) => ({
  number,
  user: { login: 'github-actions[bot]' },
  // As the gate writes it.
  body: renderIssue(verdict(`${image}:1`), {
    ...{ key: 'abc', of: { workflow, line, images: [image] }, url: 'u' },
    by: { run: 1, settings: '0'.repeat(16) },
  }).body,
  ...more,
})
const analysis = (image: string, results = 3, more: object = {}) => ({
  category: `${sarifCategories(verdict(`${image}:1`), 'gate-0a1b2c3d')[0]}/`,
  results_count: results,
  tool: { name: 'Seaworthy' },
  ...more,
})

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly runs: object
}
interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions: object
        readonly steps: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[]
      }
    >
  >
}

interface Setting {
  readonly issues?: readonly object[]
  readonly analyses?: readonly object[] | number
  readonly built?: string
  readonly matrix?: object | ''
  readonly report?: string
}

/** Runs the script as the runner does its action: what it printed, and its summary. */
async function close(api: string, inputs: Readonly<Record<string, string>>) {
  const summary = join(mkdtempSync(join(tmpdir(), 'sw-gone-')), 'summary')
  const child = spawn(process.execPath, ['script/close-stale.mjs'], {
    env: {
      ...{ GITHUB_API_URL: api, GITHUB_REPOSITORY: 'acme/app', GITHUB_REF_NAME: 'main' },
      ...{ GITHUB_SHA: 'a'.repeat(40), GITHUB_WORKFLOW_REF: `acme/app/${WORKFLOW}@refs/heads/main` },
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
    },
  })
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const summaryText = readFileSync(summary, 'utf8')
  rmSync(join(summary, '..'), { recursive: true })
  return { code, stdout, told: summaryText }
}

const LINES = { include: [{ line: '4.1', image: 'ghcr.io/acme/app:4.1.7' }] }

async function run({ issues = [], analyses = [], built = '', matrix, report = 'issue' }: Setting) {
  const changes: string[] = []
  const server = await fakeServer(({ method, path, body }, response) => {
    if (method !== 'GET') {
      const text = body.toString()
      const { sarif } = JSON.parse(text) as { sarif?: string }
      const sarifText = sarif === undefined ? text : gunzipSync(Buffer.from(sarif, 'base64')).toString()
      changes.push(`${method} ${path} ${sarifText}`)
      return json(response, method === 'POST' ? 201 : 200, {})
    }
    const page = Number(new URL(path, 'http://x').searchParams.get('page'))
    const list = path.includes('/issues?') ? issues : analyses
    return typeof list === 'number'
      ? json(response, list, { message: 'no' })
      : json(response, 200, list.slice((page - 1) * 100, page * 100))
  }, 'port')
  servers.push(server)
  const ran = await close(`http://127.0.0.1:${server.port}`, {
    'github-token': 't',
    'built-images': built,
    'schedule-report': report,
    matrix: matrix === '' ? '' : JSON.stringify(matrix ?? LINES),
  })
  return { ...ran, changes }
}

test('when the example and the reusable workflow end, then both close what is gone, by the action of this script', () => {
  const action = load(readFileSync('close-stale/action.yml', 'utf8')) as Action
  expect(action.runs).toEqual({ using: 'node24', main: '../script/close-stale.mjs' })
  for (const path of [
    'examples/workflows/scheduled.yml',
    'examples/workflows/attested-scheduled.yml',
    '.github/workflows/gate-scheduled.yml',
  ]) {
    const { 'close-stale': gone, gate } = (load(readFileSync(path, 'utf8')) as Workflow).jobs
    const inputs = gone?.steps.at(-1)
    expect([path, inputs?.uses.replace(/^\.\/\.?seaworthy/, '')]).toEqual([path, '/close-stale'])
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs?.with ?? {})))
    expect(inputs?.with.matrix).toBe('$' + '{{ needs.lines.outputs.matrix }}')
    expect(gone?.permissions).toMatchObject({ issues: 'write', 'security-events': 'write' })
    // Whether issues are wanted is said to both alike.
    const ofGate = gate?.steps.find((step) => step.with?.['schedule-report'] !== undefined)?.with
    expect(inputs?.with['schedule-report'] ?? action.inputs['schedule-report']?.default).toBe(
      ofGate?.['schedule-report'],
    )
  }
})

test('when GitHub is held to its own description, then what is asked and sent is as it says', async () => {
  const stub = await githubStub()
  stub.analyses.push(analysis('ghcr.io/acme/old'))
  const ran = await close(stub.url, {
    'github-token': 't',
    'built-images': 'ghcr.io/acme/app',
    'schedule-report': 'issue',
    matrix: JSON.stringify(LINES),
  })
  await stub.close()
  expect([ran.code, stub.errors]).toEqual([0, []])
  expect(stub.sarifs.map((text) => JSON.parse(text).runs[0].automationDetails.id)).toEqual([
    'seaworthy/ghcr.io/acme/old/linux/amd64/gate-0a1b2c3d/',
  ])
})

describe('the issues of lines', () => {
  test('when a line is no longer judged, then its issue is closed with a comment, and no other', async () => {
    const ran = await run({
      issues: [
        issue(1, '4.1', 'ghcr.io/acme/app'),
        issue(2, '3', 'ghcr.io/acme/app'),
        issue(3, '4.1', 'ghcr.io/acme/old'),
        issue(4, '3', 'ghcr.io/acme/app', {}, '.github/workflows/other.yml'),
        issue(5, '3', 'ghcr.io/acme/app', { user: { login: 'mallory' } }),
        issue(6, '3', 'ghcr.io/acme/app', { pull_request: {} }),
        issue(7, null, 'ghcr.io/acme/app'),
        { number: 8, user: { login: 'github-actions[bot]' }, body: null },
      ],
    })
    expect(ran.code).toBe(0)
    expect(ran.changes.map((change) => change.split(' ').slice(0, 2).join(' '))).toEqual([
      'POST /repos/acme/app/issues/2/comments',
      'PATCH /repos/acme/app/issues/2',
      'POST /repos/acme/app/issues/3/comments',
      'PATCH /repos/acme/app/issues/3',
    ])
    expect(ran.changes[1]).toContain('"state":"closed","state_reason":"not_planned"')
    expect(ran.told).toContain('- Closed issue #2. Line 3 of ghcr.io/acme/app is no longer among')
    expect(ran.stdout).toContain('Code scanning was not looked at')
  })

  test('when no line is known, or issues are not wanted, then none is closed', async () => {
    const issues = [issue(2, '3', 'ghcr.io/acme/app')]
    const none = await run({ issues, matrix: { include: [] } })
    expect([none.code, none.changes]).toEqual([1, []])
    expect(none.stdout).toContain('Not done: issues: no line is judged')
    expect((await run({ issues, report: 'none' })).changes).toEqual([])
    const silent = await run({ issues, matrix: '' })
    expect([silent.code, silent.changes]).toEqual([1, []])
  })

  test('when there are more issues than are read, then none is taken for gone', async () => {
    const issues = Array.from({ length: 1001 }, (_, at) => issue(at + 1, '3', 'ghcr.io/acme/app'))
    const ran = await run({ issues })
    expect([ran.code, ran.changes]).toEqual([1, []])
  })
})

describe('the categories of images', () => {
  const built = 'ghcr.io/acme/app\nghcr.io/acme/api:{version}\n'

  test('when an image is no longer built, then its alerts are closed by an empty analysis, and no others', async () => {
    const ran = await run({
      built,
      analyses: [
        analysis('ghcr.io/acme/app'),
        analysis('ghcr.io/acme/old'),
        analysis('ghcr.io/acme/app/tool'),
        analysis('ghcr.io/acme/done', 0),
        analysis('ghcr.io/acme/done', 9),
        analysis('ghcr.io/acme/other', 2, { tool: { name: 'CodeQL' } }),
        analysis('x', 2, { category: '/language:go' }),
        analysis('x', 2, { category: `seaworthy/${'x'.repeat(240)}` }),
      ],
    })
    expect(ran.code).toBe(0)
    expect(ran.changes).toHaveLength(2)
    expect(ran.changes[0]).toBe(
      `POST /repos/acme/app/code-scanning/sarifs ${JSON.stringify({
        version: '2.1.0',
        runs: [
          {
            tool: { driver: { name: 'Seaworthy', rules: [] } },
            automationDetails: { id: 'seaworthy/ghcr.io/acme/old/linux/amd64/gate-0a1b2c3d/' },
            results: [],
          },
        ],
      })}`,
    )
    expect(ran.changes[1]).toContain('seaworthy/ghcr.io/acme/app/tool/linux/amd64/gate-0a1b2c3d/')
    expect(ran.told).toContain('Closed the alerts of category seaworthy/ghcr.io/acme/old/linux/amd64')
    expect(ran.told).toContain('its name may be cut')
  })

  test('when a category never existed, then that is reported, and none is made', async () => {
    const ran = await run({ built, analyses: [analysis('ghcr.io/acme/app')] })
    expect([ran.code, ran.changes]).toEqual([0, []])
    expect(ran.told).toContain('Code scanning has no category of ghcr.io/acme/api on main')
    const empty = await run({ built, analyses: 404 })
    expect([empty.code, empty.changes]).toEqual([0, []])
    expect(empty.told).toContain('no category of ghcr.io/acme/app on main')
  })

  test('when code scanning does not answer, then nothing is closed there, and that is a failure', async () => {
    const ran = await run({ built, analyses: 403, issues: [issue(2, '3', 'ghcr.io/acme/app')] })
    expect(ran.code).toBe(1)
    expect(ran.told).toContain('Not done: code scanning: GitHub answered 403')
    expect(ran.changes).toHaveLength(2)
  })

  test('when a category has odd characters, then the summary has none of them', async () => {
    const ran = await run({ built, analyses: [analysis('x', 1, { category: 'seaworthy/<b>`::error::\n|' })] })
    expect(ran.told).not.toMatch(/[<>`|]/)
    expect(ran.told.trim().split('\n')).toHaveLength(3)
  })
})
