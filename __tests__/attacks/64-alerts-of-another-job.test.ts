import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { runStep } from '../live/act/dist.js'
import { gateYml } from '../support/policies.js'
import { readSarif } from '../support/sarif.js'
import { anImageWith } from './bundle.js'

/**
 * Jobs of a workflow that judge images of one name: with other policies, or other builds in a matrix. GitHub replaces
 * the results of a category with each upload, and closes the alerts that the newer one lacks.
 */
test('when several jobs judge images of one name, then none uploads under the category of another, in any run', async () => {
  const GATE = gateYml({ 'bench-engine': 'builtin' })
  const files = { 'policies/gate.yml': GATE, 'lax/gate.yml': GATE }
  const image = anImageWith({ 'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' })
  const inputs = { image, checks: 'docker-bench', 'check-run': 'false', comment: 'never' }
  const workflow = { GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/gate.yml@refs/heads/main' }
  const categoryOf = async (more: Record<string, string>, env: Record<string, string> = {}) => {
    const at = { GITHUB_SHA: 'a'.repeat(40), GITHUB_JOB: 'gate', GITHUB_ACTION: 'gate', ...workflow }
    const { outputs, folder } = await runStep(
      'action',
      { ...inputs, ...more },
      { files, env: { ...at, ...env } },
    )
    const { runs } = readSarif(readFileSync(join(folder, outputs.sarif ?? ''), 'utf8'))
    expect(runs.map(({ automationDetails }) => automationDetails.id)).toEqual([
      `${outputs['sarif-category']}/`,
    ])
    return outputs['sarif-category'] ?? ''
  }
  const jobs = [
    await categoryOf({}),
    await categoryOf({ policies: 'lax' }),
    await categoryOf({ matrix: '{"release": "trixie"}' }),
    await categoryOf({}, { GITHUB_JOB: 'other' }),
  ]
  const again = await categoryOf(
    { timeout: '60' },
    { GITHUB_SHA: 'b'.repeat(40), GITHUB_RUN_ID: '2', GITHUB_EVENT_NAME: 'schedule' },
  )
  process.stdout.write(`  attack 64: ${jobs.map((name) => name.split('/').at(-1)).join(', ')}\n`)
  expect(new Set(jobs).size).toBe(jobs.length)
  expect(again).toBe(jobs[0])
})
