import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Reason } from '../../src/model/because/reasons.js'
import { renderJson } from '../../src/reports/json/json.js'
import { aCheckResult, anImageVerdict, aRuledFinding, aVerdict } from '../support/builders.js'
import type { GitHubStub } from '../support/github-stub/stub.js'
import { gitHubWithFork, publishFork } from './fork-publication.js'

/**
 * A fork's run may upload a report that fits report.json's schema in every member, with reasons and details that no gate
 * ever had: that the base's whitelist accepts a critical vulnerability, at a line outside of the repository.
 */

const OUTSIDE = '../../etc/passwd'
const TOKEN = `ghs_${'x'.repeat(8)}`

let stub: GitHubStub
beforeAll(async () => {
  stub = await gitHubWithFork()
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

test('when each member of a report fits the schema and is made up, then it stays a stranger’s claim', async () => {
  const step = await publishFork(stub, [madeUpReport()], { 'github-token': TOKEN, comment: 'always' })
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
