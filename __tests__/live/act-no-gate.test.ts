import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { type CopiedOptions, runCopied } from './act/copied.js'
import { lackingImage } from './act/subjects.js'
import { removeImages } from './images.js'
import { benchAlone, docker, lines, ROOT, SMALL } from './support.js'

/** Examples in repositories of others: with a Dockerfile, and without the gate, or with a change to it. */

const GUARD = 'Check that the gate gave a verdict'
const DOCKERFILE = `FROM ${SMALL}\nENTRYPOINT ["/bin/true"]\n`
const API = { token: 'ghs_x' }

let stub: GitHubStub
let image: string
beforeAll(() => {
  image = lackingImage()
})
beforeEach(async () => {
  stub = await githubStub()
  stub.tags.push('v4.1.7', 'v4.0.9', 'v3.0.0')
})
afterEach(async () => {
  await stub.close()
  expect(stub.errors).toEqual([])
})
afterAll(() => {
  removeImages()
  // The images that act builds of a Dockerfile that it takes for an action.
  const made = lines(docker('image', 'ls', '--quiet', '--filter', 'reference=act-*'))
  expect(made.length).toBeGreaterThan(0)
  docker('rmi', '--force', ...new Set(made))
})

const pull = (base: string, head: string) => ({
  number: 7,
  pull_request: {
    number: 7,
    head: { sha: head, ref: 'new', repo: { full_name: 'acme/shop' } },
    base: { sha: base, ref: 'main', repo: { full_name: 'acme/shop' } },
  },
})
const fork = (_: string, head: string) => ({
  workflow_run: {
    ...{ id: 901, run_number: 1, run_attempt: 1, event: 'pull_request', head_sha: head },
    head_repository: { full_name: 'mallory/shop', owner: { login: 'mallory' } },
  },
})
const tag = () => ({ ref: 'refs/tags/v1.2.3', created: true, repository: { default_branch: 'main' } })
const time = () => ({ schedule: '17 4 * * *', repository: { default_branch: 'main' } })

const EVENTS: Readonly<Record<string, Pick<CopiedOptions, 'event' | 'payload'>>> = {
  'pull-request.yml': { event: 'pull_request', payload: pull },
  'clair-services.yml': { event: 'pull_request', payload: pull },
  'publish.yml': { event: 'workflow_run', payload: fork },
  'release.yml': { event: 'push', payload: tag },
  'attested-release.yml': { event: 'push', payload: tag },
  'scheduled.yml': { event: 'schedule', payload: time },
  'attested-scheduled.yml': { event: 'schedule', payload: time },
  'rebuild.yml': { event: 'schedule', payload: time },
  'reusable.yml': { event: 'pull_request', payload: pull },
  'reusable-publish.yml': { event: 'workflow_run', payload: fork },
  'reusable-rebuild.yml': { event: 'schedule', payload: time },
}

const run = (example: string, more: Partial<CopiedOptions> & Pick<CopiedOptions, 'files'>) =>
  runCopied({
    ...{ example, event: '', payload: () => ({}), ...EVENTS[example] },
    api: { ...API, url: stub.url },
    onCommits: (base, head) => {
      const tree = stub.git.addTree(new Map())
      stub.git.commits.set(base, { tree, parents: [], message: '' })
      stub.git.commits.set(head, { tree, parents: [base], message: '' })
      stub.git.branches.set('main', head)
    },
    ...more,
    // Nothing waits for a Clair that nobody starts here.
    replace: { "curl --silent --fail '$updates' | grep --quiet debian/updater": 'true', ...more.replace },
  })

test('when the examples are listed, then there is an event for each', () => {
  expect(Object.keys(EVENTS).sort()).toEqual(readdirSync(join(ROOT, 'examples/workflows')).sort())
})

/** What ends each where nothing is in the folder; act ends a run itself where a workflow is missing. */
const ENDED_BY: Readonly<Record<string, readonly string[]>> = {
  'publish.yml': ['./.seaworthy/seaworthy/publish-fork'],
  'scheduled.yml': ['lines'],
  'attested-scheduled.yml': ['lines'],
  'rebuild.yml': ['lines'],
  'reusable.yml': [],
  'reusable-publish.yml': [],
  'reusable-rebuild.yml': [],
}

