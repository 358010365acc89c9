import { expect, test } from '@jest/globals'
import { reportOfStep, runStep } from '../live/act/dist.js'
import { gateYml } from '../support/policies.js'
import { anImageWith } from './bundle.js'

/**
 * An image that one check blocks, while another has no answer: the verdict is `fail`. Uploading report.sarif would close
 * each code scanning alert of the check without an answer, as if it were fixed.
 */
test('when a check has no answer and another one fails, then there is no report to upload to code scanning', async () => {
  const files = { 'policies/gate.yml': gateYml({ 'bench-engine': 'builtin', timeouts: { clair: 2 } }) }
  const image = anImageWith({ 'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' })
  const inputs = { image, 'check-run': 'false', comment: 'never' }
  const nobody = { 'clair-url': 'http://127.0.0.1:9', 'layer-url': 'http://127.0.0.1:8' }
  const lost = await runStep('action', { ...inputs, ...nobody, checks: 'docker-bench, clair' }, { files })
  const whole = await runStep('action', { ...inputs, checks: 'docker-bench' }, { files })
  const states = reportOfStep(lost).images[0]?.checks.map(({ check, state }) => `${check} ${state}`)
  process.stdout.write(`  attack 62: ${lost.outputs.verdict} (${states}); sarif: "${lost.outputs.sarif}"\n`)
  expect(states).toEqual(expect.arrayContaining(['docker-bench answered', 'clair unanswered']))
  expect([lost.outputs.verdict, whole.outputs.verdict]).toEqual(['fail', 'fail'])
  expect([lost.outputs.sarif, whole.outputs.sarif]).toEqual(['', 'seaworthy-report/report.sarif'])
})
