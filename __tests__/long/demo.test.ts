import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { docker, lines, ROOT } from '../live/support.js'

// The demo is what a new user sees first. It reads report.json, so a change of that may break it.

const SHOWN = 'seaworthy-demo/app'
const namesBefore = new Set(imageNames())
afterAll(() => {
  for (const name of imageNames().filter((one) => !namesBefore.has(one))) {
    docker('rmi', '--force', name)
  }
})

function imageNames(): string[] {
  return lines(docker('images', '--format', '{{.Repository}}:{{.Tag}}', SHOWN))
}

test('when the demo runs, then the app fails by the reasons that it explains, and its update passes', () => {
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'script/demo'), [], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  expect([status, stdout.includes('The demo went wrong'), stderr.includes('went wrong')]).toEqual([
    0,
    false,
    false,
  ])
  expect(stdout).toMatch(/^FAIL /m)
  expect(stdout).toMatch(/^PASS /m)
  const report = JSON.parse(readFileSync(join(ROOT, 'seaworthy-report/report.json'), 'utf8'))
  expect(report.verdict).toBe('pass')
}, 600_000)
