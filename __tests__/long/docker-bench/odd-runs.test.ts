import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { leftOf, reportOfStep, runStep } from '../../live/act/dist.js'
import { BENCH_SOURCE } from '../../live/docker-bench/bench.js'
import { build, removeBuilt } from '../../live/docker-bench/images.js'
import { findingsIn, takenIn } from '../../live/docker-bench/lists.js'
import { busyboxPlace, removePlaces, smallBase } from '../../live/docker-bench/places.js'
import { standIn } from '../../live/docker-bench/stand-in.js'
import { startJob } from '../../live/job-container.js'
import { newFolder } from '../../live/support.js'
import { HERE, runOn } from '../../live/test-engine.js'
import { type GitHubStub, githubStub } from '../../support/github-stub/stub.js'

const WITH = BENCH_SOURCE === '' ? 'a stand-in of Docker Bench' : 'Docker Bench itself'
const SOURCE = BENCH_SOURCE === '' ? standIn().folder : BENCH_SOURCE
/** All that it judges of an image that is not started. */
const TAKEN = {
  '4.1': ['PASS', 'PASS'],
  '4.6': ['PASS', 'PASS'],
  '4.7': ['PASS', 'PASS'],
  '4.9': ['PASS', 'PASS'],
}

let image: string
beforeAll(() => {
  image = build('odd-run', `FROM ${smallBase()}\nUSER 10001\nHEALTHCHECK CMD true\nCMD ["sleep", "600"]\n`)
})
afterAll(() => {
  removeBuilt()
  removePlaces()
})
const flags = () => ['--checks', 'docker-bench', '--bench-image', busyboxPlace()]

describe(`the gate in a job’s container, with ${WITH}`, () => {
  const scanIn = async (at: string) => {
    const job = startJob(HERE, 'bridge', at)
    try {
      job.put(SOURCE, '/bench')
      const evidence = join(newFolder(), 'evidence')
      const args = [...flags(), '--bench-source', '/bench', '--save-evidence', '/evidence']
      await job.scan(image, ...args).ended
      job.get('/evidence', evidence)
      return { evidence, left: job.leftovers() }
    } finally {
      job.stop()
    }
  }

  test('when the socket lies where it lies on the host, then Docker Bench runs in a container next to the job’s', async () => {
    const { evidence, left } = await scanIn('/var/run/docker.sock')
    expect(takenIn(evidence)).toEqual(TAKEN)
    expect(findingsIn(evidence).run.dbs).toMatchObject({
      source: expect.stringContaining('in a container of'),
    })
    expect(left).toEqual([])
  })

  test('when it lies elsewhere, then no container is given it, and ours judge', async () => {
    const { evidence, left } = await scanIn('/elsewhere/docker.sock')
    expect(takenIn(evidence)).toEqual({})
    expect(findingsIn(evidence).run.withoutDbs).toMatch(
      /no container can be created from the image: .*\/elsewhere\/docker\.sock/,
    )
    expect(left).toEqual([])
  })
})

describe(`two gates at once, with ${WITH}`, () => {
  test('when both use the same engine, then both are answered by it, and nothing is left of either', async () => {
    const scan = async () => {
      const evidence = join(newFolder(), 'evidence')
      const args = ['scan', image, ...flags(), '--bench-source', SOURCE, '--save-evidence', evidence]
      const { left } = await runOn(HERE, args)
      return { taken: takenIn(evidence), left }
    }
    const once = { taken: TAKEN, left: [] }
    expect(await Promise.all([scan(), scan()])).toEqual([once, once])
  })
})

describe(`a stranger’s pull request, with ${WITH}`, () => {
  const [base, head] = ['b'.repeat(40), 'a'.repeat(40)]
  let github: GitHubStub
  beforeAll(async () => {
    github = await githubStub()
    // What is judged is the merge of both.
    github.commits.set('*', [base, head])
    github.files.set(`${base}:policies/gate.yml`, 'version: 1\nchecks: [docker-bench]\n')
  })
  afterAll(() => github.close())

  const asFork = (inputs: Readonly<Record<string, string>>) => {
    const event = join(newFolder(), 'event.json')
    const side = (name: string, sha: string) => ({ repo: { full_name: name }, sha, ref: 'main' })
    const pull = { number: 1, head: side('stranger/shop', head), base: side('acme/shop', base) }
    writeFileSync(event, JSON.stringify({ action: 'opened', number: 1, pull_request: pull }))
    const bench = { 'bench-source': SOURCE, 'bench-image': busyboxPlace(), checks: 'docker-bench' }
    const env = {
      ...{ GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event, GITHUB_SHA: 'c'.repeat(40) },
      ...{ GITHUB_API_URL: github.url },
    }
    const quiet = { 'github-token': 'ghs_none', 'check-run': 'false', comment: 'never' }
    return runStep('action', { image, ...bench, ...quiet, ...inputs }, { env })
  }

  test('when its options reach for this machine, then it is judged by them, and nothing is made with them', async () => {
    const step = await asFork({ 'run-options': '-v /:/host', start: 'true' })
    expect([step.code, step.outputs.verdict]).toEqual([1, 'fail'])
    const [image] = reportOfStep(step).images
    const mounts = image?.findings.find(({ id }) => id === '5.6')
    expect(mounts).toMatchObject({ blocks: true, details: { builtin: { word: 'WARN' }, dbs: null } })
    expect(image?.checks[0]?.limits.join()).toContain('started without')
    expect(leftOf(step)).toEqual([])
  })

  test('when they do not, then it is judged as any other', async () => {
    const step = await asFork({ 'run-options': '--read-only', 'save-evidence': 'evidence' })
    const [checked] = reportOfStep(step).images[0]?.checks ?? []
    expect(checked).toMatchObject({ check: 'docker-bench', state: 'answered' })
    expect(takenIn(join(step.folder, 'evidence'))).toEqual(TAKEN)
    expect(leftOf(step)).toEqual([])
  })
})
