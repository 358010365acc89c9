import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from '@jest/globals'
import { readBasePolicies } from '../../../src/inputs/base-policies.js'
import { readScan } from '../../../src/inputs/request.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { type GitHubStub, githubStub } from '../../support/github-stub/stub.js'
import type { Values } from '../../support/inputs.js'
import { NEVER } from '../../support/waiting.js'

export const [BASE, HEAD, MERGE] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
]
export const TODAY = '2026-11-24'
export const GATE = 'policies/gate.yml'

export let stub: GitHubStub
export let folder: string

// Each test file has its own copy of this module, and so these hooks.
beforeEach(async () => {
  stub = await githubStub()
  stub.commits.set(MERGE, [BASE, HEAD])
  folder = mkdtempSync(join(tmpdir(), 'sw-base-'))
})

afterEach(async () => {
  rmSync(folder, { recursive: true })
  await stub.close()
  expect(stub.errors).toEqual([])
})

/** Names that are no inputs too: what the gate does with one is tested. */
export const inputs = (values: Values) => (name: string) =>
  values[name] ??
  (name === 'github-token' ? 'ghs_x' : (INPUTS.find((input) => input.name === name)?.default ?? ''))

const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SHA: MERGE,
  GITHUB_API_URL: stub.url,
  GITHUB_WORKSPACE: folder,
  ...more,
})

export const policies = (values: Values = {}, env: NodeJS.ProcessEnv = {}) =>
  readBasePolicies(inputs(values), { env: environment(env), backoffMs: 1, timeoutMs: NEVER })

/** Without the notice of whose policies hold, which has tests of its own. */
export async function scan(values: Values = {}, env: NodeJS.ProcessEnv = {}) {
  const { request, judging } = readScan(['app:1'], inputs(values), TODAY, await policies(values, env))
  return {
    request,
    judging: { ...judging, notices: judging.notices.filter(({ kind }) => kind !== 'base') },
  }
}

export async function judging(values: Values = {}, env: NodeJS.ProcessEnv = {}) {
  return (await scan(values, env)).judging
}
