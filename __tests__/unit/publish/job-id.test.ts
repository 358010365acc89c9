import { expect, test } from '@jest/globals'
import { analysisOf } from '../../../src/publish/job-id.js'

/** Code scanning compares what one job uploads with what it uploaded before, by this name. */

const ENV = {
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_EVENT_NAME: 'push',
  GITHUB_RUN_ID: '901',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_JOB: 'gate',
  GITHUB_ACTION: 'scan',
  GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/gate.yml@refs/heads/main',
}
const of = (env: NodeJS.ProcessEnv, analysis = '') => analysisOf({ analysis }, { ...ENV, ...env })

test('when it is the same job then its name is the same in each run, on each branch', () => {
  const later = {
    GITHUB_SHA: 'b'.repeat(40),
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_RUN_ID: '902',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/gate.yml@refs/heads/dev',
  }
  expect(of({})).toMatch(/^gate-[0-9a-f]{8}$/)
  expect(of(later)).toBe(of({}))
})

test('when it is another workflow, job, step or matrix then it has another name', () => {
  const names = [
    of({}),
    of({ GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/lax.yml@refs/heads/main' }),
    of({ GITHUB_JOB: 'lax' }),
    of({ GITHUB_ACTION: 'again' }),
    of({}, 'lax'),
  ]
  expect(new Set(names).size).toBe(names.length)
})

test('when it is no workflow then it has none', () => {
  expect(of({ GITHUB_REPOSITORY: undefined })).toBeNull()
})
