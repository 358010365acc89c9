import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { keys, policyFile } from '../support/policies.js'
import { runWorkflow } from './act/reusable.js'
import { lackingImage } from './act/subjects.js'
import { removeImages } from './images.js'
import { type LiveRegistry, startRegistry } from './registry.js'
import { benchAlone, docker, lines, newFolder, ROOT, seaworthy } from './support.js'

const HEAD = 'a'.repeat(40)
const BASE = 'b'.repeat(40)
/** As the examples say it. */
const NAME = 'image: ghcr.io/$' + '{{ github.repository }}'
const DOCKERFILE = 'docker/app.Dockerfile'

let stub: GitHubStub
let registry: LiveRegistry
let bad: Readonly<Record<string, string>>
let good: Readonly<Record<string, string>>
let artifacts: string
beforeAll(async () => {
  stub = await githubStub()
  registry = await startRegistry()
  docker('tag', lackingImage(), `${registry.host}/base:1`)
  docker('push', '--quiet', `${registry.host}/base:1`)
  const text = `FROM ${registry.host}/base:1\nCOPY policies /policies\nUSER 10001\n`
  // Docker Bench alone needs no service: that a person looks at what the other checks would decide is agreed on.
  const policies = {
    'policies/gate.yml': 'version: 1\nchecks: [docker-bench]\nbench-engine: builtin\n',
    'policies/dictionary.yml': benchAlone(),
  }
  bad = { ...policies, [DOCKERFILE]: text }
  good = { ...policies, [DOCKERFILE]: `${text}HEALTHCHECK CMD true\n` }
})
beforeEach(() => {
  artifacts = newFolder()
})
afterAll(async () => {
  const made = docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')
  docker(
    'rmi',
    ...lines(made).filter((name) => name.startsWith(`${registry.host}/`) && !name.endsWith('<none>')),
  )
  removeImages()
  await registry.stop()
  await stub.close()
  expect(stub.errors).toEqual([])
})

function run(
  event: string,
  payload: object,
  files: Readonly<Record<string, string>>,
  example = 'reusable.yml',
) {
  const image = `image: ${registry.host}/acme/app`
  const replace = {
    [`${NAME}\n`]: `${image}\n      dockerfile: ${DOCKERFILE}\n`,
    [`${NAME}:`]: `${image}:`,
    '4.1, 4.0, 3': '4.1, 4.0',
  }
  const api = { url: stub.url, token: 'ghs_x' }
  // The commit that act runs for is the tip of the default branch.
  const onCommit = (sha: string) => {
    stub.git.commits.set(sha, { tree: stub.git.addTree(new Map()), parents: [], message: '' })
    stub.git.branches.set('main', sha)
  }
  return runWorkflow({ example, event, payload, files, replace, api, artifacts, onCommit })
}

const artifact = () => `seaworthy-${registry.host.replaceAll(':', '-')}-acme-app`
const reportIn = (...path: string[]) =>
  JSON.parse(readFileSync(join(artifacts, ...path, 'report.json'), 'utf8')) as Report

async function published(): Promise<readonly string[]> {
  const answer = await fetch(`http://${registry.host}/v2/acme/app/tags/list`)
  return answer.status === 404 ? [] : ((await answer.json()) as { tags: string[] }).tags
}

