import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type EnterpriseServer, enterpriseServer, HOST } from '../support/enterprise-server.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { commandsIn } from './act/commands.js'
import { runStep, type Step } from './act/dist.js'
import { lackingImage } from './act/subjects.js'
import { removeImages } from './images.js'
import { newFolder } from './support.js'

const [BASE, HEAD, MERGE] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string]
const RUN = `https://${HOST}/acme/shop/actions/runs/901`

let image: string
let stub: GitHubStub
let github: EnterpriseServer
let folder: string
beforeAll(async () => {
  image = lackingImage()
  stub = await githubStub()
  stub.commits.set(MERGE, [BASE, HEAD])
  stub.files.set(`${BASE}:policies/gate.yml`, 'version: 1\nchecks: [docker-bench]\n')
  stub.tags.push('v4.1.7')
  github = await enterpriseServer(stub.url)
  folder = newFolder()
})
afterAll(async () => {
  removeImages()
  await github.close()
  await stub.close()
  expect([stub.errors, github.strays]).toEqual([[], []])
})

/** What the runner of an enterprise server says, in a network with one way out. */
function environment(event: string, payload: object): Record<string, string> {
  const path = join(folder, `${event}.json`)
  writeFileSync(path, JSON.stringify(payload))
  return {
    GITHUB_SERVER_URL: github.url,
    GITHUB_API_URL: `${github.url}/api/v3`,
    GITHUB_EVENT_PATH: path,
    GITHUB_EVENT_NAME: event,
    GITHUB_SHA: MERGE,
    GITHUB_RUN_ID: '901',
    GITHUB_RUN_NUMBER: '1',
    HTTPS_PROXY: github.proxyUrl,
    NODE_EXTRA_CA_CERTS: github.certificate,
  }
}

const from = (full_name: string) => ({ sha: HEAD, ref: 'new', repo: { full_name } })
const pull = { number: 7, head: from('acme/shop'), base: { ref: 'main', repo: { full_name: 'acme/shop' } } }
const warnings = ({ stdout }: Step) => commandsIn(stdout).filter(({ name }) => name === 'warning')

let judged: Step
test('when the action runs there, then policies, check run and comment go through the proxy, to /api/v3', async () => {
  // The default source of Docker Bench, which other tests don't ask.
  const inputs = { image, checks: 'docker-bench', 'github-token': 'ghs_x', 'bench-source': '' }
  const env = environment('pull_request', { number: 7, pull_request: pull })
  judged = await runStep('action', inputs, { env })
  expect([judged.code, judged.outputs.verdict, warnings(judged)]).toEqual([1, 'fail', []])
  expect(stub.checkRuns).toMatchObject([{ head_sha: HEAD, conclusion: 'failure', details_url: RUN }])
  expect(stub.comments.map(({ body }) => body.includes(`[summary](${RUN})`))).toEqual([true])
  // Who the token is decides which comment is ours: GraphQL is not below /api/v3.
  expect(stub.log.map(({ path, status }) => [path, status])).toContainEqual(['/graphql', 200])
  expect(stub.log.map(({ query }) => query.ref)).toContain(BASE)
  // Docker Bench's tarball comes from github.com, whatever server this is; on the way to it there is the proxy too.
  expect(new Set(github.proxied)).toEqual(new Set([`${HOST}:443`, 'codeload.github.com:443']))
})

test('when a fork’s report is published there, then it is neutral, and links among the artifacts are not followed', async () => {
  const owner = { login: 'mallory' }
  stub.pulls.push({ number: 7, head: 'mallory:new', sha: HEAD, from: 'mallory/shop', base: 'main' })
  const workflow_run = {
    id: 901,
    run_number: 1,
    run_attempt: 1,
    event: 'pull_request',
    path: '.github/workflows/gate.yml',
    head_sha: HEAD,
    head_branch: 'new',
    head_repository: { full_name: 'mallory/shop', owner },
  }
  const report = join(judged.folder, judged.outputs.report ?? '')
  const inputs = { 'report-dir': join(report, '..'), 'check-name': 'of a fork', 'github-token': 'ghs_x' }
  const env = environment('workflow_run', { workflow_run })
  const step = await runStep('publish-fork', inputs, { env })
  expect([step.code, commandsIn(step.stdout)]).toEqual([0, [expect.objectContaining({ name: 'add-mask' })]])
  expect(stub.checkRuns[1]).toMatchObject({ name: 'of a fork', conclusion: 'neutral', details_url: RUN })

  const artifacts = join(folder, 'artifacts')
  mkdirSync(join(artifacts, 'file'), { recursive: true })
  symlinkSync(join(report, '..'), join(artifacts, 'folder'))
  symlinkSync(report, join(artifacts, 'file/report.json'))
  const refused = await runStep('publish-fork', { ...inputs, 'report-dir': artifacts }, { env })
  expect([refused.code, stub.checkRuns.length]).toEqual([1, 2])
  expect(refused.stdout).toContain("::error::the run's artifact contains no usable report.json")
})

test('when no_proxy names it, then it is asked without the proxy', async () => {
  github.proxied.length = 0
  // What the hosts file of a machine in its network would say.
  const hosts = `import dns from 'node:dns'
const { lookup } = dns
dns.lookup = (name, ...others) => lookup(name === '${HOST}' ? '127.0.0.1' : name, ...others)`
  const step = await runStep(
    'release-lines',
    { lines: '4', image: 'app:{version}', 'github-token': 'ghs_x' },
    {
      env: {
        ...environment('schedule', {}),
        NO_PROXY: HOST,
        GITHUB_API_URL: `${github.url}:${github.port}/api/v3`,
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hosts)}`,
      },
    },
  )
  expect([step.code, github.proxied]).toEqual([0, []])
  expect(JSON.parse(step.outputs.matrix ?? '')).toEqual({
    include: [{ line: '4', tag: 'v4.1.7', version: '4.1.7', image: 'app:4.1.7' }],
  })
})