describe.each(Object.keys(EVENTS))(
  'when %s runs in a repository with a Dockerfile and without Seaworthy',
  (name) => {
    test('then it ends red', async () => {
      const ran = await run(name, { files: { Dockerfile: DOCKERFILE } })
      expect([ran.code, ran.failed]).toEqual([1, ENDED_BY[name] ?? ['gate', GUARD]])
      if (/^reusable/.test(name)) {
        expect(ran.output).toMatch(/\.github\/workflows\/gate-[\w-]+\.yml: no such file/)
      }
    })
  },
)

/** Somebody's own application, or an empty one, in the folder where the gate would be. */
const ANOTHER = {
  Dockerfile: DOCKERFILE,
  'seaworthy/Dockerfile': DOCKERFILE,
  'seaworthy/release-lines/action.yml': nodeAction(),
  'seaworthy/release-lines/main.cjs': `require('node:fs').appendFileSync(process.env.GITHUB_OUTPUT, 'matrix=${JSON.stringify(
    {
      include: [{ line: '4.1', tag: 'v4.1.7', version: '4.1.7', image: 'ghcr.io/acme/shop:v4.1.7' }],
    },
  )}\\n')`,
  'seaworthy/close-stale/action.yml': nodeAction(),
  'seaworthy/close-stale/main.cjs': '',
}

function nodeAction(): string {
  return 'name: another\ndescription: another\nruns: {using: node24, main: main.cjs}\n'
}

const judging = Object.keys(EVENTS).filter((name) => !/reusable|publish/.test(name))
describe.each(judging)('when %s runs something else in the place of the gate, which succeeds', (name) => {
  test('then its last step ends it, for there is no verdict', async () => {
    const ran = await run(name, { files: ANOTHER })
    expect([ran.code, ran.failed]).toEqual([1, [GUARD]])
    expect(ran.succeeded).toContain(name === 'rebuild.yml' ? 'before' : 'gate')
  })
})

test.each([
  ['reusable.yml', ['pull-request', 'release', 'scheduled']],
  ['reusable-rebuild.yml', ['rebuild']],
])('when %s calls workflows that judge nothing, then its own job ends it', async (name, called) => {
  const names = ['image', 'lines', 'built-images', 'test', 'full']
  const inputs = Object.fromEntries(
    names.map((one) => [one, { type: one === 'full' ? 'boolean' : 'string' }]),
  )
  const steps = [{ run: 'true' }]
  const other = JSON.stringify({
    on: { workflow_call: { inputs } },
    jobs: { a: { 'runs-on': 'ubuntu-latest', steps } },
  })
  const files = called.map((workflow) => [`.github/workflows/gate-${workflow}.yml`, other])
  const ran = await run(name, { files: Object.fromEntries(files) })
  const results = Object.entries(ran.jobs).map(([job, result]) => [/verdict$/.test(job), result])
  expect(results).toContainEqual([true, 'failure'])
  expect(results.filter(([isGuard]) => !isGuard)).toEqual([[false, 'success']])
  expect([ran.code, ran.failed]).toEqual([1, [GUARD]])
})

describe('when a pull request replaces dist/action.js of the copy by a program that passes everything', () => {
  const forged = `import { appendFileSync } from 'node:fs'
appendFileSync(process.env.GITHUB_OUTPUT, 'verdict=pass\\nsarif=any\\n')
`
  const judged = (replace: Readonly<Record<string, string>> = {}) =>
    run('pull-request.yml', {
      hasCopy: true,
      files: { Dockerfile: DOCKERFILE },
      changes: { 'seaworthy/dist/action.js': forged, 'seaworthy/dist/post.js': '' },
      replace: { 'image: app:pr': `image: ${image}`, ...replace },
      onCommits: (base, head) => {
        stub.commits.set('*', [base, head])
        const gate = 'version: 1\nchecks: [docker-bench]\nbench-engine: builtin\n'
        stub.files.set(`${base}:policies/gate.yml`, gate)
        stub.files.set(`${base}:policies/dictionary.yml`, benchAlone())
      },
    })

  test('then the base’s gate judges it', async () => {
    const ran = await judged()
    expect([ran.code, ran.outputs.verdict, ran.failed]).toEqual([1, 'fail', ['gate']])
  })

  test('and the workflow took the gate from the pull request, then it would pass: this test can fail', async () => {
    const ran = await judged({ 'uses: ./.seaworthy/seaworthy': 'uses: ./seaworthy' })
    expect([ran.code, ran.outputs.verdict]).toEqual([0, 'pass'])
  })
})
