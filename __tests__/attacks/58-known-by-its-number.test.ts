import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { newFolder } from '../live/support.js'
import { keys } from '../support/policies.js'
import { anImageWith, attack } from './bundle.js'

/**
 * With `fail-on-new-only`, a result of Docker Bench was known by its number alone: an image with one known setuid file or
 * secret could get any number of others.
 */

const files = { 'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' }
const withSecrets = (...names: readonly string[]) =>
  anImageWith(files, { config: { Env: names.map((name) => `${name}=hunter2hunter2`) } })

async function judged(image: string, baseline: readonly string[] = []) {
  const gate = { checks: ['docker-bench'], 'bench-engine': 'builtin', 'fail-on-new-only': true }
  const { report } = await attack(['scan', image, keys(gate), ...baseline])
  const found = report.images[0]?.findings.find(({ check, id }) => check === 'docker-bench' && id === '4.10')
  return { report, blocks: found?.blocks, since: found?.since }
}

test('when an image has one more secret than its baseline, then that result blocks', async () => {
  const { report } = await judged(withSecrets('API_TOKEN'))
  const baselineFor = (image: string) => {
    const path = join(newFolder(), 'report.json')
    writeFileSync(path, JSON.stringify(report).replaceAll(report.images[0]?.reference ?? '', image))
    return ['--baseline', path]
  }
  const [same, more] = [withSecrets('API_TOKEN'), withSecrets('API_TOKEN', 'DB_PASSWORD')]
  const known = await judged(same, baselineFor(same))
  const found = await judged(more, baselineFor(more))
  process.stdout.write(`  attack 58: known blocks ${known.blocks}, one more secret blocks ${found.blocks}\n`)
  expect([known.since, known.blocks]).toEqual(['unchanged', false])
  expect([found.since, found.blocks]).toEqual(['new', true])
})