test('when a tag is pushed, then its image is published if it passes, and its evidence says so again', async () => {
  const tag = { ref: 'refs/tags/v4.1.7', created: true, repository: { default_branch: 'main' } }
  const failed = await run('push', tag, bad)
  expect([failed.jobs, failed.artifacts]).toEqual([
    { 'release/gate (release)/release': 'failure' },
    [artifact()],
  ])
  expect([reportIn(artifact(), 'seaworthy-report').verdict, await published()]).toEqual(['fail', []])

  artifacts = newFolder()
  const passed = await run('push', tag, good)
  expect([passed.code, await published()]).toEqual([0, ['4.1.7']])
  expect(Object.entries(passed.jobs)).toContainEqual([expect.stringMatching(/verdict *$/), 'success'])
  expect(stub.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure', 'success'])
  const report = reportIn(artifact(), 'seaworthy-report')
  expect(report.images[0]).toMatchObject({ verdict: 'pass', dockerfile: { file: DOCKERFILE } })

  const policies = (['gate', 'dictionary'] as const).map((name) =>
    policyFile(name, join(ROOT, `policies/${name}.yml`)),
  )
  const evidence = join(artifacts, artifact(), 'seaworthy-evidence')
  const again = await seaworthy([
    ...['replay', evidence, '--checks', 'docker-bench'],
    ...[keys({ 'bench-engine': 'builtin' }), ...policies],
  ])
  expect([again.code, JSON.parse(readFileSync(join(again.folder, 'report/report.json'), 'utf8'))]).toEqual([
    0,
    expect.objectContaining({ images: [expect.objectContaining({ digest: report.images[0]?.digest })] }),
  ])
})

test('when it is time, then each line has a job of its own, and an issue if it fails', async () => {
  docker('tag', `${registry.host}/base:1`, `${registry.host}/acme/app:4.0.9`)
  docker('push', '--quiet', `${registry.host}/acme/app:4.0.9`)
  stub.tags.push('v4.1.7', 'v4.0.9', 'v4.1.6')
  const old = 'seaworthy/ghcr.io/acme/renamed/linux/amd64'
  stub.analyses.push({ category: `${old}/`, results_count: 3, tool: { name: 'Seaworthy' } })
  const { artifacts: names, jobs } = await run('schedule', { schedule: '17 4 * * *' }, good)
  // An image that is no longer built: its alerts are closed by an analysis without results.
  expect(Object.entries(jobs).filter(([job]) => job.includes('no longer built'))).toEqual([
    [expect.any(String), 'success'],
  ])
  expect(stub.sarifs.map((text) => JSON.parse(text).runs)).toEqual([
    [expect.objectContaining({ automationDetails: { id: `${old}/` }, results: [] })],
  ])
  expect(names).toEqual(['4.0.9', '4.1.7'].map((version) => `${artifact()}-${version}`))
  const verdicts = names.map((name) => {
    const { images } = reportIn(name)
    return [images[0]?.reference.replace(/@sha256:[0-9a-f]{64}$/, '@'), images[0]?.verdict]
  })
  const name = `${registry.host}/acme/app`
  expect(verdicts).toEqual([
    [`${name}:4.0.9@`, 'fail'],
    [`${name}:4.1.7@`, 'pass'],
  ])
  expect(stub.issues.map(({ title, state }) => [state, title])).toEqual([
    ['open', expect.stringMatching(/^Line 4\.0: .* may not be released/)],
  ])
})

test('when a fork’s pull request was judged, then its report is published from the artifact', async () => {
  stub.checkRuns.length = 0
  stub.commits.set('*', [BASE, HEAD])
  for (const [name, text] of Object.entries(bad)) {
    stub.files.set(`${BASE}:${name}`, text)
  }
  const from = { full_name: 'mallory/shop', owner: { login: 'mallory' } }
  const head = { sha: HEAD, ref: 'new', repo: from }
  const base = { ref: 'main', repo: { full_name: 'acme/shop' } }
  stub.readOnly = true
  const judged = await run('pull_request', { number: 7, pull_request: { number: 7, head, base } }, bad)
  expect([judged.jobs, judged.artifacts]).toEqual([
    { 'pull-request/gate (pull request)/gate': 'failure' },
    [artifact()],
  ])
  expect(stub.log).toContainEqual(
    expect.objectContaining({
      status: 403,
      body: expect.objectContaining({ name: `Seaworthy: ${registry.host}/acme/app` }),
    }),
  )

  stub.readOnly = false
  stub.pulls.push({ number: 7, head: 'mallory:new', sha: HEAD, from: 'mallory/shop', base: 'main' })
  const workflow_run = {
    id: 901,
    run_number: 1,
    run_attempt: 1,
    event: 'pull_request',
    path: '.github/workflows/gate.yml',
    head_sha: HEAD,
    head_branch: 'new',
    head_repository: from,
  }
  for (const example of ['publish.yml', 'reusable-publish.yml']) {
    const { code } = await run('workflow_run', { workflow_run }, bad, example)
    expect([example, code]).toEqual([example, 0])
  }
  expect(stub.checkRuns.map(({ head_sha, conclusion }) => [head_sha, conclusion])).toEqual([
    [HEAD, 'neutral'],
    [HEAD, 'neutral'],
  ])
  expect(stub.comments.map(({ body }) => body)).toEqual([
    expect.stringContaining('Reported by an untrusted run'),
  ])
  expect(existsSync(join(artifacts, artifact(), 'report.json'))).toBe(true)
})
