import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { collect } from '../live/docker-bench/bench.js'
import { BASES, ROOT } from '../live/support.js'

test('when the benchmark runs, then a cold gate, and one over twenty images, take no longer than is promised', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, 'script/bench.mjs')], {
    encoding: 'utf8',
  })
  process.stdout.write(`${stdout}${stderr}`)
  expect(stdout).toContain('promise')
  expect(status).toBe(0)
})

test('when nothing is to be started, then Docker Bench’s rules judge an image in less than 0.3 s', async () => {
  const { evidence } = await collect(BASES.bookworm)
  expect(evidence.problem).toBeNull()
  expect(evidence.tookMs).toBeLessThan(300)
})
