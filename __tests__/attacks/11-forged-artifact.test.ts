import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { renderJson } from '../../src/reports/json/json.js'
import { commandsIn } from '../live/act/commands.js'
import { anImageVerdict, aRuledFinding, aVerdict } from '../support/builders.js'
import type { GitHubStub } from '../support/github-stub/stub.js'
import { gitHubWithFork, publishFork } from './fork-publication.js'

/**
 * Whoever opens a pull request from a fork chooses what its run uploads: as many reports as are read, each with as many
 * annotations as a check run is given. The action in publish/ sends them with a token of the repository, whose requests
 * are counted (1,000 an hour), so that nothing else of the repository can be published for an hour.
 */

const REPORTS = 20
const ANNOTATIONS = 5_000

let stub: GitHubStub
beforeAll(async () => {
  stub = await gitHubWithFork()
})
afterAll(async () => {
  await stub.close()
  expect(stub.errors).toEqual([])
})

function forgedReport(at: number): string {
  const policyNotices = Array.from({ length: ANNOTATIONS }, (_, n) => ({
    kind: 'expired' as const,
    text: `entry ${n}`,
    place: { file: `src/file-${n}.yml`, line: n + 1 },
  }))
  const image = anImageVerdict({ reference: `app-${at}:1`, verdict: 'fail', findings: [aRuledFinding()] })
  return renderJson(aVerdict({ verdict: 'fail', images: [image], policyNotices }), {
    name: 'seaworthy',
    version: '0',
  })
}

test('when an artifact holds twenty reports of 5,000 annotations, then few requests are sent, and what is left out is said', async () => {
  const reports = Array.from({ length: REPORTS }, (_, at) => forgedReport(at))
  const step = await publishFork(stub, reports, { 'github-token': 'ghs_x', comment: 'changes' })
  const annotations = stub.checkRuns.reduce((sum, run) => sum + run.annotations.length, 0)
  process.stdout.write(
    `  attack 11: ${stub.log.length} requests, ${stub.checkRuns.length} check runs, ${annotations} annotations, exit ${step.code}\n`,
  )
  expect(stub.log.length).toBeLessThanOrEqual(60)
  expect(annotations).toBeLessThanOrEqual(50)
  expect(annotations).toBeGreaterThanOrEqual(REPORTS)
  // What an honest fork has is published: a check run for each image, and one comment with all of them.
  expect(stub.checkRuns).toHaveLength(REPORTS)
  expect(new Set(stub.checkRuns.map(({ conclusion }) => conclusion))).toEqual(new Set(['neutral']))
  expect(stub.comments).toHaveLength(1)
  const warnings = commandsIn(step.stdout).filter(({ name }) => name === 'warning')
  expect(warnings.map(({ data }) => data)).toContainEqual(
    expect.stringContaining('4998 annotations left out to stay within the limit for an untrusted report'),
  )
})
