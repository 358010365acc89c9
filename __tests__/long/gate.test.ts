import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { collect } from '../live/docker-bench/bench.js'
import { BASES, ROOT } from '../live/support.js'

test.each([
  ['a cold gate, and one over twenty images, take', 'bench'],
  ['application packages take', 'bench-applications'],
])(
  'when the benchmark runs, then %s no longer than is promised',
  (_, script) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, `script/${script}.mjs`)], {
      encoding: 'utf8',
    })
    process.stdout.write(`${stdout}${stderr}`)
    expect(stdout).toContain('promise')
    expect(status).toBe(0)
  },
  3_600_000,
)

test('when nothing is to be started, then Docker Bench’s rules judge an image in less than 0.3 s', async () => {
  const { evidence } = await collect(BASES.bookworm)
  expect(evidence.problem).toBeNull()
  expect(evidence.tookMs).toBeLessThan(300)
})
