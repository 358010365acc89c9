import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Reason } from '../../src/model/because/reasons.js'
import { renderJson } from '../../src/reports/json/json.js'
import { runStep, type Step } from '../live/act/dist.js'
import { newFolder } from '../live/support.js'
import { aCheckResult, anImageVerdict, aRuledFinding, aVerdict } from '../support/builders.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'

/**
 * A fork's run may upload a report that fits report.json's schema in every member, with reasons and details that no gate
 * ever had: that the base's whitelist accepts a critical vulnerability, at a line outside of the repository.
 */

const HEAD = 'a'.repeat(40)
const OUTSIDE = '../../etc/passwd'
const TOKEN = `ghs_${'x'.repeat(8)}`

let stub: GitHubStub
beforeAll(async () => {
  stub = await githubStub()
  stub.pulls.push({ number: 7, head: 'mallory:new', sha: HEAD, from: 'mallory/shop', base: 'main' })
})
afterAll(async () => {
  await stub.close()
  expect(stub.errors).toEqual([])
})

const place = { file: OUTSIDE, line: 1 }
const because: readonly Reason[] = [
  { reason: 'accepted', place, until: '2027-01-01', why: '<img src=x> @everyone', owner: '[x](http://evil)' },
  { reason: 'stated-in-vain', place, status: 'not_affected', shortfall: { short: 'overruled', by: place } },
]

function madeUpReport(): string {
  const accepted = aRuledFinding({
    severity: 'critical',
    ruling: 'accepted',
    blocks: false,
    policy: place,
    because,
  })
  const result = aRuledFinding({
    ...{ check: 'docker-bench', id: '5.5', ruling: 'accepted', blocks: false, because, optionsAt: place },
    compared: {
      ...{ outcome: 'match', expected: 'PASS', reported: { word: 'PASS', items: [] }, unexpected: [] },
      accepted: { place, owner: 'security', reason: 'approved', expires: '2027-01-01' },
    },
  })
  const image = anImageVerdict({
    verdict: 'pass',
    checks: [aCheckResult(), aCheckResult({ check: 'docker-bench' })],
    findings: [accepted, result],
  })
  return renderJson(aVerdict({ verdict: 'pass', images: [image] }), { name: 'seaworthy', version: '0' })
}

function publish(report: string): Promise<Step> {
  const folder = newFolder()
  writeFileSync(join(folder, 'report.json'), report)
  const workflow_run = {
    ...{ id: 902, run_number: 2, run_attempt: 1, event: 'pull_request', path: '.github/workflows/gate.yml' },
    ...{ head_sha: HEAD, head_branch: 'new' },
    head_repository: { full_name: 'mallory/shop', owner: { login: 'mallory' } },
  }
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ workflow_run }))
  return runStep(
    'publish-fork',
    { 'report-dir': folder, 'github-token': TOKEN, comment: 'always' },
    {
      env: {
        GITHUB_API_URL: stub.url,
        GITHUB_EVENT_PATH: join(folder, 'event.json'),
        GITHUB_EVENT_NAME: 'workflow_run',
      },
    },
  )
}

test('when each member of a report fits the schema and is made up, then it stays a stranger’s claim', async () => {
  const step = await publish(madeUpReport())
  const [run] = stub.checkRuns
  process.stdout.write(
    `  attack 46: ${run?.conclusion}, ${run?.annotations.length} annotations, exit ${step.code}\n`,
  )
  expect(step.code).toBe(0)
  expect(stub.checkRuns).toHaveLength(1)
  expect(run).toMatchObject({
    conclusion: 'neutral',
    title: expect.stringMatching(/^Reported by an untrusted run: /),
    summary: expect.stringContaining('It is not verified'),
  })
  expect(run?.annotations.filter(({ path }) => path.includes('..'))).toEqual([])
  const pages = [run?.summary ?? '', ...stub.comments.map(({ body }) => body.replace(/<!--[\s\S]*?-->/g, ''))]
  for (const page of pages) {
    expect(page).not.toMatch(/<img|@everyone|\]\(http:\/\/evil\)/)
  }
  // Nothing but the check run, at most a comment, and the question of whose token it is: no branch, no issue, no status.
  const written = stub.log.filter(({ method }) => method !== 'GET')
  expect(written.filter(({ path }) => !/\/(?:check-runs|comments|graphql)\b/.test(path))).toEqual([])
})
